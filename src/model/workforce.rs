use crate::quantities;

quantities! {
    /// Workforce: leaving, empty posts, joining.
    pub struct Workforce {
        /// How much fatigue adds to leaving.
        fatigue_leaving = 1.5, "log rate", 0.0..4.0, Assumption, "judgement";
        /// How much cynicism adds to leaving.
        cynicism_leaving = 0.8, "log rate", 0.0..3.0, Assumption, "judgement";
        /// Shortest time to fill a post, as a share of its mean; the longest is as far above.
        quickest_fill = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How far agency staff fall short of usual practice.
        agency_shortfall = 0.3, "log odds", 0.0..1.0, Assumption, "judgement";
        /// How much procedures help agency staff, against permanent staff.
        agency_embedding = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// How many more agency staff an exodus brings.
        agency_exodus = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How much procedures alone teach a newcomer.
        embedding_teaches = 0.5, "share", 0.0..1.0, Assumption, "pattern P27";
        /// How far embedded induction goes on without resources.
        embedded_induction = 0.7, "share", 0.0..1.0, Assumption, "pattern P27";
        /// Share of ownership that can be handed over.
        ownership_passed = 0.5, "share", 0.0..1.0, Assumption, "judgement";
        /// Share of the unit's lift that a well-taught newcomer starts with.
        lift_passed = 0.7, "share", 0.2..1.0, Assumption, "pattern P26";
    }
}
