//! A week in the life of an organisation: the table of contents of the model.
//!
//! A function is a step. What a mechanism is told stands in [`Context`]; what it hands on, in the columns of [`Bench`].

use super::{
    Model,
    act::{assurance, belief, enabling, incentive, network, ownership, permission, practice, prompt, skill},
    bench::Bench,
    count::care,
    feel::{blame, cynicism, fatigue, motivation, peer_support},
    outside::outer,
    pushes::{
        aim, aspiration, charisma, coalition, coordination, disclosure, duty, hostility, hours, impatience, rollout,
        urgency,
    },
    state::{Course, People, World},
    turnover::{
        stay,
        workforce::{self, Departures},
    },
    unit::{collaborative, embedding, exposure, heed, inspection, measurement, patronage, permanence, site},
    weekly::{Channels, Context, Week, surroundings},
    who::Organisation,
};
use crate::math::{larger, sigmoid, sum};

/// One week of one organisation in one world.
#[inline(always)]
pub fn week(model: &Model, organisation: &Organisation, week: &Week, world: &mut World, bench: &mut Bench) {
    let reorganised = outer_context(model, organisation, week, world, bench);
    for number in 0..model.programmes.len() {
        let context = Context::new(model, organisation, week, world, number);
        units_look(&context, world, bench);
        staff_listen(&context, world, bench);
        levers_reach(&context, world, bench);
        staff_learn(&context, world, bench);
        programme_weighs(&context, world, bench);
        staff_intend(&context, world, bench);
        staff_act(&context, world, bench);
        staff_conclude(&context, world, bench);
    }
    people_feel(model, organisation, week, world, bench);
    people_move(model, organisation, week, reorganised, world, bench);
    units_count(model, organisation, week, world, bench);
}

/// Policy, mandates, reorganisations and the rising tide; what the week asks of everybody whatever the programmes do.
/// Returns whether the organisation is reorganised.
#[inline(always)]
fn outer_context(
    model: &Model,
    organisation: &Organisation,
    week: &Week,
    world: &mut World,
    bench: &mut Bench,
) -> bool {
    let policy_changes = week.nation.policy_changes[week.number];
    world.mandate = outer::mandates(&model.parameters.outer, world.mandate, policy_changes);
    let reorganised = outer::reorganised(model, organisation.luck, organisation.number, week.number, policy_changes);
    let People { usual, usual_log_odds, .. } = &mut world.people;
    lift(usual_log_odds, week.tide, usual);
    lift(&organisation.baseline_log_odds, week.tide, &mut bench.counts.usual);
    bench.strain.clear();
    hours::press(model, organisation, &world.people, week.surge, &mut bench.pressed);
    bench.hours.begin(model, &bench.pressed, world);
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
fn units_look(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, on, .. } = world;
    let course = &mut courses[context.number];
    exposure::superiors(context, people, course);
    permission::release(context, people, course);
    inspection::set_aside(context.week.inspected, &mut course.sight.released);
    // A programme that does nothing reaches nobody: care goes on as usual.
    let begins = || context.moment.begun && context.levers.doing() > 0.0;
    course.touched = course.touched || (*on && begins() && course.reached.contains(&1.0));
    if !course.touched {
        return;
    }
    exposure::reach_units(context, course);
    patronage::divert(context, course);
    heed::learn(context, course);
    collaborative::copy(context, course);
    measurement::build(context, course);
    measurement::look(context, &bench.counts.usual, course);
    embedding::write(context, people, course);
    permanence::expect(context, course);
    course.sight.fit[..context.model.layout.units].copy_from_slice(&course.fit);
    site::suit(context, course);
    exposure::management(context, course);
    exposure::sanctions(context, course);
    blame::learn(context, course);
    blame::feel(context, course);
    cynicism::let_down(context, course);
}

