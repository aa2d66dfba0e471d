//! `run`: the paired ensemble of one scenario, from file to results folder and summary.
use std::{
    cell::Cell,
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Once, atomic::Ordering},
    time::{Duration, Instant, SystemTime},
};

use clap::Args;

use super::{
    Failure, files,
    progress::{Progress, stop_request},
};
use crate::{
    ensemble::{Ensemble, Plan, Summary, caught, result_tables, run_ensemble, summarise},
    metrics::{self, Observation, Window},
    model::Pair,
    output::{
        checkpoint::{self, Found, Key},
        csv::{File, csv_files, digest},
        folder::{Existing, Folder, existing, program_digest, read_text},
        json::summary_json,
        manifest::{COMMIT, MANIFEST, Machine, Manifest, VERSION, universal_time},
        words::summary_text,
    },
    scenario::{Extent, Scenario},
};

/// Most runs made for a precision when `--runs` does not say.
const RUNS_FOR_PRECISION: u64 = 100_000;

/// Largest number of runs.
const MOST_RUNS: u64 = 1_000_000;

/// The summary as text and for machines, kept with the results so that a rerun can show them.
const SUMMARY_TEXT: &str = "summary.txt";
const SUMMARY_JSON: &str = "summary.json";

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
    /// No progress and no notes on stderr.
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
    /// Simulate replicate R alone and print its outcomes; writes no files.
    #[arg(long, value_name = "R", conflicts_with_all = ["runs", "precision", "out"])]
    pub replicate: Option<u64>,
    /// Seconds between checkpoints.
    #[arg(long, hide = true, default_value_t = 3.0)]
    pub checkpoint_seconds: f64,
}

fn runs(text: &str) -> Result<u64, String> {
    let most = || format!("a whole number from 1 to {MOST_RUNS}");
    text.parse().ok().filter(|runs| (1..=MOST_RUNS).contains(runs)).ok_or_else(most)
}

fn threads(text: &str) -> Result<usize, String> {
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
    engine: impl FnOnce(&Scenario) -> S,
) -> Result<(), Failure> {
    let scenario = resolve(options)?;
    let seed = scenario.run.seed;
    if let Some(replicate) = options.replicate {
        let simulate = engine(&scenario);
        let pair = caught(|| simulate(seed, replicate))
            .map_err(|reason| Failure::Failed(format!("replicate {replicate} of seed {seed} fails: {reason}")))?;
        return replay(out, options, &scenario, &pair);
    }
    let job = Job::new(options, scenario)?;
    if job.is_answered()? {
        return job.show_again(out);
    }
    let folder = Folder::hold(&job.target).map_err(Failure::Failed)?;
    // Once more: until now another process may have been writing here, or have died while it did.
    match job.is_answered() {
        Ok(false) => {}
        Ok(true) => {
            folder.release();
            return job.show_again(out);
        }
        Err(failure) => {
            folder.release();
            return Err(failure);
        }
    }
    let simulate = engine(&job.scenario);
    let started = (SystemTime::now(), Instant::now());
    let ensemble = match job.simulate(&folder, |replicate| quietly(|| simulate(seed, replicate))) {
        Ok(ensemble) => ensemble,
        Err(failure) => {
            folder.release();
            return Err(failure);
        }
    };
    let summary = summarise(&job.scenario, seed, &ensemble);
    let files = job.files(&ensemble, &summary, started)?;
    if let Existing::Results(old) = existing(&job.target) {
        let note = format!("replacing the results of {} runs with seed {} of the same scenario", old.runs, old.seed);
        Progress::new(options.quiet, 0, 0).note(&note);
    }
    folder.finish(&files).map_err(Failure::Failed)?;
    let name = if options.json { SUMMARY_JSON } else { SUMMARY_TEXT };
    files.iter().filter(|(other, _)| other == name).try_for_each(|(_, bytes)| out.write_all(bytes))?;
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

/// One replicate alone: its outcomes, programme by programme.
fn replay(out: &mut dyn Write, options: &Options, scenario: &Scenario, pair: &Pair) -> Result<(), Failure> {
    let columns = metrics::outcomes(scenario);
    let mut programmes = serde_json::Map::new();
    for (place, programme) in scenario.programmes.iter().enumerate() {
        let Some(observation) = Observation::new(scenario, pair, place) else { continue };
        let values: Vec<(&str, f64)> =
            columns.iter().map(|column| (column.name.as_str(), column.of(&observation))).collect();
        if options.json {
            let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
            programmes.insert(programme.name.clone(), serde_json::Value::Object(values.collect()));
        } else {
            writeln!(
                out,
                "Programme \"{}\", seed {}, replicate {}",
                programme.name,
                scenario.run.seed,
                options.replicate.unwrap_or(0)
            )?;
            for (name, value) in values {
                let value = if value.is_nan() { "-".into() } else { value.to_string() };
                writeln!(out, "  {name:<40} {value}")?;
            }
        }
    }
    if options.json {
        writeln!(out, "{}", serde_json::Value::Object(programmes))?;
    }
    Ok(())
}

/// A run to be made: what is asked, and where its results go.
struct Job<'a> {
    options: &'a Options,
    scenario: Scenario,
    /// The scenario as text, apart from how to run it: the same text, the same scenario.
    text: String,
    target: PathBuf,
    /// Digest of this program.
    build: String,
}

