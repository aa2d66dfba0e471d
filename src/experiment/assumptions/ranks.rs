//! Rank correlations of many parameters with a conclusion, and how large the largest would be by chance.
//!
//! Spearman's rho with its interval by Fisher's transformation and the variance of Fieller, Hartley and Pearson (1957),
//! `1.06 / (n - 3)`. Of a hundred parameters some look related to anything. What the largest of all shows where nothing is
//! related is found by shuffling the draws (Westfall and Young 1993): only what is beyond 95 % of that is called clear,
//! which holds for all parameters together and knows how they go together.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    math,
    stats::{Estimate, quantile},
};

/// Shuffles from which chance is known.
const SHUFFLES: usize = 400;

/// Normal deviate with 2.5 % above it.
const NORMAL: f64 = 1.96;

/// The parameters, and what chance would show.
pub(super) struct Chance<'a> {
    columns: &'a [Vec<f64>],
    seed: u64,
    /// For conclusions defined in so many draws: the correlation that chance alone rarely reaches.
    rarely: std::collections::BTreeMap<Vec<usize>, f64>,
}

impl<'a> Chance<'a> {
    pub(super) fn new(columns: &'a [Vec<f64>], seed: u64) -> Self {
        Self { columns, seed, rarely: std::collections::BTreeMap::new() }
    }

    /// The correlation of each parameter with `values`, and whether it is beyond chance.
    pub(super) fn correlations(&mut self, values: &[f64]) -> Vec<(Estimate, bool)> {
        let defined: Vec<usize> =
            values.iter().enumerate().filter(|(_, value)| value.is_finite()).map(|(draw, _)| draw).collect();
        let of = |column: &[f64]| {
            let chosen: Vec<f64> = defined.iter().filter_map(|&draw| column.get(draw)).copied().collect();
            standard_ranks(&chosen)
        };
        let parameters: Vec<Vec<f64>> = self.columns.iter().map(|column| of(column)).collect();
        let own = of(values);
        let seed = self.seed;
        let rarely = *self.rarely.entry(defined.clone()).or_insert_with(|| rarely(&parameters, defined.len(), seed));
        let one = |column: &Vec<f64>| {
            let correlation = product(column, &own);
            (with_interval(correlation, defined.len() as u64), correlation.abs() > rarely)
        };
        parameters.iter().map(one).collect()
    }
}

/// The largest correlation of all `parameters` with something unrelated that 5 % of shuffles exceed.
fn rarely(parameters: &[Vec<f64>], count: usize, seed: u64) -> f64 {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut shuffled = standard_ranks(&(0..count).map(|draw| draw as f64).collect::<Vec<_>>());
    let largest: Vec<f64> = (0..SHUFFLES)
        .map(|_| {
            for place in (1..shuffled.len()).rev() {
                shuffled.swap(place, luck.random_range(0..=place));
            }
            parameters.iter().map(|column| product(column, &shuffled).abs()).fold(0.0, f64::max)
        })
        .collect();
    quantile(&largest, 0.95)
}

fn product(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// Ranks, ties at their mean, with mean 0 and length 1; empty where nothing varies.
fn standard_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|left, right| values[*left].total_cmp(&values[*right]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let same = order[from..].iter().take_while(|&&place| values[place] == values[order[from]]).count();
        for &place in &order[from..from + same] {
            ranks[place] = from as f64 + (same as f64 - 1.0) / 2.0;
        }
        from += same;
    }
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let length = ranks.iter().map(|rank| (rank - middle) * (rank - middle)).sum::<f64>().sqrt();
    if length > 0.0 { ranks.iter().map(|rank| (rank - middle) / length).collect() } else { Vec::new() }
}

fn with_interval(correlation: f64, count: u64) -> Estimate {
    let bare = Estimate { value: correlation, low: f64::NAN, high: f64::NAN, sd: f64::NAN, count };
    if count < 5 || correlation.abs() >= 1.0 {
        return bare;
    }
    let half = NORMAL * (1.06 / (count as f64 - 3.0)).sqrt();
    let middle = f64::from(math::ln(((1.0 + correlation) / (1.0 - correlation)) as f32)) / 2.0;
    let back = |place: f64| {
        let twice = f64::from(math::exp((2.0 * place) as f32));
        (twice - 1.0) / (twice + 1.0)
    };
    Estimate { low: back(middle - half), high: back(middle + half), ..bare }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake::noise;

    #[test]
    fn ranks_correlate_as_spearman_computed_and_ties_share_theirs() {
        // Spearman 1904's way by hand: d = 1, 1, 1, 1, 0 of five, rho = 1 - 6 x 4 / (5 x 24) = 0.8.
        let found = product(&standard_ranks(&[1.0, 2.0, 3.0, 4.0, 5.0]), &standard_ranks(&[2.0, 1.0, 4.0, 3.0, 9.0]));
        assert!((found - 0.8).abs() < 1e-12, "{found}");
        let ranks = standard_ranks(&[3.0, 1.0, 3.0]);
        assert!(ranks[0] == ranks[2] && (ranks[1] + 2.0 * ranks[0]).abs() < 1e-12);
        assert!(standard_ranks(&[2.0; 4]).is_empty());
        // atanh 0.8 = 1.0986; half = 1.96 x sqrt(1.06 / 61).
        let interval = with_interval(0.8, 64);
        assert!((interval.low - 0.6865).abs() < 1e-3 && (interval.high - 0.8754).abs() < 1e-3, "{interval:?}");
    }

    #[test]
    fn of_a_hundred_unrelated_parameters_none_is_clear_and_a_related_one_is() {
        let mut columns: Vec<Vec<f64>> =
            (0..100).map(|column| (0..64).map(|draw| noise(column * 1000 + draw)).collect()).collect();
        let unrelated: Vec<f64> = (0..64).map(|draw| noise(777_000 + draw)).collect();
        let clear = |columns: &[Vec<f64>], values: &[f64]| {
            let found = Chance::new(columns, 1).correlations(values);
            found.iter().enumerate().filter(|(_, (_, clear))| *clear).map(|(place, _)| place).collect::<Vec<_>>()
        };
        assert_eq!(clear(&columns, &unrelated), Vec::<usize>::new());
        columns[31] =
            unrelated.iter().enumerate().map(|(draw, value)| value + 0.6 * noise(5_000 + draw as u64)).collect();
        assert_eq!(clear(&columns, &unrelated), [31]);
    }
}
