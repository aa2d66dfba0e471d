//! Bad input on purpose: what is said, word for word, about wrong scenario files.
//!
//! Each case is a patch of one good file: `old => new`. The expected messages are kept in `scenario_errors.txt`, to be read
//! as a user would read them; `RENEW=1 cargo test` writes them again.

use std::fmt::Write;

use dewpoint::scenario::{Extent, Scenario, bundled, load};
use proptest::prelude::*;

const GOOD: &str = r#"# A good example.
title = "Good"
extends = "settings/england.toml"

[setting]
units = 4
turnover = 1.2
unit_leader = "nurse"

[[profession]]
name = "nurse"
share = 0.8

[[profession]]
name = "manager"
share = 0.2

[[programme]]
name = "First"
start = 26

[programme.reach]
target = "receptive"

[programme.incentives]
sanction = 0.6

[[programme]]
name = "Second"
active = 52

[shocks.winter]
winter_surge = { at = 90, size = 0.2 }

[run]
runs = 100

[parameters.practice]
will_weight = 2
"#;

/// What is replaced, and by what.
const CASES: &[(&str, &str)] = &[
    // Numbers as other places write them.
    ("sanction = 0.6", "sanction = 0,6"),
    ("sanction = 0.6", "sanction = 60 %  # of wards"),
    ("sanction = 0.6", "sanction = \"0,6\""),
    // Budgets.
    ("start = 26", "budget = 0"),
    ("start = 26", "budget = -5_000"),
    ("start = 26", "budget = 1e12"),
    ("start = 26", "budget = \"much\""),
    ("start = 26", "budgett = 5_000"),
    ("start = 26\n", "budget = 5_000\n\n[programme.measurement]\nburden = 0.4\n"),
    // Names that mean nothing.
    ("sanction = 0.6", "sancton = 0.6"),
    ("units = 4", "unit = 4"),
    ("title =", "titel ="),
    // A choice that there was in earlier versions, whatever it says, in any file.
    ("title = \"Good\"", "title = \"Good\"\nmodel = \"full\""),
    ("title = \"Good\"", "title = \"Good\"\nmodel = 3"),
    ("settings/england.toml", "older.toml"),
    ("[setting]", "[settings]"),
    ("[shocks.winter]", "[shock.winter]"),
    ("[programme.incentives]", "[programme.incentive]"),
    ("[parameters.practice]", "[parameters.practise]"),
    ("will_weight", "will_wait"),
    ("winter_surge", "winter"),
    ("size = 0.2", "sise = 0.2"),
    ("runs = 100", "replicates = 100"),
    ("share = 0.8", "share = 0.8\nleave = 0.1"),
    ("units = 4", "xyzzy = 4"),
    ("units = 4", "\"\" = 4"),
    ("units = 4", "ünits = 4"),
    // The right name in the wrong place.
    ("start = 26", "start = 26\nsanction = 0.6"),
    ("sanction = 0.6", "sanction = 0.6\ntraining = 0.5"),
    ("title = \"Good\"", "title = \"Good\"\nturnover = 2"),
    ("[programme.reach]", "[reach]"),
    ("[shocks.winter]\nwinter_surge", "[shocks]\nwinter_surge"),
    ("[shocks.winter]\nwinter_surge = { at = 90, size = 0.2 }", "[shocks.winter]\nat = 90"),
    ("[parameters.practice]\n", "[parameters]\n"),
    // Values of the wrong type.
    ("sanction = 0.6", "sanction = \"0.6\""),
    ("sanction = 0.6", "sanction = \"some\""),
    ("sanction = 0.6", "sanction = true"),
    ("sanction = 0.6", "sanction = [0.6]"),
    ("sanction = 0.6", "sanction = 2026-01-01"),
    ("\"Good\"", "5"),
    ("name = \"Second\"", "name = 2"),
    ("[[programme]]\nname = \"Second\"\nactive = 52", "[run.x]"),
    ("[setting]\nunits = 4\nturnover = 1.2\nunit_leader = \"nurse\"", "setting = 4"),
    ("{ at = 90, size = 0.2 }", "90"),
    ("\"receptive\"", "\"willing\""),
    ("\"receptive\"", "\"neediset\""),
    ("\"receptive\"", "1"),
    // Numbers that cannot be.
    ("sanction = 0.6", "sanction = 1.6"),
    ("sanction = 0.6", "sanction = -0.1"),
    ("sanction = 0.6", "sanction = nan"),
    ("sanction = 0.6", "sanction = inf"),
    ("units = 4", "units = 2.5"),
    ("units = 4", "units = 0"),
    ("units = 4", "units = 99999999999999999999"),
    ("units = 4", "units = 0xFFFFFF"),
    ("turnover = 1.2", "turnover = 1e300"),
    ("at = 90", "at = -1"),
    ("runs = 100", "runs = 0"),
    ("will_weight = 2", "will_weight = 50"),
    // Names.
    ("\"Second\"", "\"First\""),
    ("name = \"Second\"\n", ""),
    ("\"Second\"", "\"\""),
    ("\"Second\"", "\"2\""),
    ("\"Second\"", "\" Second\""),
    ("\"Second\"", "\"Sec\\nond\""),
    ("name = \"manager\"", "name = \"nurse\""),
    (
        "[[profession]]\nname = \"manager\"",
        "[[profession]]\nname = \"staff nurse\"\n\n[[profession]]\nname = \"Staff-Nurse\"\nshare = 0\n\n\
         [[profession]]\nname = \"manager\"",
    ),
    ("shocks.winter", "shocks.\"a winter\""),
    // The whole.
    ("share = 0.2", "share = 0.1"),
    ("unit_leader = \"nurse\"", "unit_leader = \"nurze\""),
    ("name = \"manager\"", "name = \"director\""),
    ("at = 90", "at = 900"),
    (
        "active = 52\n\n[shocks.winter]\nwinter_surge = { at = 90, size = 0.2 }\n\n[run]\n",
        "start = 2000\nplanning = 520\nactive = 1040\n\n[run]\nfollow_up = 2000\n",
    ),
    // Other files.
    ("settings/england.toml", "settings/engeland.toml"),
    ("\"settings/england.toml\"", "3"),
    ("settings/england.toml", "good.toml"),
    ("settings/england.toml", "ring.toml"),
    ("settings/england.toml", "broken.toml"),
    // Not TOML.
    ("sanction = 0.6", "sanction 0.6"),
    ("sanction = 0.6", "sanction = "),
    ("sanction = 0.6", "sanction = 0.6.1"),
    ("\"Good\"", "\"Good"),
    ("[setting]", "[setting"),
    ("turnover = 1.2", "units = 5"),
    ("[run]", "[setting]"),
    // Several at once, in the order of the file.
    ("units = 4\nturnover = 1.2", "units = 400\nturnovr = 1.2\ncohesion = 2"),
];

