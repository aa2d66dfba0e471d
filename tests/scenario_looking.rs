//! What is printed about scenarios, and the files made for starting and for editors.
#![cfg(feature = "cli")]

use dewpoint::{
    cli::{check, list, new, reference, schema},
    scenario::{Scenario, bundled, load},
};

fn checked(name: &str, files: &[(&str, &str)]) -> String {
    let mut out = Vec::new();
    let loaded = load(files, name).unwrap_or_else(|problems| panic!("{problems}"));
    check::check(&mut out, &loaded).unwrap();
    String::from_utf8(out).unwrap()
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
    assert_eq!(check::warnings(&Scenario::default()), []);
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
        (&[("programme.0.reach.share", "0")], "share 0"),
    ] {
        let mut scenario = Scenario::default();
        for (path, value) in changes {
            scenario.change(path, value).unwrap();
        }
        let warnings: Vec<String> = check::warnings(&scenario).into_iter().map(|warning| warning.what).collect();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains(expected), "{warnings:?}");
    }
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
    for table in [reference::levers(), reference::shocks(), reference::parameters(), reference::settings()] {
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
    let text = new::new("Mine \"quoted\"");
    let loaded = load(&[("new.toml", text.as_str())], "new.toml").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.scenario.title, "Mine \"quoted\"");
    assert_eq!(check::warnings(&loaded.scenario), []);
    let offered = text.replace("#: ", "");
    let all = load(&[("new.toml", offered.as_str())], "new.toml").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(all.scenario.setting, Scenario::default().setting);
    assert_eq!(all.scenario.shocks.len(), dewpoint::world::Shock::KINDS.len());
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
