//! The command that results print, pasted into an empty folder, gives the same bytes: for every command and every option.
#![cfg(all(feature = "cli", unix))]
mod made;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use made::{contents, manifest};

/// A small world, so that all of them are quick.
const SMALL: &str = "--set setting.organisations=2 --set setting.units=2 --set setting.staff=8";

/// What is typed, as somebody would in a shell.
const ASKED: [&str; 33] = [
    "run change_fatigue --runs 20 --json --fixed --programme Flow",
    "run spi1 --runs 9 --seed 7 --threads 1 --uncertain=8 --no-assumptions",
    "run spi1 --runs 200 --precision 0.05 --no-report --uncertain",
    "run evaporating_ward --runs 4 --format parquet --set title='a, \"b\" and $c'",
    "compare spi1 spi2 --runs 6 --with 'no stick: programme.0.incentives.sanction=0, run.follow_up=120' --programme 0",
    "compare spi1 --with programme.0.incentives.sanction=0 --precision 0.2 --runs 100 --uncertain=8",
    "sweep spi1 --runs 3 --vary setting.turnover=0.5..2:3 --vary programme.0.incentives.sanction=0,1 \
     --metric net_gain_at_end --metric motivation_at_end --programme 0",
    "sweep spi1 --runs 2 --vary setting.turnover=0.5..2 --vary setting.culture --points 8 --sampling sobol --no-runs",
    "sensitivity spi1 --runs 2 --over setting --trajectories 2 --top 2 --base 8 --metric net_gain_at_end --programme 0",
    "sensitivity spi1 --runs 2 --trajectories 2 --top 0 --no-runs --paths parameters.fatigue setting.turnover=0.5..2",
    "stress spi1 --runs 4 --shocks staff_exodus,winter_surge --severity mild --times 1 --points 64 --runs-a-point 1 \
     --fails-below -0.05 --over setting.turnover=0.5..3 --over setting.agency",
    "stress spi1 --runs 4 --shocks budget_cut --times 2 --no-pairs --no-break-evens --points 0 --programme 0",
    "explain change_fatigue --runs 3 --only lost --months 12 --programme Dignity",
    "explain spi1 --runs 3 --only missed",
    "story spi1 --runs 3 --who nurse --programme 0 --against spi2",
    "story spi1 --runs 3 --post 3 --organisation 1 --replicate 1",
    "validate --quick P1 --patterns 'my patterns.toml' --runs 4 --document page.md",
    "validate P1 --without --quick --patterns 'my patterns.toml' --runs 2 --document page.md",
    "calibrate --targets 'my targets.toml' --paths parameters.motivation --waves 1 --points 24 --rows 16 --active 3 --runs 2 \
     --document page.md --ensemble rows.csv",
    "fit spi1 --data data.csv --start 2020-02 --numerator done --denominator seen --date month --runs 64 --programme 0 \
     --free setting.agency=0..0.3 --know setting.cynicism=0.2 --with 'kept: programme.0.sustain.embedding=0.8'",
    "fit spi1 --data wards.csv --date step --start 12 --value percent --unit ward --only A --every month --runs 64",
    "fit spi1 --data wards.csv --date step --start 12 --numerator done --denominator seen --unit ward --together --every month --runs 64",
    "fit spi1 --data rates.csv --date step --start 12 --events n --exposure days --unit ward --only A --every month --runs 64",
    "run spi1 --runs 4 --ensemble rows.csv",
    "compare spi1 --with 'kept: programme.0.sustain.embedding=0.8' --runs 4 --ensemble rows.csv --uncertain=8",
    "sweep spi1 --runs 2 --vary setting.turnover=0.5,2 --ensemble rows.csv --uncertain=8",
    "explain spi1 --runs 3 --only lost --ensemble rows.csv --uncertain=8",
    "stress spi1 --runs 4 --shocks budget_cut --times 1 --no-pairs --no-break-evens --points 0 --ensemble rows.csv --uncertain=8",
    "chart data.csv --numerator done --denominator seen --date month --kind p --baseline 12 --better up --start 2020-02 \
     --note '2020-02=the bundle' --ghost '2019-06=strike, half a day'",
    "chart data.csv --start 2020-02 --scenario ward.toml --programme 0 --set setting.baseline=0.6 --draws 16 --seed 2 \
     --break '2020-04=in use'",
    "chart rates.csv --date step --events n --exposure days --unit ward --only A --per 1000 --every month",
    "chart rates.csv --date step --value n --unit ward --only B --every week --limits 1,4,7",
    "chart rates.csv --date step --events n --exposure days --unit ward --together --every week --no-report --json",
];

/// A pattern and a figure of one's own.
const PATTERNS: &str = include_str!("report/patterns.toml");

