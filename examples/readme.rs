//! Makes what the README shows of a real run, the figure `docs/spi1.svg` and the summary between its markers, and the schema
//! of scenario files for editors.
//!
//! `cargo run --release --example readme` writes what is not up to date; with `-- --check` it only says whether they are up to date.

#![allow(clippy::print_stderr)]

use std::{fmt::Write as _, fs, ops::ControlFlow, path::Path, process::ExitCode};

use clap::Parser;
use dewpoint::{
    cli::{
        run::{Options, run},
        schema::schema,
    },
    ensemble::{Engine, Ensemble, Plan, Simulation, View, run_ensemble},
    experiment::uncertain::{engine::Drawing, posterior::Posterior},
    model::Series,
    output::report::trust,
    programme::Clock,
    scenario::{Scenario, load},
};

/// The scenario shown.
const NAME: &str = "spi1";

/// Where its summary stands in the README.
const MARKS: (&str, &str) = ("<!-- dewpoint run spi1 -->\n```text\n", "```\n<!-- end -->");

fn main() -> Result<ExitCode, String> {
    let loaded = load(&(), NAME).map_err(|problems| problems.to_string())?;
    let scenario = loaded.ready().map_err(|problems| problems.to_string())?;
    let ensemble = drawn(&scenario)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = read(&root.join("README.md"))?;
    let made = [
        ("README.md", with_validation(&with_summary(&readme, &summary()?)?)?),
        ("docs/spi1.svg", figure(&scenario, &ensemble)),
        ("scenarios/schema.json", schema()),
    ];
    let check = std::env::args().any(|argument| argument == "--check");
    let mut code = ExitCode::SUCCESS;
    for (name, text) in made {
        let path = root.join(name);
        if check && read(&path)? != text {
            eprintln!("{name} does not show what {NAME} gives now: run cargo run --release --example readme");
            code = ExitCode::FAILURE;
        } else if !check && read(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(code)
}

/// The runs that the figure shows, which `dewpoint run` makes too.
fn drawn(scenario: &Scenario) -> Result<Ensemble, String> {
    let (seed, runs) = (scenario.run.seed, scenario.run.runs);
    let engine = Drawing::new(&Simulation, seed, Some(Posterior::bundled()));
    let simulate = engine.ready(&[scenario]);
    let one = |replicate| simulate(seed, replicate).swap_remove(0);
    run_ensemble(scenario, &Plan::of(runs), None, one, |_| ControlFlow::Continue(()))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// What `dewpoint run` prints, from a folder of its own: nothing of an earlier run is taken for this one's.
fn summary() -> Result<String, String> {
    let told = |error: &dyn std::fmt::Debug| format!("run {NAME}: {error:?}");
    let folder = tempfile::tempdir().map_err(|error| told(&error))?;
    std::env::set_current_dir(&folder).map_err(|error| told(&error))?;
    let options = Arguments::try_parse_from(["run", NAME, "--quiet"]).map_err(|error| told(&error))?.options;
    let mut printed = Vec::new();
    run(&mut printed, &options, Simulation).map_err(|failure| told(&failure))?;
    String::from_utf8(printed).map_err(|error| told(&error))
}

fn with_summary(readme: &str, summary: &str) -> Result<String, String> {
    let (before, rest) = readme.split_once(MARKS.0).ok_or("README.md has lost the mark before the summary")?;
    let (_, after) = rest.split_once(MARKS.1).ok_or("README.md has lost the mark after the summary")?;
    Ok([before, MARKS.0, summary, MARKS.1, after].concat())
}

/// How many patterns fail, where everybody reads it.
fn with_validation(readme: &str) -> Result<String, String> {
    const MARKS: (&str, &str) = ("<!-- validation -->\n**", "**");
    let (before, rest) = readme.split_once(MARKS.0).ok_or("README.md has lost the mark before the validation")?;
    let (_, after) = rest.split_once(MARKS.1).ok_or("README.md has lost the end of the validation")?;
    let words = trust::validation_words(&trust::validation()?);
    Ok([before, MARKS.0, &words, MARKS.1, after].concat())
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
/// The plot inside the figure: left, right, top, bottom.
const PLOT: (f64, f64, f64, f64) = (52.0, 740.0, 66.0, 360.0);
const BLUE: &str = "#005a9c";
const ORANGE: &str = "#b35000";
const GREY: &str = "#555555";

/// From weeks and shares to places in the figure.
struct Scale {
    weeks: f64,
    low: f64,
    high: f64,
}

impl Scale {
    fn x(&self, week: f64) -> f64 {
        PLOT.0 + (PLOT.1 - PLOT.0) * week / self.weeks
    }

    fn y(&self, share: f64) -> f64 {
        PLOT.3 - (PLOT.3 - PLOT.2) * (share - self.low) / (self.high - self.low)
    }
}

/// True and reported practice and practice without the programme, mean of all runs, with the phases of the programme.
///
/// Lines differ in dash and weight as well as colour, and each is named beside it.
fn figure(scenario: &Scenario, ensemble: &Ensemble) -> String {
    let weeks = ensemble.bands.weeks();
    let line =
        |series, view| -> Vec<f64> { (0..weeks).map(|week| ensemble.bands.mean(0, series, view, week)).collect() };
    let (without, reported, really) =
        (line(Series::Practice, View::Without), line(Series::Reported, View::With), line(Series::Practice, View::With));
    let all = || [&without, &reported, &really].into_iter().flatten().copied();
    let low = (all().fold(f64::INFINITY, f64::min) * 20.0).floor() / 20.0;
    let high = (all().fold(f64::NEG_INFINITY, f64::max) * 20.0).ceil() / 20.0;
    let scale = Scale { weeks: (weeks - 1) as f64, low, high };
    let clock = &scenario.programmes[0].clock;
    let (live, end) = (clock.live(), clock.end());

    let mut svg = frame(&scale, clock);
    svg += &curve(&scale, &without, GREY, "2 4", 2.0);
    svg += &curve(&scale, &reported, ORANGE, "7 4", 2.0);
    svg += &curve(&scale, &really, BLUE, "none", 3.0);
    for (week, later) in [(end - 1, "when support ends"), (end + 104, "two years later")] {
        if week < weeks {
            svg += &gain(&scale, week, without[week], really[week], later);
        }
    }
    // A label some sixty weeks long, half a year after the end, clear of the curve all along.
    let (middle, after) = (usize::midpoint(live, end), end + 26);
    let above = really.iter().skip(after).take(60).copied().fold(0.0, f64::max);
    svg += &name(&scale, middle, reported[middle] + 0.012, "end", ORANGE, "reported");
    svg += &name(&scale, after, above + 0.012, "start", BLUE, "what staff really do");
    svg += &name(&scale, end + 2, without[end] - 0.035, "start", GREY, "same staff, same luck, no programme");
    svg + "</svg>\n"
}

fn curve(scale: &Scale, values: &[f64], colour: &str, dash: &str, width: f64) -> String {
    let points: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(week, share)| format!("{:.1},{:.1}", scale.x(week as f64), scale.y(*share)))
        .collect();
    format!(
        "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dash}\" points=\"{}\"/>\n",
        points.join(" ")
    )
}

/// A curve's name, `share` high.
fn name(scale: &Scale, week: usize, share: f64, anchor: &str, colour: &str, text: &str) -> String {
    let (x, y) = (scale.x(week as f64), scale.y(share));
    format!(
        "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-weight=\"bold\">{text}</text>\n"
    )
}

/// The gain in one week: a bar from one curve to the other, and its size.
fn gain(scale: &Scale, week: usize, from: f64, to: f64, when: &str) -> String {
    let (x, low, high) = (scale.x(week as f64), scale.y(from), scale.y(to));
    // Both curves rise to the right: left of a long bar there is room low between them, right of a short one below both.
    let (x_text, y, anchor) =
        if low - high < 70.0 { (x + 7.0, low + 20.0, "start") } else { (x - 9.0, low - 0.3 * (low - high), "end") };
    format!(
        "<path d=\"M{x:.1} {low:.1}h-6m3 0V{high:.1}m3 0h-6\" stroke=\"#222222\" stroke-width=\"1.4\" fill=\"none\"/>\n\
         <text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"{anchor}\" font-weight=\"bold\">+{2:.0} points</text>\n\
         <text x=\"{0:.1}\" y=\"{3:.1}\" text-anchor=\"{anchor}\">{when}</text>\n",
        x_text,
        y - 2.0,
        (to - from) * 100.0,
        y + 14.0
    )
}

/// Title, axes and phases.
fn frame(scale: &Scale, clock: &Clock) -> String {
    let (left, right, top, bottom) = PLOT;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13" fill="#222222">
<title>Reliability of the target practice before, during and after the Safer Patients Initiative, simulated</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>
<text x="{left}" y="22" font-size="16" font-weight="bold">Will it last? A two-year programme in four hospitals, simulated</text>
<text x="{left}" y="41" fill="#444444">How often staff do what the programme asks for, mean of all runs</text>
"##
    );
    let (start, live, end) = (f64::from(clock.start), clock.live() as f64, clock.end() as f64);
    let _ = writeln!(
        svg,
        r##"<rect x="{:.1}" y="{top}" width="{:.1}" height="{}" fill="#eef2f5"/>"##,
        scale.x(live),
        scale.x(end) - scale.x(live),
        bottom - top
    );
    let mut share = scale.low;
    while share <= scale.high + 1e-9 {
        let y = scale.y(share);
        let _ = writeln!(
            svg,
            r##"<line x1="{left}" x2="{right}" y1="{y:.1}" y2="{y:.1}" stroke="#d5d5d5" stroke-width="0.8"/><text x="{}" y="{:.1}" text-anchor="end">{:.0} %</text>"##,
            left - 6.0,
            y + 4.0,
            share * 100.0
        );
        share += 0.05;
    }
    for week in [start, live, end] {
        let x = scale.x(week);
        let _ = writeln!(
            svg,
            r##"<line x1="{x:.1}" x2="{x:.1}" y1="{top}" y2="{bottom}" stroke="#999999" stroke-width="0.8"/>"##
        );
    }
    let phases = [
        ("before", 0.0, start),
        ("planning", start, live),
        ("support", live, end),
        ("after support has ended", end, scale.weeks),
    ];
    for (phase, from, to) in phases {
        let x = scale.x((from + to) / 2.0);
        // Planning is short: its name stands upright.
        let (y, upright) = if phase == "planning" {
            (top + 36.0, format!(" transform=\"rotate(-90 {:.1} {:.1})\"", x, top + 36.0))
        } else {
            (top + 15.0, String::new())
        };
        let y = if upright.is_empty() { y } else { y + 4.0 };
        let _ = writeln!(
            svg,
            r##"<text x="{x:.1}" y="{y:.1}"{upright} text-anchor="middle" font-size="12" fill="#444444">{phase}</text>"##
        );
    }
    let mut year = 0.0;
    while year * 52.0 <= scale.weeks {
        let x = scale.x(year * 52.0);
        let _ = writeln!(
            svg,
            r##"<line x1="{x:.1}" x2="{x:.1}" y1="{bottom}" y2="{}" stroke="#222222"/><text x="{x:.1}" y="{}" text-anchor="middle">{year}</text>"##,
            bottom + 5.0,
            bottom + 20.0
        );
        year += 1.0;
    }
    let _ = writeln!(
        svg,
        r##"<line x1="{left}" x2="{right}" y1="{bottom}" y2="{bottom}" stroke="#222222"/><text x="{:.1}" y="{}" text-anchor="middle">years</text>"##,
        f64::midpoint(left, right),
        bottom + 40.0
    );
    svg
}
