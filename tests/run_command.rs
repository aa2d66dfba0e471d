//! `run` from options to results folder, with a made-up engine: what it writes, and what it refuses.
#![cfg(feature = "cli")]
mod made;

use std::{collections::BTreeMap, fs, path::Path};

use clap::Parser;
use dewpoint::{
    cli::{
        Failure,
        run::{Options, run},
    },
    model::Pair,
    output::folder::Folder,
    scenario::Scenario,
};
use made::{contents, manifest, temporary};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// An engine whose gain is 0.2 in the weeks of support, give or take some luck.
fn made_up(scenario: &Scenario) -> impl Fn(u64, u64) -> Pair + Sync + use<> {
    made::engine(scenario, |_, luck| 0.2 * (0.5 + luck))
}

/// `run spi1` with a small setting and further arguments, results in `out`.
fn run_with(out: &Path, further: &[&str]) -> Result<String, Failure> {
    let mut arguments = vec!["run", "spi1", "--quiet", "--set", "setting.organisations=2", "--out"];
    let out = out.to_string_lossy();
    arguments.push(&out);
    arguments.extend(further);
    let options = Arguments::try_parse_from(arguments).map_err(|error| Failure::Input(error.to_string()))?.options;
    let mut written = Vec::new();
    run(&mut written, &options, made_up).map(|()| String::from_utf8(written).unwrap())
}

#[track_caller]
fn check_failed(result: Result<String, Failure>, parts: &[&str]) {
    let Err(Failure::Failed(message) | Failure::Input(message)) = result else { panic!("{result:?}") };
    parts.iter().for_each(|part| assert!(message.contains(part), "{part} is missing: {message}"));
}

#[test]
fn it_leaves_a_summary_and_files_that_explain_themselves() {
    let (_temporary, out) = temporary();
    let text = run_with(&out, &["--runs", "20"]).unwrap();
    for part in ["20 runs", "24 months after", "50 % of it kept", "true (*)", "summary.csv"] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let files: Vec<String> = contents(&out).into_keys().collect();
    let expected = [
        "adverse_events.csv",
        "assumed_parameters.csv",
        "assumptions.csv",
        "columns.csv",
        "costs.csv",
        "outcomes.csv",
        "report.html",
        "summary.csv",
        "summary.json",
        "summary.md",
        "summary.txt",
        "units.csv",
        "weekly.csv",
    ];
    assert_eq!(files, expected);
    let manifest = manifest(&out);
    assert_eq!((manifest.runs, manifest.seed, manifest.failed, manifest.digest.len()), (20, 1, 0, 64));
    assert!(!out.with_file_name(".results.partial").exists());
}

