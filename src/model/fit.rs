use crate::quantities;

quantities! {
    /// Fit: how well the programme's design suits the unit.
    pub struct Fit {
        /// Fit of an untried design, mean of units.
        untried = 0.69, "share", 0.4..0.95, Calibrated, "fitted to pattern P08; tailoring odds ratio 1.56 (Baker 2015)";
        /// Spread of that fit between units (standard deviation).
        spread = 0.12, "share", 0.0..0.3, Assumption, "judgement";
        /// Worst fit possible.
        worst = 0.2, "share", 0.05..0.4, Assumption, "judgement";
        /// Time in which planning finds the fit.
        weeks = 12.0, "week", 4.0..40.0, Calibrated, "fitted to pattern P08";
        /// Pace of that once live, against planning.
        live_pace = 0.06, "times", 0.0..0.5, Calibrated, "fitted to pattern P08";
        /// What participation adds, against piloting.
        participation = 0.5, "share", 0.1..1.0, Assumption, "judgement";
    }
}
