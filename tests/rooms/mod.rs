//! Files and rooms: no circles anywhere, the model's rooms in the order of a week, and the one shape of a mechanism.

use std::collections::{BTreeMap, BTreeSet};

use super::{imports, none, sources, tree::File};

/// Circles of files that are still there, each as its files. None in the model.
const CIRCLES: &[&[&str]] = &[];

/// Rooms and files of the model, the lowest first: who stands later may know who stands before.
const ROOMS: &[&str] = &[
    "who", "state", "weekly", "outside", "unit", "pushes", "act", "feel", "begin", "turnover", "count", "bench",
    "week", "same", "strands", "simulate", "family",
];

/// Rooms of mechanisms. They know who is there, the state and what the week has at hand, never each other.
const MECHANISMS: &[&str] = &["outside", "unit", "pushes", "act", "feel", "turnover"];

/// Mechanisms that know another all the same: who, whom, reason.
const KNOWN: &[(&str, &str, &str)] = &[
    ("calendar", "outer", "a cut in the budget is part of where a programme stands"),
    ("inspection", "outer", "an inspection lasts as other shocks do"),
    ("embedding", "completion", "what is written counts as far as it is finished"),
    ("exposure", "measurement", "what managers see is what is heard above"),
    ("heed", "fit", "what staff say is one of the ways in which a design comes to fit"),
    ("hours", "coordination", "links between departments take time for meetings"),
    ("practice", "distance", "what is done already leaves less to gain"),
    ("belief", "distance", "what goes with the grain is believed in sooner"),
    ("practice", "habit", "habit is stepped together with the practice that it follows and pulls"),
    ("motivation", "incentive", "standing is one thing, whether it moves or encourages"),
    ("fatigue", "distance", "what is new takes attention"),
    ("blame", "impatience", "those above who press find somebody to blame"),
    ("cynicism", "impatience", "leaders are let down by what they expect by now"),
    ("stay", "workforce", "a what-if keeps people whom shocks would take"),
    ("workforce", "outer", "shocks take people in their week"),
    ("workforce", "network", "who takes up a post looks to new colleagues"),
    ("workforce", "exposure", "a newcomer gets another share of what the team gets"),
    ("workforce", "completion", "a new leader takes up what is unfinished"),
    ("workforce", "aim", "a newcomer reads the aims afresh"),
    ("workforce", "enabling", "a newcomer has not been trained to lead"),
];

/// Types of a mechanism that live for a week and stand in its file: file, type, reason.
const FOR_A_WEEK: &[(&str, &str, &str)] = &[
    ("carryover", "Elsewhen", "recalled anew for each programme; nobody else looks inside"),
    ("hours", "Spare", "counted anew each week; nobody else looks inside"),
    ("workforce", "Departures", "made and used within one step"),
];

/// Lines of a step of a week beyond which it does not fit on a screen.
const SCREEN: usize = 45;

/// The module a file is: `src/model/state/course.rs` is `model::state::course`, `src/model/mod.rs` is `model`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| !["lib", "mod"].contains(part)).map(String::from).collect()
}

/// Every path that `code` names from the top or from above, by `use` or in passing, from the top of the crate.
fn named(file: &File) -> Vec<Vec<String>> {
    let own = module(&file.path);
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut passing = file.text.clone();
    while let Some(start) = passing.find("use ").filter(|start| passing[*start..].contains(';')) {
        let end = start + passing[start..].find(';').unwrap_or(0);
        passing.replace_range(start..end, "");
    }
    let in_passing = ["crate::", "super::", "self::"].into_iter().flat_map(|word| {
        let starts = |place: &usize| !passing[..*place].ends_with(is_part) && !passing[..*place].ends_with('$');
        let found = passing.match_indices(word).map(|(place, _)| place).filter(starts);
        found
            .map(|place| passing[place..].chars().take_while(|letter| is_part(*letter)).collect::<String>())
            .collect::<Vec<_>>()
    });
    let from_the_top = |path: String| {
        let mut parts: Vec<String> = path.split("::").filter(|part| !part.is_empty()).map(String::from).collect();
        let mut base = own.clone();
        match parts.first().map(String::as_str) {
            Some("crate") => base.clear(),
            Some("super" | "self") => {}
            _ => return None,
        }
        while let Some("crate" | "super" | "self") = parts.first().map(String::as_str) {
            if parts.remove(0) == "super" {
                base.pop();
            }
        }
        parts.retain(|part| part != "self");
        Some(base.into_iter().chain(parts).collect())
    };
    imports(&file.text).into_iter().chain(in_passing).filter_map(from_the_top).collect()
}

