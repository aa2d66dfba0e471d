//! Made-up targets whose answer is known.
use super::{
    super::{Rules, Validation, validate},
    *,
};
use crate::experiment::{
    Study,
    fake::{fake, luck},
};
use crate::stats::Estimate;

const TARGET: &str = r#"
[base]
ward = "[setting]\norganisations = 1\nunits = 1\n[[programme]]\nname = \"it\"\n"

[[contexts]]
path = "setting.baseline"
from = 0.2
to = 0.8

[[target]]
id = "Y1"
name = "Sticks"
says = "Sticks do it."
published = 4
from = 2
to = 7
unit = "points"
role = "fit"
source = "nobody"
verified = "memory"
transport = "low"
base = "ward"
arms = [{ name = "none", programme.0.incentives.sanction = 0 }, { name = "much", programme.0.incentives.sanction = 1 }]
metric = "net_gain_at_end"
value = "much - none"
"#;

fn rules() -> Rules {
    Rules { runs: 64, contexts: 60, runs_a_context: 2, ..Rules::full() }
}

/// Sanctions give `gain`; luck is as wide as `spread`, the setting's baseline comes on top.
fn held(text: &str, gain: f64, spread: f64) -> Validation {
    let mut simulator = fake(|scenario, replicate, _, metric| {
        let sanction = f64::from(scenario.programmes[0].levers.incentives.sanction);
        let effect = sanction * (gain + spread * (luck(replicate) - 0.5));
        match metric {
            "naive_gain" => sanction * f64::from(scenario.setting.baseline),
            "practice_at_end" => 2.0 * effect,
            _ => 0.3 + effect,
        }
    });
    let targets = targets(text, "made_up.toml").unwrap();
    let made = validate(&mut simulator, &[], &targets, rules()).unwrap();
    assert_eq!(simulator.runs, targets.iter().map(|target| runs_for(target, &rules())).sum::<u64>());
    made
}

fn found(made: &Validation) -> Found {
    made.held[0].found.unwrap()
}

#[test]
fn inside_below_above_and_at_the_edge() {
    for (gain, spread, standing) in [
        (0.05, 0.01, Standing::Inside),
        (0.09, 0.01, Standing::Above),
        (0.07, 0.01, Standing::Edge),
        (0.01, 0.01, Standing::Below),
        (0.045, 0.5, Standing::Edge),
    ] {
        let made = held(TARGET, gain, spread);
        assert_eq!(found(&made).standing, standing, "{gain}");
        let estimate = found(&made).estimate;
        assert!((estimate.value - 100.0 * gain).abs() < 100.0 * spread / 10.0, "{gain}: {estimate:?}");
    }
}

#[test]
fn quartiles_are_over_settings_and_know_what_differs() {
    let text =
        TARGET.replace("metric = \"net_gain_at_end\"", "metric = \"naive_gain\"\nstatistic = \"lower_quartile\"");
    let text = text.replace("\nto = 7", "\nto = 50");
    // Evenly from 0.2 to 0.8: a quarter lies below 0.35, and of 60 settings the interval goes from rank 8 to rank 23.
    let made = held(&text, 0.0, 0.0);
    let Estimate { value, low, high, count, .. } = found(&made).estimate;
    assert!(
        (value - 35.0).abs() < 1.0 && (low - 27.5).abs() < 1.0 && (high - 42.5).abs() < 1.0,
        "{value} {low} {high}"
    );
    assert_eq!((count, found(&made).standing), (60, Standing::Inside));
    for (statistic, middle) in [("median", 50.0), ("upper_quartile", 65.0)] {
        let made = held(&text.replace("lower_quartile", statistic), 0.0, 0.0);
        assert!((found(&made).estimate.value - middle).abs() < 1.0);
    }
}

#[test]
fn a_ratio_is_one_of_means_and_in_no_unit_of_its_own() {
    let text = TARGET
        .replace("value = \"much - none\"", "value = \"much.practice_at_end\"\nover = \"much - none\"")
        .replace("\"points\"", "\"times\"");
    let made = held(&text, 0.1, 0.02);
    let estimate = found(&made).estimate;
    assert!((estimate.value - 2.0).abs() < 1e-9 && estimate.half_width() < 1e-9, "{estimate:?}");
}

