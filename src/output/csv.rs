//! Tables as CSV: shortest decimals that read back to the same number, an empty cell where there is none.
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
pub fn csv_files(tables: &[Table]) -> Result<Vec<File>, String> {
    let columns = columns_table(tables);
    tables.iter().chain([&columns]).map(|table| Ok((format!("{}.csv", table.name), csv_bytes(table)?))).collect()
}

/// One table as CSV.
///
/// # Errors
///
/// When a row does not fit its columns.
pub fn csv_bytes(table: &Table) -> Result<Vec<u8>, String> {
    let failed = |error: &dyn std::fmt::Display| format!("table {} cannot be written as CSV: {error}", table.name);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| &column.name)).map_err(|error| failed(&error))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(cell_text)).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// Digest of results: SHA-256, in hexadecimal, over the bytes of every table in its order (for a single scenario outcomes,
/// weekly bands and units), those left out that follow from others.
pub fn digest(files: &[File]) -> String {
    let mut hasher = Sha256::new();
    let counts = |name: &str| name.ends_with(".csv") && !DERIVED.contains(&name);
    files.iter().filter(|(name, _)| counts(name)).for_each(|(_, bytes)| hasher.update(bytes));
    hexadecimal(&hasher.finalize())
}

/// SHA-256 of the bytes of one file, in hexadecimal.
pub fn checksum_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn columns_table(tables: &[Table]) -> Table {
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
    for table in tables.iter().chain([&own]) {
        let row = |column: &crate::table::Column| {
            [format!("{}.csv", table.name), column.name.clone(), column.unit.clone(), column.doc.clone()]
                .map(Cell::Text)
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