#[test]
fn several_programmes_are_told_apart() {
    let (temporary, out) = temporary();
    let file = temporary.path().join("two.toml");
    let programmes = "[[programme]]\nname = \"first\"\n[[programme]]\nname = \"second\"\nstart = 160\n";
    fs::write(&file, format!("setting.organisations = 1\nsetting.units = 2\n{programmes}")).unwrap();
    let (file, out_text) = (file.to_string_lossy(), out.to_string_lossy());
    let options = Arguments::parse_from(["run", &file, "--runs", "12", "--quiet", "--out", &out_text]).options;
    let mut text = Vec::new();
    run(&mut text, &options, made_up).unwrap();
    let text = String::from_utf8(text).unwrap();
    for part in [
        "Programme \"first\": planned from week 26",
        "Programme \"second\": planned from week 160",
        "the programmes, seed",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    let lines = |name: &str| String::from_utf8_lossy(&contents(&out)[name]).lines().count() - 1;
    assert_eq!((lines("outcomes.csv"), lines("units.csv")), (12 * 2, 12 * 2 * 2));
}

#[test]
fn json_is_for_machines() {
    let (_temporary, out) = temporary();
    let json: serde_json::Value =
        serde_json::from_str(&run_with(&out, &["--runs", "20", "--json", "--seed", "5"]).unwrap()).unwrap();
    assert_eq!((&json["runs"], &json["seed"]), (&20.into(), &5.into()));
    let kept = &json["programmes"][0]["metrics"]["retained_share_24"];
    assert!((kept["value"].as_f64().unwrap() - 50.0).abs() < 1e-4 && kept["unit"] == "%", "{kept}");
}

/// Every number of a run is in points or percent, like its text: in tables, in JSON, and where one run is looked at alone.
#[test]
fn tables_have_the_points_that_sentences_have() {
    let (_temporary, out) = temporary();
    let text = run_with(&out, &["--runs", "20"]).unwrap();
    let files = contents(&out);
    let rows = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&files[name][..]);
        reader.records().map(|row| row.unwrap().iter().map(ToString::to_string).collect()).collect()
    };
    let columns = rows("columns.csv");
    let unit = |file: &str, column: &str| {
        columns.iter().find(|row| row[0] == file && row[1] == column).map(|row| row[2].clone()).unwrap()
    };
    assert!(columns.iter().all(|row| row[2] != "share"), "{columns:?}");
    // The made-up engine gains from 10 points to 30, and begins at 50 %.
    let outcomes = rows("outcomes.csv");
    for (metric, named, least, most) in [
        ("net_gain_at_end", "points", 10.0, 30.0),
        ("practice_before", "%", 50.0, 51.0),
        ("naive_gain", "points", 10.0, 32.0),
    ] {
        assert_eq!(unit("outcomes.csv", metric), named, "{metric}");
        let place = outcomes[0].iter().position(|name| name == metric).unwrap();
        let numbers: Vec<f64> = outcomes[1..].iter().map(|row| row[place].parse().unwrap()).collect();
        assert!(numbers.iter().all(|number| (least..=most).contains(number)), "{metric}: {numbers:?}");
    }
    let summary = rows("summary.csv");
    let gain = summary.iter().find(|row| row[1] == "net_gain_at_end").unwrap();
    assert_eq!(gain[2], "points");
    let said = format!("{:+.1}", gain[3].parse::<f64>().unwrap());
    assert!(text.contains(&said), "{said} is missing:\n{text}");
    let units = rows("units.csv");
    let place = units[0].iter().position(|name| name == "net_gain_at_end").unwrap();
    assert_eq!(
        (unit("units.csv", "net_gain_at_end"), unit("units.csv", "reached")),
        ("points".into(), "0 or 1".into())
    );
    assert!(units[1..].iter().all(|row| row[place].parse::<f64>().unwrap() > 9.0 && row[4] == "1"));
    let weekly = rows("weekly.csv");
    let practice: Vec<&Vec<String>> = weekly.iter().filter(|row| row[3] == "practice").collect();
    assert!(practice.iter().all(|row| row[4] == "points" && row[5].parse::<f64>().unwrap() >= 50.0));
    let options =
        Arguments::parse_from(["run", "spi1", "--set", "setting.organisations=2", "--replicate", "3"]).options;
    let mut alone = Vec::new();
    run(&mut alone, &options, made_up).unwrap();
    let alone = String::from_utf8(alone).unwrap();
    let line = alone.lines().find(|line| line.trim_start().starts_with("net_gain_at_end ")).unwrap();
    let own = outcomes[4][outcomes[0].iter().position(|name| name == "net_gain_at_end").unwrap()].clone();
    assert!(line.ends_with(&format!(" {own} points")), "{line} is not {own}");
}

#[test]
fn a_rerun_says_the_same_and_leaves_the_same_bytes() {
    let (_temporary, out) = temporary();
    let first = run_with(&out, &["--runs", "20"]).unwrap();
    let (files, made) = (contents(&out), manifest(&out));
    assert_eq!(run_with(&out, &["--runs", "20"]).unwrap(), first);
    assert_eq!((contents(&out), manifest(&out)), (files, made));
    run_with(&out, &["--runs", "30"]).unwrap();
    assert_eq!(manifest(&out).runs, 30);
}

#[test]
fn threads_change_no_byte() {
    let (_temporary, out) = temporary();
    let other = out.with_file_name("other");
    run_with(&out, &["--runs", "70", "--threads", "1"]).unwrap();
    run_with(&other, &["--runs", "70", "--threads", "8"]).unwrap();
    assert_eq!(manifest(&out).digest, manifest(&other).digest);
}

