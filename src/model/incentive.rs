use crate::quantities;

quantities! {
    /// Incentives: pressure from carrots and sticks, and the ritual compliance it breeds.
    pub struct Incentive {
        /// Pressure from recognition.
        recognition = 0.50, "share", 0.1..0.9, Assumption, "judgement";
        /// Pressure from payment where being paid is not normal.
        payment = 0.5, "share", 0.1..0.9, Calibrated, "fitted to pattern P31";
        /// How much of the rest payment reaches where being paid is normal.
        payment_norm = 0.62, "share", 0.1..1.0, Calibrated, "fitted to payment in general practice +19.9 points (Sutton 2010)";
        /// How much open comparison among peers takes the sting out of sanctions.
        peer_audit_softens = 0.65, "share", 0.2..0.9, Assumption, "pattern P38";
        /// Inclination to comply for show under pressure.
        gaming = 0.6, "share", 0.2..0.9, Assumption, "pattern P43";
        /// How much of it open comparison among peers takes away.
        gaming_peer_audit = 0.5, "share", 0.0..0.9, Assumption, "judgement";
        /// Share of it that is there whatever is promised.
        gaming_base = 0.4, "share", 0.1..0.8, Assumption, "judgement";
        /// Ambition at which it is full.
        gaming_ambition = 0.25, "share", 0.1..0.5, Assumption, "judgement";
    }
}
