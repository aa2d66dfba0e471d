//! The program itself: exit codes, streams, and what needs the real engine.
#![cfg(feature = "cli")]
use std::{
    io::{BufRead, BufReader},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

fn dewpoint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dewpoint")).args(arguments).output().unwrap()
}

#[test]
fn bad_input_is_exit_code_2_and_said_on_stderr() {
    for arguments in [
        &["run", "no such scenario"][..],
        &["run", "spi1", "--set", "x.y=1"],
        &["run", "spi1", "--runs", "0"],
        &["fly"],
    ] {
        let output = dewpoint(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && output.stderr.starts_with(b"error: "), "{output:?}");
    }
}

#[test]
fn a_folder_is_called_a_folder() {
    for command in ["run", "check"] {
        let output = dewpoint(&[command, "."]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(".: is a folder"), "{output:?}");
    }
}

#[test]
fn metrics_are_listed() {
    let output = dewpoint(&["metrics"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("net_gain_24_months_after [points]"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dewpoint"))
        .arg("metrics")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn the_real_engine_gives_the_same_digest_on_any_number_of_threads() {
    let temporary = tempfile::tempdir().unwrap();
    let digest = |threads: &str| {
        let out = temporary.path().join(threads);
        let mut arguments = vec!["run", "spi1", "--runs", "8", "--json", "--quiet", "--threads", threads];
        arguments.extend(["--set", "setting.organisations=2", "--out", out.to_str().unwrap()]);
        let output = dewpoint(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["digest"].as_str().unwrap().to_owned()
    };
    let digests = ["1", "2"].map(digest);
    assert!(!digests[0].is_empty());
    assert_eq!(digests[0], digests[1]);
}

#[test]
fn the_classroom_is_written_to_a_file() {
    let temporary = tempfile::tempdir().unwrap();
    let file = temporary.path().join("class.html");
    let output = dewpoint(&["teach", "--save", file.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("id=\"engine\""));
    assert!(String::from_utf8_lossy(&output.stdout).contains("no network is needed"));
}

/// The words in angle brackets after options that take a number.
const COUNTED: [&str; 8] = ["N", "S", "R", "K", "DRAWS", "PORT", "X", "GAIN"];

/// Every option that takes a number: command, option with its `=`, and what stands for the number.
fn options_that_count() -> Vec<(String, String, String)> {
    let help = |arguments: &[&str]| String::from_utf8(dewpoint(arguments).stdout).unwrap();
    let program = help(&["--help"]);
    let commands = program.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> =
        commands.filter_map(|line| line.trim().split(' ').next()).filter(|name| *name != "help").collect();
    let mut found = Vec::new();
    for command in names {
        for line in help(&[command, "--help"]).lines() {
            let Some((option, rest)) = line.split_once('<') else { continue };
            let Some(option) = option.split_whitespace().find(|word| word.starts_with("--")) else { continue };
            let value = rest.split('>').next().unwrap_or_default();
            if COUNTED.contains(&value) {
                let option = option.trim_end_matches(['[', '=']);
                found.push((command.to_owned(), format!("{option}="), value.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_option_that_counts_has_a_limit_that_is_said() {
    let found = options_that_count();
    let known = "runs seed threads uncertain points times runs-a-point fails-below top base trajectories months post \
                 organisation replicate waves rows active port precision";
    for option in known.split_whitespace() {
        assert!(found.iter().any(|(_, other, _)| *other == format!("--{option}=")), "{option} is not among {found:?}");
    }
    assert!(found.len() > 40, "{found:?}");
    let mut asked: Vec<Vec<String>> = Vec::new();
    for (command, option, value) in found {
        let seconds = (value == "N").then(|| (command.clone(), "--checkpoint-seconds=".to_owned()));
        for (command, option) in [(command.clone(), option)]
            .into_iter()
            .chain(seconds.filter(|(name, _)| name != "teach" && name != "chart"))
        {
            for absurd in ["1000000000000", "1000000000000000000000000000000", "-5", "many"] {
                // Luck may have as many seeds as that.
                if value == "S" && absurd.len() == 13 {
                    continue;
                }
                let mut words = vec![command.clone()];
                words.extend(
                    ["run", "compare", "sweep", "sensitivity", "stress", "explain", "story", "chart", "fit"]
                        .contains(&command.as_str())
                        .then(|| "spi1".into()),
                );
                words.extend(
                    (command == "fit").then(|| ["--data=none.csv".into(), "--start=1".into()]).into_iter().flatten(),
                );
                words.extend((command == "sweep").then(|| "--vary=setting.turnover=1,2".into()));
                words.extend(option.contains("organisation").then(|| "--post=1".into()));
                words.push(format!("{option}{absurd}"));
                asked.push(words);
            }
        }
    }
    asked.sort();
    asked.dedup();
    for words in &asked {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        refused(&words, &["from ", "above ", "12, 24 or 36"]);
    }
}

/// What multiplies: each number by itself is allowed, all together are not.
#[test]
fn what_is_too_much_in_all_is_refused_with_what_is_allowed() {
    for line in [
        "sweep spi1 --vary setting.turnover=1..3:1000000000000",
        "sweep spi1 --vary setting.turnover=1..3:1000 --vary setting.culture=0..1:1000 --vary setting.staff=4..200:100",
        "sweep spi1 --vary setting.turnover=1..3 --points 1000000 --runs 1000000",
        "sensitivity spi1 --over all --trajectories 10000 --runs 1000000",
        "stress spi1 --points 100000 --runs-a-point 1000",
        "compare spi1 --with other:setting.turnover=2 --runs 1000000 --set setting.organisations=1000000000000",
        "run spi1 --set run.runs=1000000000000",
        "run spi1 --set programme.0.start=1000000000000",
        "validate --runs 1000000",
        "calibrate --runs 1000000 --points 10000 --waves 20 --rows 10000",
        "story spi1 --post 10000000",
        "story spi1 --post 1 --organisation 10000000",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        refused(&words, &["more than", "above", "from ", "the most", "at most"]);
    }
}

/// The answer is no, in a moment, and says one of `limits`.
fn refused(words: &[&str], limits: &[&str]) {
    let temporary = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let output =
        Command::new(env!("CARGO_BIN_EXE_dewpoint")).args(words).current_dir(temporary.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {said}");
    assert!(output.stdout.is_empty() && said.contains("error: ") && !said.contains("panicked"), "{words:?}: {said}");
    assert!(limits.iter().any(|limit| said.contains(limit)), "{words:?} is told no limit: {said}");
    assert!(std::fs::read_dir(temporary.path()).unwrap().next().is_none(), "{words:?} leaves something");
    assert!(begun.elapsed() < Duration::from_secs(10), "{words:?}: {:?}", begun.elapsed());
}

/// What the command says before `part`, and how long that took; then it is ended.
fn waits_for(line: &str, part: &str) -> (String, Duration) {
    let temporary = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dewpoint"))
        .args(line.split(' '))
        .current_dir(temporary.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let (mut said, mut found) = (String::new(), false);
    for line in lines {
        said += &format!("{line}\n");
        found = line.contains(part);
        if found {
            break;
        }
    }
    let took = begun.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(found, "{line} ended without \"{part}\": {said}");
    (said, took)
}

#[test]
fn how_long_it_takes_is_said_of_all_of_it_and_before_a_run_that_takes_long() {
    // The first of its questions takes a moment, the others an hour.
    let (said, _) = waits_for("stress spi1 --runs 400 --threads 1", "at this pace about");
    assert!(said.contains("hour") || said.contains("minutes"), "{said}");
    // A single run takes minutes: nobody can wait for it to learn that.
    let country = "--set setting.organisations=400 --set setting.units=200";
    let (said, took) = waits_for(&format!("run spi1 --runs 20 --threads 1 {country}"), "at the usual pace about");
    assert!(said.contains("20 runs of up to") && took < Duration::from_secs(5), "{took:?} {said}");
}