/// Everybody shows what they do and believe, listens to colleagues, and has the unit and the superiors around them.
#[inline(always)]
fn staff_listen(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    bench.elsewhen.recall(context, courses);
    let course = &mut courses[context.number];
    network::listen(context, people, course, &mut bench.heard);
    surroundings::always(context, course, &mut bench.around);
    network::example(context.model.parameters.measurement.result_scale, &bench.heard.peers, &mut bench.example);
    if course.touched {
        surroundings::where_touched(context, people, course, &mut bench.around);
    }
}

/// Levers become the handful of channels that reach each person.
#[inline(always)]
fn levers_reach(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    let course = &mut courses[context.number];
    let Bench { around, channels, strain, .. } = bench;
    if !course.touched {
        channels.clear();
        return;
    }
    strain.own_load.fill(0.0);
    urgency::hurry(context, around);
    exposure::spread(context, people, &bench.example, course);
    fatigue::paperwork(context, course, around, channels);
    coordination::meet(context, course, around, channels, &mut strain.own_load);
    hours::spend(context, &bench.hours, people, course, channels);
    belief::cases(context, people, course, around, &mut channels.problem, &mut channels.solution);
    disclosure::allure(context, around, channels);
    collaborative::compare(context, around, channels);
    heed::notice(context, around, course, &mut strain.letdown);
    ownership::involve(context, course, around, channels);
    enabling::make_room(context, people, course, around, channels);
    prompt::remind(context, around);
    patronage::slight(context, course, channels, strain);
    charisma::draw(context, people, course, around, channels);
    site::prescribe(context, around, channels);
    skill::teach(context, course, around, channels);
    bench.elsewhen.help(context, around, channels);
    coalition::address(context, around, channels);
    hostility::refuse(context, people, channels);
    incentive::press(context, course, around, channels);
    impatience::press(context, course, channels, &mut strain.crowding);
    hours::attend(context, course, channels);
    duty::apply(context, people, course, around, channels);
}

/// Ownership and skill follow what reached people, and their colleagues, who are an example without any programme too.
#[inline(always)]
fn staff_learn(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    let (p, course, channels) = (&context.model.parameters, &mut courses[context.number], &mut bench.channels);
    inspection::press(context.week.inspected, channels);
    if !course.touched {
        inspection::polish(context, incentive::gaming_unasked(&p.incentive), people, course, channels);
    }
    ownership::settle(&p.ownership, &people.present, channels, &bench.example, &mut course.ownership);
    skill::bring(context, channels);
    skill::settle(&p.skill, &people.present, channels, &bench.example, &mut course.skill);
}

/// What the programme adds to everybody's load, letdown, vitality and crowding out.
#[inline(always)]
fn programme_weighs(context: &Context, world: &mut World, bench: &mut Bench) {
    let course = &mut world.courses[context.number];
    let Bench { around, channels, strain, .. } = bench;
    if !course.touched {
        return;
    }
    motivation::sway(context, course, around, &mut strain.crowding, &mut strain.vitality);
    charisma::enliven(context, course, around, strain);
    incentive::expect_payment(context, course, around, &mut strain.crowding);
    ownership::pass_over(context, course, around, &mut strain.crowding);
    blame::tire(context, around, &mut strain.own_load);
    fatigue::burden(context, course, around, channels, &mut strain.own_load);
    cynicism::add(&around.letdown, &mut strain.letdown);
    peer_support::relieve(context, course, around, strain);
    disclosure::dismay(context, around, strain);
    strain.add_own_load();
}

/// What people mean to do, or only to report, and what keeps them from it.
#[inline(always)]
fn staff_intend(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    let course = &mut courses[context.number];
    let Bench { around, channels, .. } = bench;
    if !course.touched {
        return;
    }
    let gaming = incentive::gaming(&context.model.parameters.incentive, context.levers);
    practice::intend(context, people, course, around, gaming, channels);
    blame::game(context, people, course, around, channels);
    incentive::weigh(context, people, course, around, channels);
    incentive::divert(context, channels);
    aspiration::idle(context, course, around, channels);
    site::simplify(context, course, channels);
    aim::miss(context, course, around, channels);
    hours::limit(context, course, around, channels);
    permission::gate(context, people, course, around);
    rollout::wait(context, course, around);
}

