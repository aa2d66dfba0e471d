//! Tables as Apache Parquet, for results too large to be read as text.
//!
//! What is written is the plainest that every reader knows: one page a column and group of rows, numbers as they are, words
//! once with their numbers after them (`RLE_DICTIONARY`), no compression. The crate `parquet` without Arrow would be some thirty
//! crates, a minute of a core to build and a megabyte of program, for what these two files do. `PAR1`, the pages of each group, what they are (Thrift, compact protocol), its length, `PAR1`:
//! <https://parquet.apache.org/docs/file-format/>, and `parquet.thrift` of <https://github.com/apache/parquet-format> for the
//! numbers of fields. Tests read it back with pyarrow, polars and DuckDB (`python/tests/test_parquet.py`).
//!
//! Whole numbers are `INT64`, numbers `DOUBLE`, words `BYTE_ARRAY` (`STRING`); where there is nothing there is a null. Under the key
//! `columns` the file says in JSON what each column is: name, unit, meaning.
use std::collections::BTreeMap;

use super::thrift::{Struct, list};
use crate::table::{Cell, Table};

/// Rows of a group: its pages are a megabyte a column.
const GROUP: usize = 1 << 17;

/// What a file begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// Encodings, as the format numbers them.
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const RLE_DICTIONARY: i64 = 8;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Count,
    Number,
    Words,
}

impl Kind {
    /// What the column at `place` holds: words where there is a word, numbers where there is a number.
    fn of(table: &Table, place: usize) -> Self {
        let cells = || table.rows.iter().filter_map(|row| row.get(place));
        if cells().any(|cell| matches!(cell, Cell::Text(_))) {
            Self::Words
        } else if cells().any(|cell| {
            matches!(cell, Cell::Number(_)) || matches!(cell, Cell::Count(count) if i64::try_from(*count).is_err())
        }) {
            Self::Number
        } else {
            Self::Count
        }
    }

    /// Its physical type, as the format numbers them.
    fn physical(self) -> i64 {
        match self {
            Self::Count => 2,
            Self::Number => 5,
            Self::Words => 6,
        }
    }
}

/// A table as the bytes of a file.
///
/// # Errors
///
/// When a row does not fit its columns.
pub fn parquet_bytes(table: &Table) -> Result<Vec<u8>, String> {
    if let Some(row) = table.rows.iter().position(|row| row.len() != table.columns.len()) {
        return Err(format!("table {} cannot be written as Parquet: row {row} does not fit its columns", table.name));
    }
    let kinds: Vec<Kind> = (0..table.columns.len()).map(|place| Kind::of(table, place)).collect();
    let mut out = MAGIC.to_vec();
    let mut groups = Vec::new();
    for rows in table.rows.chunks(GROUP) {
        let began = out.len();
        let chunks: Vec<Struct> = kinds
            .iter()
            .zip(&table.columns)
            .enumerate()
            .map(|(place, (kind, column))| chunk(&mut out, rows, place, *kind, &column.name))
            .collect();
        groups.push(
            Struct::default().structs(1, &chunks).number(2, (out.len() - began) as i64).number(3, rows.len() as i64),
        );
    }
    let about = Struct::default()
        .small(1, 1)
        .structs(2, &schema(table, &kinds))
        .number(3, table.rows.len() as i64)
        .structs(4, &groups)
        .structs(5, &described(table)?)
        .text(6, concat!("dewpoint version ", env!("CARGO_PKG_VERSION")))
        .bytes();
    out.extend(&about);
    out.extend((about.len() as u32).to_le_bytes());
    out.extend(MAGIC);
    Ok(out)
}

/// The root and a line for each column, none of which need be there.
fn schema(table: &Table, kinds: &[Kind]) -> Vec<Struct> {
    let root = Struct::default().text(4, &table.name).small(5, table.columns.len() as i64);
    let column = |(column, kind): (&crate::table::Column, &Kind)| {
        let own = Struct::default().small(1, kind.physical()).small(3, 1).text(4, &column.name);
        if *kind == Kind::Words {
            // Said twice: in the old way, and in the new as a choice of which the first is text.
            own.small(6, 0).inside(10, Struct::default().inside(1, Struct::default()))
        } else {
            own
        }
    };
    std::iter::once(root).chain(table.columns.iter().zip(kinds).map(column)).collect()
}

/// What the file says of itself.
fn described(table: &Table) -> Result<Vec<Struct>, String> {
    let columns = serde_json::to_string(&table.columns).map_err(|error| error.to_string())?;
    Ok([("table", table.name.as_str()), ("columns", &columns)]
        .map(|(key, value)| Struct::default().text(1, key).text(2, value))
        .into())
}

