//! A response over values of a scenario: a curve, a map, maps side by side, or points in a space of any number of paths.
//!
//! All points and the scenario as it is share their luck, so differences between points are paired.

mod answer;
mod claims;
mod names;
pub mod optimum;
mod pictures;
mod scattered;
mod tables;
pub mod vary;

use optimum::{Optimum, optimum};
use vary::Vary;

use super::{Job, Simulator, Stopped, assumptions::Concluded, column, design, door, points, sample::sample};
use crate::{
    metrics::{Pooling, scale_of, scale_of_difference},
    scenario::Scenario,
    stats::{self, Estimate},
};

/// Most points times runs: a gigabyte of outcomes.
const MOST_RUNS: usize = 2_000_000;

/// Where points are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// Every combination of the values of each path.
    Grid,
    /// A Latin hypercube of so many points.
    LatinHypercube(usize),
    /// So many points of Sobol's sequence.
    Sobol(usize),
}

/// How a sweep is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Where points are placed.
    pub placing: Placing,
    /// Runs of each point.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Metrics looked at; the first decides the finding.
    pub metrics: Vec<String>,
    /// The programme they are about, by name or number.
    pub programme: Option<String>,
    /// Whether the outcomes of every run are kept for a table of their own.
    pub keeps_runs: bool,
}

/// One metric over all points.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Name of the metric.
    pub metric: String,
    /// Its value in the scenario as it is.
    pub present: Estimate,
    /// Its value at each point.
    pub estimates: Vec<Estimate>,
    /// Paired difference of each point to the scenario as it is.
    pub differences: Vec<Estimate>,
    /// Paired difference of each point to the highest of its panel; undefined where there is none.
    pub to_highest: Vec<Estimate>,
    /// Paired differences between neighbours on the grid; of a choice, which has no order, between each two.
    pub steps: Vec<Step>,
    /// The highest point of each panel, in the order of the panels.
    pub optima: Vec<Optimum>,
}

/// From one point of a grid to the next along one path, or from one choice to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Place of the path.
    pub path: usize,
    /// Point with the smaller value.
    pub from: usize,
    /// Its neighbour with the larger.
    pub to: usize,
    /// Paired difference: larger minus smaller value.
    pub estimate: Estimate,
}

/// A sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The paths with their values.
    pub varied: Vec<Vary>,
    /// Values that the scenario as it is has there.
    pub present: Vec<f64>,
    /// The points, a value for each path.
    pub points: Vec<Vec<f64>>,
    /// Points of each panel of a grid: one for each value of a third path, else one of all points.
    pub panels: Vec<Vec<usize>>,
    /// One for each metric asked for.
    pub responses: Vec<Response>,
    /// Name of the programme they are about, where the scenario has several.
    pub programme: Option<String>,
    /// Outcomes of every run, by metric and point, the scenario as it is first; a ratio as what it is made of.
    pub outcomes: Vec<(String, Vec<Vec<f64>>)>,
    /// Runs that failed.
    pub failed: u64,
    /// How it was made.
    pub plan: Plan,
    /// What it concludes, to be held against other choices of assumed parameters.
    concluded: Concluded,
}

