//! Workforce: leaving, empty posts, joining.
//!
//! Weekly hazard of leaving = yearly rate x turnover / 52 x exp(fatigue_leaving (f - rest) + cynicism_leaving (c - c0)
//! + leaderless_leaving where nobody holds the unit leader's post).
//! A post then stays empty for its weeks to fill x (0.5 to 1.5), a leader's shorter where succession is planned. The new
//! holder brings fresh traits; `keep = nor(induction or succession x resources, half the embedding)` hands over that
//! part of what the predecessor believed and could do, of a place on the project team, and of the unit's lift as habit;
//! the rest is lost. Source: NHS Digital for rates; patterns P25-P27; Woltmann 2008 for the effect on fidelity.

use crate::{
    math::{clip, exp, larger, nor, sigmoid, smaller},
    model::{
        Model,
        act::{enabling, network},
        begin,
        outside::outer,
        pushes::aim,
        state::{Course, People, World},
        unit::{completion, exposure},
        who::{Level, Organisation, newcomer},
    },
    programme::Phase,
    quantities,
    rng::Process,
    world::{Setting, Shock},
};

quantities! {
    /// Workforce: leaving, empty posts, joining.
    pub struct Workforce {
        /// How much fatigue adds to leaving.
        fatigue_leaving = 1.5, "log rate", 0.0..4.0, Assumption, "judgement";
        /// How much cynicism adds to leaving.
        cynicism_leaving = 0.8, "log rate", 0.0..3.0, Assumption, "judgement";
        /// Shortest time to fill a post, as a share of its mean; the longest is as far above.
        quickest_fill = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How far agency staff fall short of usual practice.
        agency_shortfall = 0.3, "log odds", 0.0..1.0, Assumption, "judgement";
        /// How much procedures help agency staff, against permanent staff.
        agency_embedding = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How many more agency staff an exodus brings.
        agency_exodus = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How much procedures alone teach a newcomer.
        embedding_teaches = 0.5, "share", 0.0..1.0, Assumption, "pattern P27";
        /// How far embedded induction goes on without resources.
        embedded_induction = 0.7, "share", 0.0..1.0, Assumption, "pattern P27";
        /// Share of ownership that can be handed over.
        ownership_passed = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Share of the unit's lift that a well-taught newcomer starts with.
        lift_passed = 0.7, "share", 0.2..1.0, Assumption, "pattern P26";
        /// Share of leaders, managers and sponsors whom a reorganisation moves to another post; 0 is neutral.
        reorganisation_leaders = 0.4, "share", 0.0..1.0, Assumption, "pattern P28: shocks move post-holders; size assumed",
            neutral 0.0;
        /// Share of frontline staff whom it moves; 0 is neutral.
        reorganisation_staff = 0.1, "share", 0.0..1.0, Assumption, "pattern P28: shocks move post-holders; size assumed",
            neutral 0.0;
        /// How much of what a newcomer to the front line takes over is the mean of colleagues in the unit rather than the predecessor's own; 0 is neutral.
        from_colleagues = 1.0, "share", 0.0..1.0, Assumption, "pattern P26: newcomers meet the unit, not the one who has gone",
            neutral 0.0;
        /// How much an empty leader's post adds to leaving in the unit; 0 is neutral.
        leaderless_leaving = 0.5, "log rate", 0.0..1.5, Assumption, "2 to 4 of 100 nurses more leave in the year after their manager has gone (AONL/Laudio 2024), most of them while nobody is in the post",
            neutral 0.0;
    }
}

/// What this week does to people beyond the usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Departures {
    /// Whether every unit leader leaves.
    pub leaders: bool,
    /// Whether every sponsor leaves.
    pub sponsors: bool,
    /// Whether every member of a project team leaves.
    pub champions: bool,
    /// Whether the organisation is reorganised, which moves some.
    pub reorganised: bool,
}

