//! Duty: whether those who learn must use it at work and pass it on.
//!
//! In each unit the team members who are there pass on what they know: teaching of the others becomes nor(teaching,
//! apply_duty x pass_on x resourced x mean skill of the team x clip(team / enough)), team and enough being shares of the
//! unit's staff. Who has learned is asked for it: pressure becomes nor(pressure, apply_duty x oblige x skill x superior's
//! practice x resourced). Without the duty learning stays with the learner. Source: pattern P44 (the review, challenge 9: no
//! requirement to apply or spread); sizes assumed.

use crate::{
    math::{nor, smaller},
    model::{
        state::{Course, People},
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Duty: whether those who learn must use it at work and pass it on.
    pub struct Duty {
        /// How much of what they know colleagues can teach.
        pass_on = 0.5, "share", 0.0..0.9, Assumption, "pattern P44";
        /// Share of a unit that has learned at which everybody else has somebody to learn from.
        enough = 0.15, "share", 0.02..0.5, Assumption, "judgement";
        /// Pressure from a superior who asks for what was learned.
        oblige = 0.3, "share", 0.0..0.7, Assumption, "pattern P44";
    }
}

/// Those who have learned teach others, and are asked for it.
#[inline(never)]
pub fn apply(context: &Context, people: &People, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    let (p, duty) = (&model.parameters.duty, levers.sustain.apply_duty);
    if duty == 0.0 {
        return;
    }
    for unit in 0..model.layout.units {
        let posts = model.layout.frontline(unit);
        let many = posts.len() as f32;
        let (mut team, mut known) = (0.0, 0.0);
        for post in posts.clone() {
            let here = people.present[post] * course.champion[post];
            team += here;
            known += here * course.skill[post];
        }
        let known = if team > 0.0 { known / team } else { 0.0 };
        let taught = duty * p.pass_on * known * smaller(1.0, team / many / p.enough);
        for post in posts {
            let resourced = around.resourced[post];
            let others = 1.0 - course.champion[post];
            channels.teaching[post] = nor(channels.teaching[post], taught * resourced * others);
            let asked = duty * p.oblige * course.skill[post] * around.superior[post] * resourced;
            channels.pressure[post] = nor(channels.pressure[post], asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn a_full_team_that_knows_teaches_the_rest_and_nobody_teaches_without_one() {
        let Stage { mut place, people, mut course, mut around, mut channels, .. } = Stage::plain();
        place.levers().sustain.apply_duty = 1.0;
        let layout = &place.model.layout;
        let (team, other) = (layout.member(0, 1), layout.member(0, 9));
        course.champion.fill(0.0);
        for index in 1..=7 {
            course.champion[layout.member(0, index)] = 1.0;
            course.skill[layout.member(0, index)] = 0.8;
        }
        around.resourced.fill(1.0);
        around.superior.fill(0.5);
        apply(&place.context(), &people, &course, &around, &mut channels);
        let p = &place.model.parameters.duty;
        close([channels.teaching[other], channels.pressure[team]], [p.pass_on * 0.8, p.oblige * 0.8 * 0.5]);
        assert_eq!((channels.teaching[team], channels.pressure[other]), (0.0, 0.0));
        assert_eq!(channels.teaching[layout.member(1, 1)], 0.0, "no team in that unit");
    }
}
