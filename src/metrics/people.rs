//! People one by one: the project team and the rest, the least convinced profession, and what falls on a few.
use super::{Observation, average};
use crate::{model::count::staff::Person, stats::moments};

/// Which staff.
fn on_team(person: &Person) -> bool {
    person.reached && person.on_team
}

fn outside(person: &Person) -> bool {
    person.reached && !person.on_team
}

/// Mean of `value` over those in post among `people` whom `chosen` takes.
fn mean(people: &[Person], chosen: impl Fn(&Person) -> bool, value: impl Fn(&Person) -> f32) -> f64 {
    average(people.iter().filter(|person| person.present && chosen(person)).map(|person| f64::from(value(person))))
}

fn neighbour(person: &Person) -> bool {
    !person.reached
}

/// Mean difference of `value` over posts held in both worlds by staff whom `chosen` takes with the programme.
fn difference(
    with: &[Person],
    without: &[Person],
    chosen: impl Fn(&Person) -> bool,
    value: impl Fn(&Person) -> f32,
) -> f64 {
    let both = with.iter().zip(without).filter(|(with, without)| with.present && without.present && chosen(with));
    average(both.map(|(with, without)| f64::from(value(with)) - f64::from(value(without))))
}

/// The same of practice.
fn gain(with: &[Person], without: &[Person], chosen: impl Fn(&Person) -> bool) -> f64 {
    difference(with, without, chosen, |person| person.practice)
}

/// The same among staff of units not reached, at end.
fn next_door(observation: &Observation, value: impl Fn(&Person) -> f32) -> f64 {
    difference(&observation.with.staff.at_end, &observation.without.staff.at_end, neighbour, value)
}

pub fn gain_of_neighbours(observation: &Observation) -> f64 {
    next_door(observation, |person| person.practice)
}

pub fn motivation_of_neighbours(observation: &Observation) -> f64 {
    next_door(observation, |person| person.motivation)
}

pub fn cynicism_of_neighbours(observation: &Observation) -> f64 {
    next_door(observation, |person| person.cynicism)
}

pub fn care_of_neighbours(observation: &Observation) -> f64 {
    next_door(observation, |person| person.other_care)
}

pub fn gain_of_team(observation: &Observation) -> f64 {
    gain(&observation.with.staff.at_end, &observation.without.staff.at_end, on_team)
}

pub fn gain_outside_team(observation: &Observation) -> f64 {
    gain(&observation.with.staff.at_end, &observation.without.staff.at_end, outside)
}

pub fn early_gain_of_team(observation: &Observation) -> f64 {
    gain(&observation.with.staff.early, &observation.without.staff.early, on_team)
}

pub fn early_gain_outside_team(observation: &Observation) -> f64 {
    gain(&observation.with.staff.early, &observation.without.staff.early, outside)
}

pub fn ownership_of_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, on_team, |person| person.ownership)
}

pub fn ownership_outside_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, outside, |person| person.ownership)
}

pub fn will_of_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, on_team, |person| person.will)
}

pub fn will_outside_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, outside, |person| person.will)
}

pub fn skill_of_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, on_team, |person| person.skill)
}

pub fn skill_outside_team(observation: &Observation) -> f64 {
    mean(&observation.with.staff.at_end, outside, |person| person.skill)
}

pub fn solution_belief(observation: &Observation, profession: usize) -> f64 {
    mean(
        &observation.with.staff.at_end,
        |person| person.reached && usize::from(person.profession) == profession,
        |person| person.solution,
    )
}

/// Smallest and largest mean belief in the solution of a profession.
fn ends_of_belief(observation: &Observation) -> (f64, f64) {
    let professions = observation.with.by_profession.len();
    let beliefs = (0..professions).map(|profession| solution_belief(observation, profession));
    beliefs
        .filter(|belief| !belief.is_nan())
        .fold((f64::NAN, f64::NAN), |(low, high), belief| (low.min(belief), high.max(belief)))
}

pub fn least_belief(observation: &Observation) -> f64 {
    ends_of_belief(observation).0
}

pub fn gap_in_belief(observation: &Observation) -> f64 {
    let (low, high) = ends_of_belief(observation);
    high - low
}

/// Gini coefficient of `value` among those in post (Gini 1912): 0 where all have the same, near 1 where one has it all.
fn gini(people: &[Person], value: impl Fn(&Person) -> f32) -> f64 {
    let present = people.iter().filter(|person| person.present && person.reached);
    let mut values: Vec<f64> = present.map(|person| f64::from(value(person))).collect();
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let total: f64 = values.iter().sum();
    let weighted: f64 =
        values.iter().enumerate().map(|(place, value)| (2.0 * place as f64 + 1.0 - count) * value).sum();
    if total > 0.0 { weighted / (count * total) } else { f64::NAN }
}

pub fn gini_of_fatigue(observation: &Observation) -> f64 {
    gini(&observation.with.staff.at_end, |person| person.fatigue)
}

