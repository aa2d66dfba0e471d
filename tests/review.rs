//! What the review asks for and how the model has it (validation/review.toml): whatever a row names is there, a row that
//! calls itself real has a mechanism and a pattern for it, no lever is forgotten, and docs/review.md says so.
//! `RENEW=1 cargo test --test review` writes the page again.

#[allow(dead_code)]
mod tree;

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use dewpoint::{
    metrics::REGISTRY,
    programme::{CHALLENGES, Clock, Lever, Levers},
    scenario::{Scenario, bundled, load},
    world::Setting,
};
use serde::Deserialize;
use tree::text;

const PAGE: &str = "docs/review.md";

/// What a programme chooses beside its levers.
const MEANS: [&str; 2] = ["budget", "reach.target"];

/// The pattern in which all levers are pulled at once, which shows nothing about any of them.
const ALL_AT_ONCE: &str = "P40";

const THEMES: [&str; 3] = [
    "design and planning",
    "organisations, professions, leadership",
    "sustainability, spread, unintended consequences",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    elsewhere: toml::Table,
    challenge: Vec<Row>,
    remedy: Vec<Row>,
    tension: Vec<Row>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Has {
    Real,
    Nominal,
    Setting,
    Study,
    Absent,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Row {
    number: usize,
    found: String,
    theme: usize,
    problem: String,
    remedy: String,
    between: String,
    has: Option<Has>,
    levers: Vec<String>,
    settings: Vec<String>,
    mechanisms: Vec<String>,
    tests: Vec<String>,
    metrics: Vec<String>,
    scenarios: Vec<String>,
    lacks: String,
}

impl Row {
    fn has(&self) -> Has {
        self.has.unwrap_or_else(|| panic!("{}: does not say how the model has it", self.name()))
    }

    fn name(&self) -> String {
        [&self.found, &self.remedy, &self.between]
            .into_iter()
            .find(|text| !text.is_empty())
            .cloned()
            .unwrap_or_default()
    }
}

fn review() -> Review {
    toml::from_str(&text("validation/review.toml")).unwrap_or_else(|error| panic!("validation/review.toml: {error}"))
}

/// Every row, with the levers of a challenge those that are declared for it.
fn rows() -> Vec<Row> {
    let Review { challenge, remedy, tension, .. } = review();
    let with_levers = |row: Row| {
        let own = Levers::DECLARED.iter().filter(|lever| usize::from(lever.challenge) == row.number);
        Row { levers: own.map(Lever::path).collect(), ..row }
    };
    challenge.into_iter().map(with_levers).chain(remedy).chain(tension).collect()
}

/// Patterns and figures: id, and the paths that their arms differ in.
fn varied() -> Vec<(String, BTreeSet<String>)> {
    let of = |file: &str, key: &str| {
        let whole: toml::Table = toml::from_str(&text(file)).unwrap();
        let tests = whole[key].as_array().unwrap().iter().map(|test| {
            let mut paths = BTreeSet::new();
            for arm in test.get("arms").and_then(|arms| arms.as_array()).into_iter().flatten() {
                collect("", arm, &mut paths);
            }
            (test["id"].as_str().unwrap().to_owned(), paths)
        });
        tests.collect::<Vec<_>>()
    };
    [of("validation/patterns.toml", "pattern"), of("validation/targets.toml", "target")].concat()
}

fn collect(path: &str, value: &toml::Value, paths: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                collect(&if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, value, paths);
            }
        }
        _ => {
            let own = path.strip_prefix("programme.").and_then(|rest| rest.split_once('.')).map(|(_, rest)| rest);
            paths.insert(own.unwrap_or(path).to_owned());
        }
    }
}

