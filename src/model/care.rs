use crate::quantities;

quantities! {
    /// Other care: what overload and chasing a number do to everything else.
    pub struct Care {
        /// Time in which other care follows.
        weeks = 10.0, "week", 4.0..30.0, Assumption, "judgement";
        /// Harm per fatigue beyond what can be borne.
        overload = 1.0, "times", 0.2..2.0, Assumption, "pattern P20";
        /// Fatigue beyond rest that can be borne.
        bearable = 0.08, "share", 0.0..0.2, Assumption, "judgement";
        /// How much of the overload harm vigilance prevents.
        vigilance = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Harm from chasing the sanctioned number.
        displacement = 0.15, "share", 0.0..0.5, Assumption, "pattern P20";
    }
}