/// Numbers of one's own: a proportion by month, and a rate of two wards by step.
fn numbers() -> [(&'static str, String); 3] {
    let month = |i: usize| format!("{}-{:02},{},40\n", 2019 + i / 12, i % 12 + 1, 20 + i * 7 % 9 + 8 * (i / 15));
    let step = |i: usize| format!("{i},A,{},{days}\n{i},B,{},{days}\n", 3 + i * 5 % 4, 3 + i * 3 % 4, days = 900 + i);
    let part = |i: usize| {
        let of = |ward: &str, done: usize| format!("{i},{ward},{done},40,{}%\n", done * 5 / 2);
        of("A", 20 + i * 5 % 7) + &of("B", 22 + i * 3 % 5)
    };
    let whole = |head: &str, lines: Vec<String>| format!("{head}\n{}", lines.concat());
    [
        ("data.csv", whole("month,done,seen", (0..30).map(month).collect())),
        ("rates.csv", whole("step,ward,n,days", (1..25).map(step).collect())),
        ("wards.csv", whole("step,ward,done,seen,percent", (1..25).map(part).collect())),
    ]
}

/// Figures of one's own, to fit parameters to.
const TARGETS: &str = include_str!("report/targets.toml");

fn shell(folder: &Path, line: &str) -> Vec<u8> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dewpoint"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh").args(["-c", line]).current_dir(folder).env("PATH", path).output().unwrap();
    assert!(output.status.success(), "{line}\n{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Rows of a fit in the small world.
fn rows() -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in numbers() {
        fs::write(folder.path().join(name), text).unwrap();
    }
    shell(folder.path(), &format!("dewpoint fit spi1 --data data.csv --start 2020-02 --runs 64 --quiet {SMALL}"));
    fs::read_to_string(results(folder.path()).join("ensemble.csv")).unwrap()
}

/// The only results folder below `folder`.
fn results(folder: &Path) -> PathBuf {
    let found: Vec<PathBuf> =
        fs::read_dir(folder.join("results")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

/// The lines, in the small world, apart from patterns and figures, which have scenarios of their own.
fn asked() -> impl Iterator<Item = String> {
    let own = |line: &str| ["validate", "calibrate", "chart"].iter().any(|command| line.starts_with(command));
    ASKED.into_iter().map(move |line| if own(line) { line.into() } else { format!("{line} {SMALL}") })
}

#[test]
fn the_printed_command_gives_the_same_bytes_in_an_empty_folder() {
    let rows = rows();
    for line in asked() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for folder in [&here, &there] {
            fs::write(folder.path().join("my patterns.toml"), PATTERNS).unwrap();
            fs::write(folder.path().join("my targets.toml"), TARGETS).unwrap();
            fs::write(folder.path().join("ward.toml"), include_str!("report/ward.toml")).unwrap();
            fs::write(folder.path().join("rows.csv"), &rows).unwrap();
            for (name, text) in numbers() {
                fs::write(folder.path().join(name), text).unwrap();
            }
        }
        let first = shell(here.path(), &format!("dewpoint {line} --quiet"));
        let made = results(here.path());
        let command = manifest(&made).command;
        assert!(command.starts_with("dewpoint ") && command.contains(" --seed "), "{command}");
        let files = contents(&made);
        if let (Some(page), Some(summary)) = (files.get("report.html"), files.get("summary.md")) {
            let (page, summary) = (String::from_utf8_lossy(page), String::from_utf8_lossy(summary));
            let escaped =
                command.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            assert!(page.contains(&escaped) || page.contains(&command), "{line}: {command}");
            assert!(summary.contains(&command), "{line}: {command}");
        }
        let again = shell(there.path(), &command);
        let remade = results(there.path());
        let other = contents(&remade);
        assert_eq!(files.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{command}");
        for (name, bytes) in &files {
            assert!(bytes == &other[name], "{name} differs: {command}");
        }
        assert_eq!(manifest(&made).checksums, manifest(&remade).checksums);
        assert_eq!(manifest(&made).digest, manifest(&remade).digest);
        if !line.contains("--json") {
            assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&again), "{command}");
        }
    }
}

/// Whoever adds an option adds it here too.
#[test]
fn every_option_of_every_command_that_simulates_is_pasted_above() {
    for command in [
        "run",
        "compare",
        "sweep",
        "sensitivity",
        "stress",
        "explain",
        "story",
        "validate",
        "calibrate",
        "chart",
        "fit",
    ] {
        let help = String::from_utf8(shell(Path::new("."), &format!("dewpoint {command} --help"))).unwrap();
        let options = help.lines().filter_map(|line| {
            let line = line.trim_start().trim_start_matches("-q, ");
            let option = line.strip_prefix("--")?.split([' ', '[', '=', '.']).next()?;
            option.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-').then_some(option)
        });
        // They write no results.
        let none = |option: &str| ["help", "list"].contains(&option) || (command == "run" && option == "replicate");
        // In common to all; some of them stand in one line, some in another.
        let all: Vec<String> = asked().collect();
        for option in options.filter(|option| !none(option)) {
            let common = [
                "runs",
                "seed",
                "threads",
                "out",
                "set",
                "fixed",
                "uncertain",
                "quiet",
                "json",
                "no-report",
                "no-assumptions",
                "format",
            ];
            let of_command = |line: &&String| common.contains(&option) || line.starts_with(command);
            let says = |line: &String| line.split([' ', '=']).any(|word| word == format!("--{option}"));
            let elsewhere = ["out", "quiet", "shard", "sheet"].contains(&option) || option == "targets";
            assert!(elsewhere || all.iter().filter(of_command).any(says), "{command} --{option} is tried nowhere");
        }
    }
}
