//! The first run of a scenario, kept as it is made for whoever wants to look at it whole.
use std::sync::Mutex;

use super::saving::quietly;
use crate::{
    ensemble::{Engine, caught},
    model::Pair,
    scenario::Scenario,
};

/// An engine that keeps what replicate 0 of one scenario under its own seed gave, so that nobody simulates it twice.
pub(super) struct Keeping<'e, E> {
    engine: &'e E,
    scenario: &'e Scenario,
    first: Mutex<Option<Pair>>,
}

impl<'e, E: Engine> Keeping<'e, E> {
    pub(super) fn new(engine: &'e E, scenario: &'e Scenario) -> Self {
        Self { engine, scenario, first: Mutex::new(None) }
    }

    /// What `replicate` of the scenario gives: kept, or else simulated. None where it fails.
    pub(super) fn pair(&self, replicate: u64) -> Option<Pair> {
        let kept = || self.first.lock().ok().and_then(|mut first| first.take());
        let simulated = || {
            let asked = [self.scenario];
            let simulate = self.engine.ready(&asked);
            caught(|| quietly(|| simulate(self.scenario.run.seed, replicate).swap_remove(0))).ok()
        };
        Some(replicate).filter(|replicate| *replicate == 0).and_then(|_| kept()).or_else(simulated)
    }
}

impl<E: Engine> Engine for Keeping<'_, E> {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let simulate = self.engine.ready(scenarios);
        let place = scenarios.iter().position(|scenario| *scenario == self.scenario);
        move |seed, replicate| {
            let pairs = simulate(seed, replicate);
            let pair = place.filter(|_| replicate == 0 && seed == self.scenario.run.seed).and_then(|at| pairs.get(at));
            if let (Some(pair), Ok(mut first)) = (pair, self.first.lock()) {
                *first = Some(pair.clone());
            }
            pairs
        }
    }

    fn family(&self, scenario: &Scenario) -> Option<u64> {
        self.engine.family(scenario)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn the_first_run_is_simulated_once_and_any_other_when_it_is_asked_for() {
        let scenario = Scenario::ordinary();
        let mut other = scenario.clone();
        other.setting.turnover = 2.0;
        let (calls, seed) = (AtomicU64::new(0), scenario.run.seed);
        let engine = |scenario: &Scenario| {
            let model = scenario.to_model();
            let calls = &calls;
            move |seed, replicate| {
                calls.fetch_add(1, Ordering::Relaxed);
                model.pair_of(seed, replicate, 0).unwrap_or_else(|| model.pair(seed, replicate))
            }
        };
        let keeping = Keeping::new(&engine, &scenario);
        let words = |pair: Option<Pair>| format!("{pair:?}");
        let asked = [&other, &scenario];
        let simulate = keeping.ready(&asked);
        let made = [simulate(seed, 1), simulate(seed, 0), simulate(seed + 1, 0)];
        assert_eq!(calls.load(Ordering::Relaxed), 6);
        assert_eq!(words(keeping.pair(0)), words(made[1].get(1).cloned()));
        assert_eq!(calls.load(Ordering::Relaxed), 6, "kept");
        assert_eq!(words(keeping.pair(1)), words(made[0].get(1).cloned()));
        // As where a journal held the first run.
        assert_eq!(words(keeping.pair(0)), words(made[1].get(1).cloned()));
        assert_eq!(calls.load(Ordering::Relaxed), 8);
    }
}
