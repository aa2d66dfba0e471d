//! Permission: what superiors who do not back the work keep from being done, and the time they do not let people have.
//!
//! leave = clip((backing - usual backing) / enough, 0, 1) x (unasked + (1 - unasked) x involved): who backs the work no
//! more than usual gives no leave for anything new, and who is not part of it is seldom there to be asked. An empty
//! post neither forbids nor allows (leave = 1/2). Each superior lets pass say = 1 - withheld x (1 - leave) of the work,
//! unit leader, division manager and sponsor, and what people are able to do is scaled by the say of all above them. Of
//! the protected time that is released (see `exposure`) manager and sponsor let pass 1 - time x (1 - leave) each.
//! Nothing here knows who is against the change: it follows from what that person does. With withheld and time 0
//! (neutral) nobody asks for leave. Source: pattern P36 (the review, challenges 5 to 7: gatekeepers); sizes assumed.

use crate::{
    math::clip,
    model::{
        state::{Course, People},
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Permission: what superiors who do not back the work keep from being done, and the time they do not let people have.
    pub struct Permission {
        /// Share of the work that needs the leave of each superior; 0 is neutral.
        withheld = 0.08, "share", 0.0..0.4, Assumption, "direction: pattern P36; size chosen with single levers (N05, N08) and, when raised from 0.05, with P36 in view",
            neutral 0.0;
        /// Share of protected time that needs the leave of manager and sponsor each; 0 is neutral.
        time = 0.45, "share", 0.0..1.0, Assumption, "pattern P36: executives and middle managers decide whether time is really released",
            neutral 0.0;
        /// Backing beyond the usual at which leave is given for all of it.
        enough = 0.15, "share", 0.05..0.4, Assumption, "judgement";
        /// Part of that leave which a superior gives who is not involved.
        unasked = 0.5, "share", 0.2..1.0, Assumption, "pattern P36: sponsors in name only";
    }
}

/// The leave that whoever holds this post gives.
fn leave(context: &Context, people: &People, course: &Course, post: usize) -> f32 {
    let p = &context.model.parameters.permission;
    if people.present[post] == 0.0 {
        return 0.5;
    }
    let backing = clip((course.practice[post] - people.usual[post]) / p.enough, 0.0, 1.0);
    backing * (p.unasked + (1.0 - p.unasked) * course.involved[post])
}

/// Nobody has time that no superior gives leave for.
#[inline(never)]
pub fn release(context: &Context, people: &People, course: &mut Course) {
    let (layout, time) = (&context.model.layout, context.model.parameters.permission.time);
    if time == 0.0 || context.levers.resources.protected_time == 0.0 {
        return;
    }
    let passes = |course: &Course, post: usize| 1.0 - time * (1.0 - leave(context, people, course, post));
    let sponsor = passes(course, layout.sponsor());
    for division in 0..layout.managers {
        let both = sponsor * passes(course, layout.manager(division));
        for released in &mut course.sight.released[layout.division(division)] {
            *released *= both;
        }
    }
    course.sight.released[layout.units] *= sponsor;
}

/// Nobody does what a superior gives no leave for.
#[inline(never)]
pub fn gate(context: &Context, people: &People, course: &Course, around: &mut Surroundings) {
    let (layout, withheld) = (&context.model.layout, context.model.parameters.permission.withheld);
    if withheld == 0.0 {
        return;
    }
    let says = |post: usize| 1.0 - withheld * (1.0 - leave(context, people, course, post));
    let sponsor = says(layout.sponsor());
    let mut above = sponsor;
    for unit in 0..layout.units {
        let leader = layout.leader(unit);
        if unit % layout.span == 0 {
            let manager = layout.manager(unit / layout.span);
            around.fit[manager] *= sponsor;
            above = sponsor * says(manager);
        }
        let passes = above * says(leader);
        // Rows are whole eights.
        for eight in around.fit[layout.row(unit)].as_chunks_mut::<8>().0 {
            for fit in eight {
                *fit *= passes;
            }
        }
        around.fit[leader] *= above;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Model,
        stage::{Place, Stage, close},
        who::Layout,
    };

    /// What is let through to the front line, a unit leader and a manager.
    fn passes(withheld: f32, change: impl FnOnce(&Model, &mut People, &mut Course)) -> [f32; 3] {
        let Stage { place, mut people, mut course, mut around, .. } =
            Stage::with(|scenario| scenario.parameters.permission.withheld = withheld);
        let Place { model: model @ Model { layout, .. }, .. } = &place;
        course.practice[layout.leader(0)..layout.posts].fill(1.0);
        course.involved.fill(1.0);
        people.usual[layout.leader(0)..layout.posts].fill(0.3);
        change(model, &mut people, &mut course);
        around.fit.fill(1.0);
        gate(&place.context(), &people, &course, &mut around);
        [layout.member(0, 3), layout.leader(0), layout.manager(0)].map(|post| around.fit[post])
    }

    #[test]
    fn time_is_released_as_far_as_manager_and_sponsor_give_leave() {
        let released = |time: f32, backing: &[fn(&Layout) -> usize]| {
            let Stage { place, mut people, mut course, .. } = Stage::with(|scenario| {
                scenario.parameters.permission.time = time;
                scenario.programmes[0].levers.resources.protected_time = 0.5;
            });
            let layout = &place.model.layout;
            (people.usual, course.practice) = (vec![0.3; layout.posts], vec![0.3; layout.posts]);
            course.involved.fill(1.0);
            backing.iter().for_each(|post| course.practice[post(layout)] = 1.0);
            course.sight.released.fill(0.5);
            release(&place.context(), &people, &mut course);
            [course.sight.released[0], course.sight.released[layout.units]]
        };
        let (manager, sponsor): (fn(&Layout) -> usize, fn(&Layout) -> usize) =
            (|layout| layout.manager(0), Layout::sponsor);
        close(released(0.0, &[]), [0.5, 0.5]);
        close(released(0.6, &[]), [0.5 * 0.4 * 0.4, 0.5 * 0.4]);
        close(released(0.6, &[manager]), [0.5 * 0.4, 0.5 * 0.4]);
        close(released(0.6, &[sponsor]), [0.5 * 0.4, 0.5]);
        close(released(0.6, &[manager, sponsor]), [0.5, 0.5]);
    }

    #[test]
    fn each_superior_lets_pass_what_he_backs() {
        close(passes(0.4, |_, _, _| ()), [1.0; 3]);
        close(passes(0.0, |_, people, _| people.usual.fill(1.0)), [1.0; 3]);
        let usual = |post: fn(&Model) -> usize| {
            passes(0.4, |model, people, course| course.practice[post(model)] = people.usual[post(model)])
        };
        close(usual(|model| model.layout.leader(0)), [0.6, 1.0, 1.0]);
        close(usual(|model| model.layout.manager(0)), [0.6, 0.6, 1.0]);
        close(usual(|model| model.layout.sponsor()), [0.6; 3]);
        close(passes(0.4, |model, _, course| course.involved[model.layout.sponsor()] = 0.0), [0.8; 3]);
        close(passes(0.4, |model, people, _| people.present[model.layout.leader(0)] = 0.0), [0.8, 1.0, 1.0]);
    }
}
