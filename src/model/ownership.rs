use crate::quantities;

quantities! {
    /// Ownership: whether the change is felt to be one's own.
    pub struct Ownership {
        /// Time to gain ownership.
        gain_weeks = 15.0, "week", 6.0..52.0, Calibrated, "fitted to pattern P08";
        /// Time to lose it.
        loss_weeks = 57.0, "week", 20.0..156.0, Calibrated, "fitted to pattern P42";
        /// Ownership from piloting.
        pilot = 0.35, "share", 0.1..0.7, Assumption, "the review, challenge 2";
        /// Ownership of clinicians in a programme led by clinicians.
        clinician_led = 0.40, "share", 0.1..0.8, Assumption, "pattern P32";
        /// Ownership from a superior who enables.
        facilitation = 0.40, "share", 0.1..0.8, Assumption, "pattern P37";
        /// Ownership from colleagues' visible example.
        heard = 0.35, "share", 0.1..0.7, Assumption, "judgement";
        /// What participation is worth without time for it.
        untimed = 0.35, "share", 0.1..0.8, Assumption, "pattern P19";
        /// How imposed sanctions feel.
        imposed_sanction = 0.70, "share", 0.2..1.0, Assumption, "pattern P38";
        /// How imposed a directive style feels.
        imposed_directive = 0.60, "share", 0.2..1.0, Assumption, "pattern P37";
        /// How much of that a facilitative style takes away.
        facilitation_softens = 0.6, "share", 0.0..1.0, Assumption, "judgement";
        /// How imposed a programme led by others feels to clinicians.
        imposed_outsiders = 0.50, "share", 0.1..0.9, Assumption, "pattern P32";
        /// How imposed paperwork feels.
        imposed_paperwork = 0.48, "share", 0.1..0.9, Calibrated, "fitted to pattern P09";
        /// How much of the imposition involvement takes away.
        involvement_softens = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Resentment of credit that goes to a few.
        resentment = 0.30, "share", 0.0..0.7, Assumption, "patterns P14, P39";
    }
}
