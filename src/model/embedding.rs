use crate::quantities;

quantities! {
    /// Embedding: the practice in standards, roles and procedures.
    pub struct Embedding {
        /// Pace at which a fully backed programme writes itself into procedures.
        rate = 0.012, "1/week", 0.003..0.04, Calibrated, "fitted to pattern P27";
        /// Time in which procedures go out of use.
        loss_weeks = 260.0, "week", 104.0..520.0, Assumption, "judgement";
        /// How much the sponsor's own practice counts.
        sponsor = 2.0, "times", 1.0..3.0, Assumption, "judgement";
        /// Multiple of the clear result beyond which more gain adds nothing.
        result = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// What a reorganisation leaves of it.
        reorganisation_keeps = 0.65, "share", 0.3..1.0, Assumption, "judgement; a blunt stand-in for what happens to people and procedures";
    }
}
