use crate::quantities;

quantities! {
    /// Practice: what moves a person away from usual practice.
    pub struct Practice {
        /// Weight of will and ability together.
        will_weight = 2.5, "log odds", 0.5..5.0, Calibrated, "fitted to audit and feedback +4.3 points (Ivers 2012), outreach +5.6 (O'Brien 2007)";
        /// Weight of what colleagues do.
        norm_weight = 1.7, "log odds", 0.5..4.0, Calibrated, "fitted to opinion leaders +9 points (Flodgren 2011)";
        /// Weight of habit.
        habit_weight = 1.4, "log odds", 0.3..3.0, Calibrated, "fitted to what is left after support ends (patterns P27, P42)";
        /// Weight of standards, roles and procedures.
        embedding_weight = 0.62, "log odds", 0.1..1.5, Calibrated, "fitted to pattern P27";
        /// Weight of pressure from incentives.
        pressure_weight = 0.53, "log odds", 0.1..1.5, Calibrated, "fitted to payment in general practice +19.9 points (Sutton 2010)";
        /// Weight of the superior's own backing.
        support_weight = 0.5, "log odds", 0.1..1.5, Calibrated, "fitted to pattern P25";
        /// Weight of fatigue beyond rest.
        fatigue_weight = 0.7, "log odds", 0.1..2.0, Calibrated, "fitted to pattern P09";
        /// Weight of motivation lost.
        morale_weight = 0.62, "log odds", 0.1..2.0, Calibrated, "fitted to pattern P38";
        /// Time in which practice follows intention.
        response_weeks = 4.0, "week", 1.0..12.0, Assumption, "judgement";
        /// Weekly scatter of practice (standard deviation).
        noise = 0.02, "share", 0.0..0.08, Assumption, "judgement";
        /// Lift of colleagues at which their example convinces at half strength.
        reinforcement = 0.055, "share", 0.01..0.2, Calibrated, "fitted to the S-curve of adoption; several colleagues convince more than in proportion";
        /// Full strength of a convincing example.
        reinforcement_scale = 1.4, "times", 1.0..2.0, Assumption, "judgement";
        /// Strength of colleagues who do less than usual, against those who do more.
        slackening = 0.7, "times", 0.2..1.5, Assumption, "judgement";
        /// Weight of colleagues in a unit without cohesion; full cohesion adds 1.
        loose_norm = 0.5, "times", 0.0..1.0, Assumption, "judgement";
        /// What is left of a blocker's will.
        blocker_will = 0.2, "times", 0.0..0.6, Assumption, "judgement";
    }
}
