//! Hours: what gets done in a week in which clinical work, gaps and mandates come first.
//!
//! free = max(0, slack - workload - surge - vacancies - mandates) + time really released for all programmes. What programmes
//! ask is done in this order: first = paperwork that nothing absorbs, meetings with other units, building of the means to
//! measure, debate and trial; then the practice itself, need x (1 + difficulty x hardness). What gets done of the practice,
//! done = clip((free - first) / practice, 0, 1), scales what people are able to do this week and how much of the teaching
//! they can attend. Debate = need x debate x nor(participation, peer debate, piloting) x (1 - mean belief in the solution):
//! it fades as people agree, and lasts where they do not. Protected time is all that was planned, debate excepted, as far
//! as the manager really releases it. With need 0 (neutral) there are hours for everything.
//! Source: patterns P03, P04, P10, P19, P21, P22, P30 (the review, challenges 4 and 5); sizes assumed.

use super::{
    Model,
    channels::Channels,
    coordination,
    course::{Course, Sight},
    moment::Moment,
    state::People,
    surroundings::Surroundings,
};
use crate::{
    math::{clip, larger, nor3},
    programme::Levers,
    quantities,
};

quantities! {
    /// Hours: what gets done in a week in which clinical work, gaps and mandates come first.
    pub struct Hours {
        /// Time that an easy practice takes; 0 is neutral (time limits nobody).
        need = 0.0, "share of the week", 0.0..0.3, Assumption, "half a day a week; patterns P19, P21",
            supported 0.1;
        /// How much more time the hardest practice takes.
        difficulty = 2.0, "times", 0.0..5.0, Assumption, "pattern P21: complex programmes take more";
        /// Time at usual load that nothing else has a claim on.
        slack = 0.3, "share of the week", 0.05..0.6, Assumption, "judgement; workload is counted against it";
        /// Time for paperwork beyond what is absorbed, against an easy practice.
        paperwork = 2.0, "times", 0.0..5.0, Assumption, "pattern P09";
        /// Time for debate and trial while nobody agrees, against an easy practice.
        debate = 4.0, "times", 0.0..8.0, Assumption, "patterns P03, P04";
        /// Time to build the means to measure from nothing, against an easy practice.
        building = 2.0, "times", 0.0..8.0, Assumption, "pattern P10";
        /// Time to meet with each other unit that must move too, against an easy practice.
        meeting = 0.1, "times", 0.0..0.5, Assumption, "pattern P16";
    }
}

/// What the place itself asks of each unit beyond the usual: workload, surge and empty posts; the last entry is the
/// management's, which has no posts to cover.
#[inline(always)]
pub fn press(model: &Model, people: &People, surge: f32, by_unit: &mut [f32]) {
    let (layout, vacancy) = (&model.layout, model.parameters.fatigue.vacancy);
    let constant = model.setting.workload + surge;
    for unit in 0..layout.units {
        let row = &people.present[layout.frontline(unit)];
        let held = row.iter().filter(|present| **present > 0.0).count() as f32 + people.present[layout.leader(unit)];
        by_unit[unit] = constant + vacancy * (1.0 - held / layout.staff as f32);
    }
    by_unit[layout.units] = constant;
}

/// What the week has for programmes, by unit.
#[derive(Clone, Debug)]
pub struct Week {
    free: Vec<f32>,
    first: Vec<f32>,
    asked: Vec<f32>,
}

impl Week {
    /// Room for so many units.
    pub fn none(units: usize) -> Self {
        Self { free: vec![0.0; units + 1], first: vec![0.0; units], asked: vec![0.0; units] }
    }

    /// Hours that are left to each unit, and what all programmes have asked of it last week.
    #[inline(never)]
    pub fn begin(&mut self, model: &Model, people: &People, surge: f32, mandate: f32, courses: &[Course]) {
        let (p, fatigue) = (&model.parameters.hours, &model.parameters.fatigue);
        if p.need == 0.0 {
            return;
        }
        press(model, people, surge, &mut self.free);
        for unit in 0..model.layout.units {
            let pressed = self.free[unit] + fatigue.mandate * fatigue.mandate_frontline * mandate;
            let total = |of: fn(&Sight) -> &[f32]| courses.iter().map(|course| of(&course.sight)[unit]).sum::<f32>();
            self.free[unit] = larger(0.0, p.slack - pressed) + total(|sight| &sight.time_given);
            self.first[unit] = total(|sight| &sight.first_asked);
            self.asked[unit] = total(|sight| &sight.time_asked);
        }
    }
}

