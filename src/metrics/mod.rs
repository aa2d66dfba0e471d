//! Metrics: what is looked at in one replicate, always against the same people and the same luck without programmes.
//!
//! ```text
//! net(t) = practice with(t) - practice without(t)            [share of the units reached]
//! end    = first week without support,  live = first week of support
//! ```
//!
//! A metric is one row of a registry ([`REGISTRY`], in families by file) and, where a mean over a [`Window`] does not do,
//! one function. Columns of files, their meaning in `columns.csv`, `dewpoint metrics` and the summary all read the rows.
//! A metric that a replicate cannot answer (the horizon lies beyond the simulated weeks, nobody was reached) is NaN.
//!
//! What can be read of one person, week by week, is declared beside it, in [`person`].
pub mod control;
mod gain;
pub mod incidents;
mod people;
pub mod person;
mod registry;
mod staff;
mod units;
mod window;

pub use registry::REGISTRY;
pub use units::{UNIT_MEASURES, UnitMeasure};
pub use window::{Window, cut_windows, reaches_nobody};

use crate::{
    model::{History, Pair, Series},
    programme::Clock,
    scenario::Scenario,
    table::{Cell, PART, SHARE, SHARE_OF_WEEK, SHARE_PER_HOURS, Table, said_unit},
    world::{Incidents, profession::column_name},
};

/// Weeks in a year.
pub const WEEKS_A_YEAR: f64 = 52.0;

/// Smallest net gain at end that counts as one when a share of it is asked for.
pub const SMALLEST_GAIN: f64 = 0.005;

/// One replicate, seen from one programme.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    /// The programme's history, programmes on.
    pub with: &'a History,
    /// The same with every programme off.
    pub without: &'a History,
    /// The programme's clock.
    pub clock: &'a Clock,
    /// Frontline posts in all organisations.
    pub frontline_posts: f64,
    /// Hours of staff time that the programme takes until support ends, by the price book, in all organisations.
    pub staff_hours: f64,
    /// What practice means for patients of a ward.
    pub incidents: &'a Incidents,
}

impl<'a> Observation<'a> {
    /// What `programme` (its place in the scenario) did in `pair`; `None` if the pair has no such programme.
    pub fn new(scenario: &'a Scenario, pair: &'a Pair, programme: usize) -> Option<Self> {
        Some(Self {
            with: pair.with.get(programme)?,
            without: pair.without.get(programme)?,
            clock: &scenario.programmes.get(programme)?.clock,
            frontline_posts: frontline_posts(scenario),
            staff_hours: scenario.cost(programme).until_end().hours,
            incidents: &scenario.incidents,
        })
    }

    /// Weeks simulated.
    pub fn weeks(&self) -> usize {
        self.with.of(Series::Practice).len()
    }

    /// Mean of `value` over the weeks of `window`, weeks in which it is NaN left out.
    fn average(&self, window: Window, value: impl Fn(usize) -> f64) -> f64 {
        let Some(weeks) = window.weeks(self.clock, self.weeks()) else { return f64::NAN };
        average(weeks.map(value))
    }

    /// Mean of a series over a window, programmes on.
    pub fn with(&self, series: Series, window: Window) -> f64 {
        self.average(window, |week| at(self.with.of(series), week))
    }

    /// Mean of a series over a window, programmes off.
    pub fn without(&self, series: Series, window: Window) -> f64 {
        self.average(window, |week| at(self.without.of(series), week))
    }

    /// Mean paired difference of a series over a window.
    pub fn difference(&self, series: Series, window: Window) -> f64 {
        self.average(window, |week| at(self.with.of(series), week) - at(self.without.of(series), week))
    }
}

/// Frontline posts of `scenario`: every post but the unit leader's.
pub fn frontline_posts(scenario: &Scenario) -> f64 {
    unit_count(scenario) as f64 * (f64::from(scenario.setting.staff) - 1.0)
}

/// Units of `scenario`, in all organisations.
pub fn unit_count(scenario: &Scenario) -> usize {
    scenario.setting.organisations as usize * scenario.setting.units as usize
}

/// How a metric is computed in one replicate.
#[derive(Clone, Copy, Debug)]
pub enum Computation {
    /// Mean of a series, programmes on.
    With(Series, Window),
    /// Mean of a series, programmes off.
    Without(Series, Window),
    /// Mean paired difference of a series.
    Difference(Series, Window),
    /// Anything else.
    Function(fn(&Observation) -> f64),
    /// One column for each profession on the front line, by its place in the scenario.
    EachProfession(fn(&Observation, usize) -> f64),
}

/// How the replicates of a metric become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// Their mean.
    Mean,
    /// Ratio of the means of two other metrics, which a mean of noisy ratios is not.
    RatioOf(&'static str, &'static str),
}

/// One declared metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Column name; for [`Computation::EachProfession`] with `{profession}` in it.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// What it is, in a sentence; may hold `{profession}` as well.
    pub doc: &'static str,
    /// How to compute it in one replicate.
    pub computation: Computation,
    /// How to pool replicates.
    pub pooling: Pooling,
    /// Whether it is below 0 as easily as above, as differences are.
    pub signed: bool,
}