/// Everybody acts, and it becomes habit.
#[inline(always)]
fn staff_act(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    let course = &mut courses[context.number];
    let Bench { around, channels, heard, .. } = bench;
    embedding::remind(context, people, course, around);
    if let Some(moves) = &mut bench.moves {
        moves[context.number].keep(context, people, course, around, channels, heard);
    }
    practice::act(context, people, course, around, channels, heard);
    bench.counts.of[context.number].take(context, people, course, channels);
}

/// Beliefs follow what people were told and heard, and each unit's number what was done for it alone.
#[inline(always)]
fn staff_conclude(context: &Context, world: &mut World, bench: &mut Bench) {
    let World { people, courses, .. } = world;
    let course = &mut courses[context.number];
    let Bench { around, channels, heard, .. } = bench;
    if course.touched {
        belief::settle(context, people, around, channels, heard, course);
    }
    if course.touched || context.week.inspected.ever {
        ritual_of_units(context.model, people, channels, course);
    }
    if course.touched {
        blame::hide(context, course);
        assurance::check(context, course);
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
fn people_feel(model: &Model, organisation: &Organisation, week: &Week, world: &mut World, bench: &mut Bench) {
    let p = &model.parameters;
    let World { people, courses, care, mandate, .. } = world;
    inspection::crowd(model, week.inspected, &organisation.autonomy, &mut bench.strain.crowding);
    hours::put_right(model, courses, care, &mut bench.pressed);
    model.layout.spread(&bench.pressed, &mut bench.pressure);
    for (pressure, part) in bench.pressure.iter_mut().zip(&organisation.mandate) {
        *pressure += part * *mandate;
    }
    let strain = &bench.strain;
    let spared = &model.spared;
    if !spared.holds(spared.fatigue, week.number) {
        fatigue::settle(&p.fatigue, &people.present, &bench.pressure, &strain.load, &mut people.fatigue);
    }
    if !spared.holds(spared.cynicism, week.number) {
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
    reorganised: bool,
    world: &mut World,
    bench: &mut Bench,
) {
    let mut departures = Departures::in_week(model, week.number, reorganised);
    workforce::decide(model, organisation, week.exodus, &world.people, week.chance, &mut bench.leaves);
    stay::keep(model, week.number, &world.courses, &mut bench.leaves, &mut departures);
    bench.counts.left =
        workforce::turn_over(model, organisation, week.number, week.tide, departures, &bench.leaves, world);
}

/// Each unit's numbers: true and reported reliability, and other care.
#[inline(always)]
fn units_count(model: &Model, organisation: &Organisation, week: &Week, world: &mut World, bench: &mut Bench) {
    let (p, layout) = (&model.parameters, &model.layout);
    bench.displaced.fill(0.0);
    bench.watched.fill(0.0);
    for number in 0..world.courses.len() {
        let context = Context::new(model, organisation, week, world, number);
        care::side_effects(&context, &world.courses[number], &mut bench.displaced, &mut bench.watched);
    }
    // Where nobody leaves, nobody fills the gap.
    let exodus = if model.spared.holds(model.spared.turnover, week.number) { 1.0 } else { week.exodus };
    let agency = workforce::agency(&p.workforce, &model.setting, exodus);
    let World { people, courses, care, .. } = world;
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
                organisation.baseline_log_odds[unit] + week.tide - p.workforce.agency_shortfall
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
    use crate::{model::Series, scenario::Scenario};

    /// Where there is time to spare people do more than usual, and colleagues pick that up whether or not a programme is
    /// there: the equations of ownership and skill have an example in them that needs none.
    #[test]
    fn colleagues_are_an_example_without_any_programme_too() {
        let mut scenario = Scenario::ordinary();
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
