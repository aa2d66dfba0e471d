//! The manifest of a results folder: enough to rerun it, and to see that the rerun gave the same.
use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Deserializer, Serialize};

/// Name of its file.
pub const MANIFEST: &str = "manifest.json";

/// Where results come from. Time and machine stand here only: nothing else in the folder depends on them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// `dewpoint`.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Its commit, if it was known when it was built, with `-changed` where the sources were not those of the commit.
    pub commit: Option<String>,
    /// SHA-256 of its sources: results of another build are made anew, never taken for its own.
    pub build: String,
    /// The command that gives the same bytes in any folder.
    #[serde(deserialize_with = "one_line")]
    pub command: String,
    /// The scenario with every value in place; for an experiment its question and every scenario it begins with.
    pub scenario: String,
    /// SHA-256 of the file of data that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Seed of all luck.
    pub seed: u64,
    /// Replicates.
    pub runs: u64,
    /// Replicates asked for: more than were run where the precision was reached earlier.
    pub most_runs: u64,
    /// The precision asked for, if any.
    pub precision: Option<f64>,
    /// Replicates that failed.
    pub failed: u64,
    /// SHA-256 over the tables, as [`digest`](super::csv::digest) says.
    pub digest: String,
    /// The files of the folder, apart from this one.
    pub files: Vec<String>,
    /// SHA-256 of each of them.
    #[serde(default)]
    pub checksums: BTreeMap<String, String>,
    /// Operating system, processor and threads.
    pub machine: Machine,
    /// When the run began, universal time.
    pub started: String,
    /// Seconds from start to end; of the last part if the run was interrupted.
    pub duration_seconds: f64,
}

/// The machine that made the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Operating system.
    pub system: String,
    /// Processor architecture.
    pub architecture: String,
    /// Threads used.
    pub threads: usize,
}

impl Machine {
    /// This machine, using `threads` (0: one for each core).
    pub fn here(threads: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            system: std::env::consts::OS.into(),
            architecture: std::env::consts::ARCH.into(),
            threads: if threads == 0 { cores } else { threads },
        }
    }
}

/// Version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Commit of this program: that of the git checkout it was built in, or `DEWPOINT_COMMIT` of whoever built it.
pub const COMMIT: Option<&str> = option_env!("DEWPOINT_COMMIT");

/// SHA-256 of the sources of this program. Versions and commits stay the same while someone works on the model; this does
/// not, and it costs nothing to know.
pub const BUILD: &str = env!("DEWPOINT_BUILD");

/// A command as it is written now, or word by word as it used to be.
fn one_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Line(String),
        Words(Vec<String>),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Line(line) => line,
        Either::Words(words) => words.join(" "),
    })
}

/// `time` as in `2026-01-31T12:00:00Z`.
pub fn universal_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Seconds from 1970 to a time as [`universal_time`] writes it; nothing where it is none.
pub fn seconds_of(time: &str) -> Option<u64> {
    let number = |from: usize, to: usize| time.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // Nobody measured anything before 1970 or after 9999, so that the days are found by trying.
    let near = year.checked_sub(1970)? * 365;
    let days = (near..near + 3000).find(|&days| date(days) == (year, month, day))?;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// Year, month and day of the Gregorian calendar, `days` after 1 January 1970.
fn date(days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut left) = (1970, days);
    while left >= 365 + u64::from(leap(year)) {
        left -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_known_times() {
        let time = |seconds| universal_time(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(951_782_400), "2000-02-29T00:00:00Z");
        for seconds in [0, 951_782_400, 1_767_225_599, 2_000_000_000] {
            assert_eq!(seconds_of(&time(seconds)), Some(seconds));
        }
        assert_eq!(["", "2026-02-30T00:00:00Z", "some time"].map(seconds_of), [None; 3]);
        assert_eq!(time(1_767_225_599), "2025-12-31T23:59:59Z");
    }
}
