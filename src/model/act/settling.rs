//! Settling: what one has done for years becomes one's usual way.
//!
//! A person's usual practice [log odds] rises by d, and d += (share x max(0, logit H - usual) - d) / weeks, H being habit
//! and `usual` what the person brought, with the tide. It belongs to one programme's practice and to the person: who leaves
//! takes it away, and a newcomer brings a usual way of their own. What people slacken in under strain is not unlearnt, so
//! d never falls below 0. With share 0 (neutral) what is usual stays what people brought.
//! Source: Lally et al. 2010 for habits that come to hold by themselves; patterns P27 and P28; sizes assumed.

use crate::{
    math::{clip, larger, logit, sigmoid},
    model::{
        Model,
        state::{Course, People, Settled},
        weekly::Context,
    },
    quantities,
};

quantities! {
    /// Settling: what one has done for years becomes one's usual way.
    pub struct Settling {
        /// Share of a lasting habit that becomes one's usual way; 0 is neutral.
        share = 0.05, "share", 0.0..0.6, Assumption, "patterns P27, P28: turnover is what erodes; size chosen with N37 in view",
            neutral 0.0;
        /// Time in which it does.
        weeks = 78.0, "week", 26.0..260.0, Assumption, "judgement: years, not months";
    }
}

/// Before the programme begins; nothing where nobody's usual way moves.
pub fn first(model: &Model) -> Option<Settled> {
    let none = || vec![0.0; model.layout.posts];
    (model.parameters.settling.share > 0.0).then(|| Settled { moved: none(), usual_log_odds: none(), usual: none() })
}

/// A newcomer brings a usual way of their own.
pub fn join(course: &mut Course, post: usize) {
    if let Some(settled) = &mut course.settled {
        settled.moved[post] = 0.0;
    }
}

/// One week in which what is habit settles.
#[inline(never)]
pub fn drift(context: &Context, people: &People, course: &mut Course) {
    let model = context.model;
    let tide = context.week.tide;
    let p = &model.parameters.settling;
    let Some(settled) = &mut course.settled else { return };
    for i in 0..settled.moved.len() {
        let brought = people.usual_log_odds[i];
        let ahead = logit(clip(course.habit[i], 0.001, 0.999)) - (brought + tide);
        let moved = &mut settled.moved[i];
        *moved += people.present[i] * (p.share * larger(0.0, ahead) - *moved) / p.weeks;
        settled.usual_log_odds[i] = brought + *moved;
        settled.usual[i] = sigmoid(brought + *moved + tide);
    }
}

/// Usual practice in log odds, and as a share, as it counts for what people do in this programme.
#[inline(always)]
pub fn usual<'a>(people: &'a People, settled: Option<&'a Settled>) -> (&'a [f32], &'a [f32]) {
    match settled {
        Some(settled) => (&settled.usual_log_odds, &settled.usual),
        None => (&people.usual_log_odds, &people.usual),
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
    fn a_lasting_habit_settles_geometrically_and_slackening_does_not() {
        let mut scenario = Scenario::default();
        scenario.parameters.settling.share = 0.5;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let people = begin::people(&model, &organisation);
        let mut course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        course.habit[0] = sigmoid(people.usual_log_odds[0] + 1.0);
        course.habit[1] = sigmoid(people.usual_log_odds[1] - 1.0);
        for _ in 0..78 {
            drift(&Context::of(&model), &people, &mut course);
        }
        let moved = &course.settled.as_ref().unwrap().moved;
        let expected = 0.5 * (1.0 - (1.0 - 1.0 / 78.0f64).powi(78));
        assert!((f64::from(moved[0]) - expected).abs() < 1e-4, "{} {expected}", moved[0]);
        assert_eq!(moved[1], 0.0);
        join(&mut course, 0);
        drift(&Context::of(&model), &people, &mut course);
        assert!(course.settled.as_ref().unwrap().moved[0] < 0.01);
    }

    #[test]
    fn nothing_moves_at_the_neutral_value() {
        assert!(first(&Scenario::core().to_model()).is_none());
    }
}
