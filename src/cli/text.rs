//! Columns of text that fit a terminal.

use std::io::{self, Write};

use crate::table::{Cell, Column, Table};

/// Widest line written.
pub const WIDTH: usize = 100;

/// Narrowest last column that is still worth reading.
const NARROWEST: usize = 20;

/// Writes rows in columns as wide as their content; the last column is wrapped to [`WIDTH`].
///
/// # Errors
/// If `out` cannot be written.
pub fn columns<S: AsRef<str>>(out: &mut dyn Write, rows: &[Vec<S>]) -> io::Result<()> {
    let length = |text: &str| text.chars().count();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count.saturating_sub(1))
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| length(cell.as_ref())).max().unwrap_or(0)
        })
        .collect();
    let beside: usize = 2 + widths.iter().map(|width| width + 2).sum::<usize>();
    let last = rows.iter().filter_map(|row| row.get(widths.len())).map(|cell| length(cell.as_ref())).max().unwrap_or(0);
    let narrowest = NARROWEST.min(last);
    for row in rows {
        let mut line = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            let cell = cell.as_ref();
            line.push_str(cell);
            line.push_str(&" ".repeat(width + 2 - length(cell)));
        }
        let last = row.get(widths.len()).map_or("", AsRef::as_ref);
        // Where too little room is left, the last column goes below.
        let (room, indent) = if beside + narrowest > WIDTH { (WIDTH - 6, 6) } else { (WIDTH - beside, beside) };
        if indent != beside {
            writeln!(out, "{}", line.trim_end())?;
            if last.is_empty() {
                continue;
            }
            line = " ".repeat(indent);
        }
        for (index, piece) in wrap(last, room).iter().enumerate() {
            if index > 0 {
                line = " ".repeat(indent);
            }
            line.push_str(piece);
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// `text` in lines of at most `width` characters, broken at blanks; at least one line, perhaps empty.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let used = lines.last().map_or(0, |line| line.chars().count());
        if used > 0 && used + 1 + word.chars().count() > width {
            lines.push(word.into());
        } else if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Writes a paragraph, wrapped and indented.
///
/// # Errors
/// If `out` cannot be written.
pub fn paragraph(out: &mut dyn Write, text: &str, indent: usize) -> io::Result<()> {
    for line in wrap(text, WIDTH - indent) {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// Writes a table with its column names and units, numbers rounded for reading; where it is too wide for a terminal, nothing but
/// where to find it: in the file of the table called `file`.
///
/// # Errors
/// If `out` cannot be written.
pub fn table(out: &mut dyn Write, table: &Table, file: &str) -> io::Result<()> {
    let names = table.columns.iter().map(|column| column.name.clone()).collect();
    // What a row says of itself needs no heading.
    let unit = |column: &Column| if column.unit == "see unit" { String::new() } else { column.unit.clone() };
    let units: Vec<String> = table.columns.iter().map(unit).collect();
    let units = units.iter().any(|unit| !unit.is_empty()).then_some(units);
    let read =
        |row: &Vec<Cell>| row.iter().zip(&table.columns).map(|(cell, column)| rounded(cell, &column.unit)).collect();
    let rows: Vec<Vec<String>> = [names].into_iter().chain(units).chain(table.rows.iter().map(read)).collect();
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count() + 2).max();
    if (0..table.columns.len()).filter_map(width).sum::<usize>() > WIDTH + NARROWEST {
        return paragraph(out, &format!("The table is too wide to be shown here: see {file}.csv."), 0);
    }
    columns(out, &rows)
}

/// A cell for reading: points to a tenth, percent whole, others in three decimals, or as many digits as a large number has.
fn rounded(cell: &Cell, unit: &str) -> String {
    let plain =
        |text: String| if text.bytes().all(|letter| b"-0.".contains(&letter)) { text.replace('-', "") } else { text };
    match cell {
        Cell::Number(number) if number.is_nan() => "-".into(),
        Cell::Number(number) if unit == "points" => plain(format!("{number:.1}")),
        Cell::Number(number) if unit == "%" => plain(format!("{number:.0}")),
        Cell::Number(number) if number.abs() >= 1000.0 => format!("{number:.0}"),
        Cell::Number(number) if number.abs() >= 10.0 => format!("{number:.1}"),
        Cell::Number(number) => plain(format!("{number:.3}")),
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => text.clone(),
    }
}
