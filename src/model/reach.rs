use crate::quantities;

quantities! {
    /// Reach: which units and who in them.
    pub struct Reach {
        /// How much likelier an opinion leader is to be on the project team.
        opinion_leaders = 2.0, "times", 1.0..4.0, Assumption, "judgement";
        /// How likely everybody else is, so that the team keeps its size.
        others = 0.94, "times", 0.8..1.0, Assumption, "judgement";
    }
}
