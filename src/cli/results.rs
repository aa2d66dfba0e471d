//! A results folder as a command sees it: what question it answers, whether it is answered already, and how it is filled.
use std::{
    io::Write,
    path::{Path, PathBuf},
    time::{Instant, SystemTime},
};

use super::Failure;
use crate::output::{
    csv::{File, digest},
    folder::{Existing, Folder, existing, has_leftovers, program_digest, read_text},
    manifest::{COMMIT, MANIFEST, Machine, Manifest, VERSION, universal_time},
    report::PAGE,
};

/// The summary as text and for machines, kept with the results so that a rerun can show them.
pub const SUMMARY_TEXT: &str = "summary.txt";
/// See [`SUMMARY_TEXT`].
pub const SUMMARY_JSON: &str = "summary.json";

/// The option with which a command leaves out what depends on assumptions.
const NO_ASSUMPTIONS: &str = "--no-assumptions";

/// What is asked, and where the answer goes.
#[derive(Clone, Debug)]
pub struct Results {
    /// The folder.
    pub target: PathBuf,
    /// Everything that decides the answer, apart from seed and number of runs: the same text, the same question.
    pub question: String,
    /// Seed of all luck.
    pub seed: u64,
    /// Replicates, at most.
    pub most_runs: u64,
    /// The precision asked for, if any.
    pub precision: Option<f64>,
    /// Digest of this program.
    pub build: String,
    /// Whether a report belongs to it.
    pub report: bool,
    /// Whether a report says which conclusions depend on assumptions.
    pub assumptions: bool,
    /// When the work began.
    started: (SystemTime, Instant),
}

impl Results {
    /// The answer to `question` in the folder `target`, with a report.
    pub fn of(target: PathBuf, question: String, seed: u64, most_runs: u64, precision: Option<f64>) -> Self {
        let started = (SystemTime::now(), Instant::now());
        Self {
            target,
            question,
            seed,
            most_runs,
            precision,
            build: program_digest(),
            report: true,
            assumptions: true,
            started,
        }
    }

    /// Takes hold of the folder; `None` if it holds this very answer already.
    ///
    /// # Errors
    ///
    /// When something stands there that must not be overwritten, or another process holds it.
    pub fn hold(&self) -> Result<Option<Folder>, Failure> {
        if self.is_answered()? {
            // Who died in the last clean-up left something behind.
            if has_leftovers(&self.target)
                && let Ok(folder) = Folder::hold(&self.target)
            {
                folder.discard();
            }
            return Ok(None);
        }
        let folder = Folder::hold(&self.target).map_err(Failure::Failed)?;
        // Once more: until now another process may have been writing here, or have died while it did.
        match self.is_answered() {
            Ok(false) => Ok(Some(folder)),
            Ok(true) => {
                folder.release();
                Ok(None)
            }
            Err(failure) => {
                folder.release();
                Err(failure)
            }
        }
    }

    /// Whether the target holds what a rerun would give.
    fn is_answered(&self) -> Result<bool, Failure> {
        let there = match existing(&self.target) {
            Existing::Nothing => return Ok(false),
            Existing::Foreign(what) => return Err(self.refuse(&what)),
            Existing::Results(there) if there.scenario != self.question => {
                return Err(self.refuse("holds the results of another scenario, or of this one with other values,"));
            }
            Existing::Results(there) => there,
        };
        let left_out = self.assumptions && there.command.iter().any(|word| word == NO_ASSUMPTIONS);
        let complete = !self.report || (there.files.iter().any(|file| file == PAGE) && !left_out);
        let same = complete && there.build == self.build && there.seed == self.seed;
        Ok(same && there.precision == self.precision && there.most_runs == self.most_runs)
    }

    fn refuse(&self, what: &str) -> Failure {
        Failure::Failed(format!(
            "{} {what} and will not be overwritten; choose another place with --out, or move it away",
            self.target.display()
        ))
    }

    /// Writes the summary that the folder holds, as text or JSON, and returns what to say of it.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written.
    pub fn show_again(&self, out: &mut dyn Write, json: bool) -> Result<String, Failure> {
        out.write_all(read_text(&self.target, summary_name(json)).unwrap_or_default().as_bytes())?;
        Ok(format!("{} already holds exactly these results; nothing was run", self.target.display()))
    }

    /// Puts `files` and a manifest in place, writes the summary to `out`, and returns what to say of results replaced.
    ///
    /// # Errors
    ///
    /// When something cannot be written.
    pub fn finish(
        &self,
        out: &mut dyn Write,
        folder: Folder,
        mut files: Vec<File>,
        made: &Made,
    ) -> Result<Option<String>, Failure> {
        let manifest = Manifest {
            program: "dewpoint".into(),
            version: VERSION.into(),
            commit: COMMIT.map(Into::into),
            build: self.build.clone(),
            command: std::env::args().collect(),
            scenario: self.question.clone(),
            seed: self.seed,
            runs: made.runs,
            most_runs: self.most_runs,
            precision: self.precision,
            failed: made.failed,
            digest: digest(&files),
            files: files.iter().map(|(name, _)| name.clone()).collect(),
            machine: Machine::here(made.threads),
            started: universal_time(self.started.0),
            duration_seconds: self.started.1.elapsed().as_secs_f64(),
        };
        let manifest = serde_json::to_value(&manifest).map_err(|error| Failure::Failed(error.to_string()))?;
        files.push((MANIFEST.into(), json_bytes(&manifest)));
        let note = match existing(&self.target) {
            Existing::Results(old) => {
                Some(format!("replacing the results of {} runs with seed {} of the same scenario", old.runs, old.seed))
            }
            _ => None,
        };
        folder.finish(&files).map_err(Failure::Failed)?;
        let name = summary_name(made.json);
        files.iter().filter(|(other, _)| other == name).try_for_each(|(_, bytes)| out.write_all(bytes))?;
        Ok(note)
    }
}

/// What a finished command says of its work.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Replicates.
    pub runs: u64,
    /// Those that failed.
    pub failed: u64,
    /// Threads asked for, 0 for one for each core.
    pub threads: usize,
    /// Whether the summary is shown as JSON.
    pub json: bool,
}

fn summary_name(json: bool) -> &'static str {
    if json { SUMMARY_JSON } else { SUMMARY_TEXT }
}

/// A JSON value as a file.
pub fn json_bytes(value: &serde_json::Value) -> Vec<u8> {
    format!("{:#}\n", without_negative_zero(value.clone())).into_bytes()
}

/// `value` with every -0.0 as 0.0: the sign says nothing, and reads as if it did.
fn without_negative_zero(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) if number.is_f64() && number.as_f64() == Some(0.0) => Value::from(0.0),
        Value::Array(values) => values.into_iter().map(without_negative_zero).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, without_negative_zero(value))).collect())
        }
        other => other,
    }
}

/// The name of a scenario as part of a file name: its own file's stem.
pub fn stem(file: &str) -> String {
    Path::new(file).file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}

/// `text` as one word of a command line.
pub fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-=+:,@".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text.into() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