pub fn gini_of_ownership(observation: &Observation) -> f64 {
    gini(&observation.with.staff.at_end, |person| person.ownership)
}

/// Standard deviation of motivation between those in post in the units reached.
pub fn spread_of_motivation(observation: &Observation) -> f64 {
    let present = observation.with.staff.at_end.iter().filter(|person| person.present && person.reached);
    moments(present.map(|person| f64::from(person.motivation))).sd()
}

/// Fatigue that the programme adds to those who were the most willing quarter half a year in, minus what it adds to the rest.
///
/// Who is willing is asked before they tire: whoever is tired in the end has less will for it.
pub fn fatigue_of_the_willing(observation: &Observation) -> f64 {
    let (with, without) = (&observation.with.staff, &observation.without.staff);
    let posts = with.early.iter().zip(with.at_end.iter().zip(&without.at_end));
    let mut stayed: Vec<(f32, f64)> = posts
        .filter(|(early, (end, _))| end.reached && early.present && end.present && early.holder == end.holder)
        .filter(|(_, (_, usual))| usual.present)
        .map(|(early, (end, usual))| (early.will, f64::from(end.fatigue) - f64::from(usual.fatigue)))
        .collect();
    stayed.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (willing, rest) = stayed.split_at(stayed.len() / 4);
    let added = |people: &[(f32, f64)]| average(people.iter().map(|(_, added)| *added));
    added(willing) - added(rest)
}

/// Share of the first team members who have left or given up.
pub fn dropout(observation: &Observation) -> f64 {
    let team = &observation.with.staff.first_team;
    f64::from(team.left + team.given_up) / f64::from(team.members)
}

/// Share of the first team members who have given up though they stay.
pub fn given_up(observation: &Observation) -> f64 {
    let team = &observation.with.staff.first_team;
    f64::from(team.given_up) / f64::from(team.members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tired(fatigue: f32) -> Person {
        Person { reached: true, present: true, fatigue, ..Person::default() }
    }

    #[test]
    fn gini_is_none_for_equals_and_known_for_two_and_for_one_who_has_all() {
        let of =
            |values: &[f32]| gini(&values.iter().map(|value| tired(*value)).collect::<Vec<_>>(), |one| one.fatigue);
        assert!(of(&[0.3; 5]).abs() < 1e-6);
        // Mean absolute difference over twice the mean: (0.2 / 2) / (2 x 0.2).
        assert!((of(&[0.1, 0.3]) - 0.25).abs() < 1e-6);
        assert!((of(&[0.0, 0.0, 0.0, 1.0]) - 0.75).abs() < 1e-6);
        assert!(of(&[0.0, 0.0]).is_nan());
    }

    #[test]
    fn motivation_is_spread_over_those_in_post() {
        let (scenario, mut pair) = crate::metrics::tests::small_pair();
        let keen = |present, motivation| Person { reached: true, present, motivation, ..Person::default() };
        pair.with[0].staff.at_end = vec![keen(true, 0.2), keen(true, 0.4), keen(true, 0.6), keen(false, 1.0)];
        let observation = Observation::new(&scenario, &pair, 0).unwrap();
        assert!((spread_of_motivation(&observation) - 0.2).abs() < 1e-6);
    }

    #[test]
    fn empty_posts_and_the_other_group_do_not_count() {
        let team = Person { reached: true, present: true, on_team: true, practice: 0.8, ..Person::default() };
        let rest = Person { reached: true, present: true, practice: 0.6, ..Person::default() };
        let nobody = Person { reached: true, practice: 0.1, ..Person::default() };
        let usual = Person { reached: true, present: true, practice: 0.5, ..Person::default() };
        let (with, without) = ([team, rest, nobody], [usual, usual, usual]);
        assert!((gain(&with, &without, on_team) - 0.3).abs() < 1e-6);
        assert!((gain(&with, &without, outside) - 0.1).abs() < 1e-6);
        assert!(gain(&with[2..], &without[2..], outside).is_nan());
    }

    /// Who was willing half a year in and has tired since counts as willing; who came later counts neither way.
    #[test]
    fn what_the_programme_adds_to_the_willing_is_told_by_their_will_before_they_tire() {
        let (scenario, mut pair) = crate::metrics::tests::small_pair();
        let at = |holder, will, fatigue| Person { holder, will, ..tired(fatigue) };
        let staff = &mut pair.with[0].staff;
        staff.early = vec![at(0, 0.9, 0.3), at(0, 0.4, 0.3), at(0, 0.3, 0.3), at(0, 0.2, 0.3), at(0, 1.0, 0.3)];
        staff.at_end = vec![at(0, 0.1, 0.8), at(0, 0.5, 0.5), at(0, 0.5, 0.6), at(0, 0.5, 0.7), at(1, 0.9, 0.0)];
        pair.without[0].staff.at_end = vec![at(0, 0.0, 0.4); 5];
        let observation = Observation::new(&scenario, &pair, 0).unwrap();
        assert!((fatigue_of_the_willing(&observation) - (0.4 - 0.2)).abs() < 1e-6);
    }
}
