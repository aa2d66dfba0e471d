//! Roll-out: what is still being planned cannot be done yet.
//!
//! Before support starts there are no forms, no equipment and no procedure to do it with. What people are able to do is
//! scaled by 1 - waits x (1 - there), there = nor(ramp-up, pilot x team member): as support ramps up the practice is there
//! for all, and a pilot gives it to the project team while the others wait. Once it was rolled out it stays there, though
//! support ends. With waits 0 (neutral) whoever has heard of the programme and wants it can do it.
//! Source: pattern P08 (whoever prepares is behind at first; the review, challenges 2 and 4); size assumed.

use crate::{
    math::nor,
    model::{
        state::Course,
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Roll-out: what is still being planned cannot be done yet.
    pub struct Rollout {
        /// Share of the practice that cannot be done before it is rolled out; 0 is neutral.
        waits = 0.85, "share", 0.0..1.0, Assumption, "pattern P08: most of a new practice needs what a programme brings, some of it only the wish",
            neutral 0.0;
    }
}

/// Nobody can do what has not been rolled out.
#[inline(never)]
pub fn wait(context: &Context, course: &Course, around: &mut Surroundings) {
    let Context { model, levers, moment, .. } = *context;
    let waits = model.parameters.rollout.waits;
    if waits == 0.0 || moment.after || moment.strength >= 1.0 {
        return;
    }
    let layout = &model.layout;
    for unit in 0..layout.units {
        for post in layout.frontline(unit) {
            let there = nor(moment.strength, levers.persuasion.pilot * course.champion[post]);
            around.fit[post] *= 1.0 - waits * (1.0 - there);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        stage::{Stage, close},
        state::Moment,
    };

    /// What the first two of a unit, one of them on the team, are able to do.
    fn able(waits: f32, pilot: f32, moment: Moment) -> [f32; 2] {
        let Stage { mut place, mut course, mut around, .. } =
            Stage::with(|scenario| scenario.parameters.rollout.waits = waits);
        place.levers().persuasion.pilot = pilot;
        place.moment = moment;
        let post = place.model.layout.frontline(0).start;
        (course.champion[post], course.champion[post + 1]) = (1.0, 0.0);
        around.fit.fill(0.8);
        wait(&place.context(), &course, &mut around);
        [around.fit[post], around.fit[post + 1]]
    }

    #[test]
    fn before_it_is_rolled_out_only_those_who_pilot_can_do_it() {
        let planning = Moment { planning: 1.0, ..Moment::default() };
        close(able(1.0, 0.0, planning), [0.0, 0.0]);
        close(able(1.0, 0.5, planning), [0.4, 0.0]);
        close(able(0.5, 1.0, planning), [0.8, 0.4]);
        // Neutral: who has heard of it can do it.
        close(able(0.0, 0.0, planning), [0.8, 0.8]);
    }

    #[test]
    fn it_comes_as_support_ramps_up_and_stays() {
        close(able(1.0, 0.0, Moment { strength: 0.25, ..Moment::default() }), [0.2, 0.2]);
        close(able(1.0, 0.0, Moment { strength: 1.0, ..Moment::default() }), [0.8, 0.8]);
        close(able(1.0, 0.0, Moment { after: true, ..Moment::default() }), [0.8, 0.8]);
    }
}
