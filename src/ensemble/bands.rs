//! Weekly bands: for each series and week the mean over runs and the spread between them, in memory that does not grow
//! with the number of runs.
//!
//! Means are sums in replicate order. Quantiles are read off integer counts in bins of fixed width, so they are the
//! same whatever the order: exact to half a bin, 0.001 for shares. Each cell keeps only the bins between the smallest
//! and the largest value seen.

#[cfg(feature = "cli")]
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    model::{Pair, Series},
    stats::{Estimate, Moments},
};

/// Width of a bin for shares.
pub const RESOLUTION: f64 = 0.002;

/// Shares of the runs at which quantiles are read.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// Bins to either side of zero; what lies beyond is counted in the last one.
const FURTHEST: f64 = 1000.0;

/// Which world a band is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Programmes on.
    With,
    /// Programmes off.
    Without,
    /// On minus off, run by run.
    Net,
}

impl View {
    /// All of them, in the order in which they are stored.
    pub const ALL: [Self; 3] = [Self::With, Self::Without, Self::Net];
}

/// One week of one series over all runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Mean over runs with its interval.
    pub mean: Estimate,
    /// Quantiles between runs, at [`QUANTILES`]; NaN of no runs.
    pub quantiles: [f64; 5],
}

/// All bands of an ensemble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    programmes: usize,
    weeks: usize,
    /// Bins in a unit of counted series: fewer than one where whole hospitals leave.
    bins_a_count: f64,
    /// `[((programme * series + series) * views + view) * weeks + week]`
    cells: Vec<Spread>,
}

impl Bands {
    /// Empty bands. `posts`, a count, is the largest number that a counted series may come near in bad times.
    pub fn new(programmes: usize, weeks: usize, posts: f64) -> Self {
        // Bins for a fifth of all posts at once; one for each head where that is few enough.
        let bins_a_count = (FURTHEST * 5.0 / posts.max(1.0)).min(1.0);
        let cells = programmes * Series::ALL.len() * View::ALL.len() * weeks;
        Self { programmes, weeks, bins_a_count, cells: vec![Spread::default(); cells] }
    }

    /// Weeks simulated.
    pub fn weeks(&self) -> usize {
        self.weeks
    }

    /// Whether there is a cell for every week of every series.
    pub(super) fn is_whole(&self) -> bool {
        self.cells.len() == self.programmes * Series::ALL.len() * View::ALL.len() * self.weeks
    }

    /// One week of one series; of no runs where there is no such week or programme.
    pub fn band(&self, programme: usize, series: Series, view: View, week: usize) -> Band {
        let place =
            ((programme * Series::ALL.len() + series as usize) * View::ALL.len() + view as usize) * self.weeks + week;
        let bins = self.bins_a_unit(series);
        match self.cells.get(place).filter(|_| week < self.weeks) {
            Some(spread) => Band {
                mean: spread.moments.estimate(),
                quantiles: QUANTILES.map(|share| spread.quantile(share).map_or(f64::NAN, |bin| f64::from(bin) / bins)),
            },
            None => Band { mean: Estimate::UNDEFINED, quantiles: [f64::NAN; 5] },
        }
    }

    /// Mean of one week of one series, without the work for the rest of its [`Band`].
    pub fn mean(&self, programme: usize, series: Series, view: View, week: usize) -> f64 {
        let place =
            ((programme * Series::ALL.len() + series as usize) * View::ALL.len() + view as usize) * self.weeks + week;
        self.cells.get(place).filter(|_| week < self.weeks).map_or(f64::NAN, |spread| spread.moments.mean())
    }

    fn bins_a_unit(&self, series: Series) -> f64 {
        // 1 / 0.002 as a whole number, so that bins read as the decimals a person would write.
        if series.unit() == "count" { self.bins_a_count } else { (1.0 / RESOLUTION).round() }
    }

    /// Takes in `pairs` in order.
    pub(super) fn fold(&mut self, pairs: &[&Pair]) {
        self.take_in(pairs.len(), |run, programme, series, world| of_pair(pairs[run], programme, series, world));
    }

    /// Takes in runs of which each has [`Self::numbers_a_run`] `numbers`, as [`append`] leaves them, in order.
    pub(super) fn fold_weekly(&mut self, numbers: &[f32]) {
        let (programmes, weeks) = (self.programmes, self.weeks);
        let runs = numbers.len() / self.numbers_a_run().max(1);
        self.take_in(runs, |run, programme, series, world| {
            let row = ((run * programmes + programme) * WORLDS + world) * Series::ALL.len() + series;
            numbers.get(row * weeks..(row + 1) * weeks).unwrap_or_default()
        });
    }

    /// Numbers that the weeks of one run are, before they are pooled.
    pub(super) fn numbers_a_run(&self) -> usize {
        self.programmes * numbers_of(self.weeks)
    }

