//! Permanence: whether staff expect the programme to last.
//!
//! `PM = nor(seen, E, resources still there)` with
//! `seen = 1 - project_discount x project_status x (1 - time_ahead x time left)`. An ended project is one with no time left;
//! there is no special rule for the end. Source: pattern P13.

use crate::{
    math::{larger, nor3},
    model::{state::Course, weekly::Context},
    quantities,
};

quantities! {
    /// Permanence: whether staff expect the programme to last.
    pub struct Permanence {
        /// Discount on anything that looks like a project.
        project_discount = 0.3, "share", 0.1..1.0, Assumption, "direction: pattern P13; size chosen with single levers in view (N01, N05)";
        /// Time ahead that counts as long.
        horizon_weeks = 104.0, "week", 52.0..208.0, Assumption, "judgement";
        /// How much of the discount time ahead takes away.
        time_ahead = 0.5, "share", 0.1..0.9, Assumption, "judgement";
    }
}

/// What each unit expects this week.
#[inline(always)]
pub fn expect(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.permanence;
    let seen = seen(p, levers.design.project_status, moment.time_left);
    let still_there = larger(moment.continued, moment.fading);
    let units = course.embedding.len();
    for unit in 0..units {
        course.sight.permanence[unit] = nor3(seen, course.embedding[unit], still_there);
    }
}

/// What can be read off the label and the time ahead.
#[inline(always)]
fn seen(p: &Permanence, project_status: f32, time_left: f32) -> f32 {
    1.0 - p.project_discount * project_status * (1.0 - p.time_ahead * time_left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_project_lasts_and_a_project_at_its_end_hardly() {
        let p = Permanence { project_discount: 0.9, ..Permanence::default() };
        assert_eq!(seen(&p, 0.0, 0.0), 1.0);
        assert!((seen(&p, 1.0, 0.0) - 0.1).abs() < 1e-6);
        assert!(seen(&p, 1.0, 1.0) > seen(&p, 1.0, 0.0));
        assert!(crate::math::nor(seen(&p, 1.0, 0.0), 1.0) > 0.999, "what is fully embedded lasts whatever its label");
    }
}
