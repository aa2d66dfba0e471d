//! Means, intervals and effects of replicates.
//!
//! Everything is computed in the order of its input with `+ - * /` and square roots only, so the same numbers give the
//! same bits on every machine and under any number of threads. NaN stands for "not defined in this replicate": such
//! values are left out and [`Estimate::count`] says how many are left. Intervals are 95 % intervals by Student's t.

use serde::{Deserialize, Serialize};

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate; NaN where nothing is defined.
    pub value: f64,
    /// Lower end of the interval; NaN with fewer than two values.
    pub low: f64,
    /// Upper end of the interval; NaN with fewer than two values.
    pub high: f64,
    /// Standard deviation between replicates; NaN with fewer than two values, or where the estimate is no mean.
    pub sd: f64,
    /// Replicates in which it is defined.
    pub count: u64,
}

impl Estimate {
    /// An estimate of nothing.
    pub const UNDEFINED: Self = Self { value: f64::NAN, low: f64::NAN, high: f64::NAN, sd: f64::NAN, count: 0 };

    /// The same with the interval of `count` independent numbers, where those it was made of are worth no more.
    pub fn as_of(self, count: f64) -> Self {
        if count >= self.count as f64 {
            return self;
        }
        let wider = (self.count as f64 / count).sqrt();
        let (below, above) = (self.value - self.low, self.high - self.value);
        Self { low: self.value - wider * below, high: self.value + wider * above, ..self }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// The same, its interval no wider than the scale of what is estimated: of few runs an interval by Student's t reaches
    /// beyond what can be.
    pub fn within(self, (least, most): (f64, f64)) -> Self {
        // An end that is NaN stays so: `clamp` keeps it.
        Self { low: self.low.clamp(least, most), high: self.high.clamp(least, most), ..self }
    }

    /// Whether the interval leaves `value` out: the estimate differs from it by more than luck.
    pub fn excludes(&self, value: f64) -> bool {
        self.low > value || self.high < value
    }
}

/// Count, mean and sum of squared deviations, one value at a time (Welford 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Values seen, NaN not counted.
    pub count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in `value`, unless it is NaN or infinite.
    pub fn push(&mut self, value: f64) {
        if value.is_finite() {
            self.count += 1;
            let from_old = value - self.mean;
            self.mean += from_old / self.count as f64;
            self.squares += from_old * (value - self.mean);
        }
    }

    /// Mean; NaN of no values.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// Standard deviation (of a sample: divided by n - 1); NaN of fewer than two values.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { f64::NAN } else { (self.squares / (self.count - 1) as f64).sqrt() }
    }

    /// Standard error of the mean; NaN of fewer than two values.
    pub fn standard_error(&self) -> f64 {
        self.sd() / (self.count as f64).sqrt()
    }

    /// The mean with its interval.
    pub fn estimate(&self) -> Estimate {
        let half = critical(self.count.saturating_sub(1)) * self.standard_error();
        let mean = self.mean();
        Estimate { value: mean, low: mean - half, high: mean + half, sd: self.sd(), count: self.count }
    }
}

/// Moments of `values`.
pub fn moments(values: impl IntoIterator<Item = f64>) -> Moments {
    let mut moments = Moments::default();
    values.into_iter().for_each(|value| moments.push(value));
    moments
}

/// Mean of `values` with its interval.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Estimate {
    moments(values).estimate()
}

/// Mean of `left[i] - right[i]` with its interval: the difference under the same luck.
pub fn paired_difference(left: &[f64], right: &[f64]) -> Estimate {
    mean(left.iter().zip(right).map(|(left, right)| left - right))
}

/// Ratio of the mean of `numerator` to the mean of `denominator`, paired, with its interval by the delta method.
///
/// With `r` the ratio and `e[i] = numerator[i] - r denominator[i]`, the standard error is that of the mean of `e` over
/// the size of the mean denominator. Undefined where the denominator's own interval holds 0: a share of what may be
/// nothing says nothing.
pub fn ratio_of_means(numerator: &[f64], denominator: &[f64]) -> Estimate {
    let defined = |&(over, under): &(f64, f64)| over.is_finite() && under.is_finite();
    let pairs: Vec<(f64, f64)> = numerator.iter().copied().zip(denominator.iter().copied()).filter(defined).collect();
    let under = mean(pairs.iter().map(|pair| pair.1));
    if !under.excludes(0.0) {
        return Estimate { count: pairs.len() as u64, ..Estimate::UNDEFINED };
    }
    let ratio = mean(pairs.iter().map(|pair| pair.0)).value / under.value;
    let residual = moments(pairs.iter().map(|(over, under)| over - ratio * under));
    let half = critical(residual.count - 1) * residual.standard_error() / under.value.abs();
    Estimate { value: ratio, low: ratio - half, high: ratio + half, sd: f64::NAN, count: residual.count }
}

