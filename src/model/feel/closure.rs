//! Closure: the end of what kept its promise is no abandonment.
//!
//! Support that ends is felt as abandonment (see cynicism) x (1 - content x clip(true lift / ambition)): who has got what was
//! promised, and still has it, has little to be bitter about, and the more of it is lost afterwards the more there is. A
//! programme that promised nothing broke no promise. With content 0 (neutral) every end of a project is felt alike.
//! Source: pattern P15 (history helps or harms the next programme according to success and integration; the review,
//! challenge 4); size assumed.

use crate::{
    math::{clip, larger},
    quantities,
};

quantities! {
    /// Closure: the end of what kept its promise is no abandonment.
    pub struct Closure {
        /// How much of the feeling of abandonment a promise that was kept takes away; 0 is neutral.
        content = 0.7, "share", 0.0..1.0, Assumption, "pattern P15",
            neutral 0.0;
    }
}

/// What is left of the feeling of abandonment where care is better by `lift` and `ambition` was promised.
pub fn felt(p: &Closure, ambition: f32, lift: f32) -> f32 {
    let kept = if ambition > 0.0 { clip(larger(0.0, lift) / ambition, 0.0, 1.0) } else { 1.0 };
    1.0 - p.content * kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_kept_leaves_no_bitterness_and_one_half_kept_half() {
        let p = Closure { content: 1.0 };
        assert_eq!([-0.1, 0.0, 0.1, 0.2, 0.4].map(|lift| felt(&p, 0.2, lift)), [1.0, 1.0, 0.5, 0.0, 0.0]);
        assert_eq!(felt(&p, 0.0, 0.0), 0.0, "nothing was promised");
        assert_eq!(felt(&Closure { content: 0.0 }, 0.2, 0.2), 1.0, "neutral: every end is felt alike");
    }
}
