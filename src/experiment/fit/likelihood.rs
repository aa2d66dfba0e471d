//! How well a course of reported practice agrees with a series that somebody counted.
//!
//! At time `t` the run reports the share `p[t]`, averaged over its weeks. Counted were `y[t]` of `n[t]`, or a share alone:
//!
//! ```text
//! counted       y[t] ~ beta-binomial(n[t], p[t], rho)     rho = 0 is binomial: chance in counting and nothing else
//! share alone   y[t] ~ normal(p[t], sigma)
//! likelihood    = mean over a grid of rho or sigma of the product over t, since nobody knows how much else scatters
//! ```
//!
//! Reported practice is what the model says is reported, so what is reported and not done is in the model, not in here.
//! Source of the beta-binomial: Skellam, Journal of the Royal Statistical Society B 1948;10:257-261.
use crate::{experiment::beside::Time, math::ROOT_TWO_PI};

/// Correlations between two looks at the same time, beyond what the model explains; all alike before the data.
const RHO: [f64; 6] = [0.0, 0.003, 0.01, 0.03, 0.1, 0.3];

/// Standard deviations of a share that is given without a count; all alike before the data.
const SIGMA: [f64; 6] = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16];

/// Entries of the grid.
pub const GRID: usize = RHO.len();

/// No share is surer than this.
const SUREST: f64 = 0.002;

/// `share`, no surer than data of this kind can be.
pub fn unsure(share: f64) -> f64 {
    share.clamp(SUREST, 1.0 - SUREST)
}

/// The scatter that entry `entry` of the grid stands for: `rho` where something was counted, else `sigma`.
pub fn scatter(counted: bool, entry: usize) -> f64 {
    let grid = if counted { &RHO } else { &SIGMA };
    grid.get(entry).copied().unwrap_or(f64::NAN)
}

/// Logarithm of the likelihood of `times` for a run that reported `shares`, at each entry of the grid; gaps say nothing.
pub fn logs(times: &[Time], shares: &[f64]) -> [f64; GRID] {
    let mut sums = [0.0; GRID];
    for (time, share) in times.iter().zip(shares) {
        if !says(time) || !share.is_finite() {
            continue;
        }
        let share = unsure(*share);
        for (entry, sum) in sums.iter_mut().enumerate() {
            *sum += if time.of.is_finite() {
                beta_binomial((time.found * time.of).round(), time.of, share, RHO[entry])
            } else {
                normal(time.found, share, SIGMA[entry])
            };
        }
    }
    sums
}

/// Whether a time has something to say.
pub fn says(time: &Time) -> bool {
    time.counts && time.found.is_finite() && !(time.of.is_finite() && time.of <= 0.0)
}

/// Logarithm of the mean of the likelihoods whose logarithms are given.
pub fn mean_of_logs(logs: &[f64]) -> f64 {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !most.is_finite() {
        return f64::NEG_INFINITY;
    }
    let sum: f64 = logs.iter().map(|log| libm::exp(log - most)).sum();
    most + libm::log(sum / logs.len() as f64)
}

fn normal(found: f64, mean: f64, sd: f64) -> f64 {
    let away = (found - mean) / sd;
    -0.5 * away * away - libm::log(sd * ROOT_TWO_PI)
}

/// Logarithm of the probability of `done` of `of`.
fn beta_binomial(done: f64, of: f64, share: f64, rho: f64) -> f64 {
    let left = of - done;
    let ways = libm::lgamma(of + 1.0) - libm::lgamma(done + 1.0) - libm::lgamma(left + 1.0);
    if rho <= 0.0 {
        return ways + done * libm::log(share) + left * libm::log(1.0 - share);
    }
    let (a, b) = (share * (1.0 - rho) / rho, (1.0 - share) * (1.0 - rho) / rho);
    let beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    ways + beta(a + done, b + left) - beta(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(found: f64, of: f64) -> Time {
        Time { from: 0.0, to: 4.0, found, of, counts: true }
    }

    #[test]
    fn probabilities_add_up_to_one_and_have_the_mean_and_spread_of_their_names() {
        for rho in RHO {
            let chance: Vec<f64> =
                (0..=30).map(|done| libm::exp(beta_binomial(f64::from(done), 30.0, 0.3, rho))).collect();
            let moment = |power: i32| chance.iter().enumerate().map(|(y, p)| (y as f64).powi(power) * p).sum::<f64>();
            let (mean, variance) = (moment(1), moment(2) - moment(1) * moment(1));
            assert!((moment(0) - 1.0).abs() < 1e-9 && (mean - 9.0).abs() < 1e-8, "{rho}: {mean}");
            // n p (1 - p) (1 + (n - 1) rho)
            assert!((variance - 6.3 * (1.0 + 29.0 * rho)).abs() < 1e-7, "{rho}: {variance}");
        }
    }

    #[test]
    fn a_course_near_the_data_is_likelier_and_gaps_say_nothing() {
        let times = [time(0.5, 40.0), time(f64::NAN, f64::NAN), time(0.7, 40.0)];
        let log = |shares: [f64; 3]| mean_of_logs(&logs(&times, &shares));
        assert!(log([0.5, 0.1, 0.7]) > log([0.6, 0.1, 0.6]) && log([0.6, 0.1, 0.6]) > log([0.9, 0.1, 0.2]));
        assert_eq!(log([0.5, 0.1, 0.7]), log([0.5, 0.9, 0.7]));
        let alone = [time(0.5, f64::NAN)];
        assert!((logs(&alone, &[0.52])[2] - normal(0.5, 0.52, 0.02)).abs() < 1e-12);
        // 1 / (0.02 sqrt(2 pi)) exp(-1/2)
        assert!((libm::exp(normal(0.5, 0.52, 0.02)) - 12.098_536_225_957_168).abs() < 1e-9);
    }
}
