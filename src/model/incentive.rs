//! Incentives: pressure from carrots and sticks, and the ritual compliance it breeds.
//!
//! pressure = nor(sanction in force x somebody is looking (measurement or peers), recognition, payment, more where
//! payment is the norm); ritual = pressure x gaming x (1 - (motivation + ownership) / 2): people under pressure who do
//! not care work on the number. Source: the review, challenge 8; patterns P24, P31, P38, P43; Sutton 2010 for payment.

use super::{Model, channels::Channels, course::Course, surroundings::Surroundings};
use crate::{
    math::{nor, nor3, smaller},
    programme::Levers,
    quantities,
};

quantities! {
    /// Incentives: pressure from carrots and sticks, and the ritual compliance it breeds.
    pub struct Incentive {
        /// Pressure from recognition.
        recognition = 0.50, "share", 0.1..0.9, Assumption, "judgement";
        /// Pressure from payment where being paid is not normal.
        payment = 0.5, "share", 0.1..0.9, Calibrated, "fitted to pattern P31";
        /// How much of the rest payment reaches where being paid is normal.
        payment_norm = 0.62, "share", 0.1..1.0, Calibrated, "fitted to payment in general practice +19.9 points (Sutton 2010)";
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
        diversion = 0.0, "share", 0.0..1.0, Assumption, "patterns P38, P43: reporting effort and real effort come out of one day",
            supported 1.0;
    }
}

/// The pressure on each person.
#[inline(always)]
pub fn press(model: &Model, levers: &Levers, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let p = &model.parameters.incentive;
    let pressure = &mut channels.pressure;
    let n = pressure.len();
    let incentives = &levers.incentives;
    let recognition = p.recognition * incentives.recognition;
    let payment = incentives.payment * (p.payment + (1.0 - p.payment) * p.payment_norm * model.setting.payment_norm);
    let (dose, rewarded) = (&course.dose[..n], &around.rewarded[..n]);
    let (in_force, capability) = (&around.sanction_in_force[..n], &around.capability[..n]);
    for i in 0..n {
        let given = rewarded[i] * dose[i];
        pressure[i] = nor3(
            incentives.sanction * in_force[i] * nor(capability[i], incentives.peer_audit),
            recognition * given,
            payment * given,
        );
    }
}

/// Effort that goes into the number is missing from the work itself: will x (1 - diversion x ritual).
#[inline(never)]
pub fn divert(p: &Incentive, channels: &mut Channels) {
    if p.diversion > 0.0 {
        for (will, ritual) in channels.will.iter_mut().zip(&channels.ritual) {
            *will *= 1.0 - p.diversion * ritual;
        }
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

    #[test]
    fn a_day_spent_on_the_number_is_not_spent_on_the_work() {
        let mut channels = Channels::none(2);
        channels.will.fill(0.4);
        channels.ritual.copy_from_slice(&[0.0, 0.5]);
        divert(&Incentive::default(), &mut channels);
        assert_eq!(channels.will, [0.4, 0.4], "neutral");
        divert(&Incentive { diversion: 1.0, ..Incentive::default() }, &mut channels);
        assert_eq!(channels.will, [0.4, 0.2]);
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
}
