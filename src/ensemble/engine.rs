//! Whatever simulates: the model, or in tests something quicker whose answer is known.
//!
//! The model simulates scenarios of one family together, so that what their worlds have in common is lived once (see
//! [`model::family`](crate::model::family)). Which are put together changes no bit of a result.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{
    model::{Pair, family::Family},
    scenario::Scenario,
};

/// Whatever simulates.
pub trait Engine: Sync {
    /// Makes everything ready to simulate `scenarios`: a function of seed and replicate that gives a pair for each.
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync;

    /// Names the family of a scenario: what is simulated together with others of the same name costs less. None where
    /// nothing does.
    fn family(&self, _scenario: &Scenario) -> Option<u64> {
        None
    }
}

/// A function of a scenario that gives one of seed and replicate simulates everything by itself.
impl<S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync> Engine for E {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let alone: Vec<S> = scenarios.iter().map(|scenario| self(scenario)).collect();
        move |seed, replicate| alone.iter().map(|simulate| simulate(seed, replicate)).collect()
    }
}

/// The model.
#[derive(Clone, Copy, Debug)]
pub struct Simulation;

impl Engine for Simulation {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let family = Family::new(scenarios.iter().map(|scenario| scenario.to_model()).collect());
        move |seed, replicate| family.pairs(seed, replicate)
    }

    fn family(&self, scenario: &Scenario) -> Option<u64> {
        // A hint only: the model itself looks at every number before it shares anything.
        let mut hasher = DefaultHasher::new();
        let Scenario { setting, roles, professions, programmes, parameters, .. } = scenario;
        let people = (setting, roles, professions, parameters);
        (format!("{people:?}"), programmes.len(), scenario.weeks()).hash(&mut hasher);
        Some(hasher.finish())
    }
}
