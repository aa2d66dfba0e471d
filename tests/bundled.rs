//! The scenarios that come with the program: every one loads, says its story, and together they use everything there is.

use std::collections::BTreeSet;

use dewpoint::{
    programme::{Lever, Levers, Prices},
    scenario::{Loaded, Scenario, Slot, bundled, load},
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

/// Whether it is a lever of what a programme does, not of whom it reaches or what it is like.
fn is_doing(slot: &Slot) -> bool {
    let lever = |lever: &&Lever| slot.key == lever.key && slot.table.ends_with(&format!(".{}", lever.theme));
    Levers::DECLARED.iter().find(lever).is_some_and(|lever| !["reach", "design"].contains(&lever.theme))
}

/// Paths and values of the levers of doing that a file, or one that it builds on, names for its programme `name`.
fn named(loaded: &Loaded, name: &str) -> Vec<(String, f64)> {
    let programme = loaded.scenario.programmes.iter().position(|programme| programme.name == name).unwrap();
    let start = format!("programme.{programme}.");
    let slots = loaded.scenario.slots().into_iter();
    let done = slots.filter(|slot| is_doing(slot) && loaded.origins.contains_key(&slot.address));
    let values =
        done.map(|slot| (loaded.scenario.value(slot.address).unwrap().to_string().parse().unwrap(), slot.path));
    values.filter(|(_, path)| path.starts_with(&start)).map(|(value, path)| (path, value)).collect()
}

#[test]
fn base_names_all_that_it_does_and_has_the_defaults_of_all_else() {
    let loaded = load(&(), "base").unwrap();
    for slot in loaded.scenario.slots().into_iter().filter(|slot| slot.path != "title") {
        if is_doing(&slot) {
            assert!(loaded.origins.contains_key(&slot.address), "base.toml does not say {}", slot.path);
        } else {
            assert_eq!(loaded.scenario.value(slot.address), Scenario::default().value(slot.address), "{}", slot.path);
        }
    }
}

#[test]
fn usual_care_does_nothing_and_no_other_programme_does_so_by_accident() {
    for (path, loaded) in all() {
        for programme in &loaded.scenario.programmes {
            let named = named(&loaded, &programme.name);
            if path == "programmes/usual_care.toml" {
                assert_eq!(named, []);
            } else {
                let pulled = named.iter().filter(|(_, value)| *value > 0.0).count();
                assert!(pulled >= 6, "{path}: {} pulls {pulled} levers of doing", programme.name);
            }
        }
    }
}

/// A table of facts heads every programme of the review, with a source on each line; variants refer to their model's.
#[test]
fn programmes_start_from_facts() {
    for (path, text) in bundled::FILES.iter().filter(|(path, _)| path.starts_with("programmes/")) {
        assert!(text.contains("\n# Against its evaluation"), "{path}: nothing about the evaluation");
        let model = text.lines().find_map(|line| line.strip_prefix("extends = ")).unwrap_or_default();
        if text.contains("Facts: those of ") {
            assert!(text.contains(&format!("Facts: those of {}", model.trim_matches('"'))), "{path}: facts of another");
            continue;
        }
        let facts = text.split("\n# Facts").nth(1).unwrap_or_else(|| panic!("{path}: no facts"));
        let facts = facts.split("\n#\n").next().unwrap();
        let mut entries: Vec<String> = Vec::new();
        for line in facts.split("\n#   ").skip(1) {
            match entries.last_mut() {
                Some(entry) if line.starts_with(' ') => *entry += line,
                _ => entries.push(line.to_string()),
            }
        }
        for entry in &entries {
            assert!(entry.contains('(') || entry.contains("not reported"), "{path}: no source: {entry}");
        }
        let wanted = ["where", "how many", "how long", "baseline", "measured", "found", "left"];
        let wanted = if path.ends_with("usual_care.toml") { vec!["where", "found"] } else { wanted.to_vec() };
        for label in wanted {
            assert!(entries.iter().any(|entry| entry.starts_with(label)), "{path}: no fact called {label}");
        }
    }
}

/// Each country counts once; of Northern Ireland nothing was found, and it is taken to be as Scotland is.
#[test]
fn the_united_kingdom_is_the_average_of_its_countries() {
    let setting = |name: &str| load(&(), name).unwrap().scenario.setting;
    let countries = ["england", "scotland", "wales", "scotland"].map(setting);
    let mean = |of: fn(&Setting) -> f32| countries.iter().map(of).sum::<f32>() / 4.0;
    let whole = setting("united_kingdom");
    for of in [
        |setting: &Setting| setting.policy_churn,
        |setting: &Setting| setting.reorganisation,
        |setting: &Setting| setting.policy_alignment,
        |setting: &Setting| setting.sponsor_turnover,
        |setting: &Setting| setting.leader_turnover,
        |setting: &Setting| setting.agency,
    ] {
        assert!((of(&whole) - mean(of)).abs() <= 0.0051, "{} {}", of(&whole), mean(of));
    }
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
