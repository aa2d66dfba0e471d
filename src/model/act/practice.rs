//! Practice: a log-odds model around each person's usual practice.
//!
//! will = (s (conviction (B + S) / 2 + own_choice O + rest m asked) + (1 - s) sqrt(B S) (m + O) / 2) x permanence x
//! (1 - c) (a blocker has `blocker_will` of it), s being `substitution` and rest = 1 - conviction - own_choice: beliefs
//! in problem B and solution S, ownership O and motivation m add up as far as they can be substituted, and where they
//! cannot (s = 0, neutral) all are needed; who is motivated acts where something asks for it, asked = nor(told x
//! contact x dose, embedding), told = all levers that tell staff of the practice, or-ed; who owns it needs no asking.
//! able = fit x (1 - difficulty (1 - K)); ritual = pressure x gaming x (1 - (m + O) / 2);
//! gain G [log odds] = will_weight will able + norm x peers (an example convinces more than in proportion, and only who
//! is able; slackening colleagues drag) + habit_weight (H - b) + embedding_weight E + pressure_weight pressure (1 -
//! ritual) - fatigue_weight (f - rest) + morale_weight min(0, m - m0) + able x push of its own (see `prompt`,
//! `enabling`);
//! practice P moves towards sigmoid(logit b + tide + G) in `response_weeks`, with a little scatter; habit follows.
//! Every weight is a log odds ratio and can be held against trials. Source: capability, opportunity and motivation add
//! up (Michie, van Stralen & West 2011); single levers do about as much as bundles (Squires 2014); else see each
//! parameter.
//!
//! Without any programme usual practice must be a resting point: in control arms care is roughly stable or slowly
//! rising (Benning 2011, Linder 2017), it does not slide away by itself. What a whole unit slips, colleagues and habit
//! hand on with the slope P (1 - P) (norm_weight (loose_norm + cohesion) slackening + habit_weight); below 1 the unit
//! comes back, above 1 slipping feeds on itself. The ranges of norm_weight, slackening and habit_weight therefore end
//! before, the others at their defaults, this slope is 1 in a unit of full cohesion at P = 1/2, where it is steepest.

use crate::{
    math::{clip, nor, sigmoid, smaller},
    model::{
        act::habit,
        pushes::distance,
        state::{Course, People},
        weekly::{Channels, Context, Heard, Surroundings},
    },
    quantities,
};

quantities! {
    /// Practice: what moves a person away from usual practice.
    pub struct Practice {
        /// Weight of will and ability together.
        will_weight = 2.7, "log odds", 0.5..7.0, Assumption, "chosen with single levers and an ordinary bundle in view (N01, N05, N08, N11a, N100)";
        /// How far one reason to act stands in for another: at 1 reasons add up; 0 is neutral: all are needed.
        substitution = 1.0, "share", 0.0..1.0, Assumption, "chosen with single levers, bundles and turnover in view (N01, N05, N08, N11a, N67, N100)",
            neutral 0.0;
        /// Part of the will that beliefs in problem and solution make, half each.
        conviction = 0.5, "share", 0.1..0.6, Assumption, "chosen with substitution and with a bundle followed up in view (N40)";
        /// Part that ownership makes; the rest is made by motivation, where something asks for it.
        own_choice = 0.2, "share", 0.05..0.35, Assumption, "chosen with substitution";
        /// Weight of what colleagues do; more would let usual care slide away by itself.
        norm_weight = 0.5, "log odds", 0.2..2.5, Assumption, "chosen with opinion leaders +9 points (Flodgren 2011) in view";
        /// Weight of habit; more would let usual care slide away by itself.
        habit_weight = 1.05, "log odds", 0.2..2.2, Assumption, "chosen with turnover (N67) and with what is left after support ends (N31c, patterns P27, P42) in view";
        /// Weight of standards, roles and procedures.
        embedding_weight = 0.3, "log odds", 0.1..1.5, Assumption, "chosen with pattern P27 in view";
        /// Weight of pressure from incentives.
        pressure_weight = 0.8, "log odds", 0.1..1.5, Assumption, "chosen with payment and hard targets in view (N54, N102)";
        /// Weight of fatigue beyond rest.
        fatigue_weight = 0.7, "log odds", 0.1..2.0, Assumption, "chosen with pattern P09 in view";
        /// Weight of motivation lost.
        morale_weight = 0.62, "log odds", 0.1..2.0, Assumption, "chosen with pattern P38 in view";
        /// Time in which practice follows intention.
        response_weeks = 4.0, "week", 1.0..12.0, Assumption, "judgement";
        /// Weekly scatter of practice (standard deviation).
        noise = 0.02, "share", 0.0..0.08, Assumption, "judgement";
        /// Lift of colleagues at which their example convinces at half strength.
        reinforcement = 0.03, "share", 0.01..0.2, Assumption, "chosen with the S-curve of adoption in view; several colleagues convince more than in proportion";
        /// Full strength of a convincing example.
        reinforcement_scale = 1.4, "times", 1.0..2.0, Assumption, "judgement";
        /// Strength of colleagues who do less than usual, against those who do more; more would let usual care slide away by itself.
        slackening = 0.7, "times", 0.2..1.0, Assumption, "judgement";
        /// Weight of colleagues in a unit without cohesion; full cohesion adds 1.
        loose_norm = 0.5, "times", 0.0..1.0, Assumption, "judgement";
        /// What is left of a blocker's will.
        blocker_will = 0.2, "times", 0.0..0.6, Assumption, "judgement";
    }
}