impl Departures {
    /// What the scenario schedules for `week`.
    pub fn in_week(model: &Model, week: usize, reorganised: bool) -> Self {
        let scheduled = |sort: fn(&Shock) -> bool| outer::scheduled(model, week, sort);
        Self {
            leaders: scheduled(|shock| matches!(shock, Shock::LeadersLeave(_))),
            sponsors: scheduled(|shock| matches!(shock, Shock::SponsorLeaves(_))),
            champions: scheduled(|shock| matches!(shock, Shock::ChampionsLeave(_))),
            reorganised,
        }
    }

    fn takes(&self, courses: &[Course], post: usize, level: Level) -> bool {
        (self.leaders && level == Level::Leader)
            || (self.sponsors && level == Level::Sponsor)
            || (self.champions && courses.iter().any(|course| course.champion[post] > 0.0))
    }
}

/// Whether the holder of a post leads the work: a leader, manager or sponsor, or on a project team.
pub fn leads(courses: &[Course], post: usize, level: Level) -> bool {
    level != Level::Frontline || courses.iter().any(|course| course.champion[post] > 0.0)
}

/// Whether a reorganisation moves the holder of a post.
fn moved(
    model: &Model,
    organisation: &Organisation,
    week: usize,
    courses: &[Course],
    post: usize,
    level: Level,
) -> bool {
    let p = &model.parameters.workforce;
    let share = if level == Level::Frontline { p.reorganisation_staff } else { p.reorganisation_leaders };
    let stays = if leads(courses, post, level) { model.spared.leaders } else { model.spared.turnover };
    let chance = || organisation.luck.draws(Process::Move, organisation.number, post as u32, week as u64).uniform();
    share > 0.0 && !model.spared.holds(stays, week) && chance() < share
}

/// Share of shifts worked by agency staff: more in an exodus, at most all of them.
#[inline(always)]
pub fn agency(p: &Workforce, setting: &Setting, exodus: f32) -> f32 {
    if exodus > 1.0 { smaller(1.0, setting.agency * p.agency_exodus) } else { setting.agency }
}

/// Marks who leaves of their own accord: `leaves[post]` is 1 or 0.
#[inline(always)]
pub fn decide(
    model: &Model,
    organisation: &Organisation,
    exodus: f32,
    people: &People,
    chance: &[f32],
    leaves: &mut [u8],
) {
    let n = leaves.len();
    let p = &model.parameters.workforce;
    let (rest, brought) = (model.parameters.fatigue.rest, model.setting.cynicism);
    let (present, fatigue, cynicism) = (&people.present[..n], &people.fatigue[..n], &people.cynicism[..n]);
    let (leaving, frontline, chance) = (&organisation.leaving[..n], &organisation.frontline[..n], &chance[..n]);
    for i in 0..n {
        let strain = p.fatigue_leaving * (fatigue[i] - rest) + p.cynicism_leaving * (cynicism[i] - brought);
        let hazard = present[i] * leaving[i] * (1.0 + frontline[i] * (exodus - 1.0)) * exp(strain);
        leaves[i] = u8::from(chance[i] < hazard);
    }
    if p.leaderless_leaving > 0.0 {
        let more = exp(p.leaderless_leaving);
        for unit in (0..model.layout.units).filter(|unit| people.present[model.layout.leader(*unit)] == 0.0) {
            let row = model.layout.row(unit);
            let (present, fatigue, cynicism) = (&present[row.clone()], &fatigue[row.clone()], &cynicism[row.clone()]);
            let (leaving, chance) = (&leaving[row.clone()], &chance[row.clone()]);
            let leaves = &mut leaves[row];
            for i in 0..leaves.len() {
                let strain = p.fatigue_leaving * (fatigue[i] - rest) + p.cynicism_leaving * (cynicism[i] - brought);
                leaves[i] = u8::from(chance[i] < present[i] * leaving[i] * exodus * exp(strain) * more);
            }
        }
    }
}

