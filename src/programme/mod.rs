//! What is chosen: an improvement programme, its clock, its levers, what they cost, and what they may cost.
pub mod budget;
pub mod clock;
pub mod cost;
pub mod doing;
pub mod lever;
pub mod price;
pub mod target;

pub use budget::{Funded, Means, Spending};
pub use clock::{Clock, Phase};
pub use cost::{Amount, Cost, Place, cost};
pub use lever::{CHALLENGES, Lever, Levers, Prices};
pub use target::Target;

/// One improvement programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Name, as in tables and results.
    pub name: String,
    /// When it plans, acts and ends.
    pub clock: Clock,
    /// What it may cost.
    pub means: Means,
    /// Which units it works with.
    pub target: Target,
    /// What it does.
    pub levers: Levers,
}

impl Default for Programme {
    fn default() -> Self {
        Self {
            name: "programme".into(),
            clock: Clock::default(),
            means: Means::default(),
            target: Target::default(),
            levers: Levers::default(),
        }
    }
}
