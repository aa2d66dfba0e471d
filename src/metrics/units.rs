//! Units: who improved, who kept it, and how different they are.
use super::{Observation, Window, average};
use crate::{
    stats::moments,
    table::{PART, SHARE},
};

/// Smallest gain at end that makes an improved unit.
const IMPROVED: f64 = 0.05;

/// A column of the table of units.
#[derive(Clone, Copy, Debug)]
pub struct UnitMeasure {
    /// Column name.
    pub name: &'static str,
    /// Unit of its values.
    pub unit: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its value for one unit, by place, in one replicate; NaN where undefined.
    pub of: fn(&Observation, usize) -> f64,
}

/// What is kept of each unit.
pub const UNIT_MEASURES: &[UnitMeasure] = &[
    UnitMeasure {
        name: "reached",
        unit: "0 or 1",
        doc: "1 if the programme works with this unit, 0 if it can only be reached by talk.",
        of: |observation, unit| f64::from(u8::from(observation.with.reached.get(unit) == Some(&true))),
    },
    UnitMeasure {
        name: "usual_practice_before",
        unit: PART,
        doc: "Reliability of the target practice in the 8 weeks before planning starts.",
        of: |observation, unit| practice(observation, unit, Window::Before, false),
    },
    UnitMeasure {
        name: "net_gain_at_end",
        unit: SHARE,
        doc: "Net gain in the last 4 weeks of support.",
        of: |observation, unit| gain(observation, unit, Window::AtEnd),
    },
    UnitMeasure {
        name: "net_gain_12_months_after",
        unit: SHARE,
        doc: "Net gain 12 months after support ends.",
        of: |observation, unit| gain(observation, unit, Window::YEAR_1),
    },
    UnitMeasure {
        name: "net_gain_24_months_after",
        unit: SHARE,
        doc: "Net gain 24 months after support ends.",
        of: |observation, unit| gain(observation, unit, Window::YEAR_2),
    },
];

pub fn improved_share(observation: &Observation) -> f64 {
    average(reached_gains(observation).map(|(_, gain)| f64::from(u8::from(gain >= IMPROVED))))
}

pub fn keeping_half(observation: &Observation) -> f64 {
    keeping(observation, 0.5)
}

pub fn keeping_three_quarters(observation: &Observation) -> f64 {
    keeping(observation, 0.75)
}

/// Share of improved units that keep at most a quarter of their net gain at 24 months.
pub fn losing_three_quarters(observation: &Observation) -> f64 {
    of_improved(observation, |end, later| later <= 0.25 * end)
}

/// Share of the units reached that improve and still have at least half of it at 24 months.
pub fn improved_and_keeping_half(observation: &Observation) -> f64 {
    improved_and_keeping(observation, 0.5)
}

/// Share of the units reached that improved and keep at least three quarters of it.
pub fn sustained_share(observation: &Observation) -> f64 {
    improved_and_keeping(observation, 0.75)
}

fn improved_and_keeping(observation: &Observation, share: f64) -> f64 {
    let kept = |(unit, end): (usize, f64)| {
        let later = gain(observation, unit, Window::YEAR_2);
        if later.is_nan() { later } else { f64::from(u8::from(end >= IMPROVED && later >= share * end)) }
    };
    average(reached_gains(observation).map(kept))
}

/// Intraclass correlation of a process that each patient receives or not, on the scale of proportions: the variance of the
/// true proportions between units over the total variance of a yes or no, mean x (1 - mean) (Eldridge and others 2009).
pub fn intraclass_correlation(observation: &Observation) -> f64 {
    let units = 0..observation.with.reached.len();
    let before = moments(units.map(|unit| practice(observation, unit, Window::Before, true)));
    before.sd() * before.sd() / (before.mean() * (1.0 - before.mean()))
}

/// Share of improved units whose net gain at 24 months is at least `share` of that at end.
fn keeping(observation: &Observation, share: f64) -> f64 {
    of_improved(observation, |end, later| later >= share * end)
}

/// Share of improved units of which `is` holds, given net gain at end and 24 months after.
fn of_improved(observation: &Observation, is: impl Fn(f64, f64) -> bool) -> f64 {
    let improved = reached_gains(observation).filter(|&(_, gain)| gain >= IMPROVED);
    let later = improved.map(|(unit, end)| (end, gain(observation, unit, Window::YEAR_2)));
    average(later.map(|(end, later)| if later.is_nan() { later } else { f64::from(u8::from(is(end, later))) }))
}

pub fn spread(observation: &Observation) -> f64 {
    moments(reached_gains(observation).map(|(_, gain)| gain)).sd()
}

/// Standard deviation of practice between all units at end, programmes on.
pub fn spread_of_practice(observation: &Observation) -> f64 {
    moments((0..observation.with.reached.len()).map(|unit| practice(observation, unit, Window::AtEnd, true))).sd()
}

/// Units reached with their net gain at end, those in which it is undefined left out.
fn reached_gains<'a>(observation: &'a Observation) -> impl Iterator<Item = (usize, f64)> + 'a {
    let reached = observation.with.reached.iter().enumerate().filter(|(_, reached)| **reached);
    let gains = reached.map(|(unit, _)| (unit, gain(observation, unit, Window::AtEnd)));
    gains.filter(|(_, gain)| !gain.is_nan())
}

/// Net gain of one unit over `window`.
fn gain(observation: &Observation, unit: usize, window: Window) -> f64 {
    practice(observation, unit, window, true) - practice(observation, unit, window, false)
}

/// Practice of one unit over `window`, programmes on or off.
fn practice(observation: &Observation, unit: usize, window: Window, on: bool) -> f64 {
    let history = if on { observation.with } else { observation.without };
    observation.average(window, |week| super::at(&history.units, week * history.reached.len() + unit))
}
