//! Other care: what overload and chasing a number do to everything else.
//!
//! Q relaxes to clip(1 - overload x max(0, mean fatigue - rest - bearable) x (1 - vigilance / 2) - displacement), where
//! displacement = sanction in force x chasing the sanctioned number, less where side effects are watched for.
//! Source: the review, challenge 10; patterns P14, P20.

use crate::{
    math::{clip, larger},
    model::{state::Course, weekly::Context},
    quantities,
};

quantities! {
    /// Other care: what overload and chasing a number do to everything else.
    pub struct Care {
        /// Time in which other care follows.
        weeks = 10.0, "week", 4.0..30.0, Assumption, "judgement";
        /// Harm per fatigue beyond what can be borne.
        overload = 1.0, "times", 0.2..2.0, Assumption, "pattern P20";
        /// Fatigue beyond rest that can be borne.
        bearable = 0.08, "share", 0.0..0.2, Assumption, "judgement";
        /// How much of the overload harm vigilance prevents.
        vigilance = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Harm from chasing the sanctioned number.
        displacement = 0.15, "share", 0.0..0.5, Assumption, "pattern P20";
    }
}

/// What one programme does to other care: displacement by the sanctioned number, and vigilance against side effects.
#[inline(always)]
pub fn side_effects(context: &Context, course: &Course, displaced: &mut [f32], watched: &mut [f32]) {
    let Context { model, programme, moment, .. } = *context;
    let (p, levers) = (&model.parameters.care, &programme.levers);
    let softened = 1.0 - model.parameters.incentive.peer_audit_softens * levers.incentives.peer_audit;
    let vigilance = levers.safeguards.vigilance;
    let chased = levers.incentives.sanction * softened * p.displacement * (1.0 - vigilance);
    for unit in 0..model.layout.units {
        let in_force = moment.in_force(course.sight.live[unit], course.sight.reached[unit]);
        displaced[unit] = larger(displaced[unit], chased * in_force);
        watched[unit] = larger(watched[unit], vigilance * course.sight.resourced[unit]);
    }
}

/// Other care of a unit follows the fatigue of its staff and what is displaced.
#[inline(always)]
pub fn settle(p: &Care, rest: f32, fatigue: f32, displaced: f32, watched: f32, care: f32) -> f32 {
    let overload = p.overload * larger(0.0, fatigue - rest - p.bearable);
    let target = clip(1.0 - overload * (1.0 - p.vigilance * watched) - displaced, 0.0, 1.0);
    care + (target - care) / p.weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn care_is_whole_while_load_is_bearable_and_settles_where_it_must() {
        let p = Care::default();
        assert_eq!(settle(&p, 0.3, 0.3 + p.bearable, 0.0, 0.0, 1.0), 1.0);
        let mut care = 1.0;
        for _ in 0..500 {
            care = settle(&p, 0.3, 0.3 + p.bearable + 0.2, 0.1, 0.0, care);
        }
        assert!((care - 0.7).abs() < 1e-4);
    }
}