#[test]
fn precision_stops_early_and_a_rerun_knows() {
    let (_temporary, out) = temporary();
    run_with(&out, &["--precision", "0.05"]).unwrap();
    assert_eq!(manifest(&out).runs, 100);
    let made = manifest(&out);
    run_with(&out, &["--precision", "0.05"]).unwrap();
    assert_eq!(manifest(&out), made);
    check_failed(run_with(&out, &["--precision", "7"]), &["a share above 0 and below 1", "0.005"]);
    let short = run_with(&out, &["--precision", "0.05", "--set", "run.follow_up=60"]);
    check_failed(short, &["24 months", "run.follow_up=108"]);
}

#[test]
fn bad_changes_are_bad_input() {
    let (_temporary, out) = temporary();
    for (change, part) in [("setting.stafff=3", "staff"), ("setting.staff=1e9", "staff"), ("nonsense", "PATH=VALUE")] {
        let result = run_with(&out, &["--set", change]);
        assert!(matches!(result, Err(Failure::Input(_))), "{change}: {result:?}");
        check_failed(result, &["--set", part]);
    }
    assert!(!out.exists());
}

#[test]
fn what_is_not_ours_is_never_overwritten() {
    let (_temporary, out) = temporary();
    fs::create_dir(&out).unwrap();
    run_with(&out, &["--runs", "5"]).unwrap();
    let files = contents(&out);
    check_failed(run_with(&out, &["--set", "setting.units=3"]), &["another scenario", "--out"]);
    assert_eq!(contents(&out), files);

    fs::write(out.join("notes.txt"), "mine").unwrap();
    check_failed(run_with(&out, &["--runs", "6"]), &["notes.txt", "--out"]);
    fs::remove_file(out.join("notes.txt")).unwrap();
    // Every file counts, not only the tables; a changed one is named, kept, and not passed off as ours.
    for name in contents(&out).keys() {
        let whole = fs::read(out.join(name)).unwrap();
        fs::write(out.join(name), "mine").unwrap();
        check_failed(run_with(&out, &["--runs", "6"]), &["changed", name, "--out"]);
        check_failed(run_with(&out, &["--runs", "5"]), &["changed", name, "--out"]);
        assert_eq!(fs::read(out.join(name)).unwrap(), b"mine");
        fs::write(out.join(name), whole).unwrap();
    }

    let foreign = out.with_file_name("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.doc"), "years of work").unwrap();
    check_failed(run_with(&foreign, &[]), &["thesis.doc", "--out"]);
    check_failed(run_with(&foreign.join("thesis.doc"), &[]), &["a file", "--out"]);
    check_failed(run_with(&foreign.join("thesis.doc/below"), &[]), &["cannot write results"]);
}

#[test]
fn two_at_once_are_kept_apart() {
    let (_temporary, out) = temporary();
    let held = Folder::hold(&out).unwrap();
    check_failed(run_with(&out, &["--runs", "5"]), &["another dewpoint", "--out"]);
    held.release();
    run_with(&out, &["--runs", "5"]).unwrap();
}

#[test]
fn a_failed_replicate_is_a_row_with_its_reason_and_the_command_that_replays_it() {
    let (_temporary, out) = temporary();
    let out_text = out.to_string_lossy();
    let arguments = ["run", "spi1", "--fixed", "--runs", "20", "--set", "setting.organisations=2", "--out", &out_text];
    let options = Arguments::parse_from(arguments).options;
    let mut text = Vec::new();
    let failing = |scenario: &Scenario| {
        let engine = made_up(scenario);
        move |seed, replicate| {
            assert!(replicate != 7, "no more nurses");
            engine(seed, replicate)
        }
    };
    run(&mut text, &options, failing).unwrap();
    assert!(String::from_utf8(text).unwrap().contains("WARNING: 1 run failed"));
    let files = contents(&out);
    let failures = String::from_utf8_lossy(&files["failures.csv"]);
    let replay = "dewpoint run spi1 --set setting.organisations=2 --fixed --seed 1 --replicate 7";
    assert_eq!(failures, format!("replicate,reason,replay\n7,no more nurses,{replay}\n"));
    assert!(
        String::from_utf8_lossy(&files["outcomes.csv"])
            .lines()
            .any(|line| line.starts_with("7,") && line.contains("failed"))
    );
}