/// Empty posts are filled, people leave, newcomers settle in. Returns how many frontline staff left.
pub fn turn_over(
    model: &Model,
    organisation: &Organisation,
    week: usize,
    tide: f32,
    departures: Departures,
    leaves: &[u8],
    world: &mut World,
) -> u32 {
    let mut joined = fill(world);
    let left = depart(model, organisation, week, departures, leaves, world, &mut joined);
    for post in joined.iter().map(|post| usize::from(*post)) {
        welcome(model, organisation, tide, post, world);
    }
    // Only now, so that whom a newcomer looks to does not depend on who was welcomed first.
    let People { ties, opinion_leader, holder, .. } = &mut world.people;
    for post in joined.into_iter().map(usize::from) {
        if let Some(level) = model.layout.level(post) {
            network::look(model, organisation, opinion_leader, post, level, holder[post], ties);
        }
    }
    left
}

/// A week passes for empty posts; returns those that are filled now.
fn fill(world: &mut World) -> Vec<u16> {
    let mut joined = Vec::new();
    world.people.empty.retain_mut(|(post, weeks)| {
        *weeks -= 1;
        if *weeks == 0 {
            joined.push(*post);
        }
        *weeks > 0
    });
    joined
}

fn depart(
    model: &Model,
    organisation: &Organisation,
    week: usize,
    departures: Departures,
    leaves: &[u8],
    world: &mut World,
    joined: &mut Vec<u16>,
) -> u32 {
    let mut left = 0;
    let by_shock = departures.leaders || departures.sponsors || departures.champions || departures.reorganised;
    for (eight, leaves) in leaves.chunks_exact(8).enumerate() {
        if !by_shock && leaves.iter().fold(0, |any, leaves| any | leaves) == 0 {
            continue;
        }
        for post in eight * 8..eight * 8 + 8 {
            let Some(level) = model.layout.level(post) else { continue };
            let goes = leaves[post % 8] == 1 || (by_shock && departures.takes(&world.courses, post, level));
            let moves = departures.reorganised && moved(model, organisation, week, &world.courses, post, level);
            if world.people.present[post] == 0.0 || !(goes || moves) {
                continue;
            }
            left += u32::from(goes && level == Level::Frontline);
            world.people.present[post] = 0.0;
            // Frontline staff who are only moved change places with others.
            let swaps = !goes && level == Level::Frontline;
            match if swaps { 0 } else { weeks_empty(model, organisation, week, post, level, world) } {
                0 => joined.push(post as u16),
                weeks => world.people.empty.push((post as u16, weeks)),
            }
        }
    }
    left
}

/// How long a post that falls empty this week stays so.
fn weeks_empty(
    model: &Model,
    organisation: &Organisation,
    week: usize,
    post: usize,
    level: Level,
    world: &World,
) -> u16 {
    let traits = &model.professions.traits[usize::from(organisation.profession[post])];
    let chance = organisation.luck.draws(Process::Vacancy, organisation.number, post as u32, week as u64).uniform();
    let quickest = model.parameters.workforce.quickest_fill;
    let spread = quickest + 2.0 * (1.0 - quickest) * chance;
    let unplanned = if level == Level::Frontline { 1.0 } else { 1.0 - succession(model, week, post, world) };
    (traits.weeks_to_fill * spread * unplanned).round_ties_even() as u16
}

/// How well the succession of a leader is planned: the best of all programmes at work.
fn succession(model: &Model, week: usize, post: usize, world: &World) -> f32 {
    let place = model.layout.unit(post).unwrap_or(model.layout.units);
    model
        .programmes
        .iter()
        .zip(&world.courses)
        .filter(|(programme, _)| matches!(model.spared.phase(&programme.clock, week), Phase::Planning | Phase::Active))
        .fold(0.0, |best, (programme, course)| {
            larger(best, programme.levers.sustain.succession * course.sight.reached[place])
        })
}

/// A newcomer takes over a post, and a part of what the predecessor left.
fn welcome(model: &Model, organisation: &Organisation, tide: f32, post: usize, world: &mut World) {
    let Some(level) = model.layout.level(post) else { return };
    let World { people, courses, .. } = world;
    let before = people.usual[post];
    people.holder[post] += 1;
    let newcomer = newcomer(model, organisation, post, level, people.holder[post]);
    begin::settle_in(model, post, &newcomer, people);
    people.usual[post] = sigmoid(newcomer.usual_log_odds + tide);
    for (number, course) in courses.iter_mut().enumerate() {
        inherit(model, organisation, post, number, before, people, course);
    }
}

