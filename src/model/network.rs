use crate::quantities;

quantities! {
    /// Network: whom people look to, and how much they listen.
    pub struct Network {
        /// Weight of a briefed opinion leader, against a colleague.
        opinion_weight = 8.6, "times", 2.0..15.0, Calibrated, "fitted to opinion leaders +9 points (Flodgren 2011)";
        /// Weight of a leader for frontline staff, against a colleague.
        leader_weight = 1.5, "times", 1.0..3.0, Assumption, "judgement";
        /// How much less a colleague of another profession is listened to, in the most tribal place.
        tribal_distance = 0.43, "share", 0.1..0.8, Calibrated, "fitted to pattern P34";
        /// Share of ties within one's own unit, in a unit without cohesion.
        own_unit = 0.5, "share", 0.2..0.8, Assumption, "judgement";
        /// What full cohesion adds.
        own_unit_cohesion = 0.45, "share", 0.0..0.5, Assumption, "judgement";
        /// How often a leader is looked to across professions.
        prominent = 0.5, "share", 0.0..1.0, Assumption, "judgement";
    }
}
