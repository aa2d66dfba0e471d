//! Hours: what gets done in a week in which clinical work, gaps and mandates come first.
//!
//! free = max(0, slack - workload - surge - vacancies - mandate x mandates) + time really released for all programmes.
//! Paperwork that nothing absorbs and meetings with other units come first; the practice takes need x (1 + difficulty x
//! hardness) x (1 - habitual x clip((H - usual) / result_scale)), and once support has ended that much as far as it is
//! still done, clip(lift / result_scale) x (1 - embedding): what nobody does any more takes no time, and what is part
//! of the usual work none of its own. Of the time for it a share debate x nor(participation, peer debate) x (share of
//! staff whose belief in the solution is below `convinced`) goes into debate, which fades as people agree and lasts
//! where they do not, and a share building x investment x (1 - means to measure / equipped) into building those. What
//! gets done of the practice, done = (1 - debate) (1 - building) clip((free - first) / practice, 0, 1), scales what
//! people are able to do this week, how much of the teaching they can attend, and what they do under pressure, but for
//! what is sanctioned. Teaching by duty (see `duty`) comes after that, and no lack of hours limits it. Protected time
//! is all that a programme takes, as far as superiors really release it. With need 0 (neutral) there are hours for
//! everything. Work of putting right = failure_demand x (harm to other care - lift of all programmes) is workload as
//! any other: more is done in time that reliable care sets free, and pushing that harms care takes time away, the two
//! loops of the capability trap (Repenning & Sterman 2001). Source: patterns P03, P04, P10, P19, P21, P22, P30 (the
//! review, challenges 4 and 5); sizes assumed.

use crate::{
    math::{clip, larger, nor, sum},
    model::{
        Model,
        pushes::coordination,
        state::{Course, People, Sight, World},
        weekly::{Channels, Context, Surroundings},
        who::Organisation,
    },
    quantities,
};

quantities! {
    /// Hours: what gets done in a week in which clinical work, gaps and mandates come first.
    pub struct Hours {
        /// Time that an easy practice takes; 0 is neutral: time limits nobody.
        need = 0.1, "share of the week", 0.0..0.2, Assumption, "half a day a week; patterns P19, P21",
            neutral 0.0;
        /// Share of the time for a practice that is saved once it is habit; 0 is neutral.
        habitual = 0.8, "share", 0.0..1.0, Assumption, "direction: habits take little attention (Wood & Neal 2007); pattern P15: what is integrated is no burden to the next programme",
            neutral 0.0;
        /// Time saved where all care that was unreliable has become reliable, and lost where other care is harmed; 0 is neutral.
        failure_demand = 0.15, "share of the week", 0.0..0.4, Assumption, "direction: rework takes the time that improvement needs, the loop of the capability trap (Repenning & Sterman 2001)",
            neutral 0.0;
        /// How much more time the hardest practice takes.
        difficulty = 2.0, "times", 0.0..5.0, Assumption, "pattern P21: complex programmes take more";
        /// Time at usual load that nothing else has a claim on.
        slack = 0.32, "share of the week", 0.25..0.4, Assumption, "judgement; workload is counted against it";
        /// Time for paperwork beyond what is absorbed, against an easy practice.
        paperwork = 1.4, "times", 0.4..2.4, Assumption, "2.6 h of a physician's week at the heaviest (Casalino 2016), beyond what slack and clerks absorb";
        /// Share of the time for the practice that goes into debate while nobody agrees.
        debate = 0.55, "share", 0.3..0.7, Assumption, "patterns P03, P04";
        /// Belief in the solution from which a person does not dispute it any more.
        convinced = 0.26, "share", 0.15..0.35, Assumption, "judgement";
        /// Share of it that goes into building the means to measure where there are none.
        building = 0.1, "share", 0.0..0.3, Assumption, "analysts build, staff help: a tenth of a practice of a fifth of the week is a working day a week on a ward of 16";
        /// Means to measure that need no more building.
        equipped = 0.6, "share", 0.3..1.0, Assumption, "judgement";
        /// Time that a mandate takes.
        mandate = 0.13, "share of the week", 0.02..0.2, Assumption, "pattern P30: half a day a week for what is demanded";
        /// Time to meet with each other unit that must move too, against an easy practice.
        meeting = 0.1, "times", 0.0..0.5, Assumption, "pattern P16";
    }
}

/// What the place itself asks of each unit beyond the usual: workload, surge and empty posts; the last entry is the
/// management's, which has no posts to cover.
#[inline(always)]
pub fn press(model: &Model, organisation: &Organisation, people: &People, surge: f32, by_unit: &mut [f32]) {
    let (layout, vacancy) = (&model.layout, model.parameters.fatigue.vacancy);
    let constant = model.setting.workload + surge;
    for unit in 0..layout.units {
        let row = &people.present[layout.row(unit)];
        let held = sum(row, row) + people.present[layout.leader(unit)];
        by_unit[unit] = constant + organisation.workload[unit] + vacancy * (1.0 - held / layout.staff as f32);
    }
    by_unit[layout.units] = constant;
}

