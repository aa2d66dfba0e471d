//! Shards: work that several processes share gives the bytes of one that did it all, in whatever order they come, whatever
//! they leave undone, and whatever is lost of what they did.
#![cfg(feature = "cli")]
mod made;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicU64, Ordering},
    thread::sleep,
    time::{Duration, Instant},
};

use clap::Parser;
use dewpoint::{
    cli::{Failure, compare, explain, run, sensitivity, stress, sweep},
    ensemble::{Engine, Simulation},
    model::Pair,
    scenario::Scenario,
};
use made::{contents, manifest_of_any_day, temporary};

#[derive(Parser)]
enum Asked {
    Run(run::Options),
    Compare(compare::Options),
    Sweep(sweep::Options),
    Sensitivity(sensitivity::Arguments),
    Stress(stress::Options),
    Explain(explain::Options),
}

/// A small world, so that all of them are quick.
const SMALL: &str = "--set setting.organisations=2 --set setting.units=2 --set setting.staff=8 --threads 2 --quiet";

/// The model, and how often it was asked for a run.
struct Counting<'c>(&'c AtomicU64);

impl Engine for Counting<'_> {
    fn ready(&self, scenarios: &[&Scenario]) -> impl Fn(u64, u64) -> Vec<Pair> + Sync {
        let (simulate, many) = (Simulation.ready(scenarios), scenarios.len() as u64);
        move |seed, replicate| {
            self.0.fetch_add(many, Ordering::SeqCst);
            simulate(seed, replicate)
        }
    }

    fn family(&self, scenario: &Scenario) -> Option<u64> {
        Simulation.family(scenario)
    }
}

/// Does what `line` asks for; returns how many runs that took, and what was written to stdout.
fn execute(line: &str, out: &Path) -> Result<(u64, String), Failure> {
    let (runs, mut text) = (AtomicU64::new(0), Vec::new());
    let line = format!("x {line} {SMALL} --out {}", out.display());
    let engine = Counting(&runs);
    match Asked::parse_from(line.split_whitespace()) {
        Asked::Run(options) => run::run(&mut text, &options, engine),
        Asked::Compare(options) => compare::run(&mut text, &options, engine),
        Asked::Sweep(options) => sweep::run(&mut text, &options, engine),
        Asked::Sensitivity(arguments) => sensitivity::run(&mut text, &arguments, engine),
        Asked::Stress(options) => stress::run(&mut text, &options, engine),
        Asked::Explain(options) => explain::explain(&mut text, &options, engine),
    }?;
    Ok((runs.into_inner(), String::from_utf8(text).unwrap()))
}

/// The same, of which nothing goes wrong.
fn does(line: &str, out: &Path) -> (u64, String) {
    execute(line, out).unwrap_or_else(|failure| panic!("{line}: {failure:?}"))
}

fn sibling(out: &Path) -> PathBuf {
    out.with_file_name(format!(".{}.partial", out.file_name().unwrap().display()))
}

/// Whether the folders hold the same files with the same bytes, and nothing is left beside the first.
#[track_caller]
fn same(line: &str, one: &Path, other: &Path) {
    let (ours, theirs) = (contents(one), contents(other));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, bytes) in &ours {
        assert!(bytes == &theirs[name], "{line}: {name} differs");
    }
    assert_eq!(manifest_of_any_day(one), manifest_of_any_day(other));
    assert!(!sibling(one).exists());
}

/// Every shard in the order of `numbers`, again and again until there is nothing left to do for any; returns how many runs
/// and stages that took.
fn all_stages(line: &str, out: &Path, numbers: &[u64]) -> (u64, u64) {
    let mut runs = 0;
    for stage in 1..=20 {
        let mut last = String::new();
        for number in numbers {
            let (took, said) = does(&format!("{line} --shard {number}/{}", numbers.len()), out);
            assert!(!out.exists() && said.contains(&format!("shard {number} of {}: ", numbers.len())), "{said}");
            (runs, last) = (runs + took, said);
        }
        if last.contains("all runs are there") {
            return (runs, stage);
        }
    }
    panic!("{line}: no end after 20 stages, {runs} runs");
}

