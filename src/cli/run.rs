//! `run`: the paired ensemble of one scenario, from file to results folder and summary.
use std::{
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use clap::Args;

use super::{
    Failure, files,
    laboratory::Laboratory,
    page::{Found as Reported, report},
    progress::{Progress, stop_request},
    replay::replay,
    results::{Made, Results, SUMMARY_JSON, SUMMARY_TEXT, json_bytes, quoted, stem},
    saving::{Saver, quietly},
    study::{draws, failure, uncertainly},
};
use crate::{
    ensemble::{Ensemble, Plan, Summary, caught, result_tables, run_ensemble, staff_weeks, summarise},
    experiment::{
        Simulator,
        assumptions::{self, Assumptions, Claim},
        door,
        uncertain::separate::{self, Separation},
    },
    metrics::{
        Observation, Window,
        incidents::{Ward, typical_ward},
        reaches_nobody,
    },
    model::Pair,
    output::{
        checkpoint::{self, Found, Key},
        csv::{File, csv_files, digest},
        findings::{Findings, findings},
        folder::Folder,
        journal::Journal,
        json::summary_json,
        manifest::Machine,
        words::summary_text,
    },
    phrase::wrapped,
    rng::Luck,
    scenario::{Extent, Scenario},
};

/// Most runs made for a precision when `--runs` does not say.
const RUNS_FOR_PRECISION: u64 = 100_000;

/// Largest number of runs.
const MOST_RUNS: u64 = 1_000_000;

/// Arguments of `run`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Scenario: a file, or the name of a bundled one (see `dewpoint list`).
    pub file: String,
    /// Runs, each with its own luck [default: the scenario's, usually 200].
    #[arg(long, value_name = "N", value_parser = runs)]
    pub runs: Option<u64>,
    /// Run until the net gain 24 months after is known to +-X (a share: 0.005 is half a percentage point).
    #[arg(long, value_name = "X")]
    pub precision: Option<f64>,
    /// Seed of all luck [default: the scenario's, usually 1].
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads [default: one for each core]. Changes no result.
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Folder for the results [default: results/NAME-OF-THE-SCENARIO].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Change one value of the scenario, e.g. programme.0.sustain.embedding=0.8. Repeatable.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub changes: Vec<String>,
    /// Besides, draw all parameters from what is declared of them, so many times [default: 64], and say how far the
    /// results depend on them and how much is luck.
    #[arg(long, value_name = "DRAWS", num_args = 0..=1, require_equals = true, default_missing_value = "64",
        value_parser = draws, conflicts_with = "replicate")]
    pub uncertain: Option<u64>,
    /// No progress and no notes on stderr.
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
    /// Write no report.html and no summary.md, as for thousands of runs on a cluster.
    #[arg(long)]
    pub no_report: bool,
    /// Leave out the runs that tell which conclusions depend on assumptions, as --no-report does.
    #[arg(long)]
    pub no_assumptions: bool,
    /// Simulate replicate R alone and print its outcomes; writes no files.
    #[arg(long, value_name = "R", conflicts_with_all = ["runs", "precision", "out"])]
    pub replicate: Option<u64>,
    /// Seconds between checkpoints.
    #[arg(long, hide = true, default_value_t = 3.0)]
    pub checkpoint_seconds: f64,
}

pub(super) fn runs(text: &str) -> Result<u64, String> {
    let most = || format!("a whole number from 1 to {MOST_RUNS}");
    text.parse().ok().filter(|runs| (1..=MOST_RUNS).contains(runs)).ok_or_else(most)
}

pub(super) fn threads(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| (1..=1024).contains(count)).ok_or_else(|| "a whole number from 1 to 1024".into())
}

