//! Sharing: on whom in a unit the work of programmes falls.
//!
//! load of a person = (1 - s) x own load + s x load of the unit x own will / will of the unit, s being `to_the_willing`. The
//! load of a unit stays what it is; where few are willing it falls on those few. With s = 0 (neutral) everybody bears what
//! reaches them. Source: pattern P41 (the review: work concentrates on the most committed, who burn out); the patterns
//! support a value well above 0, about 0.5.

use crate::{
    model::{
        state::People,
        weekly::{Channels, Context},
    },
    quantities,
};

quantities! {
    /// Sharing: on whom in a unit the work of programmes falls.
    pub struct Sharing {
        /// Share of the work that falls on people in proportion to their will; 0 is neutral.
        to_the_willing = 0.0, "share", 0.0..1.0, Assumption, "pattern P41 for the direction",
            supported 0.5;
    }
}

/// The work of each unit falls on the willing.
#[inline(never)]
pub fn fall(context: &Context, people: &People, channels: &Channels, load: &mut [f32]) {
    let model = context.model;
    let share = model.parameters.sharing.to_the_willing;
    if share == 0.0 {
        return;
    }
    for unit in 0..model.layout.units {
        let posts = model.layout.frontline(unit);
        let sum = |column: &[f32]| posts.clone().map(|post| people.present[post] * column[post]).sum::<f32>();
        let (work, will) = (sum(load), sum(&channels.will));
        if will > 0.0 {
            for post in posts {
                load[post] = (1.0 - share) * load[post] + share * work * channels.will[post] / will;
            }
        }
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
    fn the_work_stays_and_falls_on_the_one_who_is_willing() {
        let mut scenario = Scenario::default();
        scenario.parameters.sharing.to_the_willing = 0.5;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let people = begin::people(&model, &organisation);
        let mut channels = Channels::none(model.layout.posts);
        channels.will[3] = 0.2;
        let mut load = vec![0.1; model.layout.posts];
        fall(&Context::of(&model), &people, &channels, &mut load);
        let staff = model.layout.frontline(0).len() as f32;
        assert!((load[3] - (0.05 + 0.5 * 0.1 * staff)).abs() < 1e-5);
        let all: f32 = model.layout.frontline(0).map(|post| load[post]).sum();
        assert!((all - 0.1 * staff).abs() < 1e-4);
        assert_eq!(load[model.layout.member(1, 1)], 0.1, "nobody is willing there");
    }
}
