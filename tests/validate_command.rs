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

#[test]
fn patterns_pass_fail_and_are_found_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.toml"), PATTERNS).unwrap();
    let asked = ["--patterns", "mine.toml", "--quick", "--document", "page.md"];
    let first = validate(folder.path(), &asked);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(said.starts_with("Of 3 patterns 1 pass, 1 fail, 1 are not emergent"), "{said}");
    assert!(said.contains("relaxed rules") && said.contains("the other way round"), "{said}");
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    for line in
        ["| X1 Sticks wear down | pass |", "| X2 Sticks lift up | fail |", "for another reason | not emergent |"]
    {
        assert!(page.contains(line), "{line}\n{page}");
    }
    assert!(folder.path().join("results/validate-quick/comparisons.csv").exists());

    // Asked again, nothing is run: the answer is there, and a page cannot be made of it.
    let again = validate(folder.path(), &asked);
    assert_eq!(String::from_utf8(again.stdout).unwrap(), said);
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("--out"));
}

#[test]
fn an_unknown_pattern_is_refused_with_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let refused = validate(folder.path(), &["P46"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("no pattern is called P46") && said.contains("P45"), "{said}");
}
