//! Staying: who is kept in post by a what-if, which spares turnover to say what it would have changed.
//!
//! A definition, not a mechanism: it adds no equation, so it has no source but the question.

use super::workforce::{Departures, leads};
use crate::model::{Model, state::Course};

/// Keeps those in post who would have left: `leaves[post]` is 1 or 0.
pub fn keep(model: &Model, week: usize, courses: &[Course], leaves: &mut [u8], departures: &mut Departures) {
    let spared = &model.spared;
    let (staff, leaders) = (spared.holds(spared.turnover, week), spared.holds(spared.leaders, week));
    if !(staff || leaders) {
        return;
    }
    for (post, level) in model.layout.people() {
        let leads = leads(courses, post, level);
        if (leads && leaders) || (!leads && staff) {
            leaves[post] = 0;
        }
    }
    if leaders {
        (departures.leaders, departures.sponsors, departures.champions) = (false, false, false);
    }
}
