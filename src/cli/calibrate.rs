//! `calibrate`: which parameters give what trials have found.
use std::{fs, io::Write, path::PathBuf};

use clap::Args;

use super::{
    Failure,
    files::text,
    options::{self, count, pair},
    progress::Progress,
    study::{Asked, Brought, study},
    typed::{Typed, of_option},
    work::failure,
};
use crate::{
    ensemble::Engine,
    experiment::{
        Stopped,
        calibrate::{Calibrated, Plan, calibrate, declarations, inputs, most_runs, to_fit},
        validate::{BUNDLED_TARGETS, Target, targets},
    },
    output::{key::Key, manifest::VERSION},
    phrase::{counted, thousands},
    scenario::Scenario,
};

/// Runs of each arm at each point when `--runs` does not say: emulators average over points.
const RUNS: u64 = 6;

/// What is asked.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    typed: Typed,
    /// Published figures of your own, in a file like validation/targets.toml, instead of those that come with the program.
    /// Those with role = "fit" are fitted; the others are not looked at.
    #[arg(long, value_name = "FILE")]
    pub targets: Option<PathBuf>,
    /// Parameters that are fitted instead of all: paths or beginnings of paths (parameters.fatigue).
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub paths: Vec<String>,
    /// Waves, at most: they end when what is left shrinks no more.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = waves, allow_negative_numbers = true)]
    pub waves: usize,
    /// Points of a wave.
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = points, allow_negative_numbers = true)]
    pub points: usize,
    /// Rows of the posterior.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = points, allow_negative_numbers = true)]
    pub rows: usize,
    /// Parameters that are learned about, at most; the others are drawn along.
    #[arg(long, value_name = "N", default_value_t = 35, value_parser = active, allow_negative_numbers = true)]
    pub active: usize,
    /// Write the page of documentation too.
    #[arg(long, value_name = "FILE")]
    pub document: Option<PathBuf>,
    /// Write the rows of the posterior too, as a file that can take the place of validation/posterior.csv.
    #[arg(long, value_name = "FILE")]
    pub ensemble: Option<PathBuf>,
    /// What all experiments have in common; `--runs` are those of each arm at each point [default: 6].
    #[command(flatten)]
    common: options::Options,
}

fn waves(text: &str) -> Result<usize, String> {
    count(text, 1, 20).map(|waves| waves as usize)
}

fn points(text: &str) -> Result<usize, String> {
    count(text, 16, 10_000).map(|points| points as usize)
}

fn active(text: &str) -> Result<usize, String> {
    count(text, 1, 200).map(|active| active as usize)
}

