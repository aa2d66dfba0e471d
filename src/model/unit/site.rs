//! Site: the form of the practice that would be best here, and the freedom to take it.
//!
//! A unit's best form lies apart from the usual one by a = variety x |standard normal|; a design with freedom F leaves room
//! 2F, so that a fixed core with a free form (F = 1/2) suits all but unusual sites. Misfit = clip(a - room) lowers the fit
//! that staff work with, fit x (1 - misfit_cost x misfit). A script (F < 1/2) feels imposed: own_freely x (1 - script x
//! (1 - 2F) x autonomy x live). Freedom that the site does not need, spare = clip(room - max(1, a)), is used to leave out
//! what is not understood: will x (1 - drift x spare x (1 - skill)). With variety 0 and freedom 1/2 all this is nothing.
//! Source: pattern P07 (the review, challenge 2: frame, not script), P44; sizes assumed.

use crate::{
    math::{clip, larger},
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
    /// Site: the form of the practice that would be best here, and the freedom to take it.
    pub struct Site {
        /// How much of the fit a form costs that is wrong for the place.
        misfit_cost = 0.5, "share", 0.0..0.9, Assumption, "pattern P07; tailoring odds ratio 1.56 (Baker 2015) for the order of size";
        /// How imposed a script feels to those who value autonomy most.
        script = 0.5, "share", 0.0..0.9, Assumption, "pattern P07";
        /// How much of the effort is lost on a thin simplification where everything is left open.
        drift = 0.6, "share", 0.0..0.9, Assumption, "pattern P07: unlimited freedom loses the active core";
    }
}

/// How far the best form of programme `number` lies apart from the usual one, by unit; empty where sites are alike.
pub fn apart(model: &Model, organisation: &Organisation, number: usize) -> Vec<f32> {
    let variety = model.setting.variety;
    if variety == 0.0 {
        return Vec::new();
    }
    let draw = |unit: usize| {
        let mut draws = organisation.luck.draws(Process::Site, organisation.number, unit as u32, number as u64);
        variety * draws.normals().0.abs()
    };
    (0..model.layout.units).map(draw).collect()
}

fn of(apart: &[f32], unit: usize) -> f32 {
    apart.get(unit).copied().unwrap_or(0.0)
}

/// A form that is wrong for the place lowers the fit that staff work with.
#[inline(never)]
pub fn suit(context: &Context, course: &mut Course) {
    let Context { model, levers, .. } = *context;
    if model.spared.misfit {
        return;
    }
    let room = 2.0 * levers.design.freedom;
    for (unit, apart) in course.apart.iter().enumerate() {
        course.sight.fit[unit] *= 1.0 - model.parameters.site.misfit_cost * clip(apart - room, 0.0, 1.0);
    }
}

/// A script feels imposed.
#[inline(never)]
pub fn prescribe(context: &Context, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, organisation, .. } = *context;
    let script = model.parameters.site.script * clip(1.0 - 2.0 * levers.design.freedom, 0.0, 1.0);
    if script > 0.0 {
        for (i, own_freely) in channels.own_freely.iter_mut().enumerate() {
            *own_freely *= 1.0 - script * organisation.autonomy[i] * around.live[i];
        }
    }
}

/// Freedom beyond what the site needs is used to leave out what is not understood.
#[inline(never)]
pub fn simplify(context: &Context, course: &Course, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    let (p, layout) = (&model.parameters.site, &model.layout);
    let room = 2.0 * levers.design.freedom;
    if room <= 1.0 {
        return;
    }
    for unit in 0..layout.units {
        let spare = clip(room - larger(1.0, of(&course.apart, unit)), 0.0, 1.0);
        for post in layout.frontline(unit).chain([layout.leader(unit)]) {
            channels.will[post] *= 1.0 - p.drift * spare * (1.0 - course.skill[post]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::stage::{LUCK, Place, Stage, close},
        rng::Luck,
    };

    fn varied(variety: f32, units: f32) -> Stage {
        Stage::with(|scenario| (scenario.setting.variety, scenario.setting.units) = (variety, units))
    }

    /// The mean of |normal| is the root of 2 / pi.
    #[test]
    fn sites_lie_apart_as_the_setting_says() {
        let Place { model, mut organisation, .. } = varied(0.5, 200.0).place;
        let mut all = Vec::new();
        for replicate in 0..20 {
            organisation.luck = Luck { replicate, ..LUCK };
            all.extend(apart(&model, &organisation, 0));
        }
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        assert!((mean - 0.5 * (2.0 / std::f32::consts::PI).sqrt()).abs() < 0.02, "{mean}");
        assert!(varied(0.0, 8.0).course.apart.is_empty());
    }

    #[test]
    fn a_script_keeps_the_misfit_a_frame_loses_it_and_too_much_freedom_loses_the_core() {
        let (p, unit) = (Site::default(), 2);
        let at = |freedom: f32| {
            let Stage { mut place, mut course, mut channels, .. } = varied(1.0, 8.0);
            place.levers().design.freedom = freedom;
            course.apart[unit] = 0.8;
            course.sight.fit.fill(1.0);
            suit(&place.context(), &mut course);
            channels.will.fill(1.0);
            simplify(&place.context(), &course, &mut channels);
            [course.sight.fit[unit], channels.will[place.model.layout.member(unit, 3)]]
        };
        assert_eq!(at(0.5), [1.0, 1.0]);
        close(at(0.0), [1.0 - p.misfit_cost * 0.8, 1.0]);
        close(at(1.0), [1.0, 1.0 - p.drift]);
        assert_eq!((at(0.0)[1], at(1.0)[0]), (1.0, 1.0));
    }

    #[test]
    fn a_script_feels_imposed_to_those_who_value_autonomy() {
        let Stage { mut place, mut around, mut channels, .. } = Stage::plain();
        place.levers().design.freedom = 0.0;
        around.live.fill(1.0);
        channels.own_freely.fill(1.0);
        prescribe(&place.context(), &around, &mut channels);
        let imposed = place.model.parameters.site.script * place.organisation.autonomy[0];
        close([channels.own_freely[0]], [1.0 - imposed]);
    }
}
