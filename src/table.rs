//! The one currency of results: a table whose columns know their unit and meaning.

use serde::Serialize;

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
}
