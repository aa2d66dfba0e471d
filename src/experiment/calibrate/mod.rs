//! Calibrating dewpoint: which parameters give what trials have found?
//!
//! The method is [`calibration`], which knows nothing of this model. Here its inputs are the parameters,
//! each spread by its prior ([`Quantity::of_prior`](crate::params::Quantity::of_prior)), and its figures the targets whose role
//! is to be fitted; those for validation are never looked at. Either side of a figure's band is taken for two standard
//! deviations of the observation; how far a right model may miss it besides is declared with the figure.

mod document;
mod figures;
mod pictures;
mod rows;
mod tables;
mod words;

#[cfg(test)]
mod tests;

use self::figures::{Figures, quantity};
pub use self::rows::{again, declarations};
pub use super::calibration::Plan;
use super::{
    Simulator, Stopped,
    calibration::{self, Answer, Calibration, Observed},
    door,
    validate::{Role, Target},
};
use crate::{
    params::Quantity,
    scenario::{Address, Scenario, Slot},
};

/// Smallest standard deviation of an observation, in half widths of its band.
const LEAST: f64 = 0.1;

/// Standard errors from the prior beyond which a parameter counts as informed.
const CLEARLY: f64 = 3.5;

/// Standard deviation of a place in a prior.
const SPREAD: f64 = 0.288_675_134_594_812_9;

/// A calibration of dewpoint.
#[derive(Clone, Debug)]
pub struct Calibrated {
    /// The figures fitted.
    pub targets: Vec<Target>,
    /// The parameters.
    pub inputs: Vec<Slot>,
    /// Runs of each arm at each point.
    pub runs: u64,
    /// What was found.
    pub found: Calibration,
}

/// Prior and posterior of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learned {
    /// Lower end of the 95 % interval, median and upper end of the prior.
    pub prior: [f64; 3],
    /// The same of the posterior.
    pub posterior: [f64; 3],
    /// How much narrower the posterior is than the prior: 0 as wide, 1 a point; less than 0 where it is wider.
    pub narrower: f64,
    /// How far its middle has moved, in standard deviations of the prior.
    pub moved: f64,
    /// Whether it is narrower or has moved by more than so few rows would show by chance.
    pub informed: bool,
}

/// A figure at the posterior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// Mean over the rows.
    pub mean: f64,
    /// Ends of the 95 % interval over the rows, the luck of their few runs included.
    pub interval: [f64; 2],
    /// Whether the mean lies in the band.
    pub met: bool,
    /// Whether the interval holds the figure.
    pub held: bool,
}

/// The parameters of `scenario`, without those at `held`; only those at or below `paths`, where there are any.
///
/// # Errors
///
/// When a path leads to no parameter.
pub fn inputs(scenario: &Scenario, paths: &[String], held: &[String]) -> Result<Vec<Slot>, Stopped> {
    let below = |slot: &Slot, path: &str| slot.path == path || slot.path.starts_with(&format!("{path}."));
    let all: Vec<Slot> =
        scenario.slots().into_iter().filter(|slot| matches!(slot.address, Address::Parameter { .. })).collect();
    if let Some(wrong) = paths.iter().find(|path| !all.iter().any(|slot| below(slot, path))) {
        scenario.locate(wrong).map_err(|problem| Stopped::Question(problem.to_string()))?;
        return Err(Stopped::Question(format!("{wrong} is no parameter; see dewpoint parameters")));
    }
    let wanted = |slot: &Slot| paths.is_empty() || paths.iter().any(|path| below(slot, path));
    let found: Vec<Slot> = all.into_iter().filter(|slot| wanted(slot) && !held.contains(&slot.path)).collect();
    if found.is_empty() { Err(Stopped::Question("there is no parameter left to be fitted".into())) } else { Ok(found) }
}

/// What was observed, as the method takes it.
pub fn observed(target: &Target) -> Observed {
    let half = (target.to - target.from) / 2.0;
    let side = |width: f64| (width / 2.0).max(LEAST * half);
    Observed {
        name: target.id.clone(),
        value: target.published,
        below: side(target.published - target.from),
        above: side(target.to - target.published),
        discrepancy: target.discrepancy * half,
    }
}

/// The figures among `targets` that are to be fitted and can be.
pub fn to_fit(targets: Vec<Target>) -> Vec<Target> {
    targets.into_iter().filter(|target| target.role == Role::Fit && target.missing.is_none()).collect()
}

/// Runs that it takes, at most.
pub fn most_runs(targets: &[Target], inputs: &[Slot], runs: u64, plan: &Plan) -> u64 {
    let figures = Figures { targets, inputs, runs, seed: plan.seed, value: Quantity::of_prior };
    (plan.waves * plan.points + calibration::CANDIDATES * plan.rows) as u64 * figures.runs_a_point()
}

