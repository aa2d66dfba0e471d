//! Sensitivity: which numbers decide a result, and does it rest on numbers that nobody knows?
//!
//! First many factors are screened by elementary effects ([`morris`]); then those with the largest effects share out the
//! variance between them ([`sobol`]), the others staying where the scenario puts them; then what the scenario shows is held
//! against every influential factor that is only an assumption ([`conclusions`]). All points share their replicates, so a
//! difference between two of them is not luck; intervals tell what comes from points and what from seeds ([`resample`]).
pub mod choice;
pub mod conclusions;
pub mod morris;
mod pictures;
pub mod resample;
pub mod sobol;
mod tables;
mod words;

use super::{Job, Simulator, Stopped, column, door, factor, unknown::no_metric};
use crate::{
    metrics::{self, Pooling},
    scenario::{Address, Scenario},
};
use choice::ASSUMPTION;
use conclusions::Check;
use factor::Factor;
use morris::{Effect, Trajectories};
use sobol::{Design, Indices};

/// Total index from which a factor counts as influential.
pub const INFLUENTIAL: f64 = 0.05;

/// Runs at each place where conclusions are held against a factor, at least.
const RUNS_OF_CONCLUSIONS: u64 = 100;

/// Points asked for at once.
const POINTS_AT_ONCE: usize = 1024;

/// How a sensitivity analysis is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is moved.
    pub factors: Vec<Factor>,
    /// What is looked at.
    pub metric: String,
    /// Of which programme, by place.
    pub programme: usize,
    /// Runs at each point, at least 2, the same luck at each.
    pub runs: u64,
    /// Trajectories of the screening.
    pub trajectories: usize,
    /// Factors that the screening passes on; where there are no more, it is not needed. 0: screening alone.
    pub top: usize,
    /// Base points of the indices.
    pub base: usize,
    /// Whether the points and every run's outcomes are kept for tables of their own.
    pub keeps_runs: bool,
}

impl Plan {
    fn screens(&self) -> bool {
        self.top == 0 || self.factors.len() > self.top
    }

    /// Runs it takes, at most: fewer where no influential factor is an assumption.
    pub fn most_runs(&self) -> u64 {
        let screening = if self.screens() { self.trajectories * (self.factors.len() + 1) } else { 0 };
        let kept = self.top.min(self.factors.len());
        let indices = if kept > 0 { Design::size(kept, self.base) } else { 0 };
        let may_be_assumed = |factor: &&Factor| is_assumed(factor);
        let assumed = self.factors.iter().filter(may_be_assumed).count().min(kept);
        let last = if assumed > 0 { conclusions::runs_needed(assumed, self.runs.max(RUNS_OF_CONCLUSIONS)) } else { 0 };
        (screening + indices) as u64 * self.runs + last
    }

    fn question(&self, scenario: &Scenario) -> Result<(), Stopped> {
        let fault = |what: String| Err(Stopped::Question(what));
        if self.factors.is_empty() {
            return fault("there is no number to be moved; name some with --paths".into());
        }
        let Some(outcome) = metrics::outcomes(scenario).into_iter().find(|outcome| outcome.name == self.metric) else {
            return fault(no_metric(&self.metric));
        };
        if let Pooling::RatioOf(numerator, denominator) = outcome.metric.pooling {
            return fault(format!(
                "{} is a ratio, which single runs without {denominator} do not have; ask for {numerator}",
                self.metric
            ));
        }
        let programmes = scenario.programmes.len();
        if self.programme >= programmes {
            return fault(format!("there is no programme {}: the scenario has {programmes}, from 0", self.programme));
        }
        door::enough_runs(self.runs, 2)?;
        let moves_weeks = self.factors.iter().any(Factor::moves_weeks);
        if !moves_weeks {
            door::is_asked_well(scenario, self.programme, &self.metric)?;
        }
        if self.screens() && self.trajectories < 2 {
            return fault("screening needs at least 2 trajectories".into());
        }
        if self.top.min(self.factors.len()) > sobol::MOST_FACTORS {
            return fault(format!("indices can be had of at most {} factors at once", sobol::MOST_FACTORS));
        }
        if self.top > 0 && self.base < 8 {
            return fault("indices need at least 8 base points".into());
        }
        Ok(())
    }
}

