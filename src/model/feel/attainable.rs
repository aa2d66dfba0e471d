//! Attainable goals: what is within reach is no strain of its own.
//!
//! Ambition is a load (see fatigue) as far as it goes beyond what is within reach: beyond = max(0, ambition - within_reach).
//! What it takes to get there, the practice itself, tires as ever; and what was promised is still held against the
//! programme (see cynicism). With within_reach 0 (neutral) every goal strains.
//! Source: goals call forth effort in proportion to their height up to the limit of ability, and strain beyond it (Locke &
//! Latham 2002); pattern P15 (the gain is largest where ambition fits the resources); size assumed.

use crate::{math::larger, quantities};

quantities! {
    /// Attainable goals: what is within reach is no strain of its own.
    pub struct Attainable {
        /// Promised improvement that ordinary support can reach; 0 is neutral.
        within_reach = 0.1, "share", 0.0..0.2, Assumption, "direction: Locke & Latham 2002; size: opinion leaders +9 to 11 points (Flodgren 2011, 2019), audit and feedback +4.3 (Ivers 2012)",
            neutral 0.0;
    }
}

/// Ambition beyond what is within reach.
pub fn beyond(p: &Attainable, ambition: f32) -> f32 {
    larger(0.0, ambition - p.within_reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_out_of_reach_strains() {
        let p = Attainable { within_reach: 0.25 };
        assert_eq!([0.0, 0.25, 0.75].map(|ambition| beyond(&p, ambition)), [0.0, 0.0, 0.5]);
        assert_eq!(beyond(&Attainable { within_reach: 0.0 }, 0.2), 0.2, "neutral: every goal strains");
    }
}
