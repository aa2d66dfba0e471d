//! Fit: how well the programme's design suits the unit.
//!
//! An untried design starts short of 1 in every unit, and planning finds the rest: each week
//! `fit += pace x nor(pilot, participation) x (1 - fit) / weeks`, at full pace in planning, slowly once live.
//! Poor fit costs effect (see practice) and adds work (see fatigue). Source: pattern P08, Baker 2015 for the size.

use crate::{
    math::{clip, nor},
    model::{Model, state::Moment, who::Organisation},
    quantities,
    rng::Process,
};

quantities! {
    /// Fit: how well the programme's design suits the unit.
    pub struct Fit {
        /// Fit of an untried design, mean of units.
        untried = 0.69, "share", 0.4..0.95, Assumption, "chosen with pattern P08 in view; tailoring odds ratio 1.56 (Baker 2015)";
        /// Spread of that fit between units (standard deviation).
        spread = 0.12, "share", 0.0..0.3, Assumption, "judgement";
        /// Worst fit possible.
        worst = 0.2, "share", 0.05..0.4, Assumption, "judgement";
        /// Time in which planning finds the fit.
        weeks = 12.0, "week", 4.0..40.0, Assumption, "chosen with pattern P08 in view";
        /// Pace of that once live, against planning.
        live_pace = 0.06, "times", 0.0..0.5, Assumption, "chosen with pattern P08 in view";
        /// What participation adds, against piloting.
        participation = 0.5, "share", 0.1..1.0, Assumption, "judgement";
    }
}

/// Fit of the untried design of programme `number` in each unit.
pub fn untried(model: &Model, organisation: &Organisation, number: usize) -> Vec<f32> {
    let p = &model.parameters.fit;
    (0..model.layout.units)
        .map(|unit| {
            let mut draws = organisation.luck.draws(Process::Fit, organisation.number, unit as u32, number as u64);
            let (normal, _) = draws.normals();
            clip(p.untried + p.spread * normal, p.worst, 1.0)
        })
        .collect()
}

/// One week of learning, in the units reached, from piloting and from participation that is heeded.
#[inline(always)]
pub fn learn(p: &Fit, pilot: f32, participation: f32, moment: &Moment, reached: &[f32], fit: &mut [f32]) {
    let effort = nor(pilot, p.participation * participation);
    let pace = (moment.planning + p.live_pace * moment.strength) * effort / p.weeks;
    for (fit, reached) in fit.iter_mut().zip(reached) {
        *fit += pace * reached * (1.0 - *fit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    /// The luck of a unit with a programme depends on these two alone.
    #[test]
    fn more_units_leave_the_fit_of_the_others_as_it_is() {
        let fits = |units: f32| {
            let place = Stage::with(|scenario| scenario.setting.units = units).place;
            [0, 1].map(|programme| untried(&place.model, &place.organisation, programme)[..3].to_vec())
        };
        assert_eq!(fits(3.0), fits(5.0));
        assert_ne!(fits(3.0)[0], fits(3.0)[1]);
    }

    #[test]
    fn planning_closes_the_gap_geometrically_and_only_where_reached() {
        let p = Fit::default();
        let moment = Moment { planning: 1.0, ..Moment::default() };
        let mut fit = [0.5, 0.5];
        for _ in 0..24 {
            learn(&p, 1.0, 0.0, &moment, &[1.0, 0.0], &mut fit);
        }
        let gap = 0.5 * (1.0 - 1.0 / 12.0f64).powi(24);
        assert!((f64::from(fit[0]) - (1.0 - gap)).abs() < 1e-5);
        assert_eq!(fit[1], 0.5);
    }
}
