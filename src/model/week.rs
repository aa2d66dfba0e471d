//! A week in the life of an organisation: the table of contents of the model.

use crate::{
    math::{larger, sigmoid, sum},
    model::{
        Model,
        act::{
            advocacy, assurance, belief, habit, incentive, network, ownership, permission, practice, settling, skill,
        },
        bench::Bench,
        count::care,
        feel::{attainable, attribution, blame, cynicism, erosion, fatigue, motivation, peer_support, sharing},
        outside::outer,
        pushes::{
            aim, aspiration, charisma, coalition, coordination, disclosure, duty, hostility, hours, impatience,
            rollout, urgency,
        },
        state::{Course, Moment, People, World},
        turnover::{
            stay,
            workforce::{self, Departures},
        },
        unit::{collaborative, embedding, exposure, heed, inspection, measurement, patronage, permanence, site},
        weekly::{Channels, Elsewhere, Inspected, Week, surroundings},
        who::Organisation,
    },
    programme::Programme,
};

/// One week of one organisation in one world.
#[inline(always)]
pub fn week(model: &Model, organisation: &Organisation, week: &Week, world: &mut World, bench: &mut Bench) {
    let tide = model.setting.rising_tide / 52.0 * week.number as f32;
    let (surge, exodus) = outer::strains(model, week.number);
    let inspected = inspection::in_week(model, week.number);

    let reorganised = outer_context(model, organisation, week, tide, world, bench);
    bench.strain.clear();
    bench.hours.begin(model, organisation, &world.people, surge, world.mandate, &world.courses);
    attribution::excuse(model, organisation, &world.people, surge, &mut bench.excused);
    for (number, programme) in model.programmes.iter().enumerate() {
        let (moment, elsewhere) = (&week.moments[number], week.elsewhere[number]);
        let alignment = week.nation.alignment[number][week.number];
        units_look(model, organisation, programme, moment, alignment, elsewhere, inspected, world, number, bench);
        staff_act(model, organisation, programme, number, week, tide, inspected, world, bench);
    }
    inspection::crowd(model, inspected, &organisation.autonomy, &mut bench.strain.crowding);
    people_feel(model, organisation, week.number, surge, world, bench);
    let departures = Departures::in_week(model, week.number, exodus, reorganised);
    bench.counts.left = people_move(model, organisation, week, tide, departures, world, bench);
    // Where nobody leaves, nobody fills the gap.
    let exodus = if model.spared.holds(model.spared.turnover, week.number) { 1.0 } else { exodus };
    units_count(model, organisation, week, tide, exodus, world, bench);
}

/// Policy, mandates, reorganisations and the rising tide. Returns whether the organisation is reorganised.
#[inline(always)]
fn outer_context(
    model: &Model,
    organisation: &Organisation,
    week: &Week,
    tide: f32,
    world: &mut World,
    bench: &mut Bench,
) -> bool {
    let policy_changes = week.nation.policy_changes[week.number];
    world.mandate = outer::mandates(&model.parameters.outer, world.mandate, policy_changes);
    let reorganised = outer::reorganised(model, organisation.luck, organisation.number, week.number, policy_changes);
    if reorganised {
        for course in &mut world.courses {
            embedding::reorganise(&model.parameters.embedding, course);
        }
    }
    let People { usual, usual_log_odds, .. } = &mut world.people;
    lift(usual_log_odds, tide, usual);
    lift(&organisation.baseline_log_odds, tide, &mut bench.counts.usual);
    reorganised
}

#[inline(always)]
fn lift(log_odds: &[f32], tide: f32, usual: &mut [f32]) {
    for (usual, log_odds) in usual.iter_mut().zip(log_odds) {
        *usual = sigmoid(log_odds + tide);
    }
}

