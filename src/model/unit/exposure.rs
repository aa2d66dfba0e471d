//! Exposure: how much of a programme reaches each unit this week.
//!
//! strength = ramp-up while active, the larger of `continuation` and what fading out (`taper`) leaves after;
//! but at least redesigned x redesign after: what has come to pay for itself goes on, whatever is cut;
//! resourced = strength where reached;
//! contact = max(resourced, planning_contact while planning);
//! time released = protected_time x (time_released + (1 - time_released) x practice of the division manager; to
//! managers, of the sponsor), of which `permission` lets pass what manager and sponsor give leave for;
//! dose = 1 for leaders and the team, else nor(breadth x (1 - observed x (1 - example)), opinion leader x won): what
//! leaves the team reaches others as far as they see colleagues do it (example).
//! Managers see the mean of their reached units. Source: patterns P36, P37.

use crate::{
    math::{larger, nor, smaller},
    model::{
        Model,
        state::{Course, People, Sight},
        unit::measurement,
        weekly::Context,
    },
    programme::Levers,
    quantities,
};

quantities! {
    /// Exposure: how much of the programme reaches people.
    pub struct Exposure {
        /// Weeks from first action to full strength.
        ramp_weeks = 8.0, "week", 1.0..26.0, Assumption, "judgement";
        /// How much of the programme is heard of during planning.
        planning_contact = 0.4, "share", 0.2..0.6, Assumption, "range chosen with pattern P08 in view";
        /// Support that goes on without money where work has been redone to pay for itself.
        redesigned = 0.5, "share", 0.0..1.0, Assumption, "judgement: people's routines, not the coaches";
        /// How much of what leaves the team is learned by seeing colleagues do it rather than told to all at once; 0 is neutral.
        observed = 0.4, "share", 0.0..1.0, Assumption, "direction: pattern P17; size chosen with single levers in view (N05, N11a)",
            neutral 0.0;
    }
}

/// How much of what the project team gets reaches a person: all for leaders and the team itself, `breadth` for the rest,
/// more for an opinion leader whom the programme has won.
pub fn dose(levers: &Levers, frontline: f32, champion: f32, opinion_leader: f32) -> f32 {
    if frontline == 0.0 || champion > 0.0 {
        1.0
    } else {
        nor(levers.reach.breadth, opinion_leader * levers.persuasion.opinion_leaders)
    }
}

/// What leaves the team reaches others as far as they see colleagues do it: breadth x (1 - observed x (1 - example)).
#[inline(always)]
pub fn spread(context: &Context, people: &People, example: &[f32], course: &mut Course) {
    let Context { model, levers, .. } = *context;
    let observed = model.parameters.exposure.observed;
    if observed == 0.0 {
        return;
    }
    let (won, breadth) = (levers.persuasion.opinion_leaders, levers.reach.breadth);
    let rows = model.layout.rows();
    see((observed, won, breadth), example, &people.opinion_leader, &course.champion, &mut course.dose[rows]);
}

#[inline(always)]
fn see(
    (observed, won, breadth): (f32, f32, f32),
    example: &[f32],
    looked_to: &[f32],
    champion: &[f32],
    dose: &mut [f32],
) {
    let n = dose.len();
    let (example, looked_to, champion) = (&example[..n], &looked_to[..n], &champion[..n]);
    for i in 0..n {
        let spread = nor(breadth * (1.0 - observed * (1.0 - example[i])), looked_to[i] * won);
        let before = dose[i];
        dose[i] = if champion[i] == 0.0 { spread } else { before };
    }
}

/// Contact, resources and live action in each unit, from the programme's clock.
#[inline(always)]
pub fn reach_units(context: &Context, course: &mut Course) {
    let Context { model, moment, .. } = *context;
    let p = &model.parameters.exposure;
    let units = model.layout.units;
    let sight = &mut course.sight;
    let support = larger(moment.strength, larger(moment.continued, moment.fading));
    let heard_of = p.planning_contact * moment.planning;
    let reached = &course.reached[..units];
    for unit in 0..units {
        sight.reached[unit] = reached[unit];
        sight.live[unit] = moment.strength * reached[unit];
        sight.resourced[unit] = support * reached[unit];
        sight.rewarded[unit] = moment.rewards * reached[unit];
        sight.contact[unit] = larger(support, heard_of) * reached[unit];
    }
}

