//! Charisma: what a leader's person does to those around, as long as the person is there.
//!
//! style = charismatic x min(1, the unit leader's own backing / full_backing) in a unit that is reached, for the one who
//! led the unit as the programme began; a successor has it with probability `successor` only. It puts off those who value deciding for
//! themselves and were not asked, put off = alienate x autonomy x (1 - involved): own_freely x (1 - style x put off).
//! It convinces, the case for the solution becomes nor(case, convince x style x contact), and it enlivens, vitality becomes
//! nor(vitality, enliven x style x live). Those who were drawn are left behind as the leader goes: missed = the style that
//! went, less each week by 1 / mourning_weeks; letdown and crowding become nor(., orphaned x missed).
//! With the lever at 0 nobody glows. Source: pattern P37 (the review, challenge 7: quiet leaders); that followers of a person
//! become dependent on the person: Kark, Shamir & Chen 2003. Sizes assumed.

use crate::{
    math::{larger, nor, smaller},
    model::{
        state::{Course, People},
        weekly::{Channels, Context, Strain, Surroundings},
        who::Organisation,
    },
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
        /// Backing at which a leader's style is fully felt, as a share of full practice.
        full_backing = 0.5, "share", 0.2..1.0, Assumption, "judgement";
        /// How far those who were drawn are let down when the leader goes; 0 is neutral.
        orphaned = 0.5, "share", 0.0..0.9, Assumption, "pattern P37: collapse on exit, inferred; direction as above",
            neutral 0.0;
        /// Time for which that lasts.
        mourning_weeks = 52.0, "week", 13.0..104.0, Assumption, "judgement";
        /// Probability that a successor glows too.
        successor = 0.05, "share", 0.0..0.5, Assumption, "judgement: charisma is rare";
    }
}

