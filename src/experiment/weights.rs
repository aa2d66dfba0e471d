//! Weighted numbers: what they are worth, their quantiles, and how far weights are tempered.
//!
//! ```text
//! effective sample size = (sum of w)^2 / sum of w^2      (Kish 1965; Kong 1992)
//! tempered              = w^t, t the largest up to 1 that leaves so large a size
//! ```

use std::collections::BTreeMap;

/// How many equal rows `weights` are worth.
pub fn worth(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// How many different rows are worth as much as `rows`, each a number and its weight, of which some come more than once.
pub fn worth_of(rows: impl Iterator<Item = (usize, f64)>) -> f64 {
    let mut together: BTreeMap<usize, f64> = BTreeMap::new();
    rows.for_each(|(number, weight)| *together.entry(number).or_default() += weight);
    worth(&together.into_values().collect::<Vec<_>>())
}

/// Weights adding up to 1 from their logarithms, what is no number weighing nothing; all 0 where all are impossible.
pub fn from_logs(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !most.is_finite() {
        return vec![0.0; logs.len()];
    }
    let raised: Vec<f64> = logs.iter().map(|log| if log.is_nan() { 0.0 } else { libm::exp(log - most) }).collect();
    let total: f64 = raised.iter().sum();
    raised.iter().map(|weight| weight / total).collect()
}

/// The same, tempered until they are worth `least`; and the temper, 1 where none was needed.
pub fn tempered(logs: &[f64], least: f64) -> (Vec<f64>, f64) {
    let at = |temper: f64| from_logs(&logs.iter().map(|log| log * temper).collect::<Vec<_>>());
    let whole = at(1.0);
    if worth(&whole) >= least {
        return (whole, 1.0);
    }
    let low = highest(0.0, 1.0, 30, |temper| worth(&at(temper)) >= least);
    (at(low), low)
}

/// The highest number from `low` to `high` at which there is `enough`, by so many halvings; `low` has enough, `high` has not.
pub fn highest(mut low: f64, mut high: f64, halvings: usize, enough: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..halvings {
        let middle = f64::midpoint(low, high);
        if enough(middle) { low = middle } else { high = middle }
    }
    low
}

/// Mean and standard deviation of `values`, those that are numbers.
pub fn mean_and_sd(values: &[f64], weights: &[f64]) -> (f64, f64) {
    let there = || values.iter().zip(weights).filter(|(value, weight)| value.is_finite() && **weight > 0.0);
    let total: f64 = there().map(|(_, weight)| weight).sum();
    let mean = there().map(|(value, weight)| value * weight).sum::<f64>() / total;
    let variance = there().map(|(value, weight)| weight * (value - mean) * (value - mean)).sum::<f64>() / total;
    (mean, variance.max(0.0).sqrt())
}

/// Quantiles of `values` at `shares`, linear between the middles of the weights; NaN of no values.
pub fn quantiles<const N: usize>(values: &[f64], weights: &[f64], shares: [f64; N]) -> [f64; N] {
    let mut there: Vec<(f64, f64)> =
        values.iter().copied().zip(weights.iter().copied()).filter(|(v, w)| v.is_finite() && *w > 0.0).collect();
    there.sort_by(|left, right| left.0.total_cmp(&right.0));
    let total: f64 = there.iter().map(|(_, weight)| weight).sum();
    let mut reached = 0.0;
    let middles: Vec<(f64, f64)> = there
        .iter()
        .map(|(value, weight)| {
            reached += weight;
            (*value, (reached - weight / 2.0) / total)
        })
        .collect();
    shares.map(|share| {
        let after = middles.partition_point(|(_, middle)| *middle < share);
        match (after.checked_sub(1).and_then(|place| middles.get(place)), middles.get(after)) {
            (Some((low, from)), Some((high, to))) => low + (high - low) * (share - from) / (to - from).max(1e-300),
            (Some((value, _)), None) | (None, Some((value, _))) => *value,
            (None, None) => f64::NAN,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_are_worth_their_number_and_one_alone_is_worth_one() {
        assert_eq!((worth(&[0.25; 4]), worth(&[1.0, 0.0, 0.0]), worth(&[])), (4.0, 1.0, 0.0));
        assert_eq!(from_logs(&[f64::NEG_INFINITY; 2]), [0.0, 0.0]);
        let weights = from_logs(&[-1000.0, -1000.0 + libm::log(3.0)]);
        assert!((weights[1] - 0.75).abs() < 1e-12);
    }

    #[test]
    fn weights_are_tempered_no_further_than_needed() {
        let logs: Vec<f64> = (0..100).map(|place| f64::from(place) * 0.5).collect();
        let (weights, temper) = tempered(&logs, 50.0);
        assert!((worth(&weights) - 50.0).abs() < 0.01 && temper < 0.1, "{temper}");
        assert_eq!(tempered(&logs, 1.5).1, 1.0);
    }

    #[test]
    fn quantiles_and_moments_heed_weights() {
        let values = [1.0, 2.0, 3.0, f64::NAN];
        assert_eq!(quantiles(&values, &[1.0; 4], [0.5, 0.0, 1.0]), [2.0, 1.0, 3.0]);
        assert_eq!(quantiles(&values, &[0.0, 1.0, 0.0, 1.0], [0.05, 0.95]), [2.0, 2.0]);
        let (mean, sd) = mean_and_sd(&values, &[1.0, 0.0, 1.0, 5.0]);
        assert_eq!((mean, sd), (2.0, 1.0));
        assert!(quantiles(&[], &[], [0.5])[0].is_nan());
    }
}
