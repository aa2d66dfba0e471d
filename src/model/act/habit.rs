//! Habit: what was done often enough to be done without thinking.
//!
//! Habit H relaxes to practice, in 20 weeks up and 30 weeks down; it is stepped together with practice, which it pulls
//! by `habit_weight (H - usual practice)`. A habit is cued by its surroundings: a unit is used to support r, and
//! r += (s - r) / cue_weeks with s = max(resources at work, embedding); where s falls short of r, habit counts by
//! 1 - cued x (r - s) x (r - s), until it has been relearnt under less: a small change goes unnoticed, a great one breaks habits. With cued 0 (neutral) habits hold wherever they were learnt.
//! Source: pattern P42; Gerber 2014 for the loss; Wood, Tam & Witt 2005 for habits that break where their context does.

use crate::{
    math::larger,
    model::{
        Model,
        state::{Course, People},
        weekly::{Context, Surroundings},
    },
    quantities,
};

quantities! {
    /// Habit: what was done often enough to be done without thinking.
    pub struct Habit {
        /// Time to gain a habit.
        gain_weeks = 7.5, "week", 0.9..20.0, Assumption, "a median of 66 days to 95 % of the plateau, 18 to 254 (Lally 2010), is a time constant of 0.9 to 12 weeks";
        /// Time to lose it.
        loss_weeks = 9.0, "week", 4.0..52.0, Assumption, "chosen with feedback withdrawn in view (N37)";
        /// How much of a habit depends on the support under which it was learnt; 0 is neutral.
        cued = 0.8, "share", 0.0..1.0, Assumption, "direction: Wood, Tam & Witt 2005; pattern P42",
            neutral 0.0;
        /// Time in which people get used to more or less support.
        cue_weeks = 26.0, "week", 8.0..78.0, Assumption, "judgement: about as long as a habit takes";
    }
}

/// Support that units are used to before there is any; empty where habits do not depend on it.
pub fn first(model: &Model) -> Vec<f32> {
    if model.parameters.habit.cued > 0.0 { vec![0.0; model.layout.units + 1] } else { Vec::new() }
}

/// One week in which units get used to the support there is.
#[inline(never)]
pub fn get_used(context: &Context, course: &mut Course) {
    let model = context.model;
    let weeks = model.parameters.habit.cue_weeks;
    let sight = &course.sight;
    for (place, used_to) in course.used_to.iter_mut().enumerate() {
        *used_to += (larger(sight.resourced[place], sight.embedding[place]) - *used_to) / weeks;
    }
}

/// How far habit counts in a unit, or the management where `unit` is none, with the support there is now.
pub fn counts(model: &Model, course: &Course, unit: Option<usize>) -> f32 {
    let place = unit.unwrap_or(model.layout.units);
    let now = larger(course.sight.resourced[place], course.sight.embedding[place]);
    let lost = course.used_to.get(place).map_or(0.0, |used_to| larger(0.0, used_to - now));
    1.0 - model.parameters.habit.cued * lost * lost
}

/// Where support has gone, the pull of habit [log odds] is weaker: what is missing is taken off the other pushes.
#[inline(never)]
pub fn displace(context: &Context, people: &People, course: &Course, around: &mut Surroundings) {
    let model = context.model;
    if course.used_to.is_empty() {
        return;
    }
    let weight = model.parameters.practice.habit_weight;
    let (_, usual) = super::settling::usual(people, course.settled.as_ref());
    for (i, push) in around.backing.iter_mut().enumerate() {
        let missing = 1.0 - counts(model, course, model.layout.unit(i));
        *push -= weight * missing * (course.habit[i] - usual[i]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        math::Pace,
        model::{begin, weekly::Context, who::Organisation},
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn half_of_a_habit_is_gone_after_about_five_months_without_the_practice() {
        let p = Habit { loss_weeks: 30.0, ..Habit::default() };
        let pace = Pace::weeks(p.gain_weeks, p.loss_weeks);
        let mut habit = 1.0;
        let mut weeks = 0;
        while habit > 0.5 {
            habit += pace.step(habit, 0.0);
            weeks += 1;
        }
        // ln 2 / -ln(1 - 1/30) = 20.4
        assert_eq!(weeks, 21);
    }

    /// After years of full support it is gone at once, or by half: ln 2 x 26 weeks are 18.
    #[test]
    fn habits_break_where_support_stops_and_less_where_it_fades() {
        let mut scenario = Scenario::default();
        scenario.parameters.habit.cued = 0.6;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let people = begin::people(&model, &organisation);
        let mut course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        course.used_to.fill(1.0);
        assert!((counts(&model, &course, Some(0)) - 0.4).abs() < 1e-6);
        course.sight.resourced.fill(0.5);
        assert!((counts(&model, &course, Some(0)) - 0.85).abs() < 1e-6);
        course.sight.resourced.fill(0.0);
        for _ in 0..18 {
            get_used(&Context::of(&model), &mut course);
        }
        assert!((counts(&model, &course, Some(0)) - 0.85).abs() < 0.01);
        course.sight.embedding.fill(1.0);
        assert_eq!(counts(&model, &course, Some(0)), 1.0, "procedures keep the cues in place");
    }
}
