//! Patronage: what a favourite programme is given, its neighbours go without.
//!
//! favour = patronage x sponsor's practice x strength of support. An organisation has so much of its managers' and
//! support services' time and no more: every unit that the programme does not reach gives up taken = diverted x favour
//! of its week, and what they give up together is shared among the units reached (time really released, at most all of
//! it), so that the sum over units stays the same. Who goes without has that much more to do: load += taken. Who has
//! been given it has time for the programme; it is given after inspections have set time aside, which take nothing of
//! it (see `inspection`). Credit is compared: envy = compared x favour x recognition x passed by, where credit passes
//! all staff of units not reached by, and 1 - breadth of it colleagues outside the team in the favoured units. It lets
//! people down, nor(letdown, envy), and crowds their own motivation out, nor(crowding, envy); those in favoured units
//! own freely x (1 - resentment x favour x (1 - breadth)).
//! Source: pattern P14 (the review, challenges 4 and 8); direction of compared credit from equity theory (Adams 1965)
//! and relative deprivation (Smith and others 2012); sizes assumed.

use crate::{
    math::{nor, smaller},
    model::{
        state::{Course, Moment},
        weekly::{Channels, Context, Strain},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Patronage: what a favourite programme is given, its neighbours go without.
    pub struct Patronage {
        /// Share of its week that every other unit gives up for a programme that is wholly favoured.
        diverted = 0.08, "share", 0.0..0.2, Assumption, "pattern P14: attention and resources are diverted; size assumed";
        /// How much the credit that neighbours are given lets staff down.
        compared = 0.3, "share", 0.0..0.7, Assumption, "direction: relative deprivation (Smith 2012); size as that of resentment within the unit";
    }
}

/// Favour that the programme enjoys this week, from 0 to 1.
fn favour(levers: &Levers, moment: &Moment, sponsor: f32) -> f32 {
    levers.engagement.patronage * sponsor * moment.strength
}

/// Gives the units reached the time that the others give up.
#[inline(always)]
pub fn divert(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, sponsor, .. } = *context;
    if levers.engagement.patronage == 0.0 {
        return;
    }
    let taken = model.parameters.patronage.diverted * favour(levers, moment, sponsor);
    let reached: f32 = course.reached.iter().sum();
    let others = course.reached.len() as f32 - reached;
    if reached == 0.0 {
        return;
    }
    let given = taken * others / reached;
    for (released, reached) in course.sight.released.iter_mut().zip(&course.reached) {
        *released = smaller(1.0, *released + given * reached);
    }
}

/// What the others go without, and what they and those outside the team see others get.
#[inline(never)]
pub fn slight(context: &Context, course: &Course, channels: &mut Channels, strain: &mut Strain) {
    let Context { model, levers, moment, sponsor, .. } = *context;
    if levers.engagement.patronage == 0.0 {
        return;
    }
    let p = &model.parameters.patronage;
    let favour = favour(levers, moment, sponsor);
    let envied = p.compared * favour * levers.incentives.recognition;
    let resented = model.parameters.ownership.resentment * favour * (1.0 - levers.reach.breadth);
    for (unit, reached) in course.reached.iter().enumerate() {
        for post in model.layout.frontline(unit) {
            if *reached == 0.0 {
                strain.own_load[post] += p.diverted * favour;
            } else if course.champion[post] == 0.0 {
                channels.own_freely[post] *= 1.0 - resented;
            } else {
                continue;
            }
            let envy = envied * if *reached == 0.0 { 1.0 } else { 1.0 - levers.reach.breadth };
            strain.letdown[post] = nor(strain.letdown[post], envy);
            strain.crowding[post] = nor(strain.crowding[post], envy);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    /// A programme in the first two units, half backed, after a week of its favours.
    fn favoured(patronage: f32) -> Stage {
        let mut stage = Stage::with(|scenario| {
            let levers = &mut scenario.programmes[0].levers;
            (levers.engagement.patronage, levers.incentives.recognition, levers.reach.breadth) = (patronage, 1.0, 0.0);
        });
        let Stage { place, course, channels, strain, .. } = &mut stage;
        (place.moment.strength, place.sponsor) = (1.0, 0.5);
        course.reached[2..].fill(0.0);
        course.champion[place.model.layout.frontline(2).start..].fill(0.0);
        channels.own_freely.fill(1.0);
        divert(&place.context(), course);
        slight(&place.context(), course, channels, strain);
        stage
    }

    /// A pool: nothing is made of nothing.
    #[test]
    fn what_the_favoured_are_given_the_others_give_up() {
        let Stage { place, course, strain, .. } = favoured(1.0);
        let layout = &place.model.layout;
        let given: f32 = course.sight.released[..layout.units].iter().sum();
        let taken: f32 = (0..layout.units).map(|unit| strain.own_load[layout.frontline(unit).start]).sum();
        assert!(given > 0.0 && (given - taken).abs() < 1e-6, "{given} {taken}");
        let Stage { course, channels, strain, .. } = favoured(0.0);
        assert!(
            course.sight.released.iter().chain(&strain.own_load).chain(&strain.letdown).all(|number| *number == 0.0)
        );
        assert!(channels.own_freely.iter().all(|free| *free == 1.0));
    }

    #[test]
    fn neighbours_are_let_down_and_colleagues_outside_the_team_own_less() {
        let Stage { place, course, channels, strain, .. } = favoured(1.0);
        let (p, layout) = (&place.model.parameters, &place.model.layout);
        let neighbour = layout.frontline(3).start;
        let envy = p.patronage.compared * 0.5;
        assert!((strain.letdown[neighbour] - envy).abs() < 1e-6 && (strain.crowding[neighbour] - envy).abs() < 1e-6);
        for post in layout.frontline(0) {
            let expected = if course.champion[post] > 0.0 { 1.0 } else { 1.0 - p.ownership.resentment * 0.5 };
            assert!((channels.own_freely[post] - expected).abs() < 1e-6);
            let envy = if course.champion[post] > 0.0 { 0.0 } else { envy };
            assert!((strain.letdown[post] - envy).abs() < 1e-6);
        }
    }
}
