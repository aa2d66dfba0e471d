//! What is printed about scenarios, and the files made for starting and for editors.
#![cfg(feature = "cli")]

use dewpoint::{
    cli::{check, list, new, reference, schema},
    scenario::{Extent, Scenario, bundled, load},
};
use serde_json::Value as Json;

fn checked(name: &str, files: &[(&str, &str)]) -> String {
    let mut out = Vec::new();
    let loaded = load(files, name).unwrap_or_else(|problems| panic!("{problems}"));
    check::check(&mut out, &loaded).unwrap();
    String::from_utf8(out).unwrap()
}

/// The base case: a programme that does a little of everything.
fn ordinary() -> Scenario {
    load(&(), "base").unwrap_or_else(|problems| panic!("{problems}")).scenario
}

#[test]
fn every_bundled_file_can_be_looked_at_in_a_hundred_columns() {
    for (path, _) in bundled::FILES {
        for line in checked(path, &[]).lines() {
            assert!(line.chars().count() <= 100, "{path}: {line}");
        }
    }
}

#[test]
fn a_setting_is_called_a_setting() {
    assert!(checked("england", &[]).contains("This is a setting"));
}

#[test]
fn every_warning_is_given_where_it_is_due_and_only_there() {
    assert_eq!(check::warnings(&ordinary()), []);
    for (changes, expected) in [
        (&[("programme.0.design.ambition", "0.45")] as &[_], "ambition 0.45 with resources"),
        (&[("programme.0.sustain.embedding", "0")], "neither embedding nor continuation"),
        (&[("run.follow_up", "52")], "follow-up of 52 weeks"),
        (&[("programme.0.measurement.burden", "0.7"), ("programme.0.resources.administration", "0.1")], "burden 0.7"),
        (
            &[("programme.0.incentives.sanction", "0.6"), ("programme.0.incentives.peer_audit", "0")],
            "without peer audit",
        ),
        (&[("programme.0.resources.protected_time", "0")], "no protected time"),
        (&[("run.runs", "20")], "20 runs"),
        (&[("programme.0.reach.share", "0")], "share 0 of 96 units"),
        (&[("programme.0.reach.share", "0.005")], "share 0.005 of 96 units"),
    ] {
        let mut scenario = ordinary();
        for (path, value) in changes {
            scenario.change(path, value).unwrap();
        }
        let warnings: Vec<String> = check::warnings(&scenario).into_iter().map(|warning| warning.what).collect();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains(expected), "{warnings:?}");
    }
}

/// That, and none of what a programme that does something may be told.
#[test]
fn a_programme_that_does_nothing_is_pointed_out() {
    let mut idle = Scenario::default();
    for path in ["programme.0.engagement.directive", "programme.0.measurement.burden"] {
        let warnings: Vec<String> = check::warnings(&idle).into_iter().map(|warning| warning.what).collect();
        assert_eq!(warnings, ["programme: does nothing"], "before {path}");
        idle.change(path, "1").unwrap();
    }
    idle.change("programme.0.measurement.feedback", "0.1").unwrap();
    assert!(check::warnings(&idle).iter().all(|warning| !warning.what.contains("nothing")));
}

#[test]
fn a_country_over_decades_is_said_to_need_a_large_machine() {
    let mut scenario = ordinary();
    for (path, value) in [("setting.organisations", "400"), ("setting.units", "200"), ("run.follow_up", "2000")] {
        scenario.change(path, value).unwrap();
    }
    // 1.4 GB a programme on each core, so that one core is enough for the warning.
    scenario.programmes = vec![scenario.programmes[0].clone(); 8];
    let warnings = check::warnings(&scenario);
    assert!(warnings.len() == 1 && warnings[0].what.ends_with("GB of memory"), "{warnings:?}");
}

