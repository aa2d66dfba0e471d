//! Tables as CSV: shortest decimals that read back to the same number, an empty cell where there is none.
use std::borrow::Borrow;

use sha2::{Digest, Sha256};

use crate::table::{Cell, Table};

/// Name and bytes of a file.
pub type File = (String, Vec<u8>);

/// Files that are no part of the digest: they follow from the others or, those about assumptions, are made on the side and
/// may be left out.
const DERIVED: [&str; 7] = [
    "summary.csv",
    "costs.csv",
    "adverse_events.csv",
    "failures.csv",
    "columns.csv",
    "assumptions.csv",
    "assumed_parameters.csv",
];

/// `tables` as files, and `columns.csv`, which says what every column of every file means.
///
/// # Errors
///
/// When a row does not fit its columns.
pub fn csv_files<T: Borrow<Table>>(tables: &[T]) -> Result<Vec<File>, String> {
    let tables: Vec<&Table> = tables.iter().map(Borrow::borrow).collect();
    let columns = columns_table(&tables, |name| format!("{name}.csv"));
    tables.into_iter().chain([&columns]).map(|table| Ok((format!("{}.csv", table.name), csv_bytes(table)?))).collect()
}

/// One table as CSV.
///
/// # Errors
///
/// When a row does not fit its columns.
pub fn csv_bytes(table: &Table) -> Result<Vec<u8>, String> {
    written(table, true, &table.rows)
}

/// Some `rows` of a table as CSV, after the line of names where it is `named`.
fn written(table: &Table, named: bool, rows: &[Vec<Cell>]) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("table {} cannot be written as CSV: {error}", table.name);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    if named {
        writer.write_record(table.columns.iter().map(|column| &column.name)).map_err(|error| failed(&error))?;
    }
    for row in rows {
        writer.write_record(row.iter().map(cell_text)).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// Digest of results: SHA-256, in hexadecimal, over the bytes of every table in its order (for a single scenario outcomes,
/// weekly bands and units), those left out that follow from others.
pub fn digest(files: &[File]) -> String {
    let mut digester = Digester::default();
    files.iter().for_each(|file| digester.file(file));
    digester.digest()
}

/// Rows of a table that are written at once to be digested.
const PIECE: usize = 1 << 14;

/// Makes a [`digest`] piece by piece, of tables that need not be there as CSV.
#[derive(Default)]
pub struct Digester(Sha256);

impl Digester {
    /// Adds a table as its file would be added.
    ///
    /// # Errors
    ///
    /// When a row does not fit its columns.
    pub fn table(&mut self, table: &Table) -> Result<(), String> {
        if counts(&format!("{}.csv", table.name)) {
            self.0.update(written(table, true, &[])?);
            // A large table is never there as CSV as a whole.
            for rows in table.rows.chunks(PIECE) {
                self.0.update(written(table, false, rows)?);
            }
        }
        Ok(())
    }

    /// Adds a file, if it counts.
    pub fn file(&mut self, (name, bytes): &File) {
        if counts(name) {
            self.0.update(bytes);
        }
    }

    /// What they come to.
    pub fn digest(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// Whether the file called `name` is part of the digest.
fn counts(name: &str) -> bool {
    name.ends_with(".csv") && !DERIVED.contains(&name)
}

/// SHA-256 of the bytes of one file, in hexadecimal.
pub fn checksum_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The table that says what every column of `tables` means; `file` says what the file of a table is called.
pub(super) fn columns_table(tables: &[&Table], file: impl Fn(&str) -> String) -> Table {
    let mut columns = Table::new(
        "columns",
        &[
            ("file", "", "File."),
            ("column", "", "Column in that file."),
            ("unit", "", "Unit of its values, empty for text."),
            ("meaning", "", "What it is. An empty cell means that there is no such number in this run."),
        ],
    );
    let own = columns.clone();
    for table in tables.iter().copied().chain([&own]) {
        let row = |column: &crate::table::Column| {
            [file(&table.name), column.name.clone(), column.unit.clone(), column.doc.clone()].map(Cell::Text)
        };
        columns.rows.extend(table.columns.iter().map(|column| row(column).to_vec()));
    }
    columns
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        // Adding zero turns -0 into 0.
        Cell::Number(value) if value.is_finite() => (value + 0.0).to_string(),
        Cell::Number(_) => String::new(),
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => harmless(text),
    }
}

/// Text that a spreadsheet shows rather than runs: what begins like a formula gets an apostrophe before it, which tells
/// spreadsheets that it is text. Numbers and a lone sign are left as they are.
fn harmless(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if begins && text.len() > 1 && text.parse::<f64>().is_err() { format!("'{text}") } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_to_the_same_bits_and_nothing_is_empty() {
        let mut table = Table::new("t", &[("a", "", "A."), ("b", "", "B.")]);
        table.rows.push(vec![Cell::Number(0.1 + 0.2), Cell::Number(f64::NAN)]);
        table.rows.push(vec![Cell::Number(-0.0), "a, \"b\"".into()]);
        let text = String::from_utf8(csv_bytes(&table).unwrap()).unwrap();
        assert_eq!(text, "a,b\n0.30000000000000004,\n0,\"a, \"\"b\"\"\"\n");
    }

    #[test]
    fn no_cell_runs_in_a_spreadsheet() {
        let mut table = Table::new("t", &[("a", "", "A.")]);
        for text in ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "-", "-2.5", "a=b"] {
            table.rows.push(vec![text.into()]);
        }
        let text = String::from_utf8(csv_bytes(&table).unwrap()).unwrap();
        let expected = ["a", "'=cmd|' /C calc'!A0", "'+1+1", "'-2+3", "'@SUM(A1)", "'\t=1", "-", "-2.5", "a=b", ""];
        assert_eq!(text, expected.join("\n"));
    }

    #[test]
    fn every_column_is_explained() {
        let files = csv_files(&[Table::new("t", &[("a", "week", "A.")])]).unwrap();
        let text = String::from_utf8(files[1].1.clone()).unwrap();
        assert_eq!(files[1].0, "columns.csv");
        assert!(text.contains("t.csv,a,week,A.\n") && text.contains("columns.csv,meaning,"), "{text}");
    }
}
