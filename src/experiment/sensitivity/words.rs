//! A sensitivity analysis in words.
use super::pictures::pictures;
use super::{
    INFLUENTIAL, Sensitivity,
    choice::{ASSUMPTION, standing},
    conclusions::{Check, Verdict},
    resample::Resampled,
};
use crate::{
    experiment::{
        Answer, Study,
        headline::{label, unit},
    },
    phrase::{self, counted, measured, thousands},
    picture::Picture,
    stats::Estimate,
};

impl Study for Sensitivity {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        if let Some(indices) = self.told() {
            sentences.extend(self.tie());
            sentences.extend(self.luck(indices.luck));
            sentences.push(self.assumptions());
            sentences.extend(self.checked());
        }
        sentences.extend(self.screened());
        sentences.extend(self.seeds());
        sentences.push(self.limits());
        let tables = self.tables();
        Answer { title: self.title(), sentences, shown: None, tables }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }
}

impl Sensitivity {
    pub(super) fn path(&self, place: usize) -> &str {
        self.plan.factors.get(place).map_or("", |factor| factor.slot.path.as_str())
    }

    pub(super) fn standing(&self, place: usize) -> &'static str {
        self.plan.factors.get(place).map_or("", |factor| standing(&factor.slot))
    }

    /// What is looked at, in words.
    fn what(&self) -> String {
        label(&self.plan.metric)
    }

    fn title(&self) -> String {
        let (count, what) = (counted(self.plan.factors.len() as u64, "number"), self.what());
        if self.indices.is_none() {
            let clear = self.effects.iter().filter(|effect| effect.is_clear(self.plan.runs)).count();
            return format!("Of {count}, {clear} move {what} by more than luck.");
        }
        let Some(indices) = self.told() else {
            let indices = self.indices.as_ref();
            return format!(
                "Which of {count} decide {what} cannot be told at so few points and runs ({}, {} each): how far it varies \
                 with them may be nothing.",
                counted(indices.map_or(0, |indices| indices.base) as u64, "base point"),
                counted(self.plan.runs, "run")
            );
        };
        let (Some(first), Some(total)) = (self.kept.first(), indices.total.first()) else {
            return format!("Nothing was looked at of {what}.");
        };
        let count_of = |of: &dyn Fn(Estimate) -> bool| indices.total.iter().filter(|index| of(index.estimate)).count();
        let (surely, perhaps) = (
            count_of(&|total| total.low >= INFLUENTIAL),
            count_of(&|total| total.low < INFLUENTIAL && total.high >= INFLUENTIAL),
        );
        format!(
            "Of {count}, {surely} surely and {perhaps} perhaps have a total index of {INFLUENTIAL} or more on {what}; the \
             largest estimate is that of {} ({}).",
            self.path(*first),
            interval(total.estimate)
        )
    }

    /// Which factors cannot be told from the first.
    fn tie(&self) -> Option<String> {
        let indices = self.told()?;
        let first = indices.total.first()?.estimate;
        let as_large = |(_, index): &(&usize, &Resampled)| index.estimate.high >= first.low;
        let ties: Vec<&str> =
            self.kept.iter().zip(&indices.total).skip(1).filter(as_large).map(|(place, _)| self.path(*place)).collect();
        (!ties.is_empty()).then(|| format!("Perhaps as large, since intervals overlap: {}.", ties.join(", ")))
    }

    fn luck(&self, luck: Resampled) -> Option<String> {
        let Estimate { value, low, high, .. } = luck.estimate;
        (!low.is_nan()).then(|| {
            format!(
                "Of the variance of a single run over these ranges {} % is luck ({} to {}); the rest is where the numbers \
                 of the table below stand.",
                percent(value),
                percent(low),
                percent(high)
            )
        })
    }

    fn assumptions(&self) -> String {
        let assumed: Vec<&str> = self
            .influential()
            .into_iter()
            .filter(|&place| self.standing(place) == ASSUMPTION)
            .map(|place| self.path(place))
            .collect();
        if assumed.is_empty() {
            return format!("No number with a total index estimated at {INFLUENTIAL} or more is only an assumption.");
        }
        format!(
            "Only assumptions, among those with a total index estimated at {INFLUENTIAL} or more: {}.",
            assumed.join(", ")
        )
    }

    /// What becomes of conclusions over the ranges of influential assumptions.
    fn checked(&self) -> Vec<String> {
        if self.checks.is_empty() {
            return Vec::new();
        }
        let mut sentences = Vec::new();
        let flips = |check: &Check| {
            let (at, _) = check.breaks_at()?;
            Some(match check.verdict() {
                Verdict::Flips => format!("with {} at {at}, {}", check.path, check.opposite()),
                _ => format!("with {} at {at}", check.path),
            })
        };
        let mut conclusions: Vec<&Check> = Vec::new();
        for check in &self.checks {
            if !conclusions.iter().any(|known| known.conclusion.metric == check.conclusion.metric) {
                conclusions.push(check);
            }
        }
        let mut held = Vec::new();
        for conclusion in conclusions {
            let of = |verdict: Verdict| -> Vec<String> {
                let same = |check: &&Check| {
                    check.conclusion.metric == conclusion.conclusion.metric && check.verdict() == verdict
                };
                self.checks.iter().filter(same).filter_map(flips).collect()
            };
            let (flipped, faded) = (of(Verdict::Flips), of(Verdict::Fades));
            match (flipped.is_empty(), faded.is_empty()) {
                (true, true) => held.push(conclusion.words().to_owned()),
                (false, _) => {
                    sentences.push(format!("That {} flips: {}.", conclusion.words(), flipped.join("; ")));
                }
                (true, false) => sentences.push(format!(
                    "That {} can no longer be told from luck, {}.",
                    conclusion.words(),
                    faded.join("; ")
                )),
            }
        }
        if !held.is_empty() {
            sentences.push(format!(
                "Over the range of each of these assumptions alone it still holds that {}.",
                held.join("; that ")
            ));
        }
        sentences
    }

    fn screened(&self) -> Option<String> {
        let strongest = *self.ranked().first()?;
        let effect = self.effects.get(strongest)?;
        let clear = self.effects.iter().filter(|effect| effect.is_clear(self.plan.runs)).count();
        Some(format!(
            "Screening: {clear} of {} move {} by more than luck ({} in the mean would be false alarms of that many \
             tests at most). The largest mean size of effect over a whole range is that of {}: {}.",
            counted(self.effects.len() as u64, "number"),
            self.what(),
            (self.effects.len() as f64 * 0.025).ceil(),
            self.path(strongest),
            measured(self.unit(), false, size(effect.mu_star.estimate))
        ))
    }

    /// How much of the intervals comes from seeds.
    fn seeds(&self) -> Option<String> {
        let mut shares: Vec<f64> = match self.told() {
            Some(indices) => indices.total.iter().map(|index| index.seeds).collect(),
            None => self
                .effects
                .iter()
                .filter(|effect| effect.is_clear(self.plan.runs))
                .map(|effect| effect.mu_star.seeds)
                .collect(),
        };
        shares.retain(|share| !share.is_nan());
        shares.sort_by(f64::total_cmp);
        let (low, high) = (*shares.first()?, *shares.last()?);
        let what = if self.told().is_some() { "total indices" } else { "mean sizes" };
        Some(format!(
            "Of the variance behind the intervals of the {what}, {} to {} % comes from seeds ({} a point, the same luck at \
             all of them) and can be had down with --runs; the rest from where the points lie.",
            percent(low),
            percent(high),
            counted(self.plan.runs, "run")
        ))
    }

    fn limits(&self) -> String {
        let mut text = match &self.indices {
            Some(indices) if self.kept.len() < self.plan.factors.len() => format!(
                "Indices are those of the {} screened to have the largest effects, the others as in the scenario, each \
                 spread evenly over its range, at {} base points.",
                counted(self.kept.len() as u64, "number"),
                thousands(indices.base as u64)
            ),
            Some(indices) => {
                format!(
                    "Each number is spread evenly over its range, at {} base points.",
                    thousands(indices.base as u64)
                )
            }
            None => "Each number moves over its whole range.".into(),
        };
        text.push_str(" Other ranges give other results: see the columns low and high.");
        if let Some(indices) = self.indices.as_ref().filter(|indices| indices.left_out > 0) {
            text.push_str(&format!(
                " {} left out, the metric being undefined there.",
                was(indices.left_out as u64, "base point")
            ));
        }
        let whole = self.plan.trajectories;
        let short = self.effects.iter().filter(|effect| effect.count < whole).count();
        if short > 0 {
            text.push_str(&format!(
                " The effects of {} rest on fewer than {whole} trajectories, the metric being undefined in others.",
                counted(short as u64, "number")
            ));
        }
        if self.impossible > 0 {
            text.push_str(&format!(" {} left out, the numbers not going together.", was(self.impossible, "point")));
        }
        text
    }

    /// Unit of the metric.
    pub(super) fn unit(&self) -> &'static str {
        unit(&self.plan.metric)
    }
}

fn interval(estimate: Estimate) -> String {
    let [value, low, high] = [estimate.value, estimate.low, estimate.high].map(of_1);
    format!("{value:.2}, {low:.2} to {high:.2}")
}

/// A part of a variance, cut off at 0 and 1, which estimators overstep by luck.
pub(super) fn of_1(part: f64) -> f64 {
    if part.is_nan() { part } else { part.clamp(0.0, 1.0) }
}

/// A mean size, whose interval does not reach below nothing.
pub(super) fn size(estimate: Estimate) -> Estimate {
    Estimate { low: if estimate.low.is_nan() { f64::NAN } else { estimate.low.max(0.0) }, ..estimate }
}

fn percent(share: f64) -> String {
    phrase::percent(of_1(share))
}

/// `3 points were`, `1 point was`.
fn was(count: u64, what: &str) -> String {
    format!("{} {}", counted(count, what), if count == 1 { "was" } else { "were" })
}
