//! Carryover: what one programme leaves behind that helps the next.
//!
//! What is taught becomes nor(taught, skill x best skill from other programmes x contact): who has learnt to improve one
//! thing learns the next sooner. The case for the solution becomes nor(case, confidence x success x contact), success =
//! clip(true lift in other programmes / result_scale) of the own unit, there for all to see: mastery breeds confidence. (What
//! failure leaves is cynicism.) With both at 0 (neutral) programmes share people's feelings alone.
//! Source: Bandura 1977 for mastery and confidence; pattern P15 (a second programme does better after a modest success); sizes assumed.

use crate::{
    math::{clip, larger, nor},
    model::{
        Model,
        state::Course,
        weekly::{Channels, Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Carryover: what one programme leaves behind that helps the next.
    pub struct Carryover {
        /// Share of skill in one programme that serves another; 0 is neutral.
        skill = 0.5, "share", 0.0..0.8, Assumption, "pattern P15: methods of improvement are common to programmes, their content is not",
            neutral 0.0;
        /// Case for the solution made by another programme's success in the own unit; 0 is neutral.
        confidence = 0.4, "share", 0.0..0.8, Assumption, "direction: Bandura 1977; pattern P15",
            neutral 0.0;
    }
}

/// What everybody has learnt in other programmes, and what these have come to.
#[derive(Clone, Debug)]
pub struct Elsewhen {
    skill: Vec<f32>,
    success: Vec<f32>,
}

impl Elsewhen {
    /// Nothing learnt.
    pub fn none(model: &Model) -> Self {
        Self { skill: vec![0.0; model.layout.posts], success: vec![0.0; model.layout.units + 1] }
    }

    /// Recalls all programmes but `number`.
    #[inline(never)]
    pub fn recall(&mut self, context: &Context, courses: &[Course]) {
        let Context { model, number, .. } = *context;
        let p = &model.parameters.carryover;
        if courses.len() < 2 || (p.skill == 0.0 && p.confidence == 0.0) {
            return;
        }
        let scale = model.parameters.measurement.result_scale;
        self.skill.fill(0.0);
        self.success.fill(0.0);
        for (_, course) in courses.iter().enumerate().filter(|(other, course)| *other != number && course.touched) {
            for (most, skill) in self.skill.iter_mut().zip(&course.skill) {
                *most = larger(*most, *skill);
            }
            let lifts = course.sight.true_lift.iter().zip(&course.sight.reached);
            for (most, (lift, reached)) in self.success.iter_mut().zip(lifts) {
                *most = larger(*most, clip(lift / scale, 0.0, 1.0) * reached);
            }
        }
    }

    /// What is remembered helps the programme that people are in contact with.
    #[inline(never)]
    pub fn help(&self, context: &Context, around: &Surroundings, channels: &mut Channels) {
        let model = context.model;
        let p = &model.parameters.carryover;
        if model.programmes.len() < 2 || (p.skill == 0.0 && p.confidence == 0.0) {
            return;
        }
        for (i, contact) in around.contact.iter().enumerate() {
            let place = model.layout.unit(i).unwrap_or(model.layout.units);
            channels.teaching[i] = nor(channels.teaching[i], p.skill * self.skill[i] * contact);
            channels.solution[i] = nor(channels.solution[i], p.confidence * self.success[place] * contact);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn a_skilled_and_successful_ward_starts_the_next_programme_ahead() {
        let Stage { place, mut course, mut around, mut channels, .. } = Stage::with(|scenario| {
            (scenario.parameters.carryover.skill, scenario.parameters.carryover.confidence) = (0.5, 0.4);
            scenario.programmes.push(scenario.programmes[0].clone());
        });
        let next = course.clone();
        course.touched = true;
        course.skill[0] = 0.8;
        course.sight.reached[0] = 1.0;
        course.sight.true_lift[0] = 0.5 * place.model.parameters.measurement.result_scale;
        let courses = [course, next];
        around.contact.fill(1.0);
        channels.teaching[0] = 0.5;
        let mut elsewhen = Elsewhen::none(&place.model);
        elsewhen.recall(&Context { number: 1, ..place.context() }, &courses);
        elsewhen.help(&place.context(), &around, &mut channels);
        // 1 - 0.5 x 0.6 and 0.4 x half a clear result.
        close([channels.teaching[0], channels.solution[0]], [0.7, 0.2]);
        // Nobody learns from the very programme they are in.
        let mut channels = Channels::none(place.model.layout.posts);
        elsewhen.recall(&place.context(), &courses);
        elsewhen.help(&place.context(), &around, &mut channels);
        assert_eq!((channels.teaching[0], channels.solution[0]), (0.0, 0.0));
    }
}
