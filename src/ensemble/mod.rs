//! Ensembles: replicates of one scenario, run in parallel and folded in replicate order.
//!
//! The only place that knows threads (feature `cli`; without it the same loop runs in order). Replicate `r` depends on
//! seed and `r` alone, and whatever adds floating-point numbers does so in replicate order, so an ensemble is the same
//! bits under any number of threads, any [`Plan::batch`], and interrupted or not.
//!
//! Memory, for `P` programmes, `M` metrics, `R` runs and `W` weeks:
//!
//! ```text
//! outcomes  8 R P M bytes                   100,000 runs of one programme: 48 MB
//! units     4 bytes x units x measures x P x runs kept, at most 1,000 runs and 1,000,000 numbers (or one run)
//! bands     at most about 8 KB x 22 series x 3 views x P x W, however many runs: 300 weeks: 160 MB
//! weekly    176 bytes x P x W x R instead of bands, where ensembles are to be put together
//! batch     176 bytes x P x W for each replicate of a batch
//! in flight 8 bytes x P x W x units + 160 bytes x P x posts for each replicate that a thread is at work on: both worlds'
//!           practice of every unit, and the posts of the front line one by one
//! together  the same for each of up to 32 scenarios that are simulated together, at most 64 MB a thread
//! ```
//!
//! What is in flight is next to nothing for a few hospitals (96 units, 300 weeks: 0.6 MB) and most of all for a country: 80,000 units over
//! 5200 weeks take 3.6 GB a programme and thread ([`bytes_in_flight`]). Fewer threads take less and change no result.
mod bands;
mod costs;
mod each;
mod engine;
mod many;
mod pieces;
mod pool;
mod summary;
mod tables;

use std::ops::ControlFlow;

use pool::Pool;
use serde::{Deserialize, Serialize};

pub use bands::{Band, Bands, CHARTED, QUANTILES, RESOLUTION, View};
pub use costs::{CostSummary, costs_table};
pub use each::each;
pub use engine::{Engine, Simulation};
pub use many::{BYTES_TOGETHER, Job, Keep, STAFF_WEEKS_A_SECOND, run_many, staff_weeks};
pub use summary::{ProgrammeSummary, Summary, summarise};
pub use tables::{
    events_table, failures_table, outcomes_table, result_tables, summary_table, units_table, weekly_table,
};

use crate::{
    metrics::{self, Observation, Outcome, UNIT_MEASURES},
    model::{Pair, Series, count::staff::Person},
    scenario::Scenario,
    stats,
};

/// Metric whose interval [`Plan::precision`] is about, of the first programme.
pub const PRECISION_METRIC: &str = "net_gain_24_months_after";

/// Runs between two looks at the precision, and fewest runs before the first: looking at fixed run counts keeps the
/// result independent of threads and interruptions.
pub const LOOK_EVERY: u64 = 100;

/// Runs whose units are kept, at most.
pub const RUNS_WITH_UNITS: u64 = 1000;

/// Numbers kept of units, at most (one run is kept whatever its size).
const NUMBERS_OF_UNITS: u64 = 1_000_000;

/// How many replicates to run, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Replicates, at most.
    pub runs: u64,
    /// Stop once half the 95 % interval of [`PRECISION_METRIC`] is below this.
    pub precision: Option<f64>,
    /// Replicates in flight between two calls of `watch`, at least 1. Changes no result.
    pub batch: u64,
    /// Threads, 0 for one for each core. Changes no result.
    pub threads: usize,
}

impl Plan {
    /// So many runs, without further conditions.
    pub fn of(runs: u64) -> Self {
        Self { runs, precision: None, batch: 64, threads: 0 }
    }
}

/// A replicate that could not be simulated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which one.
    pub replicate: u64,
    /// Why.
    pub reason: String,
}