/// Calibrates with `engine` and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for figures that cannot be read or fitted; [`Failure::Failed`] when results cannot be written or the work
/// was stopped.
pub fn run(out: &mut dyn Write, arguments: &Arguments, engine: impl Engine) -> Result<(), Failure> {
    let common = &arguments.common;
    if common.uncertain.is_some() {
        let what = "--uncertain draws parameters; calibrate finds out what they may be: leave it away";
        return Err(Failure::Input(what.into()));
    }
    let (figures, mark) = figures(arguments)?;
    let base = figures.first().map(Target::base).cloned().unwrap_or_default();
    let held: Vec<String> =
        common.changes.iter().map(|change| pair(change).map(|(path, _)| path.into())).collect::<Result<_, _>>()?;
    let inputs = inputs(&base, &arguments.paths, &held).map_err(|stopped| match stopped {
        Stopped::Question(what) if what.starts_with("--set") => Failure::Input(of_option("--paths", "", &what)),
        Stopped::Question(what) => Failure::Input(format!("--paths {what}")),
        other => failure(other, 0),
    })?;
    let seed = common.seed.unwrap_or(1);
    let runs = common.runs.unwrap_or(RUNS);
    let plan = Plan {
        waves: arguments.waves,
        rows: arguments.rows,
        active: arguments.active,
        ..Plan::of(arguments.points, seed)
    };
    let mut scenarios: Vec<Scenario> = Vec::new();
    for target in &figures {
        if !scenarios.contains(target.base()) {
            scenarios.push(target.base().clone());
        }
    }
    // What the file says decides the answer, so it belongs to the question: other text, another question.
    scenarios.iter_mut().for_each(|scenario| scenario.title += &mark);
    let names: Vec<&str> = figures.iter().map(|target| target.id.as_str()).collect();
    let asked = Asked {
        name: "calibrate",
        typed: &arguments.typed,
        about: format!("Parameters of the model, fitted to published figures: {}.", names.join(", ")),
        scenarios: &scenarios,
        called: Vec::new(),
        folder: "calibrate".into(),
        runs,
        seed,
        brought: Brought::default(),
        fixed: true,
    };
    Progress::new(common.quiet || common.estimate, 0, 0).note(&format!(
        "{} and {}; this takes at most {} runs",
        counted(inputs.len() as u64, "parameter"),
        counted(figures.len() as u64, "figure"),
        thousands(most_runs(&figures, &inputs, runs, &plan))
    ));
    let (mut made, command) = (None, arguments.typed.command("calibrate", seed));
    study(out, common, &asked, engine, |simulator| {
        let calibrated = calibrate(simulator, figures, inputs, runs, plan)?;
        made = Some((calibrated.document(VERSION, &command), ensemble(&calibrated, &command)));
        Ok(calibrated)
    })?;
    if common.answers_nothing() {
        return Ok(());
    }
    let (page, rows) = made.unzip();
    for (file, text) in [(&arguments.document, page), (&arguments.ensemble, rows)] {
        let Some(file) = file else { continue };
        let Some(text) = text else {
            let there = "the results were there already, so there is nothing new to write to a file";
            return Err(Failure::Failed(format!("{there}: give another place with --out")));
        };
        fs::write(file, text)
            .map_err(|error| Failure::Failed(format!("{} cannot be written: {error}", file.display())))?;
    }
    Ok(())
}

/// The rows of the posterior as a file, with where they come from.
fn ensemble(calibrated: &Calibrated, command: &str) -> String {
    let mut posterior = calibrated.posterior();
    let digest = Key::of(&[&declarations()]).in_words();
    let made = [("made by", command), ("version", VERSION), ("declarations", &digest)];
    posterior.provenance.splice(0..0, made.map(|(what, says)| (what.into(), says.into())));
    posterior.write()
}

/// The figures to fit, with the changes asked for, and a mark of the text they stand in.
fn figures(arguments: &Arguments) -> Result<(Vec<Target>, String), Failure> {
    let (name, content) = match &arguments.targets {
        Some(file) => {
            let is_plain = fs::metadata(file).is_ok_and(|about| about.is_file());
            let read = text(file, is_plain);
            let read = read.map_err(|error| Failure::Input(format!("{} cannot be read: {error}", file.display())))?;
            (file.display().to_string(), read)
        }
        None => ("validation/targets.toml".into(), BUNDLED_TARGETS.into()),
    };
    let mut figures = to_fit(targets(&content, &name).map_err(Failure::Input)?);
    if figures.is_empty() {
        let what = "no figure to fit: give one or more that can be tested role = \"fit\"";
        return Err(Failure::Input(format!("{name}: {what}")));
    }
    for change in &arguments.common.changes {
        let (path, value) = pair(change)?;
        for target in &mut figures {
            target.change(path, value).map_err(Failure::Input)?;
        }
    }
    let mark: String = Key::of(&[&content]).in_words().chars().take(12).collect();
    Ok((figures, format!(" (targets {mark})")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::uncertain::posterior::Posterior;

    #[test]
    fn the_posterior_that_comes_with_the_program_is_of_what_is_declared_now() {
        let digest = Key::of(&[&declarations()]).in_words();
        assert_eq!(
            Posterior::bundled().about("declarations"),
            Some(digest.as_str()),
            "make it anew: see CONTRIBUTING.md"
        );
    }
}
