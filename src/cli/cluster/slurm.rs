//! `cluster slurm`: scripts for a cluster whose machines share a folder.
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Estimate, Failure, Shareable, Shared, count, program, quoted};
use crate::{
    cli::work::ALL_THERE,
    phrase::{counted, thousands},
};

/// By this line a script is known to be ours, and may be written anew.
const OURS: &str = "# Made by dewpoint cluster slurm:";

/// Tasks of an array that Slurm takes unless it is told otherwise.
const MOST_TASKS: u64 = 1000;

/// How many times the estimated time is asked for, and minutes beside: what is stopped too early is started again, what asks
/// for too much waits longer.
const ROOM: f64 = 3.0;
const MINUTES_BESIDE: f64 = 10.0;

/// How many times the estimated memory is asked for, and megabytes beside.
const MEMORY: f64 = 1.5;
const MEGABYTES_BESIDE: f64 = 200.0;

/// Options of `cluster slurm`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    shared: Shared,
    /// Partition [default: the cluster's].
    #[arg(long, value_name = "NAME", value_parser = word)]
    partition: Option<String>,
    /// Time of a job, as Slurm writes it [default: three times what it takes at the usual pace, and ten minutes].
    #[arg(long, value_name = "D-HH:MM:SS", value_parser = word)]
    time: Option<String>,
    /// Megabytes of memory of a job [default: an estimate].
    #[arg(long, value_name = "MB", value_parser = megabytes, allow_negative_numbers = true)]
    memory: Option<u64>,
    /// Cores of each shard [default: the threads of the command, or 1].
    #[arg(long, value_name = "N", value_parser = cores, allow_negative_numbers = true)]
    cores: Option<u64>,
    /// Beginning of the names of scripts and logs [default: dewpoint-COMMAND-SCENARIO].
    #[arg(long, value_name = "NAME", value_parser = word)]
    name: Option<String>,
}

fn megabytes(text: &str) -> Result<u64, String> {
    count(text, 1, 100_000_000)
}

fn cores(text: &str) -> Result<u64, String> {
    count(text, 1, 1024)
}

/// A word that stands in a line of a script as it is.
fn word(text: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._-:,".contains(letter);
    let fits = !text.is_empty() && !text.starts_with('-') && text.chars().all(plain);
    if fits { Ok(text.into()) } else { Err("letters, digits and . _ - : , only".into()) }
}

/// What the scripts are made of.
struct Plan {
    program: PathBuf,
    name: String,
    line: String,
    shards: u64,
    cores: u64,
    partition: Option<String>,
    time: String,
    megabytes: u64,
    estimate: Estimate,
}

/// Writes the scripts into the current folder and says what to do with them.
pub(super) fn write(out: &mut dyn Write, options: &Options) -> Result<(), Failure> {
    let (shards, command) = (options.shared.shards, Shareable::of(&options.shared.command)?);
    if shards > MOST_TASKS {
        return Err(Failure::Input(format!("--shards {shards}: an array of Slurm has from 1 to {MOST_TASKS} tasks")));
    }
    let cores = options.cores.unwrap_or(command.threads.map_or(1, |threads| threads as u64));
    let estimate = command.estimate(cores)?;
    let mut line = command.line();
    if command.threads.is_none() {
        line.push_str(&format!(" --threads {cores}"));
    }
    let plan = Plan {
        program: program()?,
        name: options.name.clone().unwrap_or_else(|| plain(&command.name)),
        line,
        shards,
        cores,
        partition: options.partition.clone(),
        time: options.time.clone().unwrap_or_else(|| time(estimate.seconds / (shards * cores) as f64)),
        megabytes: options.memory.unwrap_or((MEMORY * estimate.bytes / 1e6 + MEGABYTES_BESIDE).ceil() as u64),
        estimate,
    };
    let scripts = plan.scripts();
    for (name, _) in &scripts {
        if fs::read_to_string(name).map_or(Path::new(name).exists(), |text| !text.contains(OURS)) {
            return Err(Failure::Failed(format!("{name} is there already and is none of ours; choose another --name")));
        }
    }
    for (name, text) in &scripts {
        fs::write(name, text).map_err(|error| Failure::Failed(format!("cannot write {name}: {error}")))?;
    }
    let [array, join, submit] = scripts.map(|(name, _)| name);
    writeln!(out, "{}.", plan.estimated())?;
    writeln!(out, "{array} is the array of shards, {join} joins them, {submit} submits both:\n\n  sh {submit}")?;
    Ok(())
}

/// `name` without what a script's name cannot have.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() || "._-".contains(letter) { letter } else { '_' }).collect()
}

/// The time to ask for where a shard takes so many seconds: in tens of minutes.
fn time(seconds: f64) -> String {
    let minutes = ((ROOM * seconds / 60.0 + MINUTES_BESIDE) / 10.0).ceil() as u64 * 10;
    format!("{}-{:02}:{:02}:00", minutes / 1440, minutes / 60 % 24, minutes % 60)
}

impl Plan {
    /// What it takes, in words.
    fn estimated(&self) -> String {
        let Estimate { runs, seconds, bytes } = self.estimate;
        format!(
            "{} expected, about {} hours of one core and {} MB, in {} of {}",
            counted(runs, "run"),
            (seconds / 360.0).ceil() / 10.0,
            thousands((bytes / 1e6).ceil() as u64),
            counted(self.shards, "shard"),
            counted(self.cores, "core") + if self.shards > 1 { " each" } else { "" }
        )
    }