#[test]
fn uncertain_parameters_add_a_table_and_a_sentence_and_change_nothing_else() {
    let (_temporary, out) = temporary();
    let plain = run_with(&out, &["--runs", "12"]).unwrap();
    let before = contents(&out);
    let (_other, out) = temporary();
    let uncertain = run_with(&out, &["--runs", "12", "--uncertain=8"]).unwrap();
    let mut after = contents(&out);
    // The made-up engine knows no parameters: all is luck, apart from what 8 draws of 4 runs leave open.
    assert!(!plain.contains("uncertain") && uncertain.contains("parameters drawn from the posterior (8 draws)"));
    let table = String::from_utf8(after.remove("uncertainty.csv").unwrap()).unwrap();
    let gain = table.lines().find(|line| line.contains(",net_gain_24_months_after,")).unwrap();
    assert_eq!(gain.split(',').next_back(), Some("8"), "{gain}");
    for name in ["outcomes.csv", "summary.csv", "weekly.csv"] {
        assert!(before[name] == after[name], "{name}");
    }
    assert!(
        matches!(run_with(&out, &["--runs", "12", "--uncertain=3"]), Err(Failure::Input(what)) if what.contains("8 to"))
    );
}

#[test]
fn what_depends_on_assumptions_is_said_beside_the_results_and_changes_none_of_them() {
    let (_temporary, out) = temporary();
    let with = run_with(&out, &["--runs", "20"]).unwrap();
    let mut after = contents(&out);
    let (_other, out) = temporary();
    let without = run_with(&out, &["--runs", "20", "--no-assumptions"]).unwrap();
    let before = contents(&out);
    // The made-up engine knows no parameters: nothing depends on them.
    let line = with.lines().find(|line| line.starts_with("Assumptions: ")).unwrap();
    assert!(line.contains(" firm, 0 lean on them, 0 open (20 draws of "), "{line}");
    assert!(!without.contains("Assumptions"));
    let table = String::from_utf8(after.remove("assumptions.csv").unwrap()).unwrap();
    assert!(table.lines().count() > 3 && table.lines().skip(1).all(|row| row.contains(",firm,20,100,83.")), "{table}");
    assert!(after.remove("assumed_parameters.csv").is_some());
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for name in ["outcomes.csv", "summary.csv", "weekly.csv", "units.csv", "costs.csv"] {
        assert!(before[name] == after[name], "{name}");
    }
    let page = String::from_utf8_lossy(&after["report.html"]).into_owned();
    assert!(
        page.contains("Which conclusions depend on assumptions") && page.contains("in 20 of 20 draws (84 to 100 %)")
    );
    assert!(String::from_utf8_lossy(&after["summary.md"]).contains("**firm**"));
    let (_third, cluster) = temporary();
    run_with(&cluster, &["--runs", "20", "--no-report"]).unwrap();
    assert!(!cluster.join("assumptions.csv").exists());
    assert_eq!(manifest(&cluster).digest, manifest(&out).digest);
    // What --uncertain draws besides is for the variance alone.
    let (_fourth, out) = temporary();
    let uncertain = run_with(&out, &["--runs", "20", "--uncertain=16"]).unwrap();
    assert!(uncertain.contains("(16 draws)") && uncertain.contains("(20 draws of "), "{uncertain}");
}

