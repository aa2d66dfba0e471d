//! Shocks alone and in pairs: what each leaves of the gain, and how much more another design would have kept.
use serde::Serialize;

use super::{BATTERY, DIFFERENCES, GAINS, Job, Plan, Severity, Subject};
use crate::{
    experiment::points::latin_hypercube,
    phrase::Change,
    stats::{Estimate, mean, paired_difference, ratio_of_means},
};

/// One shock or a pair of them at one severity: what it does to a design.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strike {
    /// Names of the shocks: one or two.
    pub shocks: Vec<&'static str>,
    /// How hard they hit.
    pub severity: Severity,
    /// Net gain at 24 months, mean over the times struck.
    pub kept: Estimate,
    /// That as a share of the gain undisturbed; undefined where that may be nothing.
    pub share: Estimate,
    /// Gain undisturbed minus gain kept, paired.
    pub loss: Estimate,
    /// Of a pair: its loss beyond the sum of the losses of both alone at the same times, paired.
    pub beyond: Option<Estimate>,
    /// Place of the design that keeps most under this strike.
    pub best: usize,
    /// Gain of that design minus gain of this one, paired; 0 for itself.
    pub regret: Estimate,
    /// The same by time, in the order of weeks of the first shock.
    pub times: Vec<Struck>,
}

/// What a strike at one time does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Struck {
    /// Weeks in which the shocks strike.
    pub weeks: Vec<usize>,
    /// Months from the start of support until then.
    pub months: Vec<f64>,
    /// Gain undisturbed minus gain kept, paired.
    pub loss: Estimate,
}

/// A strike by name: `staff_exodus and sponsor_leaves, severe`.
pub(super) fn name(strike: &Strike) -> String {
    let shocks: Vec<String> = strike.shocks.iter().map(|shock| shock.replace('_', " ")).collect();
    format!("{} ({})", shocks.join(" and "), strike.severity.name())
}

/// Whether a loss is more than luck, and large enough to be shown.
pub(super) fn is_clear(loss: &Estimate) -> bool {
    Change::of(*loss) == Change::Gain
}

/// One kind of strike: shocks by place, severity, times, runs.
struct Kind {
    shocks: Vec<usize>,
    severity: Severity,
    times: usize,
    runs: u64,
}

/// Where in its window each shock of the battery strikes, from 0 to 1: by shock, then by time.
pub(super) fn places(plan: &Plan) -> Vec<Vec<f64>> {
    let drawn = latin_hypercube(plan.times, BATTERY.len(), plan.seed);
    (0..BATTERY.len()).map(|shock| drawn.iter().filter_map(|point| point.get(shock)).copied().collect()).collect()
}

/// Every kind of strike, single shocks first.
fn kinds(plan: &Plan) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for &shock in &plan.shocks {
        let alone = |&severity| Kind { shocks: vec![shock], severity, times: plan.times, runs: plan.runs };
        kinds.extend(plan.severities.iter().map(alone));
    }
    for (place, &first) in plan.shocks.iter().enumerate().filter(|_| plan.pairs) {
        for &second in plan.shocks.iter().skip(place + 1) {
            let (times, runs) = (plan.times.div_ceil(2), plan.runs.div_ceil(2));
            let pair = |&severity| Kind { shocks: vec![first, second], severity, times, runs };
            kinds.extend(plan.severities.iter().map(pair));
        }
    }
    kinds
}

/// A job for each design, kind of strike and time, in this order.
pub(super) fn jobs(subjects: &[Subject], plan: &Plan, places: &[Vec<f64>]) -> Vec<Job> {
    let kinds = kinds(plan);
    let mut jobs = Vec::new();
    for subject in subjects {
        for kind in &kinds {
            for time in 0..kind.times {
                let mut struck = subject.scenario.clone();
                for (&shock, week) in kind.shocks.iter().zip(weeks(subject, kind, places, time)) {
                    if let Some(stressor) = BATTERY.get(shock) {
                        stressor.strike(&mut struck, kind.severity, week, &subject.window);
                    }
                }
                jobs.push(subject.job(&struck, plan, kind.runs));
            }
        }
    }
    jobs
}

/// Week in which each shock of `kind` strikes the `time`th time.
fn weeks(subject: &Subject, kind: &Kind, places: &[Vec<f64>], time: usize) -> Vec<usize> {
    let place = |&shock: &usize| places.get(shock).and_then(|places| places.get(time)).copied().unwrap_or(0.5);
    kind.shocks.iter().map(|shock| subject.window.week(place(shock))).collect()
}

