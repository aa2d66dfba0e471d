//! Targets as data: read from `validation/targets.toml`, and checked before anything runs.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{
    super::{
        expression::{Combination, sum},
        pattern::{arm, base, flat},
    },
    Role, Statistic, Target, Transport, Varied, Verified,
};
use crate::{
    experiment::{factor::Factor, unknown::no_metric},
    metrics,
    scenario::Scenario,
};

/// The targets that come with the program.
pub const BUNDLED_TARGETS: &str = include_str!("../../../../validation/targets.toml");

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "usual_discrepancy")]
    discrepancy: f64,
    base: BTreeMap<String, String>,
    #[serde(default)]
    contexts: Vec<Varied>,
    target: Vec<WrittenTarget>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTarget {
    id: Spanned<String>,
    name: String,
    says: String,
    published: f64,
    from: f64,
    to: f64,
    unit: String,
    role: Role,
    source: String,
    verified: Verified,
    transport: Transport,
    #[serde(default)]
    remark: String,
    missing: Option<String>,
    #[serde(default)]
    base: String,
    #[serde(default)]
    set: toml::Table,
    #[serde(default)]
    arms: Vec<toml::Table>,
    #[serde(default)]
    metric: String,
    #[serde(default)]
    value: String,
    over: Option<String>,
    #[serde(default)]
    statistic: Statistic,
    #[serde(default)]
    trial_error: f64,
    discrepancy: Option<f64>,
}

/// Where a file does not say: a quarter of half the band.
fn usual_discrepancy() -> f64 {
    0.25
}

/// Reads and checks targets from `text`, which stands in `file`.
///
/// # Errors
///
/// File and line of the target that is wrong and what is wrong with it: what is no TOML, a key, path, metric or arm that
/// does not exist, a value out of range, a band without an inside.
pub fn targets(text: &str, file: &str) -> Result<Vec<Target>, String> {
    let written: Written = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
    let files: Vec<(String, String)> =
        written.base.into_iter().map(|(name, text)| (format!("{name}.toml"), text)).collect();
    let sources: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut found: Vec<Target> = Vec::new();
    for target in written.target {
        let line = text.get(..target.id.span().start).map_or(1, |before| before.matches('\n').count() + 1);
        let id = target.id.get_ref().clone();
        let wrong = |what: String| format!("{file}, line {line}, {id}: {what}");
        if found.iter().any(|other| other.id == id) {
            return Err(wrong("there are two targets of that name; give each its own".into()));
        }
        let target = target.ready(&sources, &written.contexts, written.discrepancy).map_err(wrong)?;
        target.check().map_err(wrong)?;
        found.push(target);
    }
    Ok(found)
}

impl WrittenTarget {
    fn ready(self, sources: &[(&str, &str)], contexts: &[Varied], discrepancy: f64) -> Result<Target, String> {
        let missing = self.missing.is_some();
        let linear = |text: &str| sum(text, &self.metric);
        Ok(Target {
            value: if missing { Default::default() } else { linear(&self.value)? },
            over: if missing { None } else { self.over.as_deref().map(linear).transpose()? },
            base: if missing { Scenario::default() } else { base(sources, &self.base)? },
            arms: self.arms.into_iter().map(arm).collect::<Result<_, _>>()?,
            contexts: if self.statistic == Statistic::Mean { Vec::new() } else { contexts.to_vec() },
            fixed: flat(self.set),
            id: self.id.into_inner(),
            name: self.name,
            says: self.says,
            published: self.published,
            from: self.from,
            to: self.to,
            unit: self.unit,
            role: self.role,
            source: self.source,
            verified: self.verified,
            transport: self.transport,
            remark: self.remark,
            missing: self.missing,
            statistic: self.statistic,
            trial_error: self.trial_error,
            discrepancy: self.discrepancy.unwrap_or(discrepancy),
        })
    }
}

impl Target {
    /// Checks everything that can be known before anything runs.
    fn check(&self) -> Result<(), String> {
        if self.from >= self.to || !self.from.is_finite() || !self.to.is_finite() || !self.published.is_finite() {
            return Err(format!(
                "`from` must be less than `to`, and all three numbers plain: {} {}",
                self.from, self.to
            ));
        }
        if !(self.discrepancy.is_finite() && self.discrepancy >= 0.0) {
            let what = "`discrepancy` is a standard deviation in half widths of the band, 0 or more";
            return Err(format!("{what}: {}", self.discrepancy));
        }
        if self.missing.is_some() {
            return Ok(());
        }
        if self.statistic != Statistic::Mean && self.contexts.is_empty() {
            return Err("a median or quartile is one over many settings: say in [[contexts]] what differs".into());
        }
        if !(self.trial_error.is_finite() && self.trial_error >= 0.0) {
            return Err(format!("`trial_error` is a standard deviation, 0 or more: {}", self.trial_error));
        }
        let mut known = Vec::new();
        for arm in &self.arms {
            let scenario = self.scenario(arm, |_| Ok(()))?;
            for varied in &self.contexts {
                Factor::new(&scenario, &varied.path, Some(varied.from), Some(varied.to))
                    .map_err(|stopped| format!("contexts: {stopped:?}"))?;
            }
            known.push((arm.name.as_str(), scenario));
        }
        for (arm, metric) in self.terms() {
            let Some((_, scenario)) = known.iter().find(|(name, _)| name == arm) else {
                let names: Vec<&str> = self.arms.iter().map(|arm| arm.name.as_str()).collect();
                return Err(format!("no arm is called {arm}; the arms are {}", names.join(", ")));
            };
            if metrics::outcomes(scenario).iter().all(|outcome| outcome.name != *metric) {
                return Err(no_metric(metric));
            }
        }
        Ok(())
    }

    /// Every arm and metric that the answer is made of.
    pub(in crate::experiment::validate) fn terms(&self) -> impl Iterator<Item = &(String, String)> {
        self.value.columns().chain(self.over.iter().flat_map(Combination::columns))
    }
}