/// Sweeps `scenario` over `varied` as `plan` says.
///
/// # Errors
///
/// When nothing is varied, a path is varied twice, there are too many points, a point is no valid scenario, a metric or
/// programme does not exist, or the work stops.
pub fn sweep(
    simulator: &mut dyn Simulator,
    scenario: &Scenario,
    varied: &[Vary],
    plan: Plan,
) -> Result<Sweep, Stopped> {
    check(varied, &plan)?;
    let programme = design::programme(scenario, plan.programme.as_deref())?;
    door::enough_runs(plan.runs, 2)?;
    // Where the clock or the follow-up is varied, points may look at weeks that the scenario as it is does not have.
    let moves_weeks = varied.iter().any(|vary| vary.factor.moves_weeks());
    for metric in plan.metrics.iter().filter(|_| !moves_weeks) {
        door::is_asked_well(scenario, programme, metric)?;
    }
    let points = placed(varied, &plan);
    let mut scenarios = vec![scenario.clone()];
    for point in &points {
        scenarios.push(vary::at(scenario, varied, point)?);
    }
    let job = |scenario: Scenario| Job { seed: plan.seed, ..Job::outcomes(scenario, plan.runs) };
    let jobs: Vec<Job> = scenarios.into_iter().map(job).collect();
    door::can_be_kept(scenario, jobs.len() as u64 * plan.runs)?;
    simulator.expect(jobs.len() as u64 * plan.runs);
    // Of each ensemble only what is asked for is kept: a million runs with all their outcomes would fill the memory.
    let mut sampled: Vec<Vec<Vec<f64>>> = vec![Vec::new(); plan.metrics.len()];
    let names = if plan.keeps_runs { outcomes(scenario, &plan.metrics) } else { Vec::new() };
    let mut outcomes: Vec<(String, Vec<Vec<f64>>)> = names.into_iter().map(|name| (name, Vec::new())).collect();
    let mut failed = 0;
    simulator.each_ensemble(&jobs, &mut |place, ensemble| {
        let Some(Job { scenario, .. }) = jobs.get(place) else { return Ok(()) };
        for (metric, samples) in plan.metrics.iter().zip(&mut sampled) {
            samples.push(sample(scenario, &ensemble, programme, metric)?);
        }
        for (name, by_point) in &mut outcomes {
            by_point.push(column(scenario, &ensemble, programme, name)?);
        }
        failed += ensemble.failures.len() as u64;
        Ok(())
    })?;
    let panels = panels(varied, &points, plan.placing);
    let mut responses = Vec::new();
    for (metric, samples) in plan.metrics.iter().zip(&sampled) {
        door::is_defined(scenario, programme, metric, samples.iter().flatten())?;
        if let Some((present, samples)) = samples.split_first() {
            responses.push(response(metric, varied, &points, &panels, present, samples, &plan));
        }
    }
    let several = scenario.programmes.len() > 1;
    let mut made = Sweep {
        present: varied.iter().map(|vary| vary.factor.present(scenario)).collect(),
        varied: varied.to_vec(),
        points,
        panels,
        responses,
        programme: scenario.programmes.get(programme).filter(|_| several).map(|programme| programme.name.clone()),
        outcomes,
        failed,
        plan,
        concluded: Concluded::default(),
    };
    made.concluded = claims::concluded(&made, &jobs, programme, &sampled);
    Ok(made)
}

/// Names of the outcomes that `metrics` are looked up in: their own; of a ratio, those that it is made of.
fn outcomes(scenario: &Scenario, metrics: &[String]) -> Vec<String> {
    let declared = crate::metrics::outcomes(scenario);
    let mut names: Vec<String> = Vec::new();
    for metric in metrics {
        let pooling = declared.iter().find(|outcome| outcome.name == *metric).map(|outcome| outcome.metric.pooling);
        let own = match pooling {
            Some(Pooling::RatioOf(over, under)) => vec![over.to_owned(), under.to_owned()],
            _ => vec![metric.clone()],
        };
        let new: Vec<String> = own.into_iter().filter(|name| !names.contains(name)).collect();
        names.extend(new);
    }
    names
}

fn check(varied: &[Vary], plan: &Plan) -> Result<(), Stopped> {
    let wrong = |what: String| Err(Stopped::Question(what));
    if varied.is_empty() {
        return wrong("nothing to vary: give --vary PATH=LO..HI:N, e.g. programme.0.incentives.sanction=0..1:9".into());
    }
    for (place, vary) in varied.iter().enumerate() {
        if varied.iter().take(place).any(|other| other.path() == vary.path()) {
            return wrong(format!("{} is varied twice", vary.path()));
        }
    }
    let count = match plan.placing {
        Placing::Grid => varied.iter().map(|vary| vary.levels.len()).fold(1, usize::saturating_mul),
        Placing::LatinHypercube(count) => count,
        Placing::Sobol(_) if varied.len() > points::MOST_SOBOL_FACTORS => {
            return wrong(format!("Sobol's sequence goes to {} paths at most", points::MOST_SOBOL_FACTORS));
        }
        Placing::Sobol(count) => count,
    };
    if count.saturating_mul(plan.runs as usize) > MOST_RUNS {
        return wrong(format!(
            "{count} points of {} runs are more than {MOST_RUNS} runs; fewer values, fewer --runs, or --points N \
             instead of a grid",
            plan.runs
        ));
    }
    Ok(())
}