/// The file in which what `path` names is declared, through what folders hand on.
fn declared(files: &BTreeMap<String, File>, path: &[String]) -> Option<String> {
    let mut folder = String::from("src");
    for (depth, part) in path.iter().enumerate() {
        if files.contains_key(&format!("{folder}/{part}/mod.rs")) {
            folder = format!("{folder}/{part}");
        } else if files.contains_key(&format!("{folder}/{part}.rs")) {
            return Some(format!("{folder}/{part}.rs"));
        } else {
            let own = files.get(&format!("{folder}/mod.rs"))?;
            let handed_on = imports(&own.text).into_iter().find(|import| import.rsplit("::").next() == Some(part));
            let inside = handed_on.map(|import| {
                path[..depth].iter().cloned().chain(import.split("::").map(String::from)).collect::<Vec<_>>()
            });
            // A crate may bear the name of what it hands on; it is no folder of ours, and leads back to where we are.
            let elsewhere = |inside: &Vec<String>| {
                !["crate", "super", "self", "std"].contains(&inside[depth].as_str()) && inside != path
            };
            let found = inside.filter(elsewhere).and_then(|path| declared(files, &path));
            return Some(found.unwrap_or_else(|| own.path.clone()));
        }
    }
    Some(format!("{folder}/mod.rs"))
}

/// Which file knows which. A folder's `mod.rs` is the folder itself: its files know it, and it knows its files.
fn graph(sources: Vec<File>) -> BTreeMap<String, BTreeSet<String>> {
    let files: BTreeMap<String, File> = sources.into_iter().map(|file| (file.path.clone(), file)).collect();
    let holds = |one: &str, other: &str| one.strip_suffix("mod.rs").is_some_and(|folder| other.starts_with(folder));
    let of = |file: &File| {
        let others = named(file).into_iter().filter_map(|path| declared(&files, &path));
        others.filter(|other| !holds(other, &file.path) && !holds(&file.path, other) && *other != file.path).collect()
    };
    files.values().map(|file| (file.path.clone(), of(file))).collect()
}

/// Groups of files that know each other in a circle.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<Vec<String>> {
    let reach = |start: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(file) = next.pop() {
            next.extend(graph.get(file).into_iter().flatten().filter(|other| seen.insert((*other).clone())));
        }
        seen
    };
    let all: BTreeMap<&String, BTreeSet<String>> = graph.keys().map(|file| (file, reach(file))).collect();
    let back = |file: &String, other: &String| all.get(other).is_some_and(|seen| seen.contains(file));
    let of = |file: &String| all[file].iter().filter(|other| back(file, other)).cloned().collect();
    graph.keys().filter(|file| all[file].contains(*file)).map(of).collect()
}

/// Room or file of the model in which `path` stands, and its name.
fn room(path: &str) -> Option<(&str, &str)> {
    let inside = path.strip_prefix("src/model/")?.strip_suffix(".rs")?;
    Some(inside.split_once('/').unwrap_or((inside, inside)))
}

/// The mechanism that a file is, if it is one.
fn mechanism(path: &str) -> Option<&str> {
    room(path).filter(|(room, name)| MECHANISMS.contains(room) && *name != "mod").map(|(_, name)| name)
}

/// The reader itself, on files made by hand.
#[test]
fn circles_are_found_through_what_folders_hand_on() {
    let file = |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
    let of = |files: &[(&str, &str)]| circles(&graph(files.iter().map(file).collect()));
    let folder = ("src/a/mod.rs", "pub mod b;\npub mod c;\npub use b::Thing;\npub fn all() { b::one(); }");
    let (b, c) = (("src/a/b.rs", "use super::{c, all};"), ("src/a/c.rs", "fn two() { super::Thing::new() }"));
    assert_eq!(of(&[folder, b, c]), BTreeSet::from([vec!["src/a/b.rs".into(), "src/a/c.rs".into()]]));
    assert!(of(&[folder, b, ("src/a/c.rs", "use super::all;")]).is_empty());
    let far = ("src/d.rs", "use crate::a::{all, c::{self}};");
    assert!(of(&[folder, b, ("src/a/c.rs", ""), far]).is_empty());
    assert_eq!(of(&[folder, b, ("src/a/c.rs", "use crate::d::far;"), far]).len(), 1);
}

#[test]
fn no_files_know_each_other_in_a_circle() {
    let found = circles(&graph(sources()));
    let known: BTreeSet<Vec<String>> =
        CIRCLES.iter().map(|circle| circle.iter().map(|file| (*file).to_string()).collect()).collect();
    let mut faults: Vec<String> =
        found.difference(&known).map(|circle| format!("a circle: {}", circle.join(" "))).collect();
    faults.extend(known.difference(&found).map(|circle| format!("no circle any more: {}", circle.join(" "))));
    none(&faults);
}

