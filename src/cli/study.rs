//! An experiment from its question to its results folder and its words.
use std::{io::Write, path::Path};

use super::{
    Failure,
    fitted::{Rows, drawn_rows},
    host,
    options::{Options, question, uncertainly},
    page::{Found, report},
    results::{HERE, Made, Results, SUMMARY_JSON, SUMMARY_TEXT, json_bytes},
    text::{paragraph, table},
    typed::Typed,
    work::{failure, work},
};
use crate::{
    ensemble::Engine,
    experiment::{
        Answer, Simulator, Stopped, Study,
        assumptions::{self, Assumptions, Concluded},
        design,
        uncertain::{self, Drawn},
    },
    metrics::cut_windows,
    output::chart::drawn,
    picture::{Chart, Picture},
    scenario::Scenario,
    table::Table,
};

/// An experiment about to be made.
pub struct Asked<'a> {
    /// Name of the command, e.g. `compare`.
    pub name: &'static str,
    /// What was typed after it: with the scenarios it decides the answer.
    pub typed: &'a Typed,
    /// What it is about, in a sentence or two: scenarios, changes, programme, what `without` means.
    pub about: String,
    /// Every scenario it begins with.
    pub scenarios: &'a [Scenario],
    /// What they are called in words and tables; their titles where nothing is said.
    pub called: Vec<String>,
    /// Name of the results folder when `--out` names none.
    pub folder: String,
    /// Runs asked for, of each scenario.
    pub runs: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// What comes from files beside the scenarios.
    pub brought: Brought,
    /// Whether parameters stay as they are unless `--uncertain` asks for draws: where parameters are varied or drawn anyway, or
    /// one run is told of.
    pub fixed: bool,
}

/// What comes from files beside the scenarios.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Rows that `--ensemble` names.
    pub rows: Option<Rows>,
    /// SHA-256 of a file of data.
    pub data: Option<String>,
    /// How that file was read, in sentences.
    pub read: Vec<String>,
}

