//! Target: which units a programme picks when it does not reach all of them.

use serde::Serialize;

/// Which units a programme picks when it does not reach all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Any unit.
    #[default]
    Random,
    /// Cohesive units in supportive organisations first.
    Receptive,
    /// Units with the lowest reliability first.
    Neediest,
}

impl Target {
    /// Every choice, by its name in scenario files.
    pub const NAMES: [(&'static str, Target); 3] =
        [("random", Target::Random), ("receptive", Target::Receptive), ("neediest", Target::Neediest)];

    /// Name in scenario files.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_know_their_names() {
        for (name, target) in Target::NAMES {
            assert_eq!(target.name(), name);
        }
    }
}
