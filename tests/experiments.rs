//! Experiments from options to results folder, with a made-up engine: the same bytes on one thread and on two; and what
//! the real model says to two small questions.
#![cfg(feature = "cli")]
mod made;

use std::{fs, path::Path};

use clap::Parser;
use dewpoint::{
    cli::{Failure, compare, sweep},
    model::Pair,
    scenario::Scenario,
};
use made::{contents, manifest, temporary};

#[derive(Parser)]
struct Compare {
    #[command(flatten)]
    options: compare::Options,
}

#[derive(Parser)]
struct Sweep {
    #[command(flatten)]
    options: sweep::Options,
}

/// An engine that gains by the stick in force.
fn made_up(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    made::engine(scenario, made::by_the_stick)
}

const STICK: &str = "programme.0.incentives.sanction";

fn compare_with(out: &Path, further: &[&str]) -> Result<String, Failure> {
    let out = out.to_string_lossy();
    let (small, hard) = (format!("small: {STICK}=0.2"), format!("hard: {STICK}=1"));
    let mut arguments = vec![
        "compare",
        "carrots_and_sticks",
        "--quiet",
        "--no-report",
        "--out",
        &out,
        "--with",
        &small,
        "--with",
        &hard,
    ];
    arguments.extend(further);
    let options = Compare::try_parse_from(arguments).map_err(|error| Failure::Input(error.to_string()))?.options;
    let mut written = Vec::new();
    compare::run(&mut written, &options, made_up).map(|()| String::from_utf8(written).unwrap())
}

fn sweep_with(out: &Path, further: &[&str]) -> Result<String, Failure> {
    sweep_of("carrots_and_sticks", out, further)
}

fn sweep_of(file: &str, out: &Path, further: &[&str]) -> Result<String, Failure> {
    let out = out.to_string_lossy();
    let mut arguments = vec!["sweep", file, "--quiet", "--runs", "30", "--out", &out];
    arguments.extend(further);
    let options = Sweep::try_parse_from(arguments).map_err(|error| Failure::Input(error.to_string()))?.options;
    let mut written = Vec::new();
    sweep::run(&mut written, &options, made_up).map(|()| String::from_utf8(written).unwrap())
}

#[test]
fn a_comparison_fits_a_terminal_and_explains_its_files() {
    let (_temporary, out) = temporary();
    let text = compare_with(&out, &["--runs", "40"]).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    for part in ["carrots_and_sticks keeps", "nothing done", "40 runs of each, seed 1", "gain 24 months after"] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    let files: Vec<String> = contents(&out).into_keys().collect();
    let expected =
        ["columns.csv", "designs.csv", "differences.csv", "runs.csv", "summary.json", "summary.txt", "values.csv"];
    assert_eq!(files, expected);
    assert_eq!(manifest(&out).runs, 3 * 40);
    assert_eq!(compare_with(&out, &["--runs", "40"]).unwrap(), text, "a rerun says the same");
    let other = compare_with(&out, &["--runs", "40", "--precision", "0.01"]);
    assert!(matches!(&other, Err(Failure::Failed(what)) if what.contains("--out")), "{other:?}");
}

#[test]
fn threads_change_no_byte() {
    let (_temporary, out) = temporary();
    let other = out.with_file_name("other");
    for arguments in [&["--runs", "70"][..], &["--precision", "0.0005"]] {
        compare_with(&out, &[arguments, &["--threads", "1"]].concat()).unwrap();
        compare_with(&other, &[arguments, &["--threads", "2"]].concat()).unwrap();
        assert!(contents(&out) == contents(&other));
        assert_eq!(manifest(&out).digest, manifest(&other).digest);
        [&out, &other].iter().for_each(|folder| fs::remove_dir_all(folder).unwrap());
    }
}

