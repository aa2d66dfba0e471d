//! A person: what can be read of the post of one person in one week, shown by [`Model::watch`](crate::model::Model::watch).

use crate::model::{
    count::{moves::Moves, watch::Scene},
    state::Course,
};

/// Declares [`Column`]: variant, name, unit, meaning.
macro_rules! columns {
    ($($Column:ident $name:literal $unit:literal $doc:literal;)+) => {
        /// What can be read of the post of one person in one week.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $(#[doc = $doc] $Column,)+ }

        impl Column {
            /// Every column.
            pub const ALL: &'static [Column] = &[$(Column::$Column,)+];
            /// Name.
            pub fn name(self) -> &'static str { match self { $(Self::$Column => $name,)+ } }
            /// Unit.
            pub fn unit(self) -> &'static str { match self { $(Self::$Column => $unit,)+ } }
            /// What it is, in a sentence.
            pub fn doc(self) -> &'static str { match self { $(Self::$Column => $doc,)+ } }
        }
    };
}

columns! {
    Profession "profession" "" "Number of the profession, in the order of the scenario.";
    Rank "rank" "" "0 front line, 1 unit leader, 2 division manager, 3 executive sponsor.";
    Present "present" "" "1 where the post is held at the end of the week, 0 where it is empty.";
    Holder "holder" "count" "How many people have held the post before.";
    Tenure "tenure" "week" "Weeks since the present holder came, or since the simulation began.";
    Joined "joined" "" "1 where somebody new holds the post since this week.";
    Left "left" "" "1 where the holder left this week.";
    OpinionLeader "opinion_leader" "" "1 for people to whom others look.";
    Blocker "blocker" "" "1 for leaders who block.";
    Usual "usual" "share" "Usual practice without any programme; for leaders, usual backing.";
    Intrinsic "intrinsic" "share" "Motivation that the person brought along.";
    Motivation "motivation" "share" "Motivation.";
    Fatigue "fatigue" "share" "Fatigue.";
    Cynicism "cynicism" "share" "Cynicism.";
    Reached "reached" "" "1 where the programme works with the unit; 1 for managers and sponsors.";
    Champion "champion" "" "1 for members of the project team.";
    Problem "problem" "share" "Belief that there is a problem.";
    Solution "solution" "share" "Belief that this is the solution.";
    Ownership "ownership" "share" "How far the change is the person's own.";
    Skill "skill" "share" "Skill in the practice.";
    Habit "habit" "share" "How far the practice is habit.";
    Practice "practice" "share" "How reliably the person does it; for leaders, backs it.";
    Permanence "permanence" "share" "How far people here expect the programme to last.";
    Will "will" "share" "Will to do it, of who held the post as the week began.";
    Ritual "ritual" "share" "Effort that went into the number only, of who held the post as the week began.";
    PushWill "push_will" "log odds" "Push of the person's own will and ability on practice this week.";
    PushColleagues "push_colleagues" "log odds" "Push of what colleagues did.";
    PushHabit "push_habit" "log odds" "Push of habit beyond usual practice.";
    PushStandards "push_standards" "log odds" "Push of standards, roles and procedures.";
    PushPressure "push_pressure" "log odds" "Push of carrots and sticks.";
    PushFatigue "push_fatigue" "log odds" "Push of fatigue beyond rest, mostly below zero.";
    PushMorale "push_morale" "log odds" "Push of motivation lost, never above zero.";
    PushPrompts "push_prompts" "log odds" "Push of prompts; for leaders, of what they have learned of leading.";
}

impl Column {
    /// Whether it is of a programme rather than of the person.
    pub fn is_of_programme(self) -> bool {
        self as usize >= Self::Reached as usize
    }
}

