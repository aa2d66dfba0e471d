//! Events of harm beside practice: how a count over an exposure is linked to what the model gives.
//!
//! The model knows practice, not patients. With `e[t]` the exposure of a time, `done[t]` the share in which the practice is truly
//! done in it, and `prevented` the share of harm that is prevented where it is always done:
//!
//! ```text
//! expected events m[t] = level x e[t] x (1 - prevented x done[t])
//! events          y[t] ~ negative binomial with mean m[t] and variance m[t] (1 + extra)      extra = 0 is Poisson
//! ```
//!
//! The same link as that of [`metrics::incidents`](crate::metrics::incidents), and as much an assumption: events follow practice
//! at once and in proportion; that people report harm more or less over time is in nothing here. `level` belongs to the place
//! and says nothing of practice. A fit is therefore given the sum of all events, `Y`, and looks at how they fall on the times: with
//! this variance that is a Dirichlet-multinomial, in which `level` has no part (its flat prior on the logarithm integrates out),
//!
//! ```text
//! p[t] = w[t] / sum of w, w[t] = e[t] (1 - prevented x done[t])         A = Y / extra
//! log likelihood = lgamma(A) - lgamma(A + Y) + sum over t of lgamma(y[t] + A p[t]) - lgamma(A p[t]) + terms of y alone
//! ```
//!
//! averaged over a grid of `extra`. Laid beside a scenario, `level` is learnt from the `E` events before the programme: gamma with
//! that many events, so that a count is negative binomial around `E w[t] / sum of w before`. Source: Mosimann, Biometrika
//! 1962;49:65-82 (Dirichlet-multinomial); Ver Hoef and Boveng, Ecology 2007;88:2766-2772 (variance in proportion to the mean).
use super::beside::{MIDDLE, Plausible, Time};

/// Path of the share of harm that is prevented.
pub const PREVENTED: &str = "incidents.prevented";

/// What is plausible of it where nobody says.
pub const PLAUSIBLE: (f64, f64) = (0.0, 1.0);

/// Events of which a chart must tell at least: fewer fall anyhow.
pub const FEWEST_EVENTS: f64 = 10.0;

/// How much the variance of counts exceeds their mean, as multiples of it; all alike before the data.
const EXTRA: [f64; 6] = [0.0, 0.25, 0.5, 1.0, 2.0, 5.0];

/// Expected events up to which a mixture of counts is added up exactly; beyond, the normal curve is as good.
const EXACT: f64 = 400.0;

/// Harm is never quite gone.
const LEAST: f64 = 1e-3;

/// The variance beyond counting that entry `entry` of the grid stands for.
pub fn extra(entry: usize) -> f64 {
    EXTRA.get(entry).copied().unwrap_or(f64::NAN)
}

/// Events of a time; NaN in a gap.
pub fn events(time: &Time) -> f64 {
    (time.found * time.of).round()
}

/// What of the harm is left where the practice is done in a share of `done`, for each of exposure.
pub fn left(prevented: f64, done: f64) -> f64 {
    (1.0 - prevented * done).max(LEAST)
}

/// Whether a time tells anything, done in which was `done`.
pub fn tells(time: &Time, done: f64) -> bool {
    time.counts && time.found.is_finite() && time.of > 0.0 && done.is_finite()
}

/// Logarithm of the likelihood of `times` where the practice was done in shares of `done`, at each entry of the grid.
pub fn logs(times: &[Time], done: &[f64], prevented: f64) -> [f64; EXTRA.len()] {
    let there: Vec<(f64, f64)> = times
        .iter()
        .zip(done)
        .filter(|(time, done)| tells(time, **done))
        .map(|(time, done)| (events(time), time.of * left(prevented, *done)))
        .collect();
    let (all, weight) = there.iter().fold((0.0, 0.0), |(all, sum), (events, weight)| (all + events, sum + weight));
    EXTRA.map(|extra| {
        if extra <= 0.0 {
            return there.iter().map(|(events, own)| events * libm::log(own / weight)).sum();
        }
        let whole = all / extra;
        let of_one = |(events, own): &(f64, f64)| {
            let share = whole * own / weight;
            libm::lgamma(events + share) - libm::lgamma(share)
        };
        // With nothing to fall there is nothing to tell.
        if all <= 0.0 {
            return 0.0;
        }
        libm::lgamma(whole) - libm::lgamma(whole + all) + there.iter().map(of_one).sum::<f64>()
    })
}