    /// Takes in `runs` in order, of which `weeks_of` gives the weeks by number of run, programme, series and world. Cells do
    /// not know each other, so they may be filled side by side.
    fn take_in<'n>(&mut self, runs: usize, weeks_of: impl Fn(usize, usize, usize, usize) -> &'n [f32] + Sync) {
        let (weeks, bins): (usize, Vec<f64>) =
            (self.weeks.max(1), Series::ALL.iter().map(|series| self.bins_a_unit(*series)).collect());
        let fill = |(row, cells): (usize, &mut [Spread])| {
            let (view, series) = (View::ALL[row % View::ALL.len()], row / View::ALL.len() % Series::ALL.len());
            let programme = row / View::ALL.len() / Series::ALL.len();
            for run in 0..runs {
                let [with, without] = [0, 1].map(|world| weeks_of(run, programme, series, world));
                for (week, cell) in cells.iter_mut().enumerate() {
                    let of = |series: &[f32]| series.get(week).map_or(f64::NAN, |&value| f64::from(value));
                    let value = match view {
                        View::With => of(with),
                        View::Without => of(without),
                        View::Net => of(with) - of(without),
                    };
                    cell.push(value, bins[series]);
                }
            }
        };
        #[cfg(feature = "cli")]
        self.cells.par_chunks_mut(weeks).enumerate().for_each(fill);
        #[cfg(not(feature = "cli"))]
        self.cells.chunks_mut(weeks).enumerate().for_each(fill);
    }
}

/// With and without programmes.
const WORLDS: usize = 2;

/// Numbers that the weeks of one programme are in one run.
pub(super) fn numbers_of(weeks: usize) -> usize {
    WORLDS * Series::ALL.len() * weeks
}

/// One series of one programme in one world of `pair`; nothing where there is none.
fn of_pair(pair: &Pair, programme: usize, series: usize, world: usize) -> &[f32] {
    let histories = if world == 0 { &pair.with } else { &pair.without };
    histories.get(programme).and_then(|history| history.series.get(series)).map_or(&[][..], |series| series)
}

/// The series that somebody's own figures are about, with the world they are taken from: 0 with the programmes, 1 without.
pub const CHARTED: [(usize, Series); 5] = [
    (0, Series::Practice),
    (1, Series::Practice),
    (0, Series::Reported),
    (0, Series::Motivation),
    (0, Series::Leavers),
];

/// Appends the weeks of `pair`, `numbers` in all, to `weekly`: by programme, world, series and week, or of [`CHARTED`] alone
/// where there is no room for more.
pub(super) fn append(pair: &Pair, numbers: usize, weekly: &mut Vec<f32>) {
    let (programmes, end) = (pair.with.len().max(1), weekly.len() + numbers);
    let lived = of_pair(pair, 0, 0, 0).len();
    if numbers == programmes * CHARTED.len() * lived {
        for programme in 0..programmes {
            CHARTED.iter().for_each(|(world, series)| {
                weekly.extend_from_slice(of_pair(pair, programme, *series as usize, *world));
            });
        }
        weekly.resize(end, f32::NAN);
        return;
    }
    let weeks = numbers / (programmes * numbers_of(1));
    for row in 0..programmes * WORLDS * Series::ALL.len() {
        let (world, series) = (row / Series::ALL.len() % WORLDS, row % Series::ALL.len());
        let of_row = of_pair(pair, row / Series::ALL.len() / WORLDS, series, world);
        weekly.extend((0..weeks).map(|week| of_row.get(week).copied().unwrap_or(f32::NAN)));
    }
    weekly.resize(end, f32::NAN);
}

/// Moments and bins of one week of one series in one view.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Spread {
    moments: Moments,
    /// Bin of the first count; bin `b` holds values nearest to `b` bin widths.
    first: i32,
    counts: Vec<u32>,
}

impl Spread {
    fn push(&mut self, value: f64, bins_a_unit: f64) {
        if !value.is_finite() {
            return;
        }
        self.moments.push(value);
        let bin = (value * bins_a_unit).round().clamp(-FURTHEST, FURTHEST) as i32;
        if self.counts.is_empty() {
            self.first = bin;
        }
        if bin < self.first {
            let missing = (self.first - bin) as usize;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = bin;
        }
        let place = (bin - self.first) as usize;
        if place >= self.counts.len() {
            self.counts.reserve_exact(place + 1 - self.counts.len());
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] += 1;
    }

    /// Bin of the smallest value that at least `share` of all do not exceed.
    fn quantile(&self, share: f64) -> Option<i32> {
        let wanted = (share * self.moments.count as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let found = self.counts.iter().position(|&count| {
            seen += u64::from(count);
            seen >= wanted
        });
        found.map(|place| self.first + place as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_exact_to_half_a_bin() {
        let mut spread = Spread::default();
        (0..1001).rev().for_each(|step| spread.push(f64::from(step) / 1000.0, 500.0));
        for share in QUANTILES {
            let quantile = f64::from(spread.quantile(share).unwrap()) / 500.0;
            assert!((quantile - share).abs() <= RESOLUTION / 2.0 + 1e-9, "{share}: {quantile}");
        }
    }

    #[test]
    fn no_difference_is_no_difference() {
        let mut spread = Spread::default();
        (0..9).for_each(|_| spread.push(0.0, 500.0));
        assert_eq!(QUANTILES.map(|share| spread.quantile(share)), [Some(0); 5]);
        assert_eq!(Spread::default().quantile(0.5), None);
    }

    #[test]
    fn memory_of_a_cell_is_bounded_whatever_it_sees() {
        let mut spread = Spread::default();
        for value in [f64::NAN, -1e30, 1e30, 0.5, f64::INFINITY] {
            (0..1000).for_each(|_| spread.push(value, 500.0));
        }
        assert_eq!(spread.counts.len(), 2001);
        assert!(spread.counts.capacity() * 4 + size_of::<Spread>() < 8192);
        assert_eq!(spread.moments.count, 3000);
    }
}
