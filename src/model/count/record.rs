//! What one simulated world leaves behind: a number a week for each series, and the practice of each unit.

use crate::model::count::staff::Staff;

/// Declares the weekly series: variant, column name, unit, meaning.
macro_rules! series {
    ($($Series:ident $name:literal $unit:literal $doc:literal;)+) => {
        /// A weekly series, of one programme in one world.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Series { $(#[doc = $doc] $Series,)+ }

        impl Series {
            /// Every series, in the order in which they are stored.
            pub const ALL: &'static [Series] = &[$(Series::$Series,)+];
            /// Column name.
            pub fn name(self) -> &'static str { match self { $(Self::$Series => $name,)+ } }
            /// Unit.
            pub fn unit(self) -> &'static str { match self { $(Self::$Series => $unit,)+ } }
            /// What it is, in a sentence.
            pub fn doc(self) -> &'static str { match self { $(Self::$Series => $doc,)+ } }
        }
    };
}

series! {
    Practice "practice" "share" "True reliability of the target practice, mean of the units reached.";
    Reported "reported" "share" "Reliability as the units report it, mean of the units reached.";
    PracticeEverywhere "practice_everywhere" "share" "True reliability, mean of all units.";
    Will "will" "share" "Will of frontline staff to do it.";
    ProblemBelief "problem_belief" "share" "Frontline staff who believe that there is a problem.";
    SolutionBelief "solution_belief" "share" "Frontline staff who believe that this is the solution.";
    Ownership "ownership" "share" "How far frontline staff feel that the change is theirs.";
    Skill "skill" "share" "Skill of frontline staff in the practice.";
    Habit "habit" "share" "How far the practice is habit among frontline staff.";
    Motivation "motivation" "share" "Motivation of frontline staff.";
    Fatigue "fatigue" "share" "Fatigue of frontline staff.";
    Cynicism "cynicism" "share" "Cynicism of frontline staff.";
    Ritual "ritual" "share" "Ritual compliance of frontline staff: effort that goes into the number.";
    Embedding "embedding" "share" "How far the practice is written into standards, roles and procedures.";
    Capability "capability" "share" "Measurement capability of the units reached.";
    OtherCare "other_care" "share" "Quality of all other care in the units reached, 1 without side effects.";
    LeaderBacking "leader_backing" "share" "How reliably leaders of the units reached back the programme.";
    ManagerBacking "manager_backing" "share" "How reliably division managers back the programme.";
    SponsorBacking "sponsor_backing" "share" "How reliably executive sponsors back the programme.";
    Leavers "leavers" "count" "Frontline staff who left this week, in all units.";
    TimeInDebate "time_in_debate" "share of the week" "Time that goes into debate of the programme in the units reached; 0 where hours limit nobody.";
    BenefitSeenByStaff "benefit_seen_by_staff" "share" "Gain over usual practice that frontline staff have in front of them: the true one.";
    BenefitSeenByManagers "benefit_seen_by_managers" "share" "Gain over usual practice that managers have in front of them: the reported one as it is passed up, good news better than bad.";
    BenefitSeenByExecutives "benefit_seen_by_executives" "share" "Gain over usual practice that executives have in front of them: what managers have, passed up once more.";
}

/// One programme in one world.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// `series[Series as usize][week]`.
    pub series: Vec<Vec<f32>>,
    /// `by_profession[profession][week]`: mean practice of frontline staff in the units reached, NaN where there are none.
    pub by_profession: Vec<Vec<f32>>,
    /// `units[week * number of units + unit]`: true reliability of every unit.
    pub units: Vec<f32>,
    /// Which units the programme reaches.
    pub reached: Vec<bool>,
    /// The frontline staff, one by one at a few moments.
    pub staff: Staff,
}

impl History {
    /// A weekly series.
    pub fn of(&self, series: Series) -> &[f32] {
        &self.series[series as usize]
    }
}

/// The same people and the same luck, with the programmes and without.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// One history for each programme, programmes on.
    pub with: Vec<History>,
    /// The same with every programme off: the counterfactual.
    pub without: Vec<History>,
}
