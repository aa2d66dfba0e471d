//! The one currency of results: a table whose columns know their unit and meaning.

use serde::Serialize;

/// Unit of a part of something, from 0 to 1, that is no change of reliability: how often, how much of it. See
/// [`Table::in_points`].
pub const PART: &str = "part of 1";

/// Unit of reliability and its changes, from 0 to 1. See [`Table::in_points`].
pub const SHARE: &str = "share";

/// Unit of a part of the time of a week.
pub const SHARE_OF_WEEK: &str = "share of the week";

/// Unit of a change of reliability for each so many hours.
pub const SHARE_PER_HOURS: &str = "share per 1000 hours";

/// How sentences call the unit of whatever is a share of something, in hundredths; nothing for all else, which they say as
/// it is.
fn named(unit: &str) -> Option<&'static str> {
    match unit {
        SHARE => Some("points"),
        PART => Some("%"),
        SHARE_OF_WEEK => Some("% of the week"),
        SHARE_PER_HOURS => Some("points per 1000 hours"),
        _ => None,
    }
}

/// Whether numbers of `unit` are said in hundredths.
pub fn is_in_hundredths(unit: &str) -> bool {
    named(unit).is_some()
}

/// A share in hundredths, to ten decimals: multiplying leaves digits that mean nothing.
fn hundredfold(share: f64) -> f64 {
    const DECIMALS: f64 = 1e10;
    let hundredths = share * 100.0;
    let counted = hundredths * DECIMALS;
    let whole = counted.round();
    // Both are whole numbers without error, so that their quotient is the number nearest to the decimal. Where the product
    // may have been rounded across a half, and beyond what it holds exactly, the decimal is written and read.
    if counted.abs() < 1e14 && (counted - whole).abs() < 0.45 {
        return whole / DECIMALS;
    }
    written(hundredths)
}

/// A number to ten decimals, by writing and reading it.
fn written(number: f64) -> f64 {
    format!("{number:.10}").parse().unwrap_or(f64::NAN)
}

/// A unit as sentences have it.
pub fn said_unit(unit: &str) -> &str {
    named(unit).unwrap_or(unit)
}

/// Unit and value of a number of `unit` as sentences have it: shares in points, parts in percent.
pub fn said_in(unit: &str, number: f64) -> (&str, f64) {
    named(unit).map_or((unit, number), |named| (named, hundredfold(number)))
}

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Name, as in the file's first line.
    pub name: String,
    /// Unit of its values, empty for text.
    pub unit: String,
    /// What it is, in a sentence.
    pub doc: String,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, unit: impl Into<String>, doc: impl Into<String>) -> Self {
        Self { name: name.into(), unit: unit.into(), doc: doc.into() }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number; NaN where there is none to give, an empty cell in files.
    Number(f64),
    /// A whole number.
    Count(u64),
    /// Text.
    Text(String),
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<u64> for Cell {
    fn from(value: u64) -> Self {
        Self::Count(value)
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// Rows under named columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Name, and stem of the file it is written to.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows, its columns given as (name, unit, meaning).
    pub fn new(name: &str, columns: &[(&str, &str, &str)]) -> Self {
        let columns = columns.iter().map(|(name, unit, doc)| Column::new(*name, *unit, *doc)).collect();
        Self { name: name.into(), columns, rows: Vec::new() }
    }

    /// The same with shares in points and parts in percent, as sentences say them: so are a study's tables, in terminal,
    /// report and files alike. Where a row names its unit itself, in a column `unit`, its numbers `see unit` follow.
    #[must_use]
    pub fn in_points(mut self) -> Self {
        let unit_of_row = self.columns.iter().position(|column| column.name == "unit");
        let in_hundredths: Vec<bool> = self.columns.iter().map(|column| is_in_hundredths(&column.unit)).collect();
        for row in &mut self.rows {
            let own = unit_of_row.and_then(|place| match row.get(place) {
                Some(Cell::Text(unit)) => named(unit),
                _ => None,
            });
            for ((cell, column), in_hundredths) in row.iter_mut().zip(&self.columns).zip(&in_hundredths) {
                if let Cell::Number(number) = cell
                    && (*in_hundredths || (own.is_some() && column.unit == "see unit"))
                {
                    *number = hundredfold(*number);
                }
            }
            if let (Some(place), Some(own)) = (unit_of_row, own)
                && let Some(cell) = row.get_mut(place)
            {
                *cell = own.into();
            }
        }
        for column in &mut self.columns {
            if let Some(unit) = named(&column.unit) {
                column.unit = unit.into();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_what_one_would_write() {
        assert_eq!([hundredfold(0.153), hundredfold(-0.07), hundredfold(0.0)], [15.3, -7.0, 0.0]);
        let mut share = 0.731_f64;
        for place in 0..100_000 {
            // All sizes, halves of the last decimal among them.
            share = (share * 997.0 + 0.123).fract();
            let size = 10f64.powi(place % 20 - 12);
            for share in [share * size, -share * size, f64::from(place) * 0.5e-12, f64::from(place) * 0.5e-12 * size] {
                let (found, expected) = (hundredfold(share), written(share * 100.0));
                assert_eq!(found.to_bits(), expected.to_bits(), "{share}: {found}, not {expected}");
            }
        }
        assert!(hundredfold(f64::NAN).is_nan() && hundredfold(f64::INFINITY).is_infinite());
    }

    #[test]
    fn shares_become_points_and_parts_percent_by_column_or_by_row() {
        let columns = [
            ("gain", SHARE, ""),
            ("best", PART, ""),
            ("at", "0 to 1", ""),
            ("unit", "", ""),
            ("value", "see unit", ""),
            ("debate", SHARE_OF_WEEK, ""),
        ];
        let mut table = Table::new("t", &columns);
        table.rows.push(vec![0.182.into(), 0.5.into(), 0.3.into(), SHARE.into(), 0.07.into(), 0.012.into()]);
        table.rows.push(vec![f64::NAN.into(), 1.0.into(), 0.4.into(), SHARE_PER_HOURS.into(), 1.5.into(), 0.0.into()]);
        let read = table.in_points();
        assert_eq!(
            read.columns.iter().map(|column| column.unit.as_str()).collect::<Vec<_>>(),
            ["points", "%", "0 to 1", "", "see unit", "% of the week"]
        );
        assert_eq!(read.rows[0], [18.2.into(), 50.0.into(), 0.3.into(), "points".into(), 7.0.into(), Cell::from(1.2)]);
        assert_eq!(
            read.rows[1][1..],
            [100.0.into(), 0.4.into(), "points per 1000 hours".into(), 150.0.into(), Cell::from(0.0)]
        );
        assert!(matches!(read.rows[1][0], Cell::Number(number) if number.is_nan()));
    }
}
