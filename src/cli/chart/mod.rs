//! `dewpoint chart`: a run chart or control chart of one's own numbers, alone or beside a scenario.
pub(super) mod columns;
mod found;
pub(super) mod laid;
mod workbook;

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use super::{
    Failure, host,
    options::{self, count, question},
    results::{Made, Results, stem},
    typed::Typed,
    work::note,
};
use crate::{
    chart::{
        ask::{Asked, Better, Remark},
        drawn::drawn,
        kind::Kind,
        read::{Data, Wanted, days_in, read, read_rows},
    },
    ensemble::Engine,
    experiment::beside,
    output::csv::checksum_of,
};
use columns::Columns;
use found::Found;
use laid::Laid;

/// Largest file of data; a larger one is something else.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Options of `dewpoint chart`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Data: a CSV file or an Excel workbook (.xlsx) with a line for each point. See docs/your-data.md.
    data: String,
    #[command(flatten)]
    columns: Columns,
    /// Kind of chart [default: the one that fits the data].
    #[arg(long, value_enum)]
    kind: Option<Chosen>,
    /// Learn centre and limits from the first N points, 12 or more, and keep them [default: from all points].
    #[arg(long, value_name = "N", value_parser = baseline, allow_negative_numbers = true)]
    baseline: Option<usize>,
    /// Begin new centre and limits at a date, for a reason: "2014-11=new form". Repeatable.
    #[arg(long = "break", value_name = "DATE=REASON")]
    breaks: Vec<String>,
    /// Show a point and let it count in nothing, for a reason: "2014-11=strike". Repeatable.
    #[arg(long, value_name = "DATE=REASON")]
    ghost: Vec<String>,
    /// Lower limit, centre and upper limit of your own, in the units of the chart.
    #[arg(long, value_name = "LOW,CENTRE,HIGH", value_parser = limits, allow_hyphen_values = true)]
    limits: Option<[f64; 3]>,
    /// Write what happened at a date: "2014-11=new ward leader". Repeatable.
    #[arg(long, value_name = "DATE=TEXT")]
    note: Vec<String>,
    /// Which way is better, so that special causes are said to be for the better or the worse.
    #[arg(long, value_enum)]
    better: Option<Way>,
    /// Say a rate for N of the exposure [default: a power of ten that gives numbers above 1].
    #[arg(long, value_name = "N", value_parser = per, allow_negative_numbers = true)]
    per: Option<u64>,
    /// When the programme begins: for the means before and after, and for the clock of the scenario.
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: Option<String>,
    /// A scenario to lay beside the data: what it makes plausible of them. A file, or the name of a bundled one.
    #[arg(long, value_name = "FILE", requires = "start")]
    scenario: Option<String>,
    /// The programme of the scenario, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME", requires = "scenario")]
    programme: Option<String>,
    /// Change one value of the scenario, e.g. setting.baseline=0.62. Repeatable.
    #[arg(long = "set", value_name = "PATH=VALUE", requires = "scenario")]
    changes: Vec<String>,
    /// Draws of parameters and luck for the scenario.
    #[arg(long, value_name = "N", value_parser = draws, default_value_t = beside::USUAL_DRAWS, allow_negative_numbers = true)]
    draws: u64,
    /// How long one step of a file lasts whose times are numbers and no dates.
    #[arg(long, value_enum)]
    every: Option<Every>,
    /// Folder for the results [default: results/chart-FILE].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Seed of all luck.
    #[arg(long, value_name = "S", value_parser = options::seed, default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// No notes on stderr.
    #[arg(long, short)]
    quiet: bool,
    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
    /// Write no report.html and no summary.md.
    #[arg(long)]
    no_report: bool,
}

/// A kind of chart, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Chosen {
    /// Run chart: median, and Anhøj's rules.
    Run,
    /// Proportions.
    P,
    /// Proportions that vary more than counting makes them (Laney).
    #[value(name = "p-prime", alias = "p'")]
    PPrime,
    /// Rates.
    U,
    /// Rates that vary more than counting makes them (Laney).
    #[value(name = "u-prime", alias = "u'")]
    UPrime,
    /// Counts.
    C,
    /// Single values, limits from moving ranges.
    #[value(alias = "i")]
    Xmr,
    /// Cases between rare events.
    G,
    /// Time between rare events.
    T,
}

impl From<Chosen> for Kind {
    fn from(chosen: Chosen) -> Self {
        match chosen {
            Chosen::Run => Self::Run,
            Chosen::P => Self::P,
            Chosen::PPrime => Self::PPrime,
            Chosen::U => Self::U,
            Chosen::UPrime => Self::UPrime,
            Chosen::C => Self::C,
            Chosen::Xmr => Self::Xmr,
            Chosen::G => Self::G,
            Chosen::T => Self::T,
        }
    }
}

/// How long a step of numbers lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Every {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Every {
    pub(super) fn days(self) -> Option<f64> {
        days_in(match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        })
    }
}

/// Which way is better, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Way {
    /// Higher numbers are better.
    Up,
    /// Lower numbers are better.
    Down,
}

fn baseline(text: &str) -> Result<usize, String> {
    count(text, 12, 5000).map(|points| points as usize)
}

