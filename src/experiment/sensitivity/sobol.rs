//! Shares of variance: first-order and total indices (Sobol 1993) by the estimators of Saltelli et al. (2010) and
//! Jansen (1999), on scrambled Sobol' points.
//!
//! `A` and `B` are two sets of `N` points, `AB[i]` is `A` with coordinate `i` from `B`; `y` is the output without luck:
//!
//! ```text
//! V    = variance of y over A and B
//! S[i] = mean of y(B) (y(AB[i]) - y(A)) / V          what would be gone if factor i alone were known
//! T[i] = mean of (y(A) - y(AB[i]))^2 / 2 V           what would be left if all but factor i were known
//! ```
//!
//! All points have the same replicates. Each product is taken across different replicates, so that the indices are those
//! of the mean over luck, however few the replicates: luck does not look like an interaction. With `W` the mean variance
//! between replicates of one point, luck's own share of the variance of a single run is `W / (V + W)`.
use super::resample::{Resampled, across, average, resampled};
use crate::experiment::points;

/// Most factors: two coordinates are needed for each.
pub const MOST_FACTORS: usize = points::MOST_SOBOL_FACTORS / 2;

/// Where to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// The points in the unit cube: `A`, `B`, then `AB[i]` factor by factor.
    pub points: Vec<Vec<f64>>,
    factors: usize,
    base: usize,
}

/// The indices of all factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// First-order index of each factor.
    pub first: Vec<Resampled>,
    /// Total index of each factor.
    pub total: Vec<Resampled>,
    /// Variance of the output between points, without luck.
    pub variance: Resampled,
    /// Share of luck in the variance of a single run; undefined with fewer than two replicates.
    pub luck: Resampled,
    /// Base points used.
    pub base: usize,
    /// Base points left out because an output was undefined there.
    pub left_out: usize,
}

impl Design {
    /// A design for `factors` (at most [`MOST_FACTORS`]) with `base` points in `A` and in `B`.
    pub fn new(factors: usize, base: usize, seed: u64) -> Self {
        let both = points::sobol(base, 2 * factors, seed);
        let half = |range: std::ops::Range<usize>| -> Vec<Vec<f64>> {
            both.iter().map(|point| point.get(range.clone()).unwrap_or_default().to_vec()).collect()
        };
        let (a, b) = (half(0..factors), half(factors..2 * factors));
        let mixed = (0..factors).flat_map(|factor| {
            a.iter().zip(&b).map(move |(a, b)| {
                let mut point = a.clone();
                point[factor] = b[factor];
                point
            })
        });
        let mixed: Vec<Vec<f64>> = mixed.collect();
        Self { points: [a, b, mixed].concat(), factors, base }
    }

    /// Points of a design.
    pub fn size(factors: usize, base: usize) -> usize {
        (factors + 2) * base
    }

    /// The indices, from the outputs at each point: a row for each point, a column for each replicate.
    pub fn indices(&self, outputs: &[Vec<f64>], seed: u64) -> Indices {
        let row = |set: usize, place: usize| outputs.get(set * self.base + place).map_or(&[][..], Vec::as_slice);
        let defined = |place: &usize| {
            let whole = |row: &[f64]| !row.is_empty() && row.iter().all(|output| output.is_finite());
            (0..self.factors + 2).all(|set| whole(row(set, *place)))
        };
        let places: Vec<usize> = (0..self.base).filter(defined).collect();
        let replicates = outputs.first().map_or(0, Vec::len);
        let mut sets: Vec<Vec<Vec<f64>>> =
            (0..self.factors + 2).map(|set| places.iter().map(|&place| row(set, place).to_vec()).collect()).collect();
        // Products of numbers far from 0 are noisy, and what luck does to all points alike is no business of the factors.
        for replicate in 0..replicates {
            let of_both = sets.iter().take(2).flatten().map(|row| row[replicate]);
            let centre = of_both.sum::<f64>() / (2 * places.len()) as f64;
            sets.iter_mut().flatten().for_each(|row| row[replicate] -= centre);
        }
        let numbers = resampled(places.len(), replicates, seed, |points, weights| summary(&sets, points, weights));
        let (heads, indices) = numbers.split_at(2.min(numbers.len()));
        // Where points are few the interval reaches beyond what a share can be.
        let share = |one: &Resampled| {
            let value = one.estimate.value;
            Resampled { estimate: one.estimate.within((value.min(0.0), value.max(1.0))), ..*one }
        };
        let undefined = Resampled { estimate: crate::stats::Estimate::UNDEFINED, seeds: f64::NAN };
        Indices {
            first: indices.iter().step_by(2).map(share).collect(),
            total: indices.iter().skip(1).step_by(2).map(share).collect(),
            variance: heads.first().copied().unwrap_or(undefined),
            luck: heads.get(1).map_or(undefined, share),
            base: places.len(),
            left_out: self.base - places.len(),
        }
    }
}

