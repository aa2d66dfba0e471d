//! What a sweep concludes, to be held against other choices of assumed parameters.
use super::{
    Job, Sweep,
    names::label,
    optimum::{Optimum, Side},
};
use crate::experiment::assumptions::{Claim, Concluded};

/// Place of the scenario as it is among the jobs; the points follow.
const PRESENT: usize = 0;

/// For each metric that the points differ in: that the highest point lies above the scenario as it is, and above the ends of
/// the ranges that are clearly lower. `sampled` holds the metrics by job and run.
pub(super) fn concluded(sweep: &Sweep, jobs: &[Job], programme: usize, sampled: &[Vec<Vec<f64>>]) -> Concluded {
    let mut concluded = Concluded::default();
    for (response, samples) in sweep.responses.iter().zip(sampled) {
        for optimum in response.optima.iter().filter(|optimum| optimum.above_lowest.excludes(0.0)) {
            for other in lower(sweep, optimum) {
                let best = optimum.best + 1;
                let (Some(high), Some(low)) = (samples.get(best), samples.get(other)) else { continue };
                let (from, to) = (text(sweep, best), text(sweep, other));
                let say = |way: &str| format!("{} is {way} {from} than {to}", label(&response.metric));
                let own = high.iter().zip(low).map(|(high, low)| high - low).collect();
                let mut placed = |job: usize| {
                    let mut scenario = jobs.get(job).map(|job| job.scenario.clone()).unwrap_or_default();
                    scenario.run.seed = sweep.plan.seed;
                    concluded.place(&scenario)
                };
                let weighted = [(placed(best), 1.0), (placed(other), -1.0)];
                let texts = [say("higher"), say("lower")];
                concluded.claims.push(Claim::of(texts, &response.metric, programme, weighted, own));
            }
        }
    }
    concluded
}

/// Jobs that lie clearly below the highest point: the scenario as it is, and the ends of the lines through that point.
fn lower(sweep: &Sweep, optimum: &Optimum) -> Vec<usize> {
    let mut found = Vec::new();
    if optimum.above_present.excludes(0.0) {
        found.push(PRESENT);
    }
    let best = sweep.points.get(optimum.best).map_or(&[][..], Vec::as_slice);
    for (path, (along, vary)) in optimum.along.iter().zip(&sweep.varied).enumerate() {
        let [first, last] = [vary.levels.first(), vary.levels.last()];
        let ends = match along.side {
            Side::Inside => [first, last],
            Side::LowEnd => [None, last],
            Side::HighEnd => [first, None],
            Side::Unclear => [None, None],
        };
        for end in ends.into_iter().flatten() {
            let mut there = best.to_vec();
            if let Some(value) = there.get_mut(path) {
                *value = *end;
            }
            let place = sweep.points.iter().position(|point| *point == there);
            found.extend(place.filter(|&point| point != optimum.best).map(|point| point + 1));
        }
    }
    found
}

/// Where a job lies: `at sanction 0.4, recognition 1`.
fn text(sweep: &Sweep, job: usize) -> String {
    let Some(point) = job.checked_sub(1).and_then(|point| sweep.points.get(point)) else {
        return "in the scenario as it is".into();
    };
    let one =
        |(vary, value): (&super::Vary, &f64)| format!("{} {}", sweep.short(vary.path()), sweep.said(vary, *value));
    format!("at {}", sweep.varied.iter().zip(point).map(one).collect::<Vec<_>>().join(", "))
}
