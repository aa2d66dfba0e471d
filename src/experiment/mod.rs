//! Experiments: questions that take many ensembles to answer.
//!
//! An experiment is a plain function. It asks a [`Simulator`] for ensembles of the scenarios it makes up, and returns a
//! [`Study`]: sentences and tables. It knows nothing of threads, files, progress or interruption: those belong to whoever
//! simulates for it. Tests hand in a simulator whose answer is known.
//!
//! ```text
//! scenarios -> Job, Job, ... -> Simulator -> Ensemble, Ensemble, ... -> Study { sentences, tables }
//! ```
//!
//! Jobs of one seed share their luck replicate by replicate, so the column of one ensemble minus the column of another is
//! a paired difference. Asking twice costs nothing: a simulator remembers, so an experiment may first ask for 100
//! runs and then for 400 of the same scenario, and pays for 300.

#[cfg(test)]
pub(crate) mod fake;

pub mod assumptions;
#[cfg(feature = "cli")]
pub mod beside;
pub mod calibrate;
pub mod calibration;
pub mod compare;
pub mod design;
pub mod door;
pub mod explain;
pub mod factor;
#[cfg(feature = "cli")]
pub mod fit;
#[cfg(feature = "cli")]
pub mod harm;
pub mod headline;
// A part of it serves fits alone, which only the command line makes.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
mod matrix;
pub mod points;
pub mod prim;
pub mod sample;
pub mod sensitivity;
pub mod story;
pub mod stress;
pub mod sweep;
pub mod uncertain;
pub mod unknown;
pub mod validate;
pub mod weights;

use serde::Serialize;

pub use crate::ensemble::{Ensemble, Job, Keep};
use assumptions::Concluded;

use crate::{
    phrase::{grouped, percent, signed},
    picture::Picture,
    programme::price::CURRENCY,
    scenario::Scenario,
    stats::Estimate,
    table::Table,
};

/// Whoever simulates: the one thing an experiment knows of the world.
pub trait Simulator {
    /// An ensemble for each job, in their order. The same job gives the same ensemble, whenever it is asked for.
    ///
    /// # Errors
    ///
    /// When the work was broken off, or cannot be done.
    fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped>;

    /// Hands the ensemble of each job to `take`, with the place of the job, in their order, and need not remember any: for an
    /// experiment that looks at little of each and asks for more than there is memory for.
    ///
    /// # Errors
    ///
    /// As [`Self::ensembles`], and what `take` says.
    fn each_ensemble(
        &mut self,
        jobs: &[Job],
        take: &mut dyn FnMut(usize, Ensemble) -> Result<(), Stopped>,
    ) -> Result<(), Stopped> {
        self.ensembles(jobs)?.into_iter().enumerate().try_for_each(|(place, ensemble)| take(place, ensemble))
    }

    /// Says how many runs the experiment expects to ask for in all, for whoever shows progress.
    fn expect(&mut self, _runs: u64) {}
}

/// Why an experiment has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Broken off on request; what was simulated is kept, and the same question goes on from there.
    OnRequest,
    /// The question itself is wrong: what is wrong and what would be right.
    Question(String),
    /// It could not be done, and why.
    Failed(String),
}

/// The answer of an experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The finding in a sentence.
    pub title: String,
    /// What else is to be said, a sentence or two each, the most important first.
    pub sentences: Vec<String>,
    /// Numbers of the tables laid out for reading, where rows and columns of a file read badly.
    #[serde(skip)]
    pub shown: Option<Table>,
    /// The numbers behind it; the first is the one to look at.
    pub tables: Vec<Table>,
}

impl Answer {
    /// The same with tables that say points, as its sentences do: so they are shown, and so they stand in files.
    #[must_use]
    pub fn in_points(self) -> Self {
        let tables = self.tables.into_iter().map(Table::in_points).collect();
        Self { shown: self.shown.map(Table::in_points), tables, ..self }
    }

    /// The tables as people read them, the one to look at first.
    pub fn to_read(&self) -> impl Iterator<Item = &Table> {
        self.shown.iter().chain(&self.tables)
    }
}

/// A number to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyNumber {
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Its 95 % interval; empty where there is none.
    pub range: String,
    /// Between which it lies in most of what is plausible of the parameters; empty where that was not looked at.
    pub plausible: String,
    /// What it is.
    pub label: String,
}

impl KeyNumber {
    fn of(value: String, unit: &str, range: String, label: String) -> Self {
        Self { value, unit: unit.into(), range, plausible: String::new(), label }
    }

    /// A gain or a difference of gains, in points; nothing where there is none.
    pub fn points(of: Estimate, label: String) -> Option<Self> {
        let range = if of.low.is_nan() { String::new() } else { format!("{} to {}", signed(of.low), signed(of.high)) };
        (!of.value.is_nan()).then(|| Self::of(signed(of.value), "points", range, label))
    }

    /// A share, in per cent; nothing where there is none.
    pub fn share(of: Estimate, label: String) -> Option<Self> {
        let range =
            if of.low.is_nan() { String::new() } else { format!("{} to {}", percent(of.low), percent(of.high)) };
        (!of.value.is_nan()).then(|| Self::of(percent(of.value), "%", range, label))
    }

    /// Money for something; nothing where it is not known how much.
    pub fn money(of: Estimate, label: String) -> Option<Self> {
        let range = format!("{} to {}", shorter(of.low), shorter(of.high));
        (!of.low.is_nan()).then(|| Self::of(shorter(of.value), CURRENCY, range, label))
    }
}

/// Money in millions where there are some.
fn shorter(money: f64) -> String {
    if money >= 1e6 { format!("{:.2} m", money / 1e6) } else { grouped(money) }
}

/// What every experiment returns: typed numbers that can be put into words and tables.
pub trait Study {
    /// The study in words and tables.
    fn answer(&self) -> Answer;

    /// Numbers to remember, with which its report opens.
    fn numbers(&self) -> Vec<KeyNumber> {
        Vec::new()
    }

    /// The study in pictures, the most important first.
    fn pictures(&self) -> Vec<Picture> {
        Vec::new()
    }

    /// Files beside its tables, name and text.
    fn files(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    /// Whether it simulates the follow-up of its scenarios as it is given, and so is bound by it.
    fn follows_as_given(&self) -> bool {
        true
    }

    /// What it concludes, to be held against other choices of assumed parameters; nothing where that is not asked.
    fn concluded(&self) -> Concluded {
        Concluded::default()
    }
}

/// Outcomes of one metric of one programme, a number for each run.
///
/// # Errors
///
/// When there is no such metric.
pub fn column(scenario: &Scenario, ensemble: &Ensemble, programme: usize, metric: &str) -> Result<Vec<f64>, Stopped> {
    ensemble.outcomes_of(scenario, programme, metric).ok_or_else(|| Stopped::Question(unknown::no_metric(metric)))
}
