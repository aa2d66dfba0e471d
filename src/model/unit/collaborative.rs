//! Collaborative: organisations that see each other's results and take over what works.
//!
//! Each week a programme's organisations show the mean reported lift L and the mean fit of the design in the units reached;
//! an organisation sees the mean of the others. With s = collaborative x clip(L / result_scale): the case for the solution
//! becomes nor(case, seen x s x contact), that for the problem nor(case, compare x s x contact x visible gap); and
//! fit += collaborative x (planning + strength) x max(0, fit of the others - fit) / copy_weeks in the units reached.
//! What travels is what is reported, so that theatre travels too. Alone, or with the lever at 0, nobody sees anybody.
//! Source: the review on the paired hospitals of the second Safer Patients Initiative; sizes assumed.

use crate::{
    math::{clip, larger, nor},
    model::{
        Model,
        state::{Course, World},
        weekly::{Channels, Context, Elsewhere, Surroundings},
    },
    quantities,
};

quantities! {
    /// Collaborative: organisations that see each other's results and take over what works.
    pub struct Collaborative {
        /// Case for the solution made by a clear result elsewhere.
        seen = 0.3, "share", 0.0..0.8, Assumption, "judgement; less than results of one's own";
        /// Case for the problem made by others who do better.
        compare = 0.3, "share", 0.0..0.8, Assumption, "judgement";
        /// Time in which a better form is taken over.
        copy_weeks = 40.0, "week", 8.0..156.0, Assumption, "judgement";
    }
}

/// Whether organisations meet at all: only then need they live week by week together.
pub fn meets(model: &Model) -> bool {
    model.organisations > 1 && model.programmes.iter().any(|programme| programme.levers.engagement.collaborative > 0.0)
}

/// What the others show, by organisation and programme.
pub fn look_around<'a>(model: &Model, worlds: impl Iterator<Item = &'a World>) -> Vec<Vec<Elsewhere>> {
    let own: Vec<Vec<Option<Elsewhere>>> =
        worlds.map(|world| world.courses.iter().map(|course| shown(model, course)).collect()).collect();
    let of_others = |organisation: usize, programme: usize| {
        let others = own.iter().enumerate().filter(|(other, _)| *other != organisation);
        let (mut sum, mut many) = (Elsewhere::default(), 0.0f32);
        for shown in others.filter_map(|(_, courses)| courses[programme]) {
            sum = Elsewhere { lift: sum.lift + shown.lift, fit: sum.fit + shown.fit };
            many += 1.0;
        }
        let many = larger(many, 1.0);
        Elsewhere { lift: sum.lift / many, fit: sum.fit / many }
    };
    let programmes = 0..model.programmes.len();
    (0..own.len())
        .map(|organisation| programmes.clone().map(|number| of_others(organisation, number)).collect())
        .collect()
}

/// What one organisation shows; nothing where no unit is reached or nothing has begun.
fn shown(model: &Model, course: &Course) -> Option<Elsewhere> {
    let many: f32 = course.reached.iter().sum();
    if many == 0.0 || !course.touched {
        return None;
    }
    let units = 0..model.layout.units;
    let mean = |column: &[f32]| units.clone().map(|unit| column[unit] * course.reached[unit]).sum::<f32>() / many;
    Some(Elsewhere { lift: mean(&course.sight.reported_lift), fit: mean(&course.fit) })
}

/// Units take over a better form from elsewhere.
#[inline(never)]
pub fn copy(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, elsewhere, .. } = *context;
    let pace = levers.engagement.collaborative * (moment.planning + moment.strength);
    if pace > 0.0 {
        let pace = pace / model.parameters.collaborative.copy_weeks;
        for (fit, reached) in course.fit.iter_mut().zip(&course.reached) {
            *fit += pace * reached * larger(0.0, elsewhere.fit - *fit);
        }
    }
}

/// Results elsewhere speak for the solution, and for a problem here.
#[inline(never)]
pub fn compare(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, elsewhere, .. } = *context;
    let p = &model.parameters.collaborative;
    let scale = model.parameters.measurement.result_scale;
    let shown = levers.engagement.collaborative * clip(elsewhere.lift / scale, 0.0, 1.0);
    if shown > 0.0 {
        for i in 0..channels.solution.len() {
            let here = shown * around.contact[i];
            channels.solution[i] = nor(channels.solution[i], p.seen * here);
            channels.problem[i] = nor(channels.problem[i], p.compare * here * around.gap[i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::stage::{Stage, close},
        scenario::Scenario,
    };

    fn sharing() -> Stage {
        Stage::with(|scenario| scenario.programmes[0].levers.engagement.collaborative = 1.0)
    }

    #[test]
    fn everybody_sees_the_mean_of_the_others_and_copies_what_is_better() {
        let stage = sharing();
        let world = |lift: f32, fit: f32| {
            let mut world = stage.world();
            world.courses[0].touched = true;
            world.courses[0].sight.reported_lift.fill(lift);
            world.courses[0].fit.fill(fit);
            world
        };
        let worlds = [world(0.1, 0.5), world(0.2, 0.7), world(0.3, 0.9)];
        let mut place = stage.place;
        let seen = look_around(&place.model, worlds.iter());
        close([seen[0][0].lift, seen[2][0].fit], [0.25, 0.6]);
        place.moment.strength = 1.0;
        let mut after = |organisation: usize| {
            let mut course = worlds[organisation].courses[0].clone();
            place.elsewhere = seen[organisation][0];
            (0..40).for_each(|_| copy(&place.context(), &mut course));
            course.fit[0]
        };
        let expected = 0.8 - 0.3 * (1.0 - 1.0 / 40.0f64).powi(40);
        assert!((f64::from(after(0)) - expected).abs() < 1e-4);
        assert_eq!(after(2), 0.9);
    }

    #[test]
    fn a_clear_result_elsewhere_makes_the_case_declared() {
        let Stage { mut place, mut around, mut channels, .. } = sharing();
        place.elsewhere = Elsewhere { lift: 1.0, fit: 1.0 };
        (around.contact[0], around.gap[0]) = (1.0, 0.5);
        compare(&place.context(), &around, &mut channels);
        let p = &place.model.parameters.collaborative;
        close([channels.solution[0], channels.problem[0]], [p.seen, 0.5 * p.compare]);
    }

    /// Living together week by week is the same as one after the other, as long as nobody looks.
    #[test]
    fn organisations_that_see_nothing_of_each_other_live_as_if_alone() {
        let mut scenario = Scenario::ordinary();
        (scenario.setting.organisations, scenario.setting.units, scenario.run.follow_up) = (3.0, 2.0, 20);
        // As text, since NaN stands for a profession without anybody.
        let live = |scenario: &Scenario| {
            let pair = scenario.to_model().pair(1, 0);
            (format!("{:?}", pair.with), format!("{:?}", pair.without))
        };
        let alone = live(&scenario);
        scenario.programmes[0].levers.engagement.collaborative = 1e-30;
        assert!(meets(&scenario.to_model()));
        assert!(live(&scenario) == alone);
        scenario.programmes[0].levers.engagement.collaborative = 1.0;
        let (with, without) = live(&scenario);
        assert!(with != alone.0 && without == alone.1, "without the programme nobody meets");
    }
}
