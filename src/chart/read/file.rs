//! A file as rows of cells: whatever its encoding, its separator, and the lines above its header.

use crate::phrase::{capital, listed};

/// Rows of a file, at most.
pub const MOST_ROWS: usize = 200_000;

/// Columns of a file, at most.
pub const MOST_COLUMNS: usize = 500;

/// What a place in a file is called, so that whoever opens it finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Lines of a text.
    #[default]
    Lines,
    /// Cells of the sheet of a workbook with this name.
    Cells(String),
}

impl Source {
    /// What a row is called.
    pub fn row(&self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Cells(_) => "row",
        }
    }

    /// A whole row.
    pub fn at(&self, row: usize) -> String {
        match self {
            Self::Lines => format!("line {row}"),
            Self::Cells(sheet) => format!("sheet \"{sheet}\", row {row}"),
        }
    }

    /// A cell in the column called `title`, by its place from 0.
    pub fn cell(&self, row: usize, column: usize, title: &str) -> String {
        match self {
            Self::Lines => format!("line {row}, column \"{title}\""),
            Self::Cells(sheet) => format!("sheet \"{sheet}\", cell {}{row} (\"{title}\")", letters(column)),
        }
    }
}

/// What a spreadsheet calls a column, by its place from 0.
pub fn letters(column: usize) -> String {
    let (before, last) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if before == 0 { last.into() } else { format!("{}{last}", letters(before - 1)) }
}

/// A row and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line, from 1.
    pub line: usize,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell in a column; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

/// A file of rows under a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The header.
    pub header: Row,
    /// What stands below it.
    pub rows: Vec<Row>,
    /// Whether cells are separated by semicolons, as where the comma is a decimal mark.
    pub semicolons: bool,
    /// What its places are called.
    pub source: Source,
    /// What was understood of it that is worth saying.
    pub notes: Vec<String>,
}

/// `bytes` as text, with what is to be said of that.
///
/// # Errors
///
/// When they are no text.
pub fn text(bytes: &[u8]) -> Result<(String, Vec<String>), String> {
    let save = "open it in the spreadsheet program and save it as CSV";
    match bytes {
        [] => return Err("is empty".into()),
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return Err(format!("is a spreadsheet, not a text file; {save}"));
        }
        [b'%', b'P', b'D', b'F', ..] => return Err("is a PDF; type its numbers into a CSV file".into()),
        [0xFF, 0xFE, rest @ ..] => return Ok((wide(rest, u16::from_le_bytes), Vec::new())),
        [0xFE, 0xFF, rest @ ..] => return Ok((wide(rest, u16::from_be_bytes), Vec::new())),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(format!("is no text file; {save}"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.into(), Vec::new())),
        // What is no UTF-8 comes from an older spreadsheet, where each byte is a letter.
        Err(_) => Ok((
            bytes.iter().map(|byte| char::from(*byte)).collect(),
            vec!["The file is not in UTF-8 and is read as Latin-1; look whether accented letters are right.".into()],
        )),
    }
}

/// Text in units of two bytes.
fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// `text` as rows under a header.
///
/// # Errors
///
/// When there is no header with rows below it: what is wrong and what would be right.
pub fn sheet(text: &str) -> Result<Sheet, String> {
    let separator = separator(text);
    let rows = rows(text, separator)?;
    Ok(Sheet { semicolons: separator == b';', ..under_header(rows, Source::Lines)? })
}

/// Rows of cells as rows under a header.
///
/// # Errors
///
/// As [`sheet`].
pub fn under_header(mut rows: Vec<Row>, source: Source) -> Result<Sheet, String> {
    rows.retain(|row| row.filled() > 0);
    if rows.is_empty() {
        let row = source.row();
        return Err(format!("is empty: the first {row} names the columns, each {row} below is one point"));
    }
    let columns = usual_width(&rows);
    if columns > MOST_COLUMNS {
        return Err(format!("has {columns} columns; {MOST_COLUMNS} are the most that are read"));
    }
    let place = header_place(&rows, columns);
    let mut notes = Vec::new();
    if place > 0 {
        let lines: Vec<String> = rows[..place].iter().map(|row| row.line.to_string()).collect();
        let (many, is) = if place == 1 { ("", "is a title") } else { ("s", "are titles") };
        notes.push(format!("{}{many} {} above the header {is} and not read.", capital(source.row()), listed(&lines)));
    }
    let below = rows.split_off(place);
    let mut below = below.into_iter();
    let Some(header) = below.next() else { return Err("has no header".into()) };
    let rows: Vec<Row> = below.collect();
    let dates = |row: &Row| {
        row.cells.iter().filter(|cell| super::date::written(cell).is_ok_and(super::date::Written::is_date)).count()
    };
    if dates(&header) > 2 {
        return Err(format!(
            "{}: dates stand side by side; each {} should be one point, with the date in a column",
            source.at(header.line),
            source.row()
        ));
    }
    let is_number = |cell: &String| cell.trim_end_matches('%').replace(',', ".").parse::<f64>().is_ok();
    if dates(&header) > 0 || header.cells.iter().filter(|cell| !cell.is_empty()).all(is_number) {
        return Err(format!(
            "{}: reads like data; the first {} should name the columns, e.g. month,numerator,denominator",
            source.at(header.line),
            source.row()
        ));
    }
    if rows.is_empty() {
        return Err("has a header and no rows below it".into());
    }
    let width = header.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let beyond = |row: &Row| (width..row.cells.len()).find(|column| !row.cells[*column].is_empty());
    if let Some((long, column)) = rows.iter().find_map(|row| Some((row, beyond(row)?))) {
        return Err(match source {
            Source::Lines => format!(
                "line {}: has {} cells where the header has {width}; put a cell with a comma in it in quotes",
                long.line,
                long.cells.len()
            ),
            Source::Cells(_) => format!(
                "{}: lies right of the last column that row {} names; name its column or take it out",
                source.at(long.line).replace("row ", &format!("cell {}", letters(column))),
                header.line
            ),
        });
    }
    Ok(Sheet { header, rows, semicolons: false, source, notes })
}

