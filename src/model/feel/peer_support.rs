//! Peer support: learning sets, coaching and time out among colleagues who do the same.
//!
//! support = peer_support x resourced x dose; what is cut from a programme's resources is cut from it.
//! It keeps motivation alive, vitality becomes nor(vitality, replenish x support), and takes some of the load that the
//! programme itself brings, load x (1 - buffer x support). Source: pattern P41; sizes assumed.

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
    let Context { model, levers, .. } = *context;
    let p = &model.parameters.peer_support;
    let offered = levers.resources.peer_support;
    if offered > 0.0 {
        for i in 0..course.dose.len() {
            let support = offered * around.resourced[i] * course.dose[i];
            strain.vitality[i] = nor(strain.vitality[i], p.replenish * support);
            strain.own_load[i] *= 1.0 - p.buffer * support;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn peers_carry_a_part_of_what_the_programme_brings_and_a_squeeze_takes_of_it_as_of_the_rest() {
        let after = |resourced: f32| {
            let Stage { mut place, mut course, mut around, mut strain, .. } = Stage::plain();
            place.levers().resources.peer_support = 1.0;
            course.dose.fill(1.0);
            around.resourced.fill(resourced);
            strain.own_load.fill(0.2);
            relieve(&place.context(), &course, &around, &mut strain);
            assert_eq!(strain.load[0], 0.0, "what other programmes bring is theirs to carry");
            [strain.vitality[0], strain.own_load[0]]
        };
        let p = PeerSupport::default();
        close(after(1.0), [p.replenish, 0.2 * (1.0 - p.buffer)]);
        close(after(0.7), [0.7 * p.replenish, 0.2 * (1.0 - 0.7 * p.buffer)]);
        close(after(0.0), [0.0, 0.2]);
    }
}
