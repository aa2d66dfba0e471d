//! The page's requests, as the page makes them.
use serde_json::{Value, json};

use super::{Answer, answer};

fn ask(request: &Value) -> (Value, Vec<u8>) {
    let Answer { json, numbers } = answer(&request.to_string());
    (serde_json::from_str(&json).unwrap(), numbers)
}

fn open(name: &str) -> Value {
    ask(&json!({ "do": "open", "name": name })).0
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

#[test]
fn every_bundled_scenario_opens_and_its_text_opens_to_the_same() {
    let (reference, _) = ask(&json!({ "do": "reference" }));
    let scenarios = reference["scenarios"].as_array().unwrap();
    for row in scenarios.iter().filter(|row| row["folder"] != "settings") {
        let opened = open(row["name"].as_str().unwrap());
        assert!(opened["error"].is_null(), "{opened}");
        let again = ask(&json!({ "do": "open", "text": opened["text"] })).0;
        assert_eq!(opened, again);
    }
}

#[test]
fn every_lever_and_setting_can_be_changed_by_its_path() {
    let (reference, _) = ask(&json!({ "do": "reference" }));
    let text = &open("evaporating_ward")["text"];
    for lever in reference["levers"].as_array().unwrap() {
        let path = format!("programme.0.{}.{}", lever["theme"].as_str().unwrap(), lever["key"].as_str().unwrap());
        let changed = ask(&json!({ "do": "open", "text": text, "changes": [[path, "0.35"]] })).0;
        assert!(changed["error"].is_null(), "{path}: {changed}");
    }
    let wrong = ask(&json!({ "do": "open", "text": text, "changes": [["programme.0.nothing", "1"]] })).0;
    assert!(wrong["error"].as_str().unwrap().contains("no such path"));
}

/// The heart of pressing a shock while it runs: what went before stays as it was, to the bit, for everybody.
#[test]
fn a_shock_at_the_present_week_leaves_the_past_as_it_was() {
    let (reference, _) = ask(&json!({ "do": "reference" }));
    let now = 50;
    let before = open("evaporating_ward");
    let weeks = before["weeks"].as_u64().unwrap() as usize;
    let people = before["posts"].as_array().unwrap().len();
    let watch = |text: &Value| {
        let columns = ["practice", "fatigue", "present", "motivation", "ownership"];
        let request = json!({
            "do": "watch", "text": text, "seed": 1, "organisation": 0, "programme": 0, "columns": columns,
        });
        ask(&request).1
    };
    let pair = |text: &Value| floats(&ask(&json!({ "do": "pair", "text": text, "seed": 1 })).1);
    let (frames, curves) = (watch(&before["text"]), pair(&before["text"]));
    for kind in reference["shocks"].as_array().unwrap() {
        let added = ask(&json!({ "do": "open", "text": before["text"], "add": [{ "kind": kind["kind"], "at": now }] }));
        let after = added.0;
        assert_eq!(after["shocks"].as_array().unwrap().len(), before["shocks"].as_array().unwrap().len() + 1);
        let week = 5 * people;
        let (later, later_curves) = (watch(&after["text"]), pair(&after["text"]));
        for world in [0, weeks * week] {
            assert!(frames[world..world + now * week] == later[world..world + now * week], "{kind}");
        }
        for (one, other) in curves.chunks_exact(weeks).zip(later_curves.chunks_exact(weeks)) {
            assert!(one[..now].iter().zip(&other[..now]).all(|(a, b)| a.to_bits() == b.to_bits()), "{kind}");
        }
        assert!(curves != later_curves, "{kind} does something");
    }
}

#[test]
fn a_person_is_the_same_in_both_worlds_until_the_programme_comes() {
    let ward = open("evaporating_ward");
    let request = json!({
        "do": "person", "text": ward["text"], "seed": 1, "organisation": 0, "programme": 0, "post": 3,
    });
    let (about, bytes) = ask(&request);
    let weeks = about["weeks"].as_u64().unwrap() as usize;
    let numbers = floats(&bytes);
    let (with, without) = numbers.split_at(numbers.len() / 2);
    let column = about["columns"].as_array().unwrap().iter().position(|name| name == "practice").unwrap();
    let practice = |world: &[f32]| world[column * weeks..(column + 1) * weeks].to_vec();
    let parted = practice(with).iter().zip(&practice(without)).position(|(one, other)| one != other);
    assert!((13..40).contains(&parted.unwrap()), "{parted:?}");
    let nobody = ask(&json!({
        "do": "person", "text": ward["text"], "seed": 1, "organisation": 0, "programme": 0, "post": 100_000,
    }));
    assert!(nobody.0["error"].is_string());
}

#[test]
fn fans_are_made_of_pairs() {
    let ward = open("evaporating_ward");
    let fan = json!({ "do": "fan", "text": ward["text"], "seed": 1, "replicates": { "start": 2, "end": 4 }, "series": ["practice"] });
    let (about, bytes) = ask(&fan);
    let weeks = about["weeks"].as_u64().unwrap() as usize;
    let pair = floats(&ask(&json!({ "do": "pair", "text": ward["text"], "seed": 1, "replicate": 3 })).1);
    assert_eq!(floats(&bytes)[2 * weeks..3 * weeks], pair[..weeks]);
    assert_eq!(about["outcomes"].as_array().unwrap().len(), 2);
}

#[test]
fn estimates_are_those_of_the_command_line() {
    let (about, _) =
        ask(&json!({ "do": "estimate", "columns": [[[1.0, 3.0, null], null], [[2.0, 2.2, 1.8], [1.0, 1.1, 0.9]]] }));
    assert_eq!(about["estimates"][0]["value"], 2.0, "{about}");
    assert_eq!(about["estimates"][0]["count"], 2);
    // A mean of 1 and 3 may be nothing; a ratio of 2 that does not vary is a gain.
    assert_eq!(about["changes"], json!(["unclear", "gain"]), "{about}");
    assert!((about["estimates"][1]["value"].as_f64().unwrap() - 2.0).abs() < 1e-12, "{about}");
}

#[test]
fn nonsense_is_answered_in_words() {
    for request in ["", "{}", r#"{"do":"dance"}"#, r#"{"do":"open"}"#, r#"{"do":"pair","text":"x = ","seed":1}"#] {
        let said: Value = serde_json::from_str(&answer(request).json).unwrap();
        assert!(said["error"].as_str().is_some_and(|error| error.len() > 10), "{request}: {said}");
    }
}

/// Pieces made by workers, put together, are the experiment of the command line: the same tables to the last digit.
#[test]
fn a_gain_explained_in_pieces_is_the_gain_explained_at_once() {
    use crate::{
        ensemble::{Ensemble, Job, ensemble_of},
        experiment::{
            Simulator, Stopped, Study,
            explain::{Asked, explain},
        },
        output::csv::{csv_files, digest},
        scenario::Scenario,
    };
    struct Whole;
    impl Simulator for Whole {
        fn ensembles(&mut self, jobs: &[Job]) -> Result<Vec<Ensemble>, Stopped> {
            jobs.iter().map(|job| ensemble_of(&job.scenario, job.seed, job.runs).map_err(Stopped::Failed)).collect()
        }
    }
    let mut scenario = Scenario::ordinary();
    (scenario.setting.organisations, scenario.setting.units) = (1.0, 2.0);
    scenario.programmes[0].clock.active = 20.0;
    let text = scenario.to_toml(crate::scenario::Extent::Changed);
    scenario.run.seed = 9;
    for (question, months) in [("lost", 12), ("missed", 24)] {
        let about = json!({ "text": text, "seed": 9, "programme": 0, "months": months, "question": question });
        let ask_for = |what: Value| {
            let mut request = about.as_object().unwrap().clone();
            request.extend(what.as_object().unwrap().clone());
            ask(&Value::Object(request)).0
        };
        let piece = |worlds: [usize; 2], replicates: [u64; 2]| {
            ask_for(json!({
                "do": "gains", "worlds": { "start": worlds[0], "end": worlds[1] },
                "replicates": { "start": replicates[0], "end": replicates[1] },
            }))
        };
        let mut gains: Vec<Value> = Vec::new();
        for worlds in [[0, 100], [100, 128]] {
            let [first, second] = [[0, 1], [1, 2]].map(|replicates| piece(worlds, replicates));
            assert_eq!(first["worlds"], 128);
            for (first, second) in first["gains"].as_array().unwrap().iter().zip(second["gains"].as_array().unwrap()) {
                gains.push([first.as_array().unwrap().clone(), second.as_array().unwrap().clone()].concat().into());
            }
        }
        let found = ask_for(json!({ "do": "explain", "gains": gains, "width": 600.0 }));
        let lost = question == "lost";
        let asked = Asked { programme: 0, months, runs: 2, lost, missed: !lost };
        let answer = explain(&mut Whole, &scenario, &asked).unwrap().answer();
        assert_eq!(
            found["digest"],
            digest(&csv_files(&answer.clone().in_points().tables).unwrap()),
            "{question}: {found}"
        );
        assert_eq!((&found["title"], &found["runs"]), (&json!(answer.title), &json!(2)));
        assert!(found["picture"]["svg"].as_str().unwrap().starts_with("<svg"));
        gains.pop();
        let short = ask_for(json!({ "do": "explain", "gains": gains, "width": 600.0 }));
        assert!(short["error"].as_str().unwrap().contains("was not simulated"));
    }
}

#[test]
fn one_hospital_of_several_is_shown_by_itself() {
    let text = open("who_leaves")["text"].clone();
    let weeks = open("who_leaves")["weeks"].as_u64().unwrap() as usize;
    let pair = |organisation: Option<usize>| {
        ask(&json!({ "do": "pair", "text": text, "seed": 1, "organisation": organisation }))
    };
    let (whole, first, second) = (pair(None), pair(Some(0)), pair(Some(1)));
    assert!(first.0["outcomes"].as_array().unwrap().is_empty() && !whole.0["outcomes"].as_array().unwrap().is_empty());
    let practice = |answer: &(Value, Vec<u8>)| floats(&answer.1)[..weeks].to_vec();
    let between = practice(&first)
        .iter()
        .zip(practice(&second))
        .zip(practice(&whole))
        .all(|((one, other), whole)| (one.min(other) - 1e-5..=one.max(other) + 1e-5).contains(&whole));
    assert!(between && practice(&first) != practice(&second));
    assert!(pair(Some(2)).0["error"].as_str().unwrap().contains("does not live by itself"));
}

#[test]
fn ones_own_table_is_read_laid_on_the_clock_and_told() {
    let ask_of =
        |text: &str, start: Option<&str>| ask(&json!({ "do": "data", "text": text, "start": start, "begins": 26.0 })).0;
    let mut text = String::from("month;done;of\n");
    for month in 1..=12 {
        text += &format!("2014-{month:02};{};40\n", 20 + month);
    }
    let read = ask_of(&text, Some("2014-07"));
    let points = read["charts"][0]["points"].as_array().unwrap();
    assert_eq!((points.len(), &read["beside"]), (12, &json!(true)), "{read}");
    // July begins with the programme, in week 26, and its point stands in the middle of its 31 days.
    let week = |place: usize| points[place]["week"].as_f64().unwrap();
    assert!((week(6) - (26.0 + 31.0 / 7.0 / 2.0)).abs() < 1e-9 && week(0) < 3.0, "{}", week(6));
    assert!((points[6]["share"].as_f64().unwrap() - 27.0 / 40.0).abs() < 1e-12);
    assert_eq!(points[6]["said"], "67.5 %");
    // Without a start the first point lies at the beginning.
    let unplaced = ask_of(&text, None);
    assert!((unplaced["charts"][0]["points"][0]["week"].as_f64().unwrap() - 31.0 / 14.0).abs() < 1e-9);
    // What is no share is told, and cannot lie beside the curve.
    let counts = ask_of("month,falls\n2014-01,3\n2014-02,5\n", None);
    assert!(counts["charts"][0]["points"][0]["share"].is_null(), "{counts}");
    assert!(counts["why_not"].as_str().unwrap().contains("not beside counts"));
    // Units that a column tells apart have a chart each.
    let units = "month,site,done,of\n2014-01,A,3,4\n2014-01,B,1,4\n2014-02,A,3,4\n2014-02,B,2,4\n";
    let apart = ask(&json!({ "do": "data", "text": units, "unit": "site", "begins": 0.0 })).0;
    assert_eq!([&apart["charts"][0]["unit"], &apart["charts"][1]["unit"]], ["A", "B"], "{apart}");
    for (text, start, what) in [
        (units, None, "unit \"site\""),
        ("month,done,of\n2014-01,41,40\n", None, "line 2"),
        ("nothing here", None, ""),
        (text.as_str(), Some("soon"), "start"),
    ] {
        let error = ask_of(text, start)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(what) && !error.is_empty() && !error.contains("--"), "{error}");
    }
}
