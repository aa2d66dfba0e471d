//! What all experiments have in common on the command line: options, results folder, words.
use std::{io::Write, path::Path, path::PathBuf};

use clap::Args;

use super::{
    Failure, files,
    laboratory::Laboratory,
    page::{Found, report},
    results::{Made, Results, SUMMARY_JSON, SUMMARY_TEXT, json_bytes, quoted},
    run::{question, runs, threads},
    text::{paragraph, table},
};
use crate::{
    experiment::{
        Answer, Simulator, Stopped, Study,
        assumptions::{self, Assumptions, Concluded},
        uncertain,
    },
    metrics::cut_windows,
    model::Pair,
    output::{
        chart::drawn,
        csv::{csv_files, digest},
        journal::Journal,
    },
    picture::{Chart, Picture},
    scenario::Scenario,
    table::Table,
};

/// Options of every experiment.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    /// Runs of each scenario, each with its own luck.
    #[arg(long, value_name = "N", value_parser = runs)]
    pub runs: Option<u64>,
    /// Seed of all luck [default: that of the first scenario, usually 1].
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads [default: one for each core]. Changes no result.
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
    /// Folder for the results [default: results/COMMAND-SCENARIO].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Change one value of every scenario, e.g. setting.turnover=1.5. Repeatable.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub changes: Vec<String>,
    /// Draw all parameters anew for each run, from what is declared of them, so that intervals are about luck and
    /// parameters. So many draws tell how much of the variance is which [default: 64].
    #[arg(long, value_name = "DRAWS", num_args = 0..=1, require_equals = true, default_missing_value = "64",
        value_parser = draws)]
    pub uncertain: Option<u64>,
    /// No progress and no notes on stderr.
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
    /// Write no report.html and no summary.md.
    #[arg(long)]
    pub no_report: bool,
    /// Leave out the runs that tell which conclusions depend on assumptions, as --no-report does.
    #[arg(long)]
    pub no_assumptions: bool,
    /// Seconds between checkpoints.
    #[arg(long, hide = true, default_value_t = 3.0)]
    pub checkpoint_seconds: f64,
}

impl Options {
    /// Reads the scenario called `file` and makes the changes asked for.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with file, changes or options.
    pub fn scenario(&self, file: &str) -> Result<Scenario, Failure> {
        let input = |problem: &dyn std::fmt::Display| Failure::Input(problem.to_string());
        let mut loaded = files::load(file).map_err(|problems| input(&problems))?;
        for change in &self.changes {
            let (path, value) = change.split_once('=').ok_or_else(|| {
                Failure::Input(format!("--set {change}: write PATH=VALUE, e.g. --set setting.turnover=1.5"))
            })?;
            loaded.scenario.change(path.trim(), value.trim()).map_err(|problem| input(&problem))?;
        }
        let mut scenario = loaded.ready().map_err(|problems| input(&problems))?;
        scenario.run.seed = self.seed.unwrap_or(scenario.run.seed);
        scenario.run.runs = self.runs.unwrap_or(scenario.run.runs);
        scenario.check().map_err(|problems| input(&problems))?;
        Ok(scenario)
    }
}

/// An experiment about to be made.
pub struct Asked<'a> {
    /// What is asked in a line, e.g. `compare spi1 ewqi`: with the scenarios it decides the answer.
    pub asked: String,
    /// Every scenario it begins with.
    pub scenarios: &'a [Scenario],
    /// Name of the results folder when `--out` names none.
    pub folder: String,
    /// Runs asked for, of each scenario.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
}