/// Events for each of exposure where nothing is done: all events of `times` over all that is left of the exposure.
pub fn level(times: &[Time], done: &[f64], prevented: f64) -> f64 {
    let there = || times.iter().zip(done).filter(|(time, done)| tells(time, **done));
    there().map(|(time, _)| events(time)).sum::<f64>()
        / there().map(|(time, done)| time.of * left(prevented, *done)).sum::<f64>()
}

/// What is expected at each time, and its variance for `extra`: of a run with shares of `done` in which all events of `times`
/// fall; NaN where nothing is known.
pub fn expected(times: &[Time], done: &[f64], prevented: f64, extra: f64) -> Vec<(f64, f64)> {
    let level = level(times, done, prevented);
    let of_one = |(time, done): (&Time, &f64)| {
        let mean = if tells(time, *done) { level * time.of * left(prevented, *done) } else { f64::NAN };
        (mean, mean * (1.0 + extra))
    };
    times.iter().zip(done).map(of_one).collect()
}

/// The middle of a mixture of negative binomial counts with these means and variances.
pub fn plausible_counts(parts: &[(f64, f64)]) -> Plausible {
    let there: Vec<(f64, f64)> = parts.iter().copied().filter(|(mean, _)| mean.is_finite()).collect();
    let at = |share: f64| match there.iter().map(|(mean, _)| *mean).fold(f64::NAN, f64::max) {
        most if most.is_nan() => f64::NAN,
        most if most <= EXACT => counted(&there, share),
        _ => curved(&there, share),
    };
    Plausible { low: at(0.5 - MIDDLE / 2.0), middle: at(0.5), high: at(0.5 + MIDDLE / 2.0) }
}

/// Quantile of the mixture, added up count by count.
fn counted(parts: &[(f64, f64)], quantile: f64) -> f64 {
    // Of each part the chance of the count so far, and what it is multiplied with from count to count.
    let mut terms: Vec<(f64, f64, f64)> = parts
        .iter()
        .map(|(mean, variance)| {
            let beyond = variance / mean - 1.0;
            if *mean <= 0.0 {
                (1.0, 0.0, 0.0)
            } else if beyond < 1e-6 {
                (libm::exp(-mean), *mean, 0.0)
            } else {
                // Size of the negative binomial, and the chance of going on.
                let size = mean / beyond;
                let on = beyond / (1.0 + beyond);
                (libm::exp(-size * libm::log1p(beyond)), size * on, on)
            }
        })
        .collect();
    let mut chance = 0.0;
    for count in 0..100_000_u32 {
        chance += terms.iter().map(|(term, ..)| term).sum::<f64>() / parts.len() as f64;
        if chance >= quantile - 1e-9 {
            return f64::from(count);
        }
        let next = f64::from(count + 1);
        terms.iter_mut().for_each(|(term, mean, on)| *term *= (*mean + *on * f64::from(count)) / next);
    }
    f64::NAN
}