/// Each unit looks at itself: fit, measurement, results, embedding, permanence.
#[inline(always)]
fn units_look(
    model: &Model,
    organisation: &Organisation,
    programme: &Programme,
    moment: &Moment,
    alignment: f32,
    elsewhere: Elsewhere,
    inspected: Inspected,
    world: &mut World,
    number: usize,
    bench: &mut Bench,
) {
    let World { people, courses, care, on, .. } = world;
    let course = &mut courses[number];
    exposure::superiors(model, &programme.levers, people, course);
    inspection::set_aside(inspected, &mut course.sight.released);
    course.touched |= *on && moment.begun && course.reached.contains(&1.0);
    if !course.touched {
        return;
    }
    let levers = &programme.levers;
    let sponsor = model.layout.sponsor();
    let sponsor = people.present[sponsor] * course.practice[sponsor];
    exposure::reach_units(model, moment, people, course);
    patronage::divert(model, levers, moment, sponsor, course);
    heed::learn(model, levers, moment, organisation, course);
    collaborative::copy(model, levers, moment, elsewhere, course);
    measurement::build(model, levers, moment, sponsor, course);
    measurement::look(model, levers, moment, &bench.counts.usual, course);
    embedding::write(model, levers, people, sponsor, course);
    permanence::expect(model, levers, moment, sponsor, alignment, course);
    course.sight.fit[..model.layout.units].copy_from_slice(&course.fit);
    site::suit(model, levers, course);
    exposure::management(model, care, course);
    exposure::sanctions(model, moment, care, &bench.excused, course);
    blame::feel(model, levers, moment, course);
    habit::get_used(model, course);
    cynicism::let_down(model, programme, moment, care, &bench.excused, course);
}

