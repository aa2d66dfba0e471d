use crate::quantities;

quantities! {
    /// People: what newcomers bring.
    pub struct People {
        /// Spread of usual practice between people (standard deviation).
        practice_spread = 0.35, "log odds", 0.1..0.8, Assumption, "judgement";
        /// Mean intrinsic motivation.
        motivation = 0.57, "share", 0.4..0.75, Assumption, "judgement";
        /// Spread of intrinsic motivation (standard deviation).
        motivation_spread = 0.18, "share", 0.05..0.3, Assumption, "judgement";
        /// How much more motivated people are in the most supportive culture than in the least.
        culture_motivation = 0.15, "share", 0.0..0.4, Assumption, "judgement";
        /// Motivation of a sponsor who joined for reputation, against others.
        reputation_motive = 0.4, "times", 0.1..0.8, Assumption, "pattern P24";
        /// What full conviction adds to it.
        conviction_motive = 0.75, "times", 0.2..1.0, Assumption, "pattern P24";
        /// Share of clinicians at the front line whom others look to.
        opinion_leaders = 0.08, "share", 0.02..0.2, Assumption, "judgement";
        /// Usual backing of leaders in the least supportive culture.
        backing_base = 0.10, "share", 0.0..0.3, Assumption, "judgement";
        /// What the most supportive culture adds.
        backing_culture = 0.45, "share", 0.1..0.8, Assumption, "judgement";
    }
}
