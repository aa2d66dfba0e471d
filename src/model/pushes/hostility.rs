//! Hostility: founding members of a unit who are against the change.
//!
//! With probability `hostile` the first holder of a frontline post is against it, whatever it is. No case for the solution
//! reaches such a person. Nothing else is special about a hostile majority: a cohesive unit looks to its own and conforms
//! to them, whichever way they go. Those who come later are not hostile but among people who may be. Source: pattern P45 (the resistance clause is weakly supported); sizes assumed.

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
            weekly::Context,
            who::{Organisation, people::newcomer},
        },
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn the_founders_are_hostile_as_often_as_declared_and_nobody_after_them() {
        let mut scenario = Scenario::default();
        scenario.setting.hostile = 0.6;
        let model = scenario.to_model();
        let (mut hostile, mut all) = (0.0, 0.0);
        for replicate in 0..40 {
            let organisation = Organisation::draw(&model, Luck { seed: 1, replicate }, 0);
            let people = begin::people(&model, &organisation);
            hostile += people.hostile.iter().sum::<f32>();
            all += organisation.frontline.iter().sum::<f32>();
            for (post, level) in model.layout.people().take(50) {
                assert_eq!(newcomer(&model, &organisation, post, level, 1).hostile, 0.0);
            }
        }
        assert!((hostile / all - 0.6).abs() < 0.02);
    }

    #[test]
    fn only_those_who_are_against_it_hear_no_case() {
        let mut scenario = Scenario::default();
        scenario.setting.hostile = 0.5;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let mut people = begin::people(&model, &organisation);
        people.hostile.fill(0.0);
        people.hostile[1] = 1.0;
        let mut channels = Channels::none(model.layout.posts);
        channels.solution.fill(0.7);
        refuse(&Context::of(&model), &people, &mut channels);
        assert_eq!(channels.solution[..2], [0.7, 0.0]);
    }
}
