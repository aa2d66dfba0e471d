//! Dates as people write them: what one cell may mean, and what a whole column means.
use super::super::day::{Day, MONTHS, Said, date, day, monday};

/// What one cell may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A day.
    Day(Day),
    /// Two numbers and a year: day first or month first.
    Either(u32, u32, i64),
    /// A month, by its first day.
    Month(Day),
    /// A week of a year, by its Monday.
    Week(Day),
    /// A quarter, by its first day.
    Quarter(Day),
    /// A year, by its first day.
    Year(Day),
    /// A number: of a week or month of something.
    Number(i64),
}

/// Which of two numbers of a date is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As most of the world writes.
    #[default]
    DayFirst,
    /// As the United States write.
    MonthFirst,
}

impl Written {
    /// What a column must have in common: its cells are of one kind.
    fn kind(self) -> &'static str {
        match self {
            Self::Day(_) | Self::Either(..) => "a day",
            Self::Month(_) => "a month",
            Self::Week(_) => "a week",
            Self::Quarter(_) => "a quarter",
            Self::Year(_) => "a year",
            Self::Number(_) => "a number",
        }
    }

    /// Where it lies; none where there is no such day.
    pub fn day(self, order: Order) -> Option<Day> {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Week(day) | Self::Quarter(day) | Self::Year(day) => Some(day),
            Self::Number(number) => Some(number),
            Self::Either(first, second, year) => match order {
                Order::DayFirst => day(year, second, first),
                Order::MonthFirst => day(year, first, second),
            },
        }
    }

    /// Whether it is a date rather than a mere number, which may be anything.
    pub fn is_date(self) -> bool {
        !matches!(self, Self::Number(_))
    }

    fn said(self) -> Said {
        match self {
            Self::Day(_) | Self::Either(..) | Self::Week(_) => Said::Day,
            Self::Month(_) => Said::Month,
            Self::Quarter(_) => Said::Quarter,
            Self::Year(_) => Said::Year,
            Self::Number(_) => Said::Number,
        }
    }
}

/// A part of a date: digits, how many of them, or letters.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Digits(i64, usize),
    Letters(String),
}

/// What `text` may mean.
///
/// # Errors
///
/// What is wrong with it, where it looks like a date and is none, or like nothing at all.
pub fn written(text: &str) -> Result<Written, String> {
    let text = text.trim();
    if text.len() > 60 {
        return Err("is too long for a date".into());
    }
    if let Ok(number) = text.replace('−', "-").parse::<f64>() {
        return of_number(text, number);
    }
    let parts = parts(without_time(text));
    let none =
        || Err("is no date that can be read; write 2014-11-03, 3 Nov 2014, Nov 2014, 2014-W45 or Q4 2014".into());
    use Part::{Digits, Letters};
    let there = |day: Option<Day>, made: fn(Day) -> Written| {
        day.map(made).ok_or_else(|| "is a date that is in no calendar".to_owned())
    };
    match parts.as_slice() {
        [Digits(year, 4), Digits(month, 1..=2), Digits(of_month, 1..=2)] => {
            there(day(*year, *month as u32, *of_month as u32), Written::Day)
        }
        [Digits(first, 1..=2), Digits(second, 1..=2), Digits(year, digits @ (2 | 4))] => {
            let (first, second, year) = (*first as u32, *second as u32, whole_year(*year, *digits));
            let either = [day(year, second, first), day(year, first, second)];
            match either {
                [None, None] => Err("is a date that is in no calendar".into()),
                _ => Ok(Written::Either(first, second, year)),
            }
        }
        [Digits(year, 4), Digits(month, 1..=2)] | [Digits(month, 1..=2), Digits(year, 4)] => {
            match day(*year, *month as u32, 1) {
                Some(day) => Ok(Written::Month(day)),
                // 2014/15, but not 2014-13.
                None if *month == (*year + 1) % 100 => {
                    Err("looks like a financial year; write it by its quarters or months, e.g. Q2 2014".into())
                }
                None => Err(format!("has no month {month}; months go from 1 to 12, e.g. 2014-11")),
            }
        }
        [Digits(of_month, 1..=2), Letters(name), Digits(year, digits @ (2 | 4))]
        | [Letters(name), Digits(of_month, 1..=2), Digits(year, digits @ (2 | 4))]
            if month_named(name).is_some() =>
        {
            let month = month_named(name).unwrap_or(1);
            there(day(whole_year(*year, *digits), month, *of_month as u32), Written::Day)
        }
        [Letters(name), Digits(year, digits @ (2 | 4))] if month_named(name).is_some() => {
            there(day(whole_year(*year, *digits), month_named(name).unwrap_or(1), 1), Written::Month)
        }
        [Digits(year, 4), Letters(name)] if month_named(name).is_some() => {
            there(day(*year, month_named(name).unwrap_or(1), 1), Written::Month)
        }
        [Letters(name)] if month_named(name).is_some() => Err("is a month without a year; write Nov 2014".into()),
        [Digits(year, 4), Letters(letter), Digits(week, 1..=2)]
        | [Letters(letter), Digits(week, 1..=2), Digits(year, 4)]
            if is_week(letter) =>
        {
            monday(*year, *week as u32)
                .map(Written::Week)
                .ok_or_else(|| format!("says week {week}, which {year} has not"))
        }
        [Digits(year, 4), Letters(letter), Digits(quarter, 1)]
        | [Letters(letter), Digits(quarter, 1), Digits(year, 4)]
            if is_quarter(letter) =>
        {
            let first =
                day(*year, (*quarter as u32).saturating_sub(1) * 3 + 1, 1).filter(|_| (1..=4).contains(quarter));
            first.map(Written::Quarter).ok_or_else(|| "is a quarter that is in no year; they go from 1 to 4".into())
        }
        [Letters(letter), Digits(number, 1..=4)] if is_week(letter) || ["m", "month"].contains(&letter.as_str()) => {
            Ok(Written::Number(*number))
        }
        _ => none(),
    }
}

