use crate::quantities;

quantities! {
    /// Exposure: how much of the programme reaches people.
    pub struct Exposure {
        /// Weeks from first action to full strength.
        ramp_weeks = 8.0, "week", 1.0..26.0, Assumption, "judgement";
        /// How much of the programme is heard of during planning.
        planning_contact = 0.6, "share", 0.2..1.0, Assumption, "judgement";
        /// How much passes only through the unit leader.
        conduit = 0.34, "share", 0.1..0.8, Calibrated, "fitted to pattern P36";
        /// Practice at which a leader passes everything on, as a share of full practice.
        conduit_backing = 0.5, "share", 0.2..1.0, Assumption, "judgement";
    }
}
