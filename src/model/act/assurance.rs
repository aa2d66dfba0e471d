//! Assurance: a number that can be checked cannot be made up.
//!
//! What a unit works on the number instead of the care shows in it only as far as nobody can tell: its ritual counts as
//! ritual x (1 - assured x D), D being the means to measure: definitions that hold, data that are sampled and audited. The
//! effort that goes into the number is spent all the same. With assured 0 (neutral) any number can be made up.
//! Source: the review, challenge 3 (quality assurance of data); pattern P10 (without the means to measure the number moves
//! more than the care), P24 (weak measures are gamed most); size assumed.

use crate::{
    model::{state::Course, weekly::Context},
    quantities,
};

quantities! {
    /// Assurance: a number that can be checked cannot be made up.
    pub struct Assurance {
        /// How much of what is made up full means to measure find out; 0 is neutral.
        assured = 0.3, "share", 0.0..1.0, Assumption, "patterns P10, P24: audits find part of it",
            neutral 0.0;
    }
}

/// What can be checked is not reported better than it is.
#[inline(never)]
pub fn check(context: &Context, course: &mut Course) {
    let model = context.model;
    let assured = model.parameters.assurance.assured;
    if assured == 0.0 {
        return;
    }
    for (ritual, capability) in course.ritual.iter_mut().zip(&course.capability) {
        *ritual *= 1.0 - assured * capability;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn only_what_nobody_can_check_is_made_up() {
        let made_up = |assured: f32, capability: f32| {
            let Stage { place, mut course, .. } =
                Stage::with(|scenario| scenario.parameters.assurance.assured = assured);
            course.ritual.fill(0.2);
            course.capability.fill(capability);
            check(&place.context(), &mut course);
            course.ritual[0]
        };
        assert_eq!([made_up(0.0, 1.0), made_up(1.0, 0.0), made_up(1.0, 1.0)], [0.2, 0.2, 0.0]);
        close([made_up(0.5, 0.5)], [0.15]);
    }
}