/// What a bare number means.
fn of_number(text: &str, number: f64) -> Result<Written, String> {
    let digits = text.bytes().all(|letter| letter.is_ascii_digit());
    if number.fract() != 0.0 || !number.is_finite() {
        return Err("is neither a date nor the whole number of a week or month".into());
    }
    let whole = number as i64;
    match (digits, text.len()) {
        (true, 8) => {
            let made = day(whole / 10_000, (whole / 100 % 100) as u32, (whole % 100) as u32);
            made.map(Written::Day).ok_or_else(|| "is no date as 20141103 would be".into())
        }
        (true, 6) => {
            let made = day(whole / 100, (whole % 100) as u32, 1);
            made.map(Written::Month).ok_or_else(|| "is no month as 201411 would be".into())
        }
        (true, 4) if (1900..2200).contains(&whole) => {
            day(whole, 1, 1).map(Written::Year).ok_or_else(|| "is no year".into())
        }
        _ if number.abs() < 10_000.0 => Ok(Written::Number(whole)),
        _ => {
            Err("looks like a spreadsheet's own number for a day; format the column as a date and save it again".into())
        }
    }
}

/// `text` without a time of day after the date.
fn without_time(text: &str) -> &str {
    let cut = text.char_indices().find(|(place, letter)| {
        let rest = &text[place + letter.len_utf8()..];
        let hour: String = rest.chars().take_while(char::is_ascii_digit).collect();
        matches!(letter, ' ' | 'T') && (1..=2).contains(&hour.len()) && rest[hour.len()..].starts_with(':')
    });
    cut.map_or(text, |(place, _)| &text[..place])
}

/// Runs of digits and of letters; names of weekdays and the endings of `3rd` say nothing.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = match first {
            _ if first.is_ascii_digit() => |letter| letter.is_ascii_digit(),
            _ if first.is_alphabetic() => char::is_alphabetic,
            _ => |letter| !letter.is_ascii_digit() && !letter.is_alphabetic(),
        };
        let end = rest.find(|letter| !same(letter)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            // Longer than any number of a date: a part that fits no pattern.
            parts.push(Part::Digits(part.parse().unwrap_or(i64::MAX), part.len()));
        } else if first.is_alphabetic() {
            let word = part.to_lowercase();
            let ending = ["st", "nd", "rd", "th", "of"].contains(&word.as_str()) && !parts.is_empty();
            if !ending && !is_weekday(&word) {
                parts.push(Part::Letters(word));
            }
        }
    }
    parts
}

fn is_weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.iter().any(|day| word.len() >= 3 && day.starts_with(word))
}

fn is_week(word: &str) -> bool {
    ["w", "wk", "week", "kw"].contains(&word)
}

fn is_quarter(word: &str) -> bool {
    ["q", "qtr", "quarter"].contains(&word)
}

/// The month that `word` names or shortens, if any.
fn month_named(word: &str) -> Option<u32> {
    let short = word.chars().count() >= 3;
    let place = MONTHS
        .iter()
        .position(|name| short && name.to_lowercase().starts_with(word) || word == "sept" && *name == "September");
    place.map(|place| place as u32 + 1)
}

