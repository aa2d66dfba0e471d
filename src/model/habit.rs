use crate::quantities;

quantities! {
    /// Habit: what was done often enough to be done without thinking.
    pub struct Habit {
        /// Time to gain a habit.
        gain_weeks = 20.0, "week", 6.0..52.0, Calibrated, "fitted to pattern P42";
        /// Time to lose it.
        loss_weeks = 30.0, "week", 8.0..104.0, Calibrated, "fitted to feedback withdrawn, all gain lost in 18 months (Gerber 2014)";
    }
}
