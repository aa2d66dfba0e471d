//! `dewpoint explain`: where the gain went, and why it was not more.
use std::io::Write;

use clap::{Args, ValueEnum};

use super::{
    Failure, about,
    fitted::Fitted,
    options,
    results::stem,
    study::{Asked, Brought, study},
    typed::Typed,
};
use crate::{
    ensemble::Engine,
    experiment::explain::{self, USUAL_RUNS},
};

/// Options of `dewpoint explain`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one.
    file: String,
    /// The programme whose gain is explained, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// Months after support until which the loss is explained: 12, 24 or 36.
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = months, allow_negative_numbers = true)]
    months: u32,
    /// Explain only the gain that was lost after support, or only the gain that never came.
    #[arg(long, value_name = "WHICH")]
    only: Option<Which>,
    #[command(flatten)]
    study: options::Options,
    #[command(flatten)]
    fitted: Fitted,
}

/// One of the two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The gain lost after support ended.
    Lost,
    /// The gain that never came.
    Missed,
}

fn months(text: &str) -> Result<u32, String> {
    let measured = [12, 24, 36].into_iter().find(|months| text.parse() == Ok(*months));
    measured.ok_or_else(|| "gains are measured after 12, 24 or 36 months".into())
}

/// Explains the gain of one programme.
///
/// # Errors
///
/// See [`study()`].
pub fn explain(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let given = options.study.given(&options.file)?;
    let scenario = given.scenario.clone();
    let programme = about::programme(&scenario, options.programme.as_deref())?;
    let (lost, missed) = (options.only != Some(Which::Missed), options.only != Some(Which::Lost));
    // Each run is one of up to 256 worlds; the runs of a scenario are meant for one world.
    let runs = options.study.runs.unwrap_or(USUAL_RUNS);
    let asked = explain::Asked { programme, months: options.months, runs, lost, missed };
    let scenarios = std::slice::from_ref(&scenario);
    let rows = options.fitted.rows([&scenario])?;
    let question = Asked {
        name: "explain",
        typed: &options.typed,
        about: options.study.about(&given, Some(programme)),
        scenarios,
        called: Vec::new(),
        folder: format!("explain-{}", stem(&options.file)),
        runs,
        seed: scenario.run.seed,
        brought: Brought { rows, ..Brought::default() },
        fixed: false,
    };
    study(out, &options.study, &question, engine, |simulator| explain::explain(simulator, &scenario, &asked))
}
