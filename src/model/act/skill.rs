//! Skill: whether staff know how.
//!
//! Skill K relaxes to nor(training, coaches and experts, what is picked up from colleagues who do it, what everybody in such
//! a place can do already): learned in months, forgotten in years. Source: patterns P22, P26.

use crate::{
    math::{Pace, nor},
    model::{
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Skill: whether staff know how.
    pub struct Skill {
        /// Time to learn.
        gain_weeks = 12.0, "week", 6.0..52.0, Assumption, "judgement";
        /// Time to forget.
        loss_weeks = 96.0, "week", 26.0..260.0, Assumption, "judgement";
        /// Skill from coaches and experts.
        external_support = 0.50, "share", 0.1..0.9, Assumption, "pattern P22";
        /// Skill picked up from colleagues who do it.
        heard = 0.60, "share", 0.1..0.9, Assumption, "judgement";
    }
}

/// What the programme teaches each person.
#[inline(always)]
pub fn teach(context: &Context, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let p = &context.model.parameters.skill;
    let levers = context.levers;
    let teaching = &mut channels.teaching;
    let n = teaching.len();
    let training = levers.resources.training;
    let coaching = p.external_support * levers.resources.external_support;
    let (contact, dose) = (&around.contact[..n], &course.dose[..n]);
    for i in 0..n {
        let taught = contact[i] * dose[i];
        teaching[i] = nor(training * taught, coaching * taught);
    }
}

/// Where everybody is skilled in improvement already, nobody falls below that.
#[inline(never)]
pub fn bring(context: &Context, channels: &mut Channels) {
    let model = context.model;
    let brought = model.setting.improvement_skill;
    if brought == 0.0 {
        return;
    }
    for teaching in &mut channels.teaching {
        *teaching = nor(*teaching, brought);
    }
}

/// Skill follows teaching and what is picked up from colleagues.
#[inline(always)]
pub fn settle(p: &Skill, present: &[f32], channels: &Channels, example: &[f32], skill: &mut [f32]) {
    let n = skill.len();
    let pace = Pace::weeks(p.gain_weeks, p.loss_weeks);
    let (present, example, teaching) = (&present[..n], &example[..n], &channels.teaching[..n]);
    for i in 0..n {
        let target = nor(teaching[i], p.heard * example[i]);
        skill[i] += present[i] * pace.step(skill[i], target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn who_is_skilled_already_learns_the_rest_and_keeps_what_there_was() {
        let Stage { place, mut channels, .. } = Stage::with(|scenario| scenario.setting.improvement_skill = 0.6);
        channels.teaching[1] = 0.5;
        bring(&place.context(), &mut channels);
        close([channels.teaching[0], channels.teaching[1]], [0.6, 0.8]);
    }

    #[test]
    fn skill_settles_at_what_is_taught_and_is_forgotten_in_years() {
        let p = Skill::default();
        let mut channels = Channels::none(2);
        let mut skill = [0.0, 0.0];
        channels.teaching.fill(0.5);
        for _ in 0..1000 {
            settle(&p, &[1.0; 2], &channels, &[0.0, 1.0], &mut skill);
        }
        assert!((skill[0] - 0.5).abs() < 1e-4);
        assert!((skill[1] - (1.0 - 0.5 * (1.0 - p.heard))).abs() < 1e-4);
        channels.teaching.fill(0.0);
        for _ in 0..104 {
            settle(&p, &[1.0; 2], &channels, &[0.0; 2], &mut skill);
        }
        assert!((f64::from(skill[0]) - 0.5 * (1.0 - 1.0 / 96.0f64).powi(104)).abs() < 1e-4);
    }
}
