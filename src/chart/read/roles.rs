//! Which column is what: found by its name, or named by whoever asks.
use std::collections::BTreeSet;

use super::{
    file::Sheet,
    names::{DATE, DENOMINATOR, EVENTS, EXPOSURE, NUMERATOR, VALUE},
    number::{self, Style},
};
use crate::phrase::listed;

/// Columns that were named; what is not named is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// When.
    pub date: Option<String>,
    /// How often it was done.
    pub numerator: Option<String>,
    /// Of how many.
    pub denominator: Option<String>,
    /// How often something happened.
    pub events: Option<String>,
    /// Over how much.
    pub exposure: Option<String>,
    /// A number as it is.
    pub value: Option<String>,
    /// What is told apart: sites, wards, kinds.
    pub unit: Vec<String>,
}

/// Columns by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// When.
    pub date: usize,
    /// What is counted or measured.
    pub what: What,
    /// What is told apart.
    pub unit: Vec<usize>,
}

/// What is counted or measured, with its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// So many of so many.
    Proportion(usize, usize),
    /// So many over so much.
    Rate(usize, usize),
    /// So many.
    Count(usize),
    /// A number.
    Value(usize),
    /// Nothing: the dates themselves are what happened.
    Dates,
}

impl What {
    /// The columns of numbers.
    pub fn columns(self) -> Vec<usize> {
        match self {
            Self::Proportion(one, two) | Self::Rate(one, two) => vec![one, two],
            Self::Count(one) | Self::Value(one) => vec![one],
            Self::Dates => Vec::new(),
        }
    }
}

/// A name without what people vary: case, blanks, marks.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Finds the columns of `sheet`, with notes on what was taken for what and what is not read.
///
/// # Errors
///
/// When it is not clear which column is what: the columns there are, and the option that says it.
pub fn roles(sheet: &Sheet, named: &Named) -> Result<(Roles, Vec<String>), String> {
    let mut notes = Vec::new();
    let unit = named.unit.iter().map(|name| given(sheet, "--unit", name)).collect::<Result<Vec<usize>, String>>()?;
    let date = match &named.date {
        Some(name) => given(sheet, "--date", name)?,
        None => date(sheet, &unit)?,
    };
    let taken: BTreeSet<usize> = unit.iter().copied().chain([date]).collect();
    let what = what(sheet, named, &taken)?;
    let used: BTreeSet<usize> = taken.into_iter().chain(what.columns()).collect();
    let name = |column: usize| format!("\"{}\"", title(sheet, column));
    notes.push(match what {
        What::Proportion(numerator, denominator) => {
            format!("Read as a proportion: {} of {}, by {}.", name(numerator), name(denominator), name(date))
        }
        What::Rate(events, exposure) => {
            format!("Read as a rate: {} over {}, by {}.", name(events), name(exposure), name(date))
        }
        What::Count(events) => format!("Read as a count: {}, by {}.", name(events), name(date)),
        What::Value(value) => format!("Read as plain values: {}, by {}.", name(value), name(date)),
        What::Dates => format!("Each row of {} is one event; what is drawn is the time between them.", name(date)),
    });
    let all: Vec<usize> =
        (0..sheet.header.cells.len()).filter(|column| !sheet.header.cells[*column].is_empty()).collect();
    let left: Vec<String> = all.into_iter().filter(|column| !used.contains(column)).map(name).collect();
    match left.len() {
        0 => {}
        1 => notes.push(format!("Column {} is not read.", left[0])),
        _ => notes.push(format!("Columns {} are not read.", listed(&left))),
    }
    Ok((Roles { date, what, unit }, notes))
}

/// The header of a column.
pub fn title(sheet: &Sheet, column: usize) -> String {
    super::date::shortened(sheet.header.cell(column))
}

