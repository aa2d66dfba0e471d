//! Intervals by resampling, with what comes from the points and what comes from seeds kept apart.
//!
//! A number is computed from outputs at some points, each simulated with the same few replicates. Other points would have
//! given another number, and so would other replicates. Both are resampled on their own (bootstrap, with one draw fewer
//! than there are points or replicates, which makes its variance unbiased: Rao and Wu 1988); the variances add up, and
//! Student's t has the degrees of freedom of Welch and Satterthwaite. What points and replicates do together is in both,
//! so the interval is rather too wide than too narrow; and it takes points for random, which spread points better.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::stats::{Estimate, critical, moments};

/// Resamples of the points, and again of the replicates.
const RESAMPLES: usize = 500;

/// A number with its interval, and how much of the interval comes from seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampled {
    /// The number with its 95 % interval; `sd` is its standard error.
    pub estimate: Estimate,
    /// Share of the variance behind the interval that comes from the choice of replicates, the rest from that of points;
    /// NaN of a single replicate.
    pub seeds: f64,
}

/// Every number of `statistic`, which computes them from a weight for each of `points` and for each of `replicates`.
pub fn resampled(
    points: usize,
    replicates: usize,
    seed: u64,
    statistic: impl Fn(&[f64], &[f64]) -> Vec<f64>,
) -> Vec<Resampled> {
    let (all_points, all_replicates) = (vec![1.0; points], vec![1.0; replicates]);
    let values = statistic(&all_points, &all_replicates);
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let by_points: Vec<Vec<f64>> =
        (0..RESAMPLES).map(|_| statistic(&weights(&mut luck, points), &all_replicates)).collect();
    let by_replicates: Vec<Vec<f64>> =
        (0..RESAMPLES).map(|_| statistic(&all_points, &weights(&mut luck, replicates))).collect();
    let variance = |resamples: &[Vec<f64>], place: usize| {
        let sd = moments(resamples.iter().filter_map(|values| values.get(place).copied())).sd();
        if sd.is_nan() { 0.0 } else { sd * sd }
    };
    let one = |(place, &value): (usize, &f64)| {
        let (between_points, between_seeds) = (variance(&by_points, place), variance(&by_replicates, place));
        let sum = between_points + between_seeds;
        let part = |variance: f64, count: usize| variance * variance / count.saturating_sub(1).max(1) as f64;
        let degrees = sum * sum / (part(between_points, points) + part(between_seeds, replicates));
        let certain = sum == 0.0;
        let half = if certain { 0.0 } else { critical((degrees as u64).max(1)) * sum.sqrt() };
        let count = points as u64;
        let estimate = Estimate { value, low: value - half, high: value + half, sd: sum.sqrt(), count };
        let seeds = if replicates < 2 || certain { f64::NAN } else { between_seeds / sum };
        Resampled { estimate: if value.is_nan() { Estimate::UNDEFINED } else { estimate }, seeds }
    };
    values.iter().enumerate().map(one).collect()
}

/// How often each of `count` is drawn in `count` - 1 draws; a single one always.
fn weights(luck: &mut ChaCha8Rng, count: usize) -> Vec<f64> {
    if count < 2 {
        return vec![1.0; count];
    }
    let mut weights = vec![0.0; count];
    for _ in 1..count {
        weights[luck.random_range(0..count)] += 1.0;
    }
    weights
}

/// Weighted mean of the products of `left` and `right` in different replicates: what is luck in one is independent of what
/// is luck in the other, so the mean is that of the product of both without luck. Of a single replicate the plain product.
pub fn across(left: &[f64], right: &[f64], weights: &[f64]) -> f64 {
    let (mut sum_left, mut sum_right, mut same, mut total, mut squares) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for ((left, right), weight) in left.iter().zip(right).zip(weights) {
        sum_left += weight * left;
        sum_right += weight * right;
        same += weight * weight * left * right;
        total += weight;
        squares += weight * weight;
    }
    let pairs = total * total - squares;
    if weights.len() < 2 {
        sum_left * sum_right / (total * total)
    } else if pairs > 0.0 {
        (sum_left * sum_right - same) / pairs
    } else {
        f64::NAN
    }
}

/// Weighted mean.
pub fn average(values: &[f64], weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    values.iter().zip(weights).map(|(value, weight)| weight * value).sum::<f64>() / total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake::luck;

    #[test]
    fn a_mean_has_its_textbook_interval_and_knows_where_it_comes_from() {
        // value = point + replicate: the variance of the mean is var(points) / n + var(replicates) / m.
        let points: Vec<f64> = (0..40).map(luck).collect();
        let seeds: Vec<f64> = (0..10).map(|place| 0.5 * luck(place + 50)).collect();
        let found = resampled(40, 10, 3, |point, seed| vec![average(&points, point) + average(&seeds, seed), f64::NAN]);
        let error = |values: &[f64]| moments(values.iter().copied()).standard_error();
        let (between_points, between_seeds) = (error(&points).powi(2), error(&seeds).powi(2));
        let sum = between_points + between_seeds;
        assert!((found[0].estimate.sd / sum.sqrt() - 1.0).abs() < 0.1, "{:?} not {}", found[0], sum.sqrt());
        assert!((found[0].seeds - between_seeds / sum).abs() < 0.1, "{:?}", found[0]);
        assert!(found[1].estimate.value.is_nan() && found[1].estimate.low.is_nan());
    }

    #[test]
    fn products_across_replicates_forget_luck() {
        // 2 + luck, luck with mean 0: the square of the mean is 4, the mean of squares is 5.
        let values = [1.0, 3.0, 1.0, 3.0];
        let found = across(&values, &values, &[1.0; 4]);
        assert!((found - (4.0 * 4.0 - 5.0) / 3.0).abs() < 1e-12, "{found}");
        assert_eq!(across(&[3.0], &[2.0], &[1.0]), 6.0);
        assert!(across(&values, &values, &[3.0, 0.0, 0.0, 0.0]).is_nan());
    }
}
