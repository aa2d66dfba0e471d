//! `dewpoint validate`, from the outside, with the real model and three small patterns whose outcome is plain.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const PATTERNS: &str = r#"
[base]
ward = """
[setting]
organisations = 1
units = 2
staff = 8
[[programme]]
name = "it"
start = 9
planning = 4
active = 30
[run]
follow_up = 0
"""

[[pattern]]
id = "X1"
name = "Sticks wear down"
place = "nowhere"
support = "stated"
base = "ward"
arms = [{ name = "none", programme.0.incentives.sanction = 0 }, { name = "hard", programme.0.incentives.sanction = 1, programme.0.incentives.peer_audit = 0 }]
claims = [{ says = "Motivation falls.", metric = "motivation_at_end", expect = "hard < none" }]
[pattern.knockout]
what = "control crowds out nobody"
set = { parameters.motivation.sanction_crowding = 0 }

[[pattern]]
id = "X2"
name = "Sticks lift up"
place = "nowhere"
support = "stated"
base = "ward"
arms = [{ name = "none", programme.0.incentives.sanction = 0 }, { name = "hard", programme.0.incentives.sanction = 1, programme.0.incentives.peer_audit = 0 }]
claims = [{ says = "Motivation rises.", metric = "motivation_at_end", expect = "hard > none" }]
[pattern.knockout]
what = "control crowds out nobody"
set = { parameters.motivation.sanction_crowding = 0 }

[[pattern]]
id = "X3"
name = "Sticks wear down, for another reason"
place = "nowhere"
support = "stated"
base = "ward"
arms = [{ name = "none", programme.0.incentives.sanction = 0 }, { name = "hard", programme.0.incentives.sanction = 1, programme.0.incentives.peer_audit = 0 }]
claims = [{ says = "Motivation falls.", metric = "motivation_at_end", expect = "hard < none" }]
[pattern.knockout]
what = "nobody is praised"
set = { parameters.motivation.recognition = 0 }
"#;

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dewpoint")).arg("validate").args(arguments).current_dir(folder).output().unwrap()
}

/// The finding: what stands below the line that says what it is about.
fn finding(said: &str) -> &str {
    said.split_once("\n\n").map_or(said, |(_, rest)| rest)
}

#[test]
fn patterns_pass_fail_and_are_found_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.toml"), PATTERNS).unwrap();
    let asked = ["--patterns", "mine.toml", "--quick", "--document", "page.md"];
    let first = validate(folder.path(), &asked);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(finding(&said).starts_with("Of 3 patterns 1 passes, 1 fails, 1 is not emergent"), "{said}");
    assert!(said.contains("relaxed rules") && said.contains("the other way round"), "{said}");
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    for line in
        ["| X1 Sticks wear down | pass |", "| X2 Sticks lift up | fail |", "for another reason | not emergent |"]
    {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(folder.path().join("results/validate-quick/comparisons.csv").exists());

    // The file has numbers where the page has words.
    let table = fs::read_to_string(folder.path().join("results/validate-quick/patterns.csv")).unwrap();
    let mut rows = table.lines();
    assert_eq!(rows.next(), Some("pattern,result,effect,lower,upper,d,held,left,name"));
    for (row, sign) in rows.zip([1.0, -1.0, 1.0]) {
        let numbers: Vec<f64> = row.split(',').skip(2).take(5).map(|cell| cell.parse().unwrap()).collect();
        assert!(numbers[0] * sign > 0.0 && numbers[1] < numbers[0] && numbers[0] < numbers[2], "{row}");
        assert!((0.0..=100.0).contains(&numbers[4]), "{row}");
    }
    let arms = fs::read_to_string(folder.path().join("results/validate-quick/arms.csv")).unwrap();
    assert!(arms.starts_with("pattern,metric,arm,unit,mean,low,high,knocked_out\n") && !arms.contains('#'), "{arms}");

    // Asked again, nothing is run: the answer is there, and a page cannot be made of it.
    let again = validate(folder.path(), &asked);
    assert_eq!(String::from_utf8(again.stdout).unwrap(), said);
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("--out"));
}

#[test]
fn the_programme_is_said_to_be_that_of_each_claim() {
    let folder = tempfile::tempdir().unwrap();
    let refused = validate(folder.path(), &["P38", "--programme", "it"]);
    let said = String::from_utf8_lossy(&refused.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(refused.status.code() == Some(2) && said.contains("each claim says itself"), "{said}");
}

#[test]
fn an_unknown_pattern_is_refused_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let refused = validate(folder.path(), &["P46"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("no pattern is called P46") && said.contains("P45"), "{said}");
}

const TARGETS: &str = r#"
[base]
ward = "[setting]\norganisations = 1\nunits = 2\nstaff = 8\n[[programme]]\nname = \"it\"\nstart = 9\nplanning = 4\nactive = 40\n[run]\nfollow_up = 0\n"

[[target]]
id = "Y1"
name = "Something is gained"
says = "A programme gains something, and no miracle."
published = 10
from = -20
to = 60
unit = "points"
role = "validation"
source = "nobody"
verified = "memory"
transport = "low"
base = "ward"
arms = [{ name = "programme" }]
metric = "net_gain_at_end"
value = "programme"

[[target]]
id = "Y2"
name = "A miracle"
says = "A programme makes all care perfect."
published = 99
from = 90
to = 100
unit = "points"
role = "validation"
source = "nobody"
verified = "memory"
transport = "low"
base = "ward"
arms = [{ name = "programme" }]
metric = "net_gain_at_end"
value = "programme"
"#;

#[test]
fn published_figures_are_met_and_missed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.toml"), TARGETS).unwrap();
    let made = validate(folder.path(), &["--targets", "mine.toml", "--runs", "12", "--document", "page.md"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(finding(&said).starts_with("1 of 2 published figures are met (1 missed"), "{said}");
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    assert!(
        page.contains("## Published figures") && page.contains("| Y2 A programme makes all care perfect. |"),
        "{page}"
    );
    let report = fs::read_to_string(folder.path().join("results/validate/report.html")).unwrap();
    assert!(report.contains("The model meets 1 of 2 published figures."));
    let numbers = fs::read_to_string(folder.path().join("results/validate/targets.csv")).unwrap();
    assert!(numbers.lines().any(|line| line.starts_with("Y2,points,99")), "{numbers}");
    let one = validate(folder.path(), &["--targets", "mine.toml", "y2", "--runs", "12", "--out", "one", "--no-report"]);
    assert!(finding(&String::from_utf8(one.stdout).unwrap()).starts_with("0 of 1 published figures"));

    fs::write(folder.path().join("wrong.toml"), TARGETS.replace("to = 60", "to = -60")).unwrap();
    let refused = validate(folder.path(), &["--targets", "wrong.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("wrong.toml, line 6, Y1"));
}