/// What is kept of the replicates run so far; serialisable, to go on later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ensemble {
    /// Replicates folded in so far: 0 to `runs` - 1.
    pub runs: u64,
    /// Programmes of the scenario.
    pub programmes: usize,
    /// Columns of outcomes.
    pub metrics: usize,
    /// Units in all organisations.
    pub units: usize,
    /// `[(run * programmes + programme) * metrics + metric]`, NaN where undefined or failed.
    pub outcomes: Vec<f64>,
    /// `[((run * programmes + programme) * units + unit) * measures + measure]` of the first [`Self::runs_with_units`].
    pub unit_rows: Vec<f32>,
    /// Runs whose units are kept, at most.
    pub runs_with_units: u64,
    /// Weekly series, pooled over runs.
    pub bands: Bands,
    /// Weekly series run by run, instead of pooled: `[(((run * programmes + programme) * 2 + world) * series + series) *
    /// weeks + week]`, NaN where undefined or failed; the world with programmes is the first. Of [`Keep::Charted`]
    /// `[((run * programmes + programme) * CHARTED + row) * weeks + week]`.
    pub weekly: Vec<f32>,
    /// Numbers of [`Self::weekly`] a run: 0 where they are not kept run by run.
    pub weekly_a_run: usize,
    /// Replicates that failed.
    pub failures: Vec<Failure>,
}

impl Ensemble {
    /// An ensemble of no runs yet.
    pub fn new(scenario: &Scenario) -> Self {
        Self::keeping(scenario, Keep::Everything)
    }

    /// An ensemble of no runs yet that will keep no more than `keep` of each.
    pub fn keeping(scenario: &Scenario, keep: Keep) -> Self {
        let (programmes, units) = (scenario.programmes.len(), metrics::unit_count(scenario));
        let numbers_a_run = (programmes * units * UNIT_MEASURES.len()).max(1) as u64;
        Self {
            runs: 0,
            programmes,
            metrics: metrics::outcomes(scenario).len(),
            units,
            outcomes: Vec::new(),
            unit_rows: Vec::new(),
            runs_with_units: match keep {
                Keep::Outcomes | Keep::Charted => 0,
                Keep::Everything | Keep::EachWeek => (NUMBERS_OF_UNITS / numbers_a_run).clamp(1, RUNS_WITH_UNITS),
            },
            bands: match keep {
                Keep::Outcomes | Keep::EachWeek | Keep::Charted => Bands::new(programmes, 0, 1.0),
                Keep::Everything => Bands::new(programmes, scenario.weeks(), metrics::frontline_posts(scenario)),
            },
            weekly: Vec::new(),
            weekly_a_run: match keep {
                Keep::EachWeek => programmes * bands::numbers_of(scenario.weeks()),
                Keep::Charted => programmes * CHARTED.len() * scenario.weeks(),
                Keep::Outcomes | Keep::Everything => 0,
            },
            failures: Vec::new(),
        }
    }

    /// Outcomes of one programme in one run, in the order of [`metrics::outcomes`].
    pub fn outcome_row(&self, run: u64, programme: usize) -> &[f64] {
        let start = (run as usize * self.programmes + programme) * self.metrics;
        self.outcomes.get(start..start + self.metrics).unwrap_or_default()
    }

    /// Outcomes of one metric (by place in [`metrics::outcomes`]), one for each run, in order.
    pub fn outcome_column(&self, programme: usize, metric: usize) -> Vec<f64> {
        (0..self.runs).map(|run| self.outcome_row(run, programme).get(metric).copied().unwrap_or(f64::NAN)).collect()
    }

    /// Outcomes of the metric called `name`, one for each run, in order; `None` if `scenario`, the ensemble's own, has no
    /// such metric. Columns of two ensembles of one seed are paired run by run.
    pub fn outcomes_of(&self, scenario: &Scenario, programme: usize, name: &str) -> Option<Vec<f64>> {
        let place = metrics::outcomes(scenario).iter().position(|column| column.name == name)?;
        Some(self.outcome_column(programme, place))
    }

    /// The weeks of one of [`CHARTED`], by place, of one programme in one run; nothing where they were not kept.
    pub fn charted(&self, run: u64, programme: usize, row: usize) -> &[f32] {
        let weeks = self.weekly_a_run / (self.programmes * CHARTED.len()).max(1);
        let start = run as usize * self.weekly_a_run + (programme * CHARTED.len() + row) * weeks;
        self.weekly.get(start..start + weeks).unwrap_or_default()
    }

