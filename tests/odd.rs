//! The model's description (docs/odd.md) says what the code says: its tables are made from the declarations and from the
//! sentences at the head of each mechanism, between markers in the page. `RENEW=1 cargo test --test odd` writes them again.

#[allow(dead_code)]
mod tree;

use std::{fmt::Write, fs, path::PathBuf};

use dewpoint::{
    experiment::validate::{BUNDLED, patterns},
    metrics::REGISTRY,
    model::{Parameters, Series},
    params::{Quantity, Standing},
    programme::{Clock, Levers, Means},
    world::{Setting, Shock, profession::Traits},
};
use tree::text;

const PAGE: &str = "docs/odd.md";

/// Every table of the page by the name in its marker.
fn tables() -> Vec<(&'static str, String)> {
    vec![
        ("patterns", pattern_table()),
        ("state of a person", columns_of("src/model/state/world.rs", "People")),
        ("state of a person in a programme", columns_of("src/model/state/course.rs", "Course")),
        ("state of an organisation", columns_of("src/model/state/world.rs", "World")),
        ("what an organisation is given", columns_of("src/model/who/organisation.rs", "Organisation")),
        ("setting", quantities(Setting::DECLARED)),
        ("professions", quantities(Traits::DECLARED)),
        ("clock", quantities(Clock::DECLARED)),
        ("means", quantities(Means::DECLARED)),
        ("week", week()),
        ("luck", draws()),
        ("series", series()),
        ("metrics", metrics()),
        ("levers", levers()),
        ("shocks", shocks()),
        ("submodels", submodels()),
    ]
}

#[test]
fn the_description_says_what_the_code_says() {
    let page = text(PAGE);
    let made = tables().iter().fold(page.clone(), |page, (name, table)| with_table(&page, name, table));
    if std::env::var_os("RENEW").is_some() {
        fs::write(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(PAGE), made).unwrap();
        return;
    }
    if page != made {
        let place = page.lines().zip(made.lines()).position(|(old, new)| old != new).unwrap_or(0);
        let line = |page: &str| page.lines().nth(place).unwrap_or("(end)").to_owned();
        panic!(
            "{PAGE}, line {}:\n  page: {}\n  code: {}\nRENEW=1 cargo test --test odd brings it up to date; then read it",
            place + 1,
            line(&page),
            line(&made)
        );
    }
}

#[test]
fn the_description_has_every_part_of_the_protocol_in_its_order() {
    let page = text(PAGE);
    let parts = [
        "## 1. Purpose and patterns",
        "## 2. Entities, state variables and scales",
        "## 3. Process overview and scheduling",
        "## 4. Design concepts",
        "## 5. Initialisation",
        "## 6. Input data",
        "## 7. Submodels",
    ];
    let places: Vec<Option<usize>> = parts.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    for concept in [
        "Basic principles",
        "Emergence",
        "Adaptation",
        "Objectives",
        "Learning",
        "Prediction",
        "Sensing",
        "Interaction",
        "Stochasticity",
        "Collectives",
        "Observation",
    ] {
        assert!(page.contains(&format!("**{concept}.**")), "{concept}");
    }
}

/// The page with the text between the markers of `name` replaced.
fn with_table(page: &str, name: &str, table: &str) -> String {
    let (begin, end) = (format!("<!-- from the code: {name} -->\n"), "<!-- end -->");
    let from = page.find(&begin).unwrap_or_else(|| panic!("{PAGE} has no {begin}")) + begin.len();
    let to = from + page[from..].find(end).unwrap_or_else(|| panic!("{PAGE}: {name} has no end"));
    format!("{}\n{table}\n{}", &page[..from], &page[to..])
}

fn rows(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head_cells: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = vec!["---".to_owned(); head.len()];
    let body =
        rows.into_iter().map(|row| line(row.iter().map(|cell| cell.replace('|', "/").replace('<', "&lt;")).collect()));
    line(head_cells)
        + &line(rule).replace("| --- ", "|---").replace(" |\n", "|\n").replace(" ---", "---")
        + &body.collect::<String>()
}

fn pattern_table() -> String {
    let found = patterns(BUNDLED).unwrap();
    rows(&["pattern", "name", "place in the review"], found.into_iter().map(|row| vec![row.id, row.name, row.place]))
}

fn quantities(declared: &[Quantity]) -> String {
    let row = |row: &Quantity| {
        vec![
            format!("`{}`", row.name),
            row.doc.to_owned(),
            default(row),
            row.unit.to_owned(),
            format!("{} to {}", row.low, row.high),
            format!("{}: {}", standing(row.standing), row.source),
        ]
    };
    rows(&["name", "what it is", "default", "unit", "range", "standing and source"], declared.iter().map(row))
}

fn default(row: &Quantity) -> String {
    row.neutral.map_or(row.default.to_string(), |neutral| format!("{}; off at {neutral}", row.default))
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Evidence => "evidence",
        Standing::Calibrated => "calibrated",
        Standing::Assumption => "assumption",
    }
}