/// The same by normal curves, found by halving.
fn curved(parts: &[(f64, f64)], quantile: f64) -> f64 {
    let below = |value: f64| {
        let of_one = |(mean, variance): &(f64, f64)| {
            0.5 * libm::erfc((mean - value) / variance.max(1e-12).sqrt() / core::f64::consts::SQRT_2)
        };
        parts.iter().map(of_one).sum::<f64>() / parts.len() as f64
    };
    let highest = parts.iter().map(|(mean, variance)| mean + 10.0 * variance.sqrt()).fold(0.0, f64::max);
    let (mut low, mut high) = (0.0, highest);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if below(middle) < quantile { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(events: f64, of: f64) -> Time {
        Time { from: 0.0, to: 4.0, found: events / of, of, counts: true }
    }

    /// Over all ways in which six events can fall on three times, chances add up to 1 and have the mean of their name.
    #[test]
    fn chances_of_all_ways_to_fall_add_up_to_one() {
        let (done, sizes) = ([0.2, 0.5, 0.9], [10.0, 20.0, 15.0]);
        let weights: Vec<f64> = sizes.iter().zip(done).map(|(size, done)| size * left(0.6, done)).collect();
        let total: f64 = weights.iter().sum();
        let factorial = |of: f64| libm::lgamma(of + 1.0);
        for entry in 0..EXTRA.len() {
            let (mut sum, mut mean) = (0.0, 0.0);
            for first in 0..=6 {
                for second in 0..=6 - first {
                    let events = [first, second, 6 - first - second].map(f64::from);
                    let times: Vec<Time> = events.iter().zip(sizes).map(|(events, size)| time(*events, size)).collect();
                    let ways = factorial(6.0) - events.iter().map(|events| factorial(*events)).sum::<f64>();
                    let chance = libm::exp(ways + logs(&times, &done, 0.6)[entry]);
                    sum += chance;
                    mean += chance * events[2];
                }
            }
            assert!(
                (sum - 1.0).abs() < 1e-9 && (mean - 6.0 * weights[2] / total).abs() < 1e-9,
                "{entry}: {sum} {mean}"
            );
        }
    }

    #[test]
    fn harm_that_falls_where_more_is_done_is_likelier_and_the_level_says_nothing() {
        let times: Vec<Time> = [12.0, 11.0, 6.0, 5.0].map(|events| time(events, 1000.0)).to_vec();
        let log = |times: &[Time], done: [f64; 4]| logs(times, &done, 0.7)[0];
        assert!(log(&times, [0.2, 0.2, 0.9, 0.9]) > log(&times, [0.5; 4]));
        assert!(log(&times, [0.5; 4]) > log(&times, [0.9, 0.9, 0.2, 0.2]));
        // A tenth of the exposure everywhere is ten times the level, and the same chance.
        let tenth: Vec<Time> = times.iter().map(|one| time(events(one), 100.0)).collect();
        assert!((log(&times, [0.2, 0.2, 0.9, 0.9]) - log(&tenth, [0.2, 0.2, 0.9, 0.9])).abs() < 1e-9);
        let gap = Time { found: f64::NAN, of: f64::NAN, ..times[0] };
        let with_gap = [times.clone(), vec![gap]].concat();
        assert_eq!(logs(&with_gap, &[0.2, 0.2, 0.9, 0.9, 0.4], 0.7), logs(&times, &[0.2, 0.2, 0.9, 0.9], 0.7));
        let found = expected(&with_gap, &[0.2, 0.2, 0.9, 0.9, 0.4], 0.7, 1.0);
        assert!((found[..4].iter().map(|(mean, _)| mean).sum::<f64>() - 34.0).abs() < 1e-9 && found[4].0.is_nan());
        assert!((found[0].1 - 2.0 * found[0].0).abs() < 1e-12);
    }

    #[test]
    fn counts_have_the_quantiles_of_their_names() {
        // Poisson of 4: 10 % lie at or below 2 (0.238 do; 0.092 at or below 1), half at or below 4, 90 % at or below 7.
        let Plausible { low, middle, high } = plausible_counts(&[(4.0, 4.0)]);
        assert_eq!((low, middle, high), (2.0, 4.0, 7.0));
        // Negative binomial of size 1, mean 4: chance of at most k is 1 - 0.8^(k + 1): 0, 3 and 10.
        let Plausible { low, middle, high } = plausible_counts(&[(4.0, 20.0)]);
        assert_eq!((low, middle, high), (0.0, 3.0, 10.0));
        // Of large counts a normal curve: 1.2816 standard deviations of 100 on either side.
        let many = plausible_counts(&[(10_000.0, 10_000.0)]);
        assert!((many.low - 9871.84).abs() < 0.1 && (many.high - 10_128.16).abs() < 0.1, "{many:?}");
        assert!(plausible_counts(&[]).low.is_nan() && plausible_counts(&[(0.0, 0.0)]).high == 0.0);
    }
}
