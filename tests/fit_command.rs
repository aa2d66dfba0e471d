//! `dewpoint fit` from file to folder, killed in between, and its rows in other commands.
#![cfg(feature = "cli")]
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

fn ward() -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/data/ward.csv").display().to_string()
}

fn dewpoint(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dewpoint")).args(words).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).replace('\n', " ")
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What is asked of the ward, in few candidates.
fn asked(data: &str) -> Vec<String> {
    let words = "fit evaporating_ward --start Feb_2020 --set programme.0.start=57 --runs 300 --quiet";
    let mut words: Vec<String> =
        words.split(' ').map(|word| word.replace('_', if word == "Feb_2020" { " " } else { "_" })).collect();
    words.extend(["--data".into(), data.into()]);
    words
}

fn with<'a>(words: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    words.iter().map(String::as_str).chain(more.iter().copied()).collect()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| name != "manifest.json")
        .collect();
    files.sort();
    files
}

#[test]
fn a_fit_leaves_rows_that_other_commands_draw_from_and_the_same_bytes_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (data, kept) = (ward(), "kept: programme.0.sustain.continuation=0.6");
    let words = asked(&data);
    let whole = dewpoint(folder.path(), &with(&words, &["--with", kept, "--out", "whole", "--threads", "1"]));
    assert!(whole.status.success(), "{}", complained(&whole));
    let text = said(&whole);
    for part in ["Fitted to done of seen", "candidates", "Results in whole"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let made = folder.path().join("whole");
    let rows = fs::read_to_string(made.join("ensemble.csv")).unwrap();
    for line in [
        "# made by: dewpoint fit evaporating_ward",
        "# version: ",
        "# data, SHA-256: ",
        "# worth: ",
        "candidate,weight,",
    ] {
        assert!(rows.lines().any(|other| other.starts_with(line)), "{line}");
    }
    let future = made.join("outlook.csv").exists();
    assert_eq!(
        future,
        !text.contains("Too few of"),
        "a future is told where enough candidates agree, and there alone: {text}"
    );
    for (file, part) in [("learned.csv", "setting.baseline,"), ("points.csv", "Feb 2020,")] {
        let text = fs::read_to_string(made.join(file)).unwrap();
        assert!(text.contains(part), "{file}: {text}");
    }
    let page = fs::read_to_string(made.join("report.html")).unwrap();
    assert!(
        page.contains("<svg") && page.contains("is not read"),
        "the page has pictures and says how the file was read"
    );

    // Killed once something is kept, and begun again on other threads.
    let slowly = with(&words, &["--with", kept, "--out", "killed", "--threads", "1", "--checkpoint-seconds", "0.02"]);
    let journal = folder.path().join(".killed.partial/journal");
    let mut child: Child = Command::new(env!("CARGO_BIN_EXE_dewpoint"))
        .args(&slowly)
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while fs::metadata(&journal).map_or(0, |about| about.len()) == 0 {
        assert!(child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(120), "nothing was kept");
        sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.path().join("killed").exists(), "it had ended before it was killed");
    let again = dewpoint(folder.path(), &with(&words, &["--with", kept, "--out", "killed", "--threads", "2"]));
    assert!(again.status.success(), "{}", complained(&again));
    let (ours, theirs) = (files(&made), files(&folder.path().join("killed")));
    assert_eq!(
        ours.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        theirs.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    for ((name, one), (_, other)) in ours.iter().zip(&theirs) {
        assert!(one == other, "{name} differs");
    }

    // The rows in another command, and not for another place.
    let run = |more: &[&str], out: &str| {
        let words = [
            "run",
            "evaporating_ward",
            "--runs",
            "4",
            "--set",
            "programme.0.start=57",
            "--quiet",
            "--json",
            "--out",
            out,
        ];
        dewpoint(folder.path(), &[&words[..], more].concat())
    };
    let fitted = run(&["--ensemble", "whole/ensemble.csv", "--uncertain=16"], "fitted");
    assert!(fitted.status.success(), "{}", complained(&fitted));
    let usual = run(&["--uncertain=16"], "usual");
    let uncertainty = |output: &Output| {
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["uncertainty"].clone()
    };
    assert_ne!(uncertainty(&fitted), uncertainty(&usual));
    let elsewhere = run(&["--ensemble", "whole/ensemble.csv", "--set", "setting.agency=0.4"], "elsewhere");
    assert!(elsewhere.status.code() == Some(2), "{}", complained(&elsewhere));
    assert!(complained(&elsewhere).contains("was fitted to another place"), "{}", complained(&elsewhere));
    let older = rows.replacen("# version: ", "# version: 0.0.", 1);
    fs::write(folder.path().join("older.csv"), older).unwrap();
    let older = run(&["--ensemble", "older.csv"], "older");
    assert!(
        older.status.code() == Some(2) && complained(&older).contains("was made by version 0.0."),
        "{}",
        complained(&older)
    );
    let other = rows.replacen("# declarations: ", "# declarations: x", 1);
    fs::write(folder.path().join("other.csv"), other).unwrap();
    let other = run(&["--ensemble", "other.csv"], "other");
    assert!(complained(&other).contains("with other parameters of the model"), "{}", complained(&other));
}

#[test]
fn what_cannot_be_fitted_is_refused_with_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("falls.csv", "month,falls,bed days\n2014-11,1,400\n2014-12,2,400\n2015-01,0,400\n2015-02,1,400\n");
    write("waits.csv", "month,wait\n2014-11,7.5\n2014-12,8\n2015-01,9\n");
    write("wards.csv", "month,ward,done,seen\n2014-11,A,1,4\n2014-11,B,2,4\n2014-12,A,2,4\n2014-12,B,2,4\n");
    let data = ward();
    let ward = ["--data", data.as_str(), "--start", "Feb 2020"];
    for (words, what) in [
        (&["--data", "waits.csv", "--start", "2014-11"][..], "not beside other values"),
        (&["--data", "falls.csv", "--start", "2014-11"], "4 events in the weeks of the scenario, and 10 or more"),
        (&[&ward[..], &["--free", "incidents.prevented"]].concat(), "the data are shares of what is done"),
        (&[&ward[..], &["--sheet", "A"]].concat(), "--sheet A: the file is no Excel workbook"),
        (&["--data", "wards.csv", "--start", "2014-11", "--unit", "ward"], "has 2 units (A and B)"),
        (&["--data", "none.csv", "--start", "2014-11"], "none.csv: no such file"),
        (&["--data", data.as_str(), "--start", "soon"], "--start soon"),
        (&["--data", data.as_str(), "--start", "Feb 1990"], "0 points in the weeks of the scenario"),
        (&[&ward[..], &["--uncertain"]].concat(), "--uncertain draws parameters"),
        (&[&ward[..], &["--runs", "10"]].concat(), "candidates go from 64"),
        (&[&ward[..], &["--free", "setting.nothing"]].concat(), "--free"),
        (&[&ward[..], &["--free", "setting.units"]].concat(), "no whole number"),
        (&[&ward[..], &["--know", "setting.culture"]].concat(), "--know setting.culture: write PATH=VALUE"),
        (&[&ward[..], &["--with", "x: setting.agency=0.3"]].concat(), "has another place"),
        (&[&ward[..], &["--with", "nothing_like_it"]].concat(), "nothing_like_it"),
        (&[&ward[..], &["--set", "run.follow_up=20"]].concat(), "run.follow_up="),
    ] {
        let refused = dewpoint(folder.path(), &[&["fit", "evaporating_ward"][..], words].concat());
        assert_eq!(refused.status.code(), Some(2), "{words:?}: {}", complained(&refused));
        assert!(complained(&refused).contains(what), "{words:?}: {}", complained(&refused));
    }
    let rows = dewpoint(folder.path(), &["run", "evaporating_ward", "--ensemble", "wards.csv"]);
    assert!(
        rows.status.code() == Some(2) && complained(&rows).contains("--ensemble wards.csv: line 1"),
        "{}",
        complained(&rows)
    );
}
