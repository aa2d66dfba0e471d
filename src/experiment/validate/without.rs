//! What is each mechanism for? Every one in turn is switched off, and what held with it is tried again without it.
//!
//! The mechanisms are declared in `validation/mechanisms.toml`, each with the numbers that switch it off downstream of the
//! levers. A mechanism without which every claim of every pattern still holds and every published figure stays where it was
//! is needed by nothing that is tested.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    Claim, Decision, Found, Judged, Knockout, Look, Pattern, Rules, Standing, Target,
    pattern::flat,
    target::{self, measure},
};
use crate::{
    experiment::{Answer, Simulator, Stopped, Study, door},
    picture::Picture,
    scenario::Scenario,
    stats::Estimate,
    table::{Cell, Table},
};

/// The mechanisms that come with the program.
pub const BUNDLED_MECHANISMS: &str = include_str!("../../../validation/mechanisms.toml");

/// A mechanism, and what switches it off.
#[derive(Clone, Debug, PartialEq)]
pub struct Mechanism {
    /// A few words for rows.
    pub name: String,
    /// What is so without it, in words.
    pub without: String,
    /// The numbers that switch it off, by path; they may lie beyond their declared range.
    pub changes: Vec<(String, String)>,
    /// Why it stays, where nothing that is tried here needs it; empty where no reason is given.
    pub kept: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    mechanism: Vec<WrittenMechanism>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMechanism {
    name: String,
    without: String,
    set: toml::Table,
    #[serde(default)]
    kept: String,
}

/// Reads and checks mechanisms.
///
/// # Errors
///
/// What is wrong and where: what is no TOML, a path that does not exist, a value that is no number.
pub fn mechanisms(text: &str) -> Result<Vec<Mechanism>, String> {
    let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
    let ready = |WrittenMechanism { name, without, set, kept }: WrittenMechanism| {
        let changes = flat(set);
        for (path, value) in &changes {
            switch_off(&mut Scenario::default(), path, value).map_err(|what| format!("{name}: {what}"))?;
        }
        Ok(Mechanism { name, without, changes, kept })
    };
    written.mechanism.into_iter().map(ready).collect()
}

/// Sets a number, within its declared range or not.
fn switch_off(scenario: &mut Scenario, path: &str, value: &str) -> Result<(), String> {
    let number = value.parse().map_err(|_| format!("{path}: {value} is no number"))?;
    scenario.force(path, number).map_err(|problem| problem.to_string())
}

/// What holds in one world: each claim of each pattern, and each published figure.
#[derive(Clone, Debug, Default, PartialEq)]
struct World {
    /// Claims that hold, as pattern and number of the claim.
    claims: BTreeSet<(String, usize)>,
    /// Figures within their bands, those at the edge included.
    figures: BTreeSet<String>,
}

impl World {
    fn of(
        simulator: &mut dyn Simulator,
        patterns: &[Pattern],
        targets: &[Target],
        without: Option<&Mechanism>,
        rules: &Rules,
    ) -> Result<Self, Stopped> {
        let mut world = Self::default();
        let none: &[(String, String)] = &[];
        let changes = without.map_or(none, |mechanism| &mechanism.changes);
        for pattern in patterns.iter().filter(|pattern| pattern.missing.is_none()) {
            let knockout = Knockout { what: String::new(), changes: changes.to_vec() };
            let mut pattern = pattern.clone();
            pattern.knockout = Some(knockout);
            let look = Look::at(simulator, &pattern, rules.runs, true)?;
            let holding = |claim: &&Claim| claim.steps.iter().all(|step| holds(&look, claim, step, rules));
            let claims = pattern.claims.iter().enumerate().filter(|(_, claim)| !claim.open && holding(claim));
            world.claims.extend(claims.map(|(number, _)| (pattern.id.clone(), number + 1)));
        }
        for target in targets.iter().filter(|target| target.missing.is_none()) {
            let mut target = target.clone();
            for (path, value) in changes {
                target.alter(|scenario| switch_off(scenario, path, value)).map_err(Stopped::Question)?;
            }
            let held = measure(simulator, 0, &target, rules)?;
            let holds = |found: Found| {
                found.estimate.value.is_finite() && matches!(found.standing, Standing::Inside | Standing::Edge)
            };
            if held.found.is_some_and(holds) {
                world.figures.insert(target.id.clone());
            }
        }
        Ok(world)
    }

    /// What holds here and not in `other`, in words.
    fn beyond(&self, other: &Self) -> [String; 2] {
        let claims: Vec<String> =
            self.claims.difference(&other.claims).map(|(id, number)| format!("{id}/{number}")).collect();
        let figures: Vec<String> = self.figures.difference(&other.figures).cloned().collect();
        [claims.join(" "), figures.join(" ")]
    }
}

/// Whether a step of a claim holds by its size, with parameters as declared; draws of them are not looked at.
fn holds(look: &Look, claim: &Claim, step: &super::Step, rules: &Rules) -> bool {
    let mut found = look.measure(claim, &step.difference);
    found.held = Estimate::UNDEFINED;
    Judged::new(step, claim.smallest, found, None, rules).decision == Decision::Holds
}

/// What holds with every mechanism, and without each.
#[derive(Clone, Debug, PartialEq)]
pub struct Ablation {
    mechanisms: Vec<Mechanism>,
    intact: World,
    without: Vec<World>,
    rules: Rules,
}

/// Switches off each of `mechanisms` in turn, and tries every claim and figure without it.
///
/// # Errors
///
/// When the work was broken off, or an arm cannot be made.
pub fn without(
    simulator: &mut dyn Simulator,
    (patterns, targets): (&[Pattern], &[Target]),
    mechanisms: &[Mechanism],
    rules: Rules,
) -> Result<Ablation, Stopped> {
    door::enough_runs(rules.runs, 2)?;
    let arms = patterns.iter().filter(|pattern| pattern.missing.is_none()).map(|pattern| pattern.arms.len() as u64);
    let each =
        arms.sum::<u64>() * rules.runs + targets.iter().map(|target| target::runs_for(target, &rules)).sum::<u64>();
    simulator.expect(each * (mechanisms.len() as u64 + 1));
    let mut world = |mechanism| World::of(simulator, patterns, targets, mechanism, &rules);
    let intact = world(None)?;
    let without = mechanisms.iter().map(|mechanism| world(Some(mechanism))).collect::<Result<_, _>>()?;
    Ok(Ablation { mechanisms: mechanisms.to_vec(), intact, without, rules })
}

impl Ablation {
    /// Each mechanism with what is lost without it (claims, figures) and what is won.
    fn rows(&self) -> impl Iterator<Item = (&Mechanism, [String; 2], [String; 2])> {
        let worlds = self.mechanisms.iter().zip(&self.without);
        worlds.map(|(mechanism, world)| (mechanism, self.intact.beyond(world), world.beyond(&self.intact)))
    }

