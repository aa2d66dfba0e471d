//! A report of every kind from made-up numbers, whatever the model: `cargo run --example pages -- FOLDER`.
//!
//! The engine behind them knows a few levers, shocks and settings by formula, so that the pages change with the way in which
//! reports are written and drawn, and with nothing else. `tests/report/check` compares pictures of them with kept ones.
use std::{fs, io, path::Path};

use clap::Parser;
use dewpoint::{
    cli::{Failure, compare, explain, run, sensitivity, stress, sweep, validate},
    model::{History, Pair, Series},
    programme::Programme,
    scenario::Scenario,
};

/// The scenario that all pages are about.
const WARD: &str = include_str!("../tests/report/ward.toml");

/// The patterns of the pages about validation.
const PATTERNS: &str = include_str!("../tests/report/patterns.toml");

#[derive(Parser)]
enum Command {
    Run(run::Options),
    Compare(compare::Options),
    Sweep(sweep::Options),
    Sensitivity(sensitivity::Arguments),
    Stress(stress::Options),
    Explain(explain::Options),
    Validate(validate::Arguments),
}

/// Name and arguments of each page.
const PAGES: [(&str, &str); 10] = [
    ("run", "run ward.toml --runs 40"),
    (
        "compare",
        "compare ward.toml --runs 40 --with kept:programme.0.sustain.embedding=0.9 --with short:programme.0.active=40",
    ),
    ("curve", "sweep ward.toml --runs 20 --vary programme.0.sustain.embedding=0..1:7"),
    ("map", "sweep ward.toml --runs 20 --vary programme.0.sustain.embedding=0..1:5 --vary setting.turnover=0..3:6"),
    (
        "scatter",
        "sweep ward.toml --runs 10 --points 80 --vary programme.0.sustain.embedding=0..1 --vary setting.turnover=0..3 --vary setting.agency",
    ),
    (
        "stress",
        "stress ward.toml --runs 20 --points 64 --shocks staff_exodus,winter_surge,budget_cut --over setting.turnover=0.5..3 --over setting.agency",
    ),
    (
        "sensitivity",
        "sensitivity ward.toml --runs 4 --trajectories 10 --top 3 --base 32 --paths programme.0.sustain.embedding setting.turnover setting.agency setting.staff",
    ),
    ("explain", "explain ward.toml --runs 20 --only missed"),
    ("pattern", "validate P1 --quick --runs 20 --patterns patterns.toml"),
    ("patterns", "validate --quick --runs 20 --patterns patterns.toml"),
];

fn main() -> Result<(), String> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let failed = |error: &dyn std::fmt::Display| format!("{folder}: {error}");
    fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
    std::env::set_current_dir(&folder).map_err(|error| failed(&error))?;
    for (file, text) in [("ward.toml", WARD), ("patterns.toml", PATTERNS)] {
        fs::write(file, text).map_err(|error| failed(&error))?;
    }
    for (name, asked) in PAGES {
        if Path::new(name).exists() {
            fs::remove_dir_all(name).map_err(|error| failed(&error))?;
        }
        let words = ["pages"].into_iter().chain(asked.split(' ')).chain(["--quiet", "--out", name]);
        let command = Command::try_parse_from(words).map_err(|error| format!("{name}: {error}"))?;
        made(&command).map_err(|failure| format!("{name}: {failure:?}"))?;
    }
    Ok(())
}

fn made(command: &Command) -> Result<(), Failure> {
    let out = &mut io::sink();
    match command {
        Command::Run(options) => run::run(out, options, made_up),
        Command::Compare(options) => compare::run(out, options, made_up),
        Command::Sweep(options) => sweep::run(out, options, made_up),
        Command::Sensitivity(arguments) => sensitivity::run(out, arguments, made_up),
        Command::Stress(options) => stress::run(out, options, made_up),
        Command::Explain(options) => explain::explain(out, options, made_up),
        Command::Validate(arguments) => validate::run(out, arguments, made_up),
    }
}

/// A number from 0 to 1 that looks like luck.
fn luck(seed: u64, replicate: u64, what: u64) -> f32 {
    let mixed =
        (replicate + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (seed * 31 + what).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed >> 40) as f32) / 16_777_216.0
}

/// An engine by formula: support gains, turnover and agency staff wear it away, embedding keeps it, shocks take a part.
fn made_up(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    let (weeks, programmes) = (scenario.weeks(), scenario.programmes.clone());
    let units = (scenario.setting.organisations * scenario.setting.units) as usize;
    let (professions, setting) = (scenario.professions.len(), scenario.setting.clone());
    let shocks: Vec<usize> = scenario.shocks.iter().map(|named| named.shock.week()).collect();
    move |seed, replicate| {
        let gain = |programme: &Programme, week: usize| {
            let (live, end) = (programme.clock.live(), programme.clock.end());
            let size = 0.14 * (0.6 + 0.8 * luck(seed, replicate, 1)) * (1.0 - setting.agency);
            let built = (week.saturating_sub(live) as f32 / 40.0).min(1.0);
            let wear = 0.008 * setting.turnover * (1.1 - programme.levers.sustain.embedding);
            let lost = (1.0 + wear).powi(-(week.saturating_sub(end) as i32));
            let struck = shocks.iter().filter(|shock| week >= **shock).map(|_| 0.8f32).product::<f32>();
            if week < live { 0.0 } else { size * built * lost * struck }
        };
        let history = |on: bool| {
            let one = |programme: &Programme| {
                let plain = |week: usize| 0.5 + week as f32 * 2e-4 + 0.02 * luck(seed, replicate, week as u64 / 4 + 7);
                let practice = |week: usize| plain(week) + if on { gain(programme, week) } else { 0.0 };
                let felt =
                    |level: f32, by: f32| (0..weeks).map(|week| level + by * (practice(week) - plain(week))).collect();
                let mut series: Vec<Vec<f32>> = vec![felt(0.3, 0.5); Series::ALL.len()];
                series[Series::Practice as usize] = (0..weeks).map(practice).collect();
                series[Series::Reported as usize] = (0..weeks).map(|week| practice(week) + 0.02).collect();
                series[Series::Motivation as usize] = felt(0.5, -0.3);
                series[Series::Fatigue as usize] = felt(0.2, 0.8);
                let by_profession = vec![series[Series::Practice as usize].clone(); professions];
                let share = |unit: usize| 0.5 + (unit as f32 + 0.5) / units as f32;
                let of_unit = |week: usize, unit: usize| plain(week) + share(unit) * (practice(week) - plain(week));
                let of_units = (0..weeks * units).map(|place| of_unit(place / units, place % units)).collect();
                History {
                    series,
                    by_profession,
                    units: of_units,
                    reached: vec![true; units],
                    staff: Default::default(),
                }
            };
            programmes.iter().map(one).collect()
        };
        Pair { with: history(true), without: history(false) }
    }
}
