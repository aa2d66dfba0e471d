//! `sweep`: a response curve, a map, or points in a space of many paths.
use std::io::Write;

use clap::{Args, ValueEnum};

use super::{
    Failure, about,
    fitted::Fitted,
    options::{self, count},
    results::stem,
    study::{Asked, Brought, study},
    typed::{Typed, of_option},
    work::failure,
};
use crate::{
    ensemble::Engine,
    experiment::{
        Stopped,
        headline::HEADLINE,
        sweep::{Placing, Plan, sweep, vary::Vary},
        unknown::known,
    },
};

/// Values of a path on a grid when its range does not say how many.
const USUAL_LEVELS: usize = 7;

/// Arguments of `sweep`.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one.
    pub file: String,
    /// What to vary: PATH (as far as declared), PATH=LO..HI, PATH=LO..HI:N values, or PATH=A,B,C. Repeatable: two paths give
    /// a map (the first to the right, the second upwards), a third a map for each of its values.
    #[arg(long = "vary", value_name = "PATH=LO..HI:N", required = true)]
    pub vary: Vec<String>,
    /// N points in the space of all paths instead of a grid, from 2 to 1,000,000.
    #[arg(long, value_name = "N", value_parser = points, allow_negative_numbers = true)]
    pub points: Option<u32>,
    /// How points are placed.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = Sampling::LatinHypercube, requires = "points")]
    pub sampling: Sampling,
    /// Metric to look at (see `dewpoint metrics`). Repeatable; the first decides the finding.
    #[arg(long = "metric", value_name = "NAME", default_value = HEADLINE)]
    pub metrics: Vec<String>,
    /// The programme the metric is about, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    /// Write no runs.csv, the outcomes of every run at every point.
    #[arg(long)]
    pub no_runs: bool,
    /// What all experiments have in common.
    #[command(flatten)]
    pub study: options::Options,
    #[command(flatten)]
    fitted: Fitted,
}

/// How points are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sampling {
    /// Each slice of each path once.
    LatinHypercube,
    /// Sobol's sequence, scrambled: evenest with a power of two.
    Sobol,
}

fn points(text: &str) -> Result<u32, String> {
    count(text, 2, 1_000_000).map(|points| points as u32)
}

/// Sweeps with `engine`, writes the results folder, and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written or the work was stopped.
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let given = options.study.given(&options.file)?;
    let scenario = given.scenario.clone();
    let programme = about::programme(&scenario, options.programme.as_deref())?;
    let vary = |text: &String| match Vary::parse(&scenario, text, USUAL_LEVELS) {
        Err(Stopped::Question(what) | Stopped::Failed(what)) => Err(Failure::Input(of_option("--vary", text, &what))),
        Err(Stopped::OnRequest) => Err(Failure::Failed("stopped".into())),
        Ok(vary) => Ok(vary),
    };
    let varied = options.vary.iter().map(vary).collect::<Result<Vec<Vary>, Failure>>()?;
    let placing = match (options.points, options.sampling) {
        (None, _) => Placing::Grid,
        (Some(points), Sampling::LatinHypercube) => Placing::LatinHypercube(points as usize),
        (Some(points), Sampling::Sobol) => Placing::Sobol(points as usize),
    };
    let mut metrics = options.metrics.clone();
    metrics.dedup();
    metrics.iter().try_for_each(|metric| known(&scenario, metric)).map_err(|stopped| failure(stopped, 0))?;
    let plan = Plan {
        placing,
        runs: scenario.run.runs,
        seed: scenario.run.seed,
        metrics,
        programme: options.programme.clone(),
        keeps_runs: !options.no_runs,
    };
    let scenarios = [scenario];
    let [scenario] = &scenarios;
    let rows = options.fitted.rows(&scenarios)?;
    let asked = Asked {
        name: "sweep",
        typed: &options.typed,
        about: options.study.about(&given, Some(programme)),
        scenarios: &scenarios,
        called: Vec::new(),
        folder: folder(&options.file, &varied),
        runs: plan.runs,
        seed: plan.seed,
        brought: Brought { rows, ..Brought::default() },
        fixed: false,
    };
    study(out, &options.study, &asked, engine, |simulator| sweep(simulator, scenario, &varied, plan))
}

/// A folder's name from those of the scenario and the paths.
fn folder(file: &str, varied: &[Vary]) -> String {
    let keys = varied.iter().take(3).map(|vary| vary.factor.slot.key);
    keys.fold(format!("sweep-{}", stem(file)), |text, key| format!("{text}-{key}"))
}