fn is_lever(path: &str) -> bool {
    Levers::DECLARED.iter().any(|lever| lever.path() == path)
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn whatever_a_row_names_is_there() {
    let tests: BTreeSet<String> = varied().into_iter().map(|(id, _)| id).collect();
    let scenarios: Vec<&str> = bundled::short_names().collect();
    let mut faults = Vec::new();
    for row in rows() {
        let mut fault = |what: &str, name: &str| faults.push(format!("{}: no {what} {name}", row.name()));
        for lever in &row.levers {
            let clock = Clock::DECLARED.iter().any(|quantity| quantity.name == lever);
            if !(is_lever(lever) || clock || MEANS.contains(&lever.as_str())) {
                fault("lever", lever);
            }
        }
        for setting in &row.settings {
            if !Setting::DECLARED.iter().any(|quantity| quantity.name == setting) {
                fault("setting", setting);
            }
        }
        for mechanism in &row.mechanisms {
            if !PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/model/{mechanism}.rs")).exists() {
                fault("mechanism", mechanism);
            }
        }
        row.tests.iter().filter(|test| !tests.contains(*test)).for_each(|test| fault("pattern or figure", test));
        row.scenarios
            .iter()
            .filter(|name| !scenarios.contains(&name.as_str()))
            .for_each(|name| fault("scenario", name));
        for metric in row.metrics.iter().filter(|name| !REGISTRY.iter().any(|metric| metric.name == **name)) {
            fault("metric", metric);
        }
    }
    none(&faults);
}

/// What is called real is chosen, has an equation that reads it, and is varied by a pattern or figure; whatever is not
/// real says what is missing.
#[test]
fn nothing_is_called_real_that_is_not() {
    let varied = varied();
    let mut faults = Vec::new();
    for row in rows() {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", row.name()));
        if row.has() != Has::Real {
            if row.lacks.is_empty() {
                fault("does not say what it lacks");
            }
            continue;
        }
        if !row.lacks.is_empty() {
            fault("is real and lacks something");
        }
        let levers: Vec<&String> = row.levers.iter().filter(|path| is_lever(path)).collect();
        let read = |mechanism: &String| {
            let code = text(&format!("src/model/{mechanism}.rs"));
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            levers.iter().any(|path| code.contains(path.as_str())) || levers.is_empty() && code.contains("target")
        };
        if !row.mechanisms.iter().any(read) {
            fault("none of its mechanisms reads one of its levers");
        }
        let tests = varied.iter().filter(|(id, _)| row.tests.contains(id) && id != ALL_AT_ONCE);
        if !tests.into_iter().any(|(_, paths)| row.levers.iter().any(|lever| paths.contains(lever))) {
            fault("no pattern or figure varies one of its levers");
        }
    }
    none(&faults);
}

