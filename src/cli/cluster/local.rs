//! `cluster local`: shards as processes of one machine.
use std::{
    process::{Child, Command, Output, Stdio},
    thread::available_parallelism,
};

use clap::Args;

use super::{Failure, Shareable, Shared, program};
use crate::cli::{progress::Progress, work::ALL_THERE};

/// Options of `cluster local`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    shared: Shared,
}

/// Runs all shards side by side, stage by stage, then joins what they made.
pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let (shards, command) = (options.shared.shards, Shareable::of(&options.shared.command)?);
    let progress = Progress::new(command.quiet, 0, 0);
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = (cores / shards as usize).max(1).to_string();
    let cannot = |error: std::io::Error| Failure::Failed(format!("cannot start another dewpoint: {error}"));
    let start = |number: u64| -> Result<Child, Failure> {
        let mut child = Command::new(program()?);
        child.args(&command.words).arg(format!("--shard={number}/{shards}"));
        child.args((!command.quiet).then_some("--quiet"));
        child.args(command.threads.is_none().then(|| format!("--threads={threads}")));
        child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(cannot)
    };
    for stage in 1.. {
        let started: Vec<Child> = (1..=shards).map(start).collect::<Result<_, _>>()?;
        let ended = started.into_iter().map(Child::wait_with_output).collect::<Result<Vec<Output>, _>>();
        let ended = ended.map_err(|error| Failure::Failed(format!("cannot wait for a shard: {error}")))?;
        let is_wrong = |ended: &&Output| !ended.status.success();
        if ended.iter().all(|ended| is_wrong(&ended)) {
            // What is wrong with all of them is wrong with the command.
            let said = ended.first().map(|ended| String::from_utf8_lossy(&ended.stderr).into_owned());
            let said = said.unwrap_or_default().trim_end().trim_start_matches("error: ").to_owned();
            let is_input = ended.iter().all(|ended| ended.status.code() == Some(2));
            return Err(if is_input { Failure::Input(said) } else { Failure::Failed(said) });
        }
        for (number, ended) in (1..).zip(&ended).filter(|(_, ended)| is_wrong(ended)) {
            let said = String::from_utf8_lossy(&ended.stderr).trim_end().to_owned();
            progress.note(&format!("shard {number} of {shards} did not end well ({}): {said}", ended.status));
        }
        // What a lost shard was to make is made by the command that joins.
        if ended.iter().any(|ended| is_wrong(&ended)) || ended.iter().any(|ended| says_all_there(&ended.stdout)) {
            break;
        }
        progress.note(&format!("stage {stage} is done by {shards} shards; another may be needed"));
    }
    let joined = Command::new(program()?).args(&command.words).status().map_err(cannot)?;
    if joined.success() {
        return Ok(());
    }
    Err(Failure::Failed(format!("the command that joins the shards did not end well: {joined}")))
}

fn says_all_there(stdout: &[u8]) -> bool {
    String::from_utf8_lossy(stdout).contains(ALL_THERE)
}
