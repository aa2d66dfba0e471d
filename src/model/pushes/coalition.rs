//! Coalition: whether a programme is made for one profession or defined by all of them together.
//!
//! A programme tailored to the profession that values autonomy most speaks its language: their case for the solution becomes
//! nor(case, suits x tailoring x contact). To everybody else at the front line it is the others' project:
//! case x (1 - slight x tailoring x (1 - coalition)) and ownership freely x the same. Where all groups define the problem
//! together, everybody's case for it becomes nor(case, joint x coalition x contact x visible gap) and involvement
//! nor(involvement, joint x coalition x contact); planning lasts `weeks` x coalition longer, at the cost of support, and
//! until then there is no solution to be convinced of: case x (1 - coalition).
//! Source: pattern P35 (the review, challenge 6: several audiences); sizes assumed.

use crate::{
    math::nor,
    model::{
        Model,
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Coalition: whether a programme is made for one profession or defined by all of them together.
    pub struct Coalition {
        /// Case for the solution made by being spoken to in one's own language.
        suits = 0.4, "share", 0.2..0.8, Assumption, "pattern P35; least size chosen with it in view";
        /// How much of a case is lost on those for whom it was not made.
        slight = 0.4, "share", 0.0..0.8, Assumption, "pattern P35: what lifts one group's support lowers another's";
        /// Case for the problem, and ownership, from defining it together.
        joint = 0.35, "share", 0.0..0.8, Assumption, "pattern P35";
        /// Delay of action until everybody has agreed.
        weeks = 12.0, "week", 0.0..26.0, Assumption, "pattern P35: joint definition takes longer";
    }
}

/// The profession for which a tailored programme is made: the one at the front line that values autonomy most.
fn favoured(model: &Model) -> usize {
    let frontline = model.professions.traits.iter().enumerate().filter(|(_, traits)| traits.share > 0.0);
    let most = frontline.max_by(|(_, a), (_, b)| a.autonomy.total_cmp(&b.autonomy));
    most.map_or(model.professions.unit_leader, |(profession, _)| profession)
}

/// One profession is spoken to, or all of them speak.
#[inline(never)]
pub fn address(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, moment, organisation, .. } = *context;
    let p = &model.parameters.coalition;
    let (tailoring, coalition) = (levers.design.tailoring, levers.engagement.coalition);
    if tailoring > 0.0 {
        let favoured = favoured(model) as u8;
        let suits = p.suits * tailoring;
        let slighted = 1.0 - p.slight * tailoring * (1.0 - coalition);
        for post in (0..model.layout.units).flat_map(|unit| model.layout.frontline(unit)) {
            if organisation.profession[post] == favoured {
                channels.solution[post] = nor(channels.solution[post], suits * around.contact[post]);
            } else {
                channels.solution[post] *= slighted;
                channels.own_freely[post] *= slighted;
            }
        }
    }
    if coalition > 0.0 {
        let joint = p.joint * coalition;
        let open = 1.0 - coalition * moment.planning;
        for i in 0..channels.problem.len() {
            let together = joint * around.contact[i];
            channels.solution[i] *= open;
            channels.problem[i] = nor(channels.problem[i], together * around.gap[i]);
            channels.involvement[i] = nor(channels.involvement[i], together);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn what_is_made_for_consultants_slights_nurses_unless_they_had_a_say() {
        let after = |tailoring: f32, coalition: f32| {
            let Stage { mut place, mut around, mut channels, .. } = Stage::plain();
            assert_eq!(favoured(&place.model), 0, "consultants value autonomy most");
            let levers = place.levers();
            (levers.design.tailoring, levers.engagement.coalition) = (tailoring, coalition);
            around.contact.fill(1.0);
            around.gap.fill(0.5);
            channels.solution.fill(0.5);
            channels.own_freely.fill(1.0);
            address(&place.context(), &around, &mut channels);
            let of = |profession: u8| {
                let mut posts = place.model.layout.frontline(0).chain(place.model.layout.frontline(1));
                posts.find(|post| place.organisation.profession[*post] == profession).unwrap()
            };
            let (consultant, nurse) = (of(0), of(2));
            let Channels { problem, solution, own_freely, .. } = channels;
            [solution[consultant], solution[nurse], own_freely[nurse], problem[nurse]]
        };
        let p = Coalition::default();
        assert_eq!(after(0.0, 0.0), [0.5, 0.5, 1.0, 0.0]);
        let suited = 1.0 - 0.5 * (1.0 - p.suits);
        close(after(1.0, 0.0), [suited, 0.5 * (1.0 - p.slight), 1.0 - p.slight, 0.0]);
        close(after(1.0, 1.0), [suited, 0.5, 1.0, 0.5 * p.joint]);
    }
}
