//! Excel workbooks: a sheet as the rows that a CSV file would have, numbered as Excel numbers them.
//!
//! A workbook is a zip of XML. Before `calamine` reads it, every part is unpacked once and thrown away, so that what would grow
//! beyond bounds is refused while it is small, and what the reader would believe blindly is looked at.
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use zip::ZipArchive;

use super::super::saving::quietly;
use crate::{
    chart::read::{
        Row,
        file::{MOST_COLUMNS, MOST_ROWS},
    },
    phrase::listed,
};

/// Most that the parts of a workbook may hold when unpacked.
const LARGEST: u64 = 128 * 1024 * 1024;

/// Most texts that a workbook may say it shares between cells: room for them is made before they are read.
const MOST_TEXTS: usize = 2_000_000;

/// Most cells of a sheet, empty ones between filled ones included.
const MOST_CELLS: usize = 2_000_000;

/// Letters of a cell that are kept: of dates, numbers and names nothing is lost.
const LONGEST: usize = 200;

/// Names of sheets in a message, at most.
const NAMED: usize = 12;

const SAVE: &str = "open it in the spreadsheet program and save it as .xlsx or CSV";

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worksheet {
    /// Its name.
    pub name: String,
    /// Its rows that hold anything.
    pub rows: Vec<Row>,
    /// What is to be said of it.
    pub notes: Vec<String>,
}

/// Whether `bytes` may be a workbook, of whatever kind: a zip, or what older Excel wrote.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || is_old(bytes)
}

fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// The sheet called `wanted`, or the first that is shown.
///
/// # Errors
///
/// When `bytes` are no workbook that can be read, or it has no such sheet: what is wrong and what would be right.
pub fn worksheet(bytes: &[u8], wanted: Option<&str>) -> Result<Worksheet, String> {
    if is_old(bytes) {
        let package: Vec<u8> = "EncryptedPackage".bytes().flat_map(|letter| [letter, 0]).collect();
        let locked = bytes.windows(package.len()).any(|window| window == package);
        return Err(if locked {
            "is locked with a password; open it in the spreadsheet program and save it without one".into()
        } else {
            format!("is a workbook of old Excel (.xls), whatever its name; {SAVE}")
        });
    }
    is_bounded(bytes)?;
    // The reader is another's: should it stop at a file that nobody thought of, the file is to blame and not the user.
    let read = || catch_unwind(AssertUnwindSafe(|| of_zip(bytes, wanted)));
    quietly(read).unwrap_or_else(|_| Err(broken("its parts do not fit together")))
}

fn broken(what: &str) -> String {
    format!("cannot be read as an Excel workbook ({what}); {SAVE}")
}

/// Refuses a zip whose parts are too much, or no text.
fn is_bounded(bytes: &[u8]) -> Result<(), String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error.to_string()))?;
    if zip.index_for_name("[Content_Types].xml").is_none() {
        return Err(format!("is a zip file and no Excel workbook; {SAVE}"));
    }
    let mut left = LARGEST;
    let mut text = Vec::new();
    for place in 0..zip.len() {
        let part = zip.by_index(place).map_err(|error| broken(&error.to_string()))?;
        text.clear();
        let read = part.take(left + 1).read_to_end(&mut text).map_err(|error| broken(&error.to_string()))?;
        left = left.checked_sub(read as u64).ok_or_else(|| {
            let most = LARGEST / 1024 / 1024;
            format!(
                "holds more than {most} MB when unpacked; copy the table into a workbook of its own, or save it as CSV"
            )
        })?;
        let shared = texts(&text).max().unwrap_or(0);
        if shared > MOST_TEXTS {
            return Err(broken(&format!("it says that it has {shared} texts, and {MOST_TEXTS} are the most")));
        }
    }
    Ok(())
}

/// How many texts a part says it shares, wherever it says so.
fn texts(part: &[u8]) -> impl Iterator<Item = usize> {
    // In any encoding, letters beside each other or with noughts between them: what is no digit is passed over.
    let plain: Vec<u8> = part.iter().copied().filter(|byte| *byte > b' ' && byte.is_ascii()).collect();
    let name = b"uniqueCount";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(place) = plain.get(from..).and_then(|rest| rest.windows(name.len()).position(|part| part == name)) {
        from += place + name.len();
        let digits = plain[from..].iter().skip_while(|byte| !byte.is_ascii_digit()).take(20);
        let number = digits.take_while(|byte| byte.is_ascii_digit());
        found.push(number.fold(0_usize, |sum, byte| sum.saturating_mul(10).saturating_add(usize::from(byte - b'0'))));
    }
    found.into_iter()
}

