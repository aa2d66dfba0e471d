//! Habit: what was done often enough to be done without thinking.
//!
//! Habit H relaxes to practice, in `gain_weeks` up and `loss_weeks` down; it is stepped together with practice, which it pulls
//! by `habit_weight (H - usual practice)`.
//! Source: pattern P42; Gerber 2014 for the loss.

use crate::{math::Pace, quantities};

quantities! {
    /// Habit: what was done often enough to be done without thinking.
    pub struct Habit {
        /// Time to gain a habit.
        gain_weeks = 7.5, "week", 0.9..20.0, Assumption, "a median of 66 days to 95 % of the plateau, 18 to 254 (Lally 2010), is a time constant of 0.9 to 12 weeks";
        /// Time to lose it.
        loss_weeks = 9.0, "week", 4.0..52.0, Assumption, "chosen with feedback withdrawn in view (N37)";
    }
}

/// The pace at which habit follows practice, up and down.
#[inline(always)]
pub fn pace(p: &Habit) -> Pace {
    Pace::weeks(p.gain_weeks, p.loss_weeks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_habit_is_gone_after_about_five_months_without_the_practice() {
        let p = Habit { loss_weeks: 30.0, ..Habit::default() };
        let pace = pace(&p);
        let mut habit = 1.0;
        let mut weeks = 0;
        while habit > 0.5 {
            habit += pace.step(habit, 0.0);
            weeks += 1;
        }
        // ln 2 / -ln(1 - 1/30) = 20.4
        assert_eq!(weeks, 21);
    }
}