/// A year of two digits is one of this century.
fn whole_year(year: i64, digits: usize) -> i64 {
    if digits == 2 { 2000 + year } else { year }
}

/// What a column of dates means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Where each row lies.
    pub days: Vec<Day>,
    /// Which number of a date is the day.
    pub order: Order,
    /// In which words its times are said.
    pub said: Said,
    /// Whether these are numbers and no dates.
    pub numbers: bool,
    /// What a reader of the chart should know of it.
    pub notes: Vec<String>,
}

/// What the rows of a column mean together, each with its line, a row being `called` so: one kind of date, in one order.
///
/// # Errors
///
/// The line, the text and what is wrong with it.
pub fn column(rows: &[(usize, &str)], called: &str) -> Result<Column, (usize, String)> {
    let wrong = |line: usize, text: &str, what: &str| (line, format!("\"{}\" {what}", shortened(text)));
    let mut read = Vec::with_capacity(rows.len());
    for (line, text) in rows {
        read.push(written(text).map_err(|what| wrong(*line, text, &what))?);
    }
    let Some(first) = read.first().copied() else { return Err((0, "has no rows".into())) };
    // Of two kinds, the rarer one is what is wrong.
    let count = |kind: &str| read.iter().filter(|each| each.kind() == kind).count();
    if let Some(other) = read.iter().find(|each| each.kind() != first.kind()) {
        let (usual, odd) = if count(first.kind()) >= count(other.kind()) { (first, *other) } else { (*other, first) };
        let place = read.iter().position(|each| each.kind() == odd.kind()).unwrap_or(0);
        let what = format!("is {}, and other rows say {}: write all of them in one way", odd.kind(), usual.kind());
        return Err(wrong(rows[place].0, rows[place].1, &what));
    }
    let forced = |day_first: bool| {
        read.iter().position(|each| match each {
            Written::Either(one, two, year) => {
                let (as_day_first, as_month_first) = (day(*year, *two, *one), day(*year, *one, *two));
                if day_first { as_month_first.is_none() } else { as_day_first.is_none() }
            }
            _ => false,
        })
    };
    let mut notes = Vec::new();
    let order = match (forced(true), forced(false)) {
        (Some(day_first), Some(month_first)) => {
            let what = format!(
                "can only be month first, and {called} {} (\"{}\") only day first: write all of them in one way, best as 2014-11-03",
                rows[day_first].0,
                shortened(rows[day_first].1)
            );
            return Err(wrong(rows[month_first].0, rows[month_first].1, &what));
        }
        (None, Some(place)) => {
            notes.push(format!(
                "Dates are read month first, because {called} {} (\"{}\") can be nothing else.",
                rows[place].0,
                shortened(rows[place].1)
            ));
            Order::MonthFirst
        }
        (None, None) if read.iter().any(|each| matches!(each, Written::Either(..))) => {
            let place = read.iter().position(|each| matches!(each, Written::Either(one, two, _) if one != two));
            let place = place.unwrap_or(0);
            let said = read[place].day(Order::DayFirst).map_or_else(String::new, |day| Said::Day.of(day));
            notes.push(format!(
                "No row says whether day or month comes first: read day first, \"{}\" in {called} {} as {said}.",
                shortened(rows[place].1),
                rows[place].0
            ));
            Order::DayFirst
        }
        _ => Order::DayFirst,
    };
    let mut days = Vec::with_capacity(read.len());
    for (each, (line, text)) in read.iter().zip(rows) {
        days.push(each.day(order).ok_or_else(|| wrong(*line, text, "is a date that is in no calendar"))?);
    }
    if rows.iter().any(|(_, text)| has_short_year(text)) {
        notes.push("Years of two digits are read as years from 2000 on.".into());
    }
    let numbers = !first.is_date();
    // First days of months are said as months, which is what they stand for.
    let all = |of: fn(Day) -> bool| days.iter().all(|day| of(*day));
    let said = match first.said() {
        Said::Day if days.len() > 1 && all(|day| date(day).2 == 1) => Said::Month,
        other => other,
    };
    Ok(Column { days, order, said, numbers, notes })
}

/// Whether the year of a date has two digits.
fn has_short_year(text: &str) -> bool {
    let parts = parts(without_time(text.trim()));
    let whole = parts.iter().any(|part| matches!(part, Part::Digits(_, 4..)));
    !whole
        && parts.len() >= 2
        && matches!(parts.last(), Some(Part::Digits(_, 2)))
        && written(text).is_ok_and(Written::is_date)
}

