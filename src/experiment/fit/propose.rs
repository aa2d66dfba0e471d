//! Where to look next: candidates near those that agree with the data, and what that choice does to their weights.
//!
//! A candidate is a row of the posterior and a place from 0 to 1 for each free value; before the data all are alike. The first
//! stage draws from that; each later one from a mixture of kernels around the candidates so far, by their tempered weights:
//!
//! ```text
//! row    the same with probability 1/2, else any
//! place  logistic around the other's, cut off at 0 and 1, as wide as the weighted spread times worth^(-1/(d+4))
//! weight = likelihood x prior / sum over stages of (their share of all candidates) x (their density)
//! ```
//!
//! All candidates of all stages count, each against the mixture that all stages together are (adaptive multiple importance
//! sampling: Cornuet and others, Scandinavian Journal of Statistics 2012;39:798-812). The prior is one of the stages, so no
//! weight is larger than its share allows.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::weights::{mean_and_sd, tempered, worth};

/// Probability that a row stays.
const STAYS: f64 = 0.5;

/// Narrowest spread of a kernel.
const NARROWEST: f64 = 0.02;

/// Weights below this share of the largest are no centre of a kernel.
const LEAST: f64 = 1e-4;

/// One candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Row of the posterior.
    pub row: usize,
    /// Place of each free value, from 0 to 1.
    pub places: Vec<f64>,
}

/// From what a later stage is drawn.
#[derive(Clone, Debug)]
pub struct Proposal {
    centres: Vec<Candidate>,
    weights: Vec<f64>,
    scales: Vec<f64>,
    rows: usize,
}

impl Proposal {
    /// Around `candidates` by the logarithms of their weights, tempered until they are worth `least`; of `rows` rows.
    pub fn around(candidates: &[Candidate], logs: &[f64], least: f64, rows: usize) -> Self {
        let (weights, _) = tempered(logs, least);
        let factors = candidates.first().map_or(0, |candidate| candidate.places.len());
        let shrink = libm::pow(worth(&weights).max(1.0), -1.0 / (factors as f64 + 4.0));
        let scales = (0..factors)
            .map(|factor| {
                let values: Vec<f64> = candidates.iter().map(|candidate| candidate.places[factor]).collect();
                // The logistic distribution has the standard deviation pi / sqrt(3).
                (mean_and_sd(&values, &weights).1 * shrink).max(NARROWEST) * 0.551_328_895_421_792
            })
            .collect();
        let largest = weights.iter().copied().fold(0.0, f64::max);
        let heavy = || candidates.iter().zip(&weights).filter(|(_, weight)| **weight > LEAST * largest);
        let total: f64 = heavy().map(|(_, weight)| weight).sum();
        Self {
            centres: heavy().map(|(candidate, _)| candidate.clone()).collect(),
            weights: heavy().map(|(_, weight)| weight / total).collect(),
            scales,
            rows,
        }
    }

    /// `many` candidates by `seed`.
    pub fn draw(&self, many: usize, seed: u64) -> Vec<Candidate> {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let one = |_| {
            let mut left: f64 = luck.random();
            let place = self.weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            let centre = self.centres.get(place.unwrap_or(0)).cloned();
            let centre = centre.unwrap_or(Candidate { row: 0, places: Vec::new() });
            let row = if luck.random::<f64>() < STAYS { centre.row } else { luck.random_range(0..self.rows.max(1)) };
            let places = centre.places.iter().zip(&self.scales).map(|(place, scale)| {
                let (from, to) = (below(-place / scale), below((1.0 - place) / scale));
                let share: f64 = from + (to - from) * luck.random::<f64>();
                (place + scale * libm::log(share / (1.0 - share))).clamp(0.0, 1.0)
            });
            Candidate { row, places: places.collect() }
        };
        (0..many).map(one).collect()
    }

    /// Its density at `candidate`, as a multiple of the prior's.
    pub fn density(&self, candidate: &Candidate) -> f64 {
        let of_one = |centre: &Candidate| {
            let same = if centre.row == candidate.row { STAYS * self.rows as f64 } else { 0.0 };
            let places = centre.places.iter().zip(&candidate.places).zip(&self.scales);
            places.fold(same + 1.0 - STAYS, |density, ((centre, place), scale)| {
                let under = below((place - centre) / scale);
                let cut = below((1.0 - centre) / scale) - below(-centre / scale);
                density * under * (1.0 - under) / (scale * cut)
            })
        };
        self.centres.iter().zip(&self.weights).map(|(centre, weight)| weight * of_one(centre)).sum()
    }
}

/// Logistic distribution function.
fn below(value: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centres() -> Vec<Candidate> {
        let one = |row: usize| Candidate { row, places: vec![0.1 + 0.2 * row as f64, 0.9] };
        (0..4).map(one).collect()
    }

    #[test]
    fn a_proposal_is_a_distribution() {
        let proposal = Proposal::around(&centres(), &[0.0, -0.5, -1.0, 0.3], 2.0, 4);
        let steps = 200;
        let mut sum = 0.0;
        for row in 0..4 {
            for across in 0..steps {
                for up in 0..steps {
                    let at = |step: i32| (f64::from(step) + 0.5) / f64::from(steps);
                    sum += proposal.density(&Candidate { row, places: vec![at(across), at(up)] });
                }
            }
        }
        let whole = sum / (4 * steps * steps) as f64;
        assert!((whole - 1.0).abs() < 1e-3, "{whole}");
    }

    #[test]
    fn what_is_drawn_has_the_density_that_is_said() {
        let proposal = Proposal::around(&centres(), &[0.0, -0.5, -1.0, 0.3], 2.0, 4);
        let drawn = proposal.draw(40_000, 7);
        assert!(drawn.iter().flat_map(|candidate| &candidate.places).all(|place| (0.0..=1.0).contains(place)));
        assert_eq!(drawn, proposal.draw(40_000, 7));
        // The mean of prior over proposal is the prior's whole, 1, and weighted so the draws are the prior's: row 2 in a quarter.
        let weights: Vec<f64> = drawn.iter().map(|candidate| 1.0 / proposal.density(candidate)).collect();
        let share = |wanted: &dyn Fn(&Candidate) -> bool| {
            let some: f64 = drawn.iter().zip(&weights).filter(|(candidate, _)| wanted(candidate)).map(|(_, w)| w).sum();
            some / 40_000.0
        };
        assert!((share(&|_| true) - 1.0).abs() < 0.1, "{}", share(&|_| true));
        let near = |candidate: &Candidate| candidate.row == 2 && candidate.places[1] > 0.5;
        assert!((share(&near) - 0.125).abs() < 0.01, "{}", share(&near));
    }
}