    /// Names of the mechanisms that no claim and no figure needs: those kept for another reason, and the others.
    fn idle(&self) -> [Vec<&str>; 2] {
        let idle =
            self.rows().filter(|(_, lost, _)| lost.iter().all(String::is_empty)).map(|(mechanism, ..)| mechanism);
        let (kept, idle): (Vec<&Mechanism>, Vec<&Mechanism>) = idle.partition(|mechanism| !mechanism.kept.is_empty());
        [kept, idle].map(|mechanisms| mechanisms.iter().map(|mechanism| mechanism.name.as_str()).collect())
    }

    fn title(&self) -> String {
        let (all, [kept, idle]) = (self.mechanisms.len(), self.idle());
        let needed = all - kept.len() - idle.len();
        let mut title = format!("Of {all} mechanisms {needed} are needed by a claim or a published figure");
        if !kept.is_empty() {
            title += &format!("; {} are kept for another reason ({})", kept.len(), kept.join(", "));
        }
        if !idle.is_empty() {
            title += &format!("; nothing needs {}", idle.join(", "));
        }
        title + "."
    }

    fn sentences(&self) -> Vec<String> {
        vec![
            format!(
                "With all of them {} claims hold and {} figures lie in their bands or at their edge, over {} paired runs. \
                 Each mechanism is switched off downstream of the levers, and all are tried again.",
                self.intact.claims.len(),
                self.intact.figures.len(),
                self.rules.runs
            ),
            "A claim holds here by its interval and its size; draws of other parameters and knock-outs, which the rules of \
             patterns ask for as well, are not looked at. P05/2 is the second claim of pattern P05."
                .into(),
        ]
    }

    fn table(&self) -> Table {
        let mut table = Table::new(
            "mechanisms",
            &[
                ("mechanism", "", "what is switched off"),
                ("without", "", "what is so without it"),
                ("claims_lost", "", "claims of patterns that hold with it and not without, as pattern/claim"),
                ("figures_lost", "", "published figures in their bands with it and not without"),
                ("claims_won", "", "claims that hold only without it"),
                ("figures_won", "", "figures in their bands only without it"),
                ("kept", "", "why it stays where no claim and no figure needs it"),
            ],
        );
        table.rows = self
            .rows()
            .map(|(mechanism, lost, won)| {
                let words = [mechanism.name.clone(), mechanism.without.clone()];
                words.into_iter().chain(lost).chain(won).chain([mechanism.kept.clone()]).map(Cell::from).collect()
            })
            .collect();
        table
    }

    /// The page, in Markdown.
    pub fn document(&self) -> String {
        let mut page = String::from("# What each mechanism is for\n\n");
        page += "Generated by `dewpoint validate --without --document FILE`; not to be edited by hand. The mechanisms are \
                 declared in `validation/mechanisms.toml`.\n\n";
        page += &format!("{}\n\n{}\n\n", self.title(), self.sentences().join(" "));
        page += "| mechanism | without it | claims lost | figures lost | claims won | figures won | kept for |\n";
        page += "|---|---|---|---|---|---|---|\n";
        for (mechanism, [claims, figures], [more_claims, more_figures]) in self.rows() {
            let (what, why) = ([&mechanism.name, &mechanism.without], &mechanism.kept);
            let cells = [what[0], what[1], &claims, &figures, &more_claims, &more_figures, why];
            page += &format!("| {} |\n", cells.map(String::as_str).join(" | "));
        }
        page
    }
}

impl Study for Ablation {
    fn answer(&self) -> Answer {
        Answer { title: self.title(), sentences: self.sentences(), shown: None, tables: vec![self.table()] }
    }

    fn pictures(&self) -> Vec<Picture> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_parameters_has_a_mechanism_that_is_switched_off() {
        let known = mechanisms(BUNDLED_MECHANISMS).unwrap();
        let covered = |group: &str| {
            let path = format!("parameters.{group}.");
            known.iter().any(|mechanism| mechanism.changes.iter().any(|(changed, _)| changed.starts_with(&path)))
        };
        for (group, _) in Scenario::default().parameters.groups() {
            assert!(covered(group), "{group} is in no mechanism");
        }
    }

    #[test]
    fn a_path_that_is_none_is_told() {
        let wrong = "[[mechanism]]\nname = \"it\"\nwithout = \"\"\nset = { parameters.habit.loss_weekss = 9 }\n";
        let error = mechanisms(wrong).unwrap_err();
        assert!(error.contains("it: ") && error.contains("loss_weeks"), "{error}");
    }
}
