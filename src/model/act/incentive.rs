//! Incentives: pressure from carrots and sticks, and the ritual compliance it breeds.
//!
//! pressure = nor(felt sanction in force x somebody is looking (measurement or peers), standing, payment, more where
//! payment is the norm), standing = nor(recognition, development_credit): what everybody who takes part can earn counts
//! as praise does, but singles nobody out (see `ownership` for what prizes for a few do to the rest), felt = sanction x
//! (1 - severity x sanction / 2): the last degree of severity moves people by 1 - severity of what the first does;
//! ritual = pressure x gaming x (1 - (motivation + ownership) / 2): people under pressure who do not care work on the
//! number. What pressure moves is pressure x (1 - own_accord x m). Where a place has joined for show, ritual =
//! nor(ritual, for_show x (1 - authenticity) x live x (1 - (m + O) / 2)). Where payment is the rule, its absence is a
//! loss: crowding = nor(crowding, unpaid x payment norm x clip(1 - payment / fair payment) x live x dose). Source: the
//! review, challenge 8; patterns P24, P31, P38, P43; Sutton 2010 for payment; Nagin 2013 for severity.

use crate::{
    math::{clip, nor, nor3, smaller},
    model::{
        state::{Course, People},
        weekly::{Channels, Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Incentives: pressure from carrots and sticks, and the ritual compliance it breeds.
    pub struct Incentive {
        /// Pressure from recognition.
        recognition = 0.16, "share", 0.05..0.9, Assumption, "judgement";
        /// Pressure from payment where being paid is not normal.
        payment = 0.8, "share", 0.1..0.9, Assumption, "chosen with payment in view (N54)";
        /// How much of the rest payment reaches where being paid is normal.
        payment_norm = 0.62, "share", 0.1..1.0, Assumption, "chosen with payment in general practice +19.9 points (Sutton 2010) in view";
        /// How much open comparison among peers takes the sting out of sanctions.
        peer_audit_softens = 0.65, "share", 0.2..0.9, Assumption, "pattern P38";
        /// Inclination to comply for show under pressure.
        gaming = 0.6, "share", 0.2..0.9, Assumption, "pattern P43";
        /// How much of it open comparison among peers takes away.
        gaming_peer_audit = 0.5, "share", 0.0..0.9, Assumption, "judgement";
        /// Share of it that is there whatever is promised.
        gaming_base = 0.4, "share", 0.1..0.8, Assumption, "judgement";
        /// Ambition at which it is full.
        gaming_ambition = 0.25, "share", 0.1..0.5, Assumption, "judgement";
        /// How much of the effort that goes into the number is missing from the work itself; 0 is neutral.
        diversion = 1.0, "share", 0.0..1.0, Assumption, "patterns P38, P43: reporting effort and real effort come out of one day",
            neutral 0.0;
        /// How much less pressure moves those who are driven by themselves; 0 is neutral.
        own_accord = 0.85, "share", 0.0..1.0, Assumption, "patterns P31, P38: who would do it anyway is not moved by what is at stake",
            neutral 0.0;
        /// How much less the last degree of a sanction's severity moves people than the first; 0 is neutral.
        severity = 0.7, "share", 0.0..1.0, Assumption, "direction: it is the certainty of being found out that deters, hardly the severity (Nagin 2013); size chosen with patterns P38 and P43 in view",
            neutral 0.0;
        /// Motivation crowded out where payment is the rule and does not come; 0 is neutral.
        unpaid = 0.4, "share", 0.0..0.8, Assumption, "direction: reference dependence (Kahneman & Tversky 1979); pattern P31",
            neutral 0.0;
        /// Payment that is taken as fair where payment is the rule.
        fair_payment = 0.5, "share", 0.1..1.0, Assumption, "payment that covers the effort";
        /// Effort that goes into the number where a place has joined for show alone; 0 is neutral.
        for_show = 0.06, "share", 0.0..0.3, Assumption, "pattern P24: those who want to be seen ask for the number",
            neutral 0.0;
    }
}

/// Standing that is to be had: praise and prizes, and what counts as professional development.
pub fn standing(levers: &Levers) -> f32 {
    let recognition = levers.incentives.recognition;
    recognition + (1.0 - recognition) * levers.incentives.development_credit
}

/// The pressure on each person.
#[inline(always)]
pub fn press(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    let p = &model.parameters.incentive;
    let pressure = &mut channels.pressure;
    let n = pressure.len();
    let incentives = &levers.incentives;
    let recognition = p.recognition * standing(levers);
    let payment = incentives.payment * (p.payment + (1.0 - p.payment) * p.payment_norm * model.setting.payment_norm);
    let (dose, rewarded) = (&course.dose[..n], &around.rewarded[..n]);
    let (in_force, capability) = (&around.sanction_in_force[..n], &around.capability[..n]);
    let sanction = felt(p, incentives.sanction);
    for i in 0..n {
        let given = rewarded[i] * dose[i];
        pressure[i] = nor3(
            sanction * in_force[i] * nor(capability[i], incentives.peer_audit),
            recognition * given,
            payment * given,
        );
    }
}

/// What a sanction moves people by: each further degree of severity adds less.
fn felt(p: &Incentive, sanction: f32) -> f32 {
    if p.severity == 0.0 {
        return sanction;
    }
    sanction * (1.0 - 0.5 * p.severity * sanction)
}

/// Effort that goes into the number is missing from the work itself: will x (1 - diversion x ritual).
#[inline(always)]
pub fn divert(context: &Context, channels: &mut Channels) {
    let p = &context.model.parameters.incentive;
    if p.diversion > 0.0 {
        for (will, ritual) in channels.will.iter_mut().zip(&channels.ritual) {
            *will *= 1.0 - p.diversion * ritual;
        }
    }
}

/// Where payment is the rule, work without it is felt as a loss.
#[inline(never)]
pub fn expect_payment(context: &Context, course: &Course, around: &Surroundings, crowding: &mut [f32]) {
    let Context { model, levers, .. } = *context;
    let p = &model.parameters.incentive;
    let missing = clip(1.0 - levers.incentives.payment / p.fair_payment, 0.0, 1.0);
    let loss = p.unpaid * model.setting.payment_norm * missing;
    if loss > 0.0 {
        for (i, crowding) in crowding.iter_mut().enumerate() {
            *crowding = nor(*crowding, loss * around.live[i] * course.dose[i]);
        }
    }
}

/// Who works for show works on the number, and who is driven by themselves is not moved by what is at stake.
#[inline(always)]
pub fn weigh(context: &Context, people: &People, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let model = context.model;
    let p = &model.parameters.incentive;
    let show = p.for_show * (1.0 - model.setting.authenticity);
    if show == 0.0 && p.own_accord == 0.0 {
        return;
    }
    let Channels { pressure, ritual, .. } = channels;
    discount((show, p.own_accord), &people.motivation, &course.ownership, &around.live, pressure, ritual);
}

#[inline(always)]
fn discount(
    (show, own_accord): (f32, f32),
    motivation: &[f32],
    ownership: &[f32],
    live: &[f32],
    pressure: &mut [f32],
    ritual: &mut [f32],
) {
    let n = pressure.len();
    let (motivation, ownership, live, ritual) = (&motivation[..n], &ownership[..n], &live[..n], &mut ritual[..n]);
    for i in 0..n {
        let engaged = 0.5 * (motivation[i] + ownership[i]);
        ritual[i] = nor(ritual[i], show * live[i] * (1.0 - engaged));
        pressure[i] *= 1.0 - own_accord * motivation[i];
    }
}

/// Inclination to comply for show, of everybody in this programme.
pub fn gaming(p: &Incentive, levers: &Levers) -> f32 {
    p.gaming
        * (1.0 - p.gaming_peer_audit * levers.incentives.peer_audit)
        * (p.gaming_base + (1.0 - p.gaming_base) * smaller(1.0, levers.design.ambition / p.gaming_ambition))
}

/// Inclination to comply for show where no programme promises anything.
pub fn gaming_unasked(p: &Incentive) -> f32 {
    p.gaming * p.gaming_base
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn a_day_spent_on_the_number_is_not_spent_on_the_work() {
        let Stage { mut place, mut channels, .. } = Stage::core(|_| ());
        channels.will.fill(0.4);
        (channels.ritual[0], channels.ritual[1]) = (0.0, 0.5);
        divert(&place.context(), &mut channels);
        assert_eq!(channels.will[..2], [0.4, 0.4], "neutral");
        place.model.parameters.incentive.diversion = 1.0;
        divert(&place.context(), &mut channels);
        assert_eq!(channels.will[..2], [0.4, 0.2]);
    }

    #[test]
    fn the_last_degree_of_severity_adds_as_much_less_as_declared() {
        let at = |severity: f32, sanction: f32| felt(&Incentive { severity, ..Incentive::default() }, sanction);
        assert_eq!([0.0, 0.3, 1.0].map(|sanction| at(0.0, sanction)), [0.0, 0.3, 1.0], "neutral");
        let degree = 0.001;
        for severity in [0.4, 1.0] {
            let (first, last) =
                (at(severity, degree) / degree, (at(severity, 1.0) - at(severity, 1.0 - degree)) / degree);
            assert!((first - 1.0).abs() < 2e-3 && (last - (1.0 - severity)).abs() < 2e-3, "{first} {last}");
        }
    }

    #[test]
    fn credit_that_everybody_can_earn_is_standing_as_praise_is() {
        let with = |recognition: f32, credit: f32| {
            let mut levers = Levers::default();
            (levers.incentives.recognition, levers.incentives.development_credit) = (recognition, credit);
            standing(&levers)
        };
        assert_eq!([with(0.0, 0.0), with(0.3, 0.0), with(0.0, 0.3), with(1.0, 1.0)], [0.0, 0.3, 0.3, 1.0]);
        close([with(0.5, 0.5)], [0.75]);
    }

    #[test]
    fn gaming_grows_with_ambition_up_to_its_full_size() {
        let (p, mut levers) = (Incentive::default(), Levers::default());
        levers.incentives.peer_audit = 0.0;
        levers.design.ambition = 0.0;
        assert!((gaming(&p, &levers) - p.gaming * p.gaming_base).abs() < 1e-7);
        levers.design.ambition = p.gaming_ambition;
        assert!((gaming(&p, &levers) - p.gaming).abs() < 1e-7);
        levers.design.ambition = 1.0;
        assert!((gaming(&p, &levers) - p.gaming).abs() < 1e-7);
    }

    #[test]
    fn what_is_at_stake_moves_the_indifferent_and_show_goes_into_the_number() {
        let Stage { place, mut people, mut course, mut around, mut channels, .. } = Stage::with(|scenario| {
            (scenario.parameters.incentive.own_accord, scenario.parameters.incentive.for_show) = (0.5, 0.4);
            scenario.setting.authenticity = 0.5;
        });
        around.live.fill(1.0);
        channels.pressure.fill(0.6);
        (people.motivation[0], course.ownership[0]) = (0.0, 0.0);
        (people.motivation[1], course.ownership[1]) = (1.0, 1.0);
        weigh(&place.context(), &people, &course, &around, &mut channels);
        close([channels.pressure[0], channels.pressure[1], channels.ritual[0]], [0.6, 0.3, 0.2]);
        assert_eq!(channels.ritual[1], 0.0);
    }

    #[test]
    fn no_payment_is_a_loss_only_where_it_is_the_rule() {
        let lost = |norm: f32, payment: f32| {
            let Stage { place, mut course, mut around, mut strain, .. } = Stage::with(|scenario| {
                (scenario.parameters.incentive.unpaid, scenario.setting.payment_norm) = (0.4, norm);
                scenario.programmes[0].levers.incentives.payment = payment;
            });
            (around.live[0], course.dose[0]) = (1.0, 1.0);
            expect_payment(&place.context(), &course, &around, &mut strain.crowding);
            strain.crowding[0]
        };
        close([lost(1.0, 0.0), lost(0.5, 0.25)], [0.4, 0.1]);
        assert_eq!((lost(0.0, 0.0), lost(1.0, 0.5)), (0.0, 0.0));
    }
}
