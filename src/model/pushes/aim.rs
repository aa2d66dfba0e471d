//! Aim: how well people know what the programme is after.
//!
//! error e of a person [share of effort] = widest x (1 - clarity) x own reading, even in [0, 1]; each week e -=
//! nor(work x contact, feedback) x e / weeks: doing the work and seeing figures settle what it is about. Of a person's
//! will W only W (1 - e) goes into the target. A newcomer reads the programme afresh. With clarity 1 nobody errs.
//! Source: pattern P06 (the review, challenge 2: aims, terms and roles settled during the programme); sizes assumed.

use crate::{
    math::nor,
    model::{
        Model,
        state::Course,
        weekly::{Channels, Context, Surroundings},
        who::Organisation,
    },
    quantities,
    rng::Process,
};

quantities! {
    /// Aim: how well people know what the programme is after.
    pub struct Aim {
        /// Share of effort that misses the target, at most, where nothing is said about it.
        widest = 0.9, "share", 0.3..1.0, Assumption, "judgement";
        /// Time in which the work itself, done every day, settles what it is about.
        weeks = 40.0, "week", 8.0..156.0, Assumption, "judgement";
        /// How much doing the work settles, against figures that everybody sees.
        work = 0.5, "share", 0.0..1.0, Assumption, "judgement";
    }
}

/// Share of everybody's effort that misses as programme `number` begins; empty where all is clear.
pub fn first(model: &Model, organisation: &Organisation, number: usize) -> Vec<f32> {
    if model.programmes[number].levers.design.clarity == 1.0 {
        return Vec::new();
    }
    let mut error = vec![0.0; model.layout.posts];
    for (post, _) in model.layout.people() {
        error[post] = reading(model, organisation, number, post, 0);
    }
    error
}

/// How the `holder`-th holder of a post reads the programme.
fn reading(model: &Model, organisation: &Organisation, number: usize, post: usize, holder: u32) -> f32 {
    let p = &model.parameters.aim;
    let when = (u64::from(holder) << 32) | number as u64;
    let own = organisation.luck.draws(Process::Aim, organisation.number, post as u32, when).uniform();
    p.widest * (1.0 - model.programmes[number].levers.design.clarity) * own
}

/// A new holder of a post reads the programme afresh.
pub fn join(model: &Model, organisation: &Organisation, number: usize, post: usize, holder: u32, course: &mut Course) {
    if !course.aim_error.is_empty() {
        course.aim_error[post] = reading(model, organisation, number, post, holder);
    }
}

/// Part of everybody's will misses the target, and what it is about gets clearer.
#[inline(never)]
pub fn miss(context: &Context, course: &mut Course, around: &Surroundings, channels: &mut Channels) {
    let model = context.model;
    let p = &model.parameters.aim;
    for (i, error) in course.aim_error.iter_mut().enumerate() {
        channels.will[i] -= channels.will[i] * *error;
        *error -= nor(p.work * around.contact[i], around.feedback[i]) * *error / p.weeks;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Place, Stage, close};

    fn clear(clarity: f32) -> Stage {
        Stage::with(|scenario| scenario.programmes[0].levers.design.clarity = clarity)
    }

    #[test]
    fn what_is_half_clear_is_missed_by_as_much_as_declared() {
        let Stage { place: Place { model, .. }, course, .. } = clear(0.5);
        let p = &model.parameters.aim;
        let errors: Vec<f32> = model.layout.people().map(|(post, _)| course.aim_error[post]).collect();
        assert!(errors.iter().all(|error| (0.0..=0.5 * p.widest).contains(error)));
        // Even readings have a mean of one half; 1/sqrt(12 n) is the standard error of it.
        let n = errors.len() as f32;
        let mean = errors.iter().sum::<f32>() / n / (0.5 * p.widest);
        assert!((mean - 0.5).abs() < 4.0 / (12.0 * n).sqrt(), "{mean}");
    }

    #[test]
    fn effort_misses_and_the_aim_settles_geometrically() {
        let Stage { place, mut course, mut around, mut channels, .. } = clear(0.0);
        around.contact.fill(1.0);
        let first = course.aim_error[0];
        channels.will.fill(0.5);
        miss(&place.context(), &mut course, &around, &mut channels);
        close([channels.will[0]], [0.5 * (1.0 - first)]);
        for _ in 0..39 {
            miss(&place.context(), &mut course, &around, &mut channels);
        }
        let left = f64::from(first) * (1.0 - 0.5 / 40.0f64).powi(40);
        assert!((f64::from(course.aim_error[0]) - left).abs() < 1e-5);
    }

    #[test]
    fn nobody_errs_where_all_is_clear() {
        assert!(clear(1.0).course.aim_error.is_empty());
    }
}
