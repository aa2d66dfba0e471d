//! Which circumstances make a design fail? Scenario discovery over what nobody knows beforehand.
//!
//! A Latin hypercube over the uncertainties, a few runs with luck of their own at each point; failures are sought with
//! [`prim`]. A box found is measured on fresh points that had no part in finding it; where failures are not more frequent
//! in it there, nothing is claimed. Points in a box are then taken away and another is sought, three at most.
use std::borrow::Cow;

use serde::Serialize;

use super::{
    Job, Plan, Simulator, Stopped, Subject,
    battery::add_shock,
    columns, fails,
    window::{Measure, Window},
};
use crate::{
    experiment::{
        factor::{self, Factor},
        points::latin_hypercube,
        prim::{self, Found, Measured, Restriction},
    },
    phrase::read,
    scenario::Scenario,
    stats::mean,
};

/// Boxes sought, one after the other.
const BOXES: usize = 3;

/// An uncertainty that is asked for: the number at `path` from `low` to `high`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Range {
    /// Path in the scenario.
    pub path: String,
    /// Lower end; as declared where none is given.
    pub low: Option<f64>,
    /// Upper end; as declared where none is given.
    pub high: Option<f64>,
}

/// What nobody knows beforehand.
#[derive(Clone, Debug)]
struct Uncertainty {
    /// What it is, as the subject of a sentence.
    name: Cow<'static, str>,
    /// Kind of shock added for it, none where it is a number of the scenario.
    kind: Option<&'static str>,
    /// Path, or setting of that shock; one shock is added for all uncertainties of a kind.
    path: Cow<'static, str>,
    /// Ends of the range; of weeks, twice the window in which shocks strike.
    ends: Option<(f64, f64)>,
    /// How it is shown.
    measure: Measure,
    /// Unit as shown, in words that follow a number.
    unit: Cow<'static, str>,
}

const fn setting(
    name: &'static str,
    path: &'static str,
    low: f64,
    high: f64,
    measure: Measure,
    unit: &'static str,
) -> Uncertainty {
    let (name, path, unit) = (Cow::Borrowed(name), Cow::Borrowed(path), Cow::Borrowed(unit));
    Uncertainty { name, kind: None, path, ends: Some((low, high)), measure, unit }
}

const fn time(name: &'static str, kind: &'static str) -> Uncertainty {
    let (name, path, unit) = (Cow::Borrowed(name), Cow::Borrowed("at"), Cow::Borrowed("months after support begins"));
    Uncertainty { name, kind: Some(kind), path, ends: None, measure: Measure::Months, unit }
}

/// The usual uncertainties. Ranges are assumptions wide enough to hold what was published: turnover of teams 81 % in two
/// years (Woltmann 2008), structural changes about 0.5 a year in England (Walshe 2010), 0.1 to 0.6 assumed, sponsors' tenure 3 years (Anandaciva 2018).
/// A cut of any size also ends what would follow support.
#[rustfmt::skip]
static UNCERTAINTIES: &[Uncertainty] = &[
    setting("turnover", "setting.turnover", 0.5, 3.0, Measure::Leavers, "leavers per 100 frontline posts a year"),
    setting("policy churn", "setting.policy_churn", 0.0, 1.5, Measure::Plain, "changes of policy a year"),
    setting("work beyond what staff can absorb", "setting.workload", 0.0, 0.3, Measure::Percent, "% all year round"),
    time("unit leaders leave", "leaders_leave"),
    time("the project team leaves", "champions_leave"),
    time("the sponsor leaves", "sponsor_leaves"),
    time("the budget is cut", "budget_cut"),
    Uncertainty {
        name: Cow::Borrowed("the budget cut"), kind: Some("budget_cut"), path: Cow::Borrowed("left"),
        ends: Some((0.0, 1.0)), measure: Measure::Cut, unit: Cow::Borrowed("% of the money"),
    },
];

impl Uncertainty {
    fn of(range: &Range) -> Self {
        let last = range.path.rsplit('.').next().unwrap_or_default();
        Self {
            name: last.replace('_', " ").into(),
            kind: None,
            path: range.path.clone().into(),
            ends: None,
            measure: Measure::Plain,
            unit: "".into(),
        }
    }
}

