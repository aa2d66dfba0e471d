//! Coordination: what it takes until departments that depend on each other move together.
//!
//! links = scope x (units reached in the organisation - 1). Meetings take the time there is for the work itself,
//! time / (1 + talk x links), and add load x links to what the programme asks of everybody as far as it reaches them.
//! A programme of one unit, or one in which every unit moves by itself (scope 0), has nobody to wait for.
//! Source: pattern P16 (the review, challenge 4 and 5: alignment of departments, professions and levels); sizes assumed.

use crate::{
    model::{
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Coordination: what it takes until departments that depend on each other move together.
    pub struct Coordination {
        /// Time for the work that each link takes, against time that is left.
        talk = 0.15, "times", 0.0..0.5, Assumption, "pattern P16";
        /// Load of each link.
        load = 0.012, "share", 0.0..0.05, Assumption, "pattern P16";
    }
}

/// Other units that each unit must move together with.
pub fn links(levers: &Levers, course: &Course) -> f32 {
    let reached: f32 = course.reached.iter().sum();
    if reached > 1.0 { levers.design.scope * (reached - 1.0) } else { 0.0 }
}

/// Meetings take time and tire.
#[inline(never)]
pub fn meet(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels, load: &mut [f32]) {
    let Context { model, levers, .. } = *context;
    let (p, links) = (&model.parameters.coordination, links(levers, course));
    if links > 0.0 {
        let left = 1.0 / (1.0 + p.talk * links);
        for i in 0..load.len() {
            channels.time[i] *= left;
            load[i] += p.load * links * around.resourced[i] * course.dose[i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn each_link_takes_its_part_and_a_unit_alone_has_none() {
        let after = |units: usize| {
            let Stage { mut place, mut course, mut around, mut channels, mut strain, .. } = Stage::plain();
            place.levers().design.scope = 1.0;
            course.reached[units..].fill(0.0);
            course.dose.fill(1.0);
            around.resourced.fill(1.0);
            channels.time.fill(0.6);
            meet(&place.context(), &course, &around, &mut channels, &mut strain.own_load);
            [channels.time[0], strain.own_load[0]]
        };
        let p = Coordination::default();
        assert_eq!(after(1), [0.6, 0.0]);
        close(after(5), [0.6 / (1.0 + 4.0 * p.talk), 4.0 * p.load]);
    }
}
