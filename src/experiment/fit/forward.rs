//! From the last point on: what becomes of the present plan and of others, future by future under the same luck.
//!
//! A future is a run, drawn by its weight. Another plan is lived by the same candidate with the same luck, so that the difference is
//! the plan's. A plan that differs before the last point already would have given another past: how far is said, since
//! such a plan is what could have been, not what can still be chosen.
use super::{Deck, Fitted, Lived, PRACTICE, REPORTED, WITHOUT, runs_of};
use crate::{
    ensemble::Ensemble,
    experiment::{Simulator, Stopped, design::Design, weights},
    stats::{Estimate, proportion},
};

/// Gain at the end of support from which on there is something to keep: a point.
pub const SOMETHING: f64 = 0.01;

/// Ends of what is called plausible: 90 % of the weight lies between.
pub const ENDS: [f64; 3] = [0.05, 0.5, 0.95];

/// What is plausible of a number: its mean, and between which ends 90 % lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Mean.
    pub mean: f64,
    /// 5 % lie below.
    pub low: f64,
    /// Half lie below.
    pub middle: f64,
    /// 5 % lie above.
    pub high: f64,
}

impl Range {
    /// Of weighted values.
    pub fn of(values: &[f64], weights: &[f64]) -> Self {
        let [low, middle, high] = weights::quantiles(values, weights, ENDS);
        Self { mean: weights::mean_and_sd(values, weights).0, low, middle, high }
    }

    /// The same as an estimate with these ends.
    pub fn estimate(self, count: u64) -> Estimate {
        Estimate { value: self.mean, low: self.low, high: self.high, sd: f64::NAN, count }
    }

    /// How far its ends lie apart.
    pub fn width(self) -> f64 {
        self.high - self.low
    }
}

/// What becomes of one plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// What the plan is called.
    pub name: String,
    /// Gain at the end of its support.
    pub at_end: Range,
    /// Gain 24 months after.
    pub later: Range,
    /// How plausible it is that there was a gain and half of it is still there after 24 months.
    pub kept: Estimate,
    /// Gain 24 months after less that under the present plan, future by future.
    pub more: Range,
    /// How plausible it is that it is more.
    pub better: Estimate,
    /// How far its reported practice lies from the present plan's at the times of the data, in the mean.
    pub other_past: f64,
    /// Practice, practice without the programme and reported practice, week by week.
    pub weeks: [Vec<Range>; 3],
    /// Futures in which it could be lived.
    pub futures: u64,
}

/// Whether something was gained, and half of it is still there.
pub fn keeps_half(at_end: f64, later: f64) -> bool {
    at_end >= SOMETHING && later >= at_end / 2.0
}

/// A plan lived in one future.
struct One<'a> {
    run: Lived,
    weeks: [&'a [f32]; 3],
}

/// The present plan and `designs` in the futures of `found`.
pub(super) fn outlook(
    simulator: &mut dyn Simulator,
    found: &Fitted,
    deck: &Deck,
    ensembles: &[Option<Ensemble>],
    designs: &[Design],
) -> Result<Vec<Outlook>, Stopped> {
    let mut plans = Vec::new();
    let at = |run: &Lived| ensembles.get(run.candidate).and_then(Option::as_ref);
    let followed: Vec<&Lived> = found.futures.iter().filter_map(|place| found.lived.get(*place)).collect();
    let present: Vec<Option<One>> = followed
        .iter()
        .map(|run| Some(One { run: (*run).clone(), weeks: series(at(run)?, run.luck, found.programme) }))
        .collect();
    plans.push(one_plan(found, "present plan", &present, &present));
    let mut needed: Vec<usize> = followed.iter().map(|run| run.candidate).collect();
    needed.sort_unstable();
    needed.dedup();
    for design in designs {
        let candidates = needed.iter().map(|number| (*number, &found.candidates[*number]));
        let made = deck.lived(simulator, &design.scenario, candidates)?;
        let lived: Vec<Option<One>> = followed
            .iter()
            .map(|run| {
                let place = needed.binary_search(&run.candidate).ok()?;
                let ensemble = made.get(place)?.as_ref()?;
                let all = runs_of(ensemble, &design.scenario, design.programme, run.candidate, &found.times, None);
                let own = all.into_iter().find(|other| other.luck == run.luck)?;
                Some(One { run: own, weeks: series(ensemble, run.luck, design.programme) })
            })
            .collect();
        plans.push(one_plan(found, &design.name, &lived, &present));
    }
    Ok(plans)
}

fn series(ensemble: &Ensemble, luck: u64, programme: usize) -> [&[f32]; 3] {
    [PRACTICE, WITHOUT, REPORTED].map(|row| ensemble.charted(luck, programme, row))
}

fn one_plan(found: &Fitted, name: &str, plan: &[Option<One>], present: &[Option<One>]) -> Outlook {
    let pairs: Vec<(&One, &One)> =
        plan.iter().zip(present).filter_map(|(own, now)| Some((own.as_ref()?, now.as_ref()?))).collect();
    let of = |values: Vec<f64>| Range::of(&values, &vec![1.0; values.len()]);
    // As many as the weights are worth, not as many as are followed.
    let count = (found.worth.floor() as u64).clamp(1, pairs.len().max(1) as u64);
    let share = |is: &dyn Fn(&(&One, &One)) -> bool| {
        proportion(pairs.iter().filter(|pair| is(pair)).count() as f64 / pairs.len().max(1) as f64, count)
    };
    let longest = pairs.iter().map(|(own, _)| own.weeks[0].len()).max().unwrap_or(0);
    let week = |which: usize, week: usize| {
        of(pairs.iter().filter_map(|(own, _)| own.weeks[which].get(week).map(|value| f64::from(*value))).collect())
    };
    let apart: Vec<f64> = pairs
        .iter()
        .flat_map(|(own, now)| own.run.reported.iter().zip(&now.run.reported).map(|(own, now)| (own - now).abs()))
        .filter(|apart| apart.is_finite())
        .collect();
    Outlook {
        name: name.into(),
        at_end: of(pairs.iter().map(|(own, _)| own.run.at_end).collect()),
        later: of(pairs.iter().map(|(own, _)| own.run.later).collect()),
        kept: share(&|(own, _)| keeps_half(own.run.at_end, own.run.later)),
        more: of(pairs.iter().map(|(own, now)| own.run.later - now.run.later).collect()),
        better: share(&|(own, now)| own.run.later > now.run.later),
        other_past: apart.iter().sum::<f64>() / apart.len().max(1) as f64,
        weeks: [0, 1, 2].map(|which| (0..longest).map(|at| week(which, at)).collect()),
        futures: pairs.len() as u64,
    }
}
