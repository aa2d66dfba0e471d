//! `validate`: the patterns of the review as experiments, each with its knock-out.
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    Failure,
    results::quoted,
    study::{self, Asked, study},
};
use crate::{
    experiment::validate::{BUNDLED, Pattern, Rules, patterns, validate},
    model::Pair,
    output::{checkpoint::Key, csv::hexadecimal, manifest::VERSION},
    scenario::Scenario,
};

/// What is asked.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Patterns to test, e.g. P38 [default: all].
    pub ids: Vec<String>,
    /// Fewer runs and relaxed rules, for a first look.
    #[arg(long)]
    pub quick: bool,
    /// Patterns of your own, in a file like validation/patterns.toml.
    #[arg(long, value_name = "FILE")]
    pub patterns: Option<PathBuf>,
    /// Write the page of documentation too, and beside it validation/known_failures.toml, which reports show.
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    #[command(flatten)]
    common: study::Options,
}

/// Puts patterns to the test.
///
/// # Errors
///
/// For patterns that do not exist or cannot be read, and whatever stops a study.
pub fn run<S: Fn(u64, u64) -> Pair + Sync>(
    out: &mut dyn Write,
    arguments: &Arguments,
    engine: impl Fn(&Scenario) -> S + Sync,
) -> Result<(), Failure> {
    let text = match &arguments.patterns {
        Some(file) => fs::read_to_string(file)
            .map_err(|error| Failure::Input(format!("{} cannot be read: {error}", file.display())))?,
        None => BUNDLED.into(),
    };
    let all = patterns(&text).map_err(Failure::Input)?;
    let mut chosen = choose(all, &arguments.ids)?;
    let seed = arguments.common.seed.unwrap_or(1);
    for pattern in chosen.iter_mut().filter(|pattern| pattern.missing.is_none()) {
        for change in arguments.common.changes.iter().map(String::as_str).chain([format!("run.seed={seed}").as_str()]) {
            let (path, value) = change.split_once('=').ok_or_else(|| {
                Failure::Input(format!("--set {change}: write PATH=VALUE, e.g. --set setting.turnover=1.5"))
            })?;
            pattern.change(path.trim(), value.trim()).map_err(Failure::Input)?;
        }
    }
    let mut rules = if arguments.quick { Rules::quick() } else { Rules::full() };
    rules.runs = arguments.common.runs.unwrap_or(rules.runs);
    let mut scenarios: Vec<Scenario> = Vec::new();
    for pattern in chosen.iter().filter(|pattern| pattern.missing.is_none()) {
        if !scenarios.contains(pattern.base()) {
            scenarios.push(pattern.base().clone());
        }
    }
    let quick = arguments.quick.then_some("--quick");
    let words = ["validate"].into_iter().chain(arguments.ids.iter().map(String::as_str)).chain(quick);
    let mut asked = words.collect::<Vec<_>>().join(" ");
    if let Some(file) = &arguments.patterns {
        asked += &format!(" --patterns {}", quoted(&file.display().to_string()));
        // The patterns decide the answer, so they belong to the question: other text, another question.
        let text = hexadecimal(Key::of(&[&text]).bytes().get(..6).unwrap_or_default());
        scenarios.iter_mut().for_each(|scenario| scenario.title += &format!(" (patterns {text})"));
    }
    let folder = format!("validate-{}{}", arguments.ids.join("-"), if arguments.quick { "-quick" } else { "" });
    let folder = folder.trim_end_matches('-').replace("--", "-");
    let asked = Asked { asked, scenarios: &scenarios, folder, runs: rules.runs, seed };
    let mut document = None;
    study(out, &arguments.common, &asked, engine, |simulator| {
        let validation = validate(simulator, &chosen, rules)?;
        document = Some((validation.document(VERSION), validation.known_failures()));
        Ok(validation)
    })?;
    let Some(file) = &arguments.document else { return Ok(()) };
    let Some((page, failures)) = document else {
        let there = "the results were there already, so there is nothing new to write a page of";
        return Err(Failure::Failed(format!("{there}: give another place with --out")));
    };
    let beside = file.with_file_name("validation");
    let known = beside.join("known_failures.toml");
    let cannot =
        |file: &Path, error: std::io::Error| Failure::Failed(format!("{} cannot be written: {error}", file.display()));
    fs::write(file, page).map_err(|error| cannot(file, error))?;
    fs::create_dir_all(&beside).and_then(|()| fs::write(&known, failures)).map_err(|error| cannot(&known, error))
}

/// The patterns asked for, in their order.
fn choose(all: Vec<Pattern>, ids: &[String]) -> Result<Vec<Pattern>, Failure> {
    let same = |pattern: &Pattern, id: &str| pattern.id.eq_ignore_ascii_case(id);
    if let Some(unknown) = ids.iter().find(|id| !all.iter().any(|pattern| same(pattern, id))) {
        let known: Vec<&str> = all.iter().map(|pattern| pattern.id.as_str()).collect();
        return Err(Failure::Input(format!("no pattern is called {unknown}; there are {}", known.join(", "))));
    }
    let wanted = |pattern: &Pattern| ids.is_empty() || ids.iter().any(|id| same(pattern, id));
    Ok(all.into_iter().filter(wanted).collect())
}