/// A share of `count` independent yes-or-no outcomes with its interval (Wilson 1927), which is no point even where all agree.
pub fn proportion(share: f64, count: u64) -> Estimate {
    let (n, square) = (count as f64, NORMAL * NORMAL);
    let (middle, scale) = (share + square / (2.0 * n), 1.0 + square / n);
    let half = NORMAL * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let (low, high) = ((middle - half) / scale, (middle + half) / scale);
    Estimate { value: share, low: low.max(0.0), high: high.min(1.0), sd: f64::NAN, count }
}

/// Standardised effect (Cohen's d): difference of means over the root of the mean of both variances.
/// NaN where neither varies.
pub fn standardised_effect(left: &[f64], right: &[f64]) -> f64 {
    let (left, right) = (moments(left.iter().copied()), moments(right.iter().copied()));
    let spread = ((left.sd() * left.sd() + right.sd() * right.sd()) / 2.0).sqrt();
    if spread > 0.0 { (left.mean() - right.mean()) / spread } else { f64::NAN }
}

/// Quantile of `values` at `share` from 0 to 1, linear between order statistics (type 7 of Hyndman and Fan 1996).
/// Leaves NaN out; NaN of no values.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let position = share.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
}

/// The quantile at `share` of where `values` come from, with the 95 % interval that needs to know nothing of their
/// distribution: between the order statistics `n q -+ z sqrt(n q (1 - q))` (Conover 1999, 3.2). Its ends are NaN where the
/// values are too few to have one.
pub fn quantile_estimate(values: &[f64], share: f64) -> Estimate {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let half = NORMAL * (n * share * (1.0 - share)).sqrt();
    // Ranks from 1.
    let (below, above) = ((n * share - half).floor(), (n * share + half).ceil() + 1.0);
    let at = |rank: f64| if rank < 1.0 { f64::NAN } else { sorted.get(rank as usize - 1).copied().unwrap_or(f64::NAN) };
    let sd = moments(sorted.iter().copied()).sd();
    Estimate { value: quantile(&sorted, share), low: at(below), high: at(above), sd, count: sorted.len() as u64 }
}

/// Standard normal deviate with 2.5 % above it.
const NORMAL: f64 = 1.959_963_984_540_054;

/// Above this many degrees of freedom the expansion in 1 / degrees is exact to nine digits.
const MANY_DEGREES: u64 = 60;

/// Student's t with 2.5 % above it, for `degrees` degrees of freedom; NaN for none.
///
/// Few degrees: bisection on the closed form of the distribution for whole degrees (Abramowitz and Stegun 26.7.3-4).
/// Many: expansion around the normal deviate (26.7.5).
pub fn critical(degrees: u64) -> f64 {
    match degrees {
        0 => f64::NAN,
        1..=MANY_DEGREES => {
            let (mut low, mut high) = (1.0, 16.0);
            for _ in 0..60 {
                let middle = (low + high) / 2.0;
                if within(middle, degrees) < 0.95 { low = middle } else { high = middle }
            }
            (low + high) / 2.0
        }
        _ => {
            let (z, n) = (NORMAL, degrees as f64);
            let square = z * z;
            let first = z * (square + 1.0) / 4.0;
            let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
            let third = z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
            let fourth =
                z * ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92160.0;
            z + (first + (second + (third + fourth / n) / n) / n) / n
        }
    }
}

