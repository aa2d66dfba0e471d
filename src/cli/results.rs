//! A results folder as a command sees it: what question it answers, whether it is answered already, and how it is filled.
use std::{
    io::Write,
    path::{Path, PathBuf},
    time::{Instant, SystemTime},
};

use super::Failure;
use crate::output::{
    csv::{File, checksum_of, digest},
    folder::{Existing, Folder, existing, has_leftovers, led_to, read_text},
    format::Format,
    key::Key,
    manifest::{BUILD, COMMIT, MANIFEST, Machine, Manifest, VERSION, universal_time},
    report::PAGE,
    shards::{About, Shard, Share},
};

/// The summary as text and for machines, kept with the results so that a rerun can show them.
pub const SUMMARY_TEXT: &str = "summary.txt";
/// See [`SUMMARY_TEXT`].
pub const SUMMARY_JSON: &str = "summary.json";

/// The option with which a command leaves out what depends on assumptions.
const NO_ASSUMPTIONS: &str = "--no-assumptions";

/// How many folders stand beside one another, at most, that nobody named.
const MOST_BESIDE: usize = 999;

/// How a summary calls the folder it lies in, so that its bytes are the same in every folder.
pub const HERE: &str = "this folder";

/// What is asked, and where the answer goes.
#[derive(Clone, Debug)]
pub struct Results {
    /// The folder.
    pub target: PathBuf,
    /// Everything that decides the answer, apart from seed and number of runs: the same text, the same question.
    pub question: String,
    /// SHA-256 of the file of data that it is about, if it is about one: a file that grows is asked the same again.
    pub data: Option<String>,
    /// Seed of all luck.
    pub seed: u64,
    /// Replicates, at most.
    pub most_runs: u64,
    /// The precision asked for, if any.
    pub precision: Option<f64>,
    /// The command that gives the same bytes in any folder.
    pub command: String,
    /// Whether a report belongs to it.
    pub report: bool,
    /// Whether a report says which conclusions depend on assumptions.
    pub assumptions: bool,
    /// In which format its tables are written.
    pub format: Format,
    /// When the work began.
    started: (SystemTime, Instant),
}

impl Results {
    /// The answer to `question` in the folder `target`, with a report.
    pub fn of(target: PathBuf, question: String, command: String, seed: u64, most_runs: u64) -> Self {
        let started = (SystemTime::now(), Instant::now());
        Self {
            target: led_to(target),
            question,
            data: None,
            seed,
            most_runs,
            precision: None,
            command,
            report: true,
            assumptions: true,
            format: Format::default(),
            started,
        }
    }

    /// Goes to the first folder beside the target that is free or holds this question, `chart-ward-2`: where nobody named
    /// a folder, and the same data are looked at once more in another way.
    pub fn beside_others(mut self) -> Self {
        let name = self.target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = (2..=MOST_BESIDE).map(|number| self.target.with_file_name(format!("{name}-{number}")));
        let holds_another = |target: &PathBuf| match existing(target) {
            Existing::Results(there) => there.scenario != self.question,
            Existing::Nothing | Existing::Foreign(_) => false,
        };
        let free = std::iter::once(self.target.clone()).chain(beside).find(|target| !holds_another(target));
        self.target = led_to(free.unwrap_or(self.target));
        self
    }

