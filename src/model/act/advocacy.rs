//! Advocacy: opinion leaders argue as hard as they believe.
//!
//! Opinion leaders whom a programme asks to speak for it do so as far as they believe in it: what they show and say counts by
//! 1 - conviction x lever x contact x (1 - S), S being their own solution belief. With conviction 0 (neutral) who is asked
//! speaks. Source: pattern P04 (respected colleagues do not rescue what is contested); size assumed.

use crate::{
    model::{
        state::{Course, People},
        weekly::Context,
    },
    quantities,
};

quantities! {
    /// Advocacy: opinion leaders argue as hard as they believe.
    pub struct Advocacy {
        /// How far opinion leaders who were asked to speak keep quiet as long as they are not convinced; 0 is neutral.
        conviction = 0.0, "share", 0.0..0.8, Assumption, "pattern P04: respected colleagues do not rescue what they doubt",
            supported 0.5;
    }
}

/// Opinion leaders who are not convinced keep quiet.
#[inline(never)]
pub fn speak(context: &Context, people: &People, course: &mut Course) {
    let Context { model, levers, .. } = *context;
    let quiet = model.parameters.advocacy.conviction * levers.persuasion.opinion_leaders;
    if quiet == 0.0 || !course.touched {
        return;
    }
    for (post, shown) in course.shown.iter_mut().enumerate().filter(|(post, _)| people.opinion_leader[*post] > 0.0) {
        let place = model.layout.unit(post).unwrap_or(model.layout.units);
        *shown *= 1.0 - quiet * course.sight.contact[place] * (1.0 - course.solution[post]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{begin, state::Shown, weekly::Context, who::Organisation},
        programme::Levers,
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn who_doubts_keeps_quiet_and_who_believes_or_was_not_asked_does_not() {
        let mut scenario = Scenario::default();
        scenario.parameters.advocacy.conviction = 0.8;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let mut people = begin::people(&model, &organisation);
        let mut course = begin::course(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        let mut levers = Levers::default();
        levers.persuasion.opinion_leaders = 1.0;
        course.touched = true;
        course.sight.contact.fill(1.0);
        people.opinion_leader.fill(0.0);
        people.opinion_leader[..2].fill(1.0);
        course.solution[..3].copy_from_slice(&[0.5, 1.0, 0.0]);
        course.shown[..3].fill(Shown::from([1.0; 4]));
        speak(&Context { levers: &levers, ..Context::of(&model) }, &people, &mut course);
        let heard: Vec<f32> = course.shown[..3].iter().map(|shown| shown.to_array()[0]).collect();
        assert!((heard[0] - 0.6).abs() < 1e-6 && heard[1..] == [1.0, 1.0]);
    }
}
