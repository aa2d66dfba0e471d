//! The model: a week in the life of an organisation.
pub mod belief;
pub mod care;
pub mod cynicism;
pub mod embedding;
pub mod exposure;
pub mod fatigue;
pub mod fit;
pub mod habit;
pub mod incentive;
pub mod measurement;
pub mod motivation;
pub mod network;
pub mod outer;
pub mod ownership;
pub mod people;
pub mod permanence;
pub mod practice;
pub mod reach;
pub mod record;
pub mod skill;
pub mod workforce;

pub use record::{History, Pair, Series};

use crate::params::Quantities;

/// Declares [`Parameters`]: one group for each mechanism.
macro_rules! parameters {
    ($($group:ident: $Type:ty;)+) => {
        /// How people are: every parameter, by mechanism.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Parameters { $(#[allow(missing_docs)] pub $group: $Type,)+ }

        impl Parameters {
            /// Every group with its name in scenario files.
            pub fn groups(&self) -> Vec<(&'static str, &dyn Quantities)> {
                vec![$((stringify!($group), &self.$group as &dyn Quantities),)+]
            }

            /// Every group with its name in scenario files, to change.
            pub fn groups_mut(&mut self) -> Vec<(&'static str, &mut dyn Quantities)> {
                vec![$((stringify!($group), &mut self.$group as &mut dyn Quantities),)+]
            }
        }
    };
}

parameters! {
    outer: outer::Outer;
    people: people::People;
    network: network::Network;
    reach: reach::Reach;
    fit: fit::Fit;
    exposure: exposure::Exposure;
    measurement: measurement::Measurement;
    embedding: embedding::Embedding;
    permanence: permanence::Permanence;
    belief: belief::Belief;
    ownership: ownership::Ownership;
    skill: skill::Skill;
    incentive: incentive::Incentive;
    motivation: motivation::Motivation;
    fatigue: fatigue::Fatigue;
    cynicism: cynicism::Cynicism;
    practice: practice::Practice;
    habit: habit::Habit;
    care: care::Care;
    workforce: workforce::Workforce;
}

/// A scenario made ready to run: every number in place, nothing left to look up.
#[derive(Clone, Debug)]
pub struct Model {
    /// Weeks simulated.
    pub weeks: usize,
}

impl Model {
    /// Makes `scenario` ready. A resolved scenario cannot fail.
    pub fn new(scenario: &crate::scenario::Scenario) -> Self {
        Self { weeks: scenario.weeks() }
    }

    /// One replicate, with the programmes and without, under the same luck.
    pub fn pair(&self, _seed: u64, _replicate: u64) -> Pair {
        unimplemented!("the engine is on its way")
    }
}
