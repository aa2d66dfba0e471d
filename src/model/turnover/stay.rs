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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{stage::Stage, turnover::workforce::turn_over};

    #[test]
    fn who_is_kept_in_post_is_not_moved_by_a_reorganisation_either() {
        let stage = Stage::core(|_| ());
        let mut world = stage.world();
        let (mut model, organisation) = (stage.place.model, stage.place.organisation);
        let p = &mut model.parameters.workforce;
        (p.reorganisation_leaders, p.reorganisation_staff) = (1.0, 1.0);
        model.spared.leaders = true;
        let (on_team, other) = (model.layout.member(0, 3), model.layout.member(0, 4));
        world.courses[0].champion.fill(0.0);
        world.courses[0].champion[on_team] = 1.0;
        let before = world.people.holder.clone();
        let departures = Departures { leaders: false, sponsors: false, champions: false, reorganised: true };
        turn_over(&model, &organisation, 5, 0.0, departures, &vec![0; model.layout.posts], &mut world);
        assert_eq!(world.people.holder[on_team], before[on_team], "who is on the team leads, and leaders are spared");
        assert_eq!(world.people.holder[other], before[other] + 1);
        assert!(model.layout.leaders().all(|leader| world.people.present[leader] > 0.0));
    }
}