/// An uncertainty as it was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// What it is, as the subject of a sentence.
    pub name: String,
    /// Path in the scenario.
    pub path: String,
    /// Lower end, as shown.
    pub low: f64,
    /// Upper end, as shown.
    pub high: f64,
    /// Unit, in words that follow a number.
    pub unit: String,
}

/// One point and what happened there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Value of each uncertainty, as shown.
    pub values: Vec<f64>,
    /// Share of runs that fail.
    pub failing: f64,
    /// Whether it had no part in finding boxes.
    pub fresh: bool,
}

/// A side or two of a box, as shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// Place of the uncertainty.
    pub axis: usize,
    /// Above this; none where it is open.
    pub above: Option<f64>,
    /// Below this; none where it is open.
    pub below: Option<f64>,
    /// Probability of so good a restriction by chance.
    pub chance: f64,
    /// In words.
    pub words: String,
}

/// Circumstances in which runs of one outcome crowd.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Circumstances {
    /// Whether those runs fail; else they are the ones that do not.
    pub failing: bool,
    /// What has to hold, all of it.
    pub conditions: Vec<Condition>,
    /// The box in the unit cube, measured on the points it was found with, those of earlier boxes left out.
    pub found: Found,
    /// The box measured on fresh points, without those of earlier boxes.
    pub measured: Measured,
    /// Whether the outcome is more frequent in it among fresh points too, by more than luck: than in the rest, and than
    /// anywhere.
    pub holds: bool,
}

/// Which circumstances make a design fail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discovery {
    /// The uncertainties.
    pub axes: Vec<Axis>,
    /// Boxes, in the order in which they were found: of failures, then, where most runs fail, of what does not.
    pub boxes: Vec<Circumstances>,
    /// Every point.
    pub points: Vec<Point>,
    /// Points used to find boxes; the others are fresh.
    pub sought: usize,
    /// Share of runs that fail at points used to find boxes.
    pub base: f64,
}

/// The space of uncertainties around one design.
pub(super) struct Space<'a> {
    subject: &'a Subject,
    /// With a shock for each uncertainty that needs one.
    scenario: Scenario,
    uncertainties: Vec<Uncertainty>,
    factors: Vec<Factor>,
}

impl<'a> Space<'a> {
    /// The space around `subject`.
    ///
    /// # Errors
    ///
    /// When a path of the plan is wrong, or its range.
    pub fn of(subject: &'a Subject, plan: &Plan) -> Result<Self, Stopped> {
        let asked: Vec<Uncertainty> = plan.over.iter().map(Uncertainty::of).collect();
        let uncertainties = if asked.is_empty() { UNCERTAINTIES.to_vec() } else { asked };
        let (mut scenario, mut added): (Scenario, Vec<(&str, String)>) = (subject.scenario.clone(), Vec::new());
        let mut factors = Vec::new();
        for (place, uncertainty) in uncertainties.iter().enumerate() {
            let (ends, range) = (uncertainty.ends, plan.over.get(place));
            let path = match uncertainty.kind {
                None => uncertainty.path.to_string(),
                Some(kind) => {
                    if !added.iter().any(|(other, _)| *other == kind) {
                        add_shock(&mut scenario, kind, subject.window.live, &[]);
                        added.push((kind, scenario.shocks.last().map_or(String::new(), |shock| shock.name.clone())));
                    }
                    let name = added.iter().find(|(other, _)| *other == kind).map_or("", |(_, name)| name.as_str());
                    format!("shocks.{name}.{}", uncertainty.path)
                }
            };
            let Window { live, look, .. } = subject.window;
            let (low, high) = match (ends, range) {
                (Some((low, high)), _) => (Some(low), Some(high)),
                (None, Some(range)) => (range.low, range.high),
                // Half of the range lies beyond the look: it does not happen in time to matter.
                (None, None) => (Some(live as f64), Some((look + look - live) as f64)),
            };
            factors.push(Factor::new(&scenario, &path, low, high)?);
        }
        if plan.points > 0
            && let Some(twice) = factors
                .iter()
                .enumerate()
                .find(|(place, one)| factors.iter().take(*place).any(|other| other.slot.path == one.slot.path))
        {
            return Err(Stopped::Question(format!("{} is varied twice", twice.1.slot.path)));
        }
        Ok(Self { subject, scenario, uncertainties, factors })
    }

