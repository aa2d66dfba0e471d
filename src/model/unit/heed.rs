//! Heed: whether what staff say changes the plan, and what happens once they notice.
//!
//! heed of an organisation = lever x (1 - clip(2 x authoritarian x (1 - culture))): in an authoritarian place, the more
//! so the less supportive its culture, input is heard and filed. Only what is heeded improves the fit of the design.
//! Staff notice within `weeks` of the start, noticed = clip(weeks live / weeks): participation then involves them only
//! as far as it is heeded, participation x (1 - noticed x (1 - heed)), and the rest lets them down, nor(letdown, token
//! x participation x noticed x (1 - heed) x contact). With heed 1 and nobody authoritarian nothing is token.
//! Source: pattern P33 (the review, challenge 6: token consultation); Bouckenooghe & Devos 2007 for the direction;
//! sizes assumed.

use crate::{
    math::{clip, nor},
    model::{
        Model,
        state::Course,
        unit::fit,
        weekly::{Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Heed: whether what staff say changes the plan, and what happens once they notice.
    pub struct Heed {
        /// Time in which staff notice whether their input changed anything.
        weeks = 20.0, "week", 4.0..78.0, Assumption, "judgement";
        /// What lets people down in being consulted for nothing.
        token = 0.5, "share", 0.0..0.9, Assumption, "pattern P33: token consultation costs trust";
    }
}

/// How far this organisation heeds what its staff say.
pub fn of(model: &Model, levers: &Levers, culture: f32) -> f32 {
    levers.engagement.heed * (1.0 - clip(2.0 * model.setting.authoritarian * (1.0 - culture), 0.0, 1.0))
}

/// Staff notice whether their input changed anything.
#[inline(always)]
pub fn notice(context: &Context, around: &Surroundings, course: &mut Course, letdown: &mut [f32]) {
    let Context { model, levers, moment, organisation, .. } = *context;
    let p = &model.parameters.heed;
    let unheeded = 1.0 - of(model, levers, organisation.culture);
    if unheeded == 0.0 {
        return;
    }
    let in_vain = clip(moment.weeks_live / p.weeks, 0.0, 1.0) * unheeded;
    let participation = levers.engagement.participation;
    let in_part = p.token * participation * in_vain;
    let rows = model.layout.rows();
    course.involved[rows.clone()].fill(participation * (1.0 - in_vain));
    for (letdown, contact) in letdown[rows].iter_mut().zip(&around.contact) {
        *letdown = nor(*letdown, in_part * contact);
    }
}

/// One week of learning what suits the unit, from what is heeded.
pub fn learn(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, organisation, .. } = *context;
    let heeded = levers.engagement.participation * of(model, levers, organisation.culture);
    fit::learn(&model.parameters.fit, levers.persuasion.pilot, heeded, moment, &course.reached, &mut course.fit);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Stage, close};

    #[test]
    fn supportive_places_heed_in_spite_of_a_climate_and_others_do_not() {
        let mut model = Stage::plain().place.model;
        let mut levers = Levers::default();
        levers.engagement.heed = 1.0;
        assert_eq!(of(&model, &levers, 0.0), 1.0);
        model.setting.authoritarian = 0.5;
        assert_eq!([1.0, 0.5, 0.0].map(|culture| of(&model, &levers, culture)), [1.0, 0.5, 0.0]);
    }

    #[test]
    fn consultation_for_nothing_involves_until_it_is_noticed_and_then_lets_down() {
        let after = |weeks_live: f32| {
            let Stage { mut place, mut course, mut around, mut strain, .. } = Stage::with(|scenario| {
                let engagement = &mut scenario.programmes[0].levers.engagement;
                (engagement.heed, engagement.participation) = (0.0, 0.8);
            });
            place.moment.weeks_live = weeks_live;
            around.contact.fill(1.0);
            notice(&place.context(), &around, &mut course, &mut strain.letdown);
            [course.involved[0], strain.letdown[0]]
        };
        let p = Heed::default();
        assert_eq!(after(0.0), [0.8, 0.0]);
        close(after(p.weeks / 2.0), [0.4, p.token * 0.4]);
        assert_eq!(after(1000.0)[0], 0.0);
    }
}
