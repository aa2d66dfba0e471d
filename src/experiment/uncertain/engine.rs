//! An engine that draws: for an ensemble of weeks and units, where each run has parameters of its own.
use super::{draws::Draws, posterior::Posterior};
use crate::{ensemble::Engine, model::Pair, scenario::Scenario};

/// Simulates run `r` of one seed with draw `r` of all parameters and the luck that goes with it, as
/// [`Uncertain`](super::Uncertain) does. What has another seed is simulated as it is given.
#[derive(Debug)]
pub struct Drawing<'a, E> {
    engine: &'a E,
    seed: u64,
    draws: Option<Draws<'a>>,
}

impl<'a, E: Engine> Drawing<'a, E> {
    /// One that draws from `posterior` where the seed is `seed`; nothing where there is none.
    pub fn new(engine: &'a E, seed: u64, posterior: Option<&'a Posterior>) -> Self {
        Self { engine, seed, draws: posterior.map(|posterior| Draws::from(seed, posterior)) }
    }
}

impl<E: Engine> Engine for Drawing<'_, E> {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let as_given = self.engine.ready(scenarios);
        let scenarios: Vec<Scenario> = scenarios.iter().map(|scenario| (*scenario).clone()).collect();
        move |seed, replicate| match self.draws.as_ref().filter(|_| seed == self.seed) {
            None => as_given(seed, replicate),
            Some(draws) => {
                let drawn: Vec<Scenario> =
                    scenarios.iter().map(|scenario| draws.of(scenario, replicate, &[])).collect();
                self.engine.ready(&drawn.iter().collect::<Vec<_>>())(draws.luck(replicate), 0)
            }
        }
    }

    fn family(&self, scenario: &Scenario) -> Option<u64> {
        self.engine.family(scenario)
    }
}