impl Metric {
    /// The least and the most that it can be; infinite where there is no bound.
    pub fn scale(&self) -> (f64, f64) {
        let low = if self.signed { -1.0 } else { 0.0 };
        match (self.unit, self.pooling) {
            // A share kept of a gain may be more than all of it, or less than none.
            ("share", Pooling::RatioOf(..)) => BOUNDLESS,
            (SHARE | SHARE_OF_WEEK | "0 or 1" | "Gini coefficient", _) => (low, 1.0),
            (SHARE_PER_HOURS, _) => BOUNDLESS,
            _ if self.signed => BOUNDLESS,
            _ => (0.0, f64::INFINITY),
        }
    }

    /// The window it is taken over, where that is so long after something; a function's by its name.
    pub fn window(&self) -> Option<Window> {
        match self.computation {
            Computation::With(_, window) | Computation::Without(_, window) | Computation::Difference(_, window) => {
                Some(window)
            }
            _ => Window::in_name(self.name),
        }
    }
}

/// The scale of what has no ends.
pub const BOUNDLESS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The least and the most that a difference of two values of the metric called `name` can be.
pub fn scale_of_difference(name: &str) -> (f64, f64) {
    let (low, high) = scale_of(name);
    (low - high, high - low)
}

/// The least and the most that the metric called `name` can be; infinite where there is no bound or no such metric.
/// Columns of single professions are found by the beginning of their names.
pub fn scale_of(name: &str) -> (f64, f64) {
    declared(name).map_or(BOUNDLESS, Metric::scale)
}

/// The declaration of the metric called `name`.
pub fn declared(name: &str) -> Option<&'static Metric> {
    REGISTRY.iter().find(|metric| match metric.name.split_once("{profession}") {
        Some((before, after)) => {
            name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).is_some_and(|name| !name.is_empty())
        }
        None => metric.name == name,
    })
}

/// Unit of the metric called `name`, by the registry, as results say it. Changes, gains
/// and what lies between two levels ([`SHARE`], said in points), levels and fractions parts ([`PART`], said in percent).
pub fn unit(name: &str) -> &'static str {
    let words = ["gain", "difference", "bias", "minus", "benefit", "spread", "gap"];
    let is_change = words.iter().any(|word| name.contains(word));
    match declared(name).map_or(SHARE, |metric| metric.unit) {
        SHARE if is_change => SHARE,
        SHARE => PART,
        unit => unit,
    }
}

/// A column of outcomes: a [`Metric`], with the profession where there is one for each.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Column name.
    pub name: String,
    /// What it is, in a sentence.
    pub doc: String,
    /// The declaration.
    pub metric: &'static Metric,
    profession: usize,
}

impl Outcome {
    /// Its value in one replicate, NaN where undefined.
    pub fn of(&self, observation: &Observation) -> f64 {
        let value = match self.metric.computation {
            Computation::With(series, window) => observation.with(series, window),
            Computation::Without(series, window) => observation.without(series, window),
            Computation::Difference(series, window) => observation.difference(series, window),
            Computation::Function(function) => function(observation),
            Computation::EachProfession(function) => function(observation, self.profession),
        };
        // A ratio to nothing is no number.
        if value.is_finite() { value } else { f64::NAN }
    }
}

/// The columns of outcomes of `scenario`, in the order of the registry: the same for each of its programmes.
pub fn outcomes(scenario: &Scenario) -> Vec<Outcome> {
    let each = |metric: &'static Metric| -> Vec<Outcome> {
        let named = |profession: usize, name: &str| Outcome {
            name: metric.name.replace("{profession}", &column_name(name)),
            doc: metric.doc.replace("{profession}", name),
            metric,
            profession,
        };
        match metric.computation {
            Computation::EachProfession(_) => {
                let professions = scenario.professions.iter().enumerate();
                let frontline = professions.filter(|(_, profession)| profession.traits.share > 0.0);
                frontline.map(|(place, profession)| named(place, &profession.name)).collect()
            }
            _ => vec![named(0, "")],
        }
    };
    REGISTRY.iter().flat_map(each).collect()
}

/// Every metric with unit and meaning, as a table.
pub fn reference() -> Table {
    let columns = [
        ("metric", "", "Name of the column in outcomes.csv."),
        ("unit", "", "Unit of its values in results."),
        ("meaning", "", "What it is."),
    ];
    let mut table = Table::new("metrics", &columns);
    let row = |metric: &Metric| [metric.name, said_unit(unit(metric.name)), metric.doc].map(Cell::from).to_vec();
    table.rows = REGISTRY.iter().map(row).collect();
    table
}

/// Mean of the values that are not NaN; NaN of none.
fn average(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) =
        values.filter(|value| !value.is_nan()).fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { f64::NAN } else { sum / f64::from(count) }
}

/// A week of a series, NaN beyond it.
fn at(series: &[f32], week: usize) -> f64 {
    series.get(week).map_or(f64::NAN, |&value| f64::from(value))
}

#[cfg(test)]
pub(crate) mod tests;
