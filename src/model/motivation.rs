use crate::quantities;

quantities! {
    /// Motivation: intrinsic motivation, what crowds it out and what keeps it alive.
    pub struct Motivation {
        /// Time in which motivation is lost.
        loss_weeks = 13.0, "week", 4.0..40.0, Calibrated, "fitted to pattern P38";
        /// Time in which it recovers.
        gain_weeks = 83.0, "week", 26.0..208.0, Calibrated, "fitted to pattern P38; trust is slow to gain";
        /// Motivation crowded out by sanctions.
        sanction_crowding = 0.61, "share", 0.2..0.9, Calibrated, "fitted to pattern P38; direction: Deci, Koestner & Ryan 1999";
        /// Motivation crowded out by payment.
        payment_crowding = 0.52, "share", 0.1..0.9, Calibrated, "fitted to pattern P31; direction: Deci, Koestner & Ryan 1999";
        /// How much less payment crowds out where being paid is normal.
        payment_norm_relief = 0.7, "share", 0.2..1.0, Assumption, "pattern P31";
        /// Motivation crowded out by paperwork.
        paperwork_crowding = 0.36, "share", 0.1..0.8, Calibrated, "fitted to pattern P09";
        /// How much vitality results and encouragement give.
        vitality = 0.3, "share", 0.1..0.7, Assumption, "positive feedback raises motivation (Deci, Koestner & Ryan 1999)";
        /// Encouragement from recognition.
        recognition = 0.40, "share", 0.1..0.8, Assumption, "pattern P39";
        /// Encouragement from work across professions.
        cross_professional = 0.40, "share", 0.1..0.8, Assumption, "pattern P34";
        /// Encouragement from something new.
        novelty = 0.35, "share", 0.0..0.8, Assumption, "pattern P13";
        /// Time in which novelty wears off.
        novelty_weeks = 20.0, "week", 6.0..52.0, Assumption, "judgement";
    }
}