/// The row just above the first that is as long as most and holds a date or a number; titles further up are not.
fn header_place(rows: &[Row], columns: usize) -> usize {
    let least = if columns > 1 { columns.div_ceil(2).max(2) } else { 1 };
    let is_number = |cell: &String| cell.trim_end_matches('%').replace(',', ".").parse::<f64>().is_ok();
    let is_date = |cell: &String| super::date::written(cell).is_ok();
    let data = |row: &Row| {
        let long = row.cells.len() >= columns && row.filled() >= least;
        long && row.cells.iter().any(|cell| is_number(cell) || is_date(cell))
    };
    match rows.iter().position(data) {
        // Rows with a date and nothing else are gaps at the beginning.
        Some(first) => (0..first)
            .rev()
            .find(|place| {
                !rows[*place]
                    .cells
                    .iter()
                    .any(|cell| super::date::written(cell).is_ok_and(super::date::Written::is_date))
            })
            .unwrap_or(0),
        None => rows.iter().position(|row| row.filled() >= least).unwrap_or(0),
    }
}

/// What separates the cells: whatever gives most lines the same number of cells.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(60).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let most = |count: &usize| counts.iter().filter(|other| *other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (most(count), *count)).max().unwrap_or((0, 0))
    };
    // Of equals the last wins: a semicolon is in hardly any text by chance, a comma in much.
    b",|\t;".iter().copied().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        })
        .count()
}

fn rows(text: &str, separator: u8) -> Result<Vec<Row>, String> {
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut lines = Lines { bytes: text.as_bytes(), place: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|error| format!("cannot be read as CSV: {error}"))?;
        if rows.len() == MOST_ROWS {
            return Err(format!("has more than {MOST_ROWS} rows; add them up by week or month first"));
        }
        let begins = record.position().map_or(0, |position| position.byte() as usize);
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        rows.push(Row { line: lines.of(begins), cells });
    }
    Ok(rows)
}

/// Line numbers of places in a text that come in their order; blank lines, which the reader of rows passes over, count.
struct Lines<'a> {
    bytes: &'a [u8],
    place: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> usize {
        // A row begins after the blank lines before it.
        let start = (place..self.bytes.len()).find(|at| !b"\r\n".contains(&self.bytes[*at])).unwrap_or(place);
        while self.place < start.min(self.bytes.len()) {
            let next = self.bytes.get(self.place + 1);
            let ends = match self.bytes[self.place] {
                b'\n' => true,
                b'\r' => next != Some(&b'\n'),
                _ => false,
            };
            self.line += usize::from(ends);
            self.place += 1;
        }
        self.line
    }
}

/// The number of cells that most rows have.
fn usual_width(rows: &[Row]) -> usize {
    let widths: Vec<usize> = rows.iter().take(1000).map(|row| row.cells.len()).collect();
    let most = |width: &usize| widths.iter().filter(|other| *other == width).count();
    widths.iter().map(|width| (most(width), *width)).max().map_or(0, |(_, width)| width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        sheet(text).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_are_found() {
        let same = vec![vec!["2014-11".to_owned(), "12,5".into()], vec!["2014-12".into(), "13,5".into()]];
        for text in [
            "month;value\n2014-11;12,5\n2014-12;13,5",
            "month\tvalue\r\n2014-11\t12,5\r\n2014-12\t13,5\r\n",
            "month,value\n2014-11,\"12,5\"\n2014-12,\"13,5\"\n",
        ] {
            assert_eq!(cells(text), same, "{text}");
        }
        assert!(sheet("month;value\n2014-11;12,5").unwrap().semicolons);
    }

    #[test]
    fn titles_are_passed_over_and_lines_are_counted_as_editors_do() {
        let read = sheet("Hand hygiene, ward 7\n\n,,\nmonth,done,seen\n\n2014-11,3,4\n").unwrap();
        assert_eq!((read.header.line, read.rows[0].line), (4, 6));
        assert_eq!(read.notes, ["Line 1 above the header is a title and not read."]);
        let short = sheet("Hand hygiene, ward 7\nNovember 2014\nmonth,done\n2014-11,3\n").unwrap();
        assert_eq!((short.header.line, short.rows.len()), (3, 1));
    }

    #[test]
    fn what_is_no_table_is_refused_with_what_would_be_right() {
        for (text, what) in [
            ("", "is empty"),
            ("2014-11,3,4\n2014-12,3,4", "line 1: reads like data"),
            ("month,n\n", "no rows below"),
            ("site,Nov 2014,Dec 2014,Jan 2015\nA,1,2,3", "side by side"),
            ("month,n\n2014-11,1,234", "line 2: has 3 cells where the header has 2"),
        ] {
            let said = sheet(text).unwrap_err();
            assert!(said.contains(what), "{text}: {said}");
        }
    }

    #[test]
    fn bytes_become_text_whatever_wrote_them() {
        assert_eq!(text(b"\xEF\xBB\xBFmonth").unwrap().0, "month");
        assert_eq!(text(b"\xFF\xFEm\0o\0").unwrap().0, "mo");
        let (latin, notes) = text(b"caf\xE9").unwrap();
        assert!(latin == "café" && notes[0].contains("Latin-1"));
        for bytes in [&b""[..], b"PK\x03\x04rest", b"%PDF-1.7", b"a\0b"] {
            assert!(text(bytes).is_err());
        }
        assert!(text(b"PK\x03\x04").unwrap_err().contains("save it as CSV"));
    }
}
