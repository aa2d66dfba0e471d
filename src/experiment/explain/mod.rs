//! Explain: where did the gain go, and why was it not more?
//!
//! ```text
//! lost    gain at end - gain 24 months after = sum of the parts of the causes + the rest
//! missed  gain at end without any barrier - gain at end = sum of the parts of the barriers
//! ```
//!
//! Every combination of causes is taken away under the same luck; a part is a [Shapley value](mod@shapley), in each run, so
//! that the parts add up to the whole in each run and every part has a paired interval.

pub mod causes;
mod claims;
mod pictures;
pub mod shapley;
mod words;

use causes::{Cause, LOSSES, barriers, worlds};
use shapley::{Share, shapley};

use serde::Deserialize;

use super::{Job, Simulator, Stopped, column, door};
use crate::{
    metrics::Window,
    scenario::Scenario,
    stats::{self, Estimate},
};

/// Runs of each world when nobody says: each run is one of all worlds, and parts are paired.
pub const USUAL_RUNS: u64 = 50;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Place of the programme in the scenario.
    pub programme: usize,
    /// Months after support until which the loss is explained, 12, 24 or 36.
    pub months: u32,
    /// Runs of each world.
    pub runs: u64,
    /// Whether to explain the gain that was lost.
    pub lost: bool,
    /// Whether to explain the gain that never came.
    pub missed: bool,
}

/// The part of one cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The cause.
    pub cause: Cause,
    /// Its part: points that it took, or kept from coming.
    pub value: Estimate,
    /// What taking it away alone changes.
    pub alone: Estimate,
    /// What leaving it alone of all causes in the world changes: what taking it away adds when all others are gone.
    pub last: Estimate,
}

/// A gain lost or missed, and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Gain at the end of support.
    pub at_end: Estimate,
    /// Gain that the parts lead to: that after so many months, or that without any barrier.
    pub finally: Estimate,
    /// All that is to be explained, above 0 where something was lost or missed.
    pub whole: Estimate,
    /// What all causes explain together.
    pub explained: Estimate,
    /// What is lost with all causes taken away; nothing by definition for a gain that never came.
    pub rest: Estimate,
    /// The parts, the largest first.
    pub parts: Vec<Part>,
    /// By how much the largest part exceeds the second, under the same luck.
    pub lead: Estimate,
    /// Mean gain by coalition of causes taken away: the cause at a place in `order` is bit `place`.
    pub coalitions: Vec<Estimate>,
    /// The causes in the order of bits.
    pub order: Vec<Cause>,
    /// `by_run[run][place]`: the part of the cause at a place in `order`; empty for runs that failed.
    pub by_run: Vec<Vec<f64>>,
}

/// The answer to where the gain went.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// Title of the scenario.
    pub title: String,
    /// Name of the programme.
    pub programme: String,
    /// What was asked.
    pub asked: Asked,
    /// The gain lost after support, if asked for.
    pub lost: Option<Attribution>,
    /// The gain that never came, if asked for.
    pub missed: Option<Attribution>,
    /// The scenario asked about.
    scenario: Scenario,
}

/// Asks where the gain of a programme went after support ended, and what kept it from being more.
///
/// # Errors
///
/// When there is no such programme, the weeks simulated do not reach far enough, or the work was broken off.
pub fn explain(simulator: &mut dyn Simulator, scenario: &Scenario, asked: &Asked) -> Result<Explained, Stopped> {
    let Some(programme) = scenario.programmes.get(asked.programme) else {
        return Err(Stopped::Question("there is no programme, and so no gain to explain".into()));
    };
    let window = match asked.months {
        12 => Window::YEAR_1,
        24 => Window::YEAR_2,
        36 => Window::YEAR_3,
        months => {
            return Err(Stopped::Question(format!("{months} months: gains are measured after 12, 24 or 36 months")));
        }
    };
    door::enough_runs(asked.runs, 2)?;
    door::reaches_somebody(scenario, asked.programme)?;
    if asked.lost {
        door::is_simulated(scenario, asked.programme, window)?;
    }
    let later = after(asked.months);
    let lost = |simulator: &mut dyn Simulator| {
        let worlds = worlds_of(scenario, asked.programme, Question::Lost);
        let gains = gains(simulator, &worlds, asked, &later)?;
        let at_end = gains_at_end(simulator, scenario, asked)?;
        Ok(attribution(&LOSSES, &at_end, &gains, Direction::Down))
    };
    let missed = |simulator: &mut dyn Simulator| {
        let barriers = barriers(scenario);
        let worlds = worlds_of(scenario, asked.programme, Question::Missed);
        let gains = gains(simulator, &worlds, asked, AT_END)?;
        let at_end = gains.first().cloned().unwrap_or_default();
        Ok(attribution(barriers, &at_end, &gains, Direction::Up))
    };
    let count = |asked_for: bool, causes: usize| if asked_for { 1u64 << causes } else { 0 };
    let worlds = count(asked.lost, LOSSES.len()) + count(asked.missed, barriers(scenario).len());
    // The world as it is belongs to both questions and is simulated once.
    let runs = (worlds - u64::from(asked.lost && asked.missed)) * asked.runs;
    door::can_be_kept(scenario, runs)?;
    simulator.expect(runs);
    Ok(Explained {
        title: scenario.title.clone(),
        programme: programme.name.clone(),
        asked: *asked,
        lost: if asked.lost { Some(lost(simulator)?) } else { None },
        missed: if asked.missed { Some(missed(simulator)?) } else { None },
        scenario: scenario.clone(),
    })
}