fn placed(varied: &[Vary], plan: &Plan) -> Vec<Vec<f64>> {
    let scaled = |points: Vec<Vec<f64>>| {
        let row = |point: &Vec<f64>| varied.iter().zip(point).map(|(vary, &place)| vary.value(place)).collect();
        points.iter().map(row).collect()
    };
    match plan.placing {
        Placing::Grid => varied.iter().fold(vec![Vec::new()], |points, vary| {
            let extended = |point: &Vec<f64>| {
                let point = point.clone();
                vary.levels.iter().map(move |&level| [point.as_slice(), &[level]].concat())
            };
            points.iter().flat_map(extended).collect()
        }),
        Placing::LatinHypercube(count) => scaled(points::latin_hypercube(count, varied.len(), plan.seed)),
        Placing::Sobol(count) => scaled(points::sobol(count, varied.len(), plan.seed)),
    }
}

/// A panel for each value of the third path of a grid; one of all points where there are fewer or more paths.
fn panels(varied: &[Vary], points: &[Vec<f64>], placing: Placing) -> Vec<Vec<usize>> {
    match (varied, placing) {
        ([_, _, third], Placing::Grid) => {
            let of = |level: &f64| {
                let here = |point: &Vec<f64>| point.get(2) == Some(level);
                points.iter().enumerate().filter(|(_, point)| here(point)).map(|(place, _)| place).collect()
            };
            third.levels.iter().map(of).collect()
        }
        _ => vec![(0..points.len()).collect()],
    }
}

fn response(
    metric: &str,
    varied: &[Vary],
    points: &[Vec<f64>],
    panels: &[Vec<usize>],
    present: &[f64],
    samples: &[Vec<f64>],
    plan: &Plan,
) -> Response {
    let apart = scale_of_difference(metric);
    let optima: Vec<Optimum> =
        panels.iter().filter_map(|panel| optimum(panel, points, samples, present, plan.seed)).collect();
    let highest_of = |point: usize| {
        let panel = panels.iter().position(|panel| panel.contains(&point))?;
        optima.iter().find(|optimum| panels.get(panel).is_some_and(|panel| panel.contains(&optimum.best)))
    };
    let to_highest = |(point, sample): (usize, &Vec<f64>)| {
        let best = highest_of(point).and_then(|optimum| samples.get(optimum.best));
        best.map_or(Estimate::UNDEFINED, |best| stats::paired_difference(sample, best).within(apart))
    };
    let scale = scale_of(metric);
    Response {
        metric: metric.into(),
        present: stats::mean(present.iter().copied()).within(scale),
        estimates: samples.iter().map(|sample| stats::mean(sample.iter().copied()).within(scale)).collect(),
        differences: samples.iter().map(|sample| stats::paired_difference(sample, present).within(apart)).collect(),
        to_highest: samples.iter().enumerate().map(to_highest).collect(),
        steps: if plan.placing == Placing::Grid { steps(varied, points, samples) } else { Vec::new() },
        optima,
    }
}

/// The differences between all neighbours on the grid, and between each two of what is chosen.
fn steps(varied: &[Vary], points: &[Vec<f64>], samples: &[Vec<f64>]) -> Vec<Step> {
    let mut found = Vec::new();
    for (path, vary) in varied.iter().enumerate() {
        // The last path changes fastest, so a step along this one jumps over all combinations of those after it.
        let stride: usize = varied.iter().skip(path + 1).map(|vary| vary.levels.len()).product();
        let value = |point: usize| points.get(point).and_then(|values| values.get(path));
        // Choices have no order, so none is next to another.
        let furthest = if vary.factor.choice().is_some() { vary.levels.len().saturating_sub(1) } else { 1 };
        for (from, sample) in samples.iter().enumerate() {
            for to in (1..=furthest).map(|levels| from + levels * stride) {
                // Beyond the last level the values begin anew.
                let (Some(next), true) = (samples.get(to), value(to) > value(from)) else { break };
                found.push(Step { path, from, to, estimate: stats::paired_difference(next, sample) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