/// What a programme asks of each unit this week, what it gives, and how much of it all gets done.
#[inline(never)]
pub fn spend(model: &Model, levers: &Levers, moment: &Moment, week: &Week, course: &mut Course, channels: &Channels) {
    let p = &model.parameters.hours;
    if p.need == 0.0 {
        return;
    }
    let hardness = p.need * (1.0 + p.difficulty * levers.design.difficulty);
    let under_way = if moment.after { 1.0 } else { moment.strength };
    let offered = nor3(levers.engagement.participation, levers.persuasion.peer_debate, levers.persuasion.pilot);
    let (debate, building) = (p.need * p.debate * offered, p.need * p.building * levers.measurement.capability);
    let (paperwork, meeting) = (p.need * p.paperwork, p.need * p.meeting * coordination::links(levers, course));
    let Sight { reached, resourced, released, first_asked, time_asked, time_given, time_in_debate, done, .. } =
        &mut course.sight;
    for unit in 0..model.layout.units {
        let row = model.layout.frontline(unit);
        let members = row.len() as f32;
        let mean = |column: &[f32]| column[row.clone()].iter().sum::<f32>() / members;
        // Before anything is asked of anybody, people plan, debate and build.
        let talking = larger(resourced[unit], moment.planning * reached[unit]);
        let debated = debate * talking * (1.0 - mean(&course.solution));
        let planned_first = resourced[unit] * (paperwork * mean(&channels.paperwork) + meeting)
            + talking * building * (1.0 - course.capability[unit]);
        let practice = reached[unit] * under_way * hardness;
        let given = resourced[unit] * released[unit] * (planned_first + practice);
        // What other programmes ask and give is that of the week before, so that their order does not matter.
        let free = week.free[unit] - time_given[unit] + given;
        let first = week.first[unit] - first_asked[unit] + planned_first + debated;
        let all = week.asked[unit] - time_asked[unit] + practice;
        (first_asked[unit], time_asked[unit], time_given[unit]) = (planned_first + debated, practice, given);
        time_in_debate[unit] = debated * if first > free { free / first } else { 1.0 };
        done[unit] = if first + all > free { clip((free - first) / larger(all, 1e-6), 0.0, 1.0) } else { 1.0 };
    }
}

/// Nobody learns in hours that are not there.
#[inline(never)]
pub fn attend(model: &Model, course: &Course, channels: &mut Channels) {
    if model.parameters.hours.need > 0.0 {
        by_unit(model, course, &mut channels.teaching);
    }
}

/// Nobody does in a week what there are no hours for.
#[inline(never)]
pub fn limit(model: &Model, course: &Course, around: &mut Surroundings) {
    if model.parameters.hours.need > 0.0 {
        by_unit(model, course, &mut around.fit);
    }
}

fn by_unit(model: &Model, course: &Course, column: &mut [f32]) {
    for unit in 0..model.layout.units {
        for post in model.layout.frontline(unit).chain([model.layout.leader(unit)]) {
            column[post] *= course.sight.done[unit];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{organisation::Organisation, state::World},
        rng::Luck,
        scenario::Scenario,
    };

    /// Share of what is asked that gets done in the first unit, and the time that goes into debate, at full strength.
    fn week(change: impl FnOnce(&mut Scenario), agree: f32) -> (f32, f32) {
        let mut scenario = Scenario::default();
        scenario.parameters.hours.need = 0.1;
        let levers = &mut scenario.programmes[0].levers;
        (levers.design.difficulty, levers.measurement.burden, levers.measurement.capability) = (0.5, 0.0, 0.0);
        levers.engagement.participation = 1.0;
        change(&mut scenario);
        let model = Model::new(&scenario);
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let mut world = World::first(&model, &organisation, &[&vec![true; model.layout.units]], true);
        let mut week = Week::none(model.layout.units);
        week.begin(&model, &world.people, 0.0, 0.0, &world.courses);
        let course = &mut world.courses[0];
        for column in [&mut course.sight.reached, &mut course.sight.resourced] {
            column.fill(1.0);
        }
        course.sight.released.fill(scenario.programmes[0].levers.resources.protected_time);
        course.solution[model.layout.frontline(0)].fill(agree);
        let moment = Moment { strength: 1.0, ..Moment::default() };
        spend(&model, &scenario.programmes[0].levers, &moment, &week, course, &Channels::none(model.layout.posts));
        (course.sight.done[0], course.sight.time_in_debate[0])
    }

    /// A practice of middling difficulty takes a fifth of the week: on a ward without slack nothing of it gets done but
    /// what protected time allows, and on a calm one all of it, protected or not.
    #[test]
    fn clinical_work_comes_first_and_protected_time_is_kept() {
        let at = |workload: f32, protected: f32| {
            let change = |scenario: &mut Scenario| {
                scenario.setting.workload = workload;
                scenario.programmes[0].levers.resources.protected_time = protected;
            };
            week(change, 1.0).0
        };
        assert_eq!([at(0.0, 0.0), at(0.0, 1.0)], [1.0, 1.0]);
        assert_eq!([at(0.3, 0.0), at(0.3, 1.0)], [0.0, 1.0]);
        assert!((at(0.2, 0.0) - 0.1 / 0.2).abs() < 1e-5 && (at(0.3, 0.25) - 0.25).abs() < 1e-5);
    }

    #[test]
    fn debate_takes_time_until_people_agree() {
        let (done, debated) = week(|_| (), 0.0);
        // All of what is free and released goes into debate: a practice that takes a fifth of the week has to wait.
        assert_eq!((done, debated), (0.0, 0.36));
        let (done, debated) = week(|_| (), 0.5);
        assert!((debated - 0.2).abs() < 1e-5 && (done - (0.36 - 0.2) / 0.2).abs() < 1e-5, "{done} {debated}");
        assert_eq!(week(|_| (), 1.0), (1.0, 0.0));
    }

    #[test]
    fn where_nothing_takes_time_everything_gets_done() {
        let model = Model::new(&Scenario::default());
        let organisation = Organisation::draw(&model, Luck { seed: 1, replicate: 0 }, 0);
        let world = World::first(&model, &organisation, &[&vec![true; model.layout.units]], true);
        let mut around = Surroundings::none(model.layout.posts);
        around.fit.fill(0.7);
        limit(&model, &world.courses[0], &mut around);
        assert!(around.fit.iter().all(|fit| *fit == 0.7));
    }
}