/// One of the two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// Where the gain went after support.
    Lost,
    /// What kept it from being more.
    Missed,
}

/// Every world that a question is asked of, in the order of coalitions: the first is the world as it is.
pub fn worlds_of(scenario: &Scenario, programme: usize, question: Question) -> Vec<Scenario> {
    let end = scenario.programmes.get(programme).map_or(0, |programme| programme.clock.end());
    match question {
        Question::Lost => worlds(scenario, programme, end, &LOSSES),
        Question::Missed => worlds(scenario, programme, 0, barriers(scenario)),
    }
}

/// The metric that is the gain when support ends.
pub const AT_END: &str = "net_gain_at_end";

/// The metric that is the gain so many months later.
pub fn after(months: u32) -> String {
    format!("net_gain_{months}_months_after")
}

/// `gains[world][run]` of one metric.
fn gains(
    simulator: &mut dyn Simulator,
    worlds: &[Scenario],
    asked: &Asked,
    metric: &str,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let jobs: Vec<Job> = worlds.iter().map(|world| Job::outcomes(world.clone(), asked.runs)).collect();
    let ensembles = simulator.ensembles(&jobs)?;
    worlds.iter().zip(&ensembles).map(|(world, ensemble)| column(world, ensemble, asked.programme, metric)).collect()
}

fn gains_at_end(simulator: &mut dyn Simulator, scenario: &Scenario, asked: &Asked) -> Result<Vec<f64>, Stopped> {
    Ok(gains(simulator, std::slice::from_ref(scenario), asked, AT_END)?.pop().unwrap_or_default())
}

/// Whether the parts lead down from the gain at end or up from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Down,
    Up,
}

fn attribution(causes: &[Cause], at_end: &[f64], gains: &[Vec<f64>], direction: Direction) -> Attribution {
    let at = |world: usize, run: usize| gains.get(world).and_then(|gains| gains.get(run)).copied().unwrap_or(f64::NAN);
    let last_world = gains.len().saturating_sub(1);
    let shares: Vec<Option<Vec<Share>>> = (0..at_end.len())
        .map(|run| {
            let worth: Vec<f64> = (0..gains.len()).map(|world| at(world, run)).collect();
            // A run that failed in one world has no parts, and would spoil the sums of all.
            worth.iter().chain(at_end.get(run)).all(|gain| gain.is_finite()).then(|| shapley(causes.len(), &worth))
        })
        .collect();
    let whole_runs: Vec<usize> =
        (0..at_end.len()).filter(|&run| shares.get(run).is_some_and(Option::is_some)).collect();
    // Gains lie from -1 to 1, and a difference of two of them within twice that.
    let over_runs =
        |number: &dyn Fn(usize) -> f64| stats::mean(whole_runs.iter().map(|&run| number(run))).within((-2.0, 2.0));
    let end = |run: usize| at_end.get(run).copied().unwrap_or(f64::NAN);
    let share =
        |run: usize, place: usize| shares.get(run).and_then(Option::as_ref).and_then(|shares| shares.get(place));
    let of = |run: usize, place: usize, read: fn(&Share) -> f64| share(run, place).map_or(f64::NAN, read);
    let estimate = |place: usize, read: fn(&Share) -> f64| over_runs(&|run| of(run, place, read));
    let mut parts: Vec<(usize, Part)> = causes
        .iter()
        .enumerate()
        .map(|(place, cause)| {
            let [value, alone, last] = [
                estimate(place, |share| share.value),
                estimate(place, |share| share.first),
                estimate(place, |share| share.last),
            ];
            (place, Part { cause: *cause, value, alone, last })
        })
        .collect();
    parts.sort_by(|(_, left), (_, right)| right.value.value.total_cmp(&left.value.value));
    let lead = match parts.as_slice() {
        [(first, _), (second, _), ..] => {
            let value = |run, place| of(run, place, |share| share.value);
            over_runs(&|run| value(run, *first) - value(run, *second))
        }
        _ => Estimate::UNDEFINED,
    };
    let down = direction == Direction::Down;
    Attribution {
        at_end: over_runs(&end).within((-1.0, 1.0)),
        finally: over_runs(&|run| at(if down { 0 } else { last_world }, run)).within((-1.0, 1.0)),
        whole: over_runs(&|run| if down { end(run) - at(0, run) } else { at(last_world, run) - end(run) }),
        explained: over_runs(&|run| at(last_world, run) - at(0, run)),
        rest: over_runs(&|run| if down { end(run) - at(last_world, run) } else { 0.0 }),
        parts: parts.into_iter().map(|(_, part)| part).collect(),
        lead,
        coalitions: (0..gains.len()).map(|world| over_runs(&|run| at(world, run)).within((-1.0, 1.0))).collect(),
        order: causes.to_vec(),
        by_run: shares.iter().map(|shares| shares.iter().flatten().map(|share| share.value).collect()).collect(),
    }
}

#[cfg(test)]
mod tests;
