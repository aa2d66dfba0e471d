//! A sensitivity analysis in words and tables.
use super::pictures::pictures;
use super::{
    INFLUENTIAL, Sensitivity,
    choice::{ASSUMPTION, standing},
    conclusions::{Check, Verdict},
    resample::Resampled,
};
use crate::{
    experiment::{Answer, Study},
    metrics,
    phrase::{counted, signed, thousands},
    picture::Picture,
    stats::Estimate,
    table::{Cell, Table},
};

/// Factors shown of a screening alone.
const SHOWN: usize = 20;

impl Study for Sensitivity {
    fn answer(&self) -> Answer {
        let mut sentences = Vec::new();
        if let Some(indices) = &self.indices {
            sentences.extend(self.tie());
            sentences.extend(self.luck(indices.luck));
            sentences.push(self.assumptions());
            sentences.extend(self.checked());
        }
        sentences.extend(self.screened());
        sentences.extend(self.seeds());
        sentences.push(self.limits());
        let mut tables = vec![if self.indices.is_some() { self.shares() } else { self.largest() }];
        if self.indices.is_some() {
            tables.push(self.all_indices());
        }
        if !self.effects.is_empty() {
            tables.push(self.screening());
        }
        if !self.checks.is_empty() {
            tables.push(self.conclusions());
        }
        Answer { title: self.title(), sentences, tables }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }
}

impl Sensitivity {
    fn path(&self, place: usize) -> &str {
        self.plan.factors.get(place).map_or("", |factor| factor.slot.path.as_str())
    }

