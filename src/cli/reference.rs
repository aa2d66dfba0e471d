//! The printed reference: levers, shocks, parameters and settings, made from their declarations.

use std::io::{self, Write};

use super::text::{columns, paragraph};
use crate::{
    model::Parameters,
    params::{Quantity, decimal},
    programme::{CHALLENGES, Clock, Levers, Means, Prices, Target, cost},
    scenario::Run,
    table::{Cell, Column, Table},
    world::{Incidents, Setting, Shock, profession::Traits},
};

/// How a reference is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal.
    #[default]
    Text,
    /// An array of objects, one for each row.
    Json,
    /// Comma-separated values.
    Csv,
}

/// Every lever: what 0, 0.5 and 1 mean, which challenge it answers, and what it costs at 1.
pub fn levers() -> Table {
    let prices = Prices::default();
    let rows = Levers::DECLARED.iter().enumerate().map(|(place, lever)| {
        let [zero, half, one] = lever.meaning;
        let challenge = usize::from(lever.challenge).checked_sub(1).and_then(|index| CHALLENGES.get(index));
        vec![
            text(lever.theme),
            text(lever.key),
            text(lever.doc),
            Cell::Number(decimal(lever.default)),
            text(zero),
            text(half),
            text(one),
            Cell::Count(lever.challenge.into()),
            text(challenge.copied().unwrap_or("none in particular")),
            Cell::Text(cost::in_words(place, &prices)),
        ]
    });
    let columns = vec![
        Column::new("theme", "", "Sub-table of [[programme]]."),
        Column::new("lever", "", "Key in that sub-table."),
        Column::new("what", "", "What it is."),
        Column::new("default", "share", "Value when a scenario says nothing."),
        Column::new("at_0", "", "What 0 means."),
        Column::new("at_half", "", "What 0.5 means."),
        Column::new("at_1", "", "What 1 means."),
        Column::new("challenge", "number", "Number of the review's challenge it answers; 0 for none in particular."),
        Column::new("challenge_in_words", "", "That challenge in short."),
        Column::new("price", "", "What it takes at 1; less in proportion below."),
    ];
    Table { name: "levers".into(), columns, rows: rows.collect() }
}

/// Every kind of shock with its settings.
pub fn shocks() -> Table {
    let rows = Shock::KINDS.iter().flat_map(|(kind, _, settings)| settings.iter().map(|row| quantity(kind, row)));
    let mut table = quantities("shocks", "kind", "Kind of shock.", rows.collect());
    table.columns.insert(1, Column::new("effect", "", "What the shock does."));
    for row in &mut table.rows {
        let kind = Shock::KINDS.iter().find(|(kind, ..)| matches!(&row[0], Cell::Text(name) if name == kind));
        row.insert(1, text(kind.map_or("", |(_, doc, _)| doc)));
    }
    table
}

/// Every parameter, by mechanism.
pub fn parameters() -> Table {
    let defaults = Parameters::default();
    let groups = defaults.groups();
    let rows = groups.iter().flat_map(|(name, group)| group.declared().iter().map(|row| quantity(name, row)));
    let mut table = quantities("parameters", "mechanism", "Sub-table of [parameters].", rows.collect());
    // Only parameters can be off.
    let doc = "Value at which the mechanism is off, where there is one.";
    let place = table.columns.iter().position(|column| column.name == "default").map_or(0, |place| place + 1);
    table.columns.insert(place, Column::new("neutral", "see unit", doc));
    let declared = groups.iter().flat_map(|(_, group)| group.declared());
    for (row, quantity) in table.rows.iter_mut().zip(declared) {
        row.insert(place, Cell::Number(quantity.neutral.unwrap_or(f64::NAN)));
    }
    table
}

/// Everything that is given: the setting, professions, clocks, budgets and how to run.
pub fn settings() -> Table {
    let tables: [(&str, &[Quantity]); 6] = [
        ("setting", Setting::DECLARED),
        ("profession", Traits::DECLARED),
        ("programme", Clock::DECLARED),
        ("programme", Means::DECLARED),
        ("incidents", Incidents::DECLARED),
        ("run", Run::DECLARED),
    ];
    let rows = tables.iter().flat_map(|(name, rows)| rows.iter().map(|row| quantity(name, row)));
    quantities("settings", "table", "Table of the scenario file.", rows.collect())
}

/// Every price, and how much of what a lever at 1 takes.
pub fn prices() -> Table {
    let group = |row: &Quantity| if row.unit == "GBP/hour" || row.unit == "times" { "price" } else { "amount at 1" };
    let mut rows: Vec<Vec<Cell>> = Prices::DECLARED.iter().map(|row| quantity(group(row), row)).collect();
    let hour = Traits::DECLARED.iter().filter(|row| row.unit == "GBP/hour");
    rows.splice(0..0, hour.map(|row| quantity("of each profession", row)));
    quantities("prices", "group", "Price, amount that a lever at 1 takes, or price of a profession.", rows)
}