/// The column that `option` names: by its header, else by its number from 1.
fn given(sheet: &Sheet, option: &str, name: &str) -> Result<usize, String> {
    let (exact, alike): (Vec<usize>, Vec<usize>) = (
        places(sheet, |header| header == name.trim()),
        places(sheet, |header| !plain(name).is_empty() && plain(header) == plain(name)),
    );
    let found = if exact.is_empty() { alike } else { exact };
    match (found.as_slice(), name.trim().parse::<usize>()) {
        ([one], _) => Ok(*one),
        ([], Ok(number)) if (1..=sheet.header.cells.len()).contains(&number) => Ok(number - 1),
        ([], _) => Err(format!("{option} {name}: no such column; {}", columns(sheet))),
        (several, _) => Err(twice(option, name, several)),
    }
}

fn twice(option: &str, name: &str, several: &[usize]) -> String {
    let numbers: Vec<String> = several.iter().map(|column| (column + 1).to_string()).collect();
    format!(
        "columns {} are all called \"{name}\"; rename one, or say which by its number, e.g. {option} {}",
        listed(&numbers),
        numbers[0]
    )
}

fn places(sheet: &Sheet, fits: impl Fn(&str) -> bool) -> Vec<usize> {
    let fits = |(place, header): (usize, &String)| fits(header).then_some(place);
    sheet.header.cells.iter().enumerate().filter_map(fits).collect()
}

/// What columns there are, for messages.
pub fn columns(sheet: &Sheet) -> String {
    let names: Vec<String> = sheet
        .header
        .cells
        .iter()
        .filter(|name| !name.is_empty())
        .map(|name| format!("\"{}\"", super::date::shortened(name)))
        .collect();
    format!("the columns are {}", listed(&names))
}

/// The column of dates: by its name, else the only one that holds dates, else the only one that counts up.
fn date(sheet: &Sheet, taken: &[usize]) -> Result<usize, String> {
    let free = |column: &usize| !taken.contains(column);
    let by_name: Vec<usize> =
        places(sheet, |header| DATE.contains(&plain(header).as_str())).into_iter().filter(free).collect();
    let dates = |column: &usize| {
        let cells: Vec<&str> = sheet.rows.iter().map(|row| row.cell(*column)).filter(|cell| !cell.is_empty()).collect();
        let fit =
            cells.iter().filter(|cell| super::date::written(cell).is_ok_and(super::date::Written::is_date)).count();
        fit > 0 && fit * 2 > cells.len()
    };
    let by_content: Vec<usize> = (0..sheet.header.cells.len()).filter(free).filter(|column| dates(column)).collect();
    let both: Vec<usize> = by_name.iter().copied().filter(|column| by_content.contains(column)).collect();
    if let Some(found) =
        [both.as_slice(), &by_name, &by_content].iter().find_map(|found| <[usize; 1]>::try_from(*found).ok())
    {
        return Ok(found[0]);
    }
    if by_name.is_empty() && by_content.is_empty() {
        let counts_up = |column: &usize| {
            let numbers: Vec<Option<i64>> = sheet.rows.iter().map(|row| row.cell(*column).parse().ok()).collect();
            numbers.len() > 2 && numbers.windows(2).all(|pair| matches!(pair, [Some(one), Some(two)] if two - one == 1))
        };
        if let Some(column) = (0..sheet.header.cells.len()).filter(free).find(counts_up) {
            return Ok(column);
        }
        return Err(format!("no column holds dates; say which does with --date COLUMN ({})", columns(sheet)));
    }
    let several: Vec<String> = by_name
        .iter()
        .chain(&by_content)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|column| format!("\"{}\"", title(sheet, *column)))
        .collect();
    Err(format!("several columns may be the date ({}); say which with --date COLUMN", listed(&several)))
}