fn of_zip(bytes: &[u8], wanted: Option<&str>) -> Result<Worksheet, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => "is locked with a password; save it without one".into(),
        error => broken(&error.to_string()),
    })?;
    let is_table = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let sheets: Vec<calamine::Sheet> = book.sheets_metadata().iter().filter(is_table).cloned().collect();
    let names = |sheets: &mut dyn Iterator<Item = &calamine::Sheet>| {
        let all: Vec<String> = sheets.map(|sheet| format!("\"{}\"", short(&sheet.name))).collect();
        let more = all.len().saturating_sub(NAMED);
        let shown = listed(&all[..all.len() - more]);
        if more > 0 { format!("{shown} and {more} more") } else { shown }
    };
    let same = |name: &str, sheet: &&calamine::Sheet| sheet.name.trim() == name.trim();
    let found = match wanted {
        Some(name) => sheets
            .iter()
            .find(|sheet| same(name, sheet))
            .or_else(|| sheets.iter().find(|sheet| sheet.name.trim().to_lowercase() == name.trim().to_lowercase())),
        None => sheets.iter().find(|sheet| sheet.visible == SheetVisible::Visible).or(sheets.first()),
    };
    let Some(sheet) = found else {
        return Err(match wanted {
            _ if sheets.is_empty() => broken("it has no sheet of cells"),
            Some(name) => format!("--sheet {name}: no such sheet; the sheets are {}", names(&mut sheets.iter())),
            None => broken("it has no sheet of cells"),
        });
    };
    let name = short(&sheet.name);
    let mut notes = Vec::new();
    if wanted.is_none() && sheets.len() > 1 {
        let others = names(&mut sheets.iter().filter(|other| other.name != sheet.name));
        notes.push(format!("Sheet \"{name}\" is read, others not: {others}. --sheet NAME chooses."));
    }
    let rows = rows(&mut book, &sheet.name).map_err(|what| format!("sheet \"{name}\": {what}"))?;
    Ok(Worksheet { name, rows, notes })
}

fn rows<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<Vec<Row>, String> {
    let wrong = |error: XlsxError| broken(&error.to_string());
    let mut reader = book.worksheet_cells_reader(name).map_err(wrong)?;
    let mut cells: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut many = 0_usize;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(wrong)? {
        let percent = reader.styles().get(style).is_some_and(in_percent);
        let text = written(cell.get_value(), percent);
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if column as usize >= MOST_COLUMNS {
            return Err(format!("row {}: has cells beyond column {MOST_COLUMNS}, the last that is read", row + 1));
        }
        many += 1;
        cells.entry(row).or_default().insert(column, text);
        if cells.len() > MOST_ROWS || many > MOST_CELLS {
            return Err(format!(
                "has more than {MOST_ROWS} rows or {MOST_CELLS} cells; add them up by week or month first"
            ));
        }
    }
    // Rows end where most end; an empty last cell is a gap and no shorter row.
    let width = |row: &BTreeMap<u32, String>| row.last_key_value().map_or(0, |(column, _)| *column as usize + 1);
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    cells.values().for_each(|row| *widths.entry(width(row)).or_default() += 1);
    let usual = widths.iter().max_by_key(|(_, many)| **many).map_or(0, |(width, _)| *width);
    if cells.values().map(|row| width(row).max(usual)).sum::<usize>() > MOST_CELLS {
        return Err(format!("has more than {MOST_CELLS} cells; take out what is not needed"));
    }
    let row = |(number, mut cells): (u32, BTreeMap<u32, String>)| {
        let wide = width(&cells).max(usual) as u32;
        let cells = (0..wide).map(|column| cells.remove(&column).unwrap_or_default()).collect();
        Row { line: number as usize + 1, cells }
    };
    Ok(cells.into_iter().map(row).collect())
}

fn in_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'))
}

/// A cell as somebody would type it.
fn written(value: &DataRef, percent: bool) -> String {
    match value {
        DataRef::Float(number) if percent => format!("{}%", bare(number * 100.0)),
        DataRef::Int(number) if percent => format!("{}%", bare(*number as f64 * 100.0)),
        DataRef::Float(number) => bare(*number),
        DataRef::Int(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => short(text),
        DataRef::SharedString(text) => short(text),
        DataRef::Bool(yes) => if *yes { "true" } else { "false" }.into(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
        DataRef::DateTime(at) if at.is_datetime() && at.as_f64() >= 1.0 => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(at) => bare(at.as_f64()),
    }
}

/// A number without what binary fractions leave behind the digits that were typed: Excel keeps fifteen of them.
fn bare(number: f64) -> String {
    let typed: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if typed == 0.0 { "0".into() } else { typed.to_string() }
}

fn short(text: &str) -> String {
    let text: String = text.trim().chars().take(LONGEST).collect();
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests;
