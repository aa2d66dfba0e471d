//! Where to look next: candidates near those that agree with the data, and what that choice does to their weights.
//!
//! A candidate is a row of the posterior and a place from 0 to 1 for each free value; before the data all are alike. The first
//! stage draws from that; each later one from a mixture of kernels around the candidates so far, by their tempered weights. With
//! `z = log(place / (1 - place))`, `m` and `S` the weighted mean and covariance of `z`, `h` = worth^(-1/(d+4)):
//!
//! ```text
//! row    the same with probability 1/2, else any
//! z      normal around a z[i] + (1 - a) m with covariance h^2 S, a = sqrt(1 - h^2), so that the mixture is no wider than S
//! weight = likelihood x prior / sum over stages of (their share of all candidates) x (their density)
//! ```
//!
//! A stage's density at a candidate from an earlier one is taken without the kernel around that candidate. In many dimensions
//! that kernel alone would be larger than all others, and weights would fall on whatever was drawn last.
//!
//! All candidates of all stages count, each against the mixture that all stages together are (adaptive multiple importance
//! sampling: Cornuet and others, Scandinavian Journal of Statistics 2012;39:798-812; kernels shrunk as by West, Journal of the Royal
//! Statistical Society B 1993;55:409-422). The prior is one of the stages, so no weight is larger than its share allows.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    experiment::{
        matrix::Cholesky,
        weights::{mean_and_sd, tempered, worth},
    },
    math::{self, ROOT_TWO_PI},
};

/// Probability that a row stays.
const STAYS: f64 = 0.5;

/// Smallest standard deviation of a coordinate, so that a kernel cannot collapse.
const NARROWEST: f64 = 0.05;

/// What is left of a variance that others explain, at least, for the same reason.
const LEAST_VARIANCE: f64 = 1e-6;

/// Weights below this share of the largest are no centre of a kernel.
const LEAST: f64 = 1e-3;

/// Places are kept so far from 0 and 1.
const EDGE: f64 = 1e-6;

/// One candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Row of the posterior.
    pub row: usize,
    /// Place of each free value, from 0 to 1.
    pub places: Vec<f64>,
}

/// A centre of the mixture.
#[derive(Clone, Debug)]
struct Centre {
    /// Place of the candidate that it is around.
    number: usize,
    row: usize,
    weight: f64,
    /// Its coordinates.
    at: Vec<f64>,
    /// The same in units of the kernel.
    scaled: Vec<f64>,
}

/// From what a later stage is drawn.
#[derive(Clone, Debug)]
pub struct Proposal {
    centres: Vec<Centre>,
    /// Of the kernel's covariance.
    root: Cholesky,
    rows: usize,
}

impl Proposal {
    /// Around `candidates` by the logarithms of their weights, tempered until they are worth `least`; of `rows` rows.
    pub fn around(candidates: &[Candidate], logs: &[f64], least: f64, rows: usize) -> Self {
        let (weights, _) = tempered(logs, least);
        let factors = candidates.first().map_or(0, |candidate| candidate.places.len());
        let points: Vec<Vec<f64>> = candidates.iter().map(coordinates).collect();
        let column = |factor: usize| points.iter().map(|point| point[factor]).collect::<Vec<f64>>();
        let means: Vec<f64> = (0..factors).map(|factor| mean_and_sd(&column(factor), &weights).0).collect();
        let covariance = |left: usize, right: usize| -> f64 {
            let product = |point: &Vec<f64>| (point[left] - means[left]) * (point[right] - means[right]);
            let own = if left == right { NARROWEST * NARROWEST } else { 0.0 };
            own + points.iter().zip(&weights).map(|(point, weight)| weight * product(point)).sum::<f64>()
        };
        let width = libm::pow(worth(&weights).max(1.5), -1.0 / (factors as f64 + 4.0));
        let shrink = (1.0 - width * width).max(0.0).sqrt();
        let root = Cholesky::at_least(LEAST_VARIANCE, factors, covariance).times(width);
        let largest = weights.iter().copied().fold(0.0, f64::max);
        let heavy = || (0..candidates.len()).filter(|place| weights[*place] > LEAST * largest);
        let total: f64 = heavy().map(|place| weights[place]).sum();
        let centre = |place: usize| {
            let at: Vec<f64> =
                points[place].iter().zip(&means).map(|(own, mean)| shrink * own + (1.0 - shrink) * mean).collect();
            let scaled = root.half(&at);
            Centre { number: place, row: candidates[place].row, weight: weights[place] / total, at, scaled }
        };
        let centres = heavy().map(centre).collect();
        Self { centres, root, rows }
    }

