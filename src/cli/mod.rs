//! The command line: reads arguments and files, calls the library, writes what it found.
//!
//! Results go to stdout or into files, progress and notes to stderr. A command is one variant of `Command`, one file
//! here, one arm in `execute`.
pub mod about;
pub mod calibrate;
pub mod chart;
pub mod check;
pub mod cluster;
pub mod compare;
pub mod explain;
pub mod files;
mod first;
mod fit;
mod fitted;
pub mod host;
pub mod laboratory;
pub mod list;
mod memory;
pub mod new;
pub mod options;
pub mod pack;
pub mod page;
mod progress;
pub mod reference;
mod replay;
pub mod results;
pub mod run;
mod saving;
pub mod schema;
pub mod sensitivity;
mod shares;
pub mod story;
pub mod stress;
pub mod study;
pub mod sustainability;
pub mod sweep;
pub mod teach;
pub mod text;
pub mod typed;
pub mod validate;
mod work;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Args, CommandFactory, Parser, Subcommand};
use reference::Format;

use crate::{ensemble::Simulation, table::Table};

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
    /// Compare designs under the same luck: paired differences, chances of being best, what a lasting point costs.
    Compare(compare::Options),
    /// Vary anything in a scenario: a response curve, a map, or points in a space of many paths.
    Sweep(sweep::Options),
    /// Find the numbers that decide a result, and whether it rests on assumptions: screening, then shares of variance.
    Sensitivity(sensitivity::Arguments),
    /// Put designs under stress: which shocks break them, which circumstances make them fail, how much they stand.
    Stress(stress::Options),
    /// Say where the gain went after support ended, and what kept it from being more.
    Explain(explain::Options),
    /// Tell what one person lives through in two worlds, and where the worlds part.
    Story(story::Options),
    /// Put the patterns of the review to the test, each with its mechanism knocked out: what passes and what does not.
    Validate(validate::Arguments),
    /// Find which parameters give what trials have found: waves of points that are not implausible, then a posterior.
    Calibrate(calibrate::Arguments),
    /// Draw your own numbers as a run chart or control chart: limits, special causes in words, a page for the meeting.
    Chart(Box<chart::Options>),
    /// Let your own numbers narrow what is plausible: what they settle, whether it will last, what to measure next.
    Fit(Box<fit::Options>),
    /// Share a command that simulates among the machines of a cluster, or the processes of this one.
    Cluster(cluster::Arguments),
    /// Pack a results folder for an archive: a zip file that says what was run, on what, and what each file is (RO-Crate).
    Pack(pack::Options),
    /// Say what a scenario means before running it: what differs from the defaults, a timeline, warnings.
    Check {
        /// Scenario: a file, or the name of a bundled one.
        file: String,
        /// Change one value of the scenario, e.g. setting.turnover=1.5. Repeatable.
        #[arg(long = "set", value_name = "PATH=VALUE")]
        changes: Vec<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Open the classroom: a page in which a class predicts, watches and changes a programme.
    Teach(teach::Options),
    /// List the bundled scenarios.
    List(Shape),
    /// Print a commented scenario to start from: `dewpoint new ward > ward.toml`.
    New {
        /// Name of the scenario.
        name: String,
        /// Begin from ten scores of the NHS Sustainability Model, as published or all as parts from 0 to 1, commas between. Which
        /// settings and levers they move is this program's assumption, and the file says so.
        #[arg(long, value_name = "TEN SCORES", value_delimiter = ',', allow_hyphen_values = true)]
        from_sustainability_scores: Vec<String>,
    },
    /// List what a programme can do: each lever, what 0, 0.5 and 1 mean, which challenge it answers, its price.
    Levers(Shape),
    /// List what can happen to organisations.
    Shocks(Shape),
    /// List how people are taken to be: each parameter with range, source and standing.
    Parameters(Shape),
    /// List what organisations and professions can be like.
    Settings(Shape),
    /// List what work and things cost, and how much of them a lever at 1 takes.
    Prices(Shape),
    /// List every metric: name, unit, meaning.
    Metrics(Shape),
    /// Print the JSON schema of scenario files, for editors.
    Schema,
    /// Print what completes commands and options in a shell, e.g. `dewpoint completions bash >> ~/.bash_completion`.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program or of one command, e.g. `dewpoint man run > dewpoint-run.1`.
    Man {
        /// The command.
        command: Option<String>,
    },
}

