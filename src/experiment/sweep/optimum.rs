//! Where a response is highest, how sure that place is, and whether it lies inside the range.
//!
//! Replicates are drawn again with replacement, the same ones for all points, and the highest point is looked up each time:
//! the middle 95 % of these places are its interval (percentile bootstrap, Efron 1979). To look for the highest point and
//! to test it on the same runs would flatter it. So it is chosen by the even replicates and held against other points in
//! the odd ones.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::stats::{self, Estimate};

/// Times that replicates are drawn again.
const RESAMPLES: usize = 1000;

/// Where along one path the highest point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Inside: both ends of the range are clearly lower.
    Inside,
    /// At the lower end: the upper one is clearly lower.
    LowEnd,
    /// At the upper end: the lower one is clearly lower.
    HighEnd,
    /// The runs do not tell.
    Unclear,
}

/// The highest point along one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Along {
    /// Bootstrap interval of its place, lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Height of the point chosen by even runs above the lower end of the range, in odd runs; undefined where it is that end.
    pub above_low_end: Estimate,
    /// The same above the upper end.
    pub above_high_end: Estimate,
    /// The same heights in all runs, of the point that is highest in all of them: what a table of all runs gives.
    pub of_all: (Estimate, Estimate),
    /// What follows.
    pub side: Side,
}

/// The highest of some points.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum {
    /// Which point is highest in all runs.
    pub best: usize,
    /// How far the point chosen by even runs lies above the present state, in odd runs.
    pub above_present: Estimate,
    /// How far it lies above the lowest point (chosen by even runs too), in odd runs.
    pub above_lowest: Estimate,
    /// One for each path.
    pub along: Vec<Along>,
}

/// The highest of `points` (places in `values` and `samples`), where `values[point]` are the values of the paths and
/// `samples[point]` is a number for each run; none where no point has a mean.
pub fn optimum(
    points: &[usize],
    values: &[Vec<f64>],
    samples: &[Vec<f64>],
    present: &[f64],
    seed: u64,
) -> Option<Optimum> {
    let of = |point: usize| samples.get(point).map_or(&[][..], Vec::as_slice);
    let every = |offset: usize| move |point: usize| half(of(point), offset);
    let highest = |mean: &dyn Fn(usize) -> f64| {
        let defined = points.iter().copied().filter(|&point| mean(point).is_finite());
        // The first of equals: max_by would take the last.
        defined.fold(None, |best: Option<(usize, f64)>, point| match best {
            Some((_, height)) if height >= mean(point) => best,
            _ => Some((point, mean(point))),
        })
    };
    let best = highest(&|point| stats::mean(of(point).iter().copied()).value)?.0;
    let even = |point: usize| stats::mean(every(0)(point)).value;
    let chosen = highest(&even)?.0;
    let lowest = highest(&|point| -even(point))?.0;
    let odd = |point: usize| every(1)(point).collect::<Vec<f64>>();
    let above = |other: usize| stats::paired_difference(&odd(chosen), &odd(other));
    let places = resampled(points, samples, seed);
    let along = |path: usize| {
        let value = |point: usize| values.get(point).and_then(|values| values.get(path)).copied().unwrap_or(f64::NAN);
        // The end of a range among points that agree with `from` in all other paths; none where that is the end itself.
        let end = |from: usize, largest: f64| {
            let line = points.iter().copied().filter(|&point| {
                let (Some(here), Some(there)) = (values.get(point), values.get(from)) else { return false };
                here.iter().zip(there).enumerate().all(|(place, (here, there))| place == path || here == there)
            });
            let further =
                |left: usize, right: usize| if largest * value(right) > largest * value(left) { right } else { left };
            line.reduce(further).filter(|&point| point != from)
        };
        let ends = [-1.0, 1.0].map(|largest| end(chosen, largest));
        let ends_of_all = [-1.0, 1.0].map(|largest| end(best, largest));
        let [above_low_end, above_high_end] = ends.map(|end| end.map_or(Estimate::UNDEFINED, above));
        let all =
            |end: Option<usize>| end.map_or(Estimate::UNDEFINED, |end| stats::paired_difference(of(best), of(end)));
        let clearly = |estimate: &Estimate| estimate.low > 0.0;
        // Where all runs and half of them choose another kind of place, neither is sure.
        let same = ends.map(|end| end.is_some()) == ends_of_all.map(|end| end.is_some());
        let side = match (ends[0].is_some() && same, ends[1].is_some() && same) {
            (true, true) if clearly(&above_low_end) && clearly(&above_high_end) => Side::Inside,
            (false, true) if clearly(&above_high_end) => Side::LowEnd,
            (true, false) if clearly(&above_low_end) => Side::HighEnd,
            _ => Side::Unclear,
        };
        let drawn: Vec<f64> = places.iter().map(|&point| value(point)).collect();
        let [low, high] = [0.025, 0.975].map(|share| stats::quantile(&drawn, share));
        let of_all = (all(ends_of_all[0]), all(ends_of_all[1]));
        Along { low, high, above_low_end, above_high_end, of_all, side }
    };
    let paths = values.get(best).map_or(0, Vec::len);
    Some(Optimum {
        best,
        above_present: stats::paired_difference(&odd(chosen), &half(present, 1).collect::<Vec<f64>>()),
        above_lowest: above(lowest),
        along: (0..paths).map(along).collect(),
    })
}