fn inherit(
    model: &Model,
    organisation: &Organisation,
    post: usize,
    number: usize,
    usual_before: f32,
    people: &People,
    course: &mut Course,
) {
    let p = &model.parameters.workforce;
    let (levers, unit) = (&model.programmes[number].levers, model.layout.unit(post));
    let place = unit.unwrap_or(model.layout.units);
    let embedding = unit.map_or(0.0, |unit| course.embedding[unit]);
    let sight = &course.sight;
    let at_work = match unit {
        Some(unit) => larger(sight.resourced[unit], p.embedded_induction * embedding) * sight.reached[unit],
        None => sight.resourced[place],
    };
    let level = model.layout.level(post);
    let frontline = level == Some(Level::Frontline);
    let taught = if frontline { levers.sustain.induction } else { levers.sustain.succession };
    let keep = nor(taught * at_work, p.embedding_teaches * embedding);
    let lift = if frontline { sight.true_lift[place] } else { course.practice[post] - usual_before };
    if course.champion[post] > 0.0 {
        let when = (u64::from(people.holder[post]) << 32) | number as u64;
        let chance = organisation.luck.draws(Process::Team, organisation.number, post as u32, when).uniform();
        course.champion[post] = f32::from(u8::from(chance < levers.sustain.succession * at_work));
    }
    if frontline && p.from_colleagues > 0.0 {
        meet_colleagues(model, p.from_colleagues, post, people, course);
    }
    course.problem[post] *= keep;
    course.solution[post] *= keep;
    course.ownership[post] *= p.ownership_passed * keep;
    course.skill[post] = larger(course.skill[post] * keep, model.setting.improvement_skill);
    course.habit[post] = clip(people.usual[post] + p.lift_passed * keep * larger(0.0, lift), 0.0, 1.0);
    course.practice[post] = course.habit[post];
    course.dose[post] =
        exposure::dose(levers, organisation.frontline[post], course.champion[post], people.opinion_leader[post]);
    if let (Some(Level::Leader), Some(unit)) = (level, unit) {
        completion::hand_over(model, unit, taught * at_work, course);
    }
    enabling::join(course, post);
    aim::join(model, organisation, number, post, people.holder[post], course);
}

