//! The core of the model that the executable twin knows, as a fixture (`docking/core.toml`): what the twin takes for
//! granted, put into a scenario of the program.

use dewpoint::scenario::Scenario;

/// A scenario with every mechanism that the twin lacks off, and the twin's ordinary programme.
pub fn core() -> Scenario {
    let mut scenario = Scenario::default();
    put(&mut scenario);
    scenario
}

/// Puts the fixture into `scenario`, into each of its programmes alike.
pub fn put(scenario: &mut Scenario) {
    for (path, value) in fixture() {
        match path.strip_prefix("programme.") {
            Some(lever) => {
                for number in 0..scenario.programmes.len() {
                    change(scenario, &format!("programme.{number}.{lever}"), &value);
                }
            }
            None => change(scenario, &path, &value),
        }
    }
}

/// Every path of the fixture, with what stands there.
pub fn fixture() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let tables: toml::Table = toml::from_str(include_str!("../docking/core.toml")).unwrap();
    collect(&tables, "", &mut found);
    found
}

fn collect(table: &toml::Table, prefix: &str, found: &mut Vec<(String, String)>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => collect(inner, &format!("{prefix}{key}."), found),
            value => found.push((format!("{prefix}{key}"), value.to_string())),
        }
    }
}

fn change(scenario: &mut Scenario, path: &str, value: &str) {
    scenario.change(path, value).unwrap_or_else(|problem| panic!("tests/docking/core.toml: {problem}"));
}
