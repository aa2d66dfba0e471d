//! A figure that was observed, and how far an answer of the model lies from it.
//!
//! With `z` the figure, `m` the answer and `V` what is not known of it (emulator and Monte Carlo), the implausibility is
//!
//! ```text
//! I = |m - z| / sqrt(V + V_observation + V_discrepancy)
//! ```
//!
//! `V_observation` has two sides, since published bands do: a normal distribution whose standard deviation is another below the
//! figure than above (Fechner 1897). `V_discrepancy` is how far a model that is right in everything else may miss it.

use super::Answer;
use crate::stats::quantile;

/// A figure, and how well it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Its name.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Standard deviation of the observation where the truth is less than the figure.
    pub below: f64,
    /// The same where it is more.
    pub above: f64,
    /// Standard deviation of what the model leaves out.
    pub discrepancy: f64,
}

impl Observed {
    /// A figure with the same standard deviation on both sides and no discrepancy.
    pub fn new(name: &str, value: f64, sd: f64) -> Self {
        Self { name: name.into(), value, below: sd, above: sd, discrepancy: 0.0 }
    }

    /// Standard deviations that an answer may lie off, below and above, when `variance` of it is not known.
    fn spreads(&self, variance: f64) -> (f64, f64) {
        let spread = |side: f64| (side * side + self.discrepancy * self.discrepancy + variance.max(0.0)).sqrt();
        (spread(self.below), spread(self.above))
    }

    /// How many standard deviations the answer lies off, with its sign; NaN of an undefined one.
    pub fn deviation(&self, answer: Answer) -> f64 {
        let (below, above) = self.spreads(answer.variance);
        (answer.mean - self.value) / if answer.mean < self.value { below } else { above }
    }

    /// How implausible the answer is.
    pub fn implausibility(&self, answer: Answer) -> f64 {
        self.deviation(answer).abs()
    }

    /// Logarithm of the likelihood of the answer, up to a constant.
    pub fn log_likelihood(&self, answer: Answer) -> f64 {
        let (below, above) = self.spreads(answer.variance);
        let deviation = self.deviation(answer);
        -libm::log(below + above) - deviation * deviation / 2.0
    }

    /// The answers, those far from all others drawn in: how far off a ratio of next to nothing is says nothing, and would bend
    /// whatever is fitted. The limits are three interquartile ranges beyond the quartiles, and leave the figure well inside.
    pub fn tamed(&self, answers: &[f64]) -> Vec<f64> {
        const FAR: f64 = 12.0;
        let (below, above) = self.spreads(0.0);
        let (first, third) = (quantile(answers, 0.25), quantile(answers, 0.75));
        let reach = 3.0 * (third - first);
        let (low, high) = (first - reach, third + reach);
        let (low, high) = (low.min(self.value - FAR * below), high.max(self.value + FAR * above));
        answers.iter().map(|answer| if answer.is_nan() { *answer } else { answer.clamp(low, high) }).collect()
    }
}

/// The second largest of `implausibilities` (one alone is the largest): one bad emulator must not rule a point out.
pub fn second_worst(implausibilities: impl Iterator<Item = f64>) -> f64 {
    let (mut worst, mut second, mut count) = (0.0, 0.0, 0);
    for value in implausibilities {
        count += 1;
        if value > worst {
            (worst, second) = (value, worst);
        } else if value > second {
            second = value;
        }
    }
    if count == 1 { worst } else { second }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_has_its_own_spread_and_variances_add_up() {
        let figure = Observed { name: "x".into(), value: 10.0, below: 3.0, above: 6.0, discrepancy: 4.0 };
        let answer = |mean, variance| Answer { mean, variance };
        assert_eq!(figure.implausibility(answer(0.0, 0.0)), 2.0);
        assert_eq!(figure.deviation(answer(22.0, 144.0 - 52.0)), 1.0);
        assert!(figure.implausibility(answer(f64::NAN, 0.0)).is_nan());
        // The density is continuous at the figure and falls off to both sides.
        let log = |mean| figure.log_likelihood(answer(mean, 0.0));
        assert!((log(10.0 - 1e-9) - log(10.0 + 1e-9)).abs() < 1e-9 && log(5.0) < log(10.0));
        assert!((log(10.0) - log(0.0) - 2.0).abs() < 1e-12);
        let tamed = figure.tamed(&[9.0, 10.0, 11.0, 12.0, 1e9, f64::NAN, -50.0]);
        assert!(tamed[4] < 100.0 && tamed[4] >= 10.0 + 12.0 * 52f64.sqrt() && tamed[5].is_nan(), "{tamed:?}");
        assert_eq!((tamed[0], tamed[6]), (9.0, -50.0));
    }

    #[test]
    fn the_second_worst_is_what_counts() {
        assert_eq!(second_worst([1.0, 5.0, 2.0].into_iter()), 2.0);
        assert_eq!(second_worst([4.0].into_iter()), 4.0);
        assert_eq!(second_worst([4.0, 4.0].into_iter()), 4.0);
    }
}
