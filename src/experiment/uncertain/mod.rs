//! Uncertainty in full: parameters drawn jointly with luck.
//!
//! [`Uncertain`] stands between an experiment and its simulator. Run `r` of every job is simulated with draw `r` of all
//! parameters ([`draws`]) and with luck of its own, so runs are independent of each other in both, and an interval made
//! of them, as experiments always make it, is about both. Jobs of one seed share draws and luck run by run, so that paired
//! differences are paired in both. This is the joint design; it costs no more runs than luck alone.
//!
//! An interval of a mean shrinks with the runs, also here: it says where the mean over all that the parameters may be lies.
//! How far apart the worlds lie in which this or that draw is true, and how much of the variance of a run is luck, takes
//! several runs of the same draw: the nested design of [`separate`].
pub mod draws;
pub mod engine;
pub mod posterior;
pub mod separate;

use std::collections::BTreeMap;

use super::{Answer, Ensemble, Job, Keep, KeyNumber, Simulator, Stopped, Study, assumptions::Concluded};
use crate::{
    ensemble::Failure,
    picture::Picture,
    scenario::{Address, Scenario, Slot, Value},
};
use draws::Draws;
use posterior::Posterior;
use separate::Separation;

/// Runs asked for at once: each is a scenario of its own.
const AT_ONCE: usize = 4096;

/// What parameters are drawn from, and how many draws tell what of the variance is luck.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'p> {
    /// Draws that tell luck from parameters, besides the runs of the answer; 0 where that is not asked.
    pub draws: u64,
    /// Rows that are drawn.
    pub posterior: &'p Posterior,
}

impl From<u64> for Drawn<'static> {
    fn from(draws: u64) -> Self {
        Self { draws, posterior: Posterior::bundled() }
    }
}

/// A simulator that draws the parameters of each run from the posterior.
pub struct Uncertain<'a> {
    simulator: &'a mut dyn Simulator,
    begun_with: &'a [Scenario],
    posterior: &'a Posterior,
    slots: Vec<Slot>,
    draws: BTreeMap<u64, Draws<'a>>,
}

impl<'a> Uncertain<'a> {
    /// One that simulates with `simulator`. What the experiment itself makes of the parameters of the scenarios it has
    /// `begun_with` is its question, and stays.
    pub fn new(simulator: &'a mut dyn Simulator, begun_with: &'a [Scenario]) -> Self {
        Self::of(simulator, begun_with, Posterior::bundled())
    }

    /// The same with rows of another `posterior`.
    pub fn of(simulator: &'a mut dyn Simulator, begun_with: &'a [Scenario], posterior: &'a Posterior) -> Self {
        let slots = Draws::from(0, posterior).slots().cloned().collect();
        Self { simulator, begun_with, posterior, slots, draws: BTreeMap::new() }
    }

    /// For each job the parameters that are not drawn: those that the experiment moved away from all the scenarios it began
    /// with, and of all jobs those that it moved to several values, also where one of these is the scenario's own.
    fn held(&self, jobs: &[Job]) -> Vec<Vec<Address>> {
        let mut held = vec![Vec::new(); jobs.len()];
        for slot in &self.slots {
            let own: Vec<Option<Value>> = self.begun_with.iter().map(|scenario| scenario.value(slot.address)).collect();
            let values: Vec<Option<Value>> = jobs.iter().map(|job| job.scenario.value(slot.address)).collect();
            let moved = |value: &Option<Value>| !own.contains(value);
            let first = values.iter().find(|value| moved(value));
            let swept = values.iter().any(|value| moved(value) && Some(value) != first);
            for (held, value) in held.iter_mut().zip(&values) {
                if swept || moved(value) {
                    held.push(slot.address);
                }
            }
        }
        held
    }
}

