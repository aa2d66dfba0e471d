//! A file of one's own, read: what is understood is said, what is not is refused with its line, column and what would be right.
pub mod date;
pub mod file;
mod names;
pub mod number;
mod points;
pub mod roles;
mod series;

use std::collections::BTreeMap;

pub use roles::Named;

use super::day::{Day, Said, Step};
use crate::phrase::listed;
use date::{Order, shortened};
pub use file::Row;
use file::{Sheet, Source};
use points::Numbers;
use roles::{Roles, What, title};
use series::{between, chosen, fill, in_order};

/// Units of which each has a chart, at most.
pub const MOST_UNITS: usize = 60;

/// Points of a unit, at most.
pub const MOST_POINTS: usize = 5000;

/// What is counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// So many of so many.
    Proportion,
    /// So many over so much.
    Rate,
    /// So many, where there is always as much to happen in.
    Count,
    /// A number, and whether it is in percent.
    Value(bool),
    /// Days from one event to the next.
    Between,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// What is counted or measured.
    pub measured: Measured,
    /// What it is called, from the header.
    pub name: String,
    /// What its exposure is called, from the header; empty where there is none.
    pub over: String,
    /// What lies between its points.
    pub step: Step,
    /// In which words its times are said.
    pub said: Said,
    /// Which number of a date is the day.
    pub order: Order,
    /// Days that one step of its numbers lasts, where its times are numbers and their header says it.
    pub days_a_number: Option<f64>,
    /// One for each unit, in the order of their names.
    pub series: Vec<Series>,
    /// What was understood that is worth saying.
    pub notes: Vec<String>,
}

/// The points of one unit, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name; empty where nothing is told apart.
    pub unit: String,
    /// Its points, gaps among them.
    pub points: Vec<Point>,
}

/// One point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub at: Day,
    /// Its line in the file; 0 where the file has none for this time.
    pub line: usize,
    /// What was counted; NaN in a gap and where nothing is counted.
    pub count: f64,
    /// Of how many, or over how much; 1 where there is no such number.
    pub size: f64,
    /// The number itself: a share, a rate for one of the exposure, a count, a value; NaN in a gap.
    pub value: f64,
}

impl Point {
    /// A time without a number.
    fn gap(at: Day, line: usize) -> Self {
        Self { at, line, count: f64::NAN, size: f64::NAN, value: f64::NAN }
    }

    /// Whether there is no number.
    pub fn is_gap(&self) -> bool {
        !self.value.is_finite()
    }
}

/// What is wanted of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its columns.
    pub named: Named,
    /// These units alone, where any are named.
    pub only: Vec<String>,
    /// All units added up.
    pub together: bool,
}

/// Reads a file from its bytes.
///
/// # Errors
///
/// What is wrong, where, and what would be right.
pub fn read(bytes: &[u8], wanted: &Wanted) -> Result<Data, String> {
    let (text, notes) = file::text(bytes)?;
    of_sheet(&file::sheet(&text)?, wanted, notes)
}

/// Reads the rows of the sheet called `name` of a workbook, numbered as the spreadsheet numbers them, with what is to be
/// said of it.
///
/// # Errors
///
/// As [`read`], by sheet and cell.
pub fn read_rows(rows: Vec<Row>, name: &str, notes: Vec<String>, wanted: &Wanted) -> Result<Data, String> {
    let source = Source::Cells(shortened(name));
    let whose = source.clone();
    let sheet = file::under_header(rows, source).map_err(|what| match &whose {
        Source::Cells(name) if !what.starts_with("sheet ") => format!("sheet \"{name}\": {what}"),
        _ => what,
    })?;
    of_sheet(&sheet, wanted, notes)
}

