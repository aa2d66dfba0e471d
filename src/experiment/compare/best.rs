//! Which candidate is the best, run by run.
use crate::stats::{self, Estimate};

/// For each candidate, given its gain in each run: the share of runs in which it has the largest (ties split), and how far it
/// lies behind the largest on average. Runs in which some candidate failed are left out.
pub fn ranks(gains: &[Vec<f64>]) -> Vec<(Estimate, Estimate)> {
    let runs = gains.iter().map(Vec::len).min().unwrap_or(0);
    let (mut scores, mut behind) = (vec![0.0; gains.len()], vec![Vec::with_capacity(runs); gains.len()]);
    let mut count = 0;
    for run in 0..runs {
        let row: Vec<f64> = gains.iter().filter_map(|column| column.get(run)).copied().collect();
        if row.iter().any(|gain| !gain.is_finite()) {
            continue;
        }
        count += 1;
        let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let winners = row.iter().filter(|gain| **gain == largest).count() as f64;
        for ((score, behind), gain) in scores.iter_mut().zip(&mut behind).zip(row) {
            *score += if gain == largest { 1.0 / winners } else { 0.0 };
            behind.push(largest - gain);
        }
    }
    scores
        .into_iter()
        .zip(behind)
        .map(|(score, behind)| (share(score, count), stats::mean(behind).within((0.0, 2.0))))
        .collect()
}

/// A share of `count` runs with Wilson's interval (1927), which keeps within 0 and 1 and is no point where the share is 0 or 1.
fn share(score: f64, count: u64) -> Estimate {
    if count == 0 {
        return Estimate::UNDEFINED;
    }
    let n = count as f64;
    let (share, z) = (score / n, stats::critical(10_000_000));
    let square = z * z / n;
    let middle = (share + square / 2.0) / (1.0 + square);
    let half = z * (share * (1.0 - share) / n + square / (4.0 * n)).sqrt() / (1.0 + square);
    Estimate { value: share, low: (middle - half).max(0.0), high: (middle + half).min(1.0), sd: f64::NAN, count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_split_and_failed_runs_left_out() {
        let gains = [vec![0.0; 5], vec![0.1, 0.3, 0.2, -0.1, f64::NAN], vec![0.1, 0.1, 0.4, -0.2, 0.9]];
        let ranks = ranks(&gains);
        let shares: Vec<f64> = ranks.iter().map(|(best, _)| best.value).collect();
        assert_eq!(shares, [0.25, 0.375, 0.375]);
        let regrets: Vec<f64> = ranks.iter().map(|(_, regret)| regret.value).collect();
        for (regret, expected) in regrets.iter().zip([0.2, 0.075, 0.1]) {
            assert!((regret - expected).abs() < 1e-12, "{regrets:?}");
        }
    }

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        // Wilson's interval of 8 in 10 is 0.4902 to 0.9433, of 0 in 10 it is 0 to 0.2775.
        let some = share(8.0, 10);
        assert!((some.low - 0.4902).abs() < 1e-4 && (some.high - 0.9433).abs() < 1e-4, "{some:?}");
        let none = share(0.0, 10);
        assert!(none.low.abs() < 1e-12 && (none.high - 0.2775).abs() < 1e-4, "{none:?}");
    }
}
