//! What all commands that simulate have in common on the command line.
use std::path::PathBuf;

use clap::Args;

use super::{Failure, files, fitted::Rows};
use crate::{
    experiment::uncertain::Drawn,
    output::{
        format::Format,
        shards::{MOST, Shard},
    },
    scenario::{Extent, Loaded, Run, Scenario},
};

/// Options of every command that simulates.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    /// Runs of each scenario, each with its own luck [default: the scenario's, usually 200; experiments have their own].
    #[arg(long, value_name = "N", value_parser = runs, allow_negative_numbers = true)]
    pub runs: Option<u64>,
    /// Seed of all luck [default: that of the first scenario, usually 1].
    #[arg(long, value_name = "S", value_parser = seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Threads [default: one for each core]. Changes no result.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Folder for the results [default: results/SCENARIO, or results/COMMAND-SCENARIO].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Simulate share I of N alone and keep it beside the results folder: for machines that share the work and the folder. The
    /// same command without --shard joins what is there, simulates what is missing, and answers as one machine would.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
    /// Change one value of every scenario, e.g. setting.turnover=1.5 or programme.0.sustain.embedding=0.8. Repeatable.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub changes: Vec<String>,
    /// Leave parameters at their values by default, so that intervals are about luck alone. Without it every run draws all of
    /// them from the posterior, those that published figures leave plausible, and intervals are about luck and parameters;
    /// sensitivity, story and the figures of validate go by the values by default unless --uncertain is given.
    #[arg(long, conflicts_with = "uncertain")]
    pub fixed: bool,
    /// Draw parameters and also tell, by so many draws [default: 64], how much of the variance is luck and how much parameters.
    #[arg(long, value_name = "DRAWS", num_args = 0..=1, require_equals = true, default_missing_value = "64",
        value_parser = draws)]
    pub uncertain: Option<u64>,
    /// No progress and no notes on stderr.
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
    /// How large tables are written, those with a row for each run, week, unit or point: csv, or parquet, which then has them alone
    /// and not summary.json too. The digest is the same.
    #[arg(long, value_name = "FORMAT", default_value = "csv", value_parser = Format::named)]
    pub format: Format,
    /// Write no report.html and no summary.md, as for thousands of runs on a cluster.
    #[arg(long)]
    pub no_report: bool,
    /// Leave out the runs that tell which conclusions depend on assumptions, as --no-report does.
    #[arg(long)]
    pub no_assumptions: bool,
    /// Say as JSON what it takes, and do nothing: for `dewpoint cluster`.
    #[arg(long, hide = true)]
    pub estimate: bool,
    /// Seconds between checkpoints.
    #[arg(long, hide = true, default_value_t = 3.0, value_parser = seconds, allow_negative_numbers = true)]
    pub checkpoint_seconds: f64,
}

impl Options {
    /// Reads the scenario called `file` and makes the changes asked for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with file, changes or options.
    pub fn scenario(&self, file: &str) -> Result<Scenario, Failure> {
        self.given(file).map(|given| given.scenario)
    }

    /// The same, with the scenario as it stands in the file beside it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with file, changes or options.
    pub fn given(&self, file: &str) -> Result<Given, Failure> {
        let input = |problem: &dyn std::fmt::Display| Failure::Input(problem.to_string());
        let (loaded, before) = changed(file, &self.changes)?;
        let mut scenario = loaded.ready().map_err(|problems| input(&problems))?;
        scenario.run.seed = self.seed.unwrap_or(scenario.run.seed);
        scenario.run.runs = self.runs.unwrap_or(scenario.run.runs);
        scenario.check().map_err(|problems| input(&problems))?;
        Ok(Given { scenario, before })
    }

    /// What a command about `given` says first; see [`about()`](super::about::about).
    pub fn about(&self, given: &Given, programme: Option<usize>) -> String {
        super::about::about(&given.before, &given.scenario, &self.changes, programme)
    }

    /// Whether only a share is made, or an estimate: no answer, and no file that follows from it.
    pub fn answers_nothing(&self) -> bool {
        self.shard.is_some() || self.estimate
    }

    /// Threads asked for, 0 for one for each core.
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or(0)
    }
}

