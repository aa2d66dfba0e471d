//! `dewpoint stress`: designs under a battery of shocks.
use std::io::Write;

use clap::Args;

use super::{
    Failure, about,
    fitted::Fitted,
    options::{self, Given, count},
    reference::{self, Format},
    results::stem,
    study::{Asked, Brought, study},
    text::paragraph,
    typed::{Typed, of_option},
};
use crate::{
    ensemble::Engine,
    experiment::{
        Stopped,
        stress::{BATTERY, Design, Plan, Range, Severity, Stressor, battery_table, stress},
    },
    scenario::Scenario,
};

/// Options of `stress`.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenarios, a design each: files, or names of bundled ones.
    #[arg(required_unless_present = "list", value_name = "FILE")]
    pub files: Vec<String>,
    /// List the battery: what each shock consists of, and why.
    #[arg(long)]
    pub list: bool,
    /// Shocks of the battery to try, separated by commas [default: all].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub shocks: Vec<String>,
    /// One severity only.
    #[arg(long, value_parser = severity)]
    pub severity: Option<Severity>,
    /// Times at which each shock strikes; pairs strike at half as many.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = times, allow_negative_numbers = true)]
    pub times: usize,
    /// Shocks alone only.
    #[arg(long)]
    pub no_pairs: bool,
    /// Do not ask how much of each thing a design stands.
    #[arg(long)]
    pub no_break_evens: bool,
    /// A run fails below this net gain at 24 months, e.g. 0.05 for 5 points [default: half of that undisturbed].
    #[arg(long, value_name = "GAIN", value_parser = gain, allow_negative_numbers = true)]
    pub fails_below: Option<f64>,
    /// Points at which circumstances that make a design fail are sought, half as many more to check them; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = points, allow_negative_numbers = true)]
    pub points: usize,
    /// Runs of each point.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = runs_a_point, allow_negative_numbers = true)]
    pub runs_a_point: u64,
    /// Vary this number over its range in that search, instead of the usual uncertainties: PATH or PATH=LOW..HIGH. Repeatable.
    #[arg(long, value_name = "PATH=LOW..HIGH")]
    pub over: Vec<String>,
    /// The programme looked at, by name or number from 0 [default: the last to end].
    #[arg(long, value_name = "NAME")]
    pub programme: Option<String>,
    /// What all experiments have in common.
    #[command(flatten)]
    pub study: options::Options,
    #[command(flatten)]
    fitted: Fitted,
}

fn times(text: &str) -> Result<usize, String> {
    count(text, 1, 100).map(|times| times as usize)
}

fn points(text: &str) -> Result<usize, String> {
    count(text, 0, 100_000).map(|points| points as usize)
}

fn runs_a_point(text: &str) -> Result<u64, String> {
    count(text, 1, 1000)
}

fn gain(text: &str) -> Result<f64, String> {
    let within = text.parse().ok().filter(|gain| (-1.0..=1.0).contains(gain));
    within.ok_or_else(|| "a net gain from -1 to 1, e.g. 0.05 for 5 points".into())
}

fn severity(text: &str) -> Result<Severity, String> {
    let named = Severity::ALL.into_iter().find(|severity| severity.name() == text);
    named.ok_or_else(|| format!("write {}", Severity::ALL.map(Severity::name).join(" or ")))
}

/// Stresses the designs asked for, simulated with `engine`, and writes the answer to `out`.
///
/// # Errors
///
/// [`Failure::Input`] for wrong files or options; otherwise as [`study()`].
pub fn run(out: &mut dyn Write, options: &Options, engine: impl Engine) -> Result<(), Failure> {
    if options.list {
        return list(out, options.study.json);
    }
    let given: Vec<Given> = options.files.iter().map(|file| options.study.given(file)).collect::<Result<_, _>>()?;
    let scenarios: Vec<Scenario> = given.iter().map(|given| given.scenario.clone()).collect();
    let design = |(file, scenario): (&String, &Scenario)| {
        let programme = about::programme(scenario, options.programme.as_deref())?;
        Ok(Design { name: stem(file), scenario: scenario.clone(), programme })
    };
    let designs: Vec<Design> = options.files.iter().zip(&scenarios).map(design).collect::<Result<_, Failure>>()?;
    let about = given.iter().zip(&designs).map(|(given, design)| options.study.about(given, Some(design.programme)));
    let plan = plan(options, scenarios.first().map_or(1, |first| first.run.seed))?;
    let names: Vec<&str> = designs.iter().map(|design| design.name.as_str()).collect();
    let rows = options.fitted.rows(&scenarios)?;
    let asked = Asked {
        name: "stress",
        typed: &options.typed,
        about: about.collect::<Vec<_>>().join(" "),
        scenarios: &scenarios,
        called: designs.iter().map(|design| design.name.clone()).collect(),
        folder: format!("stress-{}", names.join("-")),
        runs: plan.runs,
        seed: plan.seed,
        brought: Brought { rows, ..Brought::default() },
        fixed: false,
    };
    study(out, &options.study, &asked, engine, |simulator| {
        stress(simulator, &designs, &plan).map_err(|stopped| match stopped {
            Stopped::Question(what) if what.starts_with("--set") => Stopped::Question(of_option("--over", "", &what)),
            other => other,
        })
    })
}

