//! A file of one's own, read: what is understood is said, what is not is refused with its line, column and what would be right.
pub mod date;
pub mod file;
pub mod number;
pub mod roles;

use std::collections::BTreeMap;

pub use roles::Named;

use super::day::{Day, Said, Step};
use crate::phrase::{counted, listed};
use date::{Order, shortened};
use file::{Row, Sheet};
use number::Cell;
use roles::{Roles, What, title};

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
    let (text, mut notes) = file::text(bytes)?;
    let sheet = file::sheet(&text)?;
    notes.extend(sheet.notes.iter().cloned());
    let (roles, said) = roles::roles(&sheet, &wanted.named)?;
    notes.extend(said);
    let rows = rows(&sheet, &roles, &mut notes)?;
    let column_of = |column: usize| format!("column \"{}\"", title(&sheet, column));
    let dates: Vec<(usize, &str)> = rows.iter().map(|row| (row.line, row.cell(roles.date))).collect();
    let dates =
        date::column(&dates).map_err(|(line, what)| format!("line {line}, {}: {what}", column_of(roles.date)))?;
    notes.extend(dates.notes);
    let cells = rows.iter().flat_map(|row| roles.what.columns().into_iter().map(|column| (row.line, row.cell(column))));
    let (style, said) =
        number::style(cells, sheet.semicolons).map_err(|(line, what)| format!("line {line}: {what}"))?;
    notes.extend(said);
    let mut numbers = Numbers { sheet: &sheet, what: roles.what, style, percent: 0, plain: 0, hidden: Vec::new() };
    let mut units: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for (row, at) in rows.iter().zip(&dates.days) {
        let unit = unit_of(&sheet, row, &roles.unit)?;
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
        series = series.into_iter().map(between).collect::<Result<_, String>>()?;
    } else {
        in_order(&sheet, &roles, &mut series, dates.said, &mut notes)?;
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
    let named = |column: usize| title(&sheet, column);
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
                "line {}, column \"{}\": has no date; give it one or take the line out",
                row.line,
                title(sheet, roles.date)
            ));
        } else {
            rows.push(row);
        }
    }
    if !left_out.is_empty() {
        notes.push(format!("Sums or remarks are no points and are not read: line {}.", listed(&left_out)));
    }
    if rows.is_empty() { Err("has no rows with dates".into()) } else { Ok(rows) }
}

fn unit_of(sheet: &Sheet, row: &Row, columns: &[usize]) -> Result<String, String> {
    let mut parts = Vec::with_capacity(columns.len());
    for column in columns {
        if row.cell(*column).is_empty() {
            return Err(format!("line {}, column \"{}\": is empty; name the unit", row.line, title(sheet, *column)));
        }
        parts.push(shortened(row.cell(*column)));
    }
    Ok(parts.join(" · "))
}

/// Reads the numbers of rows, and remembers how they were written.
struct Numbers<'a> {
    sheet: &'a Sheet,
    what: What,
    style: number::Style,
    percent: usize,
    plain: usize,
    hidden: Vec<usize>,
}

