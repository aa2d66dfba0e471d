use crate::quantities;

quantities! {
    /// Fatigue: load beyond what staff can absorb.
    pub struct Fatigue {
        /// Time in which fatigue follows load, up or down.
        weeks = 6.0, "week", 2.0..20.0, Assumption, "judgement";
        /// Fatigue at usual load.
        rest = 0.30, "share", 0.1..0.5, Evidence, "about one third of NHS staff burnt out (NHS Staff Survey 2022)";
        /// Load from collecting data.
        burden = 0.08, "share", 0.02..0.25, Calibrated, "fitted to pattern P09";
        /// Load from doing what is not yet habit.
        conscious_effort = 0.35, "share", 0.1..0.8, Assumption, "judgement";
        /// Load from ambition.
        ambition = 0.20, "share", 0.05..0.6, Assumption, "pattern P15";
        /// Load from a programme that does not fit the place.
        misfit = 0.04, "share", 0.0..0.2, Calibrated, "fitted to pattern P08";
        /// Load from paperwork beyond what can be absorbed.
        paperwork = 0.32, "share", 0.1..0.8, Calibrated, "fitted to pattern P09; 15 h a physician-week as upper anchor (Casalino 2016)";
        /// Paperwork that slack absorbs.
        paperwork_slack = 0.192, "share", 0.05..0.5, Calibrated, "fitted to pattern P09";
        /// Paperwork that protected time absorbs.
        paperwork_time = 0.5, "share", 0.1..1.0, Assumption, "judgement";
        /// How much of the burden administration takes over.
        administration_relief = 0.6, "share", 0.2..0.9, Assumption, "pattern P18";
        /// Relief of programme load by protected time.
        time_relief = 0.70, "share", 0.2..1.0, Assumption, "pattern P19";
        /// Share of protected time that is released without the manager's backing.
        time_released = 0.3, "share", 0.0..0.8, Assumption, "pattern P36";
        /// Load from empty posts in the unit.
        vacancy = 0.70, "share", 0.2..1.5, Assumption, "judgement";
        /// Load from a mandate.
        mandate = 0.1, "share", 0.02..0.3, Assumption, "pattern P30";
        /// Part of a mandate that reaches frontline staff.
        mandate_frontline = 0.7, "times", 0.2..1.5, Assumption, "judgement";
        /// Part of a mandate that reaches unit leaders.
        mandate_leaders = 1.0, "times", 0.5..2.0, Assumption, "judgement";
        /// Part of a mandate that reaches managers and sponsors.
        mandate_managers = 1.5, "times", 0.5..3.0, Assumption, "judgement";
    }
}