impl<'a> Job<'a> {
    fn new(options: &'a Options, scenario: Scenario) -> Result<Self, Failure> {
        if let Some(precision) = options.precision {
            if !(precision > 0.0 && precision < 1.0) {
                return Err(Failure::Input(format!(
                    "--precision {precision}: a share above 0 and below 1, e.g. 0.005"
                )));
            }
            let clock = scenario.programmes.first().map(|programme| &programme.clock);
            if clock.is_none_or(|clock| Window::YEAR_2.weeks(clock, scenario.weeks()).is_none()) {
                let what = "--precision is about the net gain 24 months after support ends, which is not simulated";
                return Err(Failure::Input(format!("{what}; give at least 108 weeks: --set run.follow_up=108")));
            }
        }
        let stem =
            Path::new(&options.file).file_stem().map_or_else(|| "scenario".into(), std::ffi::OsStr::to_os_string);
        let target = options.out.clone().unwrap_or_else(|| Path::new("results").join(stem));
        let mut bare = scenario.clone();
        (bare.run.runs, bare.run.seed) = (1, 0);
        Ok(Self { options, scenario, text: bare.to_toml(Extent::All), target, build: program_digest() })
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

    fn refuse(&self, what: &str) -> Failure {
        Failure::Failed(format!(
            "{} {what} and will not be overwritten; choose another place with --out, or move it away",
            self.target.display()
        ))
    }

    /// Whether the target holds what a rerun would give.
    ///
    /// # Errors
    ///
    /// When it holds something that must not be overwritten.
    fn is_answered(&self) -> Result<bool, Failure> {
        let there = match existing(&self.target) {
            Existing::Nothing => return Ok(false),
            Existing::Foreign(what) => return Err(self.refuse(&what)),
            Existing::Results(there) if there.scenario != self.text => {
                return Err(self.refuse("holds the results of another scenario, or of this one with other values,"));
            }
            Existing::Results(there) => there,
        };
        let same = there.build == self.build && there.seed == self.scenario.run.seed;
        Ok(same && there.precision == self.options.precision && there.most_runs == self.scenario.run.runs)
    }

    fn show_again(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let progress = Progress::new(self.options.quiet, 0, 0);
        progress.note(&format!("{} already holds exactly these results; nothing was run", self.target.display()));
        let name = if self.options.json { SUMMARY_JSON } else { SUMMARY_TEXT };
        Ok(out.write_all(read_text(&self.target, name).unwrap_or_default().as_bytes())?)
    }

    /// Runs the ensemble, from its checkpoint if there is one.
    fn simulate(&self, folder: &Folder, simulate: impl Fn(u64) -> Pair + Sync) -> Result<Ensemble, Failure> {
        let (runs, precision) = (self.scenario.run.runs, self.options.precision);
        let key = Key::of(&[
            &self.text,
            &self.scenario.run.seed.to_string(),
            &precision.map_or_else(String::new, |precision| precision.to_string()),
            &self.build,
        ]);
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
                && let Err(error) = saver.save(&path, key, state)
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
        let staff = metrics::unit_count(&self.scenario) as f64 * f64::from(self.scenario.setting.staff);
        let cost = 2.0 * staff * self.scenario.weeks() as f64 * self.scenario.programmes.len() as f64;
        (STAFF_WEEKS * threads / cost.max(1.0)).clamp(threads, 64f64.max(threads)) as u64
    }

    /// Every file of the results folder, the manifest last.
    fn files(
        &self,
        ensemble: &Ensemble,
        summary: &Summary,
        started: (SystemTime, Instant),
    ) -> Result<Vec<File>, Failure> {
        let replay = |replicate| self.command(&format!(" --replicate {replicate}"));
        let tables = result_tables(&self.scenario, ensemble, summary, replay);
        let mut files = csv_files(&tables).map_err(Failure::Failed)?;
        let json = |value: Result<String, serde_json::Error>| {
            value
                .map(|text| (text + "\n").into_bytes())
                .map_err(|error| Failure::Failed(format!("cannot write JSON: {error}")))
        };
        let digest = digest(&files);
        let text =
            summary_text(&self.scenario, summary, ensemble, &self.command(""), &self.target.display().to_string());
        files.push((SUMMARY_TEXT.into(), text.into_bytes()));
        files.push((SUMMARY_JSON.into(), json(serde_json::to_string_pretty(&summary_json(summary, &digest)))?));
        let manifest = Manifest {
            program: "dewpoint".into(),
            version: VERSION.into(),
            commit: COMMIT.map(Into::into),
            build: self.build.clone(),
            command: std::env::args().collect(),
            scenario: self.text.clone(),
            seed: self.scenario.run.seed,
            runs: ensemble.runs,
            most_runs: self.scenario.run.runs,
            precision: self.options.precision,
            failed: ensemble.failures.len() as u64,
            digest,
            files: files.iter().map(|(name, _)| name.clone()).collect(),
            machine: Machine::here(self.threads()),
            started: universal_time(started.0),
            duration_seconds: started.1.elapsed().as_secs_f64(),
        };
        files.push((MANIFEST.into(), json(serde_json::to_string_pretty(&manifest))?));
        Ok(files)
    }
}

/// Saves checkpoints every few seconds, more rarely where saving takes long.
struct Saver {
    every: Duration,
    last: Instant,
    took: Duration,
}

impl Saver {
    fn new(seconds: f64) -> Self {
        let every = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(3));
        Self { every, last: Instant::now(), took: Duration::ZERO }
    }

    fn is_due(&self) -> bool {
        // At most a tenth of the time goes into checkpoints.
        self.last.elapsed() >= self.every.max(self.took * 10)
    }

    fn save(&mut self, path: &Path, key: Key, state: &Ensemble) -> std::io::Result<()> {
        let begun = Instant::now();
        let saved = checkpoint::save(path, key, state);
        (self.took, self.last) = (begun.elapsed(), Instant::now());
        saved
    }
}

thread_local! {
    /// Whether this thread is inside a replicate.
    static IN_REPLICATE: Cell<bool> = const { Cell::new(false) };
}

/// Does `work` without the usual message should it panic: a failed replicate is reported as a row of its own. Panics of
/// everything else are still heard.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IN_REPLICATE.get() {
                usual(panic);
            }
        }));
    });
    struct Inside;
    impl Drop for Inside {
        fn drop(&mut self) {
            IN_REPLICATE.set(false);
        }
    }
    IN_REPLICATE.set(true);
    let _inside = Inside;
    work()
}

/// `text` as one word of a command line.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-=+:,@".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text.into() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
