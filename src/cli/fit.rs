//! `dewpoint fit`: what one's own numbers leave plausible, and what follows for what comes next.
use std::io::Write;

use clap::Args;

use super::{
    Failure, about,
    chart::{Every, bytes, columns::Columns, laid::clock, whose},
    compare,
    options::{self, changed, pair},
    results::stem,
    study::{Asked, Brought, study},
    typed::Typed,
};
use crate::{
    chart::{
        lay::NO_SHARE,
        read::{Data, Measured, Point, read},
    },
    ensemble::Engine,
    experiment::{
        beside::Time,
        calibrate::declarations,
        design::Design,
        fit::{
            self,
            file::{DECLARATIONS, PLACE, VERSION as BY_VERSION, place},
            free::{Free, uncertain},
        },
    },
    output::{csv::checksum_of, key::Key, manifest::VERSION},
    phrase::listed,
    scenario::{Scenario, Slot},
};

/// Candidates at least: of fewer hardly any would agree with anything.
const FEWEST: u64 = 64;

/// Candidates at most.
const MOST: u64 = 50_000;

/// Options of `dewpoint fit`.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one. It is the present plan.
    file: String,
    /// Data: a CSV file with a line for each point, as `dewpoint chart` takes it; a proportion or percentages. See docs/your-data.md.
    #[arg(long, value_name = "FILE")]
    data: String,
    #[command(flatten)]
    columns: Columns,
    /// The day of the data on which the programme begins, its planning included.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: String,
    /// How long one step of a file lasts whose times are numbers and no dates.
    #[arg(long, value_enum)]
    every: Option<Every>,
    /// The programme that the data are about, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    programme: Option<String>,
    /// Let the data say something about this value too, evenly plausible from LOW to HIGH before. Repeatable. Free are anyway,
    /// where the scenario's files do not give them: baseline, its spread, rising tide, culture, measurement capability,
    /// authenticity, workload and turnover of the setting.
    #[arg(long, value_name = "PATH=LOW..HIGH")]
    free: Vec<String>,
    /// Take this value as known, e.g. setting.turnover=1.2. Repeatable.
    #[arg(long, value_name = "PATH=VALUE")]
    know: Vec<String>,
    /// Another plan to follow from the last point on: a scenario file of the same place, or the scenario with changes, e.g.
    /// "written down: programme.0.sustain.embedding=0.8". Repeatable.
    #[arg(long = "with", value_name = "NAME: PATH=VALUE, ...")]
    with: Vec<String>,
    /// What all experiments have in common; `--runs` are candidates [default: 2000], each with two lucks.
    #[command(flatten)]
    common: options::Options,
}

/// Fits with `engine` and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong file, option or scenario; [`Failure::Failed`] when results cannot be written or the work was
/// stopped.
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let common = &options.common;
    if common.uncertain.is_some() {
        let what = "--uncertain draws parameters; fit draws them anyway and finds out which agree with the data: leave it away";
        return Err(Failure::Input(what.into()));
    }
    let candidates = common.runs.unwrap_or(fit::USUAL);
    if !(FEWEST..=MOST).contains(&candidates) {
        return Err(Failure::Input(format!("--runs {candidates}: candidates go from {FEWEST} to {MOST}")));
    }
    let changes: Vec<String> = common.changes.iter().chain(&options.know).cloned().collect();
    for change in &options.know {
        pair(change).map_err(|_| Failure::Input(format!("--know {change}: write PATH=VALUE")))?;
    }
    let (loaded, before) = changed(&options.file, &changes)?;
    let given = loaded.origins.keys().copied().collect();
    let mut scenario = loaded.ready().map_err(|problems| Failure::Input(problems.to_string()))?;
    scenario.run.seed = common.seed.unwrap_or(scenario.run.seed);
    scenario.check().map_err(|problems| Failure::Input(problems.to_string()))?;
    let programme = about::programme(&scenario, options.programme.as_deref())?;
    let path = |change: &String| Some(scenario.locate(pair(change).ok()?.0).ok()?.path);
    let known: Vec<String> = changes.iter().filter_map(path).collect();
    let free = uncertain(&scenario, &given, &known, &options.free).map_err(Failure::Input)?;
    let bytes = bytes(&options.data).map_err(|what| Failure::Input(format!("{}: {what}", options.data)))?;
    let data = read(&bytes, &options.columns.wanted()).map_err(|what| Failure::Input(whose(&options.data, &what)))?;
    let (times, called) = options.times(&data, &scenario, programme)?;
    let designs = options.designs(&scenario, &free)?;
    let mut scenarios = vec![scenario.clone()];
    let named = |design: &Design| Scenario { title: design.name.clone(), ..design.scenario.clone() };
    scenarios.extend(designs.iter().map(named));
    let seed = scenario.run.seed;
    let checksum = checksum_of(&bytes);
    let command = options.typed.command("fit", seed);
    let head = head(&command, &scenario, &free, &checksum);
    let names: Vec<String> = free.iter().map(Free::name).collect();
    let unknown = if names.is_empty() { "nothing about the place".into() } else { listed(&names) };
    let asked = Asked {
        name: "fit",
        typed: &options.typed,
        about: format!(
            "{} Fitted to {}; not known: {unknown}.",
            about::about(&before, &scenario, &changes, Some(programme)),
            data.name
        ),
        scenarios: &scenarios,
        called: Vec::new(),
        folder: format!("fit-{}-{}", stem(&options.file), stem(&options.data)),
        runs: candidates,
        seed,
        brought: Brought { rows: None, data: Some(checksum), read: data.notes.clone() },
        fixed: true,
    };
    study(out, common, &asked, engine, |simulator| {
        let asked = fit::Asked {
            scenario: &scenario,
            programme,
            times: &times,
            called: &called,
            free: &free,
            candidates: candidates as usize,
            designs: &designs,
            head: &head,
        };
        fit::fit(simulator, &asked)
    })
}

