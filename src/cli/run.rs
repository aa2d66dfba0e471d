//! `run`: the paired ensemble of one scenario, from file to results folder and summary.
use std::{io::Write, path::Path};

use clap::Args;

use super::{
    Failure, about,
    first::Keeping,
    fitted::{Fitted, Rows, drawn_rows},
    host,
    laboratory::{EVERY_RUN, Laboratory, Quiet},
    options::{self, question, uncertainly},
    page::{Found as Reported, report},
    replay::replay,
    results::{HERE, Made, Results, SUMMARY_JSON, SUMMARY_TEXT, json_bytes, stem},
    typed::Typed,
    work::{failure, work},
};
use crate::{
    ensemble::{self, Engine, Ensemble, LOOK_EVERY, Summary, caught, result_tables, summarise},
    experiment::{
        Keep, Simulator, Stopped,
        assumptions::{self, Assumptions, Claim},
        door,
        uncertain::{
            Drawn,
            engine::Drawing,
            separate::{self, Separation},
        },
    },
    metrics::{
        Observation, Window,
        incidents::{Ward, typical_ward},
        reaches_nobody,
    },
    model::Pair,
    output::{
        csv::File,
        findings::{Findings, findings},
        json::summary_json,
        words::{files_text, summary_text},
    },
    phrase::wrapped,
    rng::Luck,
    scenario::Scenario,
    table::Table,
};

/// Most runs made for a precision when `--runs` does not say.
const RUNS_FOR_PRECISION: u64 = 100_000;

/// Arguments of `run`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one (see `dewpoint list`).
    pub file: String,
    /// Run until the net gain 24 months after is known to +-X (a share: 0.005 is half a percentage point).
    #[arg(long, value_name = "X", value_parser = options::precision, allow_negative_numbers = true)]
    pub precision: Option<f64>,
    /// Of several programmes, the one that comes first, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    /// Simulate replicate R alone and print its outcomes; writes no files.
    #[arg(long, value_name = "R", value_parser = options::replicate, allow_negative_numbers = true, conflicts_with_all = ["runs", "precision", "out", "uncertain", "shard"])]
    pub replicate: Option<u64>,
    #[command(flatten)]
    fitted: Fitted,
    /// What all commands that simulate have in common.
    #[command(flatten)]
    pub common: options::Options,
}

/// Runs a scenario with `engine`, writes its results folder, and writes the summary to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong scenario, change or option; [`Failure::Failed`] when results cannot be written, stand
/// already there for another scenario, or the run was stopped.
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let given = options.common.given(&options.file)?;
    let title = options.common.about(&given, None).trim_end_matches('.').to_owned();
    let mut scenario = given.scenario;
    if options.precision.is_some() && options.common.runs.is_none() {
        scenario.run.runs = RUNS_FOR_PRECISION;
    }
    let seed = scenario.run.seed;
    let rows = options.fitted.rows([&scenario])?;
    let drawn = drawn_rows(options.common.uncertain, options.common.fixed, rows.as_ref());
    let engine = Drawing::new(&engine, seed, drawn.map(|drawn| drawn.posterior));
    if let Some(replicate) = options.replicate {
        let asked = [&scenario];
        let simulate = engine.ready(&asked);
        let pair = caught(|| simulate(seed, replicate).swap_remove(0))
            .map_err(|reason| Failure::Failed(format!("replicate {replicate} of seed {seed} fails: {reason}")))?;
        return replay(out, &scenario, &pair, replicate, options.common.json);
    }
    let job = Job::new(options, scenario, title, (drawn, rows.as_ref()))?;
    let engine = Keeping::new(&engine, &job.scenario);
    work(out, &options.common, &job.results, Quiet(&engine), |laboratory| {
        // Parameters first: what is drawn is in the journal, should the rest be broken off.
        let separation = job.separate(laboratory)?;
        let ensemble = job.simulate(laboratory)?;
        let mut made = Made {
            runs: ensemble.runs,
            failed: ensemble.failures.len() as u64,
            threads: options.common.threads(),
            json: options.common.json,
            digest: None,
        };
        let assumptions = job.assumptions(laboratory, &ensemble)?;
        let mut summary = summarise(&job.scenario, seed, &ensemble);
        summary.title.clone_from(&job.title);
        let wards = || job.wards(&ensemble, |replicate| engine.pair(replicate));
        let (files, digest) = job.files(&ensemble, &summary, wards, separation.as_ref(), assumptions.as_ref())?;
        made.digest = Some(digest);
        Ok((files, made))
    })
}

