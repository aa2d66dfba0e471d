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
    assert!((about["estimates"][1]["value"].as_f64().unwrap() - 2.0).abs() < 1e-12, "{about}");
}

#[test]
fn nonsense_is_answered_in_words() {
    for request in ["", "{}", r#"{"do":"dance"}"#, r#"{"do":"open"}"#, r#"{"do":"pair","text":"x = ","seed":1}"#] {
        let said: Value = serde_json::from_str(&answer(request).json).unwrap();
        assert!(said["error"].as_str().is_some_and(|error| error.len() > 10), "{request}: {said}");
    }
}