/// Care that has become reliable saves each unit the work of putting right what went wrong, and harm to other care makes
/// more of it.
#[inline(never)]
pub fn put_right(model: &Model, courses: &[Course], care: &[f32], by_unit: &mut [f32]) {
    let failure_demand = model.parameters.hours.failure_demand;
    if failure_demand == 0.0 {
        return;
    }
    for unit in 0..model.layout.units {
        let lift = courses.iter().map(|course| course.sight.true_lift[unit]).sum::<f32>();
        by_unit[unit] += failure_demand * ((1.0 - care[unit]) - lift);
    }
}

/// What the week has for programmes, by unit.
#[derive(Clone, Debug)]
pub struct Spare {
    free: Vec<f32>,
    given: Vec<f32>,
    first: Vec<f32>,
    asked: Vec<f32>,
}

impl Spare {
    /// Room for so many units.
    pub fn none(units: usize) -> Self {
        let of_units = || vec![0.0; units];
        Self { free: vec![0.0; units + 1], given: of_units(), first: of_units(), asked: of_units() }
    }

    /// Hours that are left to each unit, and what all programmes have asked of it last week; `pressed` is what the place
    /// itself asks.
    #[inline(never)]
    pub fn begin(&mut self, model: &Model, pressed: &[f32], World { courses, care, mandate, .. }: &World) {
        let p = &model.parameters.hours;
        if p.need == 0.0 {
            return;
        }
        self.free.copy_from_slice(pressed);
        put_right(model, courses, care, &mut self.free);
        let (free, mandate) = (&mut self.free[..model.layout.units], p.mandate * *mandate);
        for free in free.iter_mut() {
            *free = larger(0.0, p.slack - (*free + mandate));
        }
        for total in [&mut self.given, &mut self.first, &mut self.asked] {
            total.fill(0.0);
        }
        for Course { sight, .. } in courses {
            add(&sight.time_given, &mut self.given);
            add(&sight.first_asked, &mut self.first);
            add(&sight.time_asked, &mut self.asked);
        }
        add(&self.given, free);
    }
}

fn add(numbers: &[f32], totals: &mut [f32]) {
    for (total, number) in totals.iter_mut().zip(numbers) {
        *total += number;
    }
}

/// What a programme asks of each unit this week, what it gives, and how much of it all gets done.
#[inline(never)]
pub fn spend(context: &Context, spare: &Spare, people: &People, course: &mut Course, channels: &Channels) {
    let Context { model, levers, moment, .. } = *context;
    let p = &model.parameters.hours;
    if p.need == 0.0 {
        return;
    }
    let hardness = p.need * (1.0 + p.difficulty * levers.design.difficulty);
    let offered = nor(levers.engagement.participation, levers.persuasion.peer_debate);
    let scale = model.parameters.measurement.result_scale;
    let (debate, building) = (p.debate * offered, p.building * levers.measurement.capability);
    let (paperwork, meeting) = (p.need * p.paperwork, p.need * p.meeting * coordination::links(levers, course));
    let Sight {
        reached,
        resourced,
        released,
        first_asked,
        time_asked,
        time_given,
        time_in_debate,
        done,
        true_lift,
        ..
    } = &mut course.sight;
    for unit in 0..model.layout.units {
        let row = model.layout.frontline(unit);
        let members = row.len() as f32;
        let busy = &channels.paperwork[row.clone()];
        let (habit, usual) = (&course.habit[row.clone()], &people.usual[row.clone()]);
        let (mut filing, mut beyond) = (0.0, 0.0);
        for i in 0..row.len() {
            filing += busy[i];
            beyond += habit[i] - usual[i];
        }
        let first = resourced[unit] * (paperwork * (filing / members) + meeting);
        let kept = clip(true_lift[unit] / scale, 0.0, 1.0) * (1.0 - course.embedding[unit]);
        let kept = if moment.after { larger(resourced[unit], kept) } else { 0.0 };
        let saved = p.habitual * clip(beyond / members / scale, 0.0, 1.0);
        let practice = reached[unit] * larger(moment.strength, kept) * hardness * (1.0 - saved);
        let given = resourced[unit] * released[unit] * (first + practice);
        // What other programmes ask and give is that of the week before, so that their order does not matter.
        let free = spare.free[unit] - time_given[unit] + given - (spare.first[unit] - first_asked[unit] + first);
        let all = spare.asked[unit] - time_asked[unit] + practice;
        (first_asked[unit], time_asked[unit], time_given[unit]) = (first, practice, given);
        let there_is = if all > free { clip(free / larger(all, 1e-6), 0.0, 1.0) } else { 1.0 };
        // Before anything is asked of anybody, people debate, plan and build.
        let talking = larger(resourced[unit], moment.planning * reached[unit]);
        let disputing = count_below(&course.solution[row], p.convinced) as f32 / members;
        let debated = debate * talking * disputing;
        let built = building * talking * clip(1.0 - course.capability[unit] / p.equipped, 0.0, 1.0);
        done[unit] = there_is * (1.0 - debated) * (1.0 - built);
        time_in_debate[unit] = there_is * debated * larger(practice, moment.planning * reached[unit] * hardness);
    }
}

