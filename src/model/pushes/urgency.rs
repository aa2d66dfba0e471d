//! Urgency: what has a deadline is done now, what is there for good can wait.
//!
//! ahead = share of the active time still to come. Whether a project will last matters less while its end is a deadline that
//! all can see: expected permanence becomes nor(permanence, deadline x project_status x ahead where support
//! has begun). What has no end can
//! be put off: permanence as it counts for the will x (1 - defer x (1 - project_status) x ahead). With both at 0
//! (neutral) a project is only doubted.
//! Source: Zhu, Yang & Hsee 2018 for the urgency of what has a deadline; pattern P13 (a project starts faster); sizes assumed.

use crate::{
    math::nor,
    model::weekly::{Context, Surroundings},
    quantities,
};

quantities! {
    /// Urgency: what has a deadline is done now, what is there for good can wait.
    pub struct Urgency {
        /// How far a deadline makes up for doubts that a project will last; 0 is neutral.
        deadline = 0.85, "share", 0.0..0.9, Assumption, "direction: Zhu, Yang & Hsee 2018; pattern P13",
            neutral 0.0;
        /// How far what has no deadline is put off; 0 is neutral.
        defer = 0.4, "share", 0.0..0.6, Assumption, "direction: Zhu, Yang & Hsee 2018; pattern P13",
            neutral 0.0;
    }
}

/// A deadline hurries, and what has none waits.
#[inline(always)]
pub fn hurry(context: &Context, around: &mut Surroundings) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.urgency;
    if (p.deadline == 0.0 && p.defer == 0.0) || moment.strength == 0.0 {
        return;
    }
    let (ahead, project) = (1.0 - moment.share_of_time, levers.design.project_status);
    for (permanence, live) in around.permanence.iter_mut().zip(&around.live) {
        // The date is the same however far support has been ramped up.
        let ahead = ahead * live / moment.strength;
        *permanence = nor(*permanence, p.deadline * project * ahead) * (1.0 - p.defer * (1.0 - project) * ahead);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn a_deadline_counts_while_it_lies_ahead_and_only_for_a_project() {
        let counts = |project: f32, share_of_time: f32| {
            let Stage { mut place, mut around, .. } = Stage::plain();
            let p = &mut place.model.parameters.urgency;
            (p.deadline, p.defer) = (0.6, 0.2);
            place.levers().design.project_status = project;
            (place.moment.strength, place.moment.share_of_time) = (1.0, share_of_time);
            (around.permanence[0], around.live[0]) = (0.5, 1.0);
            hurry(&place.context(), &mut around);
            around.permanence[0]
        };
        close([counts(1.0, 0.0), counts(0.0, 0.0), counts(1.0, 1.0), counts(0.0, 1.0)], [0.8, 0.4, 0.5, 0.5]);
    }
}