/// The lines that say where the rows come from.
fn head(command: &str, scenario: &Scenario, free: &[Free], data: &str) -> String {
    let digest = |text: &str| Key::of(&[text]).in_words();
    let own: Vec<(Slot, f64)> = free.iter().map(|free| (free.slot.clone(), free.own)).collect();
    let lines = [
        ("made by", command.to_owned()),
        (BY_VERSION, VERSION.into()),
        (DECLARATIONS, digest(&declarations())),
        (PLACE, digest(&place(scenario, &own))),
        ("scenario", scenario.title.replace('\n', " ")),
        ("data, SHA-256", data.into()),
        ("seed", scenario.run.seed.to_string()),
    ];
    lines.iter().map(|(what, says)| format!("# {what}: {says}\n")).collect()
}

impl Options {
    /// The times of the one series that is meant, on the clock of `scenario`, and what each is called.
    fn times(&self, data: &Data, scenario: &Scenario, programme: usize) -> Result<(Vec<Time>, Vec<String>), Failure> {
        let input = |what: String| Failure::Input(whose(&self.data, &what));
        let share = data.share().ok_or_else(|| input(NO_SHARE.into()))?;
        let series = match data.series.as_slice() {
            [one] => one,
            several => {
                let names: Vec<&str> = several.iter().map(|series| series.unit.as_str()).take(6).collect();
                return Err(input(format!(
                    "has {} units ({}): a fit is about one series; choose with --only NAME, or add them up with --together",
                    several.len(),
                    listed(&names)
                )));
            }
        };
        let start = data.place("--start", &self.start).map_err(input)?;
        let days = data.days_a_step(self.every.and_then(Every::days)).map_err(input)?;
        let clock = clock(scenario, programme, start, days);
        let counted = data.measured == Measured::Proportion;
        let time = |(place, point): (usize, &Point)| {
            let next = series.points.get(place + 1).map(|next| next.at);
            Time {
                from: clock.week(point.at),
                to: clock.week(data.end_of(point.at, next)),
                found: point.value * share,
                of: if counted { point.size } else { f64::NAN },
                counts: true,
            }
        };
        let times = series.points.iter().enumerate().map(time).collect();
        Ok((times, series.points.iter().map(|point| data.said.named(point.at)).collect()))
    }

    /// The other plans.
    fn designs(&self, scenario: &Scenario, free: &[Free]) -> Result<Vec<Design>, Failure> {
        let own: Vec<(Slot, f64)> = free.iter().map(|free| (free.slot.clone(), free.own)).collect();
        let here = place(scenario, &own);
        let one = |text: &String| {
            let (name, plan) = if text.contains('=') {
                compare::changed(scenario, text)?
            } else {
                let changes: Vec<String> = self.common.changes.iter().chain(&self.know).cloned().collect();
                let (loaded, _) = changed(text, &changes)?;
                (stem(text), loaded.ready().map_err(|problems| Failure::Input(problems.to_string()))?)
            };
            if place(&plan, &own) != here {
                return Err(Failure::Input(format!(
                    "--with {text}: has another place (setting, professions or parameters); only programmes, shocks and prices may differ"
                )));
            }
            let chosen = self.programme.as_deref();
            Design::new(name, plan, chosen).map_err(|stopped| match super::work::failure(stopped, 0) {
                Failure::Input(what) => Failure::Input(format!("--with {text}: {what}")),
                other => other,
            })
        };
        self.with.iter().map(one).collect()
    }
}