#[test]
fn shocks_outside_the_programme_are_pointed_out() {
    let early = "[[programme]]\nname = \"P\"\n[shocks.winter]\nwinter_surge = { at = 3 }\n";
    assert!(checked("a.toml", &[("a.toml", early)]).contains("before any programme begins"));
    let late = early.replace("at = 3", "at = 200");
    assert!(checked("a.toml", &[("a.toml", &late)]).contains("after support has ended"));
}

#[test]
fn the_list_names_every_bundled_file() {
    let mut out = Vec::new();
    list::list(&mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    for name in bundled::short_names() {
        assert!(out.contains(&format!("  {name} ")), "{name}\n{out}");
    }
}

#[test]
fn references_can_be_written_in_every_format() {
    for table in
        [reference::levers(), reference::shocks(), reference::parameters(), reference::settings(), reference::prices()]
    {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
        for format in [reference::Format::Text, reference::Format::Json, reference::Format::Csv] {
            let mut out = Vec::new();
            reference::write(&mut out, &table, format).unwrap();
            assert!(out.ends_with(b"\n"), "{} {format:?}", table.name);
        }
    }
}

#[test]
fn a_new_file_checks_clean_and_so_does_all_it_offers() {
    let text = new::new("Mine \"quoted\"", None);
    let loaded = load(&[("new.toml", text.as_str())], "new.toml").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.scenario.title, "Mine \"quoted\"");
    let warnings: Vec<String> = check::warnings(&loaded.scenario).into_iter().map(|warning| warning.what).collect();
    assert_eq!(warnings, [""; 0]);
    // Every line counts: without it, what is simulated is something else.
    for (number, line) in text.lines().enumerate().filter(|(_, line)| line.contains(" = ") && !line.starts_with('#')) {
        let without: Vec<&str> =
            text.lines().enumerate().filter(|(other, _)| *other != number).map(|(_, line)| line).collect();
        let without = without.join("\n");
        // A programme without its name is refused; anything else is another scenario.
        if let Ok(other) = load(&[("new.toml", without.as_str())], "new.toml") {
            assert_ne!(other.scenario, loaded.scenario, "{line} says nothing");
        }
    }
    let offered = text.replace("#: ", "");
    let all = load(&[("new.toml", offered.as_str())], "new.toml").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(all.scenario.setting, Scenario::default().setting);
    assert_eq!(all.scenario.shocks.len(), dewpoint::world::Shock::KINDS.len());
    assert_eq!(all.scenario.professions, Scenario::default().professions);
    assert_eq!(all.scenario.parameters, Scenario::default().parameters);
    // Everything that can be said is shown, professions and parameters too.
    let slots = Scenario::default().slots();
    assert!(
        slots.iter().filter(|slot| slot.default().is_some()).all(|slot| text.contains(&format!("{} = ", slot.key)))
    );
    assert!(
        text.contains("#: [[profession]]\n#: name = \"nurse\"\n") && text.contains("#: [parameters.fatigue]\n"),
        "{text}"
    );
}

#[test]
fn a_scenario_is_looked_at_with_changes() {
    let changes = ["setting.turnover=1.5", "shocks.winter.winter_surge.at=60"].map(String::from);
    let loaded = check::changed("spi1", &changes).unwrap();
    let mut out = Vec::new();
    check::check(&mut out, &loaded).unwrap();
    let text = String::from_utf8(out).unwrap();
    let first = text.lines().next().unwrap();
    assert!(first.contains(", with setting.turnover 1.5 instead of 1 and shocks.winter.winter_surge.at 60"), "{first}");
    assert!(
        text.lines()
            .any(|line| line.contains("setting.turnover") && line.contains("1 -> 1.5") && line.contains("--set")),
        "{text}"
    );
    for (wrong, part) in
        [("setting.turnover", "PATH=VALUE"), ("setting.turnover=99", "above"), ("shocks.x.winter_surge.at=1999", "x")]
    {
        let refused = check::changed("spi1", &[wrong.into()]);
        assert!(
            matches!(&refused, Err(dewpoint::cli::Failure::Input(what)) if what.contains(part)),
            "{wrong}: {refused:?}"
        );
    }
}