#[test]
fn what_is_found_is_counted_apart_and_said() {
    let made = held(TARGET, 0.03, 0.01);
    let answer = made.answer();
    assert!(answer.title.starts_with("1 of 1 published figures are met (0 missed"), "{}", answer.title);
    let names: Vec<&str> = answer.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["targets"]);
    // What is laid out for reading is no file: there every number has a cell of its own.
    let first = &answer.tables[0];
    let number = |name: &str| {
        let place = first.columns.iter().position(|column| column.name == name).unwrap();
        match &first.rows[0][place] {
            crate::table::Cell::Number(number) => *number,
            other => panic!("{name}: {other:?}"),
        }
    };
    assert_eq!(["published", "from", "to"].map(number), [4.0, 2.0, 7.0]);
    assert!((number("model") - 3.0).abs() < 0.1 && number("model_low") < 3.0 && number("model_high") > 3.0);
    assert!(
        matches!(&answer.shown.unwrap().rows[0][1], crate::table::Cell::Text(text) if text == "4.0 (2.0 to 7.0) points")
    );
    let page = made.document("0");
    assert!(page.contains("| Y1 Sticks do it. | 4.0 (2.0 to 7.0) points | 3.0 (2.9 to 3.1), met |"), "{page}");
    assert!(page.contains("from memory | hardly |"), "{page}");
    assert!(!made.known_failures().contains("[[failure]]"));
    let pictures = made.pictures();
    assert_eq!(pictures[0].title, "The model meets 1 of 1 published figures.");
    // A fifth of the way from 2 to 7 points.
    let table = pictures[0].table();
    assert!(matches!(table.rows[0][1], crate::table::Cell::Number(place) if (place - 0.2).abs() < 0.02), "{table:?}");
}

#[test]
fn a_quick_look_says_that_it_is_one() {
    let targets = targets(TARGET, "made_up.toml").unwrap();
    let made = validate(&mut fake(|_, _, _, _| 0.0), &[], &targets, Rules::quick()).unwrap();
    assert!(made.answer().sentences[0].contains("40 runs instead of 200"));
}

#[test]
fn what_cannot_be_tested_costs_nothing_and_says_why() {
    let text = TARGET.replace("base = \"ward\"", "missing = \"a stick\"");
    let made = held(&text, 0.1, 0.1);
    assert_eq!(made.held[0].found, None);
    assert_eq!(made.title(), "The published figure cannot be tested.");
    assert!(made.answer().sentences.iter().any(|said| said.contains("Cannot be tested: a stick.")));
    assert!(made.document("0").contains("not testable") && made.pictures().is_empty());
}

#[test]
fn what_is_wrong_is_said_with_file_and_line() {
    for (from, to, words) in [
        ("to = 7", "to = 1", "made_up.toml, line 11, Y1: `from` must be less than `to`"),
        ("much - none", "more - none", "made_up.toml, line 11, Y1: no arm is called more; the arms are none, much"),
        ("\"net_gain_at_end\"", "\"net_gane\"", "made_up.toml, line 11, Y1: no metric is called net_gane"),
        ("sanction = 1 }", "sanktion = 1 }", "did you mean"),
        ("sanction = 1 }", "sanction = 3 }", "made_up.toml, line 11, Y1"),
        ("base = \"ward\"", "base = \"wart\"", "no such file"),
        ("role = \"fit\"", "role = \"fitted\"", "made_up.toml: TOML parse error at line 18"),
        ("role = \"fit\"", "role = \"fit\"\ndiscrepancy = -1", "standard deviation in half widths of the band"),
        ("unit =", "unite =", "unite"),
        ("setting.baseline", "setting.base", "made_up.toml, line 11, Y1: contexts"),
        ("value = \"much - none\"", "value = \"much > none\"", "cannot be read"),
        ("[[contexts]]\npath = \"setting.baseline\"\nfrom = 0.2\nto = 0.8\n", "", "over many settings"),
    ] {
        let median = TARGET.replace("value = \"", "statistic = \"median\"\nvalue = \"");
        let text = median.replacen(from, to, 1);
        let wrong = targets(&text, "made_up.toml").unwrap_err();
        assert!(wrong.contains(words), "{to}: {wrong}");
    }
    let second = TARGET.split_once("[[target]]").unwrap().1;
    let twice = targets(&format!("{TARGET}\n[[target]]{second}"), "made_up.toml").unwrap_err();
    assert!(twice.contains("made_up.toml, line 28, Y1: there are two"), "{twice}");
}

#[test]
fn the_bundled_targets_are_sound() {
    let found = targets(BUNDLED_TARGETS, "validation/targets.toml").unwrap();
    for target in &found {
        assert!((target.from..=target.to).contains(&target.published), "{}", target.id);
        assert!(target.says.ends_with('.') && !target.source.is_empty(), "{}", target.id);
    }
}

/// Trials of one truth, 10 points, differ by their chance alone: quartiles of a normal distribution lie 0.674 standard
/// deviations apart from its middle.
#[test]
fn quartiles_hold_the_chance_of_the_trials_themselves() {
    let error = "statistic = \"upper_quartile\"\ntrial_error = 4";
    let made = held(
        &TARGET.replace("metric = \"net_gain_at_end\"", &format!("metric = \"net_gain_at_end\"\n{error}")),
        0.1,
        0.0,
    );
    let Estimate { value, .. } = found(&made).estimate;
    assert!((value - (10.0 + 0.674 * 4.0)).abs() < 0.8, "{value}");
}