/// What the strikes did to each design: `undisturbed` by design, `struck` as [`jobs`] lists them.
pub(super) fn strikes(
    plan: &Plan,
    subjects: &[Subject],
    places: &[Vec<f64>],
    undisturbed: &[Vec<f64>],
    struck: &[Vec<f64>],
) -> Vec<Vec<Strike>> {
    let kinds = kinds(plan);
    let mut left = struck.iter();
    // By design, kind and time: gains run by run.
    let gains: Vec<Vec<Vec<&[f64]>>> = subjects
        .iter()
        .map(|_| kinds.iter().map(|kind| left.by_ref().take(kind.times).map(Vec::as_slice).collect()).collect())
        .collect();
    let kept: Vec<Vec<Vec<f64>>> =
        gains.iter().map(|design| design.iter().map(|times| over_times(times)).collect()).collect();
    let of =
        |design: usize, kind: usize| kept.get(design).and_then(|kept| kept.get(kind)).map_or(&[][..], Vec::as_slice);
    let mut strikes = Vec::new();
    for (design, (subject, base)) in subjects.iter().zip(undisturbed).enumerate() {
        let mut of_design = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let (kept, base) = (of(design, place), base.get(..kind.runs as usize).unwrap_or(base));
            let means = (0..subjects.len()).map(|other| mean(of(other, place).iter().copied()).value);
            // The first of equals.
            let best = means.enumerate().reduce(|best, other| if other.1 > best.1 { other } else { best });
            let best = best.map_or(0, |(best, _)| best);
            let at_times = gains.get(design).and_then(|gains| gains.get(place)).map_or(&[][..], Vec::as_slice);
            let mut times: Vec<Struck> = at_times
                .iter()
                .enumerate()
                .map(|(time, gains)| {
                    let weeks = weeks(subject, kind, places, time);
                    let months = weeks.iter().map(|&week| subject.window.months(week as f64)).collect();
                    Struck { weeks, months, loss: paired_difference(base, gains).within(DIFFERENCES) }
                })
                .collect();
            times.sort_by(|left, right| left.weeks.cmp(&right.weeks));
            of_design.push(Strike {
                shocks: kind.shocks.iter().filter_map(|&shock| BATTERY.get(shock)).map(|row| row.name).collect(),
                severity: kind.severity,
                kept: mean(kept.iter().copied()).within(GAINS),
                share: share_kept(kept, base),
                loss: paired_difference(base, kept).within(DIFFERENCES),
                beyond: gains.get(design).and_then(|gains| beyond(&kinds, gains, kind, at_times, base)),
                best,
                regret: paired_difference(of(best, place), kept).within(DIFFERENCES),
                times,
            });
        }
        strikes.push(of_design);
    }
    strikes
}

/// What is kept as a share of the gain undisturbed: only of a clear gain, and only where what is kept is no loss.
fn share_kept(kept: &[f64], base: &[f64]) -> Estimate {
    let [left, gain] = [kept, base].map(|gains| Change::of(mean(gains.iter().copied())));
    match (gain, left) {
        (Change::Gain, Change::Loss) => Estimate::UNDEFINED,
        (Change::Gain, _) => ratio_of_means(kept, base),
        _ => Estimate::UNDEFINED,
    }
}

/// Mean over times, run by run.
pub(super) fn over_times(times: &[&[f64]]) -> Vec<f64> {
    let runs = times.iter().map(|gains| gains.len()).min().unwrap_or(0);
    let at = |run: usize| times.iter().filter_map(|gains| gains.get(run)).sum::<f64>() / times.len() as f64;
    (0..runs).map(at).collect()
}

/// Loss of a pair beyond the sum of both alone: (base - pair) - (base - one) - (base - other) at the same times.
fn beyond(kinds: &[Kind], gains: &[Vec<&[f64]>], pair: &Kind, both: &[&[f64]], base: &[f64]) -> Option<Estimate> {
    let [one, other] = pair.shocks.as_slice() else { return None };
    let alone = |shock: &usize| {
        let place = kinds.iter().position(|kind| kind.severity == pair.severity && kind.shocks == [*shock])?;
        Some(over_times(gains.get(place)?.get(..pair.times)?))
    };
    let (one, other, both) = (alone(one)?, alone(other)?, over_times(both));
    let runs = one.iter().zip(&other).zip(&both).zip(base);
    Some(mean(runs.map(|(((one, other), both), base)| one + other - both - base)).within(DIFFERENCES))
}
