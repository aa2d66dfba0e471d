use crate::quantities;

quantities! {
    /// Outer context: what national policy does to organisations.
    pub struct Outer {
        /// Time for which a mandate weighs.
        mandate_weeks = 30.0, "week", 10.0..104.0, Assumption, "judgement";
        /// Most mandates that can weigh at once.
        mandate_most = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How much of the alignment is redrawn when policy changes.
        redrawn = 0.7, "share", 0.3..1.0, Assumption, "judgement";
    }
}