/// Every second number, from `offset` on.
fn half(numbers: &[f64], offset: usize) -> impl Iterator<Item = f64> {
    numbers.iter().copied().skip(offset).step_by(2)
}

/// The highest point each time that replicates are drawn again.
fn resampled(points: &[usize], samples: &[Vec<f64>], seed: u64) -> Vec<usize> {
    let runs = samples.iter().map(Vec::len).max().unwrap_or(0);
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut places = Vec::with_capacity(RESAMPLES);
    let mut times = vec![0.0; runs];
    for _ in 0..RESAMPLES {
        times.fill(0.0);
        for _ in 0..runs {
            if let Some(times) = times.get_mut(luck.random_range(0..runs)) {
                *times += 1.0;
            }
        }
        let mean = |point: usize| {
            let values = samples.get(point).into_iter().flatten().zip(&times).filter(|(value, _)| value.is_finite());
            let (sum, count) =
                values.fold((0.0, 0.0), |(sum, count), (value, times)| (sum + value * times, count + times));
            sum / count
        };
        let best = points.iter().fold(None, |best: Option<(usize, f64)>, &point| {
            let height = mean(point);
            if height.is_finite() && best.is_none_or(|(_, highest)| height > highest) {
                Some((point, height))
            } else {
                best
            }
        });
        places.extend(best.map(|(point, _)| point));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fake::noise;

    /// Heights of 9 points at 0, 1/8, ... 1, with luck that all share and luck of their own.
    fn find(height: impl Fn(f64) -> f64, spread: f64) -> (Optimum, Vec<Vec<f64>>) {
        let values: Vec<Vec<f64>> = (0..9).map(|level| vec![f64::from(level) / 8.0]).collect();
        let own = |point: u64, run: u64| noise(run * 9 + point) - 0.5;
        let sample = |point: usize| {
            let run = |run| height(values[point][0]) + noise(1_000_000 + run) + spread * own(point as u64, run);
            (0..400).map(run).collect::<Vec<f64>>()
        };
        let samples: Vec<Vec<f64>> = (0..9).map(sample).collect();
        let present = samples[0].clone();
        (optimum(&(0..9).collect::<Vec<_>>(), &values, &samples, &present, 1).unwrap(), values)
    }

    #[test]
    fn a_known_optimum_is_found_inside() {
        let (found, values) = find(|x| 0.3 - (x - 0.375) * (x - 0.375), 0.1);
        assert_eq!(values[found.best], [0.375]);
        let along = found.along[0];
        assert_eq!(along.side, Side::Inside);
        assert!(along.low <= 0.375 && along.high >= 0.375 && along.high - along.low <= 0.26, "{along:?}");
        // By the formula 0.375^2 above the lower end and 0.625^2 above the upper.
        assert!((along.above_low_end.value - 0.140_625).abs() < 0.03, "{along:?}");
        assert!((along.above_high_end.value - 0.390_625).abs() < 0.03, "{along:?}");
        assert_eq!(found.above_present, along.above_low_end);
    }

    #[test]
    fn an_optimum_at_an_end_is_no_interior_one() {
        assert_eq!(find(|x| x, 0.1).0.along[0].side, Side::HighEnd);
        assert_eq!(find(|x| -x, 0.1).0.along[0].side, Side::LowEnd);
    }

    #[test]
    fn a_flat_response_is_unclear() {
        let (found, _) = find(|_| 0.2, 0.5);
        assert_eq!(found.along[0].side, Side::Unclear);
        assert!(!found.above_lowest.excludes(0.0), "{found:?}");
        assert!(found.along[0].high - found.along[0].low > 0.4, "{found:?}");
    }

    #[test]
    fn no_numbers_have_no_optimum() {
        assert_eq!(optimum(&[0], &[vec![0.0]], &[vec![f64::NAN; 4]], &[0.0; 4], 1), None);
    }
}
