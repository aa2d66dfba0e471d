use crate::quantities;

quantities! {
    /// Permanence: whether staff expect the programme to last.
    pub struct Permanence {
        /// Discount on anything that looks like a project.
        project_discount = 0.9, "share", 0.3..1.0, Calibrated, "fitted to pattern P13";
        /// Time ahead that counts as long.
        horizon_weeks = 104.0, "week", 52.0..208.0, Assumption, "judgement";
        /// How much of the discount time ahead takes away.
        time_ahead = 0.5, "share", 0.1..0.9, Assumption, "judgement";
        /// Signal from the sponsor's own practice.
        sponsor_signal = 0.37, "share", 0.1..0.8, Calibrated, "fitted to pattern P25";
    }
}
