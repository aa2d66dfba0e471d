//! `validate`: the patterns of the review as experiments, each with its knock-out, and published figures with their bands.
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    Failure,
    files::text,
    options::{self, pair},
    study::{Asked, Brought, study},
    typed::Typed,
};
use crate::{
    ensemble::Engine,
    experiment::validate::{
        BUNDLED, BUNDLED_MECHANISMS, BUNDLED_TARGETS, Pattern, Rules, Target, mechanisms, patterns, targets, validate,
        without,
    },
    output::{key::Key, manifest::VERSION},
    scenario::Scenario,
};

/// What is asked.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    typed: Typed,
    /// Patterns and published figures to test, e.g. P38 N05 [default: all].
    pub ids: Vec<String>,
    /// Fewer runs and relaxed rules, for a first look.
    #[arg(long)]
    pub quick: bool,
    /// Patterns of your own, in a file like validation/patterns.toml, instead of all that come with the program.
    #[arg(long, value_name = "FILE")]
    pub patterns: Option<PathBuf>,
    /// Published figures of your own, in a file like validation/targets.toml, instead of all that come with the program.
    #[arg(long, value_name = "FILE")]
    pub targets: Option<PathBuf>,
    /// Switch off each mechanism in turn instead, and say which patterns and figures are lost without it.
    #[arg(long)]
    pub without: bool,
    /// Write the page of documentation too, and beside it validation/known_failures.toml, which reports show.
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// No option of this command, which says why.
    #[arg(long, value_name = "NAME", hide = true)]
    programme: Option<String>,
    #[command(flatten)]
    common: options::Options,
}

/// Puts patterns to the test.
///
/// # Errors
///
/// For patterns that do not exist or cannot be read, and whatever stops a study.
pub fn run(out: &mut dyn Write, arguments: &Arguments, engine: impl Engine) -> Result<(), Failure> {
    if let Some(name) = &arguments.programme {
        return Err(Failure::Input(format!(
            "--programme {name}: validate takes none, as each claim says itself which programme it looks at: programme = \
             NUMBER, from 0, in a file of your own that --patterns names"
        )));
    }
    let (pattern_text, target_text) = texts(arguments)?;
    let all = match &pattern_text {
        Some(text) => patterns(text).map_err(|what| match &arguments.patterns {
            Some(file) => Failure::Input(format!("{}: {what}", file.display())),
            None => Failure::Input(what),
        })?,
        None => Vec::new(),
    };
    let file =
        arguments.targets.as_ref().map_or_else(|| "validation/targets.toml".into(), |file| file.display().to_string());
    let figures = match &target_text {
        Some(text) => targets(text, &file).map_err(Failure::Input)?,
        None => Vec::new(),
    };
    let (mut chosen, mut figures) = choose(all, figures, &arguments.ids)?;
    let seed = arguments.common.seed.unwrap_or(1);
    for change in arguments.common.changes.iter().map(String::as_str).chain([format!("run.seed={seed}").as_str()]) {
        let (path, value) = pair(change)?;
        for pattern in chosen.iter_mut().filter(|pattern| pattern.missing.is_none()) {
            pattern.change(path, value).map_err(Failure::Input)?;
        }
        for target in figures.iter_mut().filter(|target| target.missing.is_none()) {
            target.change(path, value).map_err(Failure::Input)?;
        }
    }
    let mut rules = if arguments.quick { Rules::quick() } else { Rules::full() };
    if let Some(runs) = arguments.common.runs {
        let draws = (runs / rules.runs_a_draw).max(2);
        rules = Rules { runs, draws, ..rules };
    }
    let mut scenarios: Vec<Scenario> = Vec::new();
    let bases = chosen.iter().filter(|pattern| pattern.missing.is_none()).map(Pattern::base);
    for base in bases.chain(figures.iter().filter(|target| target.missing.is_none()).map(Target::base)) {
        if !scenarios.contains(base) {
            scenarios.push(base.clone());
        }
    }
    for (option, file, text) in
        [("patterns", &arguments.patterns, &pattern_text), ("targets", &arguments.targets, &target_text)]
    {
        let (Some(_), Some(text)) = (file, text) else { continue };
        // What the file says decides the answer, so it belongs to the question: other text, another question.
        let text: String = Key::of(&[text]).in_words().chars().take(12).collect();
        scenarios.iter_mut().for_each(|scenario| scenario.title += &format!(" ({option} {text})"));
    }
    let folder = format!(
        "validate-{}{}{}",
        arguments.ids.join("-"),
        if arguments.without { "-without" } else { "" },
        if arguments.quick { "-quick" } else { "" }
    );
    let folder = folder.trim_end_matches('-').replace("--", "-");
    let about = if arguments.without {
        "Mechanisms, each switched off in turn."
    } else {
        "Patterns and published figures, put to the test."
    };
    let about = about.into();
    let asked = Asked {
        name: "validate",
        typed: &arguments.typed,
        about,
        scenarios: &scenarios,
        called: Vec::new(),
        folder,
        runs: rules.runs,
        seed,
        brought: Brought::default(),
        fixed: true,
    };
    if arguments.without {
        let known = mechanisms(BUNDLED_MECHANISMS).map_err(Failure::Input)?;
        let mut page = None;
        study(out, &arguments.common, &asked, engine, |simulator| {
            let ablation = without(simulator, (&chosen, &figures), &known, rules)?;
            page = Some(ablation.document());
            Ok(ablation)
        })?;
        return match &arguments.document {
            _ if arguments.common.answers_nothing() => Ok(()),
            Some(file) => write(file, page.ok_or_else(nothing_new)?),
            None => Ok(()),
        };
    }
    let mut document = None;
    study(out, &arguments.common, &asked, engine, |simulator| {
        let validation = validate(simulator, &chosen, &figures, rules)?;
        document = Some((validation.document(VERSION), validation.known_failures()));
        Ok(validation)
    })?;
    let wanted = arguments.document.as_ref().filter(|_| !arguments.common.answers_nothing());
    let Some(file) = wanted else { return Ok(()) };
    let (page, failures) = document.ok_or_else(nothing_new)?;
    let beside = file.with_file_name("validation");
    let known = beside.join("known_failures.toml");
    write(file, page)?;
    fs::create_dir_all(&beside).map_err(|error| cannot(&known, &error))?;
    write(&known, failures)
}