/// Commands, and how many runs of their own they simulate once more whoever made the rest: those of which they show more
/// than is kept.
const LINES: [(&str, u64); 10] = [
    ("run spi1 --runs 70", 1),
    ("run change_fatigue --runs 33 --no-report --json", 0),
    ("run spi1 --runs 900 --precision 0.02 --no-report", 0),
    ("run spi1 --runs 20 --uncertain=8 --no-assumptions", 1),
    ("compare spi1 spi2 --with programme.0.incentives.sanction=0 --runs 40", 0),
    ("compare spi1 --with programme.0.incentives.sanction=0 --precision 0.03 --runs 400 --no-report", 0),
    ("sweep spi1 --runs 20 --vary setting.turnover=0.5..2 --vary setting.culture --points 12", 0),
    ("sensitivity spi1 --runs 2 --over setting --trajectories 2 --top 2 --base 8 --no-report", 0),
    (
        "stress spi1 --runs 20 --shocks staff_exodus,budget_cut --times 1 --severity mild --points 64 --runs-a-point 1 \
         --no-report",
        0,
    ),
    ("explain change_fatigue --runs 20 --only lost --months 12 --no-report", 0),
];

#[test]
fn shards_in_any_order_give_the_bytes_of_one_machine() {
    for (place, (line, once_more)) in LINES.into_iter().enumerate() {
        let (_temporary, smooth) = temporary();
        let (alone, said) = does(line, &smooth);
        let order: &[u64] = [&[1, 2, 3][..], &[3, 1, 2], &[2, 1]][place % 3];
        let out = smooth.with_file_name("made_by_shards");
        let (shared, stages) = all_stages(line, &out, order);
        let (joined, answer) = does(line, &out);
        assert_eq!(joined, once_more, "{line}: simulated when all was there");
        // A shard that comes to the end makes once more what the answer needs; precision looks ahead.
        let precise = line.contains("--precision");
        assert!(precise || shared <= alone + order.len() as u64, "{line}: {shared} runs, {alone} alone");
        assert!(stages <= 12, "{line}: {stages} stages");
        assert_eq!(answer.replace("made_by_shards", "results"), said, "{line}");
        same(line, &out, &smooth);
    }
}

#[test]
fn what_is_missing_cut_short_or_half_done_is_simulated() {
    for line in [LINES[0].0, LINES[1].0, LINES[4].0, LINES[6].0] {
        let (_temporary, smooth) = temporary();
        let (alone, _) = does(line, &smooth);
        let out = smooth.with_file_name("made_by_shards");
        // Two shards that were dealt something, whichever these are; of the others nothing is there.
        let mut dealt = Vec::new();
        for number in [3, 1, 2, 4] {
            let journal = sibling(&out).join(format!("shard-{number}.journal"));
            if dealt.len() < 2 {
                does(&format!("{line} --shard {number}/4"), &out);
                dealt.extend(fs::metadata(&journal).is_ok_and(|about| about.len() > 0).then_some(journal));
            }
        }
        assert_eq!(dealt.len(), 2, "{line}");
        let bytes = fs::read(&dealt[0]).unwrap();
        fs::write(&dealt[0], &bytes[..bytes.len() * 2 / 3]).unwrap();
        let (joined, _) = does(line, &out);
        assert!(joined > 1 && joined < alone, "{line}: {joined} of {alone}");
        same(line, &out, &smooth);
    }
}

#[test]
fn more_runs_than_the_shards_made_and_fewer_are_answered_too() {
    for (made, asked) in [("--runs 40", "--runs 50"), ("--runs 50", "--runs 40")] {
        let (_temporary, out) = temporary();
        let line = "run spi1 --no-report";
        all_stages(&format!("{line} {made}"), &out, &[1, 2]);
        let (joined, _) = does(&format!("{line} {asked}"), &out);
        assert_eq!(joined, if asked == "--runs 50" { 10 } else { 0 });
        let smooth = out.with_file_name("smooth");
        does(&format!("{line} {asked}"), &smooth);
        same(line, &out, &smooth);
    }
}

#[test]
fn a_shard_goes_on_where_it_was_and_makes_nothing_twice() {
    let (_temporary, out) = temporary();
    let line = "compare spi1 spi2 --runs 100 --no-report";
    let (first, said) = does(&format!("{line} --shard 2/3"), &out);
    assert!(first > 0 && said.contains("its share is done") && said.contains("are missing"), "{said}");
    assert_eq!(does(&format!("{line} --shard 2/3"), &out).0, 0);
    let json = does(&format!("{line} --shard 2/3 --json"), &out).1;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["shard"]["number"], json["missing"].as_u64()), (&2.into(), Some(200 - first)));
}

