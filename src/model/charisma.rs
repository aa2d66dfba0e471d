//! Charisma: what a leader's person does to those around, as long as the person is there.
//!
//! glow = charismatic x min(1, the unit leader's own backing / conduit_backing), for the one who led the unit as the
//! programme began; a successor has it with probability `successor` only. It convinces, the case for the solution becomes
//! nor(case, convince x glow x contact), and it enlivens, vitality becomes nor(vitality, enliven x glow x live); it puts off
//! those who value deciding for themselves and were not asked: own_freely x (1 - alienate x glow x autonomy x (1 -
//! involved)). With the lever at 0 nobody glows. Source: pattern P37 (the review, challenge 7: quiet leaders); sizes assumed.

use super::{
    Model,
    channels::Channels,
    course::Course,
    organisation::Organisation,
    state::{People, Strain},
    surroundings::Surroundings,
};
use crate::{
    math::{nor, smaller},
    programme::Levers,
    quantities,
    rng::Process,
};

quantities! {
    /// Charisma: what a leader's person does to those around, as long as the person is there.
    pub struct Charisma {
        /// Case for the solution made by a leader who glows.
        convince = 0.75, "share", 0.0..0.9, Assumption, "pattern P37: celebrity leaders draw people early";
        /// Vitality from a leader who glows.
        enliven = 0.6, "share", 0.0..0.9, Assumption, "pattern P37";
        /// How much of the feeling of ownership is lost among those who value deciding for themselves and were not asked.
        alienate = 0.8, "share", 0.0..0.9, Assumption, "pattern P37: part of the staff is alienated";
        /// Probability that a successor glows too.
        successor = 0.05, "share", 0.0..0.5, Assumption, "judgement: charisma is rare";
    }
}

/// Draws people to the programme, and away from it, by the person of their leader.
#[inline(never)]
pub fn draw(
    model: &Model,
    levers: &Levers,
    organisation: &Organisation,
    people: &People,
    course: &mut Course,
    around: &Surroundings,
    channels: &mut Channels,
) {
    let charismatic = levers.engagement.charismatic;
    if charismatic == 0.0 {
        return;
    }
    let (p, layout) = (&model.parameters.charisma, &model.layout);
    let enough = model.parameters.exposure.conduit_backing;
    if course.bearer.is_empty() {
        course.bearer = people.holder[layout.leaders()].to_vec();
    }
    for unit in 0..layout.units {
        let (leader, first) = (layout.leader(unit), course.bearer[unit]);
        let bears = people.holder[leader] == first || inherits(p, organisation, leader, people.holder[leader]);
        let shown = if bears { smaller(1.0, course.sight.superior[unit] / enough) } else { 0.0 };
        let glow = charismatic * shown;
        course.sight.glow[unit] = glow;
        for post in layout.frontline(unit) {
            channels.solution[post] = nor(channels.solution[post], p.convince * glow * around.contact[post]);
            let put_off = organisation.autonomy[post] * (1.0 - course.involved[post]);
            channels.own_freely[post] *= 1.0 - p.alienate * glow * put_off * around.live[post];
        }
    }
}

/// Whether a later holder of a leader's post glows too.
fn inherits(p: &Charisma, organisation: &Organisation, leader: usize, holder: u32) -> bool {
    let mut draws = organisation.luck.draws(Process::Glow, organisation.number, leader as u32, u64::from(holder));
    draws.uniform() < p.successor
}

/// Enlivens people by the person of their leader.
#[inline(never)]
pub fn enliven(model: &Model, levers: &Levers, course: &Course, around: &Surroundings, strain: &mut Strain) {
    if levers.engagement.charismatic == 0.0 {
        return;
    }
    for unit in 0..model.layout.units {
        let glow = model.parameters.charisma.enliven * course.sight.glow[unit];
        for post in model.layout.frontline(unit) {
            strain.vitality[post] = nor(strain.vitality[post], glow * around.live[post]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rng::Luck, scenario::Scenario};

    /// What a glow does to the case, to freedom and to vitality of one member, after a change.
    fn shines(charismatic: f32, change: impl FnOnce(&Model, &mut People, &mut Course)) -> [f32; 3] {
        let mut scenario = Scenario::default();
        scenario.parameters.charisma.successor = 0.0;
        let levers = &mut scenario.programmes[0].levers;
        (levers.engagement.charismatic, levers.engagement.participation) = (charismatic, 0.5);
        let model = Model::new(&scenario);
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let mut people = People::first(&model, &organisation);
        let mut course = Course::before(&model, &organisation, &people, 0, &vec![true; model.layout.units]);
        let mut around = Surroundings::none(model.layout.posts);
        around.contact.fill(1.0);
        around.live.fill(1.0);
        course.sight.superior.fill(1.0);
        let levers = &model.programmes[0].levers;
        let week = |people: &People, course: &mut Course| {
            let (mut channels, mut strain) = (Channels::none(model.layout.posts), Strain::none(model.layout.posts));
            channels.own_freely.fill(1.0);
            draw(&model, levers, &organisation, people, course, &around, &mut channels);
            enliven(&model, levers, course, &around, &mut strain);
            let post = model.layout.member(0, 3);
            let put_off = (1.0 - channels.own_freely[post]) / organisation.autonomy[post];
            [channels.solution[post], put_off, strain.vitality[post]]
        };
        week(&people, &mut course);
        change(&model, &mut people, &mut course);
        week(&people, &mut course)
    }

    #[test]
    fn the_glow_is_the_leaders_own_and_goes_with_its_bearer() {
        let p = Charisma::default();
        let close = |found: [f32; 3], share: f32| {
            let expected = [share * p.convince, 0.5 * share * p.alienate, share * p.enliven];
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{found:?} {expected:?}");
        };
        close(shines(0.0, |_, _, _| ()), 0.0);
        close(shines(0.8, |_, _, _| ()), 0.8);
        close(shines(1.0, |_, _, course| course.sight.superior.fill(0.1)), 0.2);
        close(shines(1.0, |_, _, course| course.sight.superior.fill(0.0)), 0.0);
        close(shines(1.0, |model, people, _| people.holder[model.layout.leader(0)] += 1), 0.0);
    }
}