/// Will and ritual of each person, from what they believe and feel as the week begins.
#[inline(always)]
pub fn intend(
    context: &Context,
    people: &People,
    course: &Course,
    around: &Surroundings,
    gaming: f32,
    channels: &mut Channels,
) {
    let Channels { pressure, will, ritual, .. } = channels;
    fill_intentions(context, people, course, around, (gaming, pressure), will, ritual);
}

#[inline(always)]
fn fill_intentions(
    context: &Context,
    people: &People,
    course: &Course,
    around: &Surroundings,
    (gaming, pressure): (f32, &[f32]),
    will: &mut [f32],
    ritual: &mut [f32],
) {
    let n = will.len();
    let (p, told) = (&context.model.parameters.practice, context.levers.told());
    let (problem, solution) = (&course.problem[..n], &course.solution[..n]);
    let (motivation, ownership) = (&people.motivation[..n], &course.ownership[..n]);
    let (cynicism, will_factor) = (&people.cynicism[..n], &people.will_factor[..n]);
    let (permanence, contact, embedding) = (&around.permanence[..n], &around.contact[..n], &around.embedding[..n]);
    let (dose, pressure, ritual) = (&course.dose[..n], &pressure[..n], &mut ritual[..n]);
    for i in 0..n {
        let engaged = 0.5 * (motivation[i] + ownership[i]);
        let asked = nor(told * contact[i] * dose[i], embedding[i]);
        let reasons = reasons(p, [problem[i], solution[i], ownership[i], motivation[i]], asked);
        will[i] = reasons * permanence[i] * (1.0 - cynicism[i]) * will_factor[i];
        ritual[i] = pressure[i] * gaming * (1.0 - engaged);
    }
}

/// The reasons that a person has to act: they add up as far as one can stand in for another; beyond that each is needed.
#[inline(always)]
fn reasons(p: &Practice, [problem, solution, ownership, motivation]: [f32; 4], asked: f32) -> f32 {
    let all_needed = (problem * solution).sqrt() * 0.5 * (motivation + ownership);
    let added = 0.5 * p.conviction * (problem + solution)
        + p.own_choice * ownership
        + (1.0 - p.conviction - p.own_choice) * motivation * asked;
    p.substitution * added + (1.0 - p.substitution) * all_needed
}

/// Everybody acts; habit follows.
#[inline(always)]
pub fn act(
    context: &Context,
    people: &People,
    course: &mut Course,
    around: &Surroundings,
    channels: &Channels,
    heard: &Heard,
) {
    let Course { skill, practice, habit, .. } = course;
    move_all(context, people, skill, (around, channels, heard), practice, habit);
}