/// A number of the model, not of the scenario, that is only an assumption.
fn is_assumed(factor: &Factor) -> bool {
    let taken = matches!(factor.slot.address, Address::Parameter { .. } | Address::Setting(_));
    taken && choice::standing(&factor.slot) == ASSUMPTION
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// How it was made.
    pub plan: Plan,
    /// The scenario.
    pub scenario: Scenario,
    /// The effect of each factor of the plan, in the order of the plan; empty without screening.
    pub effects: Vec<Effect>,
    /// Places of the factors with indices, the largest total index first.
    pub kept: Vec<usize>,
    /// Their indices, in the order of `kept`; none of a screening alone.
    pub indices: Option<Indices>,
    /// Conclusions held against influential assumptions.
    pub checks: Vec<Check>,
    /// Points at which the numbers did not go together.
    pub impossible: u64,
    /// Every point simulated for effects and indices, with the metric in every run; nothing where they are not kept.
    pub samples: Vec<Sample>,
}

/// The points of one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Which: `screening` or `indices`.
    pub stage: &'static str,
    /// What is moved there, by place in the plan.
    pub factors: Vec<usize>,
    /// The points in the unit cube, in the order in which the estimators take them.
    pub points: Vec<Vec<f64>>,
    /// The metric at each point, a column for each run.
    pub outputs: Vec<Vec<f64>>,
}

impl Sensitivity {
    /// Places of the factors in the plan, the largest mean size of effects first, undefined ones last.
    pub fn ranked(&self) -> Vec<usize> {
        ranked(&self.effects)
    }

    /// The indices, where they tell anything: where the variance between points, which they share out, may be nothing, they
    /// are fractions of nothing.
    pub fn told(&self) -> Option<&Indices> {
        self.indices.as_ref().filter(|indices| indices.variance.estimate.low > 0.0)
    }

    /// Places of the influential factors, the most influential first.
    pub fn influential(&self) -> Vec<usize> {
        let Some(indices) = self.told() else { return Vec::new() };
        let influential = |(_, index): &(&usize, &resample::Resampled)| index.estimate.value >= INFLUENTIAL;
        self.kept.iter().zip(&indices.total).filter(influential).map(|(place, _)| *place).collect()
    }
}

/// Places from the largest number to the smallest, NaN last, ties in their order.
fn descending(numbers: impl Iterator<Item = f64>) -> Vec<usize> {
    let numbers: Vec<f64> = numbers.map(|number| if number.is_nan() { f64::NEG_INFINITY } else { number }).collect();
    let mut places: Vec<usize> = (0..numbers.len()).collect();
    places.sort_by(|left, right| numbers[*right].total_cmp(&numbers[*left]));
    places
}

fn ranked(effects: &[Effect]) -> Vec<usize> {
    descending(effects.iter().map(|effect| effect.mu_star.estimate.value))
}