#[test]
fn a_sweep_finds_the_optimum_it_was_given() {
    let (_temporary, out) = temporary();
    let range = format!("{STICK}=0..1:11");
    let text = sweep_with(&out, &["--vary", &range]).unwrap();
    // First what it is about, then the finding.
    assert!(text.contains("\n\nThe gain 24 months after is highest at sanction 0.7: "), "{text}");
    let points = fs::read_to_string(out.join("points.csv")).unwrap();
    assert!(points.lines().nth(1).unwrap().starts_with("present,") && points.contains(",points,"), "{points}");
    assert!(!points.contains(['*', '#', '\\']), "{points}");
    assert!(out.join("runs.csv").exists() && !out.join("curve.csv").exists());
    assert!(text.contains("inside the range") && text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let other = out.with_file_name("other");
    let all = [
        "--vary",
        &range,
        "--vary",
        "programme.0.active=40,78",
        "--vary",
        "setting.turnover=0.5..2:3",
        "--metric",
        "net_gain_at_end",
    ];
    sweep_with(&other, &[&all[..], &["--threads", "1"]].concat()).unwrap();
    let two = out.with_file_name("two");
    let text = sweep_with(&two, &[&all[..], &["--threads", "2"]].concat()).unwrap();
    assert!(contents(&other) == contents(&two) && text.contains("active \\ sanction"), "{text}");
    let points = sweep_with(&out.with_file_name("points"), &["--vary", STICK, "--points", "32", "--sampling", "sobol"]);
    assert!(points.unwrap().contains("32 points and the scenario as it is"));
    for (wrong, part) in [("setting.stafff=1..3", "staff"), ("setting.staff=1..3", "3..200"), ("title", "not a number")]
    {
        let result = sweep_with(&out.with_file_name("wrong"), &["--vary", wrong]);
        assert!(matches!(&result, Err(Failure::Input(what)) if what.contains(part)), "{wrong}: {result:?}");
    }
}

/// Every table of a terminal says its units, and points where its sentences do.
#[test]
fn changes_programme_and_units_are_said_first_and_throughout() {
    let (_temporary, out) = temporary();
    let text = compare_with(
        &out,
        &["--runs", "40", "--set", "setting.agency=0.25", "--set", "shocks.winter.winter_surge.at=60"],
    )
    .unwrap();
    let first = text.split("\n\n").next().unwrap().replace('\n', " ");
    assert!(
        first.contains("with setting.agency 0.25 instead of ") && first.contains("shocks.winter.winter_surge.at 60"),
        "{first}"
    );
    assert!(text.lines().any(|line| line.contains("gain 24 months after") && line.contains("points")), "{text}");
    let page = fs::read_to_string(out.join("columns.csv")).unwrap();
    assert!(page.contains("designs.csv,gain_24,points,") && !page.contains(",share,"), "{page}");
    let several =
        sweep_of("change_fatigue", &out.with_file_name("several"), &["--vary", "setting.turnover=1,2", "--no-runs"])
            .unwrap();
    let first = several.split("\n\n").next().unwrap().replace('\n', " ");
    assert!(
        first.contains("about the programme \"Dignity\", one of 3") && first.contains("with none of them"),
        "{first}"
    );
    assert!(!out.with_file_name("several").join("runs.csv").exists());
}

/// Choices by name, and a profession's share at the cost of the others.
#[test]
fn choices_and_shares_of_professions_are_varied() {
    let (_temporary, out) = temporary();
    let vary = ["--vary", "programme.0.reach.target", "--vary", "profession.nurse.share=0.2..0.6:3"];
    let text = sweep_with(&out, &vary).unwrap();
    assert!(text.contains("share \\ target"), "{text}");
    let points = fs::read_to_string(out.join("points.csv")).unwrap();
    assert!(points.contains(",neediest,0.4,"), "{points}");
}

/// The model of the program itself, as the command line has it.
fn model(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    let model = scenario.to_model();
    move |seed, replicate| model.pair(seed, replicate)
}

#[test]
fn the_model_says_that_a_stick_put_away_keeps_less_and_that_shared_luck_saves_runs() {
    let (_temporary, out) = temporary();
    let out = out.to_string_lossy();
    let arguments =
        ["compare", "carrots_and_sticks", "--with", "away: programme.0.sustain.sanction_after=0", "--runs", "30"];
    let options = Compare::parse_from(arguments.into_iter().chain(["--quiet", "--json", "--out", &out])).options;
    let mut written = Vec::new();
    compare::run(&mut written, &options, model).unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let title = answer["title"].as_str().unwrap();
    assert!(title.starts_with("carrots_and_sticks keeps") && title.contains("more than away"), "{title}");
    let tables = answer["tables"].as_array().unwrap();
    let differences = tables.iter().find(|table| table["name"] == "differences").unwrap();
    let gain = differences["rows"].as_array().unwrap().iter().find(|row| row[2] == "net_gain_24_months_after").unwrap();
    assert!(gain[0] == "away" && gain[6].as_f64().unwrap() < 0.0, "less than with it, for certain: {gain}");
    assert!(gain[9].as_f64().unwrap() > 2.0, "variance ratio: {gain}");
}
