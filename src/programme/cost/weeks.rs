//! How many weeks of each phase are paid for, and what budget cuts leave of them.
//!
//! ```text
//! weeks of a phase = sum over its weeks of the product of what the cuts made by then have left
//! ```
//!
//! What is taken once in a phase is spread evenly over it. What goes on or fades out after support is cut like all else, as
//! in the model; sanctions that stay in force cost what they cost.

use super::When;
use crate::{
    params::decimal,
    programme::{Clock, Phase},
};

/// A cut of the budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// First week with less.
    pub week: usize,
    /// Share of what there was before that is left, 0 to 1.
    pub left: f64,
}

/// Weeks of full spending that each kind of amount comes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weeks {
    planning: f64,
    active: f64,
    /// Share of planning that is paid for.
    before: f64,
    /// Share of support that is paid for.
    during: f64,
    /// Weeks that go on or fade out after support, as far as they do.
    continued: f64,
    /// Weeks after support.
    after: f64,
}

impl Weeks {
    /// The weeks of `clock` under `cuts`, where `continuation` of every weekly cost goes on for `weeks_after` weeks.
    pub(super) fn of(clock: &Clock, continuation: f64, weeks_after: usize, cuts: &[Cut]) -> Self {
        let left = |week: usize| cuts.iter().filter(|cut| week >= cut.week).map(|cut| cut.left).product::<f64>();
        let (start, live, end) = (clock.start as usize, clock.live(), clock.end());
        let planning: f64 = (start..live).map(left).sum();
        let active: f64 = (live..end).map(left).sum();
        let share = |weeks: f64, of: usize, otherwise: f64| if of == 0 { otherwise } else { weeks / of as f64 };
        let stays: f64 = (end..end + weeks_after).map(left).sum();
        // What fades is paid for as far as it is more than what stays.
        let fades = (0..weeks_after.min(clock.taper as usize))
            .map(|week| (decimal(clock.fading(week as f32)) - continuation).max(0.0) * left(end + week));
        Self {
            planning,
            active,
            before: share(planning, live - start, left(live)),
            during: share(active, end - live, left(end)),
            continued: stays * continuation + fades.sum::<f64>(),
            after: weeks_after as f64,
        }
    }

    /// How many weeks of `phase` an amount is taken; for what is taken once in it, how much of it is.
    pub(super) fn taken(&self, when: When, phase: Phase) -> f64 {
        match (when, phase) {
            (When::Throughout, Phase::Planning) => self.planning,
            (When::Throughout | When::Support, Phase::Active) => self.active,
            (When::Throughout | When::Support, Phase::After) => self.continued,
            (When::After, Phase::After) => self.after,
            (When::OnceBefore, Phase::Planning) => self.before,
            (When::OnceDuring, Phase::Active) => self.during,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Planning in weeks 10-19, support in weeks 20-69.
    fn weeks(continuation: f64, cuts: &[Cut]) -> [f64; 6] {
        let clock = Clock { start: 10.0, planning: 10.0, active: 50.0, ..Clock::default() };
        let weeks = Weeks::of(&clock, continuation, 104, cuts);
        [weeks.planning, weeks.active, weeks.before, weeks.during, weeks.continued, weeks.after]
    }

    #[test]
    fn without_cuts_every_week_counts() {
        assert_eq!(weeks(0.5, &[]), [10.0, 50.0, 1.0, 1.0, 52.0, 104.0]);
    }

    #[test]
    fn from_a_cut_on_weeks_count_for_what_it_leaves() {
        // A quarter is left from week 40 on: 20 whole weeks and 30 of a quarter, and a quarter of what goes on after support.
        let quarter = Cut { week: 40, left: 0.25 };
        assert_eq!(weeks(0.5, &[quarter]), [10.0, 27.5, 1.0, 0.55, 13.0, 104.0]);
        // Nothing is left from week 15 on: half of planning.
        assert_eq!(weeks(0.5, &[Cut { week: 15, left: 0.0 }]), [5.0, 0.0, 0.5, 0.0, 0.0, 104.0]);
        // Cuts multiply, and of what goes on after support one leaves as much as of all else: 20 whole weeks and 84 of half.
        let half = Cut { week: 60, left: 0.5 };
        assert_eq!(weeks(0.0, &[quarter, half])[1], 20.0 + 5.0 + 10.0 / 8.0);
        assert_eq!(weeks(1.0, &[Cut { week: 90, left: 0.5 }]), [10.0, 50.0, 1.0, 1.0, 62.0, 104.0]);
    }
}