/// Everybody takes in what the programme and colleagues put in front of them, and acts.
#[allow(clippy::too_many_arguments)]
#[inline(always)]
fn staff_act(
    model: &Model,
    organisation: &Organisation,
    programme: &Programme,
    number: usize,
    week: &Week,
    tide: f32,
    inspected: Inspected,
    world: &mut World,
    bench: &mut Bench,
) {
    let (p, levers) = (&model.parameters, &programme.levers);
    let World { people, courses, .. } = world;
    bench.elsewhen.recall(model, courses, number);
    let course = &mut courses[number];
    let (channels, around, heard) = (&mut bench.channels, &mut bench.around, &mut bench.heard);

    network::show(
        &mut course.shown,
        &people.present,
        &course.practice,
        &people.usual,
        &course.problem,
        &course.solution,
    );
    advocacy::speak(model, levers, people, course);
    network::listen(model, levers, &people.ties, &course.shown, &course.sight.contact, heard);
    surroundings::always(model, people, course, around);
    network::example(p.measurement.result_scale, &heard.peers, &mut bench.example);
    let moment = &week.moments[number];
    if course.touched {
        let alignment = week.nation.alignment[number][week.number];
        surroundings::where_touched(&model.layout, people, alignment, course, around);

        urgency::hurry(model, levers, moment, around);
        exposure::spread(model, levers, people, &bench.example, course);
        fatigue::paperwork(&p.fatigue, levers, course, around, channels);
        coordination::meet(model, levers, course, around, channels, &mut bench.strain.load);
        hours::spend(model, levers, moment, &bench.hours, course, channels);
        belief::cases(&p.belief, levers, course, around, &people.opinion_leader, channels);
        disclosure::allure(model, levers, moment, around, channels);
        aspiration::attract(model, levers, moment, around, channels);
        collaborative::compare(model, levers, week.elsewhere[number], around, channels);
        heed::notice(model, levers, moment, organisation, around, course, &mut bench.strain.letdown);
        ownership::involve(model, levers, course, organisation, around, channels);
        let sponsor = model.layout.sponsor();
        let sponsor = people.present[sponsor] * course.practice[sponsor];
        patronage::slight(model, levers, moment, sponsor, course, channels, &mut bench.strain);
        charisma::draw(model, levers, moment, organisation, people, course, around, channels);
        site::prescribe(model, levers, organisation, around, channels);
        coalition::address(model, levers, moment, organisation, around, channels);
        hostility::refuse(model, people, channels);
        skill::teach(&p.skill, levers, course, around, channels);
        bench.elsewhen.help(model, around, channels);
        incentive::press(model, levers, course, around, channels);
        impatience::press(model, levers, moment, course, channels);
        let (crowding, own_freely) = (&mut bench.strain.crowding, &mut channels.own_freely);
        impatience::control(model, levers, moment, organisation, course, crowding, own_freely);
        hours::attend(model, course, channels);
        duty::apply(model, levers, people, course, around, channels);
    } else {
        channels.clear();
    }
    inspection::press(inspected, channels);
    let polished = !course.touched && inspection::polish(model, inspected, people, course, channels);
    // Colleagues who do better than usual are an example without any programme too.
    ownership::settle(&p.ownership, &people.present, channels, &bench.example, &mut course.ownership);
    skill::bring(model, channels);
    skill::settle(&p.skill, &people.present, channels, &bench.example, &mut course.skill);
    if course.touched {
        motivation::sway(model, levers, moment, course, organisation, around, channels, &mut bench.strain);
        aspiration::elate(model, levers, moment, around, &mut bench.strain);
        charisma::enliven(model, levers, organisation, course, around, &mut bench.strain);
        incentive::expect_payment(model, levers, course, around, &mut bench.strain.crowding);
        ownership::pass_over(model, levers, course, organisation, around, &mut bench.strain.crowding);
        blame::tire(model, course, &mut bench.strain.load);
        blame::frighten(model, course, around, &mut bench.strain.crowding);
        let beyond = attainable::beyond(&p.attainable, levers.design.ambition);
        fatigue::burden(&p.fatigue, levers, beyond, course, around, channels, &mut bench.strain.load);
        cynicism::add(&around.letdown, &mut bench.strain.letdown);
        peer_support::relieve(model, levers, moment, course, around, &mut bench.strain);
        disclosure::dismay(model, levers, moment, around, &mut bench.strain);
        practice::intend(people, course, around, incentive::gaming(&p.incentive, levers), channels);
        blame::game(model, people, course, channels);
        incentive::weigh(model, people, course, around, channels);
        incentive::divert(&p.incentive, channels);
        aspiration::idle(model, levers, around, channels);
        sharing::fall(model, people, channels, &mut bench.strain.load);
        blame::hesitate(model, course, &bench.example, channels);
        site::simplify(model, levers, course, channels);
        aim::miss(model, course, around, channels, &mut bench.strain.load);
        hostility::push_back(model, people, around, channels);
        hours::limit(model, levers, course, around, channels);
        permission::gate(model, people, course, around);
        rollout::wait(model, levers, moment, course, around);
    }
    settling::drift(model, tide, people, course);
    embedding::remind(model, people, course, around);
    if let Some(moves) = &mut bench.moves {
        moves[number].keep(model, levers, organisation, people, course, around, channels, heard);
    }
    habit::displace(model, people, course, around);
    practice::act(
        model,
        levers,
        tide,
        organisation,
        people,
        course.settled.as_ref(),
        around,
        channels,
        heard,
        &week.scatter[number],
        &course.skill,
        &mut course.practice,
        &mut course.habit,
    );
    bench.counts.of[number].take(model, organisation, people, course, channels);
    if course.touched {
        belief::settle(
            &p.belief,
            &people.present,
            &around.gap,
            channels,
            heard,
            &mut course.problem,
            &mut course.solution,
        );
        ritual_of_units(model, people, channels, course);
        blame::hide(model, course);
        measurement::embellish(model, levers, course);
        assurance::check(model, course);
    } else if polished {
        ritual_of_units(model, people, channels, course);
    }
}

#[inline(always)]
fn ritual_of_units(model: &Model, people: &People, channels: &Channels, course: &mut Course) {
    let frontline = (model.layout.staff - 1) as f32;
    for (unit, ritual) in course.ritual.iter_mut().enumerate() {
        let row = model.layout.row(unit);
        *ritual = sum(&channels.ritual[row.clone()], &people.present[row]) / frontline;
    }
}

/// Fatigue, cynicism and motivation follow what the week has been like, over all programmes.
#[inline(always)]
fn people_feel(
    model: &Model,
    organisation: &Organisation,
    week: usize,
    surge: f32,
    world: &mut World,
    bench: &mut Bench,
) {
    let p = &model.parameters;
    let World { people, mandate, .. } = world;
    hours::press(model, organisation, people, surge, &mut bench.by_unit);
    model.layout.spread(&bench.by_unit, &mut bench.pressure);
    for (pressure, part) in bench.pressure.iter_mut().zip(&organisation.mandate) {
        *pressure += part * *mandate;
    }
    erosion::wear(model, people, &mut bench.strain.crowding);
    let strain = &bench.strain;
    let spared = &model.spared;
    if !spared.holds(spared.fatigue, week) {
        fatigue::settle(&p.fatigue, &people.present, &bench.pressure, &strain.load, &mut people.fatigue);
    }
    if !spared.holds(spared.cynicism, week) {
        cynicism::settle(
            &p.cynicism,
            model.setting.cynicism,
            *mandate,
            &people.present,
            &strain.letdown,
            &strain.vitality,
            &mut people.cynicism,
        );
    }
    motivation::settle(
        &p.motivation,
        &people.present,
        &people.intrinsic,
        &strain.crowding,
        &strain.vitality,
        &mut people.motivation,
    );
}