/// What is written comes as slices of its own, so that the compiler knows that nothing else is written with it.
#[inline(always)]
fn move_all(
    context: &Context,
    people: &People,
    skill: &[f32],
    (around, channels, heard): (&Surroundings, &Channels, &Heard),
    practice: &mut [f32],
    habit: &mut [f32],
) {
    let Context { model, organisation, week, number, levers, .. } = *context;
    let (tide, scatter) = (week.tide, &week.scatter[number]);
    let n = practice.len();
    let (p, h) = (&model.parameters.practice, &model.parameters.habit);
    let rest = model.parameters.fatigue.rest;
    let pace = habit::pace(h);
    let rate = 1.0 / p.response_weeks;
    let difficulty = distance::difficulty(&model.parameters.distance, levers);
    // What is done already leaves nothing to gain, whether by will, by pressure or by standards.
    let potential = distance::potential(&model.parameters.distance, levers);
    let (will_weight, pressure_weight, embedding_weight) =
        (p.will_weight * potential, p.pressure_weight * potential, p.embedding_weight * potential);
    let (present, usual, usual_log_odds) = (&people.present[..n], &people.usual[..n], &people.usual_log_odds[..n]);
    let (motivation, intrinsic, fatigue) = (&people.motivation[..n], &people.intrinsic[..n], &people.fatigue[..n]);
    let (norm, fit, embedding) = (&organisation.norm[..n], &around.fit[..n], &around.embedding[..n]);
    let (peers, scatter) = (&heard.peers[..n], &scatter[..n]);
    let pushed = &around.pushed[..n];
    let (will, ritual, pressure) = (&channels.will[..n], &channels.ritual[..n], &channels.pressure[..n]);
    let (skill, habit) = (&skill[..n], &mut habit[..n]);
    let slackening = p.slackening;
    for i in 0..n {
        let able = fit[i] * (1.0 - difficulty * (1.0 - skill[i]));
        let convinces = p.reinforcement_scale * peers[i] / (peers[i] + p.reinforcement) * able;
        let example = peers[i] * if peers[i] > 0.0 { convinces } else { slackening };
        let gain = will_weight * will[i] * able
            + norm[i] * example
            + p.habit_weight * (habit[i] - usual[i])
            + embedding_weight * embedding[i]
            + pressure_weight * pressure[i] * (1.0 - ritual[i])
            - p.fatigue_weight * (fatigue[i] - rest)
            + p.morale_weight * smaller(0.0, motivation[i] - intrinsic[i])
            + pushed[i] * able;
        let intended = sigmoid(usual_log_odds[i] + tide + gain);
        let before = practice[i];
        let moved = clip(before + (intended - before) * rate + p.noise * scatter[i], 0.0, 1.0);
        practice[i] = if present[i] > 0.0 { moved } else { before };
        habit[i] += present[i] * pace.step(habit[i], practice[i]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        math::logit,
        model::{
            stage::{Stage, close},
            weekly::Week,
        },
        params::Quantities,
    };

    /// Practice after `weeks` in which nothing reaches people but the given pressure.
    fn after(weeks: usize, pressure: f32, habit_weight: f32) -> (Vec<f32>, Vec<f32>, Vec<usize>) {
        let Stage { place, people, mut course, around, mut channels, .. } =
            Stage::with(|scenario| scenario.parameters.practice.habit_weight = habit_weight);
        let posts = place.model.layout.posts;
        channels.pressure.fill(pressure);
        course.skill.fill(0.0);
        let plain = place.context();
        let week = &Week { scatter: &[vec![0.0; posts]], ..*plain.week };
        for _ in 0..weeks {
            act(&Context { week, ..plain }, &people, &mut course, &around, &channels, &Heard::nothing(posts));
        }
        let held = (0..posts).filter(|post| people.present[*post] > 0.0).collect();
        (course.practice, people.usual, held)
    }

    #[test]
    fn left_alone_people_do_what_they_usually_do() {
        let (practice, usual, held) = after(100, 0.0, 1.4);
        assert!(held.iter().all(|post| (practice[*post] - usual[*post]).abs() < 1e-5));
    }

    /// Linear stability of the resting point, worked out apart from the engine.
    #[test]
    fn each_weight_alone_leaves_usual_care_a_resting_point_over_its_whole_range() {
        let slope = |p: &Practice| 0.25 * (p.norm_weight * (p.loose_norm + 1.0) * p.slackening + p.habit_weight);
        assert!(slope(&Practice::default()) < 0.9);
        for (place, quantity) in Practice::DECLARED.iter().enumerate() {
            let mut highest = Practice::default();
            highest.set(place, quantity.high as f32);
            assert!(slope(&highest) < 1.01, "{}: {}", quantity.name, slope(&highest));
        }
    }

    fn added_up() -> Practice {
        Practice { substitution: 1.0, conviction: 0.4, own_choice: 0.2, ..Practice::default() }
    }

    #[test]
    fn each_reason_moves_people_without_the_others() {
        for (given, asked, expected) in [
            ([0.5, 0.0, 0.0, 0.0], 0.0, 0.2 * 0.5),
            ([0.0, 0.5, 0.0, 0.0], 0.0, 0.2 * 0.5),
            ([0.0, 0.0, 0.5, 0.0], 0.0, 0.2 * 0.5),
            ([0.0, 0.0, 0.0, 0.5], 1.0, 0.4 * 0.5),
            // Who is motivated acts as far as something asks for it; who owns it needs no asking.
            ([0.0, 0.0, 0.0, 1.0], 0.5, 0.4 * 0.5),
            ([0.0, 0.0, 0.0, 1.0], 0.0, 0.0),
            ([0.3, 0.5, 0.8, 0.5], 0.4, 0.06 + 0.1 + 0.16 + 0.08),
            ([1.0, 1.0, 1.0, 1.0], 1.0, 1.0),
            ([0.0, 0.0, 0.0, 0.0], 1.0, 0.0),
        ] {
            let found = reasons(&added_up(), given, asked);
            assert!((found - expected).abs() < 1e-6, "{given:?}, asked {asked}: {found}, not {expected}");
        }
    }

    #[test]
    fn half_way_reasons_count_half_as_a_sum_and_half_as_what_is_needed() {
        let p = Practice { substitution: 0.5, ..added_up() };
        let (added, needed) = (0.2 * 0.89 + 0.2 * 0.2 + 0.4 * 0.3, 0.4 * 0.4);
        close([reasons(&p, [0.25, 0.64, 0.2, 0.6], 0.5)], [0.5 * (added + needed)]);
    }

    #[test]
    fn where_nothing_can_be_substituted_every_belief_is_needed() {
        let p = Practice { substitution: 0.0, ..Practice::default() };
        close([reasons(&p, [0.25, 0.64, 0.2, 0.6], 0.0)], [0.4 * 0.4]);
        assert_eq!([reasons(&p, [0.0, 1.0, 1.0, 1.0], 1.0), reasons(&p, [1.0, 0.0, 1.0, 1.0], 1.0)], [0.0, 0.0]);
        assert_eq!(reasons(&p, [1.0, 1.0, 0.0, 0.0], 1.0), 0.0);
    }

    /// Feedback at one half reaches four in five at half the dose, and half of it stands in procedures:
    /// 1 - (1 - 0.2) (1 - 0.5) = 0.6 of the motivation counts.
    #[test]
    fn motivation_is_asked_for_by_what_staff_are_told_and_by_procedures() {
        let Stage { mut place, mut people, mut course, mut around, mut channels, .. } = Stage::plain();
        place.model.parameters.practice = added_up();
        place.levers().measurement.feedback = 0.5;
        for (column, value) in [
            (&mut people.motivation, 0.5),
            (&mut people.cynicism, 0.0),
            (&mut people.will_factor, 1.0),
            (&mut course.problem, 0.0),
            (&mut course.solution, 0.0),
            (&mut course.ownership, 0.0),
            (&mut course.dose, 0.5),
            (&mut around.permanence, 1.0),
            (&mut around.contact, 0.8),
            (&mut around.embedding, 0.5),
        ] {
            column.fill(value);
        }
        intend(&place.context(), &people, &course, &around, 0.0, &mut channels);
        assert!(channels.will.iter().all(|will| (will - 0.4 * 0.5 * 0.6).abs() < 1e-5), "{:?}", channels.will[0]);
    }

    #[test]
    fn a_weight_is_a_log_odds_ratio() {
        let (practice, usual, held) = after(200, 1.0, 0.0);
        let weight = Practice::default().pressure_weight;
        for post in held.into_iter().filter(|post| (0.05..0.9).contains(&usual[*post])) {
            assert!((logit(practice[post]) - logit(usual[post]) - weight).abs() < 1e-3);
        }
    }
}