fn per(text: &str) -> Result<u64, String> {
    count(text, 1, 10_000_000)
}

fn draws(text: &str) -> Result<u64, String> {
    count(text, 16, 100_000)
}

fn limits(text: &str) -> Result<[f64; 3], String> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse::<f64>()).collect();
    let three = numbers.ok().and_then(|numbers| <[f64; 3]>::try_from(numbers).ok());
    three.filter(|lines| lines.iter().all(|line| line.is_finite())).ok_or_else(|| "three numbers, e.g. 60,75,90".into())
}

impl Options {
    fn wanted(&self) -> Wanted {
        self.columns.wanted()
    }

    fn asked(&self) -> Result<Asked, Failure> {
        let remarks = |option: &str, texts: &[String], reason: &str| {
            let remark = |text: &String| {
                Remark::parse(text, reason).map_err(|what| Failure::Input(format!("{option} {text}: {what}")))
            };
            texts.iter().map(remark).collect::<Result<Vec<_>, Failure>>()
        };
        Ok(Asked {
            kind: self.kind.map(Into::into),
            baseline: self.baseline,
            breaks: remarks("--break", &self.breaks, "reason")?,
            ghosts: remarks("--ghost", &self.ghost, "reason")?,
            limits: self.limits,
            notes: remarks("--note", &self.note, "text")?,
            per: self.per.map(|per| per as f64),
            better: self.better.map(|way| if way == Way::Up { Better::Up } else { Better::Down }),
            start: self.start.clone(),
        })
    }
}

/// Reads, draws and tells what `options` ask for, a scenario beside it simulated with `engine`.
///
/// # Errors
///
/// [`Failure::Input`] for a wrong file, option or scenario; [`Failure::Failed`] when results cannot be written.
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    let bytes = bytes(&options.data).map_err(|what| Failure::Input(format!("{}: {what}", options.data)))?;
    let data = data(&bytes, options.columns.sheet.as_deref(), &options.wanted());
    let data = data.map_err(|what| Failure::Input(whose(&options.data, &what)))?;
    let asked = options.asked()?;
    let charts = drawn(&data, &asked).map_err(|what| Failure::Input(whose(&options.data, &what)))?;
    let laid = options.scenario.as_ref().map(|file| Laid::new(file, options, &data)).transpose()?;
    let target =
        options.out.clone().unwrap_or_else(|| Path::new("results").join(format!("chart-{}", stem(&options.data))));
    let scenario = laid.as_ref().map_or_else(String::new, |laid| format!("\n{}", question(&laid.scenario)));
    let asks = format!("# dewpoint {}\n{scenario}", options.typed.question("chart"));
    let command = options.typed.command("chart", options.seed);
    let mut results = Results::of(target, asks, command, options.seed, if laid.is_some() { options.draws } else { 0 });
    if options.out.is_none() {
        results = results.beside_others();
    }
    results.data = Some(checksum_of(&bytes));
    results.report = !options.no_report;
    results.assumptions = false;
    let Some(folder) = results.hold()? else {
        note(options.quiet, &results.show_again(out, options.json)?);
        return Ok(());
    };
    let made = laid
        .as_ref()
        .map(|laid| laid.beside(&data, &charts, options, &engine))
        .transpose()
        .and_then(|beside| Found::of(&data, &charts, &asked, laid.as_ref(), beside).files(options, &results));
    let files = match made {
        Ok(files) => files,
        Err(failure) => {
            folder.release();
            return Err(failure);
        }
    };
    let runs = if laid.is_some() { options.draws * charts.len() as u64 } else { 0 };
    let made = Made { runs, failed: 0, threads: 0, json: options.json, digest: None };
    results.finish(out, folder, files, &made)?.iter().for_each(|text| note(options.quiet, text));
    Ok(())
}

/// What is wrong, with the file first unless an option is to blame.
pub(super) fn whose(file: &str, what: &str) -> String {
    if what.starts_with("--") { what.into() } else { format!("{file}: {what}") }
}

/// What the bytes of a file hold: rows of a text, or of the sheet that is asked for.
pub(super) fn data(bytes: &[u8], sheet: Option<&str>, wanted: &Wanted) -> Result<Data, String> {
    if workbook::is_workbook(bytes) {
        let workbook::Worksheet { name, rows, notes } = workbook::worksheet(bytes, sheet)?;
        return read_rows(rows, &name, notes, wanted);
    }
    match sheet {
        Some(name) => Err(format!("--sheet {name}: the file is no Excel workbook and has no sheets; leave it away")),
        None => read(bytes, wanted),
    }
}

/// The bytes of a file of data.
pub(super) fn bytes(path: &str) -> Result<Vec<u8>, String> {
    if let Some(text) = host::here().and_then(|host| host.text(path)) {
        return Ok(text.into_bytes());
    }
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "no such file; give the name of a CSV file or an Excel workbook".to_owned(),
        _ => error.to_string(),
    })?;
    if about.is_dir() {
        return Err("is a folder; give the name of a CSV file or an Excel workbook".into());
    }
    if !about.is_file() {
        return Err("is no plain file; write the data to one first".into());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("is larger than {} MB; add its rows up by week or month first", LARGEST / 1024 / 1024));
    }
    Ok(bytes)
}
