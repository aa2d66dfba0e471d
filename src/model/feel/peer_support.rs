//! Peer support: learning sets, coaching and time out among colleagues who do the same.
//!
//! support = peer_support x budget left x resourced x dose.
//! It keeps motivation alive, vitality becomes nor(vitality, replenish x support), and takes some of the load,
//! load x (1 - buffer x support). Source: pattern P41; sizes assumed.

use crate::{
    math::nor,
    model::{
        state::Course,
        weekly::{Context, Strain, Surroundings},
    },
    quantities,
};

quantities! {
    /// Peer support: learning sets, coaching and time out among colleagues who do the same.
    pub struct PeerSupport {
        /// How much it adds to vitality, from which motivation is replenished.
        replenish = 0.25, "share", 0.0..0.7, Assumption, "pattern P41";
        /// How much of the load it takes.
        buffer = 0.3, "share", 0.0..0.7, Assumption, "pattern P41";
    }
}

/// Support from peers replenishes motivation and takes some of the load.
#[inline(never)]
pub fn relieve(context: &Context, course: &Course, around: &Surroundings, strain: &mut Strain) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.peer_support;
    let offered = levers.resources.peer_support * moment.budget_left;
    if offered > 0.0 {
        for i in 0..course.dose.len() {
            let support = offered * around.resourced[i] * course.dose[i];
            strain.vitality[i] = nor(strain.vitality[i], p.replenish * support);
            strain.load[i] *= 1.0 - p.buffer * support;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{begin, state::Moment, weekly::Context, who::Organisation},
        programme::Levers,
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn peers_carry_a_part_and_a_squeeze_takes_of_it_as_of_the_rest() {
        let model = Scenario::default().to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let people = begin::people(&model, &organisation);
        let mut course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        course.dose.fill(1.0);
        let mut around = Surroundings::none(model.layout.posts);
        around.resourced.fill(1.0);
        let mut levers = Levers::default();
        levers.resources.peer_support = 1.0;
        let after = |budget_left: f32| {
            let mut strain = Strain::none(model.layout.posts);
            strain.load.fill(0.2);
            let moment = Moment { budget_left, ..Moment::default() };
            relieve(
                &Context { levers: &levers, moment: &moment, ..Context::of(&model) },
                &course,
                &around,
                &mut strain,
            );
            (strain.vitality[0], strain.load[0])
        };
        let p = &model.parameters.peer_support;
        let close = |(a, b): (f32, f32), (c, d): (f32, f32)| (a - c).abs() < 1e-6 && (b - d).abs() < 1e-6;
        assert!(close(after(1.0), (p.replenish, 0.2 * (1.0 - p.buffer))));
        assert!(close(after(0.7), (0.7 * p.replenish, 0.2 * (1.0 - 0.7 * p.buffer))));
        assert!(close(after(0.0), (0.0, 0.2)));
    }
}
