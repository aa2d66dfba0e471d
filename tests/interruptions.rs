//! Work that is stopped or killed at any moment, of one scenario and of an experiment: it ends with the bytes of work that
//! was never interrupted, whatever the journal holds besides, and leaves nothing behind.
#![cfg(feature = "cli")]
mod made;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use clap::Parser;
use dewpoint::{
    cli::{compare, run},
    model::Pair,
    scenario::Scenario,
};
use made::{contents, manifest, manifest_of_any_day, temporary};

#[derive(Parser)]
enum Asked {
    Run(run::Options),
    Compare(compare::Options),
}

/// A run with so many staff that only a few runs are in flight between two checkpoints.
const RUN: &str = "run spi1 --runs 150 --set setting.organisations=2 --set setting.staff=200";

/// An experiment, at the end of which parameters are drawn anew; a round, after which there may be a checkpoint, is some
/// twenty runs.
const COMPARE: &str =
    "compare carrots_and_sticks --with hard:programme.0.incentives.sanction=1 --runs 80 --set setting.staff=200";

/// What is to be stopped: how long it takes over a run, so that it is sure not to have ended before it is stopped.
const SLOW: Duration = Duration::from_millis(60);

/// Longer than any machine takes to a first checkpoint.
const PATIENCE: Duration = Duration::from_secs(120);

/// Work to be stopped or killed. Not a test by itself.
#[test]
#[ignore = "a process for the other tests to kill"]
fn child() {
    let pause = Duration::from_millis(std::env::var("DEWPOINT_TEST_PAUSE").unwrap().parse().unwrap());
    let (out, asked) = (std::env::var("DEWPOINT_TEST_OUT").unwrap(), std::env::var("DEWPOINT_TEST_ASKED").unwrap());
    let usual = ["--threads", "2", "--checkpoint-seconds", "0.02", "--out", &out];
    let slowly = |scenario: &Scenario| {
        // What is drawn of the parameters tells one scenario from another, as the model's own engine would.
        let tint = scenario.parameters.groups().iter().map(|(_, group)| group.get(0)).sum::<f32>() % 0.01;
        let engine = made::engine(scenario, move |programme, luck| made::by_the_stick(programme, luck) + tint);
        move |seed, replicate| -> Pair {
            sleep(pause);
            engine(seed, replicate)
        }
    };
    match Asked::parse_from(["x"].into_iter().chain(asked.split(' ')).chain(usual)) {
        Asked::Run(options) => run::run(&mut Vec::new(), &options, slowly).unwrap(),
        Asked::Compare(options) => compare::run(&mut Vec::new(), &options, slowly).unwrap(),
    }
}

/// Starts `child`, as a process of its own that takes at least `pause` over each run.
fn start(asked: &str, out: &Path, pause: Duration) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "child", "--nocapture"]).env("DEWPOINT_TEST_OUT", out);
    command.env("DEWPOINT_TEST_PAUSE", pause.as_millis().to_string()).env("DEWPOINT_TEST_ASKED", asked);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Does the work to its end and returns what was said.
fn finish(asked: &str, out: &Path) -> String {
    let ended = start(asked, out, Duration::ZERO).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
    said
}

fn sibling(out: &Path) -> PathBuf {
    out.with_file_name(".results.partial")
}

/// Starts `child`, slowly, and waits until its journal has grown, however slow the machine is.
fn start_and_await_checkpoint(asked: &str, out: &Path) -> Child {
    let journal = sibling(out).join("journal");
    let written = || fs::metadata(&journal).map_or(0, |about| about.len());
    let (before, begun) = (written(), Instant::now());
    let mut child = start(asked, out, SLOW);
    while written() <= before {
        if child.try_wait().unwrap().is_some() || begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let said = child.wait_with_output().unwrap().stderr;
            panic!("nothing was written: {}", String::from_utf8_lossy(&said));
        }
        sleep(Duration::from_millis(5));
    }
    child
}

/// Kills the work once its journal has grown and so many milliseconds have gone by; returns what it said until then.
fn kill_after(asked: &str, out: &Path, milliseconds: u64) -> String {
    let mut child = start_and_await_checkpoint(asked, out);
    sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    let said = child.wait_with_output().unwrap().stderr;
    assert!(!out.exists(), "it had ended before it was killed");
    String::from_utf8_lossy(&said).into_owned()
}

#[track_caller]
fn same(one: &Path, other: &Path) {
    let (ours, theirs) = (contents(one), contents(other));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, bytes) in &ours {
        assert!(bytes == &theirs[name], "{name} differs");
    }
    assert_eq!(manifest_of_any_day(one), manifest_of_any_day(other));
    assert!(!sibling(one).exists());
}

