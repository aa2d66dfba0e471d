//! `sensitivity`: which numbers decide a result.
use std::io::Write;

use clap::{Args, ValueEnum};

use super::{
    Failure, about,
    options::{self, count},
    progress::Progress,
    results::stem,
    study::{Asked, Brought, study},
    typed::{Typed, of_option},
    work::failure,
};
use crate::{
    ensemble::{Engine, PRECISION_METRIC, staff_weeks},
    experiment::{
        Stopped,
        sensitivity::{
            Plan,
            choice::{self, Over},
            sensitivity,
        },
    },
    phrase::{counted, thousands},
};

/// Runs at each point when `--runs` does not say: all points share them, so few will do.
const RUNS: u64 = 8;

/// Arguments of `sensitivity`.
#[derive(Clone, Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one.
    pub file: String,
    /// Which numbers are moved, over the ranges declared.
    #[arg(long, value_enum, default_value = "parameters", conflicts_with = "paths")]
    pub over: Set,
    /// Numbers that are moved instead: paths, beginnings of paths (parameters.fatigue), or PATH=LOW..HIGH.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub paths: Vec<String>,
    /// What is looked at (see `dewpoint metrics`).
    #[arg(long, value_name = "METRIC", default_value = PRECISION_METRIC)]
    pub metric: String,
    /// The programme that is looked at, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    /// Trajectories of the screening.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = trajectories, allow_negative_numbers = true)]
    pub trajectories: usize,
    /// How many of the numbers with the largest effects get indices; 0: screening alone.
    #[arg(long, value_name = "K", default_value_t = 8, value_parser = top, allow_negative_numbers = true)]
    pub top: usize,
    /// Base points of the indices: (K + 2) x N points are simulated.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = base, allow_negative_numbers = true)]
    pub base: usize,
    /// Write no points and no outcomes of every run at every point.
    #[arg(long)]
    pub no_runs: bool,
    /// What all experiments have in common; `--runs` are those at each point [default: 8].
    #[command(flatten)]
    pub options: options::Options,
}

/// A set of factors, as an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Set {
    /// How people are.
    Parameters,
    /// What the programmes do.
    Levers,
    /// What the organisations and their times are like.
    Setting,
    /// All of these.
    All,
}

fn trajectories(text: &str) -> Result<usize, String> {
    count(text, 2, 10_000).map(|trajectories| trajectories as usize)
}

fn base(text: &str) -> Result<usize, String> {
    count(text, 8, 65_536).map(|points| points as usize)
}

fn top(text: &str) -> Result<usize, String> {
    count(text, 0, 1000).map(|numbers| numbers as usize)
}

/// Makes the analysis with `engine` and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written or the work was stopped.
pub fn run(out: &mut dyn Write, arguments: &Arguments, engine: impl Engine) -> Result<(), Failure> {
    let options = &arguments.options;
    let given = options.given(&arguments.file)?;
    let scenario = given.scenario.clone();
    let over = match arguments.over {
        Set::Parameters => Over::Parameters,
        Set::Levers => Over::Levers,
        Set::Setting => Over::Setting,
        Set::All => Over::All,
    };
    let factors = if arguments.paths.is_empty() {
        choice::of_set(&scenario, over)
    } else {
        choice::of_paths(&scenario, &arguments.paths).map_err(|stopped| match stopped {
            Stopped::Question(what) => Failure::Input(of_option("--paths", "", &what)),
            other => failure(other, 0),
        })?
    };
    let plan = Plan {
        factors,
        metric: arguments.metric.clone(),
        programme: about::programme(&scenario, arguments.programme.as_deref())?,
        runs: options.runs.unwrap_or(RUNS),
        trajectories: arguments.trajectories,
        top: arguments.top,
        base: arguments.base,
        keeps_runs: !arguments.no_runs,
    };
    let asked = Asked {
        name: "sensitivity",
        typed: &arguments.typed,
        about: options.about(&given, Some(plan.programme)),
        scenarios: std::slice::from_ref(&scenario),
        called: Vec::new(),
        folder: format!("sensitivity-{}", stem(&arguments.file)),
        runs: plan.runs,
        seed: scenario.run.seed,
        brought: Brought::default(),
        fixed: true,
    };
    Progress::new(options.quiet, 0, 0).note(&format!(
        "{} to be moved; this takes at most {} of {} staff-weeks each",
        counted(plan.factors.len() as u64, "number"),
        counted(plan.most_runs(), "run"),
        thousands(staff_weeks(&scenario) as u64)
    ));
    study(out, options, &asked, engine, |simulator| sensitivity(simulator, &scenario, plan))
}