impl Scene<'_> {
    /// What `column` says of `post`, for the programme at `programme`; 0 where there is no such programme.
    pub fn number(&self, column: Column, programme: usize, post: usize) -> f32 {
        let yes = |is: bool| f32::from(u8::from(is));
        let people = &self.world.people;
        let of_course = |read: &dyn Fn(&Course) -> f32| self.world.courses.get(programme).map_or(0.0, read);
        let of_moves = |read: fn(&Moves) -> &[f32]| self.moves.get(programme).map_or(0.0, |moves| read(moves)[post]);
        let layout = &self.model.layout;
        match column {
            Column::Profession => f32::from(self.organisation.profession[post]),
            Column::Rank => layout.level(post).map_or(0.0, |level| f32::from(level as u8)),
            Column::Present => people.present[post],
            Column::Holder => people.holder[post] as f32,
            Column::Tenure => self.before.tenure(people, post, self.week),
            Column::Joined => yes(self.before.joined(people, post)),
            Column::Left => yes(self.before.left(people, post)),
            Column::OpinionLeader => people.opinion_leader[post],
            Column::Blocker => yes(people.present[post] > 0.0 && people.will_factor[post] < 1.0),
            Column::Usual => people.usual[post],
            Column::Intrinsic => people.intrinsic[post],
            Column::Motivation => people.motivation[post],
            Column::Fatigue => people.fatigue[post],
            Column::Cynicism => people.cynicism[post],
            Column::Reached => of_course(&|course| layout.unit(post).map_or(1.0, |unit| course.reached[unit])),
            Column::Champion => of_course(&|course| course.champion[post]),
            Column::Problem => of_course(&|course| course.problem[post]),
            Column::Solution => of_course(&|course| course.solution[post]),
            Column::Ownership => of_course(&|course| course.ownership[post]),
            Column::Skill => of_course(&|course| course.skill[post]),
            Column::Habit => of_course(&|course| course.habit[post]),
            Column::Practice => of_course(&|course| course.practice[post]),
            Column::Permanence => {
                of_course(&|course| course.sight.permanence[layout.unit(post).unwrap_or(layout.units)])
            }
            Column::Will => of_moves(|moves| &moves.will),
            Column::Ritual => of_moves(|moves| &moves.ritual),
            Column::PushWill => of_moves(|moves| &moves.pushes[0]),
            Column::PushColleagues => of_moves(|moves| &moves.pushes[1]),
            Column::PushHabit => of_moves(|moves| &moves.pushes[2]),
            Column::PushStandards => of_moves(|moves| &moves.pushes[3]),
            Column::PushPressure => of_moves(|moves| &moves.pushes[4]),
            Column::PushFatigue => of_moves(|moves| &moves.pushes[5]),
            Column::PushMorale => of_moves(|moves| &moves.pushes[6]),
            Column::PushPrompts => of_moves(|moves| &moves.pushes[7]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        math::logit,
        model::{Series, who::Level},
        scenario::Scenario,
    };

    fn small() -> Scenario {
        let mut scenario = Scenario::ordinary();
        scenario.setting.organisations = 2.0;
        scenario.setting.units = 3.0;
        scenario.run.follow_up = 30;
        scenario
    }

    #[test]
    fn names_are_unique_and_explained() {
        let mut names: Vec<_> = Column::ALL.iter().map(|column| column.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Column::ALL.len());
        assert!(Column::ALL.iter().all(|column| column.doc().ends_with('.')));
    }

    /// Those who are seen to leave are those whom the histories count, and whoever comes fills an empty post.
    #[test]
    fn leavers_and_joiners_add_up() {
        let model = small().to_model();
        let mut left = [vec![0.0; model.weeks], vec![0.0; model.weeks]];
        let mut newest = f32::INFINITY;
        let pair = model.watch(1, 0, |scene| {
            for (post, level) in scene.posts() {
                let read = |column| scene.number(column, 0, post);
                left[usize::from(scene.world.on)][scene.week] +=
                    if level == Level::Frontline { read(Column::Left) } else { 0.0 };
                if read(Column::Joined) > 0.0 {
                    assert_eq!((read(Column::Present), read(Column::Tenure)), (1.0, 0.0));
                    newest = newest.min(read(Column::Holder));
                }
            }
        });
        assert_eq!(left[1], pair.with[0].of(Series::Leavers));
        assert_eq!(left[0], pair.without[0].of(Series::Leavers));
        assert_eq!(newest, 1.0);
    }

    /// Without scatter, practice moves towards what the pushes add up to, a quarter of the way in a week.
    #[test]
    fn the_pushes_are_what_moves_practice() {
        let mut scenario = small();
        scenario.parameters.practice.noise = 0.0;
        scenario.setting.turnover = 0.0;
        scenario.setting.rising_tide = 0.0;
        let model = scenario.to_model();
        let mut before = vec![None; 2 * model.layout.posts];
        let mut checked = 0;
        model.watch(1, 0, |scene| {
            if !scene.world.on || scene.organisation.number > 0 {
                return;
            }
            for (post, _) in scene.posts() {
                let read = |column| scene.number(column, 0, post);
                let pushes: f32 = Column::ALL
                    .iter()
                    .filter(|column| column.name().starts_with("push_"))
                    .map(|column| read(*column))
                    .sum();
                let practice = read(Column::Practice);
                if let (Some(before), 0.0) = (before[post], read(Column::Left) + read(Column::Joined)) {
                    let intended: f32 = before + (practice - before) * model.parameters.practice.response_weeks;
                    let (given, found) = (logit(read(Column::Usual)) + pushes, logit(intended));
                    if read(Column::Present) > 0.0 && (0.1..0.9).contains(&intended) {
                        assert!((given - found).abs() < 1e-3, "week {} post {post}: {given} {found}", scene.week);
                        checked += 1;
                    }
                }
                before[post] = Some(practice);
            }
        });
        assert!(checked > 10_000, "{checked}");
    }
}