fn nothing_new() -> Failure {
    let there = "the results were there already, so there is nothing new to write a page of";
    Failure::Failed(format!("{there}: give another place with --out"))
}

fn cannot(file: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("{} cannot be written: {error}", file.display()))
}

fn write(file: &Path, text: String) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| cannot(file, &error))
}

/// The texts of patterns and targets: a file of one's own stands instead of everything that comes with the program.
fn texts(arguments: &Arguments) -> Result<(Option<String>, Option<String>), Failure> {
    let read = |file: &PathBuf| {
        let is_plain = fs::metadata(file).is_ok_and(|about| about.is_file());
        text(file, is_plain).map_err(|error| Failure::Input(format!("{} cannot be read: {error}", file.display())))
    };
    let own = (arguments.patterns.as_ref().map(read).transpose()?, arguments.targets.as_ref().map(read).transpose()?);
    Ok(if own == (None, None) { (Some(BUNDLED.into()), Some(BUNDLED_TARGETS.into())) } else { own })
}

/// The patterns and published figures asked for, in their order.
fn choose(
    patterns: Vec<Pattern>,
    targets: Vec<Target>,
    ids: &[String],
) -> Result<(Vec<Pattern>, Vec<Target>), Failure> {
    let known: Vec<String> =
        patterns.iter().map(|pattern| &pattern.id).chain(targets.iter().map(|target| &target.id)).cloned().collect();
    if let Some(unknown) = ids.iter().find(|id| !known.iter().any(|other| other.eq_ignore_ascii_case(id))) {
        let none = "no pattern is called";
        return Err(Failure::Input(format!(
            "{none} {unknown}, and no published figure; there are {}",
            known.join(", ")
        )));
    }
    let wanted = |id: &str| ids.is_empty() || ids.iter().any(|other| other.eq_ignore_ascii_case(id));
    Ok((
        patterns.into_iter().filter(|pattern| wanted(&pattern.id)).collect(),
        targets.into_iter().filter(|target| wanted(&target.id)).collect(),
    ))
}