#[test]
fn scenarios_do_what_they_are_named_for() {
    let mut faults = Vec::new();
    let plain = Scenario::default();
    for row in rows().into_iter().filter(|row| row.levers.iter().any(|path| is_lever(path))) {
        for name in &row.scenarios {
            let scenario = load(&(), name).unwrap().scenario;
            let used = |programme: &dewpoint::programme::Programme| {
                let differs = |(place, lever): (usize, &Lever)| {
                    let usual = plain.programmes[0].levers.get(place);
                    row.levers.contains(&lever.path()) && programme.levers.get(place) != usual
                };
                let planning = row.levers.iter().any(|path| path == "planning");
                Levers::DECLARED.iter().enumerate().any(differs) || planning
            };
            if !scenario.programmes.iter().any(used) {
                faults.push(format!("{}: {name} does nothing of it", row.name()));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_lever_answers_something_or_says_why_not() {
    let Review { elsewhere, remedy, tension, .. } = review();
    let answers: BTreeSet<String> = remedy.into_iter().chain(tension).flat_map(|row| row.levers).collect();
    let mut faults = Vec::new();
    for lever in Levers::DECLARED.iter().map(Lever::path) {
        match (answers.contains(&lever), elsewhere.contains_key(&lever)) {
            (false, false) => faults.push(format!("{lever}: answers no row; say in [elsewhere] why")),
            (true, true) => faults.push(format!("{lever}: answers a row; take it out of [elsewhere]")),
            _ => {}
        }
    }
    let unknown = elsewhere.keys().filter(|path| !is_lever(path));
    faults.extend(unknown.map(|path| format!("{path}: no such lever")));
    none(&faults);
}

#[test]
fn the_table_is_whole() {
    let Review { challenge, remedy, tension, .. } = review();
    let numbers: Vec<usize> = challenge.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=CHALLENGES.len()).collect::<Vec<_>>());
    // Counted by hand in the table of the review, a line for each remedy of each problem.
    let of = |theme: usize| remedy.iter().filter(|row| row.theme == theme).count();
    assert_eq!([of(1), of(2), of(3)], [20, 34, 11]);
    assert!(remedy.iter().all(|row| !row.problem.is_empty() && !row.remedy.is_empty()));
    assert!(tension.iter().all(|row| !row.between.is_empty()) && challenge.iter().all(|row| !row.found.is_empty()));
}

#[test]
fn the_page_is_current() {
    let made = page();
    if std::env::var_os("RENEW").is_some() {
        fs::write(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(PAGE), made).unwrap();
        return;
    }
    assert!(text(PAGE) == made, "{PAGE} is not what validation/review.toml says: RENEW=1 cargo test --test review");
}

fn page() -> String {
    let Review { remedy, tension, .. } = review();
    let challenges: Vec<Row> = rows().into_iter().filter(|row| row.number > 0).collect();
    let mut page = String::from(
        "# The review and the model\n\n\
         What the review asks for (Dixon-Woods, McNicol & Martin 2012) and how the model has it. Made from\n\
         `validation/review.toml`; not to be edited by hand.\n\n\
         *Real*: something that a programme chooses moves people by an equation, and a pattern or a published figure varies it;\n\
         whether the model passes stands in [`validation.md`](validation.md). *Nominal*: something stands near it, without an equation of its own or\n\
         without a test. *Setting*: given with the place, not chosen. *Study*: it changes nobody; it is how an answer is counted.\n\
         *Absent*: nothing stands for it. Tests are patterns (P) and figures (N).\n\n",
    );
    page +=
        &counts(&[("challenges", &challenges), ("remedies of Table 1", &remedy), ("tensions of Chapter 4", &tension)]);
    page += "\n## Challenges\n";
    for row in &challenges {
        let _ = write!(page, "\n**{}. {}.** {} ", row.number, capital(CHALLENGES[row.number - 1]), row.found);
        let _ = writeln!(page, "{}.", how(row).join(". "));
    }
    for (number, theme) in THEMES.iter().enumerate() {
        let _ = write!(page, "\n## Table 1, theme {}: {theme}\n\n", number + 1);
        let of_theme = remedy.iter().filter(|row| row.theme == number + 1);
        let row = |row: &Row| [row.problem.clone(), row.remedy.clone(), has(row), how(row).join("<br>")];
        page += &table(["problem", "remedy", "in the model", "how, and what is missing"], of_theme.map(row));
    }
    page += "\n## Chapter 4: tensions\n\n";
    let row = |row: &Row| [row.between.clone(), has(row), how(row).join("<br>")];
    page + &table(["between", "in the model", "how, and what is missing"], tension.iter().map(row))
}

/// How many rows of each sort the model has in each way.
fn counts(sorts: &[(&str, &[Row])]) -> String {
    let ways = [Has::Real, Has::Nominal, Has::Setting, Has::Study, Has::Absent];
    let many = |rows: &[Row], way: Has| rows.iter().filter(|row| row.has() == way).count().to_string();
    let rows = sorts.iter().map(|(name, rows)| {
        let [real, nominal, setting, study, absent] = ways.map(|way| many(rows, way));
        [(*name).to_owned(), rows.len().to_string(), real, nominal, setting, study, absent]
    });
    table(["", "all", "real", "nominal", "setting", "study", "absent"], rows)
}

fn has(row: &Row) -> String {
    format!("{:?}", row.has()).to_lowercase()
}

/// What a row names, in phrases.
fn how(row: &Row) -> Vec<String> {
    let list = |what: &str, names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")))
    };
    let plain = |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")));
    let lacks = (!row.lacks.is_empty()).then(|| format!("Missing: {}", row.lacks));
    let phrases = [
        list("Levers:", &row.levers),
        list("Settings:", &row.settings),
        list("Mechanisms:", &row.mechanisms),
        list("Counted by", &row.metrics),
        plain("Tests:", &row.tests),
        plain("Scenarios:", &row.scenarios),
        lacks,
    ];
    phrases.into_iter().flatten().collect()
}

fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut made = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(N));
    for row in rows {
        let _ = writeln!(made, "| {} |", row.join(" | "));
    }
    made
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