/// Draws people to the programme, and away from it, by the person of their leader.
#[inline(never)]
pub fn draw(context: &Context, people: &People, course: &mut Course, around: &Surroundings, channels: &mut Channels) {
    let Context { model, levers, organisation, .. } = *context;
    let charismatic = levers.engagement.charismatic;
    if charismatic == 0.0 {
        return;
    }
    let (p, layout) = (&model.parameters.charisma, &model.layout);
    if course.bearer.is_empty() {
        course.missed = vec![0.0; layout.units];
        course.bearer = people.holder[layout.leaders()].to_vec();
    }
    for unit in 0..layout.units {
        let (leader, first) = (layout.leader(unit), course.bearer[unit]);
        let bears = people.holder[leader] == first || inherits(p, organisation, leader, people.holder[leader]);
        let shown = if bears { smaller(1.0, course.sight.superior[unit] / p.full_backing) } else { 0.0 };
        let style = charismatic * shown * course.sight.reached[unit];
        let gone = if bears && people.present[leader] > 0.0 { 0.0 } else { course.sight.glow[unit] };
        course.sight.glow[unit] = style;
        course.missed[unit] = larger(gone, course.missed[unit] * (1.0 - 1.0 / p.mourning_weeks));
        for post in layout.frontline(unit) {
            let put_off = p.alienate * (organisation.autonomy[post] * (1.0 - course.involved[post]));
            let draws = p.convince * around.contact[post];
            channels.solution[post] = nor(channels.solution[post], draws * style);
            channels.own_freely[post] *= 1.0 - put_off * style * around.live[post];
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
pub fn enliven(context: &Context, course: &Course, around: &Surroundings, strain: &mut Strain) {
    let Context { model, levers, .. } = *context;
    if levers.engagement.charismatic == 0.0 {
        return;
    }
    let p = &model.parameters.charisma;
    for unit in 0..model.layout.units {
        let glow = p.enliven * course.sight.glow[unit];
        let missed = p.orphaned * course.missed[unit];
        for post in model.layout.frontline(unit) {
            strain.vitality[post] = nor(strain.vitality[post], glow * around.live[post]);
            if missed > 0.0 {
                strain.letdown[post] = nor(strain.letdown[post], missed);
                strain.crowding[post] = nor(strain.crowding[post], missed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Model,
        stage::{Stage, close},
    };

    /// A programme led by the person of the leader, who backs it wholly; no successor has the same glow.
    fn led(charismatic: f32) -> Stage {
        let mut stage = Stage::core(|scenario| {
            scenario.parameters.charisma.successor = 0.0;
            let engagement = &mut scenario.programmes[0].levers.engagement;
            (engagement.charismatic, engagement.participation) = (charismatic, 0.5);
        });
        stage.around.contact.fill(1.0);
        stage.around.live.fill(1.0);
        stage.course.sight.superior.fill(1.0);
        stage.course.sight.reached.fill(1.0);
        stage
    }

    /// A week of it: who is drawn and put off, and what that does to feelings.
    fn week(Stage { place, people, course, around, .. }: &mut Stage) -> (Channels, Strain) {
        let posts = place.model.layout.posts;
        let (mut channels, mut strain) = (Channels::none(posts), Strain::none(posts));
        channels.own_freely.fill(1.0);
        draw(&place.context(), people, course, around, &mut channels);
        enliven(&place.context(), course, around, &mut strain);
        (channels, strain)
    }

    /// What a glow does to the case, to freedom and to vitality of one member, after a change.
    fn shines(charismatic: f32, change: impl FnOnce(&Model, &mut People, &mut Course)) -> [f32; 3] {
        let mut stage = led(charismatic);
        week(&mut stage);
        change(&stage.place.model, &mut stage.people, &mut stage.course);
        let (channels, strain) = week(&mut stage);
        let post = stage.place.model.layout.member(0, 3);
        let put_off = (1.0 - channels.own_freely[post]) / stage.place.organisation.autonomy[post];
        [channels.solution[post], put_off, strain.vitality[post]]
    }

    #[test]
    fn the_glow_is_the_leaders_own_and_goes_with_its_bearer() {
        let p = Charisma::default();
        let expected = |share: f32| [share * p.convince, 0.5 * share * p.alienate, share * p.enliven];
        close(shines(0.0, |_, _, _| ()), expected(0.0));
        close(shines(0.8, |_, _, _| ()), expected(0.8));
        close(shines(1.0, |_, _, course| course.sight.superior.fill(0.1)), expected(0.2));
        close(shines(1.0, |_, _, course| course.sight.superior.fill(0.0)), expected(0.0));
        close(shines(1.0, |_, _, course| course.sight.reached.fill(0.0)), expected(0.0));
        close(shines(1.0, |model, people, _| people.holder[model.layout.leader(0)] += 1), expected(0.0));
    }

    /// What letdown and motivation crowded out come to for one member, in the week in which the leader's post falls empty
    /// and `later` weeks after.
    fn left_behind(orphaned: f32, later: usize) -> [f32; 2] {
        let mut stage = led(0.8);
        let p = &mut stage.place.model.parameters.charisma;
        (p.alienate, p.mourning_weeks, p.orphaned) = (0.0, 10.0, orphaned);
        let (post, leader) = (stage.place.model.layout.member(0, 3), stage.place.model.layout.leader(0));
        week(&mut stage);
        stage.people.present[leader] = 0.0;
        stage.course.sight.superior[0] = 0.0;
        (0..later).for_each(|_| drop(week(&mut stage)));
        let (_, strain) = week(&mut stage);
        [strain.letdown[post], strain.crowding[post]]
    }

    #[test]
    fn those_drawn_are_left_behind_as_the_leader_goes() {
        assert_eq!(left_behind(0.0, 0), [0.0; 2], "neutral");
        close(left_behind(0.5, 0), [0.5 * 0.8, 0.4]);
        // Less by a tenth a week.
        close([left_behind(0.5, 1)[0]], [0.4 * 0.9]);
    }
}
