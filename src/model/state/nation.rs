//! The nation: what happens to policy, drawn once for a whole replicate by [`outer`](crate::model::outside::outer).

/// What happens nationally in one replicate, the same for every organisation and every design.
#[derive(Clone, Debug, PartialEq)]
pub struct Nation {
    /// Whether policy changes, by week.
    pub policy_changes: Vec<bool>,
    /// `alignment[programme][week]` of policy with each programme.
    pub alignment: Vec<Vec<f32>>,
}