/// People leave, posts stay empty, newcomers join.
#[inline(always)]
fn people_move(
    model: &Model,
    organisation: &Organisation,
    week: &Week,
    tide: f32,
    departures: Departures,
    world: &mut World,
    bench: &mut Bench,
) -> u32 {
    workforce::decide(model, organisation, departures.exodus, &world.people, week.chance, &mut bench.leaves);
    let mut departures = departures;
    stay::keep(model, week.number, &world.courses, &mut bench.leaves, &mut departures);
    workforce::turn_over(model, organisation, week.number, tide, departures, &bench.leaves, world)
}

/// Each unit's numbers: true and reported reliability, and other care.
#[inline(always)]
fn units_count(
    model: &Model,
    organisation: &Organisation,
    week: &Week,
    tide: f32,
    exodus: f32,
    world: &mut World,
    bench: &mut Bench,
) {
    let (p, layout) = (&model.parameters, &model.layout);
    let World { people, courses, care, .. } = world;
    bench.displaced.fill(0.0);
    bench.watched.fill(0.0);
    for ((programme, moment), course) in model.programmes.iter().zip(week.moments).zip(&*courses) {
        care::side_effects(model, programme, moment, course, &mut bench.displaced, &mut bench.watched);
    }
    let agency = workforce::agency(&p.workforce, &model.setting, exodus);
    let rest = p.fatigue.rest;
    for unit in 0..layout.units {
        let row = layout.row(unit);
        let present = &people.present[row.clone()];
        let held = sum(present, present);
        let leader = layout.leader(unit);
        let everybody = held + people.present[leader];
        let tired = sum(&people.fatigue[row.clone()], present) + people.present[leader] * people.fatigue[leader];
        let tired = if everybody > 0.0 { tired / everybody } else { rest };
        care[unit] = care::settle(&p.care, rest, tired, bench.displaced[unit], bench.watched[unit], care[unit]);
        for (course, misreport) in courses.iter_mut().zip(week.misreport) {
            let agency_practice = sigmoid(
                organisation.baseline_log_odds[unit] + tide - p.workforce.agency_shortfall
                    + p.workforce.agency_embedding * p.practice.embedding_weight * course.embedding[unit],
            );
            let staff = sum(&course.practice[row.clone()], present);
            let truth = if held > 0.0 {
                (1.0 - agency) * (staff / larger(held, 1.0)) + agency * agency_practice
            } else {
                agency_practice
            };
            course.true_practice[unit] = truth;
            course.reported[unit] = measurement::report(&p.measurement, truth, course.ritual[unit], misreport[unit]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{Model, Series},
        scenario::Scenario,
    };

    /// Where there is time to spare people do more than usual, and colleagues pick that up whether or not a programme is
    /// there: the equations of ownership and skill have an example in them that needs none.
    #[test]
    fn colleagues_are_an_example_without_any_programme_too() {
        let mut scenario = Scenario::default();
        scenario.setting.organisations = 2.0;
        scenario.setting.workload = -0.3;
        let start = scenario.programmes[0].clock.start as usize;
        let pair = scenario.to_model().pair(1, 0);
        for series in [Series::Ownership, Series::Skill] {
            let (with, without) = (pair.with[0].of(series), pair.without[0].of(series));
            assert!(without[start - 1] > 0.01 && without[150] > 0.05, "{series:?}");
            assert_eq!(with[..start], without[..start], "{series:?}");
        }
        for series in [Series::ProblemBelief, Series::SolutionBelief, Series::Will, Series::Ritual] {
            assert!(pair.without[0].of(series).iter().all(|x| *x == 0.0), "{series:?} without a programme");
        }
    }
}