    /// `many` candidates by `seed`.
    pub fn draw(&self, many: usize, seed: u64) -> Vec<Candidate> {
        let mut luck = ChaCha8Rng::seed_from_u64(seed);
        let one = |_| {
            let mut left: f64 = luck.random();
            let place = self.centres.iter().position(|centre| {
                left -= centre.weight;
                left < 0.0
            });
            let (row, at) =
                self.centres.get(place.unwrap_or(0)).map_or((0, &[][..]), |centre| (centre.row, &centre.at[..]));
            let row = if luck.random::<f64>() < STAYS { row } else { luck.random_range(0..self.rows.max(1)) };
            let deviates: Vec<f64> =
                at.iter().map(|_| f64::from(math::normals(luck.random(), luck.random()).0)).collect();
            let moved = at
                .iter()
                .zip(self.root.turned(&deviates))
                .map(|(at, away)| (1.0 / (1.0 + libm::exp(-at - away))).clamp(EDGE, 1.0 - EDGE));
            Candidate { row, places: moved.collect() }
        };
        (0..many).map(one).collect()
    }

    /// Its density at `candidate`, as a multiple of the prior's.
    pub fn density(&self, candidate: &Candidate) -> f64 {
        self.density_of(candidate, self.centres.iter())
    }

    /// The same at candidate `number` of those from which it was made, without the kernel around itself: that lies there
    /// because the candidate does, and would be counted against it and in favour of those that came last.
    pub fn density_without(&self, candidate: &Candidate, number: usize) -> f64 {
        let others = || self.centres.iter().filter(|centre| centre.number != number);
        let left: f64 = others().map(|centre| centre.weight).sum();
        if left > 0.0 { self.density_of(candidate, others()) / left } else { 0.0 }
    }

    fn density_of<'c>(&self, candidate: &Candidate, centres: impl Iterator<Item = &'c Centre>) -> f64 {
        let here = self.root.half(&coordinates(candidate));
        let of_one = |centre: &Centre| {
            let away: f64 = here.iter().zip(&centre.scaled).map(|(here, there)| (here - there) * (here - there)).sum();
            let same = if centre.row == candidate.row { STAYS * self.rows as f64 } else { 0.0 };
            centre.weight * (same + 1.0 - STAYS) * libm::exp(-0.5 * away)
        };
        // Normal over the determinant of its root, and from coordinates back to places.
        let narrow: f64 = (0..candidate.places.len()).map(|place| self.root.row(place)[place] * ROOT_TWO_PI).product();
        let steep: f64 =
            candidate.places.iter().map(|place| inner(*place)).map(|place| place * (1.0 - place)).product();
        centres.map(of_one).sum::<f64>() / (narrow * steep)
    }
}

fn inner(place: f64) -> f64 {
    place.clamp(EDGE, 1.0 - EDGE)
}

fn coordinates(candidate: &Candidate) -> Vec<f64> {
    candidate.places.iter().map(|place| inner(*place)).map(|place| libm::log(place / (1.0 - place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centres() -> Vec<Candidate> {
        let one = |row: usize| Candidate { row, places: vec![0.1 + 0.2 * row as f64, 0.6 + 0.08 * row as f64] };
        (0..4).map(one).collect()
    }

    #[test]
    fn a_proposal_is_a_distribution() {
        let proposal = Proposal::around(&centres(), &[0.0, -0.5, -1.0, 0.3], 2.0, 4);
        let steps = 400;
        let mut sum = 0.0;
        for row in 0..4 {
            for across in 0..steps {
                for up in 0..steps {
                    let at = |step: i32| (f64::from(step) + 0.5) / f64::from(steps);
                    sum += proposal.density(&Candidate { row, places: vec![at(across), at(up)] });
                }
            }
        }
        let whole = sum / f64::from(4 * steps * steps);
        assert!((whole - 1.0).abs() < 5e-3, "{whole}");
    }

    #[test]
    fn what_is_drawn_has_the_density_that_is_said() {
        let proposal = Proposal::around(&centres(), &[0.0, -0.5, -1.0, 0.3], 2.0, 4);
        let drawn = proposal.draw(40_000, 7);
        assert!(drawn.iter().flat_map(|candidate| &candidate.places).all(|place| (0.0..=1.0).contains(place)));
        assert_eq!(drawn, proposal.draw(40_000, 7));
        // As many in a region as the density has there, a quarter of the prior for each row.
        let near = |candidate: &Candidate| {
            candidate.row == 2 && (0.2..0.6).contains(&candidate.places[0]) && (0.6..0.9).contains(&candidate.places[1])
        };
        let share = drawn.iter().filter(|one| near(one)).count() as f64 / 40_000.0;
        let cell = |across: i32, up: i32| {
            let places = vec![0.2 + 0.4 * (f64::from(across) + 0.5) / 80.0, 0.6 + 0.3 * (f64::from(up) + 0.5) / 80.0];
            proposal.density(&Candidate { row: 2, places })
        };
        let sum: f64 = (0..80).flat_map(|across| (0..80).map(move |up| (across, up))).map(|(a, u)| cell(a, u)).sum();
        let expected = 0.25 * sum / 6400.0 * 0.4 * 0.3;
        assert!((share / expected - 1.0).abs() < 0.08, "{share} {expected}");
    }
}