/// Variance between points, share of luck, then first-order and total index of each factor, under weights.
fn summary(sets: &[Vec<Vec<f64>>], points: &[f64], replicates: &[f64]) -> Vec<f64> {
    let total: f64 = points.iter().sum();
    let mean = |of: &dyn Fn(usize) -> f64| {
        let weighted = points.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        weighted.map(|(place, weight)| weight * of(place)).sum::<f64>() / total
    };
    let (Some(a), Some(b)) = (sets.first(), sets.get(1)) else { return Vec::new() };
    // Resampling moves the centre; of the replicates' means only what is across replicates is taken off.
    let centres: Vec<f64> = (0..replicates.len())
        .map(|replicate| mean(&|place| (a[place][replicate] + b[place][replicate]) / 2.0))
        .collect();
    let square = |row: &[f64]| across(row, row, replicates);
    let variance = mean(&|place| (square(&a[place]) + square(&b[place])) / 2.0) - square(&centres);
    let within = mean(&|place| (scatter(&a[place], replicates) + scatter(&b[place], replicates)) / 2.0);
    let mut numbers = vec![variance, within / (variance.max(0.0) + within)];
    for mixed in sets.iter().skip(2) {
        let moved =
            |place: usize| -> Vec<f64> { mixed[place].iter().zip(&a[place]).map(|(mixed, a)| mixed - a).collect() };
        let first = mean(&|place| {
            let from_centre: Vec<f64> = b[place].iter().zip(&centres).map(|(b, centre)| b - centre).collect();
            across(&from_centre, &moved(place), replicates)
        });
        let all = mean(&|place| square(&moved(place)) / 2.0);
        let share = |part: f64| if variance > 0.0 { part / variance } else { f64::NAN };
        numbers.extend([share(first), share(all)]);
    }
    numbers
}