#[test]
fn rooms_of_the_model_stand_in_their_order() {
    let place = |path: &str| room(path).and_then(|(room, _)| ROOMS.iter().position(|name| *name == room));
    let mut faults = Vec::new();
    for (path, others) in graph(sources()).iter().filter(|(path, _)| room(path).is_some_and(|(room, _)| room != "mod"))
    {
        let Some(own) = place(path) else {
            faults.push(format!("{path}: stands in no room; give it a place in ROOMS"));
            continue;
        };
        for other in others.iter().filter(|other| place(other).is_some_and(|other| other > own)) {
            faults.push(format!("{path}: knows {other}, which comes later; let the step hand in what it needs"));
        }
    }
    none(&faults);
}

#[test]
fn mechanisms_know_state_and_not_each_other() {
    let (mut faults, mut needed) = (Vec::new(), BTreeSet::new());
    for (path, others) in graph(sources()) {
        let Some(own) = mechanism(&path) else { continue };
        for other in others.iter().filter_map(|other| mechanism(other)) {
            match KNOWN.iter().position(|(who, whom, _)| *who == own && *whom == other) {
                Some(place) => drop(needed.insert(place)),
                None => faults.push(format!("{path}: knows {other}; hand in what it needs, or say in KNOWN why")),
            }
        }
    }
    let unused = KNOWN.iter().enumerate().filter(|(place, _)| !needed.contains(place));
    faults.extend(unused.map(|(_, (who, whom, _))| format!("{who} no longer knows {whom}: take it out of KNOWN")));
    none(&faults);
}

/// Only data lasts: the state has no luck and no equations of its own, and mechanisms have no state of their own.
#[test]
fn state_is_data_and_all_that_lasts_is_state() {
    let mut faults = Vec::new();
    for File { path, text } in sources() {
        match room(&path) {
            Some(("state", _)) => {
                for word in ["Model", "rng::", "quantities!"] {
                    let here = text.contains(word).then(|| format!("{path}: {word}: state is data only"));
                    faults.extend(here);
                }
            }
            Some((room, name)) if MECHANISMS.contains(&room) => {
                for declared in text.match_indices("\npub struct ").map(|(place, word)| &text[place + word.len()..]) {
                    let declared: String = declared.chars().take_while(|letter| letter.is_alphanumeric()).collect();
                    if !FOR_A_WEEK.iter().any(|(file, kind, _)| *file == name && *kind == declared) {
                        faults.push(format!("{path}: {declared}: what lasts stands in src/model/state/"));
                    }
                }
            }
            _ => {}
        }
    }
    none(&faults);
}

/// A mechanism is its card, its parameters, its steps and its test, in this order; a step takes the context.
#[test]
fn every_mechanism_has_the_one_shape() {
    let mut faults = Vec::new();
    for file in super::tree::files("src/model").iter().filter(|file| file.text.contains("quantities! {")) {
        let places =
            ["//! ", "\nquantities! {", "\npub fn ", "\n#[cfg(test)]\nmod tests {"].map(|part| file.text.find(part));
        if !places.iter().all(Option::is_some) || !places.is_sorted() {
            // What has a method instead of a function has its shape all the same.
            let method = [places[0], places[1], file.text.find("\n    pub fn "), places[3]];
            if !method.iter().all(Option::is_some) || !method.is_sorted() {
                faults.push(format!("{}: card, parameters, steps, tests: one is missing or out of order", file.path));
            }
        }
        for function in file.text.split("fn ").skip(1) {
            let head = function.split('{').next().unwrap_or_default();
            if head.contains("model: &Model") && head.contains("levers: &Levers") && head.contains("&mut ") {
                let name = head.split('(').next().unwrap_or_default();
                faults.push(format!("{}: {name}: a step takes &Context instead of its parts", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_step_of_a_week_fits_on_a_screen() {
    let week = super::tree::text("src/model/week.rs");
    let steps = week.split("#[cfg(test)]").next().unwrap_or_default().split("\n/// ").skip(1);
    let lines = |step: &str| step.lines().skip_while(|line| !line.contains("fn ")).count();
    let long = steps.filter(|step| lines(step) > SCREEN);
    none(
        &long
            .map(|step| format!("week.rs: more than {SCREEN} lines: {}", step.lines().next().unwrap_or_default()))
            .collect::<Vec<_>>(),
    );
}