/// What is counted or measured: what is named, else what names say, else the only column of numbers.
fn what(sheet: &Sheet, named: &Named, taken: &BTreeSet<usize>) -> Result<What, String> {
    let pick = |option: &str, name: &Option<String>| name.as_ref().map(|name| given(sheet, option, name)).transpose();
    let numerator = pick("--numerator", &named.numerator)?;
    let denominator = pick("--denominator", &named.denominator)?;
    let (events, exposure) = (pick("--events", &named.events)?, pick("--exposure", &named.exposure)?);
    let value = pick("--value", &named.value)?;
    let find = |names: &[&str], option: &str| {
        let found = places(sheet, |header| names.contains(&plain(header).as_str()));
        let found: Vec<usize> = found.into_iter().filter(|column| !taken.contains(column)).collect();
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            several => {
                let names: Vec<String> =
                    several.iter().map(|column| format!("\"{}\"", title(sheet, *column))).collect();
                let same = names.windows(2).all(|pair| pair[0] == pair[1]);
                if same {
                    return Err(twice(option, &title(sheet, several[0]), several));
                }
                Err(format!("{} may each be meant; say which with {option} COLUMN", listed(&names)))
            }
        }
    };
    let missing = |option: &str, why: &str| format!("{why}; name it with {option} COLUMN ({})", columns(sheet));
    let kinds = [numerator.or(denominator).is_some(), events.or(exposure).is_some(), value.is_some()];
    if kinds.iter().filter(|given| **given).count() > 1 {
        return Err(
            "--numerator with --denominator is a proportion, --events with --exposure a rate, --value a plain value: \
                    name the columns of one of them"
                .into(),
        );
    }
    if kinds[0] {
        let numerator = numerator.map_or_else(|| find(NUMERATOR, "--numerator"), |column| Ok(Some(column)))?;
        let denominator = denominator.map_or_else(|| find(DENOMINATOR, "--denominator"), |column| Ok(Some(column)))?;
        let numerator = numerator.ok_or_else(|| missing("--numerator", "a denominator needs its numerator"))?;
        let denominator = denominator.ok_or_else(|| missing("--denominator", "a numerator needs its denominator"))?;
        return distinct(sheet, What::Proportion(numerator, denominator));
    }
    if kinds[1] {
        let exposure = exposure.map_or_else(|| find(EXPOSURE, "--exposure"), |column| Ok(Some(column)))?;
        let events = events.map_or_else(|| find(EVENTS, "--events"), |column| Ok(Some(column)))?;
        let events = events.ok_or_else(|| missing("--events", "an exposure needs what happened in it"))?;
        return distinct(sheet, exposure.map_or(What::Count(events), |exposure| What::Rate(events, exposure)));
    }
    if let Some(value) = value {
        return Ok(What::Value(value));
    }
    let (numerator, denominator) = (find(NUMERATOR, "--numerator")?, find(DENOMINATOR, "--denominator")?);
    let exposure = find(EXPOSURE, "--exposure")?;
    if let (Some(numerator), Some(denominator), None) = (numerator, denominator, exposure) {
        return Ok(What::Proportion(numerator, denominator));
    }
    let events = find(EVENTS, "--events")?;
    if let Some(exposure) = exposure {
        // Counts are often just called n.
        let events = events.or(numerator).or(denominator);
        let events = events
            .ok_or_else(|| missing("--events", "there is an exposure, but it is not clear what happened in it"))?;
        return Ok(What::Rate(events, exposure));
    }
    if let (Some(events), Some(denominator)) = (events, denominator) {
        let (one, two) = (title(sheet, events), title(sheet, denominator));
        return Err(format!(
            "\"{one}\" and \"{two}\" may be a proportion or a rate; say --numerator \"{one}\" --denominator \"{two}\", or --events \
             \"{one}\" --exposure \"{two}\""
        ));
    }
    if let Some(value) = find(VALUE, "--value")? {
        return Ok(What::Value(value));
    }
    if let Some(events) = events {
        return Ok(What::Count(events));
    }
    let free: Vec<usize> = (0..sheet.header.cells.len()).filter(|column| !taken.contains(column)).collect();
    if free.is_empty() {
        return Ok(What::Dates);
    }
    let numbers: Vec<usize> = free.into_iter().filter(|column| holds_numbers(sheet, *column)).collect();
    match numbers.as_slice() {
        [one] => Ok(What::Value(*one)),
        [] => Err(missing("--value", "no column of numbers was found")),
        _ => Err(format!(
            "it is not clear which columns are meant; name --numerator and --denominator, or --events and --exposure, or --value \
             ({})",
            columns(sheet)
        )),
    }
}