/// Runs a scenario with `engine`, writes its results folder, and writes the summary to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong scenario, change or option; [`Failure::Failed`] when results cannot be written, stand
/// already there for another scenario, or the run was stopped.
pub fn run<S: Fn(u64, u64) -> Pair + Sync>(
    out: &mut dyn Write,
    options: &Options,
    engine: impl Fn(&Scenario) -> S + Sync,
) -> Result<(), Failure> {
    let scenario = resolve(options)?;
    let seed = scenario.run.seed;
    if let Some(replicate) = options.replicate {
        let simulate = engine(&scenario);
        let pair = caught(|| simulate(seed, replicate))
            .map_err(|reason| Failure::Failed(format!("replicate {replicate} of seed {seed} fails: {reason}")))?;
        return replay(out, &scenario, &pair, replicate, options.json);
    }
    let job = Job::new(options, scenario)?;
    let Some(folder) = job.results.hold()? else {
        let note = job.results.show_again(out, options.json)?;
        Progress::new(options.quiet, 0, 0).note(&note);
        return Ok(());
    };
    let simulate = engine(&job.scenario);
    // Parameters first: what is drawn is in the journal, should the rest be broken off.
    let mut laboratory = job.laboratory(&folder, &engine);
    let made = job.separate(laboratory.as_mut()).and_then(|separation| {
        let ensemble = job.simulate(&folder, |replicate| quietly(|| simulate(seed, replicate)))?;
        let assumptions = job.assumptions(&folder, laboratory.as_mut(), &ensemble)?;
        Ok((ensemble, separation, assumptions))
    });
    let (ensemble, separation, assumptions) = match made {
        Ok(made) => made,
        Err(failure) => {
            folder.release();
            return Err(failure);
        }
    };
    let summary = summarise(&job.scenario, seed, &ensemble);
    let wards = || job.wards(&ensemble, |replicate| quietly(|| simulate(seed, replicate)));
    let files = job.files(&ensemble, &summary, wards, separation.as_ref(), assumptions.as_ref())?;
    let made = Made {
        runs: ensemble.runs,
        failed: ensemble.failures.len() as u64,
        threads: job.threads(),
        json: options.json,
    };
    if let Some(note) = job.results.finish(out, folder, files, &made)? {
        Progress::new(options.quiet, 0, 0).note(&note);
    }
    Ok(())
}

/// The scenario with every option in place.
fn resolve(options: &Options) -> Result<Scenario, Failure> {
    let mut loaded = files::load(&options.file).map_err(|problems| Failure::Input(problems.to_string()))?;
    for change in &options.changes {
        let (path, value) = change.split_once('=').ok_or_else(|| {
            Failure::Input(format!("--set {change}: write PATH=VALUE, e.g. --set programme.0.sustain.embedding=0.8"))
        })?;
        let changed = loaded.scenario.change(path.trim(), value.trim());
        changed.map_err(|problem| Failure::Input(problem.to_string()))?;
    }
    let mut scenario = loaded.ready().map_err(|problems| Failure::Input(problems.to_string()))?;
    scenario.run.seed = options.seed.unwrap_or(scenario.run.seed);
    scenario.run.runs = options.runs.unwrap_or(match options.precision {
        Some(_) => RUNS_FOR_PRECISION,
        None => scenario.run.runs,
    });
    scenario.check().map_err(|problems| Failure::Input(problems.to_string()))?;
    Ok(scenario)
}

/// Everything that decides the results of `scenario`, apart from seed and number of runs.
pub(super) fn question(scenario: &Scenario) -> String {
    let mut bare = scenario.clone();
    (bare.run.runs, bare.run.seed) = (1, 0);
    bare.to_toml(Extent::All)
}

/// A run to be made: what is asked, and where its results go.
struct Job<'a> {
    options: &'a Options,
    scenario: Scenario,
    results: Results,
}

impl<'a> Job<'a> {
    fn new(options: &'a Options, scenario: Scenario) -> Result<Self, Failure> {
        if let Some(precision) = options.precision {
            if !(precision > 0.0 && precision < 1.0) {
                return Err(Failure::Input(format!(
                    "--precision {precision}: a share above 0 and below 1, e.g. 0.005"
                )));
            }
            if let Some(what) = reaches_nobody(&scenario, 0).or(Window::YEAR_2.missing(&scenario, 0)) {
                return Err(Failure::Input(format!(
                    "--precision is about the net gain 24 months after support ends: {what}"
                )));
            }
        }
        door::can_be_kept(&scenario, scenario.run.runs).map_err(|stopped| failure(stopped, 0))?;
        let target = options.out.clone().unwrap_or_else(|| Path::new("results").join(stem(&options.file)));
        let mut text = question(&scenario);
        if options.uncertain.is_some() {
            text = format!("# run{}\n{text}", uncertainly(options.uncertain));
        }
        let mut results = Results::of(target, text, scenario.run.seed, scenario.run.runs, options.precision);
        results.report = !options.no_report;
        results.assumptions = !options.no_assumptions;
        Ok(Self { options, scenario, results })
    }

    /// Threads, 0 for one for each core.
    fn threads(&self) -> usize {
        self.options.threads.unwrap_or(0)
    }

    /// The command that simulates the same scenario, with `rest`.
    fn command(&self, rest: &str) -> String {
        let changes: String = self.options.changes.iter().map(|change| format!(" --set {}", quoted(change))).collect();
        format!("dewpoint run {}{changes} --seed {}{rest}", quoted(&self.options.file), self.scenario.run.seed)
    }

