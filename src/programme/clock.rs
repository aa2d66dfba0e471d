//! The programme's clock: planning, ramp-up, active, after.
//!
//! Weeks count from 0 at the start of the simulation. Planning runs from `start` for `planning` weeks, support from then
//! for `active` weeks; nothing ends by a special rule, an ended project is one with no time and no resources left.

use crate::quantities;

quantities! {
    /// When a programme plans, acts and ends.
    pub struct Clock {
        /// Week in which planning begins.
        start = 26.0, "count", 0..2000, Assumption, "scenario";
        /// Weeks of planning before anything is asked of staff.
        planning = 26.0, "count", 0..520, Assumption, "scenario";
        /// Weeks of active support.
        active = 86.0, "count", 1..1040, Assumption, "scenario";
    }
}

/// Where in its life a programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    Before,
    /// Preparing; staff hear of it, nothing is asked of them.
    Planning,
    /// Supported.
    Active,
    /// Support has ended.
    After,
}

impl Phase {
    /// The phase in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Planning => "planning",
            Self::Active => "active",
            Self::After => "after",
        }
    }
}

impl Clock {
    /// First week of active support.
    pub fn live(&self) -> usize {
        (self.start + self.planning) as usize
    }

    /// First week without support.
    pub fn end(&self) -> usize {
        self.live() + self.active as usize
    }

    /// The phase in `week`.
    pub fn phase(&self, week: usize) -> Phase {
        if week < self.start as usize {
            Phase::Before
        } else if week < self.live() {
            Phase::Planning
        } else if week < self.end() {
            Phase::Active
        } else {
            Phase::After
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_follow_each_other_without_gap() {
        let clock = Clock { start: 2.0, planning: 3.0, active: 4.0 };
        let phases: Vec<Phase> = (0..10).map(|week| clock.phase(week)).collect();
        use Phase::{Active, After, Before, Planning};
        assert_eq!(phases, [Before, Before, Planning, Planning, Planning, Active, Active, Active, Active, After]);
    }
}
