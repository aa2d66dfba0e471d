//! The scenarios that come with the program: every one loads, says its story, and together they use everything there is.

use std::collections::BTreeSet;

use dewpoint::{
    programme::{Levers, Prices},
    scenario::{Loaded, Scenario, bundled, load},
    world::{Setting, Shock},
};

fn all() -> Vec<(&'static str, Loaded)> {
    bundled::FILES
        .iter()
        .map(|(path, _)| (*path, load(&(), path).unwrap_or_else(|problems| panic!("{path}\n{problems}"))))
        .collect()
}

#[test]
fn every_file_loads_and_tells_its_story() {
    for (path, loaded) in all() {
        assert!(loaded.story.ends_with(['.', '?']) && loaded.story.len() > 30, "{path}: first line is no story");
        assert!(loaded.story.len() <= 120, "{path}: story longer than a line");
        assert_eq!(loaded.scenario.programmes.is_empty(), !can_run(path), "{path}");
    }
}

/// Settings and prices are built on; everything else runs.
fn can_run(path: &str) -> bool {
    !path.starts_with("settings/") && path != "prices.toml"
}

#[test]
fn short_names_are_unique() {
    let mut names: Vec<&str> = bundled::short_names().collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn base_is_the_default() {
    let base = load(&(), "base").unwrap().scenario;
    assert_eq!(base, Scenario { title: base.title.clone(), ..Scenario::default() });
}

#[test]
fn prices_are_the_defaults_each_with_its_unit() {
    let loaded = load(&(), "prices").unwrap();
    assert_eq!(loaded.scenario.prices, Prices::default());
    let (_, text) = bundled::find("prices").unwrap();
    for price in Prices::DECLARED {
        let line = text.lines().find(|line| line.starts_with(&format!("{} = ", price.name)));
        let line = line.unwrap_or_else(|| panic!("prices.toml does not say {}", price.name));
        assert!(line.contains(&format!("# [{}]", price.unit)) && line.contains("assumption"), "{line}");
    }
}

/// The first phase cost about 1.2 million US dollars a hospital. Money paid is of that order without having been fitted to
/// it; a price or an amount that breaks this is wrong by much.
#[test]
fn the_safer_patients_initiative_costs_what_it_cost_within_a_factor_of_two() {
    let scenario = load(&(), "spi1").unwrap().scenario;
    let paid = scenario.cost(0).total().paid / f64::from(scenario.setting.organisations);
    assert!((400_000.0..1_600_000.0).contains(&paid), "{paid}");
}

/// What scenario files say, taken together, by the last part of the path and the table it stands in.
fn used() -> BTreeSet<(String, &'static str)> {
    let mut used = BTreeSet::new();
    for (path, loaded) in all() {
        // The base case spells everything out and so would hide what nobody uses.
        if path == "base.toml" || path == "prices.toml" {
            continue;
        }
        for slot in loaded.scenario.slots() {
            let kind = slot.table.rsplit('.').next().unwrap_or_default().to_string();
            if loaded.origins.contains_key(&slot.address) && loaded.scenario.value(slot.address) != slot.default() {
                used.insert((kind.clone(), slot.key));
            }
        }
        used.extend(loaded.scenario.shocks.iter().map(|named| (named.shock.key().to_string(), "at")));
    }
    used
}

#[test]
fn every_lever_setting_and_kind_of_shock_is_used_by_some_story() {
    let used = used();
    let levers = Levers::DECLARED.iter().map(|lever| (lever.theme.to_string(), lever.key));
    let settings = Setting::DECLARED.iter().map(|quantity| ("setting".to_string(), quantity.name));
    let shocks = Shock::KINDS.iter().map(|(kind, ..)| ((*kind).to_string(), "at"));
    let target = ("reach".to_string(), "target");
    let missing: Vec<_> =
        levers.chain(settings).chain(shocks).chain([target]).filter(|key| !used.contains(key)).collect();
    assert!(missing.is_empty(), "no bundled scenario uses {missing:?}");
}

#[test]
fn every_lever_that_is_set_has_its_reason_on_the_line() {
    for (path, text) in bundled::FILES.iter().filter(|(path, _)| *path != "base.toml") {
        let mut table = "";
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                table = line;
            } else if table.starts_with("[programme.") && line.contains('=') {
                assert!(line.contains(" # "), "{path}:{}: no reason given: {line}", number + 1);
            }
        }
    }
}

#[test]
fn lessons_are_small() {
    for (path, loaded) in all().into_iter().filter(|(path, _)| path.starts_with("lessons/")) {
        let setting = &loaded.scenario.setting;
        assert!(setting.organisations <= 2.0 && setting.units <= 10.0, "{path}");
    }
}