impl Numbers<'_> {
    fn point(&mut self, row: &Row, at: Day) -> Result<Point, String> {
        let gap = Point::gap(at, row.line);
        match self.what {
            What::Proportion(numerator, denominator) => {
                let (done, of) = (self.count(row, numerator)?, self.count(row, denominator)?);
                let (Some(done), Some(of)) = (done, of) else { return Ok(gap) };
                if done > of {
                    let what =
                        format!("{done} is more than its denominator {of}; a part cannot be larger than the whole");
                    return Err(self.wrong(row, numerator, &what));
                }
                Ok(if of > 0.0 { Point { count: done, size: of, value: done / of, ..gap } } else { gap })
            }
            What::Rate(events, exposure) => {
                let (events, over) = (self.count(row, events)?, self.number(row, exposure)?);
                let (Some(events), Some(over)) = (events, over) else { return Ok(gap) };
                match () {
                    () if over < 0.0 => Err(self.wrong(row, exposure, "is below 0; an exposure is not")),
                    () if over == 0.0 && events > 0.0 => Err(self.wrong(
                        row,
                        exposure,
                        "is 0, yet something happened; give the exposure, or leave both empty",
                    )),
                    () if over == 0.0 => Ok(gap),
                    () => Ok(Point { count: events, size: over, value: events / over, ..gap }),
                }
            }
            What::Count(column) => {
                let count = self.count(row, column)?;
                Ok(count.map_or(gap, |count| Point { count, size: 1.0, value: count, ..gap }))
            }
            What::Value(column) => {
                let value = self.value(row, column)?;
                Ok(value.map_or(gap, |value| Point { size: 1.0, value, ..gap }))
            }
            What::Dates => Ok(gap),
        }
    }

    /// A count: whole, not below 0.
    fn count(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        let number = self.number(row, column)?;
        match number {
            Some(number) if number < 0.0 => Err(self.wrong(row, column, "is below 0; counts are not")),
            Some(number) if number.fract() != 0.0 => Err(self.wrong(
                row,
                column,
                "is no whole number, as a count is; for percentages or other values name the column with --value",
            )),
            other => Ok(other),
        }
    }

    /// A number that is no percentage.
    fn number(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        match self.cell(row, column)? {
            Cell::Number(_, true) => Err(self.wrong(
                row,
                column,
                "is a percentage where a count is meant; name the column with --value instead",
            )),
            Cell::Number(number, false) => Ok(Some(number)),
            Cell::Gap | Cell::Hidden => Ok(None),
        }
    }

    fn value(&mut self, row: &Row, column: usize) -> Result<Option<f64>, String> {
        match self.cell(row, column)? {
            Cell::Number(number, percent) => {
                let (same, other) =
                    if percent { (&mut self.percent, self.plain) } else { (&mut self.plain, self.percent) };
                *same += 1;
                if other > 0 {
                    let is = if percent {
                        "is in percent, and other rows are not"
                    } else {
                        "has no % sign, and other rows have"
                    };
                    return Err(self.wrong(row, column, &format!("{is}: write all in one way")));
                }
                Ok(Some(number))
            }
            Cell::Gap | Cell::Hidden => Ok(None),
        }
    }

    fn cell(&mut self, row: &Row, column: usize) -> Result<Cell, String> {
        let read = number::cell(row.cell(column), self.style);
        let cell =
            read.map_err(|what| self.wrong(row, column, &format!("{what}; leave the cell empty where there is none")))?;
        if cell == Cell::Hidden {
            self.hidden.push(row.line);
        }
        Ok(cell)
    }

    fn wrong(&self, row: &Row, column: usize, what: &str) -> String {
        let (text, title) = (shortened(row.cell(column)), title(self.sheet, column));
        format!("line {}, column \"{title}\": \"{text}\" {what}", row.line)
    }

    fn measured(&self) -> Result<Measured, String> {
        Ok(match self.what {
            What::Proportion(..) => Measured::Proportion,
            What::Rate(..) => Measured::Rate,
            What::Count(_) => Measured::Count,
            What::Dates => Measured::Between,
            What::Value(column) => {
                let name = self.sheet.header.cell(column).to_lowercase();
                Measured::Value(self.percent > 0 || name.contains('%') || name.contains("percent"))
            }
        })
    }

    fn notes(&self) -> Option<String> {
        let lines: Vec<String> = self.hidden.iter().take(5).map(usize::to_string).collect();
        let more = if self.hidden.len() > 5 { " and others" } else { "" };
        let what = "Small numbers that the file does not tell are gaps";
        (!lines.is_empty()).then(|| format!("{what}: line {}{more}.", listed(&lines)))
    }
}

/// The units that are wanted, or all of them as one.
fn chosen(
    mut units: BTreeMap<String, Vec<Point>>,
    wanted: &Wanted,
    measured: Measured,
    notes: &mut Vec<String>,
) -> Result<Vec<Series>, String> {
    let names: Vec<String> = units.keys().map(|name| format!("\"{name}\"")).collect();
    if !wanted.only.is_empty() {
        if let Some(unknown) = wanted.only.iter().find(|name| !units.contains_key(name.trim())) {
            let there = if wanted.named.unit.is_empty() {
                "say which column holds the units with --unit COLUMN".into()
            } else {
                format!("the units are {}", some_of(&names))
            };
            return Err(format!("--only {unknown}: no such unit; {there}"));
        }
        units.retain(|name, _| wanted.only.iter().any(|only| only.trim() == name));
    }
    if wanted.together {
        if matches!(measured, Measured::Value(_)) {
            return Err("--together: plain values cannot be added up; give numerators and denominators".into());
        }
        let count = units.len() as u64;
        let points =
            if measured == Measured::Between { units.into_values().flatten().collect() } else { summed(units) };
        notes.push(format!("All {} are added up.", counted(count, "unit")));
        return Ok(vec![Series { unit: String::new(), points }]);
    }
    if units.len() > MOST_UNITS {
        return Err(format!(
            "has {} units; {MOST_UNITS} are the most that are drawn: choose some with --only NAME, or add all up with --together",
            units.len()
        ));
    }
    Ok(units.into_iter().map(|(unit, points)| Series { unit, points }).collect())
}

