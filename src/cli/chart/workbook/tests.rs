//! Workbooks that are written here, part by part: as Excel writes them, and as nobody should.
use std::io::Write;

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::chart::read::{Data, Measured, Wanted, read_rows};

/// A zip of parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of sheets, each of which is its rows in XML, with these shared texts.
fn book_with(sheets: &[(&str, &str)], texts: &str, shown: impl Fn(usize) -> &'static str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let each = |of: &dyn Fn(usize, &str) -> String| {
        sheets.iter().enumerate().map(|(place, (name, _))| of(place, name)).collect::<String>()
    };
    let listed = each(&|place, name| {
        format!(r#"<sheet name="{name}" sheetId="{}" state="{}" r:id="rId{}"/>"#, place + 1, shown(place), place + 1)
    });
    let related = each(&|place, _| {
        let number = place + 1;
        format!(r#"<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>"#)
    });
    let styles = format!(
        r#"<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="mmm\-yy"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let workbook = format!(r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>"#);
    let links = format!(r#"<Relationships xmlns="{package}">{related}</Relationships>"#);
    let strings = format!(r#"<sst xmlns="{main}"{texts}</sst>"#);
    let mut parts: Vec<(String, String)> = vec![
        ("[Content_Types].xml".into(), "<Types/>".into()),
        ("_rels/.rels".into(), root),
        ("xl/workbook.xml".into(), workbook),
        ("xl/_rels/workbook.xml.rels".into(), links),
        ("xl/styles.xml".into(), styles),
        ("xl/sharedStrings.xml".into(), strings),
    ];
    for (place, (_, rows)) in sheets.iter().enumerate() {
        let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{}.xml", place + 1), sheet));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&parts)
}

fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    book_with(
        sheets,
        r#" uniqueCount="2"><si><t>month</t></si><si><r><t>do</t></r><r><t>ne</t></r></si>"#,
        |_| "visible",
    )
}

/// A row of cells: a number, `d` and a number for a date, `%` and a share, `t` and a text.
fn row(number: usize, from: usize, cells: &[&str]) -> String {
    let cell = |(place, text): (usize, &&str)| {
        let at = format!("{}{number}", crate::chart::read::file::letters(from + place));
        match text.split_at(text.len().min(1)) {
            ("", _) => String::new(),
            ("t", words) => format!(r#"<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>"#),
            ("d", serial) => format!(r#"<c r="{at}" s="1"><v>{serial}</v></c>"#),
            ("%", share) => format!(r#"<c r="{at}" s="2"><v>{share}</v></c>"#),
            ("#", _) => format!(r#"<c r="{at}" t="e"><v>{text}</v></c>"#),
            ("s", place) => format!(r#"<c r="{at}" t="s"><v>{place}</v></c>"#),
            ("=", value) => format!(r#"<c r="{at}"><f>A1+1</f><v>{value}</v></c>"#),
            _ => format!(r#"<c r="{at}"><v>{text}</v></c>"#),
        }
    };
    format!(r#"<row r="{number}">{}</row>"#, cells.iter().enumerate().map(cell).collect::<String>())
}

fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Data, String> {
    let Worksheet { name, rows, notes } = worksheet(bytes, sheet)?;
    read_rows(rows, &name, notes, &Wanted::default())
}

fn values(data: &Data) -> Vec<f64> {
    data.series[0].points.iter().map(|point| point.value).collect()
}

/// A title in A1, the table from B3 on, a gap, a formula, a date in each row: 41944 is 1 November 2014.
fn table() -> String {
    row(1, 0, &["tHand hygiene"])
        + &row(3, 1, &["s0", "s1", "tseen"])
        + &row(4, 1, &["d41944", "30", "=40"])
        + &row(5, 1, &["d41974", "", ""])
        + &row(6, 1, &["d42005", "35", "40"])
}

#[test]
fn a_sheet_is_read_with_dates_and_numbers_as_excel_keeps_them() {
    let bytes = book(&[("Ward 7", &table()), ("Lists", "")]);
    assert!(is_workbook(&bytes));
    let data = read(&bytes, None).unwrap();
    assert_eq!((data.measured, data.name.as_str()), (Measured::Proportion, "done of seen"));
    let found = values(&data);
    assert!(found[0] == 0.75 && found[1].is_nan() && found[2] == 0.875, "{found:?}");
    assert_eq!(data.said.of(data.series[0].points[0].at), "Nov 2014");
    assert_eq!(data.series[0].points.iter().map(|point| point.line).collect::<Vec<_>>(), [4, 5, 6]);
    assert_eq!(
        data.notes[..3],
        [
            "Sheet \"Ward 7\" is read, others not: \"Lists\". --sheet NAME chooses.",
            "Row 1 above the header is a title and not read.",
            "Read as a proportion: \"done\" of \"seen\", by \"month\"."
        ]
    );
    let shares =
        row(1, 0, &["tmonth", "tcompliance"]) + &row(2, 0, &["d41944", "%0.07"]) + &row(3, 0, &["d41974", "%0.835"]);
    let data = read(&book(&[("A", &shares)]), None).unwrap();
    assert_eq!((data.measured, values(&data)), (Measured::Value(true), vec![7.0, 83.5]));
}

#[test]
fn sheets_are_chosen_by_name_and_listed_where_there_is_none() {
    let hidden = |place: usize| if place == 0 { "hidden" } else { "visible" };
    let other = table().replace(">35<", ">36<");
    let bytes =
        book_with(&[("Old", &table()), ("New", &other)], r#"><si><t>month</t></si><si><t>done</t></si>"#, hidden);
    assert_eq!(values(&read(&bytes, None).unwrap())[2], 0.9);
    assert_eq!(values(&read(&bytes, Some("old")).unwrap())[2], 0.875);
    assert_eq!(
        read(&bytes, Some("Ward")).unwrap_err(),
        "--sheet Ward: no such sheet; the sheets are \"Old\" and \"New\""
    );
}

#[test]
fn what_is_wrong_is_said_by_sheet_and_cell() {
    for (from, to, what) in [
        (">35<", ">45<", "sheet \"W\", cell C6 (\"done\"): \"45\" is more than its denominator 40"),
        (">35<", ">3.5<", "sheet \"W\", cell C6 (\"done\"): \"3.5\" is no whole number"),
        ("<v>42005</v>", "<v>41944</v>", "rows 4 and 6 are both Nov 2014"),
        (
            r#"s="1"><v>42005</v>"#,
            "><v>42005</v>",
            "sheet \"W\", cell B6 (\"month\"): \"42005\" looks like a spreadsheet's own number",
        ),
        ("</row>", r#"<c r="Z6"><v>1</v></c></row>"#, "cell Z6: lies right of the last column that row 3 names"),
    ] {
        let said = read(&book(&[("W", &replace_last(&table(), from, to))]), None).unwrap_err();
        assert!(said.contains(what), "{what}: {said}");
    }
    let odd = row(1, 0, &["tmonth", "tvalue"]) + &row(2, 0, &["d41944", "#DIV/0!"]) + &row(3, 0, &["d41974", "3"]);
    let said = read(&book(&[("W", &odd)]), None).unwrap_err();
    assert!(said.starts_with("sheet \"W\", cell B2 (\"value\"): \"#DIV/0!\" is no number"), "{said}");
    assert_eq!(
        read(&book(&[("W", "")]), None).unwrap_err(),
        "sheet \"W\": is empty: the first row names the columns, each row below is one point"
    );
}

fn replace_last(text: &str, from: &str, to: &str) -> String {
    let (before, after) = text.rsplit_once(from).unwrap();
    format!("{before}{to}{after}")
}

#[test]
fn what_is_no_workbook_or_would_grow_beyond_bounds_is_refused() {
    let whole = book(&[("W", &table())]);
    let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|letter| [letter, 0]).collect();
    let old = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let bomb =
        zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", &vec![b' '; LARGEST as usize])]);
    assert!(bomb.len() < 1_000_000);
    let texts = |said: &str| book_with(&[("W", &table())], said, |_| "visible");
    let far = row(1, 0, &["tmonth", "tvalue"]) + r#"<row r="2"><c r="XFD2"><v>1</v></c></row>"#;
    for (bytes, what) in [
        (zipped(&[("word/document.xml", b"<a/>")]), "is a zip file and no Excel workbook"),
        (zipped(&[("[Content_Types].xml", b"<Types/>")]), "cannot be read as an Excel workbook"),
        (old.clone(), "is a workbook of old Excel (.xls)"),
        ([&old[..], &locked].concat(), "is locked with a password"),
        (bomb, "holds more than 128 MB when unpacked"),
        (texts(r#" uniqueCount="900000000000000">"#), "says that it has 900000000000000 texts"),
        (texts(r#" uniqueCount = '99999999999999999999999'>"#), "are the most"),
        (texts(r#" uniqueCount="1"><si><t>month</t></si>"#), "cannot be read as an Excel workbook"),
        (book(&[("W", &far)]), "has cells beyond column 500"),
        (book(&[("W", "<row r='1'><c r='A1'><v>1")]), "cannot be read as an Excel workbook"),
        (book(&[("W", "<row r='99999999999'><c r='A0'><v>1</v></c></row>")]), "cannot be read as an Excel workbook"),
    ] {
        let said = read(&bytes, None).unwrap_err();
        assert!(said.contains(what), "{what}: {said}");
    }
    // Cut anywhere, or with a byte changed: an error or a table, and no panic.
    for place in (0..whole.len()).step_by(7) {
        assert!(read(&whole[..place], None).is_err() || place == 0);
        let mut other = whole.clone();
        other[place] ^= 0x55;
        let _ = read(&other, None);
    }
}
