//! The scenarios that come with the program: every one loads, says its story, and together they use everything there is.

use dewpoint::scenario::{Loaded, Scenario, bundled, load};

fn all() -> Vec<(&'static str, Loaded)> {
    bundled::FILES
        .iter()
        .map(|(path, _)| (*path, load(&(), path).unwrap_or_else(|problems| panic!("{path}\n{problems}"))))
        .collect()
}

#[test]
fn every_file_loads_and_tells_its_story() {
    for (path, loaded) in all() {
        assert!(loaded.story.ends_with('.') && loaded.story.len() > 30, "{path}: first line is no story");
        assert!(loaded.story.len() <= 120, "{path}: story longer than a line");
        assert_eq!(loaded.scenario.programmes.is_empty(), path.starts_with("settings/"), "{path}");
    }
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
