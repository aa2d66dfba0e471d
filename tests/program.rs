//! The program itself: exit codes, streams, and what needs the real engine.
#![cfg(feature = "cli")]
use std::process::{Command, Output, Stdio};

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
    assert!(String::from_utf8_lossy(&output.stdout).contains("net_gain_24_months_after [share]"));
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

/// With the real engine, or without a word while there is none.
#[test]
fn the_real_engine_gives_the_same_digest_on_any_number_of_threads() {
    let temporary = tempfile::tempdir().unwrap();
    let digest = |threads: &str| {
        let out = temporary.path().join(threads);
        let mut arguments = vec!["run", "spi1", "--runs", "8", "--json", "--quiet", "--threads", threads];
        arguments.extend(["--set", "setting.organisations=2", "--out", out.to_str().unwrap()]);
        let output = dewpoint(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if said.contains("the engine is on its way") {
            return None;
        }
        assert!(output.status.success(), "{said}");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        Some(json["digest"].as_str().unwrap().to_owned())
    };
    assert_eq!(digest("1"), digest("2"));
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
