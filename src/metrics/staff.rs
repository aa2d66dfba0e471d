//! Staff: who left.
use super::{Observation, WEEKS_A_YEAR, Window};
use crate::model::Series;

/// Leavers per 100 frontline posts a year, from the mean number a week.
fn yearly(observation: &Observation, a_week: f64) -> f64 {
    a_week * WEEKS_A_YEAR * 100.0 / observation.frontline_posts
}

pub fn leavers(observation: &Observation) -> f64 {
    yearly(observation, observation.with(Series::Leavers, Window::Active))
}

pub fn leavers_without(observation: &Observation) -> f64 {
    yearly(observation, observation.without(Series::Leavers, Window::Active))
}

/// Ratio of leavers with to without; NaN if nobody leaves without.
pub fn leavers_ratio(observation: &Observation) -> f64 {
    let without = leavers_without(observation);
    if without > 0.0 { leavers(observation) / without } else { f64::NAN }
}