/// Refuses one column for two things.
fn distinct(sheet: &Sheet, what: What) -> Result<What, String> {
    match what.columns().as_slice() {
        [one, two] if one == two => {
            Err(format!("\"{}\" cannot be both; name two columns ({})", title(sheet, *one), columns(sheet)))
        }
        _ => Ok(what),
    }
}

fn holds_numbers(sheet: &Sheet, column: usize) -> bool {
    let cells: Vec<&str> = sheet.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_empty()).collect();
    let number = |cell: &&&str| {
        [false, true]
            .iter()
            .any(|comma| matches!(number::cell(cell, Style { comma: *comma }), Ok(number::Cell::Number(..))))
    };
    cells.iter().filter(number).count() * 2 > cells.len()
}

#[cfg(test)]
mod tests {
    use super::{super::file::sheet, *};

    fn of(text: &str, named: &Named) -> Result<(Roles, Vec<String>), String> {
        roles(&sheet(text).unwrap(), named)
    }

    fn found(header: &str) -> What {
        let cells = header.split(',').count();
        let rows: String = (1..=4).map(|month| format!("2014-0{month}{}\n", ",7".repeat(cells - 1))).collect();
        of(&format!("{header}\n{rows}"), &Named::default()).unwrap().0.what
    }

    #[test]
    fn columns_are_found_by_their_names() {
        assert_eq!(found("Month,Numerator,Denominator"), What::Proportion(1, 2));
        assert_eq!(found("week commencing,r,n"), What::Proportion(1, 2));
        assert_eq!(found("month,n,days"), What::Rate(1, 2));
        assert_eq!(found("month,Infections,Occupied bed-days"), What::Rate(1, 2));
        assert_eq!(found("month,falls"), What::Count(1));
        assert_eq!(found("month,Compliance"), What::Value(1));
        assert_eq!(found("month,time to theatre"), What::Value(1));
        assert_eq!(found("date"), What::Dates);
    }

    #[test]
    fn a_column_that_counts_up_is_the_time_where_there_are_no_dates() {
        let (roles, notes) = of("i,r,n,who\n1,3,4,x\n2,3,4,x\n3,3,4,x\n", &Named::default()).unwrap();
        assert_eq!((roles.date, roles.what), (0, What::Proportion(1, 2)));
        assert_eq!(notes, ["Read as a proportion: \"r\" of \"n\", by \"i\".", "Column \"who\" is not read."]);
    }

    #[test]
    fn what_is_unclear_is_asked_with_the_option_that_says_it() {
        let rows = "2014-01,1,2\n2014-02,1,2\n";
        let named = |numerator: &str, value: &str| Named {
            numerator: (!numerator.is_empty()).then(|| numerator.into()),
            value: (!value.is_empty()).then(|| value.into()),
            ..Named::default()
        };
        for (header, named, what) in [
            ("month,a,b", Named::default(), "--numerator and --denominator, or --events"),
            ("month,n,n", Named::default(), "columns 2 and 3 are all called \"n\""),
            ("month,falls,n", Named::default(), "may be a proportion or a rate"),
            ("month,done,met", Named::default(), "\"done\" and \"met\" may each be meant"),
            ("month,a,b", named("a", ""), "a numerator needs its denominator"),
            ("month,a,b", named("c", ""), "--numerator c: no such column; the columns are \"month\", \"a\" and \"b\""),
            ("month,a,b", named("a", "b"), "name the columns of one of them"),
            ("month,a,n", named("n", ""), "cannot be both"),
        ] {
            let said = of(&format!("{header}\n{rows}"), &named).unwrap_err();
            assert!(said.contains(what), "{header}: {said}");
        }
        let said = of("a,b\nx,1\ny,2\n", &Named::default()).unwrap_err();
        assert!(said.contains("--date COLUMN"), "{said}");
    }

    #[test]
    fn columns_of_one_name_are_told_apart_by_number() {
        let named = Named { numerator: Some("2".into()), denominator: Some("3".into()), ..Named::default() };
        assert_eq!(of("month,n,n\n2014-01,1,2\n2014-02,1,2\n", &named).unwrap().0.what, What::Proportion(1, 2));
    }
}