#[test]
fn kill_and_resume() {
    for (asked, runs) in [(RUN, 150), (COMPARE, 160)] {
        let (_temporary, out) = temporary();
        // Killed at several places: as soon as the next checkpoint is there, and some time into what follows.
        for (killed, milliseconds) in [0, 70, 13].into_iter().enumerate() {
            let said = kill_after(asked, &out, milliseconds);
            // A kill may tear the very record that made the journal grow; then nothing is left to go on from, and it says so.
            let goes_on = said.contains("continuing after") || said.contains("cut short");
            assert_eq!(goes_on, killed > 0, "{said}");
        }
        assert!(finish(asked, &out).contains("continuing after"));
        let smooth = out.with_file_name("smooth");
        assert!(!finish(asked, &smooth).contains("continuing"));
        assert_eq!(manifest(&out).runs, runs);
        same(&out, &smooth);
    }
}

/// Of runs that take long not even the first round is lost, which is sixteen of them: each is kept once it is done.
#[test]
fn what_takes_long_is_kept_within_the_first_round() {
    let large = RUN.replace("organisations=2", "organisations=20").replace("--runs 150", "--runs 40");
    let (_temporary, out) = temporary();
    let kept = |said: &str| {
        let after = said.split_once("continuing after ")?.1;
        after.split_once(' ')?.0.parse::<u64>().ok()
    };
    // A kill may tear the very record that was waited for.
    let found = (0..5).find_map(|_| {
        kill_after(&large, &out, 40);
        kept(&kill_after(&large, &out, 0))
    });
    assert!(found.is_some_and(|runs| (1..16).contains(&runs)), "{found:?}");
    // The second kill may have torn the record it waited for; what was there before it is not lost.
    assert!(kept(&finish(&large, &out)) >= found);
    let smooth = out.with_file_name("smooth");
    finish(&large, &smooth);
    same(&out, &smooth);
}

#[test]
fn another_seed_or_number_of_runs_in_the_same_place_is_as_if_nothing_had_been_there() {
    for (asked, other) in [(RUN, "--seed 2"), (COMPARE, "--seed 2"), (RUN, "--precision 0.01"), (COMPARE, "--seed 1")] {
        let (_temporary, out) = temporary();
        kill_after(&format!("{asked} --seed 1"), &out, 0);
        let other = format!("{asked} {other}").replace("--runs 80", "--runs 30");
        finish(&other, &out);
        let smooth = out.with_file_name("smooth");
        finish(&other, &smooth);
        same(&out, &smooth);
    }
}

#[test]
#[cfg(unix)]
fn a_stop_on_request_says_how_to_go_on() {
    for asked in [RUN, COMPARE] {
        let (_temporary, out) = temporary();
        let child = start_and_await_checkpoint(asked, &out);
        let asked_at = Instant::now();
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        let said = String::from_utf8_lossy(&child.wait_with_output().unwrap().stderr).into_owned();
        assert!(asked_at.elapsed() < Duration::from_secs(3), "{:?}", asked_at.elapsed());
        assert!(said.contains("stopped after") && said.contains("the same command continues from there"), "{said}");
        assert!(!out.exists() && sibling(&out).join("journal").exists());
    }
}

#[test]
fn a_damaged_journal_is_said_to_be_and_costs_time_only() {
    let (_temporary, out) = temporary();
    let journal = sibling(&out).join("journal");
    let smooth = out.with_file_name("smooth");
    finish(RUN, &smooth);
    fs::create_dir(sibling(&out)).unwrap();
    for damage in [&b"short"[..], &[7; 500]] {
        fs::write(&journal, damage).unwrap();
        assert!(finish(RUN, &out).contains("is damaged"));
        same(&out, &smooth);
        fs::remove_dir_all(&out).unwrap();
        fs::create_dir(sibling(&out)).unwrap();
    }
    fs::remove_dir(sibling(&out)).unwrap();
    kill_after(RUN, &out, 0);
    let mut bytes = fs::read(&journal).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&journal, bytes).unwrap();
    assert!(finish(RUN, &out).contains("is damaged"));
    same(&out, &smooth);
}

#[test]
fn what_a_kill_in_the_last_moment_leaves_is_cleaned_and_puts_nothing_back() {
    let (_temporary, out) = temporary();
    kill_after(RUN, &out, 0);
    let journal = fs::read(sibling(&out).join("journal")).unwrap();
    let leave = || {
        // Results are in place; the sibling is half cleaned.
        for folder in ["old", "replaced", "finished"] {
            fs::create_dir_all(sibling(&out).join(folder)).unwrap();
            fs::write(sibling(&out).join(folder).join("outcomes.csv"), "half").unwrap();
        }
        let path = sibling(&out).join("journal");
        fs::write(&path, &journal).unwrap();
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(3600)).unwrap();
    };
    finish(RUN, &out);
    let (files, made) = (contents(&out), manifest(&out));
    leave();
    assert!(finish(RUN, &out).contains("already holds"));
    assert!(!sibling(&out).exists() && contents(&out) == files && manifest(&out) == made);
    leave();
    let other = RUN.replace("--runs 150", "--runs 40");
    assert!(!finish(&other, &out).contains("continuing"));
    let smooth = out.with_file_name("smooth");
    finish(&other, &smooth);
    same(&out, &smooth);
}
