//! A simulator whose answer is known: outcomes by formula, no people.
use super::{Ensemble, Job, Simulator, Stopped};
use crate::{metrics, scenario::Scenario};

/// Gives every metric of every programme the value of a formula.
pub(crate) struct Fake<F> {
    /// Scenario, replicate, programme, metric: the outcome.
    pub formula: F,
    /// Runs simulated so far, asked-for-again ones included.
    pub runs: u64,
    /// Breaks off on request once so many runs were simulated.
    pub most: u64,
}

/// A simulator that answers with `formula` of scenario, replicate, programme and metric.
pub(crate) fn fake<F: Fn(&Scenario, u64, usize, &str) -> f64>(formula: F) -> Fake<F> {
    Fake { formula, runs: 0, most: u64::MAX }
}

impl<F: Fn(&Scenario, u64, usize, &str) -> f64> Simulator for Fake<F> {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let mut made = Vec::new();
        for job in jobs {
            let columns = metrics::outcomes(&job.scenario);
            let mut ensemble = job.empty();
            for replicate in job.first..job.first + job.runs {
                for programme in 0..job.scenario.programmes.len() {
                    let value =
                        |column: &metrics::Outcome| (self.formula)(&job.scenario, replicate, programme, &column.name);
                    ensemble.outcomes.extend(columns.iter().map(value));
                }
            }
            ensemble.runs = job.runs;
            self.runs += job.runs;
            if self.runs > self.most {
                return Err(Stopped::OnRequest);
            }
            made.push(ensemble);
        }
        Ok(made)
    }
}

/// A simulator that answers for every metric with `formula` of scenario, seed and replicate.
pub(crate) fn seeded<F: Fn(&Scenario, u64, u64) -> f64>(formula: F) -> Seeded<F> {
    Seeded { formula, runs: 0 }
}

/// See [`seeded`].
pub(crate) struct Seeded<F> {
    formula: F,
    /// Runs simulated so far.
    pub runs: u64,
}

impl<F: Fn(&Scenario, u64, u64) -> f64> Simulator for Seeded<F> {
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
        let formula = &self.formula;
        self.runs += jobs.iter().map(|job| job.runs).sum::<u64>();
        jobs.iter()
            .map(|job| {
                let mut one = fake(|scenario, replicate, _, _| formula(scenario, job.seed, replicate));
                one.ensembles(std::slice::from_ref(job)).map(|mut made| made.remove(0))
            })
            .collect()
    }
}

/// A number from 0 to 1 that looks like luck and is the same for the same replicate: van der Corput's sequence.
pub(crate) fn luck(replicate: u64) -> f64 {
    (replicate + 1).reverse_bits() as f64 / 2f64.powi(64)
}

/// A number from 0 to 1 without any order in it (SplitMix64, Steele 2014).
pub(crate) fn noise(key: u64) -> f64 {
    let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / 2f64.powi(53)
}

/// The same, but another one at every point: luck that is not shared.
pub(crate) fn unlike(point: &[f64], replicate: u64) -> f64 {
    let mut key = point.iter().fold(replicate, |key, x| key.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ x.to_bits());
    for _ in 0..3 {
        key = (key ^ (key >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    (key >> 11) as f64 / 2f64.powi(53)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{experiment::column, metrics::tests::small_scenario, stats};

    #[test]
    fn the_fake_says_what_its_formula_says() {
        let job = Job::outcomes(small_scenario(), 64);
        let mut simulator = fake(|_, replicate, _, metric| if metric == "naive_gain" { luck(replicate) } else { 0.0 });
        let ensemble = simulator.ensembles(std::slice::from_ref(&job)).unwrap().remove(0);
        let naive = column(&job.scenario, &ensemble, 0, "naive_gain").unwrap();
        assert!((stats::mean(naive).value - 0.5).abs() < 0.02 && ensemble.is_whole());
        simulator.most = 100;
        assert_eq!(simulator.ensembles(&[job]), Err(Stopped::OnRequest));
    }
}