    fn standing(&self, place: usize) -> &'static str {
        self.plan.factors.get(place).map_or("", |factor| standing(&factor.slot))
    }

    fn title(&self) -> String {
        let (count, metric) = (counted(self.plan.factors.len() as u64, "number"), &self.plan.metric);
        let Some(indices) = &self.indices else {
            let clear = self.effects.iter().filter(|effect| effect.is_clear(self.plan.runs)).count();
            return format!("Of {count}, {clear} move {metric} by more than luck.");
        };
        if !indices.variance.estimate.excludes(0.0) {
            return format!("Over these ranges nothing moves {metric} by more than luck.");
        }
        let (Some(first), Some(total)) = (self.kept.first(), indices.total.first()) else {
            return format!("Nothing was looked at of {metric}.");
        };
        let count_of = |of: &dyn Fn(Estimate) -> bool| indices.total.iter().filter(|index| of(index.estimate)).count();
        let (surely, perhaps) = (
            count_of(&|total| total.low >= INFLUENTIAL),
            count_of(&|total| total.low < INFLUENTIAL && total.high >= INFLUENTIAL),
        );
        format!(
            "Of {count}, {surely} surely and {perhaps} perhaps have a total index of {INFLUENTIAL} or more on {metric}; the \
             largest estimate is that of {} ({}).",
            self.path(*first),
            interval(total.estimate)
        )
    }

    /// Which factors cannot be told from the first.
    fn tie(&self) -> Option<String> {
        let indices = self.indices.as_ref().filter(|indices| indices.variance.estimate.excludes(0.0))?;
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
                    "That {} can no longer be told from luck {}.",
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
             tests at most). The largest mean size of effect over a whole range is that of {}: {} ({} to {}).",
            counted(self.effects.len() as u64, "number"),
            self.plan.metric,
            (self.effects.len() as f64 * 0.025).ceil(),
            self.path(strongest),
            self.amount(effect.mu_star.estimate.value),
            self.amount(effect.mu_star.estimate.low),
            self.amount(effect.mu_star.estimate.high)
        ))
    }

    /// How much of the intervals comes from seeds.
    fn seeds(&self) -> Option<String> {
        let mut shares: Vec<f64> = match &self.indices {
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
        let what = if self.indices.is_some() { "total indices" } else { "mean sizes" };
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

    /// An amount of the metric, in percentage points where it is a share.
    fn amount(&self, value: f64) -> String {
        let unit = metrics::outcomes(&self.scenario)
            .into_iter()
            .find(|outcome| outcome.name == self.plan.metric)
            .map_or("", |outcome| outcome.metric.unit);
        if unit == "share" { format!("{} points", signed(value)) } else { format!("{value:.3} {unit}") }
    }

    fn shares(&self) -> Table {
        let mut table = Table::new(
            "sensitivity",
            &[
                ("total", "share", "Total index: share of the variance that depends on it, alone or with others."),
                ("low95", "share", "Lower end of the 95 % interval of the total index."),
                ("high95", "share", "Upper end of the 95 % interval of the total index."),
                SEEDS,
                ("first", "share", "First-order index: share of the variance that it decides alone."),
                STANDING,
                ("factor", "", "The number that is moved, by path."),
            ],
        );
        let Some(indices) = &self.indices else { return table };
        for ((&place, first), total) in self.kept.iter().zip(&indices.first).zip(&indices.total) {
            let estimate = total.estimate;
            let numbers = [estimate.value, estimate.low, estimate.high, total.seeds, first.estimate.value];
            let mut row = numbers.map(Cell::from).to_vec();
            row.extend([self.standing(place), self.path(place)].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn largest(&self) -> Table {
        let columns = [
            ("mu", "", "Mean effect of moving it over its whole range, in the unit of the metric."),
            ("mu_star", "", "Mean size of that effect, whichever its sign."),
            ("low95", "", "Lower end of the 95 % interval of mu_star."),
            ("high95", "", "Upper end of the 95 % interval of mu_star."),
            ("sigma", "", "Standard deviation of the effect between trajectories, luck left out."),
            STANDING,
            ("factor", "", "The number that is moved, by path."),
        ];
        let mut table = Table::new("sensitivity", &columns);
        for place in self.ranked().into_iter().take(SHOWN) {
            let Some(effect) = self.effects.get(place) else { continue };
            let size = effect.mu_star.estimate;
            let sigma = effect.sigma.estimate.value;
            let numbers = [effect.mu.estimate.value, size.value, size.low, size.high, sigma];
            let mut row = numbers.map(Cell::from).to_vec();
            row.extend([self.standing(place), self.path(place)].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn all_indices(&self) -> Table {
        let mut table = Table::new(
            "indices",
            &[
                ("factor", "", "The number that is moved, by path."),
                STANDING,
                LOW,
                HIGH,
                ("present", "", "Its value in the scenario."),
                ("first", "share", "First-order index: share of the variance that it decides alone."),
                ("first_low95", "share", "Lower end of the 95 % interval of the first-order index."),
                ("first_high95", "share", "Upper end of the 95 % interval of the first-order index."),
                ("first_seeds", "share", "Share of the variance behind that interval that comes from seeds."),
                ("total", "share", "Total index: share of the variance that depends on it, alone or with others."),
                ("total_low95", "share", "Lower end of the 95 % interval of the total index."),
                ("total_high95", "share", "Upper end of the 95 % interval of the total index."),
                ("total_seeds", "share", "Share of the variance behind that interval that comes from seeds."),
            ],
        );
        let Some(indices) = &self.indices else { return table };
        for ((&place, first), total) in self.kept.iter().zip(&indices.first).zip(&indices.total) {
            let Some(factor) = self.plan.factors.get(place) else { continue };
            let mut row = vec![factor.slot.path.clone().into(), self.standing(place).into()];
            row.extend([factor.low, factor.high, factor.present(&self.scenario)].map(Cell::from));
            for index in [first, total] {
                let estimate = index.estimate;
                row.extend([estimate.value, estimate.low, estimate.high, index.seeds].map(Cell::from));
            }
            table.rows.push(row);
        }
        let luck = indices.luck;
        let mut row: Vec<Cell> = vec!["luck, of a single run".into(), "luck".into()];
        row.extend([f64::NAN; 7].map(Cell::from));
        row.extend([luck.estimate.value, luck.estimate.low, luck.estimate.high, luck.seeds].map(Cell::from));
        table.rows.push(row);
        table
    }

    fn screening(&self) -> Table {
        let mut table = Table::new(
            "screening",
            &[
                ("factor", "", "The number that is moved, by path; the largest mu_star first."),
                STANDING,
                LOW,
                HIGH,
                ("mu", "", "Mean effect of moving it over its whole range, in the unit of the metric."),
                ("mu_low95", "", "Lower end of the 95 % interval of mu."),
                ("mu_high95", "", "Upper end of the 95 % interval of mu."),
                ("mu_star", "", "Mean size of that effect, whichever its sign."),
                ("mu_star_low95", "", "Lower end of the 95 % interval of mu_star."),
                ("mu_star_high95", "", "Upper end of the 95 % interval of mu_star."),
                ("sigma", "", "Standard deviation of the effect between trajectories, luck left out."),
                ("sigma_low95", "", "Lower end of the 95 % interval of sigma."),
                ("sigma_high95", "", "Upper end of the 95 % interval of sigma."),
                ("luck", "", "Size that luck alone would give mu_star."),
                ("beyond_luck", "0 or 1", "1 if its mean square effect differs from 0 by more than luck."),
                ("effects", "count", "Trajectories in which the effect is defined."),
            ],
        );
        for place in self.ranked() {
            let (Some(factor), Some(effect)) = (self.plan.factors.get(place), self.effects.get(place)) else {
                continue;
            };
            let mut row = vec![factor.slot.path.clone().into(), self.standing(place).into()];
            row.extend([factor.low, factor.high].map(Cell::from));
            for number in [effect.mu, effect.mu_star, effect.sigma] {
                row.extend([number.estimate.value, number.estimate.low, number.estimate.high].map(Cell::from));
            }
            row.push(effect.luck.into());
            row.extend([u64::from(effect.is_clear(self.plan.runs)), effect.count as u64].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn conclusions(&self) -> Table {
        let mut table = Table::new(
            "conclusions",
            &[
                ("factor", "", "Influential assumption that is moved alone, by path."),
                ("conclusion", "", "What the scenario as it is shows."),
                ("verdict", "", "holds; flips: the opposite somewhere in the range; fades: cannot be told somewhere."),
                ("metric", "", "Metric that it is about."),
                ("threshold", "", "Value that the metric is held against."),
                ("at", "", "Value of the factor."),
                ("value", "", "The metric there."),
                ("low95", "", "Lower end of its 95 % interval, about luck."),
                ("high95", "", "Upper end of its 95 % interval, about luck."),
            ],
        );
        for check in &self.checks {
            for (at, estimate) in &check.places {
                table.rows.push(vec![
                    check.path.clone().into(),
                    check.words().into(),
                    check.verdict().word().into(),
                    check.conclusion.metric.clone().into(),
                    check.conclusion.threshold.into(),
                    (*at).into(),
                    estimate.value.into(),
                    estimate.low.into(),
                    estimate.high.into(),
                ]);
            }
        }
        table
    }
}

const STANDING: (&str, &str, &str) =
    ("standing", "", "How well it is known; choice: a lever; scenario: what the scenario describes.");
const SEEDS: (&str, &str, &str) =
    ("seeds", "share", "Share of the variance behind the interval that comes from seeds, not from where points lie.");
const LOW: (&str, &str, &str) = ("low", "", "Lower end of its range.");
const HIGH: (&str, &str, &str) = ("high", "", "Upper end of its range.");

fn interval(estimate: Estimate) -> String {
    format!("{:.2}, {:.2} to {:.2}", estimate.value, estimate.low.max(0.0), estimate.high)
}

fn percent(share: f64) -> String {
    format!("{:.0}", (share * 100.0).clamp(0.0, 100.0))
}

/// `3 points were`, `1 point was`.
fn was(count: u64, what: &str) -> String {
    format!("{} {}", counted(count, what), if count == 1 { "was" } else { "were" })
}
