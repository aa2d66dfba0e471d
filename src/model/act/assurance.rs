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
        assured = 0.0, "share", 0.0..1.0, Assumption, "patterns P10, P24: audits find part of it",
            supported 0.3;
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
    use crate::{
        model::{begin, weekly::Context, who::Organisation},
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn only_what_nobody_can_check_is_made_up() {
        let mut scenario = Scenario::default();
        let mut made_up = |assured: f32, capability: f32| {
            scenario.parameters.assurance.assured = assured;
            let model = scenario.to_model();
            let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
            let people = begin::people(&model, &organisation);
            let mut course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
            course.ritual.fill(0.2);
            course.capability.fill(capability);
            check(&Context::of(&model), &mut course);
            course.ritual[0]
        };
        assert_eq!([made_up(0.0, 1.0), made_up(1.0, 0.0), made_up(1.0, 1.0)], [0.2, 0.2, 0.0]);
        assert!((made_up(0.5, 0.5) - 0.15).abs() < 1e-6);
    }
}