/// Makes an experiment: simulates with `engine`, writes its results folder, and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written, stand already there for
/// another question, or the work was stopped.
pub fn study<S: Fn(u64, u64) -> Pair + Sync, Answered: Study>(
    out: &mut dyn Write,
    options: &Options,
    asked: &Asked,
    engine: impl Fn(&Scenario) -> S + Sync,
    experiment: impl FnOnce(&mut dyn Simulator) -> Result<Answered, Stopped>,
) -> Result<(), Failure> {
    let target = options.out.clone().unwrap_or_else(|| Path::new("results").join(&asked.folder));
    let scenarios: String = asked.scenarios.iter().map(|scenario| format!("\n{}", question(scenario))).collect();
    let question = format!("# dewpoint {}{}\n{scenarios}", asked.asked, uncertainly(options.uncertain));
    let mut results = Results::of(target, question, asked.seed, asked.runs, None);
    results.report = !options.no_report;
    results.assumptions = !options.no_assumptions;
    let quiet = |note: &str| {
        if !options.quiet {
            super::progress::Progress::new(false, 0, 0).note(note);
        }
    };
    let Some(folder) = results.hold()? else {
        quiet(&results.show_again(out, options.json)?);
        return Ok(());
    };
    let journal = match Journal::open(&folder.journal_path()) {
        Ok(journal) => Some(journal),
        Err(error) => {
            quiet(&format!("cannot keep a journal: {error}; the work goes on without"));
            None
        }
    };
    let threads = options.threads.unwrap_or(0);
    let seconds = options.checkpoint_seconds;
    let mut laboratory = Laboratory::new(engine, threads, &results.build, journal, seconds, options.quiet);
    let answered = uncertain::answered(&mut laboratory, asked.scenarios, options.uncertain, experiment);
    let answered = answered.and_then(|study| {
        let runs = laboratory.simulated + laboratory.found;
        let wanted = results.report && results.assumptions;
        let concluded = if wanted { study.concluded() } else { Concluded::default() };
        let assumptions = held_against_assumptions(&mut laboratory, &concluded, options.uncertain)?;
        let mut answer = study.answer();
        if study.follows_as_given() {
            let mut cut: Vec<String> = asked.scenarios.iter().flat_map(cut_windows).collect();
            cut.dedup();
            answer.sentences.extend(cut);
        }
        Ok((answer, study.pictures(), assumptions, runs))
    });
    laboratory.finish();
    let (answer, pictures, assumptions, runs) = match answered {
        Ok(found) => found,
        Err(stopped) => {
            let runs = laboratory.found + laboratory.simulated;
            drop(laboratory);
            folder.release();
            return Err(failure(stopped, runs));
        }
    };
    let made = Made { runs, failed: laboratory.failed(), threads, json: options.json };
    let beside: Vec<Table> = assumptions.iter().flat_map(Assumptions::tables).collect();
    let tables: Vec<Table> = answer.tables.iter().chain(&beside).cloned().collect();
    let mut files = csv_files(&tables).map_err(Failure::Failed)?;
    if !options.no_report {
        let found = Found {
            about: format!("dewpoint {}", asked.asked),
            answer: &answer,
            numbers: &[],
            pictures: &pictures,
            scenarios: asked.scenarios,
            assumptions: assumptions.as_ref(),
            command: command(options, asked),
            runs: made.runs,
            failed: made.failed,
            seed: asked.seed,
            digest: digest(&files),
        };
        files.extend(report(&found)?);
    }
    let line = assumptions.as_ref().map_or_else(String::new, |found| format!("{} ", found.line()));
    let where_to = format!("{line}Results in {}.", results.target.display());
    files.push((SUMMARY_TEXT.into(), in_words(&answer, &pictures, &where_to)?));
    let mut json = serde_json::to_value(&answer).map_err(|error| Failure::Failed(error.to_string()))?;
    if let Some(assumptions) = &assumptions {
        json["assumptions"] = serde_json::to_value(assumptions).map_err(|error| Failure::Failed(error.to_string()))?;
    }
    files.push((SUMMARY_JSON.into(), json_bytes(&json)));
    if let Some(note) = results.finish(out, folder, files, &made)? {
        quiet(&note);
    }
    Ok(())
}

/// What becomes of what is `concluded` when assumed parameters are drawn anew; nothing where nothing is concluded, or from
/// too few runs.
fn held_against_assumptions(
    simulator: &mut dyn Simulator,
    Concluded { scenarios, claims }: &Concluded,
    uncertain: Option<u64>,
) -> Result<Option<Assumptions>, Stopped> {
    let runs = claims.iter().map(|claim| claim.own.len()).min().unwrap_or(0) as u64;
    match (assumptions::draws_for(runs, scenarios.len()), uncertain) {
        (0, _) => Ok(None),
        (_, Some(_)) => Ok(Some(assumptions::of_uncertain_runs(scenarios, claims))),
        (draws, None) => assumptions::assumptions(simulator, scenarios, claims, draws).map(Some),
    }
}

/// The command that gives the same again.
fn command(options: &Options, asked: &Asked) -> String {
    let changes: String = options.changes.iter().map(|change| format!(" --set {}", quoted(change))).collect();
    let runs = options.runs.map_or_else(String::new, |runs| format!(" --runs {runs}"));
    let uncertain = options.uncertain.map_or_else(String::new, |draws| format!(" --uncertain {draws}"));
    format!("dewpoint {}{changes}{runs}{uncertain} --seed {}", asked.asked, asked.seed)
}