    /// Whoever simulates beside the ensemble itself; none where nothing else is asked.
    fn laboratory<'e, S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync>(
        &self,
        folder: &Folder,
        engine: &'e E,
    ) -> Option<Laboratory<&'e E>> {
        let asked = self.options.uncertain.is_some() || self.looks_at_assumptions();
        // Without a journal the work goes on, and begins again should it be broken off.
        let journal = asked.then(|| Journal::open(&folder.journal_path()).ok()).flatten();
        let (seconds, quiet) = (self.options.checkpoint_seconds, self.options.quiet);
        asked.then(|| Laboratory::new(engine, self.threads(), &self.results.build, journal, seconds, quiet))
    }

    fn looks_at_assumptions(&self) -> bool {
        self.results.report && self.results.assumptions
    }

    /// What is luck and what is parameters, if that is asked for: an ensemble of its own, of outcomes alone.
    fn separate<S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync>(
        &self,
        laboratory: Option<&mut Laboratory<E>>,
    ) -> Result<Option<Separation>, Failure> {
        let (Some(draws), Some(laboratory)) = (self.options.uncertain, laboratory) else { return Ok(None) };
        laboratory.expect(separate::runs(1, draws));
        let made = separate::separate(laboratory, std::slice::from_ref(&self.scenario), draws);
        laboratory.finish();
        made.map(Some).map_err(|stopped| failure(stopped, laboratory.found + laboratory.simulated))
    }

    /// Which conclusions depend on assumptions, from draws of their own or from those of uncertain parameters.
    fn assumptions<S: Fn(u64, u64) -> Pair + Sync, E: Fn(&Scenario) -> S + Sync>(
        &self,
        folder: &Folder,
        laboratory: Option<&mut Laboratory<E>>,
        ensemble: &Ensemble,
    ) -> Result<Option<Assumptions>, Failure> {
        let Some(laboratory) = laboratory.filter(|_| self.looks_at_assumptions()) else { return Ok(None) };
        let claims = |programme: usize| {
            let column = |metric: &str| ensemble.outcomes_of(&self.scenario, programme, metric).unwrap_or_default();
            assumptions::of_programme(
                &assumptions::about(&self.scenario, programme),
                (0, programme),
                usize::MAX,
                column,
            )
        };
        let claims: Vec<Claim> = (0..self.scenario.programmes.len()).flat_map(claims).collect();
        let draws = assumptions::draws_for(ensemble.runs, 1);
        let made = match self.options.uncertain {
            Some(draws) if draws < assumptions::FEWEST_TO_TELL => return Ok(None),
            Some(draws) => assumptions::of_separation(laboratory, &self.scenario, &claims, draws),
            None if draws == 0 => return Ok(None),
            None => assumptions::assumptions(laboratory, std::slice::from_ref(&self.scenario), &claims, draws),
        };
        laboratory.finish();
        made.map(Some).map_err(|stopped| {
            // The ensemble is whole: what is left to do goes on from there.
            let _ = checkpoint::save(&folder.checkpoint_path(), self.key(), ensemble);
            failure(stopped, ensemble.runs + laboratory.simulated)
        })
    }

    /// What the ensemble is the answer to.
    fn key(&self) -> Key {
        Key::of(&[
            &self.results.question,
            &self.scenario.run.seed.to_string(),
            &self.options.precision.map_or_else(String::new, |precision| precision.to_string()),
            &self.results.build,
        ])
    }

    /// Runs the ensemble, from its checkpoint if there is one.
    fn simulate(&self, folder: &Folder, simulate: impl Fn(u64) -> Pair + Sync) -> Result<Ensemble, Failure> {
        let (runs, precision) = (self.scenario.run.runs, self.options.precision);
        let key = self.key();
        let path = folder.checkpoint_path();
        let found = checkpoint::load(&path, key, &Ensemble::new(&self.scenario), runs);
        let (begun, note) = match found {
            Found::Nothing => (None, None),
            Found::Unusable(why) => (None, Some(format!("the checkpoint {} {why}; starting afresh", path.display()))),
            Found::State(state) => {
                let note = format!("continuing after {} of {runs} runs", state.runs);
                (Some(*state), Some(note))
            }
        };
        let progress = Progress::new(self.options.quiet, runs, begun.as_ref().map_or(0, |state| state.runs));
        note.iter().for_each(|note| progress.note(note));
        let plan = Plan { runs, precision, batch: self.batch(), threads: self.threads() };
        let stop = stop_request();
        let mut saver = Saver::new(self.options.checkpoint_seconds);
        let watch = |state: &Ensemble| {
            progress.done(state.runs);
            let stopping = stop.load(Ordering::SeqCst);
            if (stopping || saver.is_due())
                && let Err(error) = saver.save(|| checkpoint::save(&path, key, state))
            {
                progress.note(&format!("cannot save a checkpoint: {error}; the run goes on without"));
            }
            if stopping { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let ensemble = run_ensemble(&self.scenario, &plan, begun, simulate, watch).map_err(Failure::Failed)?;
        progress.finish();
        if stop.load(Ordering::SeqCst) && ensemble.runs < runs {
            let what = format!("stopped after {} of {runs} runs", ensemble.runs);
            return Err(Failure::Failed(format!("{what}; the same command continues from there")));
        }
        match ensemble.failures.first() {
            Some(first) if ensemble.failures.len() as u64 == ensemble.runs => Err(Failure::Failed(format!(
                "every run failed, the first because: {}; replay it with {}",
                first.reason,
                self.command(" --replicate 0")
            ))),
            _ => Ok(ensemble),
        }
    }

    /// Replicates in flight: enough for all threads, few enough that a checkpoint comes every few seconds.
    fn batch(&self) -> u64 {
        /// Staff-weeks a core is sure to do in two seconds.
        const STAFF_WEEKS: f64 = 10e6;
        let threads = Machine::here(self.threads()).threads as f64;
        (STAFF_WEEKS * threads / staff_weeks(&self.scenario).max(1.0)).clamp(threads, 64f64.max(threads)) as u64
    }

    /// The typical ward of each programme in the first run that did not fail, which is simulated once more for it.
    fn wards(&self, ensemble: &Ensemble, simulate: impl Fn(u64) -> Pair) -> Vec<Option<Ward>> {
        let failed = |run: &u64| ensemble.failures.iter().any(|failure| failure.replicate == *run);
        let Some(replicate) = (0..ensemble.runs).find(|run| !failed(run)) else { return Vec::new() };
        let Ok(pair) = caught(|| simulate(replicate)) else { return Vec::new() };
        let luck = Luck { seed: self.scenario.run.seed, replicate };
        let in_organisation = self.scenario.setting.units as usize;
        let ward = |programme| {
            let observation = Observation::new(&self.scenario, &pair, programme)?;
            typical_ward(&observation, &self.scenario.incidents, luck, in_organisation)
        };
        (0..self.scenario.programmes.len()).map(ward).collect()
    }

    /// Every file of the results folder apart from the manifest; `wards` are for the report only.
    fn files(
        &self,
        ensemble: &Ensemble,
        summary: &Summary,
        wards: impl FnOnce() -> Vec<Option<Ward>>,
        separation: Option<&Separation>,
        assumptions: Option<&Assumptions>,
    ) -> Result<Vec<File>, Failure> {
        let replay = |replicate| self.command(&format!(" --replicate {replicate}"));
        let mut tables = result_tables(&self.scenario, ensemble, summary, replay);
        tables.extend(separation.map(Separation::table));
        tables.extend(assumptions.into_iter().flat_map(Assumptions::tables));
        let mut files = csv_files(&tables).map_err(Failure::Failed)?;
        let digest = digest(&files);
        let mut json = summary_json(summary, &digest);
        let folder = self.results.target.display().to_string();
        let mut text = summary_text(&self.scenario, summary, ensemble, &self.command(""), &folder);
        if let Some(separation) = separation {
            for sentence in separation.sentences() {
                text.push_str(&format!("\n{}", wrapped("", &sentence)));
            }
            text.push_str("All metrics: uncertainty.csv.\n");
            json["uncertainty"] =
                serde_json::to_value(separation).map_err(|error| Failure::Failed(error.to_string()))?;
        }
        if let Some(assumptions) = assumptions {
            text.push_str(&wrapped("", &assumptions.line()));
            json["assumptions"] =
                serde_json::to_value(assumptions).map_err(|error| Failure::Failed(error.to_string()))?;
        }
        files.push((SUMMARY_TEXT.into(), text.into_bytes()));
        files.push((SUMMARY_JSON.into(), json_bytes(&json)));
        if !self.options.no_report {
            let Findings { answer, numbers, pictures } = findings(&self.scenario, summary, ensemble, &wards());
            files.extend(report(&Reported {
                about: format!("{} · will it last?", summary.title),
                answer: &answer,
                numbers: &numbers,
                pictures: &pictures,
                scenarios: std::slice::from_ref(&self.scenario),
                assumptions,
                command: self.command(&format!(
                    " --runs {}{}",
                    summary.runs,
                    self.options.uncertain.map_or_else(String::new, |draws| format!(" --uncertain {draws}"))
                )),
                runs: summary.runs,
                failed: summary.failed,
                seed: summary.seed,
                digest,
            })?);
        }
        Ok(files)
    }
}