impl Simulator for Uncertain<'_> {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        if jobs.iter().any(|job| job.keep != Keep::Outcomes) {
            let what =
                "this looks at single weeks or units, of which runs with different parameters have no common course";
            return Err(Stopped::Question(format!("{what}; ask for --fixed")));
        }
        let held = self.held(jobs);
        let mut merged: Vec<Ensemble> = jobs.iter().map(Job::empty).collect();
        let mut waiting = Vec::new();
        let mut places = Vec::new();
        // Run by run: what has the same draw and luck is simulated together.
        let first = jobs.iter().map(|job| job.first).min().unwrap_or(0);
        let end = jobs.iter().map(|job| job.first + job.runs).max().unwrap_or(0);
        for run in first..end {
            for (place, (job, held)) in jobs.iter().zip(&held).enumerate() {
                if !(job.first..job.first + job.runs).contains(&run) {
                    continue;
                }
                let posterior = self.posterior;
                let draws = self.draws.entry(job.seed).or_insert_with(|| Draws::from(job.seed, posterior));
                let (scenario, seed) = (draws.of(&job.scenario, run, held), draws.luck(run));
                waiting.push(Job { scenario, seed, runs: 1, first: 0, keep: Keep::Outcomes });
                places.push(place);
                if waiting.len() == AT_ONCE {
                    merge(self.simulator.ensembles(&waiting)?, &places, &mut merged);
                    (waiting, places) = (Vec::new(), Vec::new());
                }
            }
        }
        merge(self.simulator.ensembles(&waiting)?, &places, &mut merged);
        Ok(merged)
    }

    fn expect(&mut self, runs: u64) {
        self.simulator.expect(runs);
    }
}

/// Adds single runs to the ensembles they belong to, in their order.
fn merge(runs: Vec<Ensemble>, places: &[usize], merged: &mut [Ensemble]) {
    for (run, &place) in runs.into_iter().zip(places) {
        let Some(ensemble) = merged.get_mut(place) else { continue };
        let failed = |failure: Failure| Failure { replicate: ensemble.runs, ..failure };
        let failures: Vec<Failure> = run.failures.into_iter().map(failed).collect();
        ensemble.failures.extend(failures);
        ensemble.outcomes.extend(run.outcomes);
        ensemble.runs += 1;
    }
}

/// The answer of an experiment, and what uncertain parameters make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<A> {
    /// The experiment's own.
    pub own: A,
    /// Where parameters were drawn: whether from rows that were fitted to somebody's own data.
    pub fitted: Option<bool>,
    /// What is luck and what is parameters, if that was asked.
    pub separation: Option<Separation>,
}

impl<A: Study> Study for Answered<A> {
    fn answer(&self) -> Answer {
        let mut answer = self.own.answer();
        if let Some(fitted) = self.fitted {
            let from = if fitted {
                "from the rows that somebody's own data and published figures leave plausible"
            } else {
                "from the posterior, which published figures leave plausible"
            };
            answer.sentences.push(format!(
                "Every run drew all parameters anew {from}, the same ones in all scenarios: intervals are about luck and \
                 parameters, and about the mean over what is plausible."
            ));
        }
        if let Some(separation) = &self.separation {
            answer.sentences.extend(separation.sentences());
            answer.tables.push(separation.table());
        }
        answer
    }

    fn numbers(&self) -> Vec<KeyNumber> {
        self.own.numbers()
    }

    fn pictures(&self) -> Vec<Picture> {
        self.own.pictures()
    }

    fn files(&self) -> Vec<(String, String)> {
        self.own.files()
    }

    fn concluded(&self) -> Concluded {
        self.own.concluded()
    }
}

/// Makes an `experiment` that begins with `scenarios`, `called` so or by their titles, under uncertain parameters, and tells
/// by the draws of `drawn` what of the variance is luck and what is parameters. Without it the parameters are those of the scenarios.
///
/// # Errors
///
/// When the experiment or the simulator stops.
pub fn answered<A: Study>(
    simulator: &mut dyn Simulator,
    (scenarios, called): (&[Scenario], &[String]),
    drawn: Option<Drawn>,
    experiment: impl FnOnce(&mut dyn Simulator) -> Result<A, Stopped>,
) -> Result<Answered<A>, Stopped> {
    let Some(drawn) = drawn else {
        return Ok(Answered { own: experiment(simulator)?, fitted: None, separation: None });
    };
    simulator.expect(separate::runs(scenarios.len(), drawn.draws));
    let own = experiment(&mut Uncertain::of(simulator, scenarios, drawn.posterior))?;
    let fitted = Some(!drawn.posterior.weights.is_empty());
    if drawn.draws == 0 {
        return Ok(Answered { own, fitted, separation: None });
    }
    let mut separation = separate::separate(simulator, scenarios, drawn)?;
    separation.names.iter_mut().zip(called).for_each(|((name, _), called)| name.clone_from(called));
    Ok(Answered { own, fitted, separation: Some(separation) })
}

#[cfg(test)]
mod tests;
