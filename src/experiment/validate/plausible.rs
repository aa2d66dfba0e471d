//! Plausible draws: parameters as people may be, of which those are left out that contradict what is known of an ordinary
//! programme in the first place.
//!
//! The declared ranges make a box, and in some of its corners every brake is at its hardest at once: there no programme does
//! anything, whatever its design, and no sign means anything. What is known of ordinary programmes from trials, and not
//! from the patterns, tells such corners apart. Draws go on until there are as many plausible ones as the rules ask for;
//! the others are simulated too, so that both shares can be told.

use serde::Serialize;

use super::{
    Rules,
    draw::{Draw, draws},
};
use crate::{
    experiment::{Job, Simulator, Stopped, sample::sample},
    scenario::Scenario,
    stats,
};

/// What must be so of an ordinary programme for a draw of the parameters to be plausible.
#[derive(Clone, Debug, PartialEq)]
pub struct Plausible {
    /// The ordinary programme.
    pub scenario: Scenario,
    /// What is known of it.
    pub conditions: Vec<Condition>,
}

/// A bound on what an ordinary programme does.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The condition in words.
    pub says: String,
    /// The metric, as a mean over runs.
    pub metric: String,
    /// Smallest plausible value, in the unit of the metric.
    pub from: f64,
    /// Largest plausible value.
    pub to: f64,
    /// Where that is known from.
    pub source: String,
}

/// Draws of all parameters, in order, and which of them are plausible.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// The draws.
    pub draws: Vec<Draw>,
    /// Whether each is plausible.
    pub plausible: Vec<bool>,
}

impl Drawn {
    /// How many are plausible.
    pub fn plausible(&self) -> usize {
        self.plausible.iter().filter(|plausible| **plausible).count()
    }
}

/// Batches after which looking for plausible draws is given up.
const MOST_BATCHES: u64 = 10;

/// Draws until as many are plausible as the rules ask for; where nothing is known of ordinary programmes all are.
///
/// # Errors
///
/// When the work was broken off, or hardly any draw is plausible.
pub fn drawn(
    simulator: &mut dyn Simulator,
    plausible: Option<&Plausible>,
    base: &Scenario,
    rules: &Rules,
) -> Result<Drawn, Stopped> {
    let Some(known) = plausible else {
        let draws = draws(base, rules.draws, base.run.seed)?;
        return Ok(Drawn { plausible: vec![true; draws.len()], draws });
    };
    let mut drawn = Drawn::default();
    for batch in 0..MOST_BATCHES {
        let more = draws(&known.scenario, rules.draws, known.scenario.run.seed + batch)?;
        let answers = known.hold(simulator, &more, rules.runs_a_draw)?;
        for (draw, plausible) in more.into_iter().zip(answers) {
            drawn.draws.push(draw);
            drawn.plausible.push(plausible);
            if drawn.plausible() == rules.draws {
                return Ok(drawn);
            }
        }
    }
    Err(Stopped::Question(format!(
        "of {} draws of the parameters only {} are plausible by the conditions of [plausible]; loosen them, or narrow the \
         ranges of the parameters",
        drawn.draws.len(),
        drawn.plausible()
    )))
}

impl Plausible {
    /// Whether every condition holds in each of the draws.
    fn hold(&self, simulator: &mut dyn Simulator, draws: &[Draw], runs: u64) -> Result<Vec<bool>, Stopped> {
        let mut jobs = Vec::new();
        for draw in draws {
            let mut scenario = self.scenario.clone();
            draw.apply(&mut scenario).map_err(Stopped::Question)?;
            jobs.push(Job::outcomes(scenario, runs));
        }
        let ensembles = simulator.ensembles(&jobs)?;
        let mut answers = Vec::new();
        for (job, ensemble) in jobs.iter().zip(&ensembles) {
            let mut holds = true;
            for condition in &self.conditions {
                let mean = stats::mean(sample(&job.scenario, ensemble, 0, &condition.metric)?).value;
                holds &= (condition.from..=condition.to).contains(&mean);
            }
            answers.push(holds);
        }
        Ok(answers)
    }
}
