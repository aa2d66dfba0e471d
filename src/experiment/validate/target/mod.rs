//! Published figures: does the model give effects of the size that trials have found, and not only of the right sign?
//!
//! A target is an experiment like those of the patterns, whose answer is a number: what was published, and the band that the
//! model's answer should lie in. It is counted apart from the patterns: a band is a proposal, and parameters are fitted to some of the figures.

mod document;
mod measure;
mod pictures;
mod read;
mod words;

use serde::{Deserialize, Serialize};

pub use self::{
    measure::{Columned, Found, Held, Standing, columned, jobs, measure, runs_for},
    read::{BUNDLED_TARGETS, targets},
};
use super::{expression::Combination, pattern::Arm};
use crate::scenario::Scenario;

/// A published figure, and the experiment that it is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Short name: `N05`.
    pub id: String,
    /// A few words for rows and pictures.
    pub name: String,
    /// What was found, in words.
    pub says: String,
    /// The number as published.
    pub published: f64,
    /// Lower end of the band in which the model's answer should lie.
    pub from: f64,
    /// Its upper end.
    pub to: f64,
    /// Unit of all of these: `points` (of a share) or any other.
    pub unit: String,
    /// Whether parameters are fitted to it.
    pub role: Role,
    /// Who published it.
    pub source: String,
    /// How far that was verified.
    pub verified: Verified,
    /// How far it carries over to NHS wards and practices.
    pub transport: Transport,
    /// What to know of it; why it is missed where it is.
    pub remark: String,
    /// What the model lacks so that it cannot be tested.
    pub missing: Option<String>,
    /// What the answer is of: one setting, or many.
    pub statistic: Statistic,
    /// Standard deviation of the chance of a single trial, in the unit published; 0 where it is left out.
    pub trial_error: f64,
    /// How far a model that is right in everything else may miss it: a standard deviation, in half widths of the band.
    pub discrepancy: f64,
    /// The conditions compared.
    pub arms: Vec<Arm>,
    /// The answer, from what the arms give.
    value: Combination,
    /// What it is divided by, where it is a ratio.
    over: Option<Combination>,
    /// What differs between settings, where there are many.
    contexts: Vec<Varied>,
    fixed: Vec<(String, String)>,
    base: Scenario,
}

/// A number of the setting that differs from context to context, evenly spread.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Varied {
    /// Where it is.
    pub path: String,
    /// Its least value.
    pub from: f64,
    /// Its greatest.
    pub to: f64,
}

/// What a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Parameters are fitted to it.
    Fit,
    /// Nothing is fitted to it.
    Validation,
    /// It went in as a number of the setting, so that it comes out is no finding.
    Input,
}

/// How far a published figure was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verified {
    /// The figure was seen in an abstract or page of the source.
    Seen,
    /// Seen on a page that reports it.
    Reported,
    /// Seen in part, the rest from memory.
    Partly,
    /// Calculated from figures that were seen.
    Derived,
    /// From memory alone.
    Memory,
}

/// How far a figure carries over to NHS wards and practices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Well.
    High,
    /// With care.
    Medium,
    /// Hardly.
    Low,
}

/// What the answer is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// The mean over runs in one setting.
    #[default]
    Mean,
    /// The median over many settings.
    Median,
    /// The quartile below which a quarter of many settings lies.
    LowerQuartile,
    /// The quartile above which a quarter of many settings lies.
    UpperQuartile,
}

impl Statistic {
    /// Which quantile over settings; none for a single setting.
    pub fn share(self) -> Option<f64> {
        match self {
            Self::Mean => None,
            Self::Median => Some(0.5),
            Self::LowerQuartile => Some(0.25),
            Self::UpperQuartile => Some(0.75),
        }
    }
}

impl Target {
    /// What a number of the model is multiplied with to be in the unit published.
    pub fn factor(&self) -> f64 {
        if self.unit == "points" { 100.0 } else { 1.0 }
    }

    /// The scenario of an arm, put into a context by `place`.
    ///
    /// # Errors
    ///
    /// What cannot be changed.
    pub fn scenario(&self, arm: &Arm, place: impl Fn(&mut Scenario) -> Result<(), String>) -> Result<Scenario, String> {
        let mut scenario = self.base.clone();
        for (path, value) in &self.fixed {
            scenario.change(path, value).map_err(|problem| problem.to_string())?;
        }
        place(&mut scenario)?;
        for (path, value) in &arm.changes {
            scenario.change(path, value).map_err(|problem| problem.to_string())?;
        }
        scenario.check().map_err(|problems| problems.to_string())?;
        Ok(scenario)
    }

    /// What the arms start from.
    pub fn base(&self) -> &Scenario {
        &self.base
    }

    /// Makes a change to what the arms start from.
    ///
    /// # Errors
    ///
    /// When there is no such path, or the value is not accepted there.
    pub fn change(&mut self, path: &str, value: &str) -> Result<(), String> {
        self.base.change(path, value).map_err(|problem| problem.to_string())?;
        self.fixed.push((path.into(), value.into()));
        Ok(())
    }

    /// Alters what the arms start from as `alter` does, beyond the declared ranges if it likes.
    pub(super) fn alter<E>(&mut self, alter: impl FnOnce(&mut Scenario) -> Result<(), E>) -> Result<(), E> {
        alter(&mut self.base)
    }
}

#[cfg(test)]
mod tests;
