//! `cluster`: a command that simulates, shared by the machines of a cluster or the processes of one machine.
//!
//! The sharing itself is `--shard` of the command; what stands here starts all shards, as often as there are stages, and the
//! same command without `--shard` after them.
mod local;
mod slurm;

use std::{env::current_exe, io::Write, path::PathBuf, process::Command};

use clap::{Args, CommandFactory, Subcommand, parser::ValueSource};
use serde::{Deserialize, Serialize};

use super::{
    Failure,
    options::count,
    results::stem,
    typed::{of_option, quoted},
};
use crate::output::shards::MOST;

/// Arguments of `cluster`.
#[derive(Clone, Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    how: How,
}

#[derive(Clone, Debug, Subcommand)]
enum How {
    /// Write what Slurm needs: an array of shards, the job that joins them, and a script that submits both.
    Slurm(slurm::Options),
    /// Share the work among processes of this machine, and join what they made.
    Local(local::Options),
}

/// Options of all ways to share.
#[derive(Clone, Debug, Args)]
#[group(skip)]
struct Shared {
    /// Shards.
    #[arg(long, value_name = "N", value_parser = shards, allow_negative_numbers = true)]
    shards: u64,
    /// The command that is shared, after `--`: run, compare, sweep or any other that simulates, with its options.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

fn shards(text: &str) -> Result<u64, String> {
    count(text, 1, MOST)
}

/// Shares a command.
///
/// # Errors
///
/// [`Failure::Input`] for a command that cannot be shared; [`Failure::Failed`] when files cannot be written, or a shard or
/// the command that joins does not end well.
pub fn run(out: &mut dyn Write, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.how {
        How::Slurm(options) => slurm::write(out, options),
        How::Local(options) => local::run(options),
    }
}

/// A command that simulates.
#[derive(Clone, Debug)]
struct Shareable {
    /// Its words, without the name of the program.
    words: Vec<String>,
    /// Its name and what it is first asked about, for the names of files.
    name: String,
    /// Threads that were typed.
    threads: Option<usize>,
    /// Whether it is to be quiet.
    quiet: bool,
}

/// What a command takes, as far as can be told before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Estimate {
    /// Runs that it expects before it has seen any; what it asks for then comes on top.
    pub runs: u64,
    /// Seconds of one core, at the usual pace.
    pub seconds: f64,
    /// Bytes of memory.
    pub bytes: f64,
}

impl Shareable {
    /// Reads what was typed after `--`.
    fn of(typed: &[String]) -> Result<Self, Failure> {
        let words: Vec<String> =
            typed.iter().skip(usize::from(typed.first().is_some_and(|word| word == "dewpoint"))).cloned().collect();
        let program = super::Arguments::command();
        let all = std::iter::once("dewpoint").chain(words.iter().map(String::as_str));
        let matches = program.clone().try_get_matches_from(all).map_err(|error| {
            let text = error.render().to_string();
            Failure::Input(format!("-- {}: {}", words.join(" "), text.trim_start_matches("error: ").trim_end()))
        })?;
        let wrong = |what: &str| Failure::Input(of_option("--", &words.join(" "), what));
        let Some((name, matches)) = matches.subcommand() else { return Err(wrong("name a command that simulates")) };
        let takes = |id: &str| {
            let command = program.find_subcommand(name);
            command.is_some_and(|command| command.get_arguments().any(|argument| argument.get_id() == id))
        };
        if !takes("shard") {
            return Err(wrong("this command simulates nothing that could be shared; run, compare and sweep do"));
        }
        let is_typed = |id: &str| takes(id) && matches.value_source(id) == Some(ValueSource::CommandLine);
        for (id, option) in [("shard", "--shard"), ("replicate", "--replicate")] {
            if is_typed(id) && (id == "shard" || name == "run") {
                return Err(wrong(&format!("leave {option} away: every shard is started with its own")));
            }
        }
        let about = words.get(1).filter(|word| !word.starts_with('-')).map(|word| format!("-{}", stem(word)));
        Ok(Self {
            name: format!("dewpoint-{name}{}", about.unwrap_or_default()),
            threads: matches.get_one("threads").copied(),
            quiet: matches.get_flag("quiet"),
            words,
        })
    }

    /// The command as a line for a shell, without the name of the program.
    fn line(&self) -> String {
        self.words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    /// What it takes with so many threads, unless it says itself how many.
    fn estimate(&self, threads: u64) -> Result<Estimate, Failure> {
        let mut command = Command::new(program()?);
        command.args(&self.words).arg("--estimate");
        let made = command.args(self.threads.is_none().then(|| format!("--threads={threads}"))).output();
        let made = made.map_err(|error| Failure::Failed(format!("cannot start another dewpoint: {error}")))?;
        if !made.status.success() {
            let said = String::from_utf8_lossy(&made.stderr);
            return Err(Failure::Input(said.trim_start_matches("error: ").trim_end().to_owned()));
        }
        serde_json::from_slice(&made.stdout).map_err(|error| Failure::Failed(error.to_string()))
    }
}

/// This program.
fn program() -> Result<PathBuf, Failure> {
    current_exe().map_err(|error| Failure::Failed(format!("cannot find this program: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<Shareable, Failure> {
        Shareable::of(&line.split(' ').map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn what_simulates_can_be_shared() {
        let read = of("dewpoint run my/ward.toml --runs 20 --threads 3 -q").unwrap();
        assert_eq!((read.name.as_str(), read.threads, read.quiet), ("dewpoint-run-ward", Some(3), true));
        assert_eq!(read.line(), "run my/ward.toml --runs 20 --threads 3 -q");
        let read = of("validate --quick").unwrap();
        assert_eq!((read.name.as_str(), read.threads, read.quiet), ("dewpoint-validate", None, false));
    }

    #[test]
    fn what_cannot_be_shared_is_refused_with_the_reason() {
        for (line, says) in [
            ("levers", "simulates nothing"),
            ("check spi1", "simulates nothing"),
            ("cluster local --shards 2 -- run spi1", "simulates nothing"),
            ("run spi1 --shard 1/2", "leave --shard away"),
            ("run spi1 --replicate 3", "leave --replicate away"),
            ("run spi1 --rums 3", "--rums"),
            ("fly", "fly"),
        ] {
            let refused = of(line);
            assert!(matches!(&refused, Err(Failure::Input(what)) if what.contains(says)), "{line}: {refused:?}");
        }
    }
}