fn of_sheet(sheet: &Sheet, wanted: &Wanted, mut notes: Vec<String>) -> Result<Data, String> {
    notes.extend(sheet.notes.iter().cloned());
    let (roles, said) = roles::roles(sheet, &wanted.named)?;
    notes.extend(said);
    let rows = rows(sheet, &roles, &mut notes)?;
    let column_of = |column: usize| format!("column \"{}\"", title(sheet, column));
    let dates: Vec<(usize, &str)> = rows.iter().map(|row| (row.line, row.cell(roles.date))).collect();
    let row = sheet.source.row();
    let dates = date::column(&dates, row).map_err(|(line, what)| {
        format!("{}: {what}", sheet.source.cell(line, roles.date, &title(sheet, roles.date)))
    })?;
    notes.extend(dates.notes);
    let cells = rows.iter().flat_map(|row| roles.what.columns().into_iter().map(|column| (row.line, row.cell(column))));
    let (style, said) = number::style(cells, sheet.semicolons, row)
        .map_err(|(line, what)| format!("{}: {what}", sheet.source.at(line)))?;
    notes.extend(said);
    let mut numbers = Numbers::new(sheet, roles.what, style);
    let mut units: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for (row, at) in rows.iter().zip(&dates.days) {
        let unit = unit_of(sheet, row, &roles.unit)?;
        let point = numbers.point(row, *at)?;
        units.entry(unit).or_default().push(point);
    }
    let measured = numbers.measured()?;
    notes.extend(numbers.notes());
    let mut series = chosen(units, wanted, measured, &mut notes)?;
    if roles.what == What::Dates {
        if dates.numbers {
            return Err(format!("{} holds numbers and no dates: there is nothing to count", column_of(roles.date)));
        }
        series = series.into_iter().map(|series| between(series, row)).collect::<Result<_, String>>()?;
    } else {
        in_order(sheet, &roles, &mut series, dates.said, &mut notes)?;
    }
    let mut all: Vec<Day> = series.iter().flat_map(|series| &series.points).map(|point| point.at).collect();
    all.sort_unstable();
    all.dedup();
    let step = match (roles.what, dates.numbers) {
        (What::Dates, _) => Step::Uneven,
        (_, true) => Step::of_numbers(&all),
        (_, false) => Step::of(&all),
    };
    fill(&mut series, step, dates.said, &mut notes);
    if let Some(long) = series.iter().find(|series| series.points.len() > MOST_POINTS) {
        let many = long.points.len();
        return Err(format!(
            "has {many} points; {MOST_POINTS} are the most of one chart: add them up by week or month first"
        ));
    }
    let named = |column: usize| title(sheet, column);
    let (name, over) = match roles.what {
        What::Proportion(numerator, denominator) => {
            (format!("{} of {}", named(numerator), named(denominator)), String::new())
        }
        What::Rate(events, exposure) => (named(events), named(exposure)),
        What::Count(column) | What::Value(column) => (named(column), String::new()),
        What::Dates => ("days between events".into(), String::new()),
    };
    let days_a_number = dates.numbers.then(|| days_in(&named(roles.date))).flatten();
    Ok(Data { measured, name, over, step, said: dates.said, order: dates.order, days_a_number, series, notes })
}

/// Days that a word for a stretch of time means, if it is one.
pub fn days_in(word: &str) -> Option<f64> {
    let word = word.to_lowercase();
    let lengths = [("day", 1.0), ("week", 7.0), ("month", 365.25 / 12.0), ("quarter", 365.25 / 4.0), ("year", 365.25)];
    lengths.iter().find(|(name, _)| word.contains(name)).map(|(_, days)| *days)
}

/// Words with which rows begin that are no points: sums and remarks below a table.
const NO_POINT: [&str; 9] = ["total", "sum", "mean", "average", "median", "source", "note", "overall", "grand"];

/// The rows that are points.
fn rows<'a>(sheet: &'a Sheet, roles: &Roles, notes: &mut Vec<String>) -> Result<Vec<&'a Row>, String> {
    let mut left_out = Vec::new();
    let mut rows = Vec::new();
    for row in &sheet.rows {
        let first = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", String::as_str).to_lowercase();
        let date = row.cell(roles.date);
        let remark = date.is_empty() || date::written(date).is_err();
        if remark && NO_POINT.iter().any(|word| first.starts_with(word)) {
            left_out.push(row.line.to_string());
        } else if date.is_empty() {
            return Err(format!(
                "{}: has no date; give it one or take the {} out",
                sheet.source.cell(row.line, roles.date, &title(sheet, roles.date)),
                sheet.source.row()
            ));
        } else {
            rows.push(row);
        }
    }
    if !left_out.is_empty() {
        notes.push(format!(
            "Sums or remarks are no points and are not read: {} {}.",
            sheet.source.row(),
            listed(&left_out)
        ));
    }
    if rows.is_empty() { Err("has no rows with dates".into()) } else { Ok(rows) }
}

fn unit_of(sheet: &Sheet, row: &Row, columns: &[usize]) -> Result<String, String> {
    let mut parts = Vec::with_capacity(columns.len());
    for column in columns {
        if row.cell(*column).is_empty() {
            let place = sheet.source.cell(row.line, *column, &title(sheet, *column));
            return Err(format!("{place}: is empty; name the unit"));
        }
        parts.push(shortened(row.cell(*column)));
    }
    Ok(parts.join(" · "))
}

#[cfg(test)]
mod tests;