/// Writes the pages of one column of `rows`, and returns what is said of them.
fn chunk(out: &mut Vec<u8>, rows: &[Vec<Cell>], place: usize, kind: Kind, name: &str) -> Struct {
    let cells = || rows.iter().filter_map(|row| row.get(place));
    let began = out.len();
    let mut words: BTreeMap<String, i64> = BTreeMap::new();
    let dictionary = (kind == Kind::Words).then_some(began);
    if kind == Kind::Words {
        let mut plain = Vec::new();
        for text in cells().filter_map(word) {
            let next = words.len() as i64;
            words.entry(text).or_insert_with_key(|text| {
                plain.extend((text.len() as u32).to_le_bytes());
                plain.extend(text.as_bytes());
                next
            });
        }
        let about = Struct::default().small(1, words.len() as i64).small(2, PLAIN);
        page(out, 2, &plain, 7, about);
    }
    let data = out.len();
    let mut body = levels(cells().map(|cell| is_there(cell, kind)));
    match kind {
        Kind::Count => cells().for_each(|cell| {
            if let Cell::Count(count) = cell {
                body.extend(count.to_le_bytes());
            }
        }),
        Kind::Number => cells().filter_map(number).for_each(|number| body.extend(number.to_le_bytes())),
        Kind::Words => {
            let width = (64 - (words.len().max(2) as u64 - 1).leading_zeros()) as u8;
            body.push(width);
            let numbers = cells().filter_map(word).filter_map(|text| words.get(&text).copied());
            runs(&mut body, numbers, usize::from(width.div_ceil(8)));
        }
    }
    let encoding = if kind == Kind::Words { RLE_DICTIONARY } else { PLAIN };
    let about = Struct::default().small(1, rows.len() as i64).small(2, encoding).small(3, RLE).small(4, RLE);
    page(out, 0, &body, 5, about);
    let bytes = (out.len() - began) as i64;
    let mut column = Struct::default()
        .small(1, kind.physical())
        .smalls(2, &[PLAIN, RLE, encoding])
        .texts(3, &[name])
        .small(4, 0)
        .number(5, rows.len() as i64)
        .number(6, bytes)
        .number(7, bytes)
        .number(9, data as i64);
    if let Some(at) = dictionary {
        column = column.number(11, at as i64);
    }
    Struct::default().number(2, began as i64).inside(3, column)
}

/// A page of a kind, with what is said of it in field `field` of its head.
fn page(out: &mut Vec<u8>, kind: i64, body: &[u8], field: i16, about: Struct) {
    let size = body.len() as i64;
    let head = Struct::default().small(1, kind).small(2, size).small(3, size).inside(field, about);
    out.extend(head.bytes());
    out.extend(body);
}

/// For each row whether there is something, after the length of that.
fn levels(there: impl Iterator<Item = bool>) -> Vec<u8> {
    let mut own = Vec::new();
    runs(&mut own, there.map(i64::from), 1);
    let mut out = (own.len() as u32).to_le_bytes().to_vec();
    out.extend(own);
    out
}

/// Numbers as how often which, each `width` bytes wide.
fn runs(out: &mut Vec<u8>, numbers: impl Iterator<Item = i64>, width: usize) {
    let mut add = |number: i64, count: u64| {
        list::varint(out, count << 1);
        out.extend(&number.to_le_bytes()[..width.min(8)]);
    };
    let mut last: Option<(i64, u64)> = None;
    for number in numbers {
        last = match last {
            Some((same, count)) if same == number => Some((same, count + 1)),
            Some((other, count)) => {
                add(other, count);
                Some((number, 1))
            }
            None => Some((number, 1)),
        };
    }
    if let Some((number, count)) = last {
        add(number, count);
    }
}

fn is_there(cell: &Cell, kind: Kind) -> bool {
    match kind {
        Kind::Count => true,
        Kind::Number => number(cell).is_some(),
        Kind::Words => word(cell).is_some(),
    }
}

/// A number, where there is one: adding zero turns -0 into 0, as in CSV.
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => number.is_finite().then_some(number + 0.0),
        Cell::Count(count) => Some(*count as f64),
        Cell::Text(_) => None,
    }
}

/// A word, where there is one; a number among words as CSV has it.
fn word(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => (!text.is_empty()).then(|| text.clone()),
        Cell::Count(count) => Some(count.to_string()),
        Cell::Number(_) => number(cell).map(|number| number.to_string()),
    }
}
