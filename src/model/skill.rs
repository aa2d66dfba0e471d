use crate::quantities;

quantities! {
    /// Skill: whether staff know how.
    pub struct Skill {
        /// Time to learn.
        gain_weeks = 18.0, "week", 6.0..52.0, Assumption, "judgement";
        /// Time to forget.
        loss_weeks = 96.0, "week", 26.0..260.0, Assumption, "judgement";
        /// Skill from coaches and experts.
        external_support = 0.50, "share", 0.1..0.9, Assumption, "pattern P22";
        /// Skill picked up from colleagues who do it.
        heard = 0.60, "share", 0.1..0.9, Assumption, "judgement";
    }
}