    /// Makes room for the outcomes of `runs` runs, so that it is known before hours of work whether there is any.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn make_room(&mut self, runs: u64) -> Result<(), String> {
        let numbers = (runs as usize).saturating_mul(self.programmes * self.metrics);
        self.outcomes.try_reserve_exact(numbers.saturating_sub(self.outcomes.len())).map_err(|_| {
            let bytes = (numbers * size_of::<f64>()) as f64;
            format!(
                "there is no memory for the {:.1} GB that the outcomes of {runs} runs take; ask for fewer",
                bytes / 1e9
            )
        })
    }

    fn fold(&mut self, batch: Vec<Result<Replicate, String>>) {
        for replicate in &batch {
            let unit_numbers = self.programmes * self.units * UNIT_MEASURES.len();
            let keep_units = self.runs < self.runs_with_units;
            match replicate {
                Ok(replicate) => {
                    self.outcomes.extend_from_slice(&replicate.outcomes);
                    self.unit_rows.extend_from_slice(&replicate.unit_rows);
                    if self.weekly_a_run > 0 {
                        bands::append(&replicate.pair, self.weekly_a_run, &mut self.weekly);
                    }
                }
                Err(reason) => {
                    self.failures.push(Failure { replicate: self.runs, reason: reason.clone() });
                    self.outcomes.extend(std::iter::repeat_n(f64::NAN, self.programmes * self.metrics));
                    let kept = if keep_units { unit_numbers } else { 0 };
                    self.unit_rows.extend(std::iter::repeat_n(f32::NAN, kept));
                    self.weekly.extend(std::iter::repeat_n(f32::NAN, self.weekly_a_run));
                }
            }
            self.runs += 1;
        }
        let pairs: Vec<&Pair> = batch.iter().flatten().map(|replicate| &replicate.pair).collect();
        self.bands.fold(&pairs);
    }

    /// Whether half the 95 % interval of [`PRECISION_METRIC`] of the first programme is below `precision`: to be asked every
    /// [`LOOK_EVERY`] runs, so that the answer depends on neither threads nor interruptions.
    pub fn is_known_to(&self, scenario: &Scenario, precision: f64) -> bool {
        let metric = metrics::outcomes(scenario).iter().position(|column| column.name == PRECISION_METRIC);
        metric.is_some_and(|metric| self.half_width(metric, self.runs) < precision)
    }

    /// Half the 95 % interval of [`PRECISION_METRIC`] after the first `runs` runs.
    fn half_width(&self, metric: usize, runs: u64) -> f64 {
        let values = (0..runs).map(|run| self.outcome_row(run, 0).get(metric).copied().unwrap_or(f64::NAN));
        stats::mean(values).half_width()
    }
}

/// What one replicate adds to an ensemble.
struct Replicate {
    outcomes: Vec<f64>,
    unit_rows: Vec<f32>,
    /// Without the units' weekly practice and the posts one by one, which are as large as all the rest.
    pair: Pair,
}

/// Moments at which a history holds every frontline post by itself.
const MOMENTS: usize = 2;

/// Bytes that the histories of one replicate take while it is simulated: the weeks, and the frontline posts one by one.
pub fn bytes_in_flight(scenario: &Scenario) -> usize {
    let numbers = metrics::unit_count(scenario) + Series::ALL.len() + scenario.professions.len();
    let posts = metrics::frontline_posts(scenario) as usize;
    let history = scenario.weeks() * numbers * size_of::<f32>() + MOMENTS * posts * size_of::<Person>();
    2 * scenario.programmes.len() * history
}

/// Bytes of a row of the weekly table while it is written, as measured.
const BYTES_A_ROW: usize = 1300;

/// Bytes of an ensemble of `runs` of `scenario` that keeps every week, its outcomes aside: the bands, usually a hundred bins
/// wide at most, and the table that is made of them.
pub fn bytes_of_weeks(scenario: &Scenario, runs: u64) -> usize {
    let bins = runs.min(100) as usize;
    let rows = scenario.programmes.len() * scenario.weeks() * Series::ALL.len();
    rows * (View::ALL.len() * (64 + bins * size_of::<u32>()) + BYTES_A_ROW)
}