/// Makes an experiment: simulates with `engine`, writes its results folder, and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong question; [`Failure::Failed`] when results cannot be written, stand already there for
/// another question, or the work was stopped.
pub fn study<Answered: Study>(
    out: &mut dyn Write,
    options: &Options,
    asked: &Asked,
    engine: impl Engine,
    experiment: impl FnOnce(&mut dyn Simulator) -> Result<Answered, Stopped>,
) -> Result<(), Failure> {
    let target = options.out.clone().unwrap_or_else(|| Path::new("results").join(&asked.folder));
    let scenarios: String = asked.scenarios.iter().map(|scenario| format!("\n{}", question(scenario))).collect();
    let drawn = drawn_rows(options.uncertain, options.fixed || asked.fixed, asked.brought.rows.as_ref());
    let line = asked.typed.question(asked.name);
    // By its place, so that name, number and the programme that is meant without either are one question.
    let place = |scenario| {
        design::programme(scenario, asked.typed.programme()).map_or_else(|_| String::new(), |place| format!(" {place}"))
    };
    let programmes: String = asked.scenarios.iter().map(place).collect();
    let question = format!(
        "# dewpoint {line}{}, programmes{programmes}\n{scenarios}",
        uncertainly(drawn, asked.brought.rows.as_ref())
    );
    let command = asked.typed.command(asked.name, asked.seed);
    let mut results = Results::of(target, question, command, asked.seed, asked.runs);
    if options.out.is_none() && asked.brought.data.is_some() {
        results = results.beside_others();
    }
    results.data.clone_from(&asked.brought.data);
    results.report = !options.no_report;
    results.assumptions = !options.no_assumptions;
    results.format = options.format;
    let wanted = results.report && results.assumptions;
    work(out, options, &results, engine, |laboratory| {
        let answered = uncertain::answered(laboratory, (asked.scenarios, &asked.called), drawn, experiment);
        let study = answered.map_err(|stopped| failure(stopped, laboratory.reached()))?;
        let (mut answer, pictures, numbers) = (study.answer().in_points(), study.pictures(), study.numbers());
        if study.follows_as_given() {
            let mut cut: Vec<String> = asked.scenarios.iter().flat_map(cut_windows).collect();
            cut.dedup();
            answer.sentences.extend(cut);
        }
        let concluded = if wanted { study.concluded() } else { Concluded::default() };
        let runs = laboratory.runs();
        let assumptions = held_against_assumptions(laboratory, &concluded, drawn)
            .map_err(|stopped| failure(stopped, laboratory.reached()))?;
        let failed = laboratory.failed();
        let beside: Vec<Table> = assumptions.iter().flat_map(Assumptions::tables).map(Table::in_points).collect();
        let tables: Vec<&Table> = answer.tables.iter().chain(&beside).collect();
        let others = study.files().into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
        let (mut files, digest) = options.format.files(&tables, others).map_err(Failure::Failed)?;
        if let Some(host) = host::here() {
            let tables = tables.into_iter().cloned().collect();
            host.found(host::Found { answer: answer.clone(), tables, pictures: pictures.clone() });
        }
        if results.report {
            let found = Found {
                about: asked.about.clone(),
                answer: &answer,
                numbers: &numbers,
                pictures: &pictures,
                scenarios: asked.scenarios,
                read: &asked.brought.read,
                drawn: drawn.is_some(),
                assumptions: assumptions.as_ref(),
                command: results.command.clone(),
                runs,
                failed,
                seed: asked.seed,
                digest: digest.clone(),
            };
            files.extend(report(&found)?);
        }
        let line = assumptions.as_ref().map_or_else(String::new, |found| format!("{} ", found.line()));
        let where_to = format!("{line}Results in {HERE}.");
        files.push((SUMMARY_TEXT.into(), in_words(&asked.about, &answer, &pictures, &where_to)?));
        // What is large and stands in Parquet would be larger still as JSON.
        answer.tables.retain(|table| !options.format.is_large(&table.name));
        let json_of = |error: serde_json::Error| Failure::Failed(error.to_string());
        let mut json = serde_json::to_value(&answer).map_err(json_of)?;
        json["about"] = asked.about.as_str().into();
        if let Some(assumptions) = &assumptions {
            json["assumptions"] = serde_json::to_value(assumptions).map_err(json_of)?;
        }
        files.push((SUMMARY_JSON.into(), json_bytes(&json)));
        let digest = Some(digest);
        Ok((files, Made { runs, failed, threads: options.threads(), json: options.json, digest }))
    })
}

/// What becomes of what is `concluded` when assumed parameters are drawn anew; nothing where nothing is concluded, or from
/// too few runs.
fn held_against_assumptions(
    simulator: &mut dyn Simulator,
    Concluded { scenarios, claims }: &Concluded,
    drawn: Option<Drawn>,
) -> Result<Option<Assumptions>, Stopped> {
    let runs = claims.iter().map(|claim| claim.own.len()).min().unwrap_or(0) as u64;
    match (assumptions::draws_for(runs, scenarios.len()), drawn) {
        (0, _) => Ok(None),
        (draws, Some(drawn)) => {
            let rows = Drawn { draws, ..drawn };
            assumptions::of_drawn_runs(simulator, scenarios, claims, rows).map(Some)
        }
        (draws, None) => assumptions::assumptions(simulator, scenarios, claims, draws).map(Some),
    }
}

/// Largest table shown in a terminal.
const MOST_ROWS: usize = 50;

