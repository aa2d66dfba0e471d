//! `--ensemble`: rows that `dewpoint fit` found, in place of the posterior that comes with the program.
use std::path::PathBuf;

use clap::Args;

use super::{Failure, files::text};
use crate::{
    experiment::{
        calibrate::declarations,
        fit::file::refused,
        uncertain::{Drawn, draws::places, posterior::Posterior},
    },
    output::{key::Key, manifest::VERSION},
    scenario::Scenario,
};

/// Draws that tell luck from parameters where `--uncertain` does not say how many.
const USUAL_DRAWS: u64 = 64;

/// The option of every command that can draw from a fit.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Fitted {
    /// Draw parameters, and what was found out of the place, from the ensemble.csv of a `dewpoint fit` instead of the posterior,
    /// and tell luck from parameters as --uncertain does. The place must be the one it was fitted to; programmes may differ.
    #[arg(long, value_name = "FILE", conflicts_with = "fixed")]
    ensemble: Option<PathBuf>,
}

/// Rows that were read.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The rows.
    pub posterior: Posterior,
    /// A mark of the text they stand in.
    pub mark: String,
}

impl Fitted {
    /// The rows of the file that was named, if one was, for `scenarios`.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or was fitted by another program or to another place.
    pub fn rows<'s>(&self, scenarios: impl IntoIterator<Item = &'s Scenario>) -> Result<Option<Rows>, Failure> {
        let Some(file) = &self.ensemble else { return Ok(None) };
        let wrong = |what: String| Failure::Input(format!("--ensemble {}: {what}", file.display()));
        let is_plain = std::fs::metadata(file).is_ok_and(|about| about.is_file());
        let text = text(file, is_plain).map_err(|error| wrong(format!("cannot be read: {error}")))?;
        // A file of another version may have other paths, which is the better reason.
        let head: String =
            text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
        let made_by = head.lines().find_map(|line| line.strip_prefix("# version: "));
        if let Some(version) = made_by.filter(|version| *version != VERSION) {
            return Err(wrong(format!("was made by version {version} and this is {VERSION}; fit the data anew")));
        }
        let posterior = Posterior::read_of(&text, &places()).map_err(wrong)?;
        let digest = |text: &str| Key::of(&[text]).in_words();
        for scenario in scenarios {
            if let Some(what) = refused(&posterior, scenario, VERSION, &digest(&declarations()), digest) {
                return Err(wrong(what));
            }
        }
        let mark = digest(&text).chars().take(12).collect();
        Ok(Some(Rows { posterior, mark }))
    }
}

/// What each run draws its parameters from: the rows that `--ensemble` names, or the posterior; nothing where parameters are
/// `fixed` and `--uncertain` asks for no `draws`.
pub fn drawn_rows(draws: Option<u64>, fixed: bool, rows: Option<&Rows>) -> Option<Drawn<'_>> {
    match (rows, draws) {
        (Some(rows), draws) => Some(Drawn { draws: draws.unwrap_or(USUAL_DRAWS), posterior: &rows.posterior }),
        (None, Some(draws)) => Some(draws.into()),
        (None, None) => (!fixed).then(|| 0.into()),
    }
}
