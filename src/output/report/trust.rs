//! What to hold against a report: where it comes from, what it rests on, where the model is known to fail.
use maud::{Markup, html};
use serde::Deserialize;

use super::download;
use crate::{
    experiment::assumptions::{Assumptions, Judged, Verdict},
    params::{Quantity, Standing},
    phrase::listed,
    programme::Prices,
    scenario::Scenario,
    world::{Incidents, Setting},
};

/// What the validation found, written by `dewpoint validate` and kept with the program.
const VALIDATION: &str = include_str!("../../../docs/validation/known_failures.toml");

/// Name of the fact that is a command, to be pasted as it stands.
pub const COMMAND: &str = "Command";

/// What to hold against a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Trust {
    /// Where it comes from: name and value.
    pub facts: Vec<(String, String)>,
    /// What becomes of the conclusions when assumed parameters are drawn anew, where that was looked at.
    pub assumptions: Option<Assumptions>,
    /// How somebody's own data were read and drawn, in sentences; empty where there are none.
    pub read: Vec<String>,
    /// Whether intervals are about parameters too, drawn with the luck of each run.
    pub drawn: bool,
    /// What the conclusions rest on; empty where nothing was simulated.
    pub standing: Vec<Rests>,
    /// What the validation found.
    pub validation: Validation,
    /// The failures that bear on this page.
    pub bearing: Vec<Known>,
}

/// What intervals show where only luck is drawn.
const OF_LUCK: &str = "Intervals show luck: other runs of the same assumptions. They do not show doubt about the assumptions themselves. ";

/// What they show where all that is uncertain is drawn.
const OF_ALL: &str = "Intervals show luck and what is plausible of the numbers in the model. They do not show doubt about the model itself. ";

/// What one conclusion rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rests {
    /// The conclusion.
    pub conclusion: &'static str,
    /// Numbers read off a published figure.
    pub evidence: usize,
    /// Numbers fitted so that the model reproduces published effects.
    pub calibrated: usize,
    /// Judgements.
    pub assumption: usize,
}

/// The validation as it was last made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// Patterns tested; 0 where none was.
    #[serde(default)]
    pub tested: u32,
    /// Those that did not pass.
    #[serde(default, rename = "failure")]
    pub failures: Vec<Known>,
}

/// A pattern of the evidence that the model does not show, or not surely.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its short name, e.g. `P14`.
    pub pattern: String,
    /// Its name.
    pub name: String,
    /// What became of it: `fail`, `not emergent`, `tautology` or `undecided`.
    pub result: String,
    /// What the model does not show, in sentences.
    pub what: String,
    /// Words or paths of which a page must hold one for the failure to bear on it; empty where it bears on every page.
    #[serde(default)]
    pub bears_on: Vec<String>,
}

/// The validation kept with the program.
///
/// # Errors
///
/// When the file does not hold what it should; a test reads it.
pub fn validation() -> Result<Validation, String> {
    toml::from_str(VALIDATION).map_err(|error| error.to_string())
}

impl Validation {
    /// The failures that bear on a page with this text.
    pub fn bearing_on(&self, text: &str) -> Vec<&Known> {
        let text = text.to_lowercase();
        let bears = |known: &&Known| {
            known.bears_on.is_empty() || known.bears_on.iter().any(|word| text.contains(&word.to_lowercase()))
        };
        self.failures.iter().filter(bears).collect()
    }
}

/// Mechanisms that decide what staff feel.
const FEELING: [&str; 5] = ["ownership", "motivation", "fatigue", "cynicism", "workforce"];

/// Mechanisms that decide what is reported.
const REPORTING: [&str; 2] = ["measurement", "incentive"];

/// What the conclusions from `scenario` rest on.
pub fn standing(scenario: &Scenario) -> Vec<Rests> {
    let groups = scenario.parameters.groups();
    let of = |names: &[&str]| {
        let chosen = groups.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
        chosen.flat_map(|(_, group)| group.declared()).collect::<Vec<_>>()
    };
    vec![
        rests("what is gained and what is kept: how people are", &of(&[])),
        rests("what staff feel (of these)", &of(&FEELING)),
        rests("what is reported (of these)", &of(&REPORTING)),
        rests("the setting, unless the scenario gives its own", &Setting::DECLARED.iter().collect::<Vec<_>>()),
        rests("what it costs: prices", &Prices::DECLARED.iter().collect::<Vec<_>>()),
        rests("adverse events on a ward", &Incidents::DECLARED.iter().collect::<Vec<_>>()),
    ]
}

fn rests(conclusion: &'static str, quantities: &[&Quantity]) -> Rests {
    let count = |standing: Standing| quantities.iter().filter(|quantity| quantity.standing == standing).count();
    Rests {
        conclusion,
        evidence: count(Standing::Evidence),
        calibrated: count(Standing::Calibrated),
        assumption: count(Standing::Assumption),
    }
}

/// What becomes of patterns that do not pass, as the validation names it, and how many did so in words.
const RESULTS: [(&str, &str, &str); 4] = [
    ("fail", "fail", "fails"),
    ("not emergent", "are built in rather than emerging", "is built in rather than emerging"),
    ("tautology", "are tautologies", "is a tautology"),
    ("undecided", "are undecided", "is undecided"),
];