/// Waits until the file at `path` has grown, however slow the machine is.
fn wait_until_it_grows(path: &Path) {
    let (size, begun) = (|| fs::metadata(path).map_or(0, |about| about.len()), Instant::now());
    let before = size();
    while size() <= before {
        assert!(begun.elapsed() < Duration::from_secs(120), "nothing was written");
        sleep(Duration::from_millis(2));
    }
}

#[test]
fn shards_go_on_from_what_one_machine_had_begun() {
    let (_temporary, out) = temporary();
    let line = "run spi1 --runs 2500 --no-report";
    let begun = format!("{line} {SMALL} --checkpoint-seconds 0 --out {}", out.display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    let mut child = command.args(begun.split_whitespace()).spawn().unwrap();
    // Killed while it writes its second state, so that the first is whole.
    (0..2).for_each(|_| wait_until_it_grows(&sibling(&out).join("journal")));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!out.exists(), "it had ended before it was killed");
    let (shared, _) = all_stages(line, &out, &[2, 1]);
    assert!(shared > 0 && shared < 2500, "{shared} runs");
    assert_eq!(does(line, &out).0, 0);
    let smooth = out.with_file_name("smooth");
    does(line, &smooth);
    same(line, &out, &smooth);
}

#[test]
fn shards_of_another_question_or_number_are_refused() {
    let (_temporary, out) = temporary();
    let line = "run spi1 --runs 20 --no-report";
    does(&format!("{line} --shard 1/2"), &out);
    for (other, says) in [
        (format!("{line} --shard 2/3"), "do not divide the same work"),
        (format!("{line} --seed 9 --shard 2/2"), "another question"),
        (format!("{line} --seed 9"), "another question"),
    ] {
        let refused = execute(&other, &out);
        assert!(matches!(&refused, Err(Failure::Failed(what)) if what.contains(says)), "{other}: {refused:?}");
    }
    assert!(sibling(&out).join("shard-1.journal").exists());
    // Once the answer is there, a shard has nothing to do.
    does(line, &out);
    assert!(does(&format!("{line} --shard 2/2"), &out).1.contains("all runs are there"));
    assert!(!sibling(&out).exists());
}

/// The program itself, which says how it went by its exit code.
fn program(folder: &Path, line: &str) -> Output {
    let line = format!("{line} {SMALL}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    command.args(line.split_whitespace()).current_dir(folder).output().unwrap()
}

#[test]
fn processes_of_one_machine_share_a_work_and_join_it() {
    let (temporary, smooth) = temporary();
    let line = "run spi1 --runs 40";
    does(line, &smooth);
    let made = program(temporary.path(), &format!("cluster local --shards 3 -- {line} --out joined"));
    assert!(made.status.success() && String::from_utf8_lossy(&made.stdout).contains("Files in joined:"), "{made:?}");
    same(line, &smooth.with_file_name("joined"), &smooth);
    let wrong = program(temporary.path(), "cluster local --shards 2 -- run spi1 --rums 3");
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
    let wrong = program(temporary.path(), "cluster local --shards 2 -- run nothing_like_it");
    assert_eq!(wrong.status.code(), Some(2), "{wrong:?}");
}

#[test]
fn scripts_for_slurm_are_written_and_only_ours_are_written_anew() {
    let (temporary, _) = temporary();
    let line = "cluster slurm --shards 5 --partition long -- run spi1 --runs 1000 --out r";
    for _ in 0..2 {
        let made = program(temporary.path(), line);
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(made.status.success(), "{made:?}");
        assert!(said.starts_with("1,000 runs expected") && said.contains("sh dewpoint-run-spi1.submit.sh"), "{said}");
    }
    let script = fs::read_to_string(temporary.path().join("dewpoint-run-spi1.slurm.sh")).unwrap();
    for part in ["#SBATCH --array=1-5\n", "#SBATCH --partition=long\n", "#SBATCH --time=0-00:", "--out r --"] {
        assert!(script.contains(part), "{part}: {script}");
    }
    fs::write(temporary.path().join("dewpoint-run-spi1.join.sh"), "mine").unwrap();
    let refused = program(temporary.path(), line);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(1) && said.contains("is none of ours"), "{said}");
}
