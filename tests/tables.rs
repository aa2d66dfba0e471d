//! The declared tables, walked as tables: everything is documented, in range, unique, and used.

mod tree;

use std::collections::BTreeSet;

use dewpoint::{
    metrics::{REGISTRY, UNIT_MEASURES},
    model::{Parameters, Series},
    params::{Quantity, Standing},
    programme::{Clock, Levers},
    scenario::Run,
    world::{Setting, Shock, profession::Traits},
};

/// Every table of numbers, by the name of what it belongs to.
fn numbers() -> Vec<(String, &'static [Quantity])> {
    let mut tables: Vec<(String, &'static [Quantity])> = vec![
        ("setting".into(), Setting::DECLARED),
        ("profession".into(), Traits::DECLARED),
        ("programme".into(), Clock::DECLARED),
        ("run".into(), Run::DECLARED),
    ];
    tables.extend(Shock::KINDS.iter().map(|(kind, _, settings)| (format!("shocks.{kind}"), *settings)));
    let parameters = Parameters::default();
    tables
        .extend(parameters.groups().into_iter().map(|(name, group)| (format!("parameters.{name}"), group.declared())));
    tables
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_number_is_documented_in_range_and_unique() {
    let mut faults = Vec::new();
    for (table, rows) in numbers() {
        let mut names = BTreeSet::new();
        for row in rows {
            let mut fault = |what: &str| faults.push(format!("{table}.{}: {what}", row.name));
            if !names.insert(row.name) {
                fault("declared twice");
            }
            if !row.doc.ends_with('.') || row.doc.len() < 10 {
                fault("its text is no sentence");
            }
            if row.unit.is_empty() {
                fault("has no unit");
            }
            if row.low >= row.high || !row.accepts(row.default) {
                fault("its default lies outside its range");
            }
            if row.neutral.is_some_and(|neutral| !row.accepts(neutral) || neutral == row.default) {
                fault("what is neutral lies outside its range, or is the default: the mechanism is never there");
            }
            let (low, high) = row.plausible();
            if !(low < high && low >= row.low && high <= row.high && (low..=high).contains(&row.default)) {
                fault("what is plausible is nothing, or lies outside its range, or leaves the default out");
            }
            if row.unit == "share" && !(row.low >= -1.0 && row.high <= 1.0) {
                fault("a share beyond 1");
            }
            if row.source.is_empty() {
                fault("has no source; judgement is one");
            }
            if row.standing != Standing::Assumption && ["judgement", "scenario"].contains(&row.source) {
                fault("calls a judgement evidence or calibrated");
            }
        }
    }
    none(&faults);
}

/// A number that nobody reads still stands in files, in lists and in sensitivity analyses, and does nothing.
#[test]
fn every_parameter_and_lever_is_used_by_the_model() {
    let code: String =
        tree::files("src/model").iter().chain(&tree::files("src/programme")).map(|file| file.text.as_str()).collect();
    let read = |name: &str| {
        let field = format!(".{name}");
        let ends =
            |place: usize| !code[place + field.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
        code.match_indices(&field).any(|(place, _)| ends(place))
    };
    let mut faults = Vec::new();
    for (table, rows) in numbers().into_iter().filter(|(table, _)| table.starts_with("parameters.")) {
        let group = table.trim_start_matches("parameters.");
        if !read(group) {
            faults.push(format!("{table}: no mechanism reads this group"));
        }
        faults.extend(
            rows.iter().filter(|row| !read(row.name)).map(|row| format!("{table}.{}: nobody reads it", row.name)),
        );
    }
    let levers = Levers::DECLARED.iter().filter(|lever| !read(lever.key));
    faults.extend(levers.map(|lever| format!("{}: has no effect anywhere", lever.path())));
    none(&faults);
}

#[test]
fn what_is_looked_at_is_documented_and_unique() {
    let metrics = REGISTRY.iter().map(|metric| (metric.name, metric.unit, metric.doc));
    let series = Series::ALL.iter().map(|series| (series.name(), series.unit(), series.doc()));
    let units = UNIT_MEASURES.iter().map(|measure| (measure.name, measure.unit, measure.doc));
    let mut faults = Vec::new();
    for rows in [metrics.collect::<Vec<_>>(), series.collect(), units.collect()] {
        let mut names = BTreeSet::new();
        for (name, unit, doc) in rows {
            if !names.insert(name) || unit.is_empty() || !doc.ends_with('.') {
                faults.push(format!("{name} [{unit}]: declared twice, without unit, or not in a sentence: {doc}"));
            }
        }
    }
    none(&faults);
}
