//! The report of a command: page and Markdown, from what it found and where that comes from.
use crate::{
    experiment::{Answer, assumptions::Assumptions},
    output::{
        csv::File,
        manifest::VERSION,
        report::{
            self, KeyNumber, MARKDOWN, PAGE, Page,
            markdown::markdown,
            trust::{self, COMMAND},
        },
    },
    phrase::thousands,
    picture::Picture,
    scenario::{Scenario, Slot},
};

use super::Failure;

/// What a report is made of.
pub struct Found<'a> {
    /// What was asked, in a line.
    pub about: String,
    /// Finding, sentences, tables.
    pub answer: &'a Answer,
    /// Numbers to remember.
    pub numbers: &'a [KeyNumber],
    /// Pictures.
    pub pictures: &'a [Picture],
    /// Every scenario it begins with.
    pub scenarios: &'a [Scenario],
    /// How a file of data was read, in sentences.
    pub read: &'a [String],
    /// Whether each run drew parameters of its own.
    pub drawn: bool,
    /// What becomes of its conclusions when assumed parameters are drawn anew.
    pub assumptions: Option<&'a Assumptions>,
    /// The command that gives the same again.
    pub command: String,
    /// Replicates.
    pub runs: u64,
    /// Those that failed.
    pub failed: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Digest of the tables.
    pub digest: String,
}

/// `report.html` and `summary.md`.
///
/// # Errors
///
/// When what is known of the validation cannot be read.
pub fn report(found: &Found) -> Result<[File; 2], Failure> {
    let validation = validation()?;
    let about: Vec<String> = found.answer.sentences.iter().cloned().chain(chosen(found.scenarios)).collect();
    let trust = trust::Trust {
        facts: facts(found),
        read: found.read.to_vec(),
        // Whoever brings data of their own has all that is uncertain drawn.
        drawn: found.drawn || !found.read.is_empty(),
        standing: found.scenarios.first().map_or_else(Vec::new, trust::standing),
        bearing: validation.bearing_on(&about.join(" ")).into_iter().cloned().collect(),
        validation,
        assumptions: found.assumptions.cloned(),
    };
    let page = Page {
        about: found.about.clone(),
        answer: found.answer,
        numbers: found.numbers,
        pictures: found.pictures,
        trust: &trust,
    };
    Ok([(PAGE.into(), report::html(&page).into_bytes()), (MARKDOWN.into(), markdown(&page).into_bytes())])
}

/// Paths of everything that the scenarios set away from its default.
fn chosen(scenarios: &[Scenario]) -> Vec<String> {
    let away = |scenario: &Scenario| {
        let usual = Slot::default;
        let differs = |slot: &Slot| usual(slot).is_some() && scenario.value(slot.address) != usual(slot);
        scenario.slots().into_iter().filter(differs).map(|slot| slot.path).collect::<Vec<_>>()
    };
    scenarios.iter().flat_map(away).collect()
}

fn facts(found: &Found) -> Vec<(String, String)> {
    let runs = if found.failed > 0 {
        format!("{}, of which {} failed and count in nothing", thousands(found.runs), thousands(found.failed))
    } else {
        thousands(found.runs)
    };
    let without = "The same organisations, staff, shocks and luck, run for run, with every programme switched off.";
    [
        ("Scenarios", found.scenarios.iter().map(|scenario| scenario.title.as_str()).collect::<Vec<_>>().join("; ")),
        ("Compared with", without.to_owned()),
        ("Runs", runs),
        ("Seed", found.seed.to_string()),
        ("Digest of the results", found.digest.clone()),
        (COMMAND, found.command.clone()),
        ("Program", format!("dewpoint {VERSION}; manifest.json says which commit")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// What a report of somebody's own data is made of.
pub struct OwnData<'a> {
    /// What was asked, in a line.
    pub about: String,
    /// Finding, sentences, tables.
    pub answer: &'a Answer,
    /// Numbers to remember.
    pub numbers: &'a [KeyNumber],
    /// Pictures.
    pub pictures: &'a [Picture],
    /// How the file was read, in sentences.
    pub read: Vec<String>,
    /// Where it comes from.
    pub facts: &'a [(&'a str, &'a str)],
    /// The scenario beside it, if there is one.
    pub scenario: Option<&'a Scenario>,
    /// The command that gives the same again.
    pub command: &'a str,
}

/// `report.html` and `summary.md` of somebody's own data. Without a scenario beside it nothing was simulated, and nothing is
/// said of the model.
///
/// # Errors
///
/// When what is known of the validation cannot be read.
pub fn own_data(found: OwnData) -> Result<[File; 2], Failure> {
    let program = format!("dewpoint {VERSION}; manifest.json says which commit");
    let last = [(COMMAND, found.command), ("Program", program.as_str())];
    let mut trust = trust::Trust {
        facts: found.facts.iter().chain(&last).map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        assumptions: None,
        read: found.read,
        drawn: false,
        standing: Vec::new(),
        validation: trust::Validation::default(),
        bearing: Vec::new(),
    };
    if let Some(scenario) = found.scenario {
        trust.validation = validation()?;
        trust.standing = trust::standing(scenario);
        let about: Vec<String> =
            found.answer.sentences.iter().cloned().chain(chosen(std::slice::from_ref(scenario))).collect();
        trust.bearing = trust.validation.bearing_on(&about.join(" ")).into_iter().cloned().collect();
    }
    let page = Page {
        about: found.about,
        answer: found.answer,
        numbers: found.numbers,
        pictures: found.pictures,
        trust: &trust,
    };
    Ok([(PAGE.into(), report::html(&page).into_bytes()), (MARKDOWN.into(), markdown(&page).into_bytes())])
}

fn validation() -> Result<trust::Validation, Failure> {
    trust::validation().map_err(|error| Failure::Failed(format!("cannot read what the validation found: {error}")))
}
