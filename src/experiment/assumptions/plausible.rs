//! What is plausible of a number: where the middle four fifths of the draws lie.
use serde::Serialize;

use super::Assumptions;
use crate::{
    phrase::value_of,
    stats::{mean, quantile},
};

/// Share of the draws that lie between the ends.
pub const SHARE_PLAUSIBLE: f64 = 0.8;

/// How a range is named wherever it is shown. It knows luck and parameters, not whether the equations are right.
pub const PLAUSIBLE: &str = "80 % of what is plausible";

/// A number over the draws, luck taken off as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Plausible {
    /// A tenth of the draws lie below.
    pub low: f64,
    /// As many lie below as above.
    pub median: f64,
    /// A tenth of the draws lie above.
    pub high: f64,
    /// Draws in which it is defined; the others are NaN where there are none.
    pub draws: u64,
}

impl Plausible {
    /// Of the value in each draw, NaN where it is not defined.
    pub(super) fn of(values: &[f64]) -> Self {
        let tail = (1.0 - SHARE_PLAUSIBLE) / 2.0;
        let [low, median, high] = [tail, 0.5, 1.0 - tail].map(|share| quantile(values, share));
        Self { low, median, high, draws: mean(values.iter().copied()).count }
    }

    /// `+0.4 to +3.1` of a change in `unit`; empty where no draw has the number.
    pub fn words(&self, unit: &str) -> String {
        let number = |value| value_of(unit, true, value);
        if self.draws == 0 { String::new() } else { format!("{} to {}", number(self.low), number(self.high)) }
    }
}

/// What is plausible of a metric.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Number {
    /// Programme, by place.
    pub programme: usize,
    /// Metric.
    pub metric: String,
    /// What the draws make plausible of it.
    pub plausible: Plausible,
}

impl Assumptions {
    /// What is plausible of `metric` of the programme at a place, where that was looked at and a draw has it.
    pub fn plausible(&self, programme: usize, metric: &str) -> Option<Plausible> {
        let number = self.numbers.iter().find(|number| number.programme == programme && number.metric == metric)?;
        Some(number.plausible).filter(|plausible| plausible.draws > 0)
    }

    /// What the range means, and what it leaves out.
    pub fn meaning(&self) -> String {
        let Self { draws, parameters, source, .. } = self;
        let middle = SHARE_PLAUSIBLE * 100.0;
        if self.in_runs {
            format!(
                "Each run draws all {parameters} parameters anew from {source}: the mean over them lies in the brackets. \
                 {PLAUSIBLE}: the middle {middle:.0} % of {draws} of these runs, their luck taken off."
            )
        } else {
            format!(
                "In brackets is luck alone, with the parameters by default. {PLAUSIBLE}: the middle {middle:.0} % of {draws} \
                 draws of all {parameters} parameters from {source}."
            )
        }
    }
}
