//! Before and after: how far the data narrow what is plausible of the place, and how well they are met.
use super::{
    Fitted, LUCKS, Lived,
    forward::{Range, keeps_half},
    likelihood::{self, GRID},
};
use crate::{
    experiment::{
        beside::{MIDDLE, Plausible, REACHES, plausible_of},
        harm, weights,
    },
    stats::{Estimate, proportion},
};

/// Up to this part of its width before, the data settle a number; from the other on they say little about it.
pub const SETTLED: f64 = 0.5;
/// See [`SETTLED`].
pub const LITTLE: f64 = 0.8;

/// Futures that a band is taken from.
const IN_A_BAND: usize = 400;

/// One number before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Path, or what it is.
    pub what: String,
    /// Its name in a sentence.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// Before the data.
    pub before: Range,
    /// After.
    pub after: Range,
    /// Spread after over spread before.
    pub ratio: f64,
}

impl Fitted {
    /// What the data say about each free value, and about gains.
    pub fn learned(&self) -> Vec<Learned> {
        let prior: Vec<f64> =
            (0..self.candidates.len()).map(|place| f64::from(u8::from(place < self.from_prior))).collect();
        let mut found: Vec<Learned> = self
            .free
            .iter()
            .enumerate()
            .map(|(place, free)| {
                let values: Vec<f64> =
                    self.candidates.iter().map(|candidate| free.at(candidate.places[place])).collect();
                let unit = match free.slot.declared {
                    crate::scenario::Declared::Quantity(quantity) => quantity.unit,
                    _ => "share",
                };
                learned(&free.slot.path, &free.name(), unit, &values, &prior, &self.weights)
            })
            .collect();
        let prior: Vec<f64> = self.lived.iter().map(|run| self.is_prior(run)).collect();
        let gains: [(&str, &str, fn(&Lived) -> f64); 2] = [
            ("net_gain_at_end", "the gain at the end", |run| run.at_end),
            ("net_gain_24_months_after", "the gain 24 months after", |run| run.later),
        ];
        found.extend(gains.map(|(what, name, of)| {
            learned(what, name, "share", &self.lived.iter().map(of).collect::<Vec<_>>(), &prior, &self.run_weights)
        }));
        found
    }

    fn is_prior(&self, run: &Lived) -> f64 {
        f64::from(u8::from(run.candidate < self.from_prior))
    }

    /// How plausible it was before the data that half is kept.
    pub fn kept_before(&self) -> Estimate {
        let there: Vec<&Lived> = self.lived.iter().filter(|run| run.candidate < self.from_prior).collect();
        let kept = there.iter().filter(|run| keeps_half(run.at_end, run.later)).count();
        proportion(kept as f64 / there.len().max(1) as f64, (there.len() as u64 / LUCKS).max(1))
    }

    /// Fills in how the fitted runs meet the data: the band, with chance in counting and nothing else, and what scatters beyond.
    pub(super) fn read_data(&mut self) {
        let places = super::as_often(&self.run_weights, IN_A_BAND);
        let runs: Vec<&Lived> = places.iter().filter_map(|place| self.lived.get(*place)).collect();
        let counted = self.is_counted();
        let of_entry = |entry: usize| if self.harm { harm::extra(entry) } else { likelihood::scatter(counted, entry) };
        let mean = |run: &Lived| {
            let weights = weights::from_logs(&run.logs);
            (0..GRID).map(|entry| weights[entry] * of_entry(entry)).sum::<f64>()
        };
        self.scatter = self.lived.iter().zip(&self.run_weights).map(|(run, weight)| weight * mean(run)).sum();
        if self.harm {
            self.band = self.band_of_events(&runs);
            return;
        }
        self.band = self
            .times
            .iter()
            .enumerate()
            .map(|(at, time)| {
                let shares: Vec<f64> =
                    runs.iter().map(|run| run.reported[at]).filter(|share| share.is_finite()).collect();
                if likelihood::says(time) {
                    plausible_of(&shares, time.of)
                } else {
                    Plausible { low: f64::NAN, middle: f64::NAN, high: f64::NAN }
                }
            })
            .collect();
    }

    /// What the fitted runs make plausible of the rate at each time, with chance in counting and what scatters beyond.
    fn band_of_events(&self, runs: &[&Lived]) -> Vec<Plausible> {
        let none = || vec![(f64::NAN, f64::NAN); self.times.len()];
        let of_run = |run: &&Lived| {
            let harm = run.harm.as_ref();
            harm.map_or_else(none, |(done, prevented)| harm::expected(&self.times, done, *prevented, self.scatter))
        };
        let expected: Vec<Vec<(f64, f64)>> = runs.iter().map(of_run).collect();
        let at = |(place, time): (usize, &super::Time)| {
            let parts: Vec<(f64, f64)> = expected.iter().map(|run| run[place]).collect();
            let Plausible { low, middle, high } = harm::plausible_counts(&parts);
            Plausible { low: low / time.of, middle: middle / time.of, high: high / time.of }
        };
        self.times.iter().enumerate().map(at).collect()
    }

    /// Whether anything was counted, or shares are given alone.
    pub fn is_counted(&self) -> bool {
        self.times.iter().any(|time| time.of.is_finite())
    }

    /// Points that lie in the scenario and say something: by place, and whether they lie above (1), below (-1) or in the band.
    pub fn sides(&self) -> Vec<(usize, i8)> {
        let places = self.times.iter().zip(&self.band).enumerate();
        places
            .filter(|(_, (time, band))| likelihood::says(time) && band.low.is_finite())
            .map(|(place, (time, band))| {
                // Shares without a count scatter too: the band of the course alone would leave most of them out.
                let beyond = if time.of.is_finite() { 1e-9 } else { REACHES * self.scatter };
                let (above, below) = (time.found > band.high + beyond, time.found < band.low - beyond);
                (place, i8::from(above) - i8::from(below))
            })
            .collect()
    }

    /// Whether more points lie outside than chance would leave there: by two standard deviations of a binomial.
    pub fn fits_badly(&self) -> bool {
        let sides = self.sides();
        let (all, outside) = (sides.len() as f64, sides.iter().filter(|(_, side)| *side != 0).count() as f64);
        outside > all * (1.0 - MIDDLE) + 2.0 * (all * MIDDLE * (1.0 - MIDDLE)).sqrt()
    }
}

fn learned(what: &str, name: &str, unit: &'static str, values: &[f64], before: &[f64], after: &[f64]) -> Learned {
    let spread = |weights: &[f64]| weights::mean_and_sd(values, weights).1;
    Learned {
        what: what.into(),
        name: name.into(),
        unit,
        before: Range::of(values, before),
        after: Range::of(values, after),
        ratio: spread(after) / spread(before),
    }
}