/// `text` as it is quoted in a message.
pub fn shortened(text: &str) -> String {
    let mut short: String =
        text.chars().take(30).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().count() > 30 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i64, month: u32, of_month: u32) -> Day {
        day(year, month, of_month).unwrap()
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let third = Written::Day(on(2014, 11, 3));
        for text in [
            "2014-11-03",
            "2014/11/3",
            "3 Nov 2014",
            "3rd November 2014",
            "Nov 3, 2014",
            "Mon 3 Nov 14",
            "20141103",
            "2014-11-03 00:00:00",
            "2014-11-03T08:15:00Z",
            "03-Nov-14",
        ] {
            assert_eq!(written(text), Ok(third), "{text}");
        }
        for text in ["2014-11", "Nov 2014", "Nov-14", "november 2014", "11/2014", "201411", "Nov 14", "2014 Nov"] {
            assert_eq!(written(text), Ok(Written::Month(on(2014, 11, 1))), "{text}");
        }
        for text in ["2014-W45", "2014W45", "week 45 2014", "W45/2014", "wk45 2014"] {
            assert_eq!(written(text), Ok(Written::Week(on(2014, 11, 3))), "{text}");
        }
        for text in ["Q4 2014", "2014 Q4", "2014-Q4"] {
            assert_eq!(written(text), Ok(Written::Quarter(on(2014, 10, 1))), "{text}");
        }
        assert_eq!(written("2014"), Ok(Written::Year(on(2014, 1, 1))));
        assert_eq!(
            [written("17"), written("-3"), written("Week 17"), written("4.0")],
            [17, -3, 17, 4].map(|number| Ok(Written::Number(number)))
        );
        assert_eq!(written("14/11/2014").unwrap().day(Order::DayFirst), Some(on(2014, 11, 14)));
    }

    #[test]
    fn what_is_no_date_is_refused_with_what_would_be_right() {
        for (text, what) in [
            ("31/02/2014", "in no calendar"),
            ("2014-02-30", "in no calendar"),
            ("Nov", "without a year"),
            ("2014-W54", "week 54, which 2014 has not"),
            ("Q5 2014", "from 1 to 4"),
            ("41944", "spreadsheet's own number"),
            ("2014-15", "looks like a financial year"),
            ("2014-13", "has no month 13; months go from 1 to 12"),
            ("soon", "is no date"),
            ("1.5", "whole number"),
            ("", "is no date"),
        ] {
            let said = written(text).unwrap_err();
            assert!(said.contains(what), "{text}: {said}");
        }
    }

    #[test]
    fn a_column_is_day_first_unless_a_row_says_otherwise_and_says_so() {
        let unsaid = column(&[(2, "03/04/2014"), (3, "04/05/2014")], "line").unwrap();
        assert_eq!(unsaid.days, [on(2014, 4, 3), on(2014, 5, 4)]);
        assert!(unsaid.notes[0].contains("\"03/04/2014\" in line 2 as 3 Apr 2014"), "{:?}", unsaid.notes);
        let forced = column(&[(2, "03/04/2014"), (3, "03/14/2014")], "line").unwrap();
        assert_eq!((forced.days, forced.order), (vec![on(2014, 3, 4), on(2014, 3, 14)], Order::MonthFirst));
        let day_first = column(&[(2, "03/04/2014"), (3, "14/04/2014")], "line").unwrap();
        assert!(day_first.notes.is_empty() && day_first.order == Order::DayFirst);
        let torn = column(&[(2, "14/03/2014"), (3, "03/14/2014")], "line").unwrap_err();
        assert!(torn.0 == 3 && torn.1.contains("line 2 (\"14/03/2014\") only day first"), "{torn:?}");
    }

    #[test]
    fn a_column_is_of_one_kind() {
        let mixed = column(&[(2, "Nov 2014"), (3, "Dec 2014"), (4, "2015-01-07")], "line").unwrap_err();
        assert_eq!(
            mixed,
            (4, "\"2015-01-07\" is a day, and other rows say a month: write all of them in one way".into())
        );
        assert_eq!(column(&[(2, "2012-11-01"), (3, "2012-12-01")], "line").unwrap().said, Said::Month);
        assert!(column(&[(2, "Nov-14"), (3, "Dec-14")], "line").unwrap().notes[0].contains("from 2000 on"));
        assert!(column(&[(2, "2012-11-01"), (3, "2012-12-01")], "line").unwrap().notes.is_empty());
    }
}
