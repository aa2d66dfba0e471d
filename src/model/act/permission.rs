//! Permission: what superiors who do not back the work keep from being done.
//!
//! Each superior, unit leader, division manager and sponsor, lets pass say = 1 - withheld x (1 - allowed), where allowed =
//! clip((backing - usual backing) / enough, 0, 1) x (unasked + (1 - unasked) x involved): who backs the work no more than
//! usual gives no leave for anything new, and who is not part of it is seldom there to be asked.
//! An empty post neither forbids nor allows (allowed = 1/2). What people are able to do is scaled by the say of all above
//! them. Nothing here knows who is against the change: it follows from what that person does. With withheld 0 (neutral)
//! nobody asks for leave. Source: patterns P36, P42 (the review, challenges 5 to 7: gatekeepers); sizes assumed.

use crate::{
    math::clip,
    model::{
        state::{Course, People},
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Permission: what superiors who do not back the work keep from being done.
    pub struct Permission {
        /// Share of the work that needs the leave of each superior; 0 is neutral.
        withheld = 0.05, "share", 0.0..0.4, Assumption, "direction: pattern P36; size chosen with single levers in view (N05, N08)",
            neutral 0.0;
        /// Backing beyond the usual at which leave is given for all of it.
        enough = 0.15, "share", 0.05..0.4, Assumption, "judgement";
        /// Part of that leave which a superior gives who is not involved.
        unasked = 0.5, "share", 0.2..1.0, Assumption, "pattern P36: sponsors in name only";
    }
}

/// Nobody does what a superior gives no leave for.
#[inline(never)]
pub fn gate(context: &Context, people: &People, course: &Course, around: &mut Surroundings) {
    let model = context.model;
    let (p, layout) = (&model.parameters.permission, &model.layout);
    if p.withheld == 0.0 {
        return;
    }
    let says = |post: usize| {
        let lift = course.practice[post] - people.usual[post];
        let asked = p.unasked + (1.0 - p.unasked) * course.involved[post];
        let allowed = if people.present[post] > 0.0 { clip(lift / p.enough, 0.0, 1.0) * asked } else { 0.5 };
        1.0 - p.withheld * (1.0 - allowed)
    };
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