/// Finds which values of `inputs` give what the figures in `targets` say, from `runs` of each arm at each point.
///
/// # Errors
///
/// When there is no figure to fit, the work was broken off, or hardly any answer is defined.
pub fn calibrate(
    simulator: &mut dyn Simulator,
    targets: Vec<Target>,
    inputs: Vec<Slot>,
    runs: u64,
    plan: Plan,
) -> Result<Calibrated, Stopped> {
    let targets = to_fit(targets);
    let Some(first) = targets.first() else {
        return Err(Stopped::Question("no figure has role = \"fit\" and can be tested".into()));
    };
    door::enough_runs(runs, 2)?;
    if plan.points < calibration::FEWEST_POINTS {
        let least = calibration::FEWEST_POINTS;
        return Err(Stopped::Question(format!("emulators need at least {least} points: ask for more with --points")));
    }
    let all = most_runs(&targets, &inputs, runs, &plan);
    door::can_be_kept(first.base(), all)?;
    simulator.expect(all);
    let figures = Figures { targets: &targets, inputs: &inputs, runs, seed: plan.seed, value: Quantity::of_prior };
    let observed: Vec<Observed> = targets.iter().map(observed).collect();
    let mut simulate = |wave: usize, points: &[Vec<f64>]| figures.simulate(simulator, (wave, 0), points);
    let found = calibration::calibrate(inputs.len(), &observed, plan, &mut simulate)?;
    Ok(Calibrated { targets, inputs, runs, found })
}

impl Calibrated {
    /// What was learned of a parameter.
    pub fn learned(&self, input: usize) -> Learned {
        let weighted = self.places(input);
        let mean: f64 = weighted.iter().map(|(place, weight)| place * weight).sum();
        let variance: f64 = weighted.iter().map(|(place, weight)| weight * (place - mean) * (place - mean)).sum();
        let (narrower, moved) = (1.0 - variance.sqrt() / SPREAD, (mean - 0.5) / SPREAD);
        let rows = self.found.effective_rows();
        // Of a uniform distribution the standard deviation of rows errs by sqrt(0.2 / rows) of itself, the mean by 1 / sqrt(rows).
        let informed = moved.abs() > CLEARLY / rows.sqrt() || narrower.abs() > CLEARLY * (0.2 / rows).sqrt();
        let value = |place: f64| self.inputs.get(input).and_then(quantity).map_or(f64::NAN, |row| row.of_prior(place));
        Learned {
            prior: [0.025, 0.5, 0.975].map(value),
            posterior: [0.025, 0.5, 0.975].map(|share| value(quantile(&weighted, share))),
            narrower,
            moved,
            informed,
        }
    }

    /// Places in the prior of a parameter, with the weights of their rows.
    fn places(&self, input: usize) -> Vec<(f64, f64)> {
        let place = |row: &calibration::Row| (row.point.get(input).copied().unwrap_or(f64::NAN), row.weight);
        self.found.rows.iter().map(place).collect()
    }

    /// A figure at the posterior.
    pub fn fitted(&self, figure: usize) -> Fitted {
        let answers = self
            .found
            .rows
            .iter()
            .map(|row| (row.answers.get(figure).map_or(f64::NAN, |answer| answer.mean), row.weight));
        let answers: Vec<(f64, f64)> = answers.filter(|(answer, _)| answer.is_finite()).collect();
        let weight: f64 = answers.iter().map(|(_, weight)| weight).sum();
        let mean = answers.iter().map(|(answer, weight)| answer * weight).sum::<f64>() / weight;
        let interval = [0.025, 0.975].map(|share| quantile(&answers, share));
        let Some(target) = self.targets.get(figure) else {
            return Fitted { mean, interval, met: false, held: false };
        };
        let met = (target.from..=target.to).contains(&mean);
        let held = (interval[0]..=interval[1]).contains(&target.published);
        Fitted { mean, interval, met, held }
    }

    /// Correlation of two parameters over the rows.
    pub fn correlation(&self, first: usize, second: usize) -> f64 {
        let (first, second) = (self.places(first), self.places(second));
        let mean = |of: &[(f64, f64)]| of.iter().map(|(place, weight)| place * weight).sum::<f64>();
        let (left, right) = (mean(&first), mean(&second));
        let sum = |of: &dyn Fn(f64, f64) -> f64| {
            first.iter().zip(&second).map(|(a, b)| a.1 * of(a.0 - left, b.0 - right)).sum::<f64>()
        };
        sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
    }

    /// Places of the parameters that are informed, the narrowest first.
    pub fn informed(&self) -> Vec<usize> {
        let learned: Vec<Learned> = (0..self.inputs.len()).map(|input| self.learned(input)).collect();
        let mut places: Vec<usize> = (0..learned.len()).filter(|&input| learned[input].informed).collect();
        places.sort_by(|left, right| learned[*right].narrower.total_cmp(&learned[*left].narrower));
        places
    }

    /// How implausible an answer is for each figure, the second worst of them.
    fn implausibility(&self, answers: &[Answer]) -> f64 {
        let each = self.targets.iter().zip(answers).map(|(target, answer)| observed(target).implausibility(*answer));
        calibration::second_worst(each.filter(|value| value.is_finite()))
    }
}

/// Quantile of weighted numbers: the least of them that has at least `share` of the weight at or below it.
fn quantile(weighted: &[(f64, f64)], share: f64) -> f64 {
    let mut sorted = weighted.to_vec();
    sorted.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = sorted.iter().map(|(_, weight)| weight).sum();
    let mut reached = 0.0;
    let found = sorted.iter().find(|(_, weight)| {
        reached += weight;
        reached >= share * total * (1.0 - 1e-12)
    });
    found.or(sorted.last()).map_or(f64::NAN, |(value, _)| *value)
}
