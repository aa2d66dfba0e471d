//! `dewpoint calibrate`, from the outside, with the real model and three small figures.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    thread::sleep,
    time::{Duration, Instant},
};

const FIGURES: &str = include_str!("report/targets.toml");

/// Blocks of points, after each of which there may be a checkpoint, and a row for each core to be busy with.
const ASKED: &str = "calibrate --targets figures.toml --points 100 --waves 2 --rows 32 --runs 4 --seed 3 --active 8";

fn command(folder: &Path, asked: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    command.current_dir(folder).args(asked.split(' '));
    command
}

fn run(folder: &Path, asked: &str) -> Output {
    command(folder, asked).output().unwrap()
}

/// A folder with the figures in it.
fn folder(figures: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("figures.toml"), figures).unwrap();
    folder
}

/// Every file of results apart from the manifest, which knows the clock.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = files
        .filter(|file| file.file_name().unwrap() != "manifest.json")
        .map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_killed_calibration_goes_on_and_gives_the_bytes_of_one_that_was_not() {
    let folder = folder(FIGURES);
    let here = folder.path();
    let whole = run(here, &format!("{ASKED} --threads 1 --out whole --document page.md"));
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let said = String::from_utf8(whole.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("fitted to published figures: X1, X2.") && said.contains("of 2 figures"), "{said}");
    let page = fs::read_to_string(here.join("page.md")).unwrap();
    for part in ["## The waves", "| X1 Teaching, median |", "## The parameters", "## What goes together"] {
        assert!(page.contains(part), "{part} is missing from\n{page}");
    }
    assert!(!page.contains("X3") && !said.contains("X3"), "a figure for validation was looked at");

    let asked = format!("{ASKED} --checkpoint-seconds 0 --out killed");
    let mut child = command(here, &format!("{asked} --quiet")).spawn().unwrap();
    let begun = Instant::now();
    let journal = || {
        let inside = fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path());
        let files = inside.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).into_iter().flatten());
        files.flatten().any(|file| {
            file.file_name().to_string_lossy().contains("journal") && file.metadata().is_ok_and(|about| about.len() > 0)
        })
    };
    while !journal() {
        assert!(begun.elapsed() < Duration::from_secs(60) && child.try_wait().unwrap().is_none(), "no checkpoint");
        sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!here.join("killed/posterior.csv").exists(), "it had ended before it was killed");
    let again = run(here, &asked);
    assert!(again.status.success());
    let notes = String::from_utf8(again.stderr).unwrap();
    assert!(notes.contains("continuing after"), "{notes}");
    assert_eq!(bytes(&here.join("whole")), bytes(&here.join("killed")));

    let posterior = fs::read_to_string(here.join("whole/posterior.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(posterior.as_bytes());
    let heads = rows.headers().unwrap().clone();
    assert!(heads.len() > 250 && heads.iter().skip(2).all(|head| head.starts_with("parameters.")));
    let weights: Vec<f64> = rows.records().map(|row| row.unwrap()[1].parse().unwrap()).collect();
    assert!(weights.len() == 32 && (weights.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{weights:?}");
}

#[test]
fn what_cannot_be_fitted_is_an_error_that_says_what_would_be_right() {
    let folder = folder(&FIGURES.replace("role = \"fit\"", "role = \"validation\""));
    for (asked, words) in [
        (
            "calibrate --targets figures.toml",
            "figures.toml: no figure to fit: give one or more that can be tested role",
        ),
        ("calibrate --targets nowhere.toml", "nowhere.toml cannot be read"),
        ("calibrate --uncertain=8", "--uncertain draws parameters"),
        ("calibrate --paths setting.turnover", "--paths setting.turnover is no parameter"),
        ("calibrate --paths parameters.practice.will_wight", "will_weight"),
        ("calibrate --points 3", "a whole number from 16"),
        ("calibrate --set setting.turnovr=1", "setting.turnover"),
    ] {
        let output = run(folder.path(), asked);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(words), "{asked}: {said}");
    }
    assert!(!folder.path().join("results").exists());
}
