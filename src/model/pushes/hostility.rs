//! Hostility: founding members of a unit who are against the change.
//!
//! With probability `hostile` the first holder of a frontline post is against it, whatever it is. No case for the
//! solution reaches such a person. Nothing else is special about a hostile majority: a cohesive unit looks to its own
//! and conforms to them, whichever way they go. Those who come later are not hostile but among people who may be.
//! Source: pattern P45 (the resistance clause is weakly supported); sizes assumed.

use crate::model::{
    state::People,
    weekly::{Channels, Context},
};

/// Those who are against it hear no case for it.
#[inline(never)]
pub fn refuse(context: &Context, people: &People, channels: &mut Channels) {
    let model = context.model;
    if model.setting.hostile > 0.0 {
        for (solution, hostile) in channels.solution.iter_mut().zip(&people.hostile) {
            *solution *= 1.0 - hostile;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            begin,
            stage::{LUCK, Stage},
            who::{Organisation, people::newcomer},
        },
        rng::Luck,
    };

    #[test]
    fn the_founders_are_hostile_as_often_as_declared_and_nobody_after_them() {
        let model = Stage::with(|scenario| scenario.setting.hostile = 0.6).place.model;
        let (mut hostile, mut all) = (0.0, 0.0);
        for replicate in 0..40 {
            let organisation = Organisation::draw(&model, Luck { replicate, ..LUCK }, 0);
            hostile += begin::people(&model, &organisation).hostile.iter().sum::<f32>();
            all += organisation.frontline.iter().sum::<f32>();
            for (post, level) in model.layout.people().take(50) {
                assert_eq!(newcomer(&model, &organisation, post, level, 1).hostile, 0.0);
            }
        }
        assert!((hostile / all - 0.6).abs() < 0.02);
    }

    #[test]
    fn only_those_who_are_against_it_hear_no_case() {
        let Stage { place, mut people, mut channels, .. } = Stage::with(|scenario| scenario.setting.hostile = 0.5);
        people.hostile.fill(0.0);
        people.hostile[1] = 1.0;
        channels.solution.fill(0.7);
        refuse(&place.context(), &people, &mut channels);
        assert_eq!(channels.solution[..2], [0.7, 0.0]);
    }
}
