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
pub mod control;
mod gain;
pub mod incidents;
mod people;
mod registry;
mod staff;
mod units;

use std::ops::Range;

pub use registry::REGISTRY;
pub use units::{UNIT_MEASURES, UnitMeasure};

use crate::{
    model::{History, Pair, Series},
    programme::Clock,
    scenario::Scenario,
    table::{Cell, Table},
    world::profession::column_name,
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

/// Weeks over which a metric is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// The 8 weeks before planning starts, fewer if the programme starts earlier.
    Before,
    /// All weeks of active support.
    Active,
    /// The last 4 weeks of support, fewer where it is shorter.
    AtEnd,
    /// The last 8 weeks of support, fewer where it is shorter.
    LastTwoMonths,
    /// The 8 weeks around so many weeks after support ends.
    After(usize),
    /// The 8 weeks around so many weeks after planning starts.
    Since(usize),
}

impl Window {
    /// 6 months after support ends.
    pub const HALF_A_YEAR: Self = Self::After(26);
    /// 12 months after support ends.
    pub const YEAR_1: Self = Self::After(52);
    /// 24 months after support ends.
    pub const YEAR_2: Self = Self::After(104);
    /// 36 months after support ends: week 148, so that the window fits into the usual 156 weeks of follow-up.
    pub const YEAR_3: Self = Self::After(148);
    /// 3 months after planning starts.
    pub const MONTH_3: Self = Self::Since(13);
    /// 6 months after planning starts.
    pub const MONTH_6: Self = Self::Since(26);
    /// 9 months after planning starts.
    pub const MONTH_9: Self = Self::Since(39);
    /// 12 months after planning starts.
    pub const MONTH_12: Self = Self::Since(52);
    /// 18 months after planning starts.
    pub const MONTH_18: Self = Self::Since(78);
    /// 24 months after planning starts.
    pub const MONTH_24: Self = Self::Since(104);
    /// 36 months after planning starts.
    pub const MONTH_36: Self = Self::Since(156);

    /// The weeks; `None` where there are none or `simulated` weeks do not hold them all.
    pub fn weeks(self, clock: &Clock, simulated: usize) -> Option<Range<usize>> {
        let (start, end) = (clock.start as usize, clock.end());
        // What comes before support is not its result, however short it is.
        let last = |weeks: usize| end.saturating_sub(weeks).max(clock.live())..end;
        let weeks = match self {
            Self::Before => start.saturating_sub(8)..start,
            Self::Active => clock.live()..end,
            Self::AtEnd => last(4),
            Self::LastTwoMonths => last(8),
            Self::After(weeks) => (end + weeks).saturating_sub(4)..end + weeks + 4,
            Self::Since(weeks) => (start + weeks).saturating_sub(4)..start + weeks + 4,
        };
        (!weeks.is_empty() && weeks.end <= simulated).then_some(weeks)
    }
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
        match self.metric.computation {
            Computation::With(series, window) => observation.with(series, window),
            Computation::Without(series, window) => observation.without(series, window),
            Computation::Difference(series, window) => observation.difference(series, window),
            Computation::Function(function) => function(observation),
            Computation::EachProfession(function) => function(observation, self.profession),
        }
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
        ("unit", "", "Unit of its values."),
        ("meaning", "", "What it is."),
    ];
    let mut table = Table::new("metrics", &columns);
    table.rows =
        REGISTRY.iter().map(|metric| [metric.name, metric.unit, metric.doc].map(Cell::from).to_vec()).collect();
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
