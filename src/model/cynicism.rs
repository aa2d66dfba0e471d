use crate::quantities;

quantities! {
    /// Cynicism: what broken promises, abandonment and harm leave behind.
    pub struct Cynicism {
        /// Time in which cynicism rises.
        gain_weeks = 26.0, "week", 8.0..78.0, Assumption, "judgement";
        /// Time in which it falls.
        loss_weeks = 140.0, "week", 52.0..312.0, Calibrated, "fitted to carry-over in pattern P15";
        /// How much faster it falls where things go well.
        vitality_relief = 3.0, "times", 0.0..8.0, Assumption, "judgement";
        /// Cynicism from promises missed.
        disappointment = 0.31, "share", 0.1..0.7, Calibrated, "fitted to pattern P15";
        /// Cynicism from a project abandoned.
        abandonment = 0.49, "share", 0.1..0.9, Calibrated, "fitted to pattern P15";
        /// Time for which abandonment rankles.
        abandonment_weeks = 52.0, "week", 13.0..104.0, Assumption, "judgement";
        /// Cynicism from harm seen in other care.
        harm = 0.50, "share", 0.1..0.9, Assumption, "pattern P20";
        /// Cynicism from mandates.
        mandate = 0.20, "share", 0.05..0.5, Assumption, "pattern P28";
    }
}