    /// Runs that [`Space::discover`] asks for.
    pub fn runs(&self, plan: &Plan) -> u64 {
        (plan.points + plan.points / 2) as u64 * if plan.points == 0 { 0 } else { plan.runs_a_point }
    }

    /// Seeks the circumstances in which runs fail: keep a net gain below `below`.
    ///
    /// # Errors
    ///
    /// Whatever stops the simulator.
    pub fn discover(&self, simulator: &mut dyn Simulator, plan: &Plan, below: f64) -> Result<Discovery, Stopped> {
        let count = self.factors.len();
        let sought = latin_hypercube(plan.points, count, plan.seed);
        let fresh = latin_hypercube(plan.points / 2, count, plan.seed.wrapping_add(1));
        let cube: Vec<&Vec<f64>> = sought.iter().chain(&fresh).collect();
        let job = |(place, point): (usize, &&Vec<f64>)| {
            let mut moved = self.scenario.clone();
            factor::assign(
                &mut moved,
                self.factors.iter().zip(point.iter()).map(|(factor, &place)| (factor, factor.value(place))),
            )?;
            // What comes after the look goes, so that the rest is sound.
            let moved = self.subject.window.trimmed(&moved);
            moved.check().map_err(|problems| Stopped::Question(problems.to_string()))?;
            // Each point has luck of its own, else all would share what befalls the few runs of one.
            let seed = plan.seed.wrapping_add(1 + place as u64);
            Ok(Job { seed, ..self.subject.job(&moved, plan, plan.runs_a_point) })
        };
        let jobs: Vec<Job> = cube.iter().enumerate().map(job).collect::<Result<_, Stopped>>()?;
        let gains = columns(simulator, &jobs, &[self.subject.programme])?;
        let failing: Vec<f64> =
            gains.iter().map(|gains| mean(gains.iter().map(|&gain| fails(gain, below))).value).collect();
        // A point all of whose runs are undefined says nothing.
        let defined = |range: std::ops::Range<usize>| -> (Vec<Vec<f64>>, Vec<f64>) {
            let defined = range.filter_map(|place| Some(((*cube.get(place)?).clone(), *failing.get(place)?)));
            defined.filter(|(_, failing)| !failing.is_nan()).unzip()
        };
        let (found_with, fresh) = (defined(0..sought.len()), defined(sought.len()..cube.len()));
        let base = mean(found_with.1.iter().copied()).value;
        let mut boxes = self.boxes(plan, true, &found_with, &fresh);
        if base > 0.5 {
            // Where failing is the rule, the exception says more.
            let kept = |(points, failing): &(Vec<Vec<f64>>, Vec<f64>)| {
                (points.clone(), failing.iter().map(|failing| 1.0 - failing).collect())
            };
            boxes.extend(self.boxes(plan, false, &kept(&found_with), &kept(&fresh)));
        }
        let point = |(place, (point, &failing)): (usize, (&&Vec<f64>, &f64))| Point {
            values: (0..count).map(|axis| self.shown(axis, point.get(axis).copied().unwrap_or(f64::NAN))).collect(),
            failing,
            fresh: place >= sought.len(),
        };
        Ok(Discovery {
            axes: (0..count).filter_map(|axis| self.axis(axis)).collect(),
            boxes,
            points: cube.iter().zip(&failing).enumerate().map(point).collect(),
            sought: sought.len(),
            base,
        })
    }

    /// Boxes of one outcome, each without the points of those before; points and shares of that outcome, to find them with
    /// and `fresh` ones to measure them on.
    fn boxes(
        &self,
        plan: &Plan,
        failing: bool,
        (points, shares): &(Vec<Vec<f64>>, Vec<f64>),
        fresh: &(Vec<Vec<f64>>, Vec<f64>),
    ) -> Vec<Circumstances> {
        let (mut points, mut shares) = (points.clone(), shares.clone());
        let mut boxes: Vec<Circumstances> = Vec::new();
        while let Some(found) = (boxes.len() < BOXES).then(|| prim::discover(&points, &shares, plan.seed)).flatten() {
            let outside = |point: &[f64]| !found.restrictions.iter().all(|side| side.holds(point));
            (points, shares) = points.into_iter().zip(shares).filter(|(point, _)| outside(point)).unzip();
            let earlier: Vec<&[Restriction]> = boxes.iter().map(|other| other.found.restrictions.as_slice()).collect();
            let measured = prim::measure(&found.restrictions, &earlier, &fresh.0, &fresh.1);
            let conditions = found.restrictions.iter().filter_map(|side| self.condition(side)).collect();
            let holds = measured.lift.low > 0.0 && measured.density.low > measured.base.value;
            boxes.push(Circumstances { failing, conditions, measured, holds, found });
        }
        boxes
    }

