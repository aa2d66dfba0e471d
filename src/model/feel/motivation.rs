//! Motivation: intrinsic motivation, what crowds it out and what keeps it alive.
//!
//! crowding = nor(sanction in force x autonomy, payment where it is not the norm);
//! vitality = vitality x nor(visible results x ownership, encouragement by standing (see `incentive`), and by work across
//! professions); motivation m relaxes to m0 (1 - crowding) + (1 - m0) vitality: trust is quick to lose and slow to gain.
//! Both are or-ed over programmes. Source: Deci, Koestner & Ryan 1999 for the direction; patterns P31, P38, P39.

use crate::{
    math::{Pace, larger, nor},
    model::{
        act::incentive,
        state::Course,
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Motivation: intrinsic motivation, what crowds it out and what keeps it alive.
    pub struct Motivation {
        /// Time in which motivation is lost.
        loss_weeks = 13.0, "week", 4.0..40.0, Assumption, "chosen with pattern P38 in view";
        /// Time in which it recovers.
        gain_weeks = 83.0, "week", 26.0..208.0, Assumption, "chosen with pattern P38 in view; trust is slow to gain";
        /// Motivation crowded out by sanctions.
        sanction_crowding = 0.5, "share", 0.2..0.9, Assumption, "direction: Deci, Koestner & Ryan 1999; size chosen with N102 in view";
        /// Motivation crowded out by payment.
        payment_crowding = 0.17, "share", 0.05..0.9, Assumption, "direction: Deci, Koestner & Ryan 1999; size chosen with N57a in view";
        /// How much less payment crowds out where being paid is normal.
        payment_norm_relief = 0.7, "share", 0.2..1.0, Assumption, "pattern P31";
        /// How much vitality results and encouragement give.
        vitality = 0.6, "share", 0.1..0.7, Assumption, "direction: positive feedback raises motivation (Deci, Koestner & Ryan 1999); size chosen with N57b in view";
        /// Encouragement from recognition.
        recognition = 0.7, "share", 0.1..0.8, Assumption, "pattern P39; with vitality, praise raises motivation by 0.15 to 0.5 standard deviations (Deci, Koestner & Ryan 1999)";
        /// Encouragement from work across professions.
        cross_professional = 0.40, "share", 0.1..0.8, Assumption, "pattern P34";
    }
}

/// What one programme does to everybody's motivation, added to what the others do.
#[inline(always)]
pub fn sway(context: &Context, course: &Course, around: &Surroundings, crowding: &mut [f32], vitality: &mut [f32]) {
    let Context { model, organisation, levers, .. } = *context;
    let n = crowding.len();
    let p = &model.parameters.motivation;
    let softened = 1.0 - model.parameters.incentive.peer_audit_softens * levers.incentives.peer_audit;
    let stick = p.sanction_crowding * levers.incentives.sanction * softened;
    let money =
        p.payment_crowding * levers.incentives.payment * (1.0 - p.payment_norm_relief * model.setting.payment_norm);
    let praise = p.recognition * incentive::standing(levers);
    let together = p.cross_professional * levers.engagement.cross_professional;
    let (dose, ownership) = (&course.dose[..n], &course.ownership[..n]);
    let (resourced, rewarded) = (&around.resourced[..n], &around.rewarded[..n]);
    let (in_force, results) = (&around.sanction_in_force[..n], &around.results[..n]);
    let autonomy = &organisation.autonomy[..n];
    let vitality = &mut vitality[..n];
    for i in 0..n {
        let (given, reward) = (resourced[i] * dose[i], rewarded[i] * dose[i]);
        let crowded = nor(stick * in_force[i] * autonomy[i], money * reward);
        let encouraged = nor(praise * reward, together * given);
        let alive = p.vitality * nor(larger(results[i], 0.0) * ownership[i], encouraged);
        crowding[i] = nor(crowding[i], crowded);
        vitality[i] = nor(vitality[i], alive);
    }
}

/// Motivation follows what all programmes together make of it.
#[inline(always)]
pub fn settle(
    p: &Motivation,
    present: &[f32],
    intrinsic: &[f32],
    crowding: &[f32],
    vitality: &[f32],
    motivation: &mut [f32],
) {
    let n = motivation.len();
    let pace = Pace::weeks(p.gain_weeks, p.loss_weeks);
    let (present, intrinsic) = (&present[..n], &intrinsic[..n]);
    let (crowding, vitality) = (&crowding[..n], &vitality[..n]);
    for i in 0..n {
        let target = intrinsic[i] * (1.0 - crowding[i]) + (1.0 - intrinsic[i]) * vitality[i];
        motivation[i] += present[i] * pace.step(motivation[i], target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_alone_people_keep_their_own_motivation_and_trust_comes_back_slowly() {
        let p = Motivation::default();
        let mut motivation = [0.6, 0.6, 0.6];
        let (present, intrinsic, none) = ([1.0, 1.0, 0.0], [0.6; 3], [0.0; 3]);
        settle(&p, &present, &intrinsic, &none, &none, &mut motivation);
        assert_eq!(motivation, [0.6; 3]);
        let crowding = [0.0, 0.5, 0.5];
        for _ in 0..13 {
            settle(&p, &present, &intrinsic, &crowding, &none, &mut motivation);
        }
        let lost = 0.6 - motivation[1];
        assert!((f64::from(lost) - 0.3 * (1.0 - (1.0 - 1.0 / 13.0f64).powi(13))).abs() < 1e-5);
        assert_eq!(motivation[2], 0.6, "an empty post feels nothing");
        for _ in 0..13 {
            settle(&p, &present, &intrinsic, &none, &none, &mut motivation);
        }
        assert!(0.6 - motivation[1] > 0.8 * lost);
    }
}