/// Writes the battery.
fn list(out: &mut dyn Write, json: bool) -> Result<(), Failure> {
    if json {
        return Ok(reference::write(out, &battery_table(), Format::Json)?);
    }
    for stressor in BATTERY {
        paragraph(out, &format!("{}: {}", stressor.name, stressor.doc), 0)?;
        for severity in Severity::ALL {
            paragraph(out, &format!("{}: {}", severity.name(), stressor.in_words(severity)), 2)?;
        }
        paragraph(out, &format!("source: {}", stressor.source), 2)?;
        writeln!(out)?;
    }
    Ok(())
}

/// What is tried, from the options.
fn plan(options: &Options, seed: u64) -> Result<Plan, Failure> {
    let usual = Plan::usual(seed);
    let input = |stopped: Stopped| match stopped {
        Stopped::Question(what) | Stopped::Failed(what) => Failure::Input(what),
        Stopped::OnRequest => Failure::Failed("stopped".into()),
    };
    let mut shocks: Vec<usize> =
        options.shocks.iter().map(|name| Stressor::called(name)).collect::<Result<_, _>>().map_err(input)?;
    shocks.sort_unstable();
    shocks.dedup();
    Ok(Plan {
        runs: options.study.runs.unwrap_or(usual.runs),
        shocks: if shocks.is_empty() { usual.shocks } else { shocks },
        severities: options.severity.map_or(usual.severities, |severity| vec![severity]),
        times: options.times,
        pairs: !options.no_pairs,
        break_evens: !options.no_break_evens,
        fails_below: options.fails_below,
        points: options.points,
        runs_a_point: options.runs_a_point,
        over: options.over.iter().map(|text| range(text)).collect::<Result<_, _>>()?,
        ..usual
    })
}

/// `PATH` or `PATH=LOW..HIGH`.
fn range(text: &str) -> Result<Range, Failure> {
    let Some((path, ends)) = text.split_once('=') else {
        return Ok(Range { path: text.trim().into(), low: None, high: None });
    };
    let numbers =
        ends.split_once("..").and_then(|(low, high)| Some((low.trim().parse().ok()?, high.trim().parse().ok()?)));
    let Some((low, high)) = numbers else {
        return Err(Failure::Input(format!(
            "--over {text}: write PATH=LOW..HIGH, e.g. --over setting.turnover=0.5..3"
        )));
    };
    Ok(Range { path: path.trim().into(), low: Some(low), high: Some(high) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        options: Options,
    }

    fn options(arguments: &[&str]) -> Options {
        Arguments::parse_from([&["stress"], arguments].concat()).options
    }

    #[test]
    fn options_become_a_plan_and_a_line_that_says_it_all() {
        let chosen = [
            "spi1",
            "--shocks",
            "winter_surge,leaders_leave",
            "--severity",
            "mild",
            "--no-pairs",
            "--over",
            "setting.culture=0.2..0.9",
        ];
        let options = options(&chosen);
        let plan = plan(&options, 7).unwrap();
        assert_eq!((plan.shocks.as_slice(), plan.severities.as_slice()), (&[1, 6][..], &[Severity::Mild][..]));
        assert_eq!((plan.pairs, plan.seed, plan.over[0].low, plan.over[0].high), (false, 7, Some(0.2), Some(0.9)));
        let line = "stress spi1 --shocks winter_surge,leaders_leave --severity mild --no-pairs \
                    --over setting.culture=0.2..0.9";
        assert_eq!(options.typed.question("stress"), line);
    }

    #[test]
    fn wrong_options_say_what_would_be_right() {
        let input = |arguments: &[&str]| match plan(&options(arguments), 1) {
            Err(Failure::Input(what)) => what,
            other => panic!("{other:?}"),
        };
        assert!(input(&["x", "--shocks", "flood"]).contains("winter_surge"));
        assert!(input(&["x", "--over", "setting.culture=0.2"]).contains("LOW..HIGH"));
    }

    #[test]
    fn the_battery_is_listed_without_a_scenario() {
        let mut out = Vec::new();
        let engine = |_: &Scenario| |_: u64, _: u64| -> crate::model::Pair { unreachable!() };
        run(&mut out, &options(&["--list"]), engine).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(BATTERY.iter().all(|stressor| text.contains(stressor.name)), "{text}");
    }
}
