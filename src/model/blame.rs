//! Blame: what fear does to numbers, to those who are told, and to those who might try.
//!
//! Problems are hidden: what a unit reports is as if its staff spent hide x blame of their effort on the number, or-ed with
//! ritual compliance, and its feedback is trusted the less. Critical feedback frightens: motivation crowded out becomes
//! nor(crowding, fear x blame x feedback x visible gap). Nobody wants to be the first: will x (1 - caution x blame x
//! (1 - colleagues' example)). Where nobody is blamed (the setting's default) nothing of this is there.
//! Source: pattern P23 (the review, challenge 5: capacity for learning; feedback without blame); sizes assumed.

use super::{Model, channels::Channels, course::Course, surroundings::Surroundings};
use crate::{math::nor, quantities};

quantities! {
    /// Blame: what fear does to numbers, to those who are told, and to those who might try.
    pub struct Blame {
        /// How much of the distance to a perfect number is hidden under full blame.
        hide = 0.5, "share", 0.0..0.9, Assumption, "pattern P23: problems are concealed";
        /// Motivation that critical feedback crowds out under full blame.
        fear = 0.6, "share", 0.0..0.9, Assumption, "pattern P23: feedback helps only where blame is low";
        /// How much of the will waits for others to go first.
        caution = 0.3, "share", 0.0..0.8, Assumption, "pattern P23: fear of risk";
    }
}

/// Critical feedback frightens where blame follows.
#[inline(never)]
pub fn frighten(model: &Model, around: &Surroundings, crowding: &mut [f32]) {
    let fear = model.parameters.blame.fear * model.setting.blame;
    if fear > 0.0 {
        for (i, crowding) in crowding.iter_mut().enumerate() {
            *crowding = nor(*crowding, fear * around.feedback[i] * around.gap[i]);
        }
    }
}

/// Nobody wants to be the first where blame follows.
#[inline(never)]
pub fn hesitate(model: &Model, example: &[f32], channels: &mut Channels) {
    let caution = model.parameters.blame.caution * model.setting.blame;
    if caution > 0.0 {
        for (will, example) in channels.will.iter_mut().zip(example) {
            *will *= 1.0 - caution * (1.0 - example);
        }
    }
}

/// Units hide problems where blame follows.
#[inline(never)]
pub fn hide(model: &Model, course: &mut Course) {
    let hidden = model.parameters.blame.hide * model.setting.blame;
    if hidden > 0.0 {
        for (ritual, reached) in course.ritual.iter_mut().zip(&course.reached) {
            *ritual = nor(*ritual, hidden * reached);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn fear_needs_both_blame_and_something_to_be_blamed_for() {
        let mut scenario = Scenario::default();
        let (mut around, mut crowding) = (Surroundings::none(3), vec![0.0; 3]);
        around.feedback.copy_from_slice(&[1.0, 1.0, 0.0]);
        around.gap.copy_from_slice(&[1.0, 0.0, 1.0]);
        frighten(&Model::new(&scenario), &around, &mut crowding);
        assert_eq!(crowding, [0.0; 3], "nobody is blamed");
        scenario.setting.blame = 0.5;
        let model = Model::new(&scenario);
        frighten(&model, &around, &mut crowding);
        assert!((crowding[0] - 0.5 * model.parameters.blame.fear).abs() < 1e-6);
        assert_eq!(crowding[1..], [0.0; 2]);
    }

    #[test]
    fn who_sees_others_go_first_does_not_wait() {
        let mut scenario = Scenario::default();
        scenario.setting.blame = 1.0;
        let model = Model::new(&scenario);
        let mut channels = Channels::none(2);
        channels.will.fill(0.4);
        hesitate(&model, &[0.0, 1.0], &mut channels);
        assert!((channels.will[0] - 0.4 * (1.0 - model.parameters.blame.caution)).abs() < 1e-6);
        assert_eq!(channels.will[1], 0.4);
    }
}