/// What is there to take over becomes, by `share`, the mean of those who work in the unit instead of the predecessor's own.
fn meet_colleagues(model: &Model, share: f32, post: usize, people: &People, course: &mut Course) {
    let Some(unit) = model.layout.unit(post) else { return };
    let row = model.layout.frontline(unit);
    let Course { problem, solution, ownership, skill, .. } = course;
    let (present, own) = (&people.present[row.clone()], post - row.start);
    let columns = [problem, solution, ownership, skill].map(|column| &mut column[row.clone()]);
    let (mut totals, mut many) = ([0.0; 4], 0.0);
    for other in (0..row.len()).filter(|other| *other != own && present[*other] > 0.0) {
        many += 1.0;
        for (total, column) in totals.iter_mut().zip(&columns) {
            *total += column[other];
        }
    }
    if many == 0.0 {
        return;
    }
    for (column, total) in columns.into_iter().zip(totals) {
        column[own] = (1.0 - share) * column[own] + share * (total / many);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    fn first() -> (Model, Organisation, World) {
        let stage = Stage::core(|_| ());
        let world = stage.world();
        (stage.place.model, stage.place.organisation, world)
    }

    /// Hazard = yearly rate / 52 x exp(1.5 x excess fatigue).
    #[test]
    fn people_leave_at_the_rate_declared() {
        let (model, organisation, mut world) = first();
        let mut leaves = vec![0; model.layout.posts];
        world.people.fatigue.fill(model.parameters.fatigue.rest + 0.2);
        let nurse = (0..model.layout.posts).find(|post| organisation.leaving[*post] == 0.12 / 52.0).unwrap();
        let hazard = 0.12 / 52.0 * (1.5f32 * 0.2).exp();
        for (chance, goes) in [(hazard * 0.999, 1), (hazard * 1.001, 0)] {
            decide(&model, &organisation, 1.0, &world.people, &vec![chance; model.layout.posts], &mut leaves);
            assert_eq!(leaves[nurse], goes);
        }
        decide(&model, &organisation, 4.0, &world.people, &vec![hazard * 3.99; model.layout.posts], &mut leaves);
        assert_eq!(leaves[nurse], 1, "an exodus multiplies the hazard");
    }

    #[test]
    fn agency_staff_work_at_most_every_shift() {
        let p = Workforce { agency_exodus: 2.0, ..Workforce::default() };
        let agency = |share, exodus| agency(&p, &Setting { agency: share, ..Setting::default() }, exodus);
        assert_eq!([agency(0.25, 1.0), agency(0.25, 4.0), agency(0.9, 1.0), agency(0.9, 4.0)], [0.25, 0.5, 0.9, 1.0]);
    }

    #[test]
    fn posts_are_held_or_empty_and_nothing_else() {
        let (model, organisation, mut world) = first();
        let quiet = Departures { leaders: false, sponsors: false, champions: false, reorganised: false };
        for week in 0..60 {
            let mut leaves = vec![0; model.layout.posts];
            leaves[week * 3] = 1;
            let departures = Departures { leaders: week == 20, ..quiet };
            turn_over(&model, &organisation, week, 0.0, departures, &leaves, &mut world);
            let present = world.people.present.iter().filter(|present| **present > 0.0).count();
            assert_eq!(present + world.people.empty.len(), model.layout.people().count());
            if week == 20 {
                assert!(model.layout.leaders().all(|leader| world.people.present[leader] == 0.0));
            }
        }
    }

    #[test]
    fn a_reorganisation_moves_the_shares_declared() {
        let (mut model, organisation, mut world) = first();
        let p = &mut model.parameters.workforce;
        (p.reorganisation_leaders, p.reorganisation_staff) = (1.0, 0.25);
        let departures = Departures { leaders: false, sponsors: false, champions: false, reorganised: true };
        let holders: u32 = world.people.holder.iter().sum();
        let left = turn_over(&model, &organisation, 5, 0.0, departures, &vec![0; model.layout.posts], &mut world);
        assert_eq!(left, 0, "who is moved has not left");
        assert!(model.layout.leaders().all(|leader| world.people.present[leader] == 0.0));
        let moved = f64::from(world.people.holder.iter().sum::<u32>() - holders);
        let staff = (model.layout.units * (model.layout.staff - 1)) as f64;
        assert!((moved / staff - 0.25).abs() < 4.0 * (0.25 * 0.75 / staff).sqrt());
    }

    #[test]
    fn without_induction_or_embedding_everything_a_leaver_knew_is_lost() {
        let (model, organisation, mut world) = first();
        let post = model.layout.member(0, 3);
        world.courses[0].skill[post] = 0.9;
        world.courses[0].practice[post] = 0.9;
        world.courses[0].sight.true_lift[0] = 0.3;
        welcome(&model, &organisation, 0.0, post, &mut world);
        assert_eq!(world.courses[0].skill[post], 0.0);
        assert_eq!(world.courses[0].practice[post], world.people.usual[post]);
    }

    #[test]
    fn who_learns_from_colleagues_does_not_know_what_the_predecessor_knew() {
        let (mut model, organisation, mut world) = first();
        model.parameters.workforce.from_colleagues = 1.0;
        let post = model.layout.member(0, 3);
        world.courses[0].skill.fill(0.4);
        world.courses[0].skill[post] = 0.9;
        world.courses[0].embedding[0] = 1.0;
        welcome(&model, &organisation, 0.0, post, &mut world);
        assert!((world.courses[0].skill[post] - 0.5 * 0.4).abs() < 1e-6);
    }

    #[test]
    fn full_embedding_hands_over_half() {
        let (model, organisation, mut world) = first();
        let post = model.layout.member(0, 3);
        world.courses[0].skill[post] = 0.8;
        world.courses[0].embedding[0] = 1.0;
        welcome(&model, &organisation, 0.0, post, &mut world);
        assert!((world.courses[0].skill[post] - 0.4).abs() < 1e-6);
    }
}