/// The documented fields of a struct.
fn columns_of(file: &str, name: &str) -> String {
    let source = text(file);
    let start = source.find(&format!("pub struct {name} {{")).unwrap_or_else(|| panic!("{file} has no {name}"));
    let body = &source[start..start + source[start..].find("\n}").unwrap()];
    let mut doc = String::new();
    let mut found = Vec::new();
    for line in body.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("/// ") {
            doc = if doc.is_empty() { words.into() } else { format!("{doc} {words}") };
        } else if let Some((field, _)) = line.strip_prefix("pub ").and_then(|line| line.split_once(':')) {
            found.push(vec![format!("`{field}`"), std::mem::take(&mut doc)]);
        }
    }
    assert!(found.len() > 3, "{file}: {name}");
    rows(&["variable", "what it is"], found)
}

/// The steps of a week, in the order in which `week` calls them, each with its sentence and the functions it calls in turn.
fn week() -> String {
    let source = text("src/model/week.rs");
    let body = |name: &str| {
        let start = source.find(&format!("fn {name}(")).unwrap();
        source[start..start + source[start..].find("\n}").unwrap()].to_owned()
    };
    let sentence = |name: &str| {
        let before = &source[..source.find(&format!("fn {name}(")).unwrap()];
        let doc =
            before.lines().rev().skip_while(|line| !line.starts_with("///")).take_while(|line| line.starts_with("///"));
        doc.map(|line| line.trim_start_matches('/').trim())
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let steps = [
        "outer_context",
        "units_look",
        "staff_listen",
        "levers_reach",
        "staff_learn",
        "programme_weighs",
        "staff_intend",
        "staff_act",
        "staff_conclude",
        "people_feel",
        "people_move",
        "units_count",
    ];
    let whole = body("week");
    let called: Vec<usize> = steps.iter().map(|step| whole.find(&format!("{step}(")).expect(step)).collect();
    assert!(called.is_sorted(), "the week has another order now");
    let row = |(place, step): (usize, &&str)| {
        let inside = body(step);
        let mut calls: Vec<String> = Vec::new();
        for (place, _) in inside.match_indices("::") {
            let module: String = word_before(&inside[..place]);
            let function: String =
                inside[place + 2..].chars().take_while(|letter| letter.is_lowercase() || *letter == '_').collect();
            let is_call = inside[place + 2 + function.len()..].starts_with('(');
            let call = format!("`{module}::{function}`");
            if is_call && !module.is_empty() && file_of(&module).is_some() && !calls.contains(&call) {
                calls.push(call);
            }
        }
        vec![(place + 1).to_string(), sentence(step), calls.join(", ")]
    };
    rows(&["step", "what happens", "submodels, in order"], steps.iter().enumerate().map(row))
}

fn word_before(text: &str) -> String {
    let word: Vec<char> = text.chars().rev().take_while(|letter| letter.is_lowercase() || *letter == '_').collect();
    word.into_iter().rev().collect()
}

/// The file of the model called so, in whichever room it stands.
fn file_of(module: &str) -> Option<tree::File> {
    tree::files("src/model").into_iter().find(|file| file.path.ends_with(&format!("/{module}.rs")))
}

/// Every process that draws luck.
fn draws() -> String {
    let source = text("src/rng.rs");
    let start = source.find("pub enum Process {").unwrap();
    let body = &source[start..start + source[start..].find("\n}").unwrap()];
    let lines: Vec<&str> = body.lines().skip(1).map(str::trim).collect();
    let pairs = lines.chunks(2).filter_map(|pair| match pair {
        [doc, name] => Some(vec![
            name.split(' ').next().unwrap_or_default().to_owned(),
            doc.trim_start_matches('/').trim().to_owned(),
        ]),
        _ => None,
    });
    rows(&["process", "what is drawn"], pairs)
}

fn series() -> String {
    let row = |series: &Series| vec![format!("`{}`", series.name()), series.unit().into(), series.doc().into()];
    rows(&["series", "unit", "what it is"], Series::ALL.iter().map(row))
}

fn metrics() -> String {
    let row = |row: &dewpoint::metrics::Metric| vec![format!("`{}`", row.name), row.unit.into(), row.doc.into()];
    rows(&["metric", "unit", "what it is"], REGISTRY.iter().map(row))
}

fn levers() -> String {
    let row = |lever: &dewpoint::programme::Lever| {
        let [zero, half, one] = lever.meaning.map(str::to_owned);
        vec![format!("`{}`", lever.path()), lever.doc.into(), lever.default.to_string(), zero, half, one]
    };
    rows(&["lever", "what it is", "default", "0", "0.5", "1"], Levers::DECLARED.iter().map(row))
}

fn shocks() -> String {
    let row = |(kind, doc, settings): &(&str, &str, &[Quantity])| {
        let settings: Vec<String> = settings.iter().map(|row| format!("`{}`: {}", row.name, row.doc)).collect();
        vec![format!("`{kind}`"), (*doc).to_owned(), settings.join(" ")]
    };
    rows(&["shock", "what happens", "settings"], Shock::KINDS.iter().map(row))
}

/// Every mechanism: the head of its file, and its parameters.
fn submodels() -> String {
    let mut made = String::new();
    for (name, group) in Parameters::default().groups() {
        let source = file_of(name).unwrap_or_else(|| panic!("no room has {name}.rs")).text;
        let head: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let head = head.join("\n").replace("~", "\\~");
        let _ = write!(made, "### `{name}`\n\n{head}\n\n{}\n", quantities(group.declared()));
    }
    made.trim_end().to_owned() + "\n"
}
