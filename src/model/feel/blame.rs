//! Blame: what fear does to numbers, to those who are told, and to those who might try.
//!
//! blame felt in a unit = nor(blame in the place, threat x stick x stick), stick = nor(sanction in force, less as far
//! as peers compare openly; pressure of impatient superiors): hard questions frighten few, jobs and budgets at stake
//! everybody. With threat 0 (neutral) nobody is frightened by sanctions as such.
//! Blame of the place follows what can be seen: blame x seen, seen = nor(bystander, feedback), so that figures which
//! help where nobody is blamed frighten where somebody is.
//! Problems are hidden: what a unit reports is as if its staff spent hide x blame of their effort on the number, or-ed
//! with ritual compliance, and its feedback is trusted the less. Who is afraid and does not care works on the number:
//! ritual = nor(ritual, games x blame x pressure x (1 - (m + O) / 2)). To live in fear tires: load += dread x blame.
//! Where nobody is blamed (the setting's default) nothing of this is there.
//! A climate of learning can be built: its height c follows the lever, as far as it is supported, in `climate_weeks`,
//! and the blame of the place counts as blame x (1 - unlearned c). With learning_climate 0 the place stays as it is.
//! Source: pattern P23 (the review, challenge 5: capacity for learning; feedback without blame); for sanctions that
//! frighten, Bevan & Hood 2006 (targets and terror) and Edmondson 1999 (fear and learning); for exhaustion where jobs
//! are at stake, Jiang & Lavaysse 2018; sizes assumed.