/// Probability that Student's t lies between `-t` and `t`.
fn within(t: f64, degrees: u64) -> f64 {
    let n = degrees as f64;
    let (sine, cosine) = (t / (n + t * t).sqrt(), (n / (n + t * t)).sqrt());
    let odd = degrees % 2 == 1;
    let (mut term, mut sum) = (if odd { cosine } else { 1.0 }, 0.0);
    let mut step = if odd { 1.0 } else { 0.0 };
    while step <= n - 2.0 {
        sum += term;
        term *= cosine * cosine * (step + 1.0) / (step + 2.0);
        step += 2.0;
    }
    if odd { (arc_tangent(t / n.sqrt()) + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

/// Angle whose tangent is `x`, by halving the angle four times and then the series: the library's own differs in its
/// last bits between machines.
fn arc_tangent(x: f64) -> f64 {
    let small = (0..4).fold(x, |x, _| x / (1.0 + (1.0 + x * x).sqrt()));
    let square = small * small;
    let series = (0..16).rev().fold(0.0, |sum, power| 1.0 / f64::from(2 * power + 1) - square * sum);
    16.0 * small * series
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(left: f64, right: f64, tolerance: f64) {
        assert!((left - right).abs() <= tolerance, "{left} is not {right}");
    }

    #[test]
    fn student_agrees_with_printed_tables() {
        let table = [
            (1, 12.706_204_736),
            (2, 4.302_652_730),
            (3, 3.182_446_305),
            (4, 2.776_445_105),
            (9, 2.262_157_163),
            (10, 2.228_138_852),
            (29, 2.045_229_642),
            (30, 2.042_272_456),
            (60, 2.000_297_822),
            (61, 1.999_623_585),
            (99, 1.984_216_952),
            (100, 1.983_971_519),
            (1000, 1.962_339_081),
        ];
        table.iter().for_each(|&(degrees, t)| close(critical(degrees), t, 2e-9));
        close(critical(10_000_000), NORMAL, 1e-6);
        assert!(critical(0).is_nan());
    }

    #[test]
    fn a_mean_has_its_known_interval() {
        let known = mean([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0, f64::NAN]);
        assert_eq!((known.value, known.count), (5.0, 8));
        close(known.sd, (32.0f64 / 7.0).sqrt(), 1e-12);
        close(known.half_width(), 2.364_624_252 * (32.0f64 / 7.0 / 8.0).sqrt(), 1e-8);
        assert!(known.excludes(0.0) && !known.excludes(4.0));
    }

    #[test]
    fn one_value_has_no_interval_and_no_value_no_mean() {
        let one = mean([3.0]);
        assert_eq!(one.value, 3.0);
        assert!(one.low.is_nan() && !one.excludes(0.0));
        assert!(mean([]).value.is_nan());
    }

    #[test]
    fn moments_survive_a_large_offset() {
        close(moments([1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]).sd(), 30f64.sqrt(), 1e-9);
    }

    #[test]
    fn a_paired_difference_forgets_what_is_shared() {
        let difference = paired_difference(&[11.0, 22.0, 33.0], &[10.0, 21.0, 32.0]);
        assert_eq!((difference.value, difference.low, difference.high), (1.0, 1.0, 1.0));
    }

    #[test]
    fn a_ratio_of_means_agrees_with_the_delta_method_by_hand() {
        // Means 2 and 4; residuals y - x / 2 are -0.5, 0, 0.5, so their standard error is 0.5 / sqrt(3).
        let share = ratio_of_means(&[1.0, 2.0, 3.0], &[3.0, 4.0, 5.0]);
        close(share.value, 0.5, 1e-15);
        close(share.half_width(), 4.302_652_730 * 0.5 / 3f64.sqrt() / 4.0, 1e-9);
        assert!(ratio_of_means(&[1.0, 1.0], &[-1.0, 1.0]).value.is_nan());
    }

    #[test]
    fn a_proportion_has_wilsons_interval() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        let some = proportion(81.0 / 263.0, 263);
        close(some.low, 0.2553, 5e-5);
        close(some.high, 0.3662, 5e-5);
        let none = proportion(0.0, 20);
        assert_eq!(none.low, 0.0);
        close(none.high, 0.1611, 5e-5);
    }

    #[test]
    fn quantiles_interpolate() {
        let values = [4.0, 1.0, f64::NAN, 3.0, 2.0];
        assert_eq!([0.0, 0.25, 0.5, 1.0].map(|share| quantile(&values, share)), [1.0, 1.75, 2.5, 4.0]);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn an_effect_is_in_standard_deviations() {
        close(standardised_effect(&[3.0, 4.0, 5.0], &[1.0, 2.0, 3.0]), 2.0, 1e-12);
        assert!(standardised_effect(&[1.0, 1.0], &[1.0, 1.0]).is_nan());
    }

    #[test]
    fn the_interval_of_a_median_lies_between_the_ranks_of_the_tables() {
        // By the exact binomial ranks 40 and 61 of 100, and 10 and 21 of 30: here it is a rank wider.
        let ranks = |n: u32| quantile_estimate(&(1..=n).map(f64::from).collect::<Vec<_>>(), 0.5);
        let (hundred, thirty) = (ranks(100), ranks(30));
        assert_eq!((hundred.low, hundred.value, hundred.high), (40.0, 50.5, 61.0));
        assert_eq!((thirty.low, thirty.value, thirty.high), (9.0, 15.5, 22.0));
        let few = quantile_estimate(&[1.0, 2.0, f64::NAN], 0.5);
        assert!(few.low.is_nan() && few.high.is_nan() && few.value == 1.5 && few.count == 2);
    }
}
