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
        /// Weeks over which resources fade out after support, instead of stopping.
        taper = 0.0, "count", 0..520, Assumption, "scenario";
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

    /// Share of resources that fading out has left so many weeks after the end: in even steps, none left over.
    ///
    /// Over all weeks these add up to half of `taper` weeks of support.
    pub fn fading(&self, weeks_since_end: f32) -> f32 {
        let left = 1.0 - (weeks_since_end + 1.0) / (self.taper + 1.0);
        if left > 0.0 { left } else { 0.0 }
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
        let clock = Clock { start: 2.0, planning: 3.0, active: 4.0, ..Clock::default() };
        let phases: Vec<Phase> = (0..10).map(|week| clock.phase(week)).collect();
        use Phase::{Active, After, Before, Planning};
        assert_eq!(phases, [Before, Before, Planning, Planning, Planning, Active, Active, Active, Active, After]);
    }

    #[test]
    fn a_taper_of_four_weeks_is_worth_two_of_support() {
        let clock = Clock { taper: 4.0, ..Clock::default() };
        let left: Vec<f32> = (0..6).map(|week| clock.fading(week as f32)).collect();
        assert!((left.iter().sum::<f32>() - 2.0).abs() < 1e-6 && left[4] == 0.0 && left[0] < 1.0);
        assert_eq!(Clock::default().fading(0.0), 0.0, "without a taper support stops");
    }
}