/// `RENEW=1 cargo test` writes the kept copy again.
#[test]
fn the_kept_schema_is_the_one_made_from_the_declarations() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/schema.json");
    if std::env::var_os("RENEW").is_some() {
        std::fs::write(path, schema::schema()).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == schema::schema(), "scenarios/schema.json is out of date: RENEW=1 cargo test renews it");
}

/// What is wrong with `value` by the part of JSON schema that the schema uses; a word it does not know is wrong, too.
fn faults(schema: &Json, value: &Json, path: &str, faults: &mut Vec<String>) {
    let mut say = |what: String| faults.push(format!("{path}: {what}"));
    let members = value.as_object();
    for (word, wanted) in schema.as_object().expect("a schema is an object") {
        let count = members.map_or(0, serde_json::Map::len) as u64;
        let fine = match word.as_str() {
            "$schema" | "title" | "description" | "default" => true,
            "properties" | "additionalProperties" | "items" => true,
            "type" => match wanted.as_str().expect("one type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "number" => value.is_number(),
                "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
                other => panic!("unknown type {other}"),
            },
            "enum" => wanted.as_array().expect("choices").contains(value),
            "minimum" => value.as_f64() >= wanted.as_f64(),
            "maximum" => value.as_f64() <= wanted.as_f64(),
            "minLength" => value.as_str().is_some_and(|text| text.len() as u64 >= wanted.as_u64().unwrap()),
            "minProperties" => count >= wanted.as_u64().unwrap(),
            "maxProperties" => count <= wanted.as_u64().unwrap(),
            "required" => wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "propertyNames" => members.is_some_and(|members| {
                members
                    .keys()
                    .all(|key| key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter)))
            }),
            other => panic!("unknown word {other}"),
        };
        if !fine {
            say(format!("{word} {wanted} does not hold of {value}"));
        }
    }
    for (key, value) in members.into_iter().flatten() {
        match schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]) {
            Json::Bool(false) => faults.push(format!("{path}.{key}: unknown")),
            inner @ Json::Object(_) => self::faults(inner, value, &format!("{path}.{key}"), faults),
            other => panic!("{path}.{key}: {other}"),
        }
    }
    for item in value.as_array().into_iter().flatten() {
        self::faults(&schema["items"], item, &format!("{path}[]"), faults);
    }
}

fn faults_of(text: &str) -> Vec<String> {
    let schema: Json = serde_json::from_str(&schema::schema()).unwrap();
    let value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
    let mut found = Vec::new();
    faults(&schema, &value, "file", &mut found);
    found
}

#[test]
fn the_schema_accepts_every_bundled_file_and_everything_that_can_be_said() {
    for (path, text) in bundled::FILES {
        assert_eq!(faults_of(text), [""; 0], "{path}");
    }
    assert_eq!(faults_of(&new::new("New", None).replace("#: ", "")), [""; 0]);
    assert_eq!(faults_of(&Scenario::default().to_toml(Extent::All)), [""; 0]);
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    for wrong in [
        "titel = 'x'",
        "[setting]\nunits = 2.5",
        "[setting]\nunits = 0",
        "[[programme]]\nstart = 3",
        "[[programme]]\nname = 'P'\n[programme.incentives]\nsancton = 0.5",
        "[[programme]]\nname = 'P'\n[programme.incentives]\nsanction = 1.5",
        "[[programme]]\nname = 'P'\n[programme.reach]\ntarget = 'willing'",
        "[shocks.a]",
        "[shocks.'a b']\nsponsor_leaves = { at = 9 }",
        "[shocks.a]\nsponsor_leaves = { on = 9 }",
        "[parameters.practice]\nwill_weight = 50",
    ] {
        assert_ne!(faults_of(wrong), [""; 0], "{wrong}");
        assert!(load(&[("wrong.toml", wrong)], "wrong.toml").is_err(), "{wrong}");
    }
}
