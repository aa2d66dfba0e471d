//! Erosion: what being driven leaves behind once nobody drives any more.
//!
//! The share e of a person's own motivation that has been worn away grows while something else drives the person and heals
//! in years: e += rate x crowding x (1 - e) - e / heal_weeks. Motivation is crowded out by it as by the drive itself,
//! crowding = nor(crowding, e), so that a withdrawn stick or carrot is still felt. It goes with the person who leaves.
//! With rate 0 (neutral) motivation comes back in full. Source: Deci, Koestner & Ryan 1999 (free-choice motivation after
//! reward -0.28 to -0.40 standard deviations), by which a rate of about 0.003 a week is supported; pattern P38.

use crate::{
    math::nor,
    model::{Model, state::People},
    quantities,
};

quantities! {
    /// Erosion: what being driven leaves behind once nobody drives any more.
    pub struct Erosion {
        /// Pace at which own motivation wears away under full crowding out; 0 is neutral.
        rate = 0.0, "1/week", 0.0..0.01, Assumption, "order of size: Deci, Koestner & Ryan 1999",
            supported 0.003;
        /// Time in which it grows again.
        heal_weeks = 208.0, "week", 52.0..520.0, Assumption, "judgement";
    }
}

/// Own motivation wears away where something else drives, and the lack is felt.
#[inline(never)]
pub fn wear(model: &Model, people: &mut People, crowding: &mut [f32]) {
    let p = &model.parameters.erosion;
    if p.rate > 0.0 {
        for (eroded, crowding) in people.eroded.iter_mut().zip(crowding) {
            *eroded += p.rate * *crowding * (1.0 - *eroded) - *eroded / p.heal_weeks;
            *crowding = nor(*crowding, *eroded);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{begin, who::Organisation},
        rng::Luck,
        scenario::Scenario,
    };

    #[test]
    fn a_year_of_sticks_wears_away_what_the_closed_form_says_and_it_is_felt_afterwards() {
        let mut scenario = Scenario::default();
        scenario.parameters.erosion.rate = 0.003;
        let model = scenario.to_model();
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let mut people = begin::people(&model, &organisation);
        for _ in 0..52 {
            let mut crowding = vec![0.6; model.layout.posts];
            wear(&model, &mut people, &mut crowding);
        }
        let (rate, loss) = (0.003 * 0.6, 1.0 / 208.0);
        let expected = rate / (rate + loss) * (1.0 - (1.0f64 - rate - loss).powi(52));
        assert!((f64::from(people.eroded[0]) - expected).abs() < 1e-4);
        let mut crowding = vec![0.0; model.layout.posts];
        wear(&model, &mut people, &mut crowding);
        assert!(crowding[0] > 0.9 * expected as f32);
    }
}