/// Weighted variance between replicates, unbiased; NaN of one.
fn scatter(row: &[f64], weights: &[f64]) -> f64 {
    let mean = average(row, weights);
    let total: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let freedom = total - squares / total;
    let sum: f64 = row.iter().zip(weights).map(|(value, weight)| weight * (value - mean) * (value - mean)).sum();
    if freedom > 0.0 { sum / freedom } else { f64::NAN }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::experiment::fake::{luck, unlike};
    use std::f64::consts::PI;

    /// Ishigami and Homma's function (1990) with a = 7, b = 0.1, on the unit cube.
    pub fn ishigami(x: &[f64]) -> f64 {
        let angle = |place: usize| PI * (2.0 * x[place] - 1.0);
        let (first, second, third) = (angle(0), angle(1), angle(2));
        first.sin() + 7.0 * second.sin().powi(2) + 0.1 * third.powi(4) * first.sin()
    }

    /// Its first-order and total indices, from the closed form.
    pub fn ishigami_indices() -> ([f64; 3], [f64; 3]) {
        let (a, b) = (7.0, 0.1);
        let variance = a * a / 8.0 + b * PI.powi(4) / 5.0 + b * b * PI.powi(8) / 18.0 + 0.5;
        let first = 0.5 * (1.0 + b * PI.powi(4) / 5.0).powi(2) / variance;
        let second = a * a / 8.0 / variance;
        let both = b * b * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0) / variance;
        ([first, second, 0.0], [first + both, second, both])
    }

    /// Sobol's G function with the usual eight coefficients.
    fn g(x: &[f64]) -> f64 {
        x.iter().zip(G).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    }

    const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

    fn indices(factors: usize, base: usize, replicates: u64, f: impl Fn(&[f64], u64) -> f64) -> Indices {
        let design = Design::new(factors, base, 1);
        assert_eq!(design.points.len(), Design::size(factors, base));
        let row = |point: &Vec<f64>| (0..replicates).map(|replicate| f(point, replicate)).collect();
        design.indices(&design.points.iter().map(row).collect::<Vec<_>>(), 1)
    }

    #[track_caller]
    fn agree(found: &[Resampled], known: &[f64], tolerance: f64) {
        for (found, known) in found.iter().zip(known) {
            let estimate = found.estimate;
            assert!((estimate.value - known).abs() < tolerance, "{} is not {known}", estimate.value);
            assert!(!estimate.excludes(*known), "{estimate:?} leaves out {known}");
        }
    }

    #[test]
    fn the_indices_of_ishigami_are_within_three_hundredths() {
        let (first, total) = ishigami_indices();
        assert!((first[0] - 0.3139).abs() < 1e-4 && (total[2] - 0.2437).abs() < 1e-4);
        let found = indices(3, 1024, 1, |x, _| ishigami(x));
        agree(&found.first, &first, 0.03);
        agree(&found.total, &total, 0.02);
        assert!((found.variance.estimate.value / 13.844_6 - 1.0).abs() < 0.02);
        assert!(found.luck.estimate.value.is_nan() && found.first[0].seeds.is_nan());
    }

    #[test]
    fn the_indices_of_g_are_within_three_hundredths() {
        let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
        let all: f64 = G.iter().map(|&a| 1.0 + part(a)).product();
        let first: Vec<f64> = G.iter().map(|&a| part(a) / (all - 1.0)).collect();
        let total: Vec<f64> = G.iter().map(|&a| part(a) * all / (1.0 + part(a)) / (all - 1.0)).collect();
        assert!((first[0] - 0.7162).abs() < 1e-4 && (total[0] - 0.7871).abs() < 1e-4);
        let found = indices(8, 1024, 1, |x, _| g(x));
        agree(&found.first, &first, 0.03);
        agree(&found.total, &total, 0.02);
    }

    #[test]
    fn luck_is_no_interaction_and_has_its_own_index() {
        // Uniform luck of variance 4/12 on x0 + x1/2, whose variances are 1/12 and 1/48: other luck at every point.
        let noisy = |x: &[f64], replicate: u64| x[0] + 0.5 * x[1] + 2.0 * unlike(x, replicate);
        let found = indices(3, 1024, 4, noisy);
        agree(&found.total, &[0.8, 0.2, 0.0], 0.2);
        agree(&found.first, &[0.8, 0.2, 0.0], 0.2);
        let known = 4.0 / (4.0 + 1.0 + 0.25);
        assert!((found.luck.estimate.value - known).abs() < 0.02, "{:?} not {known}", found.luck);
        // Luck that is the same everywhere disturbs nothing at all.
        let shared = indices(3, 1024, 4, |x, replicate| x[0] + 0.5 * x[1] + 2.0 * luck(replicate * 7919));
        agree(&shared.total, &[0.8, 0.2, 0.0], 0.005);
    }

    #[test]
    fn undefined_points_are_left_out_and_counted() {
        let found = indices(2, 256, 2, |x, _| if x[1] > 0.9 { f64::NAN } else { x[0] });
        assert!(found.left_out > 20 && found.left_out + found.base == 256);
        assert!((found.total[0].estimate.value - 1.0).abs() < 0.1 && found.total[1].estimate.value.abs() < 0.01);
        let nothing = indices(2, 16, 2, |_, _| f64::NAN);
        assert!(nothing.base == 0 && nothing.total.iter().all(|index| index.estimate.value.is_nan()));
    }
}