/// How many of the numbers are below a limit.
#[inline(always)]
fn count_below(numbers: &[f32], limit: f32) -> u32 {
    let mut below = 0;
    for number in numbers {
        below += u32::from(*number < limit);
    }
    below
}

/// Nobody learns in hours that are not there.
#[inline(always)]
pub fn attend(context: &Context, course: &Course, channels: &mut Channels) {
    let model = context.model;
    if model.parameters.hours.need > 0.0 {
        by_unit(model, course, &mut channels.teaching);
    }
}

/// Nobody does in a week what there are no hours for, whether willing or pressed; what is sanctioned is done all the same,
/// at the expense of other care, and work on the number takes next to none.
#[inline(always)]
pub fn limit(context: &Context, course: &Course, around: &mut Surroundings, channels: &mut Channels) {
    let Context { model, levers, .. } = *context;
    if model.parameters.hours.need == 0.0 {
        return;
    }
    by_unit(model, course, &mut around.fit);
    let sanctioned = levers.incentives.sanction;
    for unit in 0..model.layout.units {
        let left = course.sight.done[unit] + sanctioned * (1.0 - course.sight.done[unit]);
        multiply(model, unit, left, &mut channels.pressure);
    }
}

#[inline(always)]
fn by_unit(model: &Model, course: &Course, column: &mut [f32]) {
    for unit in 0..model.layout.units {
        multiply(model, unit, course.sight.done[unit], column);
    }
}