fn text(words: &str) -> Cell {
    Cell::Text(words.into())
}

fn quantity(group: &str, row: &Quantity) -> Vec<Cell> {
    vec![
        text(group),
        text(row.name),
        text(row.doc),
        Cell::Number(row.default),
        text(row.unit),
        Cell::Number(row.low),
        Cell::Number(row.high),
        text(match row.standing {
            crate::params::Standing::Evidence => "evidence",
            crate::params::Standing::Calibrated => "calibrated",
            crate::params::Standing::Assumption => "assumption",
        }),
        text(row.source),
    ]
}

fn quantities(name: &str, group: &str, doc: &str, rows: Vec<Vec<Cell>>) -> Table {
    let columns = vec![
        Column::new(group, "", doc),
        Column::new("name", "", "Key in scenario files."),
        Column::new("what", "", "What it is."),
        Column::new("default", "see unit", "Value when a scenario says nothing."),
        Column::new("unit", "", "Unit; count for whole numbers, share for 0 to 1."),
        Column::new("low", "see unit", "Smallest value accepted."),
        Column::new("high", "see unit", "Largest value accepted."),
        Column::new("standing", "", "How well it is known: evidence, calibrated or assumption."),
        Column::new("source", "", "Where it comes from."),
    ];
    Table { name: name.into(), columns, rows }
}

/// Writes a reference table in the format asked for.
///
/// # Errors
/// If `out` cannot be written.
pub fn write(out: &mut dyn Write, table: &Table, format: Format) -> io::Result<()> {
    match format {
        Format::Text => write_text(out, table),
        Format::Json => write_json(out, table),
        Format::Csv => write_csv(out, table),
    }
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) if number.is_nan() => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

/// A heading for each group (the first column), then a line for each row with what belongs to it below; a table without
/// groups, such as that of the metrics, as its rows alone.
fn write_text(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    if let Some(meaning) = place("meaning") {
        for row in &table.rows {
            let cell = |place: usize| row.get(place).map(words).unwrap_or_default();
            writeln!(out, "{} [{}]", cell(0), cell(1))?;
            paragraph(out, &cell(meaning), 2)?;
        }
        return Ok(());
    }
    let cell = |row: &[Cell], name: &str| place(name).and_then(|place| row.get(place)).map(words).unwrap_or_default();
    if place("metric").is_some() {
        for row in &table.rows {
            paragraph(out, &format!("{} [{}]: {}", cell(row, "metric"), cell(row, "unit"), cell(row, "meaning")), 0)?;
        }
        return Ok(());
    }
    let is_levers = place("lever").is_some();
    let themes = |group: &str| Levers::THEMES.iter().find(|(name, _)| *name == group).map(|(_, doc)| *doc);
    let mut group = String::new();
    for row in &table.rows {
        let this = row.first().map(words).unwrap_or_default();
        if this != group {
            if !group.is_empty() {
                writeln!(out)?;
            }
            let about = themes(&this).filter(|_| is_levers).map_or_else(|| cell(row, "effect"), String::from);
            writeln!(out, "{this}{}{about}", if about.is_empty() { "" } else { ": " })?;
            group = this;
        }
        if is_levers {
            let about = format!("{} Default {}.", cell(row, "what"), cell(row, "default"));
            let lines =
                [("0", "at_0"), ("0.5", "at_half"), ("1", "at_1")].map(|(at, name)| vec![at.into(), cell(row, name)]);
            paragraph(out, &format!("{}: {about}", cell(row, "lever")), 2)?;
            columns(out, &lines.map(|line| [vec![String::from("  ")], line].concat()))?;
            let number = cell(row, "challenge");
            let answers = if number == "0" { String::new() } else { format!("challenge {number}: ") };
            paragraph(out, &format!("answers {answers}{}", cell(row, "challenge_in_words")), 6)?;
            paragraph(out, &format!("at 1 it takes {}", cell(row, "price")), 6)?;
        } else {
            let off = match cell(row, "neutral") {
                none if none.is_empty() => none,
                value => format!(", off at {value}"),
            };
            let range = format!("{} ({} to {}{off})", cell(row, "default"), cell(row, "low"), cell(row, "high"));
            paragraph(
                out,
                &format!("{} = {range} {}: {}", cell(row, "name"), cell(row, "unit"), cell(row, "what")),
                2,
            )?;
            paragraph(out, &format!("{}: {}", cell(row, "standing"), cell(row, "source")), 6)?;
        }
    }
    if is_levers {
        writeln!(out, "\nreach.target says which units are picked when share is below 1:")?;
        writeln!(out, "  {}", Target::NAMES.map(|(name, _)| name).join(", "))?;
    }
    Ok(())
}

fn write_json(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().zip(row);
            cells.map(|(column, cell)| (column.name.clone(), serde_json::to_value(cell).unwrap_or_default())).collect()
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}

fn write_csv(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(table.columns.iter().map(|column| &column.name))?;
    for row in &table.rows {
        csv.write_record(row.iter().map(words))?;
    }
    csv.flush()
}