    /// Takes hold of the folder; `None` if it holds this very answer already.
    ///
    /// # Errors
    ///
    /// When something stands there that must not be overwritten, or another process holds it.
    pub fn hold(&self) -> Result<Option<Folder>, Failure> {
        if self.is_answered()? {
            // What a kill in the last moment left beside it is of no use any more.
            if has_leftovers(&self.target)
                && let Ok(folder) = Folder::hold(&self.target)
            {
                folder.release();
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

    /// Takes hold of the share of `shard`; `None` if the folder holds the answer already.
    ///
    /// # Errors
    ///
    /// When something stands there that must not be overwritten, or the share is another process's or of another work.
    pub fn share(&self, shard: Shard) -> Result<Option<Share>, Failure> {
        if self.is_answered()? {
            return Ok(None);
        }
        Share::hold(&self.target, &self.share_of(shard)).map(Some).map_err(Failure::Failed)
    }

    /// What `shard` says of its share.
    pub fn share_of(&self, shard: Shard) -> About {
        let question = Key::of(&[&self.question, &self.seed.to_string()]).in_words();
        About { shard, build: BUILD.into(), question }
    }

    /// Whether the target holds what a rerun would give.
    fn is_answered(&self) -> Result<bool, Failure> {
        let there = match existing(&self.target) {
            Existing::Nothing => return Ok(false),
            Existing::Foreign(what) => return Err(self.refuse(&what)),
            Existing::Results(there) if there.scenario != self.question => {
                return Err(self.refuse(self.another(&there)));
            }
            Existing::Results(there) => there,
        };
        let left_out = self.assumptions && there.command.contains(NO_ASSUMPTIONS);
        let complete = !self.report || (there.files.iter().any(|file| file == PAGE) && !left_out);
        let complete = complete && self.format.is_of(&there.files);
        let same = complete && there.build == BUILD && there.seed == self.seed && there.data == self.data;
        Ok(same && there.precision == self.precision && there.most_runs == self.most_runs)
    }

    /// What is said of a folder whose results, `there`, answer another question.
    fn another(&self, there: &Manifest) -> &'static str {
        match (&self.data, &there.data) {
            (None, _) => "holds the results of another scenario, or of this one with other values,",
            (Some(data), Some(other)) if data == other => "holds the results of the same data with other options,",
            (Some(_), _) => "holds the results of other data, or of these with other options,",
        }
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
        let text = read_text(&self.target, summary_name(json)).unwrap_or_default();
        out.write_all(self.for_reading(text, json).as_bytes())?;
        Ok(format!("{} already holds exactly these results; nothing was run", self.target.display()))
    }

    /// A summary as it is shown: with the name of the folder instead of [`HERE`].
    fn for_reading(&self, summary: String, json: bool) -> String {
        let (before, after) = match summary.rsplit_once(HERE) {
            Some(parts) if !json => parts,
            _ => return summary,
        };
        format!("{before}{}{after}", self.target.display())
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
            build: BUILD.into(),
            command: self.command.clone(),
            scenario: self.question.clone(),
            data: self.data.clone(),
            seed: self.seed,
            runs: made.runs,
            most_runs: self.most_runs,
            precision: self.precision,
            failed: made.failed,
            digest: made.digest.clone().unwrap_or_else(|| digest(&files)),
            files: files.iter().map(|(name, _)| name.clone()).collect(),
            checksums: files.iter().map(|(name, bytes)| (name.clone(), checksum_of(bytes))).collect(),
            machine: Machine::here(made.threads),
            started: universal_time(self.started.0),
            duration_seconds: self.started.1.elapsed().as_secs_f64(),
        };
        let manifest = serde_json::to_value(&manifest).map_err(|error| Failure::Failed(error.to_string()))?;
        files.push((MANIFEST.into(), json_bytes(&manifest)));
        // Looked at again: a long run leaves time to change what lies there.
        let note = match existing(&self.target) {
            Existing::Nothing => None,
            Existing::Results(old) if old.scenario == self.question && old.data != self.data => {
                Some("replacing the chart of what the file held before".into())
            }
            Existing::Results(old) if old.scenario == self.question => {
                Some(format!("replacing the results of {} runs with seed {} of the same scenario", old.runs, old.seed))
            }
            Existing::Results(there) => {
                folder.release();
                return Err(self.refuse(self.another(&there)));
            }
            Existing::Foreign(what) => {
                folder.release();
                return Err(self.refuse(&what));
            }
        };
        folder.finish(&files).map_err(Failure::Failed)?;
        let name = summary_name(made.json);
        for (_, bytes) in files.iter().filter(|(other, _)| other == name) {
            out.write_all(self.for_reading(String::from_utf8_lossy(bytes).into_owned(), made.json).as_bytes())?;
        }
        Ok(note)
    }
}

/// What a finished command says of its work.
#[derive(Clone, Debug)]
pub struct Made {
    /// Replicates.
    pub runs: u64,
    /// Those that failed.
    pub failed: u64,
    /// Threads asked for, 0 for one for each core.
    pub threads: usize,
    /// Whether the summary is shown as JSON.
    pub json: bool,
    /// Digest of the numbers; that of the files where there is none.
    pub digest: Option<String>,
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