    /// The beginning of a job that is called `name`, logs to `log` and has `more` to say.
    fn head(&self, name: &str, log: &str, more: &str) -> String {
        let partition =
            self.partition.as_ref().map_or_else(String::new, |name| format!("#SBATCH --partition={name}\n"));
        format!(
            "#!/bin/sh\n#SBATCH --job-name={name}\n{more}#SBATCH --nodes=1\n#SBATCH --ntasks=1\n\
             #SBATCH --cpus-per-task={}\n#SBATCH --time={}\n#SBATCH --mem={}M\n{partition}#SBATCH --output={log}.log\n\
             #SBATCH --open-mode=append\n{OURS} {}.\n",
            self.cores,
            self.time,
            self.megabytes,
            self.estimated()
        )
    }

    /// Names and texts: the array of shards, the job that joins them, and what submits both.
    fn scripts(&self) -> [(String, String); 3] {
        let Self { name, line, shards, .. } = self;
        let command = format!("{} {line}", quoted(&self.program.display().to_string()));
        let [array, join, submit] = ["slurm", "join", "submit"].map(|what| format!("{name}.{what}.sh"));
        let of_array = self.head(name, &format!("{name}.%a"), &format!("#SBATCH --array=1-{shards}\n"))
            + &format!("exec {command} --shard \"$SLURM_ARRAY_TASK_ID/{shards}\"\n");
        let of_join = self.head(&format!("{name}-join"), &format!("{name}.join"), "")
            + &format!(
                "# A command that decides by what it has seen what to simulate next has several stages: all shards again for each.\n\
                 says=$({command} --shard 1/{shards}) || exit 1\n\
                 case $says in\n    \
                 *'{ALL_THERE}'*) exec {command} ;;\n    \
                 *) exec sh {submit} ;;\n\
                 esac\n"
            );
        let of_submit = format!(
            "#!/bin/sh\n{OURS} submits {shards} shards, and what joins them once all have ended well.\n\
             set -e\n\
             array=$(sbatch --parsable {array})\n\
             sbatch --dependency=afterok:\"${{array%%;*}}\" --kill-on-invalid-dep=yes {join}\n"
        );
        [(array, of_array), (join, of_join), (submit, of_submit)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            program: "/opt/my tools/dewpoint".into(),
            name: "dewpoint-run-spi1".into(),
            line: "run spi1 --runs 10000 --set title='a b' --threads 2".into(),
            shards: 8,
            cores: 2,
            partition: Some("long".into()),
            time: time(7200.0),
            megabytes: 500,
            estimate: Estimate { runs: 10_000, seconds: 115_200.0, bytes: 2e8 },
        }
    }

    #[test]
    fn the_scripts_read_as_slurm_and_the_shell_read_them() {
        let [(array, of_array), (join, of_join), (submit, of_submit)] = plan().scripts();
        assert_eq!(
            of_array,
            "#!/bin/sh\n#SBATCH --job-name=dewpoint-run-spi1\n#SBATCH --array=1-8\n#SBATCH --nodes=1\n#SBATCH --ntasks=1\n\
             #SBATCH --cpus-per-task=2\n#SBATCH --time=0-06:10:00\n#SBATCH --mem=500M\n#SBATCH --partition=long\n\
             #SBATCH --output=dewpoint-run-spi1.%a.log\n#SBATCH --open-mode=append\n\
             # Made by dewpoint cluster slurm: 10,000 runs expected, about 32 hours of one core and 200 MB, in 8 shards of \
             2 cores each.\n\
             exec '/opt/my tools/dewpoint' run spi1 --runs 10000 --set title='a b' --threads 2 \
             --shard \"$SLURM_ARRAY_TASK_ID/8\"\n"
        );
        assert!(!of_join.contains("--array") && of_join.contains("--output=dewpoint-run-spi1.join.log"), "{of_join}");
        assert!(
            of_join.contains("--shard 1/8) || exit 1") && of_join.contains(&format!("exec sh {submit}")),
            "{of_join}"
        );
        assert!(of_join.contains("*'all runs are there'*) exec '/opt/my tools/dewpoint' run spi1"), "{of_join}");
        assert!(of_submit.contains(&format!("sbatch --parsable {array}")) && of_submit.contains(&join), "{of_submit}");
        assert!(of_submit.contains("--dependency=afterok:\"${array%%;*}\""), "{of_submit}");
    }

    #[test]
    fn time_is_asked_for_with_room() {
        for (seconds, asked) in [(0.0, "0-00:10:00"), (60.0, "0-00:20:00"), (100_000.0, "3-11:30:00")] {
            assert_eq!(time(seconds), asked);
        }
    }

    #[test]
    fn no_option_brings_its_own_lines_along() {
        assert!(word("gpu_long-2").is_ok() && word("1-12:00:00").is_ok());
        for text in ["", "-p", "a b", "a\n#SBATCH --x", "$(x)", "a'b"] {
            assert!(word(text).is_err(), "{text}");
        }
    }
}
