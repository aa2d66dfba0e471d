//! Staff one by one at two moments of a programme: what means over everybody cannot say.
//!
//! Half a year after planning starts and in the last week of support, every frontline post is written down as
//! it is. Besides, those who are on the project team in the first week are followed: who has left, and whose will
//! has fallen below half of its own peak. Nothing of this changes anything.

use std::ops::Range;

use crate::{
    model::{
        Model,
        state::{Course, World},
        who::Organisation,
    },
    programme::Clock,
};

/// Weeks after planning starts at which staff are looked at first.
const EARLY: usize = 26;

/// A frontline post.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Person {
    /// Whether the programme reaches its unit.
    pub reached: bool,
    /// Whether somebody holds it.
    pub present: bool,
    /// Which holder of the post that is.
    pub holder: u32,
    /// Whether that somebody is on the project team.
    pub on_team: bool,
    /// Place of the profession in the scenario.
    pub profession: u8,
    /// True reliability.
    pub practice: f32,
    /// Will to do it.
    pub will: f32,
    /// How far the change is felt to be one's own.
    pub ownership: f32,
    /// Belief that this is the solution.
    pub solution: f32,
    /// Skill in the practice.
    pub skill: f32,
    /// Fatigue.
    pub fatigue: f32,
    /// Motivation.
    pub motivation: f32,
    /// Cynicism.
    pub cynicism: f32,
    /// Quality of all other care in the unit.
    pub other_care: f32,
}

/// What became of those who were on the project team in the first week, at the end of support.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FirstTeam {
    /// How many they were.
    pub members: u32,
    /// How many of them have left their post.
    pub left: u32,
    /// How many have stayed and have less than half of the most will they ever had.
    pub given_up: u32,
}

/// The staff of all organisations, posts in the same order in both worlds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Staff {
    /// Half a year after planning starts; empty if that week is not simulated.
    pub early: Vec<Person>,
    /// In the last week of support.
    pub at_end: Vec<Person>,
    /// The first project team.
    pub first_team: FirstTeam,
}

/// Writes staff down as the weeks go by.
#[derive(Clone, Debug)]
pub struct Roll {
    early: usize,
    active: Range<usize>,
    staff: Staff,
    /// First members of the organisation that is being lived: organisation, post, most will so far.
    members: Vec<(usize, usize, f32)>,
}

impl Roll {
    /// Nobody written down yet.
    pub fn new(clock: &Clock) -> Self {
        let (early, active) = (clock.start as usize + EARLY, clock.start as usize..clock.end());
        Self { early, active, staff: Staff::default(), members: Vec::new() }
    }

    /// What was written down.
    pub fn staff(self) -> Staff {
        self.staff
    }

    /// Takes over the first team of an organisation whose world parts now from that of `before`.
    pub fn part(&mut self, before: &Self, organisation: &Organisation) {
        let here = organisation.number as usize;
        self.members.extend(before.members.iter().filter(|(organisation, ..)| *organisation == here));
    }

    /// Takes over what was written down before week `from`.
    pub fn take_over(&mut self, before: &Self, from: usize) {
        if self.early < from {
            self.staff.early.clone_from(&before.staff.early);
        }
        if self.active.end <= from {
            self.staff.at_end.clone_from(&before.staff.at_end);
            self.staff.first_team = before.staff.first_team;
        }
    }

    /// Looks at one organisation in one week; `will` is this week's.
    #[inline(always)]
    pub fn look(
        &mut self,
        model: &Model,
        week: usize,
        organisation: &Organisation,
        world: &World,
        course: &Course,
        will: &[f32],
    ) {
        let here = organisation.number as usize;
        if week == 0 {
            let members = (0..model.layout.posts).filter(|post| course.champion[*post] > 0.0);
            self.members.extend(members.map(|post| (here, post, 0.0)));
        }
        if !self.active.contains(&week) && week != self.early {
            return;
        }
        for (_, post, peak) in self.members.iter_mut().filter(|(organisation, ..)| *organisation == here) {
            *peak = will[*post].max(*peak);
        }
        if week == self.early {
            self.staff.early.extend(persons(model, organisation, world, course, will));
        }
        if week + 1 != self.active.end {
            return;
        }
        self.staff.at_end.extend(persons(model, organisation, world, course, will));
        let team = &mut self.staff.first_team;
        for (_, post, peak) in self.members.iter().filter(|(organisation, ..)| *organisation == here) {
            team.members += 1;
            if world.people.holder[*post] > 0 || world.people.present[*post] == 0.0 {
                team.left += 1;
            } else if will[*post] < 0.5 * peak {
                team.given_up += 1;
            }
        }
    }
}

/// The frontline posts, those of units not reached as well.
fn persons<'a>(
    model: &'a Model,
    organisation: &'a Organisation,
    world: &'a World,
    course: &'a Course,
    will: &'a [f32],
) -> impl Iterator<Item = Person> + 'a {
    let posts = (0..model.layout.posts).filter(|post| organisation.frontline[*post] > 0.0);
    let in_units = posts.filter_map(|post| Some((post, model.layout.unit(post)?)));
    in_units.map(|(post, unit)| Person {
        reached: course.reached[unit] > 0.0,
        present: world.people.present[post] > 0.0,
        holder: world.people.holder[post],
        on_team: course.champion[post] > 0.0,
        profession: organisation.profession[post],
        practice: course.practice[post],
        will: will[post],
        ownership: course.ownership[post],
        solution: course.solution[post],
        skill: course.skill[post],
        fatigue: world.people.fatigue[post],
        motivation: world.people.motivation[post],
        cynicism: world.people.cynicism[post],
        other_care: world.care[unit],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Series, scenario::Scenario};

    /// The same people, counted one by one and summed by the week's tally.
    #[test]
    fn one_by_one_they_add_up_to_the_series() {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 2.0;
        // Who leaves in the week has acted in it, but is no longer there when it ends.
        scenario.setting.turnover = 0.0;
        let model = scenario.to_model();
        let pair = model.pair(1, 0);
        let (history, clock) = (&pair.with[0], &scenario.programmes[0].clock);
        for (people, week) in
            [(&history.staff.early, clock.start as usize + EARLY), (&history.staff.at_end, clock.end() - 1)]
        {
            let held: Vec<&Person> = people.iter().filter(|person| person.present && person.reached).collect();
            let mean = held.iter().map(|person| person.will).sum::<f32>() / held.len() as f32;
            assert!((mean - history.of(Series::Will)[week]).abs() < 1e-5, "{mean}");
            assert_eq!(people.len(), 2 * 8 * 21);
        }
    }

    #[test]
    fn first_members_leave_and_their_successors_are_not_counted_as_first() {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 2.0;
        scenario.setting.turnover = 3.0;
        let pair = scenario.to_model().pair(1, 0);
        let team = pair.with[0].staff.first_team;
        assert!(team.members > 20 && team.left > 0 && team.left + team.given_up <= team.members, "{team:?}");
        assert_eq!(team.members, pair.without[0].staff.first_team.members);
    }

    #[test]
    fn nobody_leaves_the_team_where_nobody_leaves() {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 1.0;
        scenario.setting.turnover = 0.0;
        let pair = scenario.to_model().pair(1, 0);
        assert_eq!(pair.with[0].staff.first_team.left, 0);
        // Without the programme nobody ever has a will to lose.
        assert_eq!(pair.without[0].staff.first_team.given_up, 0);
    }
}