/// What the superiors of each unit do: backing, and the protected time they really release.
#[inline(always)]
pub fn superiors(context: &Context, people: &People, course: &mut Course) {
    let Context { model, levers, .. } = *context;
    let layout = &model.layout;
    let p = &model.parameters.fatigue;
    let time = levers.resources.protected_time;
    let released = |practice: f32| time * (p.time_released + (1.0 - p.time_released) * practice);
    let sight = &mut course.sight;
    for division in 0..layout.managers {
        let (manager, units) = (layout.manager(division), layout.division(division));
        sight.released[units.clone()].fill(released(course.practice[manager]));
        sight.superior_of_leader[units].fill(people.present[manager] * course.practice[manager]);
    }
    let (present, practice) = (&people.present[layout.leaders()], &course.practice[layout.leaders()]);
    for ((superior, present), practice) in sight.superior.iter_mut().zip(present).zip(practice) {
        *superior = present * practice;
    }
    sight.released[layout.units] = released(course.practice[layout.sponsor()]);
}

/// The management's view: the mean of its reached units, and nothing where there are none.
#[inline(always)]
pub fn management(context: &Context, course: &mut Course) {
    let model = context.model;
    let units = model.layout.units;
    let reached = &course.reached[..units];
    let many: f32 = reached.iter().sum();
    let scale = if many > 0.0 { 1.0 / many } else { 0.0 };
    let mean = |column: &[f32]| {
        let mut total = 0.0;
        for unit in 0..units {
            total += column[unit] * reached[unit];
        }
        total * scale
    };
    let sight = &mut course.sight;
    for column in [
        &mut sight.contact,
        &mut sight.reached,
        &mut sight.resourced,
        &mut sight.rewarded,
        &mut sight.live,
        &mut sight.capability,
        &mut sight.feedback,
        &mut sight.results,
        &mut sight.gap,
        &mut sight.true_lift,
        &mut sight.reported_lift,
        &mut sight.embedding,
        &mut sight.permanence,
    ] {
        column[units] = mean(column);
    }
    if model.parameters.measurement.upward_filter > 0.0 {
        filter(model, &course.reached, sight);
    }
}

/// What managers hear is rosier than the mean of what units report.
#[inline(never)]
fn filter(model: &Model, reached: &[f32], sight: &mut Sight) {
    let units = model.layout.units;
    let best = |column: &[f32]| {
        let of_reached = column.iter().zip(reached).filter(|(_, reached)| **reached > 0.0);
        of_reached.map(|(number, _)| *number).fold(column[units], larger)
    };
    for column in [&mut sight.results, &mut sight.reported_lift] {
        column[units] = measurement::heard_above(&model.parameters.measurement, column[units], best(column), 1);
    }
    let least = sight.gap.iter().zip(reached).filter(|(_, reached)| **reached > 0.0);
    let least = least.map(|(gap, _)| *gap).fold(sight.gap[units], smaller);
    sight.gap[units] = measurement::heard_above(&model.parameters.measurement, sight.gap[units], least, 1);
}

/// Sanctions in force.
#[inline(always)]
pub fn sanctions(context: &Context, course: &mut Course) {
    let Context { model, moment, .. } = *context;
    let sight = &mut course.sight;
    for place in 0..=model.layout.units {
        sight.sanction_in_force[place] = moment.in_force(sight.live[place], sight.reached[place]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::Stage;

    #[test]
    fn leaders_and_the_team_get_everything_and_others_what_spreads() {
        let mut levers = Levers::default();
        levers.reach.breadth = 0.25;
        levers.persuasion.opinion_leaders = 0.5;
        assert_eq!(dose(&levers, 0.0, 0.0, 0.0), 1.0);
        assert_eq!(dose(&levers, 1.0, 1.0, 0.0), 1.0);
        assert_eq!(dose(&levers, 1.0, 0.0, 0.0), 0.25);
        assert_eq!(dose(&levers, 1.0, 0.0, 1.0), 1.0 - 0.75 * 0.5);
    }

    #[test]
    fn what_must_be_seen_reaches_nobody_until_a_colleague_does_it() {
        let Stage { place, people, mut course, .. } =
            Stage::with(|scenario| scenario.parameters.exposure.observed = 1.0);
        let (layout, breadth) = (&place.model.layout, place.model.programmes[0].levers.reach.breadth);
        let plain = |post: &usize| course.champion[*post] == 0.0 && people.opinion_leader[*post] == 0.0;
        let post = layout.frontline(0).find(plain).unwrap();
        for (example, dose) in [(0.0, 0.0), (0.5, 0.5 * breadth), (1.0, breadth)] {
            spread(&place.context(), &people, &vec![example; layout.posts], &mut course);
            assert_eq!(course.dose[post], dose);
        }
    }
}