/// The answer for reading: what it is about, finding, sentences, the first table, where the rest is.
fn in_words(about: &str, answer: &Answer, pictures: &[Picture], where_to: &str) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    paragraph(&mut text, about, 0)?;
    writeln!(text)?;
    paragraph(&mut text, &answer.title, 0)?;
    for sentence in &answer.sentences {
        writeln!(text)?;
        paragraph(&mut text, sentence, 0)?;
    }
    if let Some(first) = answer.to_read().next().filter(|first| first.rows.len() <= MOST_ROWS) {
        writeln!(text)?;
        // What is laid out for reading is no file; its numbers are in the first that is one.
        table(&mut text, first, answer.tables.first().map_or("", |table| &table.name))?;
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
        cli::laboratory::Laboratory,
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
        typed: Typed,
        #[command(flatten)]
        options: Options,
    }

    /// The mean gain at end.
    struct Gain(f64);

    impl Study for Gain {
        fn answer(&self) -> Answer {
            let mut table = Table::new("gain", &[("gain", "share", "Mean net gain at end.")]);
            table.rows.push(vec![self.0.into()]);
            Answer { title: format!("It gains {:.3}.", self.0), sentences: vec![], shown: None, tables: vec![table] }
        }
    }

    fn gain(simulator: &mut dyn Simulator, runs: u64) -> Result<Gain, Stopped> {
        let job = Job::outcomes(small_scenario(), runs);
        let ensemble = simulator.ensembles(std::slice::from_ref(&job))?.remove(0);
        Ok(Gain(stats::mean(column(&job.scenario, &ensemble, 0, "net_gain_at_end")?).value))
    }

    #[test]
    fn what_is_looked_at_one_by_one_is_the_same_and_is_not_remembered() {
        let named = |title: &str| Scenario { title: title.into(), ..small_scenario() };
        let [a, b, c] = ["a", "b", "c"].map(named);
        // The first is asked for again, when others have been made in between.
        let jobs: Vec<Job> = [&a, &b, &c, &a].map(|scenario| Job::outcomes(scenario.clone(), 60)).into();
        let calls = AtomicU64::new(0);
        let engine = |scenario: &Scenario| {
            let (scenario, calls) = (scenario.clone(), &calls);
            move |_: u64, replicate: u64| {
                calls.fetch_add(1, Ordering::SeqCst);
                wobbling(&scenario, replicate)
            }
        };
        let laboratory = || Laboratory::new(engine, 1, "build", None, None, 1.0, true);
        let whole = laboratory().ensembles(&jobs).unwrap();
        assert_eq!(calls.swap(0, Ordering::SeqCst), 180);
        let mut one_by_one = laboratory();
        let mut seen = Vec::new();
        one_by_one
            .each_ensemble(&jobs, &mut |place, ensemble| {
                assert_eq!(place, seen.len());
                seen.push(ensemble);
                Ok(())
            })
            .unwrap();
        // As text, in which what is undefined is the same as itself.
        assert_eq!(format!("{seen:?}"), format!("{whole:?}"));
        assert!(one_by_one.known.is_empty());
        assert_eq!((calls.load(Ordering::SeqCst), one_by_one.runs()), (180, 180));
    }

    #[test]
    fn a_study_is_made_once_and_goes_on_where_it_was_broken_off() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("gain");
        let Arguments { typed, options } = Arguments::parse_from(["x", "--quiet", "--out", target.to_str().unwrap()]);
        let calls = AtomicU64::new(0);
        let engine = |scenario: &Scenario| {
            let (scenario, calls) = (scenario.clone(), &calls);
            move |_: u64, replicate: u64| {
                calls.fetch_add(1, Ordering::SeqCst);
                wobbling(&scenario, replicate)
            }
        };
        let scenarios = [small_scenario()];
        let asked = Asked {
            name: "gain",
            typed: &typed,
            about: "A ward.".into(),
            scenarios: &scenarios,
            called: Vec::new(),
            folder: "gain".into(),
            runs: 40,
            seed: 1,
            brought: Brought::default(),
            fixed: false,
        };
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
        assert!(first.starts_with("A ward.\n\nIt gains 0.1"), "{first}");
        out.clear();
        study(&mut out, &options, &asked, engine, |_| -> Result<Gain, Stopped> { panic!("asked again") }).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), first);
        let other = Asked { name: "loss", about: "A ward.".into(), ..asked };
        assert!(matches!(
            study(&mut Vec::new(), &options, &other, engine, |simulator| gain(simulator, 40)),
            Err(Failure::Failed(what)) if what.contains("--out")
        ));
    }
}