/// Why an experiment that made `runs` runs has no answer, as the command says it.
pub(super) fn failure(stopped: Stopped, runs: u64) -> Failure {
    match stopped {
        Stopped::Question(what) => Failure::Input(what),
        Stopped::Failed(what) => Failure::Failed(what),
        Stopped::OnRequest => {
            Failure::Failed(format!("stopped after {runs} runs; the same command continues from there"))
        }
    }
}

/// What `--uncertain` adds to a question.
pub(super) fn uncertainly(draws: Option<u64>) -> String {
    draws.map_or_else(String::new, |draws| format!(", parameters uncertain as declared, {draws} draws"))
}

pub(super) fn draws(text: &str) -> Result<u64, String> {
    let some = || "a whole number from 8 to 100000".into();
    text.parse().ok().filter(|draws| (8..=100_000).contains(draws)).ok_or_else(some)
}

/// Largest table shown in a terminal.
const MOST_ROWS: usize = 50;

/// The answer for reading: finding, sentences, the first table, where the rest is.
fn in_words(answer: &Answer, pictures: &[Picture], where_to: &str) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    paragraph(&mut text, &answer.title, 0)?;
    for sentence in &answer.sentences {
        writeln!(text)?;
        paragraph(&mut text, sentence, 0)?;
    }
    if let Some(first) = answer.tables.first().filter(|first| first.rows.len() <= MOST_ROWS) {
        writeln!(text)?;
        table(&mut text, first)?;
    }
    for picture in pictures {
        if let Chart::Weeks(weeks) = &picture.chart {
            writeln!(text)?;
            paragraph(&mut text, &picture.title, 0)?;
            write!(text, "{}", drawn(weeks))?;
        }
    }
    writeln!(text)?;
    paragraph(&mut text, where_to, 0)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ensemble::{Job, tests::wobbling},
        experiment::column,
        metrics::tests::small_scenario,
        stats,
    };
    use clap::Parser;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        options: Options,
    }

    /// The mean gain at end.
    struct Gain(f64);

    impl Study for Gain {
        fn answer(&self) -> Answer {
            let mut table = Table::new("gain", &[("gain", "share", "Mean net gain at end.")]);
            table.rows.push(vec![self.0.into()]);
            Answer { title: format!("It gains {:.3}.", self.0), sentences: vec![], tables: vec![table] }
        }
    }

    fn gain(simulator: &mut dyn Simulator, runs: u64) -> Result<Gain, Stopped> {
        let job = Job::outcomes(small_scenario(), runs);
        let ensemble = simulator.ensembles(std::slice::from_ref(&job))?.remove(0);
        Ok(Gain(stats::mean(column(&job.scenario, &ensemble, 0, "net_gain_at_end")?).value))
    }

    #[test]
    fn a_study_is_made_once_and_goes_on_where_it_was_broken_off() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("gain");
        let options = Arguments::parse_from(["x", "--quiet", "--out", target.to_str().unwrap()]).options;
        let calls = AtomicU64::new(0);
        let engine = |scenario: &Scenario| {
            let (scenario, calls) = (scenario.clone(), &calls);
            move |_: u64, replicate: u64| {
                calls.fetch_add(1, Ordering::SeqCst);
                wobbling(&scenario, replicate)
            }
        };
        let scenarios = [small_scenario()];
        let asked = Asked { asked: "gain".into(), scenarios: &scenarios, folder: "gain".into(), runs: 40, seed: 1 };
        let mut out = Vec::new();
        let broken = study(&mut out, &options, &asked, engine, |simulator| {
            gain(simulator, 30)?;
            Err::<Gain, _>(Stopped::OnRequest)
        });
        assert!(matches!(broken, Err(Failure::Failed(what)) if what.contains("after 30 runs")));
        assert!(!target.exists() && out.is_empty());
        study(&mut out, &options, &asked, engine, |simulator| gain(simulator, 40)).unwrap();
        assert_eq!(calls.load(Ordering::SeqCst), 40);
        let first = String::from_utf8(out.clone()).unwrap();
        assert!(first.starts_with("It gains 0.1"), "{first}");
        out.clear();
        study(&mut out, &options, &asked, engine, |_| -> Result<Gain, Stopped> { panic!("asked again") }).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), first);
        let other = Asked { asked: "loss".into(), ..asked };
        assert!(matches!(
            study(&mut Vec::new(), &options, &other, engine, |simulator| gain(simulator, 40)),
            Err(Failure::Failed(what)) if what.contains("--out")
        ));
    }
}
