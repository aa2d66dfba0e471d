//! Numbers as people write them: with a decimal point or comma, a sign for percent, marks between thousands.

/// How a file writes numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether a comma stands where others have a point.
    pub comma: bool,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Nothing: a gap.
    Gap,
    /// So few that the number is not told: a gap too.
    Hidden,
    /// A number, and whether it is in percent.
    Number(f64, bool),
}

/// Words that stand for nothing.
const NOTHING: [&str; 11] = ["", "-", "–", "—", ".", "na", "n/a", "#n/a", "null", "nan", "missing"];

/// What `text` holds, written in `style`.
///
/// # Errors
///
/// What is wrong with it.
pub fn cell(text: &str, style: Style) -> Result<Cell, String> {
    let text = text.trim().trim_start_matches('\'');
    if NOTHING.contains(&text.to_lowercase().as_str()) {
        return Ok(Cell::Gap);
    }
    if text == "*" || (text.starts_with('<') && bare(&text[1..]).parse::<f64>().is_ok()) {
        return Ok(Cell::Hidden);
    }
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text, false),
    };
    let number = bare(number);
    let plain = if style.comma { number.replace('.', "").replace(',', ".") } else { number.replace(',', "") };
    let shaped = plain.bytes().all(|letter| letter.is_ascii_digit() || b"+-.eE".contains(&letter))
        && plain.bytes().any(|letter| letter.is_ascii_digit());
    match plain.parse::<f64>() {
        Ok(value) if shaped && value.abs() < 1e15 => Ok(Cell::Number(value, percent)),
        Ok(_) if shaped => Err("is larger than anything that is counted".into()),
        _ => Err("is no number".into()),
    }
}

/// `text` without what stands between thousands, and with a plain sign.
fn bare(text: &str) -> String {
    let between = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '’';
    text.trim().replace('−', "-").chars().filter(|letter| !between(*letter)).collect()
}

/// How the cells of a file are written, each with its line, a row being called `row`; and what is to be said of that.
///
/// # Errors
///
/// The line of a cell that is written otherwise than others, and what is wrong.
pub fn style<'a>(
    cells: impl Iterator<Item = (usize, &'a str)> + Clone,
    semicolons: bool,
    row: &str,
) -> Result<(Style, Vec<String>), (usize, String)> {
    let sure = |comma: bool| {
        cells.clone().find(|(_, text)| {
            let text = bare(text.trim_end_matches(['%', ' ']));
            let (mark, other) = if comma { (',', '.') } else { ('.', ',') };
            decides(&text, mark, other)
        })
    };
    match (sure(true), sure(false)) {
        (Some((_, with_comma)), Some((line, with_point))) => {
            let what = format!(
                "\"{with_point}\" has a decimal point and \"{with_comma}\" a decimal comma: write all in one way"
            );
            Err((line, what))
        }
        (Some((line, text)), None) => {
            Ok((Style { comma: true }, vec![format!("Commas are read as decimal commas ({row} {line}: \"{text}\").")]))
        }
        (None, Some(_)) => Ok((Style { comma: false }, Vec::new())),
        (None, None) => {
            let unclear = cells.clone().find(|(_, text)| text.contains(','));
            let Some((line, text)) = unclear else { return Ok((Style::default(), Vec::new())) };
            // Between semicolons a comma is the decimal mark more often than not.
            let read = if semicolons { "a decimal comma" } else { "the mark between thousands" };
            Ok((
                Style { comma: semicolons },
                vec![format!("The comma in \"{text}\" ({row} {line}) is read as {read}.")],
            ))
        }
    }
}

/// Whether `mark` can only be the decimal mark in `text`.
fn decides(text: &str, mark: char, other: char) -> bool {
    let Some((before, after)) = text.rsplit_once(mark) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_digit());
    let whole = before.trim_start_matches(['+', '-']);
    // After a mark between thousands come three digits, before it no lone zero; and the decimal mark is the last one.
    let lone_zero = whole == "0" || whole.is_empty();
    digits(after) && !before.contains(mark) && (after.len() != 3 || lone_zero || before.contains(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, comma: bool) -> Result<Cell, String> {
        cell(text, Style { comma })
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, comma, value) in [
            ("12.5", false, 12.5),
            ("1,234", false, 1234.0),
            ("1 234", false, 1234.0),
            ("12,5", true, 12.5),
            ("1.234,5", true, 1234.5),
            ("-3", false, -3.0),
            ("−3", false, -3.0),
            ("1e3", false, 1000.0),
        ] {
            assert_eq!(read(text, comma), Ok(Cell::Number(value, false)), "{text}");
        }
        assert_eq!(
            [read("83.5%", false), read("83,5 %", true)],
            [83.5, 83.5].map(|value| Ok(Cell::Number(value, true)))
        );
        for text in ["", "-", "n/a", "NA", "#N/A"] {
            assert_eq!(read(text, false), Ok(Cell::Gap), "{text}");
        }
        assert_eq!([read("*", false), read("<5", false)], [Ok(Cell::Hidden), Ok(Cell::Hidden)]);
        for text in ["many", "1.2.3", "inf", "0x10", "5 of 7", "1e400", "%"] {
            assert!(read(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_found_and_said() {
        let of = |cells: &[&str], semicolons: bool| {
            style(cells.iter().enumerate().map(|(place, text)| (place + 2, *text)), semicolons, "line")
        };
        assert_eq!(of(&["12", "7"], false), Ok((Style { comma: false }, vec![])));
        assert!(of(&["12,5"], true).unwrap().0.comma && of(&["0,125"], false).unwrap().0.comma);
        assert!(!of(&["1,234"], false).unwrap().0.comma && of(&["1,234"], true).unwrap().0.comma);
        assert!(of(&["1,234"], false).unwrap().1[0].contains("between thousands"));
        assert!(!of(&["1,234.5"], true).unwrap().0.comma && of(&["1.234,5"], false).unwrap().0.comma);
        assert_eq!(of(&["12,5", "12.5"], false).unwrap_err().0, 3);
    }
}
