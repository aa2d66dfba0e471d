//! Beginning: what people, courses and worlds begin with, put together from what each mechanism lets them begin with.
//!
//! This is the one place that knows all of these; what lasts from week to week is declared in [`state`](super::state).

use super::{
    Model,
    act::{belief, enabling, network},
    feel::blame,
    pushes::{aim, reach},
    state::{Course, People, Sight, Ties, World},
    unit::{completion, exposure, fit, site},
    who::{Level, Newcomer, Organisation, newcomer},
};
use crate::math::sigmoid;

/// The organisation before the first week. `reached[programme][unit]` says whom each programme will reach.
pub fn world(model: &Model, organisation: &Organisation, reached: &[&[bool]], on: bool) -> World {
    let people = people(model, organisation);
    let courses = reached
        .iter()
        .enumerate()
        .map(|(number, reached)| course(model, organisation, &people, number, reached))
        .collect();
    World { people, courses, care: vec![1.0; model.layout.units], mandate: 0.0, on }
}

/// The first holders of every post.
pub fn people(model: &Model, organisation: &Organisation) -> People {
    let posts = model.layout.posts;
    let zeros = || vec![0.0; posts];
    let mut people = People {
        present: zeros(),
        usual_log_odds: zeros(),
        usual: zeros(),
        intrinsic: zeros(),
        motivation: zeros(),
        fatigue: zeros(),
        cynicism: zeros(),
        will_factor: zeros(),
        hostile: zeros(),
        opinion_leader: zeros(),
        holder: vec![0; posts],
        empty: Vec::new(),
        ties: Ties::none(posts),
    };
    for (post, level) in model.layout.people() {
        let newcomer = newcomer(model, organisation, post, level, 0);
        settle_in(model, post, &newcomer, &mut people);
        people.usual[post] = sigmoid(newcomer.usual_log_odds);
    }
    for (post, level) in model.layout.people() {
        network::look(model, organisation, &people.opinion_leader, post, level, 0, &mut people.ties);
    }
    people
}

/// Somebody takes up a post, rested.
pub fn settle_in(model: &Model, post: usize, newcomer: &Newcomer, people: &mut People) {
    people.present[post] = 1.0;
    people.usual_log_odds[post] = newcomer.usual_log_odds;
    people.intrinsic[post] = newcomer.intrinsic;
    people.motivation[post] = newcomer.intrinsic;
    people.fatigue[post] = model.parameters.fatigue.rest;
    people.cynicism[post] = model.setting.cynicism;
    people.will_factor[post] = newcomer.will_factor;
    people.hostile[post] = newcomer.hostile;
    people.opinion_leader[post] = newcomer.opinion_leader;
}

/// The course of programme `number` before it begins. `reached` is 1 for units it will reach.
pub fn course(model: &Model, organisation: &Organisation, people: &People, number: usize, reached: &[bool]) -> Course {
    let (programme, layout) = (&model.programmes[number], &model.layout);
    let levers = &programme.levers;
    let posts = || vec![0.0; layout.posts];
    let mut course = Course {
        problem: posts(),
        solution: posts(),
        ownership: posts(),
        skill: vec![model.setting.improvement_skill; layout.posts],
        habit: people.usual.clone(),
        practice: people.usual.clone(),
        champion: posts(),
        dose: posts(),
        credit: posts(),
        involved: posts(),
        aim_error: aim::first(model, organisation, number),
        enabling: enabling::first(levers, layout.posts),
        climate: blame::first(levers, layout.units),
        reached: reached.iter().map(|reached| f32::from(u8::from(*reached))).collect(),
        fit: if model.spared.misfit { vec![1.0; layout.units] } else { fit::untried(model, organisation, number) },
        bearer: Vec::new(),
        missed: Vec::new(),
        apart: site::apart(model, organisation, number),
        embedding: vec![0.0; layout.units],
        work: completion::first(model, organisation, number),
        capability: vec![model.setting.measurement_capability; layout.units],
        true_practice: organisation.baseline.clone(),
        reported: organisation.baseline.clone(),
        ritual: vec![0.0; layout.units],
        sight: Sight::none(layout.units + 1),
        touched: false,
    };
    course.sight.fit[..layout.units].copy_from_slice(&course.fit);
    course.sight.fit[layout.units] = 1.0;
    for (post, level) in layout.people() {
        let opinion_leader = people.opinion_leader[post];
        if level == Level::Frontline && layout.unit(post).is_some_and(|unit| reached[unit]) {
            let member = reach::on_team(model, programme, organisation, number, post, opinion_leader > 0.0);
            course.champion[post] = f32::from(u8::from(member));
        }
        let (clinical, autonomy) = (organisation.clinical[post], organisation.autonomy[post]);
        course.credit[post] = belief::credit(&model.parameters.belief, levers, clinical, autonomy);
        course.dose[post] = exposure::dose(levers, organisation.frontline[post], course.champion[post], opinion_leader);
        course.involved[post] = match level {
            Level::Frontline => levers.engagement.participation,
            Level::Leader | Level::Manager => levers.engagement.middle_managers,
            Level::Sponsor => levers.engagement.executives,
        };
    }
    course
}