/// How a table is printed.
#[derive(Clone, Copy, Debug, Args)]
struct Shape {
    /// As JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// As CSV.
    #[arg(long)]
    csv: bool,
}

impl Shape {
    fn write(self, out: &mut dyn Write, table: &Table) -> io::Result<()> {
        let format = match (self.json, self.csv) {
            (true, _) => Format::Json,
            (_, true) => Format::Csv,
            _ => Format::Text,
        };
        reference::write(out, table, format)
    }
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
    let message = match execute(&mut io::stdout().lock(), Arguments::parse().command) {
        Ok(()) | Err(Failure::ClosedPipe) => return ExitCode::SUCCESS,
        Err(Failure::Input(message)) => (message, 2),
        Err(Failure::Failed(message)) => (message, 1),
    };
    // When even stderr is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "error: {}", message.0);
    ExitCode::from(message.1)
}

fn execute(out: &mut dyn Write, command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(options) => run::run(out, &options, Simulation)?,
        Command::Compare(options) => compare::run(out, &options, Simulation)?,
        Command::Sweep(options) => sweep::run(out, &options, Simulation)?,
        Command::Sensitivity(arguments) => sensitivity::run(out, &arguments, Simulation)?,
        Command::Stress(options) => stress::run(out, &options, Simulation)?,
        Command::Explain(options) => explain::explain(out, &options, Simulation)?,
        Command::Story(options) => story::story(out, &options)?,
        Command::Validate(arguments) => validate::run(out, &arguments, Simulation)?,
        Command::Calibrate(arguments) => calibrate::run(out, &arguments, Simulation)?,
        Command::Chart(options) => chart::run(out, &options, Simulation)?,
        Command::Fit(options) => fit::run(out, &options, Simulation)?,
        Command::Cluster(arguments) => cluster::run(out, &arguments)?,
        Command::Pack(options) => pack::pack(out, &options)?,
        Command::Check { file, changes, json } => {
            let loaded = check::changed(&file, &changes)?;
            if json { check::check_as_json(out, &loaded)? } else { check::check(out, &loaded)? }
        }
        Command::Teach(options) => teach::teach(out, &options)?,
        Command::List(shape) if shape.json || shape.csv => shape.write(out, &list::table())?,
        Command::List(_) => list::list(out)?,
        Command::New { name, from_sustainability_scores: scores } => {
            let scores = if scores.is_empty() { None } else { Some(sustainability::said(&scores)?) };
            out.write_all(new::new(&name, scores.as_ref()).as_bytes())?;
        }
        Command::Levers(shape) => shape.write(out, &reference::levers())?,
        Command::Shocks(shape) => shape.write(out, &reference::shocks())?,
        Command::Parameters(shape) => shape.write(out, &reference::parameters())?,
        Command::Settings(shape) => shape.write(out, &reference::settings())?,
        Command::Prices(shape) => shape.write(out, &reference::prices())?,
        Command::Metrics(shape) => shape.write(out, &crate::metrics::reference())?,
        Command::Schema => out.write_all(schema::schema().as_bytes())?,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "dewpoint", out);
        }
        Command::Man { command } => manual(out, command.as_deref())?,
    }
    Ok(out.flush()?)
}

/// Writes the manual page of the program, or of one of its commands.
fn manual(out: &mut dyn Write, command: Option<&str>) -> Result<(), Failure> {
    let program = Arguments::command();
    let Some(name) = command else { return Ok(clap_mangen::Man::new(program).render(out)?) };
    let found = program.find_subcommand(name).cloned();
    let found = found.ok_or_else(|| Failure::Input(format!("{name}: no such command; dewpoint --help lists them")))?;
    Ok(clap_mangen::Man::new(found.display_name(format!("dewpoint {name}")))
        .title(format!("dewpoint-{name}"))
        .render(out)?)
}