/// A scenario that was asked for.
#[derive(Clone, Debug)]
pub struct Given {
    /// With all changes and options.
    pub scenario: Scenario,
    /// As it stands in its file.
    pub before: Scenario,
}

/// The scenario called `file` with `changes`, each PATH=VALUE, not yet checked as a whole; and as it stands in the file.
///
/// # Errors
///
/// Everything that is wrong with file and changes.
pub(super) fn changed(file: &str, changes: &[String]) -> Result<(Loaded, Scenario), Failure> {
    let mut loaded = files::load(file).map_err(|problems| Failure::Input(problems.to_string()))?;
    let before = loaded.scenario.clone();
    for change in changes {
        let (path, value) = pair(change)?;
        loaded.scenario.change(path, value).map_err(|problem| Failure::Input(problem.to_string()))?;
    }
    Ok((loaded, before))
}

/// Path and value of one `--set`.
///
/// # Errors
///
/// When there is no `=`.
pub(super) fn pair(change: &str) -> Result<(&str, &str), Failure> {
    let (path, value) = change.split_once('=').ok_or_else(|| {
        Failure::Input(format!("--set {change}: write PATH=VALUE, e.g. --set programme.0.sustain.embedding=0.8"))
    })?;
    Ok((path.trim(), value.trim()))
}

/// Everything that decides the results of `scenario`, apart from seed and number of runs.
pub(super) fn question(scenario: &Scenario) -> String {
    let mut bare = scenario.clone();
    (bare.run.runs, bare.run.seed) = (1, 0);
    bare.to_toml(Extent::All)
}

/// What parameters that are `drawn`, from `rows` of a fit if there are any, add to a question.
pub(super) fn uncertainly(drawn: Option<Drawn>, rows: Option<&Rows>) -> String {
    match (drawn, rows) {
        (Some(drawn), Some(rows)) => {
            format!(", parameters drawn from the fitted rows {}, {} draws", rows.mark, drawn.draws)
        }
        (Some(drawn), None) => format!(", parameters drawn from the posterior, {} draws", drawn.draws),
        (None, _) => String::new(),
    }
}

/// A whole number from `low` to `high`: every option that counts something says its limits in this way.
///
/// # Errors
///
/// When `text` is none.
pub(super) fn count(text: &str, low: u64, high: u64) -> Result<u64, String> {
    let within = text.parse().ok().filter(|number| (low..=high).contains(number));
    within.ok_or_else(|| format!("a whole number from {low} to {high}"))
}

/// The number of one run, of as many as there may be.
///
/// # Errors
///
/// When `text` is none.
pub(super) fn replicate(text: &str) -> Result<u64, String> {
    let most = Run::DECLARED.iter().find(|row| row.name == "runs").ok_or("not declared")?;
    count(text, 0, most.high as u64 - 1)
}

/// A number that a scenario file may give too, in the range declared for it there.
fn declared(text: &str, name: &str) -> Result<u64, String> {
    let row = Run::DECLARED.iter().find(|row| row.name == name).ok_or("not declared")?;
    count(text, row.low as u64, row.high as u64)
}

fn runs(text: &str) -> Result<u64, String> {
    declared(text, "runs")
}

/// A seed.
///
/// # Errors
///
/// When `text` is none.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    declared(text, "seed")
}

fn threads(text: &str) -> Result<usize, String> {
    count(text, 1, 1024).map(|threads| threads as usize)
}

/// One of several that share the work.
///
/// # Errors
///
/// When `text` says no such thing.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    let within = parts.filter(|(number, of)| (1..=MOST).contains(of) && (1..=*of).contains(number));
    let (number, of) =
        within.ok_or_else(|| format!("a share and their number, from 1/1 to {MOST}/{MOST}, e.g. 2/8"))?;
    Ok(Shard { number, of })
}

fn draws(text: &str) -> Result<u64, String> {
    count(text, 8, 100_000)
}

/// How well a share is to be known.
///
/// # Errors
///
/// When `text` says no such thing.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    let within = text.parse().ok().filter(|precision| *precision > 0.0 && *precision < 1.0);
    within.ok_or_else(|| "a share above 0 and below 1, e.g. 0.005".into())
}

fn seconds(text: &str) -> Result<f64, String> {
    let within = text.parse().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
    within.ok_or_else(|| "a number of seconds from 0 to 86400".into())
}