/// Runs replicates of `scenario` until `plan` is fulfilled or `watch` breaks off, and returns the ensemble so far.
///
/// `simulate` gives a replicate by number, from 0; `begun` is an earlier, unfinished state of the same ensemble; `watch`
/// sees the state after each batch. A replicate that panics becomes a [`Failure`] (feature `cli`).
///
/// # Errors
///
/// When the threads cannot be started.
pub fn run_ensemble(
    scenario: &Scenario,
    plan: &Plan,
    begun: Option<Ensemble>,
    simulate: impl Fn(u64) -> Pair + Sync,
    mut watch: impl FnMut(&Ensemble) -> ControlFlow<()>,
) -> Result<Ensemble, String> {
    let columns = metrics::outcomes(scenario);
    let target = columns.iter().position(|column| column.name == PRECISION_METRIC);
    let pool = Pool::new(plan.threads)?;
    let mut ensemble = begun.unwrap_or_else(|| Ensemble::new(scenario));
    if plan.precision.is_none() {
        ensemble.make_room(plan.runs)?;
    }
    while ensemble.runs < plan.runs && !is_precise(&ensemble, plan, target) {
        let mut next = (ensemble.runs + plan.batch.max(1)).min(plan.runs);
        if plan.precision.is_some() {
            next = next.min((ensemble.runs / LOOK_EVERY + 1) * LOOK_EVERY);
        }
        let one = |replicate| {
            let keep_units = replicate < ensemble.runs_with_units;
            caught(|| measure(scenario, &columns, keep_units, true, simulate(replicate)))
        };
        let batch = pool.run(ensemble.runs, next, one);
        pool.install(|| ensemble.fold(batch));
        if watch(&ensemble).is_break() {
            break;
        }
    }
    Ok(ensemble)
}

/// Runs `runs` replicates of `scenario` with the model: what experiments call.
///
/// # Errors
///
/// When the threads cannot be started.
pub fn ensemble_of(scenario: &Scenario, seed: u64, runs: u64) -> Result<Ensemble, String> {
    let model = scenario.to_model();
    let simulate = |replicate| model.pair(seed, replicate);
    run_ensemble(scenario, &Plan::of(runs), None, simulate, |_| ControlFlow::Continue(()))
}

/// Whether the interval is narrow enough, looked at only at multiples of [`LOOK_EVERY`].
fn is_precise(ensemble: &Ensemble, plan: &Plan, target: Option<usize>) -> bool {
    let (Some(precision), Some(metric)) = (plan.precision, target) else { return false };
    let due = ensemble.runs > 0 && ensemble.runs.is_multiple_of(LOOK_EVERY);
    due && ensemble.half_width(metric, ensemble.runs) < precision
}

fn measure(scenario: &Scenario, columns: &[Outcome], keep_units: bool, keep_weeks: bool, mut pair: Pair) -> Replicate {
    let mut replicate =
        Replicate { outcomes: Vec::new(), unit_rows: Vec::new(), pair: Pair { with: vec![], without: vec![] } };
    let units = metrics::unit_count(scenario);
    for programme in 0..scenario.programmes.len() {
        let Some(observation) = Observation::new(scenario, &pair, programme) else { continue };
        replicate.outcomes.extend(columns.iter().map(|column| column.of(&observation)));
        if keep_units {
            let row = |unit| UNIT_MEASURES.iter().map(move |measure| (measure.of)(&observation, unit) as f32);
            replicate.unit_rows.extend((0..units).flat_map(row));
        }
    }
    if !keep_weeks {
        return replicate;
    }
    for history in pair.with.iter_mut().chain(&mut pair.without) {
        // What is as large as all the rest is not held until the replicate's turn comes.
        history.units = Vec::new();
        history.staff = Default::default();
    }
    replicate.pair = pair;
    replicate
}

/// Does `work`; a panic in it becomes the reason it gave (feature `cli`; without it there is nothing that could catch it).
///
/// # Errors
///
/// When `work` panics.
#[cfg(feature = "cli")]
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // A replicate shares nothing that it could leave half-changed: it reads the scenario and returns what it made.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown failure".into())
    })
}

/// Does `work`.
///
/// # Errors
///
/// Never: without feature `cli` there is nothing that could catch a panic.
#[cfg(not(feature = "cli"))]
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    Ok(work())
}

#[cfg(test)]
pub(crate) mod tests;
