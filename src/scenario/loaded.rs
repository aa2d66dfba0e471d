//! What loading a scenario gives: the scenario, and where each of its values was set.

use std::collections::BTreeMap;

use super::{
    Scenario,
    problem::{Problem, Problems},
    slot::{Address, EXTENDS, table},
};

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File as the user knows it.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// A scenario that was read, and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The scenario. Without programmes if no file gives one: then it is a setting, to build on.
    pub scenario: Scenario,
    /// Where each value was set that a file gives.
    pub origins: BTreeMap<Address, Place>,
    /// The files, the lowest first; the last is the one that was asked for.
    pub files: Vec<String>,
    /// First comment line of the file that was asked for: its story in a sentence.
    pub story: String,
}

impl Loaded {
    /// The scenario, ready to run.
    ///
    /// # Errors
    /// If it has no programme.
    pub fn ready(self) -> Result<Scenario, Problems> {
        if !self.scenario.programmes.is_empty() {
            return Ok(self.scenario);
        }
        let file = self.files.last().map_or("scenario", String::as_str);
        let what = format!("no [[{}]]: this is a setting, not yet a scenario to run", table::PROGRAMME);
        let help = format!("write a file with {EXTENDS} = \"{file}\" and a [[{}]]", table::PROGRAMME);
        Err(Problem::whole(file, what, help).into())
    }
}
