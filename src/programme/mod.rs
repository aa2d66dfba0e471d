//! What is chosen: an improvement programme, its clock and its levers.
pub mod clock;
pub mod lever;

pub use clock::{Clock, Phase};
pub use lever::{Lever, Levers, Target};

/// One improvement programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Name, as in tables and results.
    pub name: String,
    /// When it plans, acts and ends.
    pub clock: Clock,
    /// Which units it works with.
    pub target: Target,
    /// What it does.
    pub levers: Levers,
}

impl Default for Programme {
    fn default() -> Self {
        Self { name: "programme".into(), clock: Clock::default(), target: Target::default(), levers: Levers::default() }
    }
}
