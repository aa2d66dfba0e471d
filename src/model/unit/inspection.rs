//! Inspection: what an announced visit from outside does while it is awaited and while the inspectors are there.
//!
//! From the week of the announcement until the inspectors leave, and in no other week, s being its severity:
//! pressure = nor(pressure, s): somebody is looking at everybody, as under a sanction of that size;
//! motivation crowded out = nor(crowding, sanction_crowding x s x autonomy), as by a sanction;
//! load + work (see `outer`): preparing takes more than staff can absorb; protected time released x (1 - set_aside).
//! Who is pressed and does not care works on the number (see incentive), with a programme or without: where there is
//! none, ritual = s x gaming x gaming_base x (1 - (motivation + ownership) / 2).
//! Nothing here touches an outcome, and nothing stays in force: what is left is what people have learned or lost
//! meanwhile.
//! Source: fewer patients die who come in the very weeks of an accreditation survey than in those around it (Barnett
//! 2017); falls and pressure ulcers were not improved by inspections, and improvement there was slowed afterwards
//! (Castro-Avila 2019); sizes assumed.

use crate::{
    math::nor,
    model::{
        Model,
        outside::outer::lasts,
        state::{Course, People},
        weekly::{Channels, Context, Inspected},
    },
    world::Shock,
};

/// The inspections of `week`.
pub fn in_week(model: &Model, week: usize) -> Inspected {
    let mut all = Inspected::default();
    for shock in &model.shocks {
        let Shock::Inspection(one) = shock else { continue };
        all.ever = true;
        if lasts(one.at, one.notice + one.weeks, week) {
            all.severity = nor(all.severity, one.severity);
            all.set_aside = nor(all.set_aside, one.set_aside);
        }
    }
    all
}

/// Time that managers had released goes into preparing.
#[inline(never)]
pub fn set_aside(inspected: Inspected, released: &mut [f32]) {
    if inspected.set_aside == 0.0 {
        return;
    }
    for released in released {
        *released *= 1.0 - inspected.set_aside;
    }
}

/// Somebody is looking at everybody.
#[inline(never)]
pub fn press(inspected: Inspected, channels: &mut Channels) {
    if inspected.severity == 0.0 {
        return;
    }
    for pressure in &mut channels.pressure {
        *pressure = nor(*pressure, inspected.severity);
    }
}

/// Being looked at crowds motivation out as a sanction does, most where people value their autonomy.
#[inline(never)]
pub fn crowd(model: &Model, inspected: Inspected, autonomy: &[f32], crowding: &mut [f32]) {
    if inspected.severity == 0.0 {
        return;
    }
    let stick = model.parameters.motivation.sanction_crowding * inspected.severity;
    for (crowding, autonomy) in crowding.iter_mut().zip(autonomy) {
        *crowding = nor(*crowding, stick * autonomy);
    }
}