/// Which factors of `plan` decide its metric in `scenario`.
///
/// # Errors
///
/// When the plan asks for what cannot be, the metric is undefined at most points, or the simulator stops.
pub fn sensitivity(simulator: &mut dyn Simulator, scenario: &Scenario, plan: Plan) -> Result<Sensitivity, Stopped> {
    plan.question(scenario)?;
    door::can_be_kept(scenario, plan.most_runs())?;
    simulator.expect(plan.most_runs());
    let seed = scenario.run.seed;
    let mut impossible = 0;
    let (mut effects, mut samples) = (Vec::new(), Vec::new());
    if plan.screens() {
        let trajectories = Trajectories::new(plan.factors.len(), plan.trajectories, seed);
        let outputs = outputs(simulator, scenario, &plan, &plan.factors, &trajectories.points, &mut impossible)?;
        effects = trajectories.effects(&outputs, seed);
        samples.extend(plan.keeps_runs.then(|| Sample {
            stage: "screening",
            factors: (0..plan.factors.len()).collect(),
            points: trajectories.points,
            outputs,
        }));
    }
    let mut kept: Vec<usize> = if plan.screens() { ranked(&effects) } else { (0..plan.factors.len()).collect() };
    kept.truncate(plan.top);
    let indices = if kept.is_empty() {
        None
    } else {
        let factors: Vec<Factor> = kept.iter().filter_map(|&place| plan.factors.get(place).cloned()).collect();
        let design = Design::new(factors.len(), plan.base, seed);
        let outputs = outputs(simulator, scenario, &plan, &factors, &design.points, &mut impossible)?;
        let mut indices = design.indices(&outputs, seed);
        samples.extend(plan.keeps_runs.then(|| Sample {
            stage: "indices",
            factors: kept.clone(),
            points: design.points,
            outputs,
        }));
        if indices.base * 2 < plan.base {
            return Err(Stopped::Question(format!(
                "{} is undefined somewhere around {} of {} base points, so nothing can be said of shares of its variance; \
                 narrow the ranges (--paths PATH=LOW..HIGH) or choose another metric",
                plan.metric, indices.left_out, plan.base
            )));
        }
        let order = descending(indices.total.iter().map(|index| index.estimate.value));
        let pick = |numbers: &[resample::Resampled]| order.iter().map(|&place| numbers[place]).collect();
        (indices.first, indices.total) = (pick(&indices.first), pick(&indices.total));
        kept = order.iter().map(|&place| kept[place]).collect();
        Some(indices)
    };
    let mut found = Sensitivity {
        plan,
        scenario: scenario.clone(),
        effects,
        kept,
        indices,
        checks: Vec::new(),
        impossible,
        samples,
    };
    let assumed: Vec<&Factor> = found
        .influential()
        .into_iter()
        .filter_map(|place| found.plan.factors.get(place))
        .filter(|factor| is_assumed(factor))
        .collect();
    if !assumed.is_empty() {
        let all = conclusions::conclusions(&found.plan.metric);
        let runs = found.plan.runs.max(RUNS_OF_CONCLUSIONS);
        found.checks = conclusions::check(simulator, scenario, found.plan.programme, &assumed, &all, runs)?;
    }
    Ok(found)
}

/// The metric at each point: a row for each, a column for each replicate; NaN where the numbers do not go together.
fn outputs(
    simulator: &mut dyn Simulator,
    scenario: &Scenario,
    plan: &Plan,
    factors: &[Factor],
    points: &[Vec<f64>],
    impossible: &mut u64,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let mut rows = vec![vec![f64::NAN; plan.runs as usize]; points.len()];
    let mut reason = None;
    let before = *impossible;
    for (points, rows) in points.chunks(POINTS_AT_ONCE).zip(rows.chunks_mut(POINTS_AT_ONCE)) {
        let mut jobs = Vec::with_capacity(points.len());
        let mut places = Vec::with_capacity(points.len());
        for (place, point) in points.iter().enumerate() {
            match factor::at(scenario, factors, point) {
                Ok(moved) => {
                    jobs.push(Job::outcomes(moved, plan.runs));
                    places.push(place);
                }
                Err(why) => {
                    *impossible += 1;
                    reason = reason.or(Some(why));
                }
            }
        }
        for ((job, ensemble), place) in jobs.iter().zip(simulator.ensembles(&jobs)?).zip(places) {
            if let Some(row) = rows.get_mut(place) {
                *row = column(&job.scenario, &ensemble, plan.programme, &plan.metric)?;
            }
        }
    }
    match reason {
        // A few corners may be left out; where most are, the question is wrong.
        Some(why) if (*impossible - before) as usize * 2 > points.len() => Err(why),
        _ => {
            door::is_defined(scenario, plan.programme, &plan.metric, rows.iter().flatten())?;
            Ok(rows)
        }
    }
}

#[cfg(test)]
mod tests;