/// A run to be made: what is asked, and where its results go.
struct Job<'a> {
    options: &'a Options,
    scenario: Scenario,
    /// Title of the scenario, with what was changed in it.
    title: String,
    /// Place of the programme that comes first.
    first: usize,
    results: Results,
    /// What each run draws its parameters from.
    drawn: Option<Drawn<'a>>,
}

impl<'a> Job<'a> {
    fn new(
        options: &'a Options,
        scenario: Scenario,
        title: String,
        (drawn, rows): (Option<Drawn<'a>>, Option<&Rows>),
    ) -> Result<Self, Failure> {
        // A scenario without a programme is run all the same.
        let first = match (&options.programme, scenario.programmes.is_empty()) {
            (None, true) => 0,
            (chosen, _) => about::programme(&scenario, chosen.as_deref())?,
        };
        if options.precision.is_some()
            && let Some(what) = reaches_nobody(&scenario, 0).or(Window::YEAR_2.missing(&scenario, 0))
        {
            return Err(Failure::Input(format!(
                "--precision is about the net gain 24 months after support ends: {what}"
            )));
        }
        door::can_be_kept(&scenario, scenario.run.runs).map_err(|stopped| failure(stopped, 0))?;
        let target = options.common.out.clone().unwrap_or_else(|| Path::new("results").join(stem(&options.file)));
        let mut text = question(&scenario);
        if drawn.is_some() {
            text = format!("# run{}\n{text}", uncertainly(drawn, rows));
        }
        // By its place: name and number are one question, and so is the programme that comes first anyway.
        if !scenario.programmes.is_empty() && about::programme(&scenario, None)? != first {
            text = format!("# run, programme {first} first\n{text}");
        }
        let command = options.typed.command("run", scenario.run.seed);
        let mut results = Results::of(target, text, command, scenario.run.seed, scenario.run.runs);
        results.precision = options.precision;
        results.report = !options.common.no_report;
        results.assumptions = !options.common.no_assumptions;
        results.format = options.common.format;
        Ok(Self { options, scenario, title, first, results, drawn })
    }

    /// The command that simulates one replicate alone.
    fn replay(&self, replicate: u64) -> String {
        self.options.typed.replay("run", self.scenario.run.seed, replicate)
    }

    fn looks_at_assumptions(&self) -> bool {
        self.results.report && self.results.assumptions
    }

    /// What is luck and what is parameters, if that is asked for: runs of their own, of outcomes alone.
    fn separate<E: Engine>(&self, laboratory: &mut Laboratory<E>) -> Result<Option<Separation>, Failure> {
        let Some(drawn) = self.drawn.filter(|drawn| drawn.draws > 0) else { return Ok(None) };
        laboratory.expect(separate::runs(1, drawn.draws));
        let made = separate::separate(laboratory, std::slice::from_ref(&self.scenario), drawn);
        made.map(Some).map_err(|stopped| failure(stopped, laboratory.reached()))
    }

    /// Which conclusions depend on assumptions.
    fn assumptions<E: Engine>(
        &self,
        laboratory: &mut Laboratory<E>,
        ensemble: &Ensemble,
    ) -> Result<Option<Assumptions>, Failure> {
        if !self.looks_at_assumptions() {
            return Ok(None);
        }
        let claims = |programme: usize| {
            let column = |metric: &str| ensemble.outcomes_of(&self.scenario, programme, metric).unwrap_or_default();
            let about = assumptions::about(&self.scenario, programme);
            let mut claims = assumptions::of_programme(&about, (0, programme), usize::MAX, column);
            claims.extend(assumptions::gains_of((0, programme), column));
            claims
        };
        let claims: Vec<Claim> = (0..self.scenario.programmes.len()).flat_map(claims).collect();
        let draws = assumptions::draws_for(ensemble.runs, 1);
        let scenarios = std::slice::from_ref(&self.scenario);
        let made = match self.drawn {
            _ if draws == 0 => return Ok(None),
            Some(drawn) => assumptions::of_drawn_runs(laboratory, scenarios, &claims, Drawn { draws, ..drawn }),
            None => assumptions::assumptions(laboratory, scenarios, &claims, draws),
        };
        made.map(Some).map_err(|stopped| failure(stopped, laboratory.reached()))
    }

    /// Runs the ensemble, from where the journal left it.
    fn simulate<E: Engine>(&self, laboratory: &mut Laboratory<E>) -> Result<Ensemble, Failure> {
        let (runs, precision) = (self.scenario.run.runs, self.options.precision);
        laboratory.expect(runs);
        let job = ensemble::Job { keep: Keep::Everything, ..ensemble::Job::outcomes(self.scenario.clone(), runs) };
        let apart = precision.map_or_else(String::new, |precision| format!("precision {precision}"));
        let enough = |state: &Ensemble| precision.is_some_and(|wanted| state.is_known_to(&self.scenario, wanted));
        let made = laboratory.ensemble(&job, &apart, precision.map(|_| LOOK_EVERY), enough);
        made.map_err(|stopped| match stopped {
            Stopped::Failed(what) if what.starts_with(EVERY_RUN) => {
                Failure::Failed(format!("{what}; replay it with {}", self.replay(0)))
            }
            other => failure(other, laboratory.reached()),
        })
    }

    /// The typical ward of each programme in the first run that did not fail.
    fn wards(&self, ensemble: &Ensemble, pair: impl Fn(u64) -> Option<Pair>) -> Vec<Option<Ward>> {
        let failed = |run: &u64| ensemble.failures.iter().any(|failure| failure.replicate == *run);
        let Some(replicate) = (0..ensemble.runs).find(|run| !failed(run)) else { return Vec::new() };
        let Some(pair) = pair(replicate) else { return Vec::new() };
        let luck = Luck { seed: self.scenario.run.seed, replicate };
        let in_organisation = self.scenario.setting.units as usize;
        let ward = |programme| {
            let observation = Observation::new(&self.scenario, &pair, programme)?;
            typical_ward(&observation, &self.scenario.incidents, luck, in_organisation)
        };
        (0..self.scenario.programmes.len()).map(ward).collect()
    }

    /// Every file of the results folder apart from the manifest, and the digest; `wards` are for the report only.
    fn files(
        &self,
        ensemble: &Ensemble,
        summary: &Summary,
        wards: impl FnOnce() -> Vec<Option<Ward>>,
        separation: Option<&Separation>,
        assumptions: Option<&Assumptions>,
    ) -> Result<(Vec<File>, String), Failure> {
        let mut tables = result_tables(&self.scenario, ensemble, summary, |replicate| self.replay(replicate));
        tables.extend(separation.map(Separation::table).map(Table::in_points));
        tables.extend(assumptions.into_iter().flat_map(Assumptions::tables).map(Table::in_points));
        let format = self.results.format;
        let (mut files, digest) =
            format.files(&tables.iter().collect::<Vec<_>>(), Vec::new()).map_err(Failure::Failed)?;
        let mut json = summary_json(summary, &digest);
        let mut text = summary_text(&self.scenario, summary, self.first, ensemble, assumptions, &self.results.command);
        text.push_str(&format.in_words(files_text(HERE, self.results.report)));
        if let Some(separation) = separation {
            for sentence in separation.sentences() {
                text.push_str(&format!("\n{}", wrapped("", &sentence)));
            }
            text.push_str("All metrics: uncertainty.csv.\n");
            json["uncertainty"] = serde_json::to_value(separation.table().in_points())
                .map_err(|error| Failure::Failed(error.to_string()))?;
        }
        if let Some(assumptions) = assumptions {
            text.push_str(&wrapped("", &assumptions.line()));
            json["assumptions"] =
                serde_json::to_value(assumptions).map_err(|error| Failure::Failed(error.to_string()))?;
        }
        files.push((SUMMARY_TEXT.into(), text.into_bytes()));
        files.push((SUMMARY_JSON.into(), json_bytes(&json)));
        let host = host::here();
        if !self.results.report && host.is_none() {
            return Ok((files, digest));
        }
        let Findings { answer, numbers, pictures } =
            findings(&self.scenario, summary, self.first, ensemble, assumptions, &wards());
        if let Some(host) = host {
            host.found(host::Found { answer: answer.clone(), tables, pictures: pictures.clone() });
        }
        if self.results.report {
            files.extend(report(&Reported {
                about: format!("{} · will it last?", summary.title),
                answer: &answer,
                numbers: &numbers,
                pictures: &pictures,
                scenarios: std::slice::from_ref(&self.scenario),
                read: &[],
                drawn: self.drawn.is_some(),
                assumptions,
                command: self.results.command.clone(),
                runs: summary.runs,
                failed: summary.failed,
                seed: summary.seed,
                digest: digest.clone(),
            })?);
        }
        Ok((files, digest))
    }
}