/// What a page says of the validation: the counts that the classroom page gives too.
pub fn validation_words(validation: &Validation) -> String {
    match (validation.tested, validation.failures.len()) {
        (0, _) => "This version of the model has not been validated against the patterns of the evidence: take every number as a hypothesis.".into(),
        (tested, 0) => format!("All {tested} patterns of the evidence that were tested are there; that makes the model plausible, not right."),
        (tested, known) => {
            let parts = RESULTS.map(|(result, several, one)| {
                let count = validation.failures.iter().filter(|known| known.result == result).count();
                (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { several }))
            });
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let passing = (tested as usize).saturating_sub(known);
            format!("{passing} of {tested} patterns of the evidence that were tested pass; {}.", listed(&parts))
        }
    }
}

/// The failures that bear on a page, by name.
pub(super) fn bearing_words(bearing: &[Known]) -> String {
    let names: Vec<String> = bearing.iter().map(|known| format!("{} {}", known.pattern, known.name)).collect();
    let these = match bearing.len() {
        1 => "1 that does not pass is".into(),
        count => format!("{count} that do not pass are"),
    };
    format!("{these} about what was chosen here: {}.", names.join("; "))
}

/// What was found of conclusions and assumptions, for the top of the last part.
fn assumptions_part(assumptions: &Assumptions) -> Markup {
    html! {
        div #assumptions {
            h3 { "Which conclusions depend on assumptions" }
            @if assumptions.conclusions.is_empty() {
                p { "Nothing is concluded that could depend on them." }
            } @else {
                ul .verdicts { @for judged in &assumptions.conclusions {
                    li { (mark(judged.verdict)) div { strong { (judged.verdict.words()) } ": " (conclusion_words(judged)) } }
                } }
            }
            p .quiet { (assumptions.method()) }
            @for table in &assumptions.tables() { (download(table)) }
        }
    }
}

/// A conclusion, how often it holds, and what it hangs on.
pub(super) fn conclusion_words(judged: &Judged) -> String {
    let hangs = judged.hangs_on().map_or_else(String::new, |hangs| format!(" It is surer with {hangs}."));
    let luck = if judged.own.excludes(0.0) { "" } else { " It cannot be told from luck as it is." };
    let size = judged.size().map_or_else(String::new, |size| format!("; {size}"));
    format!("{}, {}{size}.{luck}{hangs}", judged.conclusion, judged.share())
}

/// A full, half or empty circle: the verdict for those who look.
fn mark(verdict: Verdict) -> Markup {
    html! {
        svg .verdict viewBox="0 0 16 16" aria-hidden="true" {
            circle cx="8" cy="8" r="6" class="ring" {}
            @match verdict {
                Verdict::Firm => circle cx="8" cy="8" r="6" class="full" {},
                Verdict::Leaning => path d="M8 2A6 6 0 0 0 8 14Z" class="full" {},
                Verdict::Open | Verdict::TooFew => "",
            }
        }
    }
}

impl Trust {
    /// Whether anything on the page was simulated.
    pub fn is_of_model(&self) -> bool {
        !self.standing.is_empty()
    }
}

/// What the last part of a page is called.
pub(super) fn title(trust: &Trust) -> &'static str {
    if trust.is_of_model() { "How far to trust this page" } else { "Where these numbers come from" }
}

/// The last part of a page.
pub(super) fn section(trust: &Trust) -> Markup {
    html! {
        section #trust {
            h2 { (title(trust)) }
            @if !trust.read.is_empty() {
                div #read {
                    h3 { "How the file was read" }
                    ul { @for sentence in &trust.read { li { (sentence) } } }
                }
            }
            @if let Some(assumptions) = &trust.assumptions { (assumptions_part(assumptions)) }
            div .columns2 {
                @if trust.is_of_model() {
                    div {
                        h3 { "What it rests on" }
                        p { (if trust.drawn { OF_ALL } else { OF_LUCK })
                            "A conclusion whose row is mostly assumptions may turn round when one of them is wrong"
                            @if trust.assumptions.is_some() { ": see above; " } @else { "; " }
                            code { "dewpoint sensitivity" } " says which of them matter here." }
                        table {
                            thead { tr { th scope="col" { "Conclusion" } th .n scope="col" { "evidence" } th .n scope="col" { "calibrated" } th .n scope="col" { "assumed" } } }
                            tbody { @for row in &trust.standing {
                                tr { th scope="row" { (row.conclusion) } td .n { (row.evidence) } td .n { (row.calibrated) } td .n { (row.assumption) } }
                            } }
                        }
                        h3 { "Where the model is known to fail" }
                        p { (validation_words(&trust.validation)) }
                        @if !trust.bearing.is_empty() {
                            p { (bearing_words(&trust.bearing)) }
                            details {
                                summary { "What the model does not show in each" }
                                ul { @for known in &trust.bearing { li { strong { (known.pattern) " " (known.name) "." } " " (known.what) } } }
                            }
                        }
                    }
                }
                div {
                    h3 { "Where it comes from" }
                    dl .facts { @for (name, value) in &trust.facts { dt { (name) } dd { (value) } } }
                }
            }
        }
    }
}