#[test]
fn a_scenario_may_say_what_happens_on_a_ward_and_nothing_but_its_events_change() {
    let made = |further: &[&str]| {
        let (_temporary, out) = temporary();
        run_with(&out, &[&["--runs", "3"], further].concat()).unwrap();
        contents(&out)
    };
    let (usual, other) = (made(&[]), made(&["--set", "incidents.rate=20", "--set", "incidents.beds=30"]));
    let page = |files: &BTreeMap<String, Vec<u8>>| String::from_utf8_lossy(&files["report.html"]).into_owned();
    assert!(page(&usual).contains("24 beds, 8 events per 1,000 bed days"));
    assert!(page(&other).contains("30 beds, 20 events per 1,000 bed days"));
    // The files without their columns and rows of adverse events.
    let without_events = |bytes: &[u8]| -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let is_kept = |place: usize| rows.first().is_none_or(|head| !head[place].starts_with("adverse_events"));
        let row = |row: &csv::StringRecord| {
            let kept: Vec<&str> =
                row.iter().enumerate().filter(|(place, _)| is_kept(*place)).map(|(_, cell)| cell).collect();
            kept.join(",")
        };
        rows.iter().map(row).filter(|row| !row.contains(",adverse_events")).collect()
    };
    for (name, bytes) in usual.iter().filter(|(name, _)| name.ends_with(".csv") && *name != "adverse_events.csv") {
        assert!(without_events(bytes) == without_events(&other[name]), "{name}");
    }
    assert!(usual["adverse_events.csv"] != other["adverse_events.csv"]);
    let (_temporary, out) = temporary();
    let wrong = run_with(&out, &["--set", "incidents.prevented=2"]);
    assert!(matches!(&wrong, Err(Failure::Input(what)) if what.contains("from 0 to 1")), "{wrong:?}");
}

#[test]
fn a_manifest_speaks_of_plain_files_of_its_own_folder_only() {
    let (temporary, out) = temporary();
    run_with(&out, &["--runs", "5"]).unwrap();
    let path = out.join("manifest.json");
    let whole = fs::read_to_string(&path).unwrap();
    let outside = temporary.path().join("outside.csv");
    fs::write(&outside, "mine").unwrap();
    for name in ["../outside.csv", outside.to_str().unwrap(), "./outcomes.csv", "..", ""] {
        let mut manifest: serde_json::Value = serde_json::from_str(&whole).unwrap();
        manifest["files"].as_array_mut().unwrap().push(name.into());
        fs::write(&path, manifest.to_string()).unwrap();
        check_failed(run_with(&out, &["--runs", "5"]), &["changed", name, "--out"]);
    }
    fs::write(&path, &whole).unwrap();
    #[cfg(unix)]
    {
        // The very bytes, but behind a link.
        fs::rename(out.join("units.csv"), temporary.path().join("units.csv")).unwrap();
        std::os::unix::fs::symlink(temporary.path().join("units.csv"), out.join("units.csv")).unwrap();
        check_failed(run_with(&out, &["--runs", "5"]), &["changed", "units.csv"]);
    }
    assert_eq!(fs::read(outside).unwrap(), b"mine");
}

#[test]
#[cfg(unix)]
fn results_go_where_a_link_leads_and_the_link_stays() {
    let (temporary, out) = temporary();
    let (real, nowhere) = (temporary.path().join("real"), temporary.path().join("nowhere"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &out).unwrap();
    run_with(&out, &["--runs", "5"]).unwrap();
    run_with(&out, &["--runs", "6"]).unwrap();
    assert!(fs::symlink_metadata(&out).unwrap().is_symlink());
    assert_eq!(manifest(&real).runs, 6);
    std::os::unix::fs::symlink(temporary.path().join("missing"), &nowhere).unwrap();
    check_failed(run_with(&nowhere, &["--runs", "5"]), &["symbolic link", "--out"]);
    assert!(fs::symlink_metadata(&nowhere).unwrap().is_symlink());
}

#[test]
fn the_manifest_says_which_commit_where_there_is_a_checkout() {
    let (_temporary, out) = temporary();
    run_with(&out, &["--runs", "5"]).unwrap();
    let made = manifest(&out);
    assert_eq!(made.build.len(), 64);
    if Path::new(env!("CARGO_MANIFEST_DIR")).join(".git").exists() {
        let commit = made.commit.unwrap();
        let digits = commit.trim_end_matches("-changed");
        assert!(digits.len() >= 40 && digits.chars().all(|letter| letter.is_ascii_hexdigit()), "{commit}");
    }
}
