//! Patterns as data: read from `validation/patterns.toml`, and checked before anything runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::expression::{Step, chain};
use crate::{
    experiment::unknown::no_metric,
    metrics,
    model::Parameters,
    scenario::{self, Declared, Scenario},
    table::PART,
};

/// The patterns that come with the program.
pub const BUNDLED: &str = include_str!("../../../validation/patterns.toml");

/// Units of metrics that go from 0 to 1, of which the same small part matters little.
const FROM_0_TO_1: [&str; 4] = ["share", PART, "share of the week", "Gini coefficient"];

/// How well a pattern is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// Stated from evaluations of programmes.
    Stated,
    /// Stated from literature.
    Literature,
    /// Inferred from what is stated.
    Inference,
    /// Open: what the model gives is reported, not judged.
    Open,
}

/// A pattern, ready to be put to the test.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Short name: `P38`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Where the review has it.
    pub place: String,
    /// The programmes that showed it.
    pub seen_in: String,
    /// How well it is supported.
    pub support: Support,
    /// What the model lacks so that it cannot be tested yet.
    pub missing: Option<String>,
    /// Clauses of the pattern that are not tested, and why.
    pub left_out: Vec<String>,
    /// Why it fails where it does, and what was tried.
    pub remark: String,
    /// What of the experiment was chosen with its result in view, and what came out before; empty where nothing was.
    pub in_view: String,
    /// The conditions compared, each a scenario of its own.
    pub arms: Vec<Arm>,
    /// What is expected of them, the main claim among them.
    pub claims: Vec<Claim>,
    /// The micro-mechanism without which the pattern should be gone.
    pub knockout: Option<Knockout>,
    /// Why any model would show it; empty where it need not.
    pub trivial: String,
    /// Changes that fix parameters for all arms, which draws of parameters leave alone.
    fixed: Vec<(String, String)>,
    /// What the arms start from.
    base: Scenario,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// Name.
    pub name: String,
    /// What is changed, by path.
    pub changes: Vec<(String, String)>,
}

/// Something expected of the arms.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// In words.
    pub says: String,
    /// The comparisons, as written.
    pub expect: String,
    /// The comparisons.
    pub steps: Vec<Step>,
    /// Which programme is looked at, from 0.
    pub programme: usize,
    /// Reported, not judged.
    pub open: bool,
    /// What the knock-out must abolish.
    pub main: bool,
    /// The smallest difference that matters, in the unit of the metric, where it is not that of the rules.
    pub smallest: Option<f64>,
}

impl Claim {
    /// Whether its steps all go up or all go down; an optimum does not.
    pub fn goes_one_way(&self) -> bool {
        self.steps.windows(2).all(|pair| pair[0].upward == pair[1].upward)
    }
}

/// A mechanism switched off.
#[derive(Clone, Debug, PartialEq)]
pub struct Knockout {
    /// What is switched off, in words.
    pub what: String,
    /// How, by path; numbers may lie beyond their declared range.
    pub changes: Vec<(String, String)>,
}

impl Pattern {
    /// The scenario of an arm, with `parameters` instead of its own where any are given, and knocked out where asked.
    ///
    /// # Errors
    ///
    /// What cannot be changed.
    pub fn scenario(&self, arm: &Arm, parameters: Option<&Parameters>, knocked_out: bool) -> Result<Scenario, String> {
        let mut scenario = self.base.clone();
        if let Some(parameters) = parameters {
            scenario.parameters = parameters.clone();
        }
        for (path, value) in self.fixed.iter().chain(&arm.changes) {
            scenario.change(path, value).map_err(|problem| problem.to_string())?;
        }
        for (path, value) in self.knockout.iter().filter(|_| knocked_out).flat_map(|knockout| &knockout.changes) {
            match value.parse() {
                Ok(number) => scenario.force(path, number),
                Err(_) => scenario.change(path, value),
            }
            .map_err(|problem| problem.to_string())?;
        }
        scenario.title = format!("{} {}", self.id, arm.name);
        scenario.check().map_err(|problems| problems.to_string())?;
        Ok(scenario)
    }

    /// Paths of the parameters whose source names the pattern: they were declared with it in view, so it does not test them.
    pub fn built_with(&self) -> Vec<String> {
        let named = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == self.id);
        let slots = Scenario::default().slots().into_iter();
        let seen = slots.filter(|slot| matches!(slot.declared, Declared::Quantity(quantity) if named(quantity.source)));
        seen.map(|slot| slot.path).collect()
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