    /// Value of a factor at a coordinate, as shown.
    fn shown(&self, axis: usize, coordinate: f64) -> f64 {
        let (Some(factor), Some(uncertainty)) = (self.factors.get(axis), self.uncertainties.get(axis)) else {
            return f64::NAN;
        };
        let value = uncertainty.measure.shown(&self.scenario, &self.subject.window, factor.value(coordinate));
        // As many digits as a reader can use.
        (value * 1e3).round() / 1e3
    }

    fn axis(&self, axis: usize) -> Option<Axis> {
        let (factor, uncertainty) = (self.factors.get(axis)?, self.uncertainties.get(axis)?);
        let (one, other) = (self.shown(axis, 0.0), self.shown(axis, 1.0));
        Some(Axis {
            name: uncertainty.name.to_string(),
            path: factor.slot.path.clone(),
            low: one.min(other),
            high: one.max(other),
            unit: match factor.choice() {
                Some(choice) => {
                    let named = choice.names.iter().enumerate().map(|(place, name)| format!("{place} {name}"));
                    named.collect::<Vec<_>>().join(", ")
                }
                None if uncertainty.unit.is_empty() => factor.unit().to_owned(),
                None => uncertainty.unit.to_string(),
            },
        })
    }

    fn condition(&self, side: &Restriction) -> Option<Condition> {
        let uncertainty = self.uncertainties.get(side.factor)?;
        let shown = |bound: f64| bound.is_finite().then(|| self.shown(side.factor, bound));
        let (mut above, mut below) = (shown(side.low), shown(side.high));
        if uncertainty.measure.is_turned() {
            (above, below) = (below, above);
        }
        let factor = self.factors.get(side.factor)?;
        let words = match factor.choice() {
            Some(choice) => {
                let inside = |place: &usize| {
                    let place = *place as f64;
                    above.is_none_or(|above| place >= above) && below.is_none_or(|below| place <= below)
                };
                let names = (0..choice.names.len()).filter(inside).filter_map(|place| choice.names.get(place));
                format!("{} is {}", uncertainty.name, names.copied().collect::<Vec<_>>().join(" or "))
            }
            None => in_words(&uncertainty.name, uncertainty.measure, &uncertainty.unit, above, below),
        };
        Some(Condition { axis: side.factor, above, below, chance: side.chance, words })
    }
}

/// A restriction in words: `turnover passes 62 leavers per 100 frontline posts a year`.
pub fn in_words(name: &str, measure: Measure, unit: &str, above: Option<f64>, below: Option<f64>) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    match (measure, above, below) {
        (Measure::Months, Some(above), None) => format!("{name} later than {}{unit}", read(above)),
        (Measure::Months, None, Some(below)) => format!("{name} within {} months of the start of support", read(below)),
        (Measure::Months, Some(above), Some(below)) => format!("{name} {} to {}{unit}", read(above), read(below)),
        (_, Some(above), None) => format!("{name} passes {}{unit}", read(above)),
        (_, None, Some(below)) => format!("{name} stays below {}{unit}", read(below)),
        (_, Some(above), Some(below)) => format!("{name} lies between {} and {}{unit}", read(above), read(below)),
        (_, None, None) => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restrictions_read_as_sentences() {
        let words = |measure, unit: &str, above, below| in_words("turnover", measure, unit, above, below);
        assert_eq!(words(Measure::Leavers, "leavers a year", Some(61.8), None), "turnover passes 62 leavers a year");
        assert_eq!(words(Measure::Cut, "% of the money", None, Some(40.0)), "turnover stays below 40 % of the money");
        assert_eq!(words(Measure::Plain, "", Some(0.25), Some(0.5)), "turnover lies between 0.25 and 0.5");
        let sponsor = in_words("the sponsor leaves", Measure::Months, "months after support begins", None, Some(11.6));
        assert_eq!(sponsor, "the sponsor leaves within 12 months of the start of support");
    }
}
