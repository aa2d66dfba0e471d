//! The command line: reads arguments and files, calls the library, writes what it found.
//!
//! Results go to stdout or into files, progress and notes to stderr. A command is one variant of `Command`, one file
//! here, one arm in `execute`.
pub mod files;
mod metrics;
mod progress;
pub mod run;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{model::Model, scenario::Scenario};

/// Will it last? Simulates improvement programmes in healthcare: what is gained, what is still there years after support
/// ends, and where the rest went.
#[derive(Debug, Parser)]
#[command(name = "dewpoint", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate a scenario many times, with and without its programmes under the same luck.
    Run(run::Options),
    /// List every metric: name, unit, meaning.
    Metrics,
}

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// What was given is wrong: exit code 2.
    Input(String),
    /// It could not be done: exit code 1.
    Failed(String),
    /// Nobody reads our output any more: no error.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Failed(format!("cannot write the output: {error}")),
        }
    }
}

/// Reads the arguments, does what they ask, and says why if that fails.
pub fn main() -> ExitCode {
    let message = match execute(Arguments::parse().command) {
        Ok(()) | Err(Failure::ClosedPipe) => return ExitCode::SUCCESS,
        Err(Failure::Input(message)) => (message, 2),
        Err(Failure::Failed(message)) => (message, 1),
    };
    // When even stderr is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "error: {}", message.0);
    ExitCode::from(message.1)
}

fn execute(command: Command) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match command {
        Command::Run(options) => run::run(&mut out, &options, engine)?,
        Command::Metrics => metrics::metrics(&mut out)?,
    }
    Ok(out.flush()?)
}

/// The model as an engine: a function of seed and replicate. Tests give `run` made-up ones.
fn engine(scenario: &Scenario) -> impl Fn(u64, u64) -> crate::model::Pair + Sync + use<> {
    let model = Model::new(scenario);
    move |seed, replicate| model.pair(seed, replicate)
}