use crate::{
    math::nor,
    model::{
        Model,
        pushes::impatience,
        state::{Course, People},
        weekly::{Channels, Context, Surroundings},
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Blame: what fear does to numbers, to those who are told, and to those who might try.
    pub struct Blame {
        /// How much of the distance to a perfect number is hidden under full blame.
        hide = 0.5, "share", 0.0..0.9, Assumption, "pattern P23: problems are concealed";
        /// How far the hardest stick is felt as blame; 0 is neutral.
        threat = 1.0, "share", 0.0..1.0, Assumption, "direction: Bevan & Hood 2006; patterns P38, P43",
            neutral 0.0;
        /// How far those who are afraid and do not care work on the number; 0 is neutral.
        games = 0.5, "share", 0.0..1.0, Assumption, "direction: Bevan & Hood 2006 (gaming under terror); pattern P38",
            neutral 0.0;
        /// Load of living in full fear of being blamed; 0 is neutral.
        dread = 0.08, "share", 0.0..0.4, Assumption, "direction: insecure jobs exhaust (meta-analysis, Jiang & Lavaysse 2018); size chosen with N102 in view",
            neutral 0.0;
        /// Time in which a climate of learning is built, and in which it is lost.
        climate_weeks = 52.0, "week", 26.0..208.0, Assumption, "judgement: trust takes a year and more";
        /// How much of the blame of a place a full climate of learning takes away.
        unlearned = 0.7, "share", 0.0..1.0, Assumption, "direction: Edmondson 1999 (teams that feel safe report more and learn more); size assumed";
    }
}

/// The climate that a programme has built before it begins, by unit and in the management; empty where it builds none.
pub fn first(levers: &Levers, units: usize) -> Vec<f32> {
    if levers.engagement.learning_climate > 0.0 { vec![0.0; units + 1] } else { Vec::new() }
}

/// One week of building a climate of learning.
#[inline(never)]
pub fn learn(context: &Context, course: &mut Course) {
    let Context { model, levers, .. } = *context;
    let weeks = model.parameters.blame.climate_weeks;
    for (climate, resourced) in course.climate.iter_mut().zip(&course.sight.resourced) {
        *climate += (levers.engagement.learning_climate * resourced - *climate) / weeks;
    }
}

/// Blame of the place for what can be seen, as far as no climate of learning has been built there.
fn of_the_place(model: &Model, course: &Course, place: usize) -> f32 {
    let climate = course.climate.get(place).copied().unwrap_or(0.0);
    let seen = nor(model.parameters.measurement.bystander, course.sight.feedback[place]);
    model.setting.blame * seen * (1.0 - model.parameters.blame.unlearned * climate)
}

/// How far people in each unit, and in the management, fear to be blamed this week.
#[inline(always)]
pub fn feel(context: &Context, course: &mut Course) {
    let model = context.model;
    let (threat, blame) = (model.parameters.blame.threat, model.setting.blame);
    if threat > 0.0 {
        threaten(context, course);
    } else if blame > 0.0 {
        for place in 0..=model.layout.units {
            course.sight.blame[place] = of_the_place(model, course, place);
        }
    }
}

#[inline(never)]
fn threaten(context: &Context, course: &mut Course) {
    let Context { model, levers, moment, .. } = *context;
    let softened = 1.0 - model.parameters.incentive.peer_audit_softens * levers.incentives.peer_audit;
    for place in 0..=model.layout.units {
        let sanction = levers.incentives.sanction * softened * course.sight.sanction_in_force[place];
        let stick = nor(sanction, impatience::pressed(model, levers, moment, course, place));
        course.sight.blame[place] =
            nor(of_the_place(model, course, place), model.parameters.blame.threat * stick * stick);
    }
}

/// Whether anybody may have anything to fear.
fn is_there(model: &Model) -> bool {
    model.setting.blame > 0.0 || model.parameters.blame.threat > 0.0
}

/// To live in fear tires.
#[inline(always)]
pub fn tire(context: &Context, around: &Surroundings, load: &mut [f32]) {
    let dread = context.model.parameters.blame.dread;
    if dread > 0.0 && is_there(context.model) {
        for (load, blame) in load.iter_mut().zip(&around.blame) {
            *load += dread * blame;
        }
    }
}

/// Who is afraid and does not care works on the number.
#[inline(always)]
pub fn game(context: &Context, people: &People, course: &Course, around: &Surroundings, channels: &mut Channels) {
    let games = context.model.parameters.blame.games;
    if games > 0.0 && is_there(context.model) {
        let Channels { pressure, ritual, .. } = channels;
        pretend(games, &people.motivation, &course.ownership, &around.blame, pressure, ritual);
    }
}

#[inline(always)]
fn pretend(games: f32, motivation: &[f32], ownership: &[f32], blame: &[f32], pressure: &[f32], ritual: &mut [f32]) {
    let n = ritual.len();
    let (motivation, ownership) = (&motivation[..n], &ownership[..n]);
    let (blame, pressure) = (&blame[..n], &pressure[..n]);
    for i in 0..n {
        let indifferent = 1.0 - 0.5 * (motivation[i] + ownership[i]);
        ritual[i] = nor(ritual[i], games * blame[i] * pressure[i] * indifferent);
    }
}

/// Units hide problems where blame follows.
#[inline(never)]
pub fn hide(context: &Context, course: &mut Course) {
    let model = context.model;
    let hide = model.parameters.blame.hide;
    if hide > 0.0 && is_there(model) {
        let blame = &course.sight.blame;
        for ((ritual, reached), blame) in course.ritual.iter_mut().zip(&course.reached).zip(blame) {
            let hidden = hide * blame;
            *ritual = nor(*ritual, hidden * reached);
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

    /// What everybody fears under a sanction, in full view and with nothing else around them.
    fn fearing(sanction: f32, change: impl FnOnce(&mut Scenario)) -> Stage {
        let mut stage = Stage::with(|scenario| {
            let incentives = &mut scenario.programmes[0].levers.incentives;
            (incentives.sanction, incentives.peer_audit) = (sanction, 0.0);
            change(scenario);
        });
        let Stage { place, course, around, .. } = &mut stage;
        course.sight.sanction_in_force.fill(1.0);
        course.sight.feedback.fill(1.0);
        feel(&place.context(), course);
        place.model.layout.spread(&course.sight.blame, &mut around.blame);
        stage
    }

    #[test]
    fn a_stick_is_felt_as_blame_beside_the_blame_that_is_there() {
        let felt = |blame: f32, sanction: f32| {
            let set = |scenario: &mut Scenario| {
                (scenario.parameters.blame.threat, scenario.setting.blame) = (0.8, blame);
            };
            fearing(sanction, set).course.sight.blame[0]
        };
        close([felt(0.0, 0.5), felt(0.0, 1.0), felt(0.5, 0.5)], [0.2, 0.8, 0.6]);
    }

    #[test]
    fn the_blame_of_a_place_follows_what_can_be_seen_there() {
        let Stage { place, mut course, .. } = fearing(0.0, |scenario| scenario.setting.blame = 0.8);
        let mut felt = |feedback: f32| {
            course.sight.feedback.fill(feedback);
            feel(&place.context(), &mut course);
            course.sight.blame[0]
        };
        let bystander = place.model.parameters.measurement.bystander;
        close([felt(0.0), felt(0.5), felt(1.0)], [0.8 * bystander, 0.8 * nor(bystander, 0.5), 0.8]);
    }

    #[test]
    fn a_climate_of_learning_is_built_in_years_and_lost_without_support() {
        let Stage { place, mut course, .. } = fearing(0.0, |scenario| {
            (scenario.setting.blame, scenario.programmes[0].levers.engagement.learning_climate) = (0.8, 0.5);
        });
        assert!((course.sight.blame[0] - 0.8).abs() < 1e-6, "nothing is built yet");
        let mut after = |weeks: usize, resourced: f32| {
            course.sight.resourced.fill(resourced);
            (0..weeks).for_each(|_| learn(&place.context(), &mut course));
            feel(&place.context(), &mut course);
            course.sight.blame[0]
        };
        let p = &place.model.parameters.blame;
        let built = 0.5 * (1.0 - (1.0 - 1.0 / f64::from(p.climate_weeks)).powi(52));
        assert!((f64::from(after(52, 1.0)) - 0.8 * (1.0 - f64::from(p.unlearned) * built)).abs() < 1e-4);
        assert!((after(4000, 1.0) - 0.8 * (1.0 - p.unlearned * 0.5)).abs() < 1e-4);
        assert!((after(4000, 0.0) - 0.8).abs() < 1e-4);
        assert!(first(&Levers::default(), 4).is_empty());
    }

    #[test]
    fn fear_and_indifference_together_make_work_on_the_number() {
        let Stage { place, mut people, mut course, around, mut channels, .. } =
            fearing(0.0, |scenario| (scenario.parameters.blame.games, scenario.setting.blame) = (0.5, 0.8));
        channels.pressure.fill(0.5);
        (people.motivation[0], course.ownership[0]) = (0.0, 0.0);
        (people.motivation[1], course.ownership[1]) = (1.0, 1.0);
        game(&place.context(), &people, &course, &around, &mut channels);
        close([channels.ritual[0]], [0.2]);
        assert_eq!(channels.ritual[1], 0.0);
    }

    #[test]
    fn fear_tires_as_much_as_declared_and_where_nobody_fears_nothing_is_added() {
        let tired = |threat: f32, dread: f32, sanction: f32| {
            let Stage { place, around, mut strain, .. } = fearing(sanction, |scenario| {
                (scenario.parameters.blame.threat, scenario.parameters.blame.dread) = (threat, dread);
            });
            strain.own_load.fill(0.1);
            tire(&place.context(), &around, &mut strain.own_load);
            strain.own_load[place.model.layout.member(0, 3)]
        };
        close([tired(1.0, 0.2, 0.5)], [0.1 + 0.2 * 0.25]);
        assert_eq!([tired(1.0, 0.0, 0.5), tired(0.0, 0.2, 0.5), tired(1.0, 0.2, 0.0)], [0.1; 3]);
    }
}