/// The first few names as a list.
fn some_of(names: &[String]) -> String {
    let more = names.len().saturating_sub(12);
    let shown = listed(&names[..names.len() - more]);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// All units as one: what was counted and of how much, added up time by time; a gap of one is left out of both.
fn summed(units: BTreeMap<String, Vec<Point>>) -> Vec<Point> {
    let mut sums: BTreeMap<Day, Point> = BTreeMap::new();
    for point in units.into_values().flatten() {
        let sum = sums.entry(point.at).or_insert(point);
        if sum.line != point.line && !point.is_gap() {
            if sum.is_gap() {
                *sum = point;
            } else {
                (sum.count, sum.size) = (sum.count + point.count, sum.size + point.size);
                sum.value = sum.count / sum.size;
            }
        }
    }
    // Counts have no size to divide by.
    sums.into_values().collect()
}

/// Days from each event to the one after it.
fn between(mut series: Series) -> Result<Series, String> {
    series.points.sort_by_key(|point| point.at);
    if let Some(pair) = series.points.windows(2).find(|pair| pair[0].at == pair[1].at) {
        return Err(format!(
            "lines {} and {} are on the same day, {}: the time between events cannot be 0; count events by week or month instead, in \
             a column \"events\"",
            pair[0].line,
            pair[1].line,
            Said::Day.of(pair[0].at)
        ));
    }
    let days = |pair: &[Point]| Point { size: 1.0, value: (pair[1].at - pair[0].at) as f64, ..pair[1] };
    let points: Vec<Point> = series.points.windows(2).map(days).collect();
    if points.is_empty() {
        return Err("has a single event: the time between events needs two".into());
    }
    Ok(Series { points, ..series })
}

/// Puts points into the order of time, and refuses two of one time.
fn in_order(
    sheet: &Sheet,
    roles: &Roles,
    series: &mut [Series],
    said: Said,
    notes: &mut Vec<String>,
) -> Result<(), String> {
    let mut out_of_order = false;
    for Series { unit, points } in series {
        out_of_order |= points.windows(2).any(|pair| pair[1].at < pair[0].at);
        points.sort_by_key(|point| point.at);
        let Some(pair) = points.windows(2).find(|pair| pair[0].at == pair[1].at) else { continue };
        let whose = if unit.is_empty() { String::new() } else { format!(" of {unit}") };
        let texts = text_columns(sheet, roles);
        let help = if texts.is_empty() || !unit.is_empty() {
            "a unit has one point for each time: take one out".into()
        } else {
            format!(
                "if these are several units, say which column tells them apart: {}",
                texts.iter().map(|name| format!("--unit \"{name}\"")).collect::<Vec<_>>().join(" or ")
            )
        };
        return Err(format!(
            "lines {} and {} are both {}{whose}; {help}",
            pair[0].line,
            pair[1].line,
            said.of(pair[0].at)
        ));
    }
    if out_of_order {
        notes.push("Rows were not in the order of time and are sorted.".into());
    }
    Ok(())
}

/// Columns of words that come again and again: what units may be told apart by.
fn text_columns(sheet: &Sheet, roles: &Roles) -> Vec<String> {
    let used: Vec<usize> = roles.what.columns().into_iter().chain([roles.date]).collect();
    let free =
        (0..sheet.header.cells.len()).filter(|column| !used.contains(column) && !sheet.header.cell(*column).is_empty());
    let repeats = |column: &usize| {
        let mut cells: Vec<&str> =
            sheet.rows.iter().map(|row| row.cell(*column)).filter(|cell| !cell.is_empty()).collect();
        let all = cells.len();
        cells.sort_unstable();
        cells.dedup();
        cells.len() > 1 && cells.len() < all
    };
    free.filter(repeats).map(|column| title(sheet, column)).collect()
}

/// Puts a gap where a time has no row, as far as the rhythm of the dates tells.
fn fill(series: &mut [Series], step: Step, said: Said, notes: &mut Vec<String>) {
    let (mut gaps, mut first) = (0_u64, String::new());
    for Series { points, .. } in series {
        let (Some(last), Some(mut at)) = (points.last().map(|point| point.at), points.first().map(|point| point.at))
        else {
            continue;
        };
        let mut filled = Vec::with_capacity(points.len());
        let mut given = points.iter().copied().peekable();
        // Whoever has ten times as many gaps as points has another rhythm than this.
        let most = points.len() * 10 + 12;
        while let Some(point) = given.peek().copied() {
            if point.at <= at || filled.len() >= most {
                filled.push(point);
                given.next();
            } else {
                filled.push(Point::gap(at, 0));
            }
            match step.next(at).filter(|next| *next > at && *next <= last) {
                Some(next) if filled.last().is_some_and(|last| last.at >= at) => at = next,
                _ => at = last,
            }
        }
        let own: Vec<Day> = filled.iter().filter(|point| point.is_gap()).map(|point| point.at).collect();
        if first.is_empty()
            && let Some(day) = own.first()
        {
            first = said.of(*day);
        }
        gaps += own.len() as u64;
        if filled.len() < most {
            *points = filled;
        }
    }
    if gaps > 0 {
        let what = if gaps == 1 {
            "is a gap without a number".into()
        } else {
            format!("and {} later times are gaps without a number", gaps - 1)
        };
        notes.push(format!("{first} {what}; no line is drawn across a gap."));
    }
}

#[cfg(test)]
mod tests;
