//! Break-even: how much of a thing does a design stand before half of its gain is gone?
//!
//! A curve of the gain over the severity is taken at a few levels under the same luck, made monotone (isotonic regression:
//! more of a bad thing does not help), and read where it passes the threshold, linearly between levels. The interval comes
//! from drawing the runs anew, all levels together, and reading again.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::{
    BATTERY, Job, Plan, Severity, Stopped, Subject,
    battery::{Dial, Scale, What, add_shock},
};
use crate::{
    phrase::read,
    scenario::{Scenario, Value},
    stats::{Estimate, mean},
};

/// Levels beyond what the scenario has.
const LEVELS: usize = 5;

/// Times the runs are drawn anew for the interval.
const RESAMPLES: usize = 999;

/// How much a design stands of one thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEven {
    /// Name of the shock in the battery.
    pub shock: &'static str,
    /// Unit of the severities below, in words that follow a number.
    pub unit: &'static str,
    /// Severity as the design stands.
    pub present: f64,
    /// The worst severity tried.
    pub worst: f64,
    /// Severity at which the gain passes below the threshold; infinite beyond the worst tried.
    pub at: f64,
    /// Lower end of the 95 % interval; infinite beyond the worst tried.
    pub low: f64,
    /// Upper end of the 95 % interval; infinite beyond the worst tried.
    pub high: f64,
    /// The curve: severity and net gain at 24 months, the present first.
    pub curve: Vec<(f64, Estimate)>,
}

impl BreakEven {
    /// Whether the design breaks before the worst tried, as far as these runs show.
    pub fn breaks(&self) -> bool {
        self.at.is_finite()
    }

    /// A severity with its unit: `2 changes of policy a year`, `1 change of policy a year`.
    pub fn in_words(&self, severity: f64) -> String {
        let number = read(severity);
        let (first, rest) = self.unit.split_once(' ').unwrap_or((self.unit, ""));
        let first = if number == "1" { first.strip_suffix('s').unwrap_or(first) } else { first };
        format!("{number} {first} {rest}").trim_end().into()
    }
}

/// A curve to be simulated.
pub(super) struct Asked {
    shock: &'static str,
    scale: Scale,
    present: f64,
    times: usize,
    /// By level, then by time.
    pub jobs: Vec<Job>,
}

impl Asked {
    /// The severity at `place`, from 0 at the present to 1 at the worst, as it is shown.
    fn shown(&self, subject: &Subject, place: f64) -> f64 {
        let value = self.present + place * (self.scale.worst - self.present);
        self.scale.measure.shown(&subject.scenario, &subject.window, value)
    }
}

/// The curves to be simulated for `subject`: one for each chosen shock with a scale that leaves room for worse.
pub(super) fn jobs(subject: &Subject, plan: &Plan, places: &[Vec<f64>]) -> Result<Vec<Asked>, Stopped> {
    let mut asked = Vec::new();
    for &shock in plan.shocks.iter().filter(|_| plan.break_evens) {
        let Some((stressor, scale)) = BATTERY.get(shock).and_then(|row| Some((row, row.scale?))) else { continue };
        let place = |time: usize| places.get(shock).and_then(|places| places.get(time)).copied().unwrap_or(0.5);
        let (present, times) = match scale.dial {
            Dial::Setting(path) => (value(&subject.scenario, path)?, 1),
            Dial::Shock(_, nothing) => (nothing, plan.times.div_ceil(2)),
        };
        if present >= scale.worst && !scale.measure.is_turned() {
            continue;
        }
        let mut jobs = Vec::new();
        for level in 1..=LEVELS {
            let severity = present + level as f64 / LEVELS as f64 * (scale.worst - present);
            for time in 0..times {
                let mut struck = subject.scenario.clone();
                match (scale.dial, stressor.blows(Severity::Severe).first().map(|blow| blow.what)) {
                    (Dial::Setting(path), _) => put(&mut struck, path, severity)?,
                    (Dial::Shock(setting, _), Some(What::Shock(kind, settings))) => {
                        let settings: Vec<(&str, f32)> =
                            settings.iter().copied().chain([(setting, severity as f32)]).collect();
                        add_shock(&mut struck, kind, subject.window.week(place(time)), &settings);
                    }
                    _ => {}
                }
                jobs.push(subject.job(&struck, plan, plan.runs));
            }
        }
        asked.push(Asked { shock: stressor.name, scale, present, times, jobs });
    }
    Ok(asked)
}

fn value(scenario: &Scenario, path: &str) -> Result<f64, Stopped> {
    let slot = scenario.locate(path).map_err(|problem| Stopped::Failed(problem.to_string()))?;
    match scenario.value(slot.address) {
        Some(Value::Number(number)) => Ok(number),
        _ => Err(Stopped::Failed(format!("{path} is not a number"))),
    }
}

