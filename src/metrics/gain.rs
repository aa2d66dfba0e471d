//! What was gained, what is still there later, and what a study without a control group would have claimed.
use super::{Observation, SMALLEST_GAIN, WEEKS_A_YEAR, Window, at};
use crate::model::Series;

/// Mean net gain over `window`.
pub fn net_gain(observation: &Observation, window: Window) -> f64 {
    observation.difference(Series::Practice, window)
}

/// Net gain at end per 1000 hours of staff time in a unit reached, as planned until support ends.
pub fn per_staff_hour(observation: &Observation) -> f64 {
    let units = observation.with.reached.iter().filter(|reached| **reached).count() as f64;
    1000.0 * net_gain(observation, Window::AtEnd) / (observation.staff_hours / units)
}

/// Net gain over `window` as a share of that at end; NaN where there was next to nothing to keep, or a loss.
fn retained(observation: &Observation, window: Window) -> f64 {
    let end = net_gain(observation, Window::AtEnd);
    if end > SMALLEST_GAIN { net_gain(observation, window) / end } else { f64::NAN }
}

pub fn retained_12(observation: &Observation) -> f64 {
    retained(observation, Window::YEAR_1)
}

pub fn retained_24(observation: &Observation) -> f64 {
    retained(observation, Window::YEAR_2)
}

pub fn retained_36(observation: &Observation) -> f64 {
    retained(observation, Window::YEAR_3)
}

/// Weeks after the end at which 8-week windows, all of them after the end, first hold less than half the gain at end.
/// `None` if the gain never falls so far in the weeks simulated; outer `None` if there was no gain to lose.
fn half_life_weeks(observation: &Observation) -> Option<Option<usize>> {
    let end = net_gain(observation, Window::AtEnd);
    let follow_up = observation.weeks().saturating_sub(observation.clock.end());
    if end.is_nan() || end <= SMALLEST_GAIN || follow_up < 8 {
        return None;
    }
    Some((4..=follow_up - 4).find(|&weeks| net_gain(observation, Window::After(weeks)) < end / 2.0))
}

pub fn half_life_months(observation: &Observation) -> f64 {
    half_life_weeks(observation).flatten().map_or(f64::NAN, |weeks| weeks as f64 * 12.0 / WEEKS_A_YEAR)
}

pub fn half_lost(observation: &Observation) -> f64 {
    half_life_weeks(observation).map_or(f64::NAN, |weeks| if weeks.is_some() { 1.0 } else { 0.0 })
}

pub fn naive_gain(observation: &Observation) -> f64 {
    observation.with(Series::Practice, Window::AtEnd) - observation.with(Series::Practice, Window::Before)
}

pub fn naive_bias(observation: &Observation) -> f64 {
    naive_gain(observation) - net_gain(observation, Window::AtEnd)
}

pub fn reported_minus_true(observation: &Observation) -> f64 {
    reported_minus_true_in(observation, Window::LastTwoMonths)
}

pub fn reported_minus_true_36_months_in(observation: &Observation) -> f64 {
    reported_minus_true_in(observation, Window::MONTH_36)
}

pub fn reported_minus_true_24_months_after(observation: &Observation) -> f64 {
    reported_minus_true_in(observation, Window::YEAR_2)
}

fn reported_minus_true_in(observation: &Observation, window: Window) -> f64 {
    let (reported, practice) = (observation.with.of(Series::Reported), observation.with.of(Series::Practice));
    observation.average(window, |week| at(reported, week) - at(practice, week))
}

/// Largest minus smallest net gain at end of a profession, those without anybody left out.
pub fn gap_between_professions(observation: &Observation) -> f64 {
    let gains = (0..observation.with.by_profession.len()).map(|profession| by_profession(observation, profession));
    let (least, most) = gains
        .filter(|gain| gain.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), gain| (least.min(gain), most.max(gain)));
    if most < least { f64::NAN } else { most - least }
}

/// Net gain at end among one profession.
pub fn by_profession(observation: &Observation, profession: usize) -> f64 {
    let histories = (observation.with.by_profession.get(profession), observation.without.by_profession.get(profession));
    let (Some(with), Some(without)) = histories else { return f64::NAN };
    observation.average(Window::AtEnd, |week| at(with, week) - at(without, week))
}