/// Where there is no programme, numbers are polished all the same. `gaming` is what people
/// do for a number that nobody asks them about.
#[inline(never)]
pub fn polish(context: &Context, gaming: f32, people: &People, course: &Course, channels: &mut Channels) {
    let inspected = context.week.inspected;
    if inspected.severity > 0.0 {
        for (i, ritual) in channels.ritual.iter_mut().enumerate() {
            let engaged = 0.5 * (people.motivation[i] + course.ownership[i]);
            *ritual = channels.pressure[i] * gaming * (1.0 - engaged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        math::logit,
        metrics::person::Column,
        model::{Pair, Series, act::incentive},
        scenario::Scenario,
        world::{NamedShock, shock::Inspection},
    };

    const AT: usize = 60;

    fn inspection() -> Inspection {
        Inspection { at: AT as f32, notice: 8.0, weeks: 2.0, severity: 0.5, work: 0.0, set_aside: 0.0 }
    }

    fn with(inspections: &[Inspection], change: impl Fn(&mut Scenario)) -> Scenario {
        let mut scenario = Scenario::core();
        (scenario.setting.organisations, scenario.setting.units) = (1.0, 4.0);
        let named = |one: &Inspection| NamedShock { name: "visit".into(), shock: Shock::Inspection(one.clone()) };
        scenario.shocks = inspections.iter().map(named).collect();
        change(&mut scenario);
        scenario
    }

    fn pair(scenario: &Scenario) -> Pair {
        scenario.to_model().pair(1, 0)
    }

    #[test]
    fn it_is_in_force_from_its_announcement_until_the_inspectors_leave() {
        let model = with(&[inspection()], |_| {}).to_model();
        let severity = |week| in_week(&model, week).severity;
        assert_eq!([AT - 1, AT, AT + 9, AT + 10].map(severity), [0.0, 0.5, 0.5, 0.0]);
        let twice = with(&[inspection(), inspection()], |_| {}).to_model();
        assert_eq!(in_week(&twice, AT).severity, 0.75);
        assert_eq!(in_week(&Scenario::default().to_model(), AT), Inspected::default());
    }

    /// Where nothing else moves anybody, a visit is a known log odds ratio, and afterwards everybody does what is usual.
    #[test]
    fn without_a_programme_practice_rises_by_the_known_odds_and_falls_back_when_nobody_looks() {
        let long = Inspection { weeks: 100.0, ..inspection() };
        let scenario = with(&[long], |scenario| {
            let p = &mut scenario.parameters.practice;
            (p.norm_weight, p.habit_weight, p.noise) = (0.0, 0.0, 0.0);
            (p.morale_weight, p.fatigue_weight) = (0.0, 0.0);
            scenario.parameters.incentive.gaming = 0.0;
            scenario.setting.rising_tide = 0.0;
            scenario.run.follow_up = 250;
        });
        let (looked_at, left) = (AT + 107, AT + 207);
        let mut odds = [vec![], vec![]];
        scenario.to_model().watch(1, 0, |scene| {
            for (post, _) in scene.posts().filter(|_| !scene.world.on && [looked_at, left].contains(&scene.week)) {
                let [practice, usual] = [Column::Practice, Column::Usual].map(|column| scene.number(column, 0, post));
                if scene.number(Column::Holder, 0, post) == 0.0 && (0.05..0.9).contains(&usual) {
                    odds[usize::from(scene.week == left)].push(logit(practice) - logit(usual));
                }
            }
        });
        let known = 0.5 * scenario.parameters.practice.pressure_weight;
        assert!(odds[0].len() > 20 && odds[0].iter().all(|odds| (odds - known).abs() < 1e-3), "{known} {odds:?}");
        assert!(odds[1].iter().all(|odds| odds.abs() < 1e-3), "{odds:?}");
    }

    /// After the visit nothing of it is in force.
    #[test]
    fn the_pressure_is_that_of_a_sanction_and_ends_with_the_visit() {
        let mut channels = Channels::none(2);
        channels.pressure.copy_from_slice(&[0.0, 0.4]);
        let model = with(&[inspection()], |_| {}).to_model();
        press(in_week(&model, AT), &mut channels);
        assert_eq!(channels.pressure[0], 0.5);
        assert!((channels.pressure[1] - 0.7).abs() < 1e-6);
        let (before, mut crowding, mut released) = (channels.pressure.clone(), [0.2, 0.0], [0.6]);
        let after = in_week(&model, AT + 10);
        press(after, &mut channels);
        crowd(&model, after, &[1.0, 1.0], &mut crowding);
        set_aside(after, &mut released);
        assert_eq!((channels.pressure, crowding, released), (before, [0.2, 0.0], [0.6]));
        crowd(&model, in_week(&model, AT), &[1.0, 0.0], &mut crowding);
        let stick = 0.5 * model.parameters.motivation.sanction_crowding;
        assert!((crowding[0] - (1.0 - 0.8 * (1.0 - stick))).abs() < 1e-6 && crowding[1] == 0.0);
    }

    #[test]
    fn numbers_are_polished_while_somebody_looks_and_only_then() {
        let pair = pair(&with(&[inspection()], |_| {}));
        let ritual = pair.without[0].of(Series::Ritual);
        let known = 0.5 * incentive::gaming_unasked(&incentive::Incentive::default());
        assert!(
            ritual[AT..AT + 10].iter().all(|ritual| (0.1 * known..known).contains(ritual)),
            "{:?}",
            &ritual[AT..AT + 10]
        );
        assert!(ritual[..AT].iter().chain(&ritual[AT + 10..]).all(|ritual| *ritual == 0.0));
    }

    #[test]
    fn preparing_tires_everybody_and_takes_the_time_that_was_set_apart() {
        let work = Inspection { severity: 0.0, work: 0.3, ..inspection() };
        let (busy, plain) = (pair(&with(&[work], |_| {})), pair(&with(&[], |_| {})));
        let fatigue = |pair: &Pair, week: usize| pair.without[0].of(Series::Fatigue)[week];
        assert!(fatigue(&busy, AT + 9) > fatigue(&plain, AT + 9) + 0.1);
        assert!(fatigue(&busy, AT + 60) < fatigue(&plain, AT + 60) + 0.02, "rested again");
        let mut released = [0.4, 0.0];
        set_aside(Inspected { set_aside: 0.25, ..Inspected::default() }, &mut released);
        assert!((released[0] - 0.3).abs() < 1e-6 && released[1] == 0.0);
    }

    /// The neutral shock is none: every series as it was, to the bit.
    #[test]
    fn an_inspection_of_which_nothing_depends_changes_nothing() {
        let nothing = Inspection { severity: 0.0, ..inspection() };
        let everything = |scenario: &mut Scenario| {
            let ordinary = Scenario::ordinary();
            (scenario.parameters, scenario.programmes) = (ordinary.parameters, ordinary.programmes);
        };
        let text = |scenario: &Scenario| format!("{:?}", pair(scenario));
        assert!(text(&with(&[nothing], everything)) == text(&with(&[], everything)));
    }
}