/// The files beside the patched one.
fn message(text: &str) -> String {
    let files = [
        ("good.toml", text),
        ("ring.toml", "extends = \"good.toml\"\n"),
        ("older.toml", "title = \"Older\"\nmodel = \"core\"\n"),
        ("broken.toml", "[setting]\nunits = 4000\nspan = 0\n"),
    ];
    match load(&files, "good.toml") {
        Ok(_) => "accepted".into(),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn messages_say_what_is_wrong_and_what_would_be_right() {
    assert_eq!(message(GOOD), "accepted");
    let mut found = String::new();
    for (old, new) in CASES {
        assert!(GOOD.contains(old), "{old} is not in the good example");
        let _ = writeln!(found, "=== {} => {}", old.replace('\n', "\\n"), new.replace('\n', "\\n"));
        let _ = writeln!(found, "{}\n", message(&GOOD.replacen(old, new, 1)));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenario_errors.txt");
    if std::env::var_os("RENEW").is_some() {
        std::fs::write(path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    for (found, expected) in found.split("=== ").zip(expected.split("=== ")) {
        assert_eq!(found, expected);
    }
    assert_eq!(found, expected);
}

#[test]
fn more_professions_than_a_post_can_remember_are_refused() {
    let mut scenario = Scenario::default();
    let one = scenario.professions[0].clone();
    for number in scenario.professions.len()..257 {
        let mut another = one.clone();
        (another.name, another.traits.share) = (format!("profession {number}"), 0.0);
        scenario.professions.push(another);
    }
    assert!(scenario.check().unwrap_err().to_string().contains("257 professions, more than 256"));
    scenario.professions.pop();
    assert_eq!(scenario.check(), Ok(()));
}

#[test]
fn changes_by_path_are_refused_with_the_same_help() {
    for (path, value, expected) in [
        ("programme.0.incentives.sancton", "0.6", "did you mean programme.0.incentives.sanction?"),
        ("sanction", "0.6", "did you mean programme.0.incentives.sanction?"),
        ("programme.incentives.sanction", "0.6", "did you mean programme.0.incentives.sanction?"),
        ("programme.0.incentives.sanction", "1.5", "jobs and budgets at stake"),
        ("programme.0.incentives.sanction", "much", "a number is wanted here, not text"),
        ("programme.0.reach.target", "willing", "random, receptive or neediest"),
        ("programme.7.start", "3", "did you mean programme.0.start?"),
        ("setting.units", "2.5", "not a whole number"),
        ("setting.units", "", "a number is wanted here"),
        ("", "1", "paths begin with setting"),
        ("run.seed", "1e20", "above 9007199254740991"),
        ("parameters.practice.substitution", "2", "Off at 0."),
    ] {
        let mut scenario = Scenario::default();
        let problem = scenario.change(path, value).unwrap_err().to_string();
        assert!(problem.starts_with("--set: ") && problem.contains(expected), "{problem}");
        assert_eq!(scenario, Scenario::default());
    }
}

#[test]
fn a_name_that_is_nothing_is_answered_with_the_nearest() {
    assert!(load(&(), "spi").unwrap_err().to_string().contains("did you mean the bundled scenario \"spi"));
    assert!(load(&(), "no/such/file.toml").is_err());
}

#[test]
fn a_tall_stack_of_files_is_refused() {
    struct Tower;
    impl dewpoint::scenario::Source for Tower {
        fn text(&self, path: &str) -> Result<Option<String>, String> {
            let floor: usize = path.trim_end_matches(".toml").parse().map_err(|_| "not a floor")?;
            Ok(Some(format!("extends = \"{}.toml\"\n", floor + 1)))
        }
    }
    assert!(load(&Tower, "0.toml").unwrap_err().to_string().contains("files build on each other"));
}

/// One way of spoiling a text.
#[derive(Clone, Debug)]
enum Spoil {
    Byte(prop::sample::Index, u8),
    Drop(prop::sample::Index),
    Double(prop::sample::Index, prop::sample::Index),
    Value(prop::sample::Index, &'static str),
}

fn spoils() -> impl Strategy<Value = Spoil> {
    let values = vec![
        "",
        "-1",
        "1e400",
        "nan",
        "\"x\"",
        "[]",
        "{}",
        "{ at = 1e9 }",
        "[[[[",
        "true",
        "1979-05-27",
        "0x7fffffffffffffff",
    ];
    prop_oneof![
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Spoil::Byte(at, byte)),
        any::<prop::sample::Index>().prop_map(Spoil::Drop),
        any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(from, to)| Spoil::Double(from, to)),
        (any::<prop::sample::Index>(), prop::sample::select(values)).prop_map(|(at, value)| Spoil::Value(at, value)),
    ]
}

fn spoil(text: &str, spoil: &Spoil) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    if lines.is_empty() {
        return text.into();
    }
    match spoil {
        Spoil::Byte(at, byte) => {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] = *byte;
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        Spoil::Drop(at) => drop(lines.remove(at.index(lines.len()))),
        Spoil::Double(from, to) => {
            let line = lines[from.index(lines.len())].clone();
            lines.insert(to.index(lines.len()), line);
        }
        Spoil::Value(at, value) => {
            let line = at.index(lines.len());
            if let Some((key, _)) = lines[line].split_once('=') {
                lines[line] = format!("{key}= {value}");
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn nothing_makes_it_panic_or_lose_its_way(
        file in any::<prop::sample::Index>(),
        spoils in prop::collection::vec(spoils(), 1..6),
    ) {
        let (_, text) = file.get(bundled::FILES);
        let text = spoils.iter().fold((*text).to_string(), |text, one| spoil(&text, one));
        match load(&[("spoilt.toml", text.as_str())], "spoilt.toml") {
            // What is accepted can be written down and read again.
            Ok(loaded) => {
                let written = loaded.scenario.to_toml(Extent::All);
                let again = load(&[("written.toml", written.as_str())], "written.toml");
                prop_assert_eq!(again.map(|again| again.scenario), Ok(loaded.scenario));
            }
            Err(problems) => {
                prop_assert!(!problems.0.is_empty());
                for problem in &problems.0 {
                    prop_assert!(!problem.what.is_empty());
                    prop_assert!(problem.line <= text.lines().count().max(200) + 1);
                }
                let _ = problems.to_string();
            }
        }
    }

    #[test]
    fn no_path_or_value_makes_a_change_panic(path in "\\PC{0,30}", value in "\\PC{0,12}") {
        let _ = Scenario::default().change(&path, &value);
    }
}