fn put(scenario: &mut Scenario, path: &str, value: f64) -> Result<(), Stopped> {
    let slot = scenario.locate(path).map_err(|problem| Stopped::Failed(problem.to_string()))?;
    scenario.assign(&slot, value).map_err(|problem| Stopped::Failed(problem.to_string()))
}

/// Reads the curve `asked` for: `undisturbed` are the gains at the present, `simulated` those of its jobs, run by run.
pub(super) fn break_even(
    subject: &Subject,
    plan: &Plan,
    asked: &Asked,
    undisturbed: &[f64],
    simulated: &[Vec<f64>],
) -> BreakEven {
    let mut levels = vec![undisturbed.to_vec()];
    for times in simulated.chunks(asked.times.max(1)) {
        let at = |run: usize| times.iter().filter_map(|gains| gains.get(run)).sum::<f64>() / times.len() as f64;
        levels.push((0..undisturbed.len()).map(at).collect());
    }
    // Runs that are undefined anywhere would break the pairing.
    let whole: Vec<usize> = (0..undisturbed.len())
        .filter(|&run| levels.iter().all(|gains| gains.get(run).is_some_and(|gain| gain.is_finite())))
        .collect();
    let crossing = |runs: &[usize]| {
        let average =
            |gains: &Vec<f64>| runs.iter().filter_map(|&run| gains.get(run)).sum::<f64>() / runs.len().max(1) as f64;
        let curve: Vec<f64> = levels.iter().map(average).collect();
        let half = curve.first().copied().unwrap_or(f64::NAN) / 2.0;
        passes_below(&falling(&curve), plan.fails_below.unwrap_or(half))
    };
    let mut luck = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut drawn = |_| {
        let runs = whole.len();
        let again: Vec<usize> = (0..runs).filter_map(|_| whole.get(luck.random_range(0..runs))).copied().collect();
        crossing(&again)
    };
    let mut again: Vec<f64> = if whole.is_empty() { vec![] } else { (0..RESAMPLES).map(&mut drawn).collect() };
    again.sort_by(f64::total_cmp);
    let end = |share: f64| again.get((share * again.len() as f64) as usize).copied().unwrap_or(f64::INFINITY);
    let shown = |place: f64| if place.is_finite() { asked.shown(subject, place) } else { f64::INFINITY };
    BreakEven {
        shock: asked.shock,
        unit: asked.scale.unit,
        present: asked.shown(subject, 0.0),
        worst: asked.shown(subject, 1.0),
        at: shown(crossing(&whole)),
        low: shown(end(0.025)),
        high: shown(end(0.975)),
        curve: levels
            .iter()
            .enumerate()
            .map(|(level, gains)| {
                (asked.shown(subject, level as f64 / LEVELS as f64), mean(gains.iter().copied()).within(super::GAINS))
            })
            .collect(),
    }
}

/// The falling curve nearest to `values` (isotonic regression by pooling adjacent violators).
pub fn falling(values: &[f64]) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &value in values {
        let mut block = (value, 1);
        while let Some(&(before, count)) = blocks.last() {
            if before >= block.0 {
                break;
            }
            blocks.pop();
            let both = count + block.1;
            block = ((before * count as f64 + block.0 * block.1 as f64) / both as f64, both);
        }
        blocks.push(block);
    }
    blocks.iter().flat_map(|&(value, count)| std::iter::repeat_n(value, count)).collect()
}

/// Where a falling `curve` over evenly spaced places from 0 to 1 first lies below `threshold`; infinite where it never does.
pub fn passes_below(curve: &[f64], threshold: f64) -> f64 {
    let steps = curve.len().saturating_sub(1).max(1) as f64;
    let Some(below) = curve.iter().position(|&value| value < threshold) else { return f64::INFINITY };
    match below.checked_sub(1).and_then(|before| Some((before, curve.get(before)?, curve.get(below)?))) {
        None => 0.0,
        Some((before, high, low)) => (before as f64 + (high - threshold) / (high - low)) / steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_made_to_fall_by_pooling() {
        assert_eq!(falling(&[4.0, 5.0, 3.0, 1.0, 2.0]), [4.5, 4.5, 3.0, 1.5, 1.5]);
        assert_eq!(falling(&[3.0, 2.0, 1.0]), [3.0, 2.0, 1.0]);
    }

    #[test]
    fn a_threshold_is_passed_between_levels() {
        assert_eq!(passes_below(&[4.0, 3.0, 1.0], 2.0), 0.75);
        assert_eq!(passes_below(&[4.0, 3.0, 2.0], 1.0), f64::INFINITY);
        assert_eq!(passes_below(&[4.0, 3.0, 2.0], 5.0), 0.0);
    }
}