    /// Checks everything that can be known before anything runs.
    fn check(&self) -> Result<(), String> {
        if self.missing.is_some() {
            return Ok(());
        }
        if self.claims.is_empty() || self.arms.is_empty() {
            return Err("a pattern has arms and claims, or says what is missing".into());
        }
        if self.knockout.is_none() && self.claims.iter().any(|claim| !claim.open) {
            return Err("a pattern that is judged has a knockout".into());
        }
        let mut known = Vec::new();
        for arm in &self.arms {
            known.push((arm.name.as_str(), self.scenario(arm, None, false)?));
            self.scenario(arm, None, true)?;
        }
        for claim in &self.claims {
            for (arm, metric) in claim.steps.iter().flat_map(|step| step.difference.columns()) {
                let Some((_, scenario)) = known.iter().find(|(name, _)| name == arm) else {
                    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                    return Err(format!("no arm is called {arm}; the arms are {}", names.join(", ")));
                };
                if metrics::outcomes(scenario).iter().all(|outcome| outcome.name != *metric) {
                    return Err(no_metric(metric));
                }
                if claim.programme >= scenario.programmes.len() {
                    return Err(format!("there is no programme {}", claim.programme));
                }
                let unit = metrics::unit(metric);
                if claim.smallest.is_none() && !FROM_0_TO_1.contains(&unit) {
                    let says = &claim.says;
                    return Err(format!(
                        "{says} {metric} is in {unit}: say which difference is the smallest that matters, smallest = NUMBER"
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    base: BTreeMap<String, String>,
    pattern: Vec<WrittenPattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPattern {
    id: String,
    name: String,
    place: String,
    #[serde(default)]
    seen_in: String,
    support: Support,
    #[serde(default)]
    base: String,
    missing: Option<String>,
    #[serde(default)]
    left_out: Vec<String>,
    #[serde(default)]
    remark: String,
    #[serde(default)]
    in_view: String,
    #[serde(default)]
    trivial: String,
    #[serde(default)]
    set: toml::Table,
    #[serde(default)]
    arms: Vec<toml::Table>,
    #[serde(default)]
    claims: Vec<WrittenClaim>,
    knockout: Option<WrittenKnockout>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClaim {
    says: String,
    #[serde(default)]
    metric: String,
    expect: String,
    #[serde(default)]
    programme: usize,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    main: bool,
    smallest: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKnockout {
    what: String,
    set: toml::Table,
}

/// Reads and checks patterns.
///
/// # Errors
///
/// What is wrong and where: what is no TOML, a key, path, metric or arm that does not exist, a value out of range.
pub fn patterns(text: &str) -> Result<Vec<Pattern>, String> {
    let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
    let files: Vec<(String, String)> =
        written.base.into_iter().map(|(name, text)| (format!("{name}.toml"), text)).collect();
    let sources: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut found: Vec<Pattern> = Vec::new();
    for pattern in written.pattern {
        let id = pattern.id.clone();
        if found.iter().any(|other| other.id == id) {
            return Err(format!("{id}: there are two patterns of that name"));
        }
        let pattern = pattern.ready(sources.as_slice()).map_err(|what| format!("{id}: {what}"))?;
        pattern.check().map_err(|what| format!("{id}: {what}"))?;
        found.push(pattern);
    }
    Ok(found)
}

/// The scenario called `name`, among those of the file or the bundled ones.
pub(super) fn base(sources: &[(&str, &str)], name: &str) -> Result<Scenario, String> {
    let loaded = scenario::load(sources, &format!("{name}.toml")).or_else(|_| scenario::load(sources, name));
    loaded.and_then(scenario::Loaded::ready).map_err(|problems| problems.to_string())
}

impl WrittenPattern {
    fn ready(self, sources: &[(&str, &str)]) -> Result<Pattern, String> {
        let base = if self.missing.is_some() { Scenario::default() } else { base(sources, &self.base)? };
        let mut claims = self.claims.into_iter().map(WrittenClaim::ready).collect::<Result<Vec<_>, _>>()?;
        if claims.iter().all(|claim| !claim.main)
            && let Some(first) = claims.iter_mut().find(|claim| !claim.open)
        {
            first.main = true;
        }
        Ok(Pattern {
            id: self.id,
            name: self.name,
            place: self.place,
            seen_in: self.seen_in,
            support: self.support,
            missing: self.missing,
            left_out: self.left_out,
            remark: self.remark,
            in_view: self.in_view,
            arms: self.arms.into_iter().map(arm).collect::<Result<_, _>>()?,
            claims,
            knockout: self.knockout.map(|knockout| Knockout { what: knockout.what, changes: flat(knockout.set) }),
            fixed: flat(self.set),
            trivial: self.trivial,
            base,
        })
    }
}

impl WrittenClaim {
    fn ready(self) -> Result<Claim, String> {
        let steps = chain(&self.expect, &self.metric)?;
        let Self { says, expect, programme, open, main, smallest, .. } = self;
        if let Some(wrong) = smallest.filter(|smallest| smallest.is_nan() || *smallest < 0.0) {
            return Err(format!("{says} smallest = {wrong} is no difference; it is a number from 0 on"));
        }
        Ok(Claim { says, expect, steps, programme, open, main, smallest })
    }
}

/// An arm: its name, and everything else a change by path.
pub(super) fn arm(mut table: toml::Table) -> Result<Arm, String> {
    match table.remove("name") {
        Some(toml::Value::String(name)) => Ok(Arm { name, changes: flat(table) }),
        _ => Err("every arm has a name, e.g. { name = \"low\", setting.baseline = 0.4 }".into()),
    }
}

/// Tables within tables as paths.
pub(super) fn flat(table: toml::Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                found.extend(flat(inner).into_iter().map(|(path, value)| (format!("{key}.{path}"), value)));
            }
            toml::Value::String(text) => found.push((key, text)),
            other => found.push((key, other.to_string())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        [base]
        ward = "[setting]\norganisations = 1\n[[programme]]\nname = \"it\"\n"
        [[pattern]]
        id = "X1"
        name = "More is more"
        place = "nowhere"
        support = "stated"
        base = "ward"
        arms = [{ name = "none", programme.0.incentives.sanction = 0 }, { name = "much", programme.0.incentives.sanction = 1 }]
        claims = [{ says = "More.", metric = "net_gain_at_end", expect = "none < much" }]
        knockout = { what = "nobody minds", set = { parameters.practice.pressure_weight = 0 } }
    "#;

    #[test]
    fn a_pattern_is_read_and_its_arms_are_scenarios() {
        let found = patterns(SMALL).unwrap();
        let pattern = &found[0];
        assert!(pattern.claims[0].main);
        let much = pattern.scenario(&pattern.arms[1], None, false).unwrap();
        assert_eq!(much.programmes[0].levers.incentives.sanction, 1.0);
        assert_eq!(much.setting.organisations, 1.0);
        // Beyond the declared range, as a knock-out may.
        let knocked = pattern.scenario(&pattern.arms[1], None, true).unwrap();
        assert_eq!(knocked.parameters.practice.pressure_weight, 0.0);
    }

    #[test]
    fn what_is_wrong_is_said_when_loading() {
        for (from, to, words) in [
            ("\"net_gain_at_end\"", "\"net_gane\"", "no metric is called net_gane"),
            ("programme.0.incentives.sanction = 1", "programme.0.incentives.sanktion = 1", "did you mean"),
            ("sanction = 1 }", "sanction = 3 }", "X1"),
            ("none < much", "none < more", "no arm is called more"),
            ("parameters.practice.pressure_weight", "parameters.practice.presure", "no such path"),
            ("base = \"ward\"", "base = \"wart\"", "no such file"),
            ("knockout = {", "nockout = {", "nockout"),
            ("says = \"More.\"", "says = \"More.\", programme = 3", "no programme 3"),
        ] {
            let wrong = patterns(&SMALL.replace(from, to)).unwrap_err();
            assert!(wrong.contains(words), "{to}: {wrong}");
        }
    }

    #[test]
    fn the_bundled_patterns_are_the_forty_five_of_the_review() {
        let found = patterns(BUNDLED).unwrap();
        let ids: Vec<String> = found.iter().map(|pattern| pattern.id.clone()).collect();
        assert_eq!(ids, (1..=45).map(|number| format!("P{number:02}")).collect::<Vec<_>>());
    }
}