/// The front line and the leader of a unit have so much of it left.
#[inline(always)]
fn multiply(model: &Model, unit: usize, left: f32, column: &mut [f32]) {
    // Rows are whole eights.
    for eight in column[model.layout.row(unit)].as_chunks_mut::<8>().0 {
        for value in eight {
            *value *= left;
        }
    }
    column[model.layout.leader(unit)] *= left;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::stage::{Stage, close},
        scenario::Scenario,
    };

    /// Share of what is asked that gets done in the first unit, and the time that goes into debate, at full strength.
    fn week(change: impl FnOnce(&mut Scenario), agree: f32) -> [f32; 2] {
        week_in(change, agree, |_| ())
    }

    /// The same in a world with a past.
    fn week_in(change: impl FnOnce(&mut Scenario), agree: f32, past: impl FnOnce(&mut World)) -> [f32; 2] {
        let stage = Stage::with(|scenario| {
            scenario.parameters.hours.need = 0.1;
            let levers = &mut scenario.programmes[0].levers;
            (levers.design.difficulty, levers.measurement.burden, levers.measurement.capability) = (0.5, 0.0, 0.0);
            levers.engagement.participation = 1.0;
            change(scenario);
        });
        let mut world = stage.world();
        let Stage { mut place, channels, .. } = stage;
        let layout = &place.model.layout;
        past(&mut world);
        let mut week = Spare::none(layout.units);
        let mut pressed = vec![0.0; layout.units + 1];
        press(&place.model, &place.organisation, &world.people, 0.0, &mut pressed);
        week.begin(&place.model, &pressed, &world);
        let World { people, courses, .. } = &mut world;
        let course = &mut courses[0];
        course.sight.reached.fill(1.0);
        course.sight.resourced.fill(1.0);
        course.sight.released.fill(place.model.programmes[0].levers.resources.protected_time);
        let many = (agree * (layout.staff - 1) as f32).round() as usize;
        course.solution[layout.frontline(0)][..many].fill(1.0);
        place.moment.strength = 1.0;
        spend(&place.context(), &week, people, course, &channels);
        [course.sight.done[0], course.sight.time_in_debate[0]]
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
            week(change, 1.0)[0]
        };
        assert_eq!([at(0.0, 0.0), at(0.0, 1.0)], [1.0, 1.0]);
        assert_eq!([at(0.4, 0.0), at(0.4, 1.0)], [0.0, 1.0]);
        assert!(
            (at(Hours::default().slack - 0.1, 0.0) - 0.1 / 0.2).abs() < 1e-5 && (at(0.4, 0.25) - 0.25).abs() < 1e-5
        );
    }

    #[test]
    fn debate_and_building_take_time_until_people_agree_and_can_measure() {
        let p = Hours::default();
        // A practice of middling difficulty takes a fifth of the week; two in three of 21 are not convinced yet.
        let [done, debated] = week(|_| (), 1.0 / 3.0);
        let share = 2.0 / 3.0 * p.debate;
        assert!((done - (1.0 - share)).abs() < 1e-5 && (debated - 0.2 * share).abs() < 1e-5, "{done} {debated}");
        let build = |scenario: &mut Scenario| {
            scenario.setting.measurement_capability = 0.2;
            scenario.programmes[0].levers.measurement.capability = 1.0;
        };
        let [done, debated] = week(build, 1.0);
        assert!((done - (1.0 - (1.0 - 0.2 / p.equipped) * p.building)).abs() < 1e-5 && debated == 0.0);
    }

    /// A fiftieth of the week is free, a tenth of what an unaccustomed practice takes; what is wholly habit takes a fifth of
    /// that, what is half habit three fifths.
    #[test]
    fn what_has_become_habit_takes_little_time() {
        let done = |habitual: f32, share: f32| {
            let change = |scenario: &mut Scenario| {
                scenario.setting.workload = Hours::default().slack - 0.02;
                scenario.programmes[0].levers.resources.protected_time = 0.0;
                scenario.parameters.hours.habitual = habitual;
                scenario.parameters.measurement.result_scale = 0.1;
            };
            let past = |world: &mut World| {
                for (habit, usual) in world.courses[0].habit.iter_mut().zip(&world.people.usual) {
                    *habit = usual + 0.1 * share;
                }
            };
            week_in(change, 1.0, past)[0]
        };
        for (habitual, share, expected) in [
            (0.8, 0.0, 0.1),
            (0.8, 1.0, 0.1 / 0.2),
            (0.8, 0.5, 0.1 / 0.6),
            // More than habit nothing can become, and less than usual costs no more than the unaccustomed.
            (0.8, 3.0, 0.1 / 0.2),
            (0.8, -1.0, 0.1),
            (0.0, 1.0, 0.1),
        ] {
            let found = done(habitual, share);
            assert!((found - expected).abs() < 1e-4, "{habitual} {share}: {found}, not {expected}");
        }
    }

    #[test]
    fn reliable_care_saves_work_and_harm_makes_it() {
        let after = |failure_demand: f32, lifts: [f32; 2], care: f32| {
            let Stage { place, course, .. } =
                Stage::with(|scenario| scenario.parameters.hours.failure_demand = failure_demand);
            let mut courses = [course.clone(), course];
            for (course, lift) in courses.iter_mut().zip(lifts) {
                course.sight.true_lift.fill(lift);
            }
            let units = place.model.layout.units;
            let mut work = vec![0.1; units];
            put_right(&place.model, &courses, &vec![care; units], &mut work);
            work[0]
        };
        for (lifts, care, expected) in
            [([0.0, 0.0], 1.0, 0.1), ([0.1, 0.2], 1.0, 0.1 - 0.06), ([0.0, 0.0], 0.5, 0.2), ([0.1, 0.2], 0.9, 0.06)]
        {
            close([after(0.2, lifts, care)], [expected]);
        }
        assert_eq!(after(0.0, [0.3, 0.3], 0.2), 0.1);
    }

    /// Both loops of the capability trap, in a week of which a fiftieth is free: a lift of 0.3 frees 0.06 more, enough for
    /// four tenths of the practice, and harm to a tenth of other care takes all of it away.
    #[test]
    fn time_freed_is_time_for_more_and_time_lost_is_missing() {
        let done = |lift: f32, care: f32| {
            let change = |scenario: &mut Scenario| {
                scenario.setting.workload = Hours::default().slack - 0.02;
                scenario.programmes[0].levers.resources.protected_time = 0.0;
                scenario.parameters.hours.failure_demand = 0.2;
            };
            let past = |world: &mut World| {
                world.courses[0].sight.true_lift.fill(lift);
                world.care.fill(care);
            };
            week_in(change, 1.0, past)[0]
        };
        assert!((done(0.0, 1.0) - 0.1).abs() < 1e-4 && (done(0.3, 1.0) - 0.4).abs() < 1e-4, "{}", done(0.3, 1.0));
        assert!(done(0.0, 0.9) < 1e-4);
    }

    #[test]
    fn where_nothing_takes_time_everything_gets_done() {
        let Stage { place, course, mut around, mut channels, .. } =
            Stage::with(|scenario| scenario.parameters.hours.need = 0.0);
        around.fit.fill(0.7);
        channels.pressure.fill(0.2);
        limit(&place.context(), &course, &mut around, &mut channels);
        assert!(around.fit.iter().all(|fit| *fit == 0.7) && channels.pressure.iter().all(|pressure| *pressure == 0.2));
    }
}
