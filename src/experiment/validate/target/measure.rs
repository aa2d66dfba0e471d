//! What the model gives where a figure was published, and whether that lies in the band.

use serde::Serialize;

use super::{
    super::{Rules, judge::Columns},
    Statistic, Target,
};
use crate::{
    experiment::{Ensemble, Job, Simulator, Stopped, factor::Factor, points::latin_hypercube, sample::sample},
    math::normals,
    scenario::Scenario,
    stats::{self, Estimate},
};

/// Where an answer lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The whole 95 % interval is in the band.
    Inside,
    /// The whole interval is below it.
    Below,
    /// The whole interval is above it.
    Above,
    /// The interval holds an end of the band, or there is none: it cannot be told.
    Edge,
}

impl Standing {
    fn of(estimate: &Estimate, from: f64, to: f64) -> Self {
        if estimate.low >= from && estimate.high <= to {
            Self::Inside
        } else if estimate.high < from {
            Self::Below
        } else if estimate.low > to {
            Self::Above
        } else {
            Self::Edge
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Inside => "met",
            Self::Below => "too low",
            Self::Above => "too high",
            Self::Edge => "at the edge",
        }
    }
}

/// What the model gives.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The answer with its 95 % interval, in the unit published.
    pub estimate: Estimate,
    /// Where it lies.
    pub standing: Standing,
}

/// A target, held against the model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held {
    /// Its place among the targets asked for.
    pub place: usize,
    /// What the model gives; none where the target cannot be tested.
    pub found: Option<Found>,
}

/// Runs that a target takes.
pub fn runs_for(target: &Target, rules: &Rules) -> u64 {
    if target.missing.is_some() {
        return 0;
    }
    let (places, runs) = size(target, rules);
    target.arms.len() as u64 * places as u64 * runs
}

/// How many contexts, and how many runs in each.
fn size(target: &Target, rules: &Rules) -> (usize, u64) {
    if target.statistic == Statistic::Mean { (1, rules.runs) } else { (rules.contexts, rules.runs_a_context) }
}

/// Holds the model against a target.
///
/// # Errors
///
/// When the work was broken off, or an arm cannot be made.
pub fn measure(simulator: &mut dyn Simulator, place: usize, target: &Target, rules: &Rules) -> Result<Held, Stopped> {
    if target.missing.is_some() {
        return Ok(Held { place, found: None });
    }
    let estimate = answer(simulator, target, rules)?;
    let found = Found { estimate, standing: Standing::of(&estimate, target.from, target.to) };
    Ok(Held { place, found: Some(found) })
}

/// The answer, in the unit published.
fn answer(simulator: &mut dyn Simulator, target: &Target, rules: &Rules) -> Result<Estimate, Stopped> {
    let (places, runs) = size(target, rules);
    let jobs = jobs(target, places, runs, target.base().run.seed, |_| Ok(()))?;
    let ensembles = simulator.ensembles(&jobs)?;
    let arms = target.arms.len().max(1);
    let mut answers = Vec::new();
    for (jobs, ensembles) in jobs.chunks(arms).zip(ensembles.chunks(arms)) {
        answers.push(of_one(&columned(target, jobs, ensembles)?));
    }
    let estimate = match (target.statistic.share(), answers.as_slice()) {
        (Some(share), all) => {
            let errors = trial_errors(target, all.len());
            let values: Vec<f64> = all.iter().zip(errors).map(|(one, error)| one.value + error).collect();
            stats::quantile_estimate(&values, share)
        }
        (None, [one]) => *one,
        (None, _) => Estimate::UNDEFINED,
    };
    let factor = target.factor();
    let Estimate { value, low, high, sd, count } = estimate;
    Ok(Estimate { value: value * factor, low: low * factor, high: high * factor, sd: sd * factor, count })
}

/// How far the chance of each trial takes its answer from the truth, in the unit of the model.
fn trial_errors(target: &Target, trials: usize) -> impl Iterator<Item = f64> {
    let scale = target.trial_error / target.factor();
    // A seed of its own, so that errors have nothing to do with the settings.
    let places = latin_hypercube(trials, 2, target.base().run.seed + 1);
    let word = |place: f64| (place * f64::from(u32::MAX)) as u32;
    places.into_iter().map(move |place| scale * f64::from(normals(word(place[0]), word(place[1])).0))
}

/// The arms of every context, context by context, each with luck of its own from `seed` on; `moved` changes what all start from.
///
/// # Errors
///
/// When an arm cannot be made.
pub fn jobs(
    target: &Target,
    places: usize,
    runs: u64,
    seed: u64,
    moved: impl Fn(&mut Scenario) -> Result<(), String>,
) -> Result<Vec<Job>, Stopped> {
    let points = latin_hypercube(places, target.contexts.len(), seed);
    let mut made = Vec::new();
    for (number, point) in (0u64..).zip(&points) {
        let put = |scenario: &mut Scenario| {
            moved(scenario)?;
            for (varied, place) in target.contexts.iter().zip(point) {
                let factor = Factor::new(scenario, &varied.path, Some(varied.from), Some(varied.to));
                let put = factor.and_then(|factor| factor.put(scenario, *place));
                put.map_err(|stopped| format!("{stopped:?}"))?;
            }
            scenario.run.seed = seed + number;
            Ok(())
        };
        for arm in &target.arms {
            let scenario = target.scenario(arm, put);
            let scenario = scenario.map_err(|what| Stopped::Question(format!("{}: {what}", target.id)))?;
            made.push(Job::outcomes(scenario, runs));
        }
    }
    Ok(made)
}

/// The answer in one context, run by run.
#[derive(Clone, Debug, PartialEq)]
pub struct Columned {
    /// What the arms give, or the numerator of a ratio.
    pub value: Vec<f64>,
    /// What it is divided by, where it is a ratio of means.
    pub over: Option<Vec<f64>>,
}

/// The answer in one context, run by run, from its arms.
///
/// # Errors
///
/// When there is no such metric.
pub fn columned(target: &Target, jobs: &[Job], ensembles: &[Ensemble]) -> Result<Columned, Stopped> {
    let mut columns = Columns::new();
    for (arm, metric) in target.terms() {
        let Some(which) = target.arms.iter().position(|other| other.name == *arm) else { continue };
        if let (Some(job), Some(ensemble)) = (jobs.get(which), ensembles.get(which)) {
            let column = sample(&job.scenario, ensemble, 0, metric)?;
            columns.insert((arm.clone(), metric.clone()), column);
        }
    }
    let over = target.over.as_ref().map(|over| over.each_run(&columns));
    Ok(Columned { value: target.value.each_run(&columns), over })
}

/// The answer in one context.
fn of_one(columned: &Columned) -> Estimate {
    match &columned.over {
        Some(over) => stats::ratio_of_means(&columned.value, over),
        None => stats::mean(columned.value.iter().copied()),
    }
}
