//! Distance: how far the new practice lies from what people do now.
//!
//! With distance d and x = 2d (1 at a middling distance): min(1, 2x / (1 + x)) as much can be changed, for what is done
//! already leaves nothing to gain, and what is far has no more to give than what is middling; ways must be unlearned,
//! difficulty becomes clip(difficulty + unlearning (d - 1/2)); doing it takes x times the attention until it is habit;
//! and what goes with the grain is believed in sooner, the case made by its fit (see `belief`) counting 2 - x times. At
//! d = 1/2 all this is the same as without. What is disputed and left out can gain nothing: with evidence e and
//! left_out o, all that can change is multiplied by 1 - given_up o (1 - e), while what stays is as agreed as `belief`
//! says. With o = 0 nothing is given up.
//! Source: patterns P05 (the review, challenge 2: with the grain, but not too near it) and P04 (a disputed element
//! dropped from the second phase); sizes assumed.

use crate::{
    math::{clip, smaller},
    programme::Levers,
    quantities,
};

quantities! {
    /// Distance: how far the new practice lies from what people do now.
    pub struct Distance {
        /// Difficulty of unlearning, from what is done already to what is wholly new.
        unlearning = 0.9, "share", 0.0..1.0, Assumption, "pattern P05";
        /// Gain that is given up with what is disputed, were all of the content disputed.
        given_up = 0.6, "share", 0.0..1.0, Assumption, "judgement: what is disputed is worth less than what is agreed, not nothing";
    }
}

/// How much can be changed, against a middling distance and all of the content.
pub fn potential(p: &Distance, levers: &Levers) -> f32 {
    let x = 2.0 * levers.design.distance;
    smaller(1.0, 2.0 * x / (1.0 + x)) * kept(p, levers)
}

/// What can be gained without what is disputed and left out.
fn kept(p: &Distance, levers: &Levers) -> f32 {
    1.0 - p.given_up * levers.design.left_out * (1.0 - levers.design.evidence)
}

/// How hard it is without skill, what must be unlearned included.
pub fn difficulty(p: &Distance, levers: &Levers) -> f32 {
    clip(levers.design.difficulty + p.unlearning * (levers.design.distance - 0.5), 0.0, 1.0)
}

/// How much attention it takes before it is habit, against a middling distance.
pub fn attention(levers: &Levers) -> f32 {
    2.0 * levers.design.distance
}

/// How far it goes with the grain, against a middling distance.
pub fn grain(levers: &Levers) -> f32 {
    2.0 * (1.0 - levers.design.distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_middling_distance_changes_nothing_to_the_last_bit() {
        let (p, mut levers) = (Distance::default(), Levers::default());
        assert_eq!((potential(&p, &levers), grain(&levers), attention(&levers)), (1.0, 1.0, 1.0));
        for difficulty_of_it in [0.0, 0.1, 0.4, 1.0] {
            levers.design.difficulty = difficulty_of_it;
            assert_eq!(difficulty(&p, &levers), difficulty_of_it);
        }
    }

    #[test]
    fn what_is_done_already_gains_nothing_and_what_is_wholly_new_must_be_unlearned() {
        let (p, mut levers) = (Distance::default(), Levers::default());
        levers.design.distance = 0.0;
        assert_eq!((potential(&p, &levers), attention(&levers), grain(&levers)), (0.0, 0.0, 2.0));
        assert!(difficulty(&p, &levers) < levers.design.difficulty);
        levers.design.distance = 1.0;
        assert_eq!((potential(&p, &levers), attention(&levers), grain(&levers)), (1.0, 2.0, 0.0));
        assert!((difficulty(&p, &levers) - (levers.design.difficulty + 0.5 * p.unlearning)).abs() < 1e-6);
    }

    #[test]
    fn what_is_left_out_gains_nothing_and_what_nobody_disputes_cannot_be_left_out() {
        let (p, mut levers) = (Distance::default(), Levers::default());
        (levers.design.evidence, levers.design.left_out) = (0.25, 1.0);
        let kept = 1.0 - p.given_up * 0.75;
        assert!((potential(&p, &levers) - kept).abs() < 1e-6);
        levers.design.evidence = 1.0;
        assert_eq!(potential(&p, &levers), 1.0);
    }
}
