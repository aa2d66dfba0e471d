//! Days, and what a point of a chart lasts: a week, a month, a quarter.
//!
//! Days are counted from 1 January 1970 in the Gregorian calendar. A date is turned into a count by counting the days of
//! whole spans of 400 years, which are all the same, and of the years and months since.

/// A day, counted from 1 January 1970; or, where a file has no dates, the number of a point.
pub type Day = i64;

/// Names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The day of a date; none where there is no such date.
pub fn day(year: i64, month: u32, day_of_month: u32) -> Option<Day> {
    let there = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day_of_month);
    // Years that begin in March have their leap day at the end, where it moves nothing.
    let (from_march, in_year) = ((month + 9) % 12, if month > 2 { year } else { year - 1 });
    let (span, year_of_span) = (in_year.div_euclid(400), in_year.rem_euclid(400));
    let day_of_year = i64::from((153 * from_march + 2) / 5 + day_of_month) - 1;
    let day_of_span = year_of_span * 365 + year_of_span / 4 - year_of_span / 100 + day_of_year;
    there.then_some(span * 146_097 + day_of_span - 719_468)
}

/// Year, month and day of the month of a day.
pub fn date(day: Day) -> (i64, u32, u32) {
    let shifted = day + 719_468;
    let (span, of_span) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_span = (of_span - of_span / 1460 + of_span / 36_524 - of_span / 146_096) / 365;
    let of_year = of_span - (365 * year_of_span + year_of_span / 4 - year_of_span / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = (of_year - (153 * from_march + 2) / 5 + 1) as u32;
    let month = (if from_march < 10 { from_march + 3 } else { from_march - 9 }) as u32;
    (span * 400 + year_of_span + i64::from(month <= 2), month, of_month)
}

/// Days of a month.
pub fn days_in(year: i64, month: u32) -> u32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Monday of a week of a year as ISO 8601 counts them; none where the year has no such week.
pub fn monday(year: i64, week: u32) -> Option<Day> {
    // The 4th of January is always in week 1; 1 January 1970 was a Thursday.
    let first = |year: i64| day(year, 1, 4).map(|fourth| fourth - (fourth + 3).rem_euclid(7));
    let (this, next) = (first(year)?, first(year + 1)?);
    let monday = this + 7 * (i64::from(week) - 1);
    (week >= 1 && monday < next).then_some(monday)
}

/// What lies between one point and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many days.
    Days(i64),
    /// So many months, the day of the month staying.
    Months(i64),
    /// So many in numbers that are no dates.
    Numbers(i64),
    /// Now this, now that.
    Uneven,
}

impl Step {
    /// The rhythm of `days`, which are in order: months where all are the same day of their months, or all the last one.
    pub fn of(days: &[Day]) -> Self {
        let between = |numbers: &[i64]| numbers.windows(2).map(|pair| pair[1] - pair[0]).fold(0, greatest_common);
        let parts: Vec<(i64, u32, u32)> = days.iter().map(|day| date(*day)).collect();
        let same = parts.windows(2).all(|pair| pair[0].2 == pair[1].2);
        let last = parts.iter().all(|(year, month, of_month)| *of_month == days_in(*year, *month));
        let months: Vec<i64> = parts.iter().map(|(year, month, _)| year * 12 + i64::from(*month)).collect();
        let days_between = between(days);
        match () {
            () if days.len() < 2 => Self::Uneven,
            () if (same || last) && between(&months) > 0 && days_between < 365 * 40 && months.len() > 1 => {
                Self::Months(between(&months))
            }
            () if days_between >= 7 && days_between % 7 == 0 => Self::Days(days_between),
            () if days_between >= 1 => {
                let steps = days.windows(2).filter(|pair| pair[1] - pair[0] == days_between).count();
                // A few dates that happen to be a day apart are no daily rhythm.
                if steps * 2 >= days.len() - 1 { Self::Days(days_between) } else { Self::Uneven }
            }
            () => Self::Uneven,
        }
    }

    /// The rhythm of numbers that are no dates.
    pub fn of_numbers(numbers: &[i64]) -> Self {
        let between = numbers.windows(2).map(|pair| pair[1] - pair[0]).fold(0, greatest_common);
        if between > 0 { Self::Numbers(between) } else { Self::Uneven }
    }

    /// Where the next point would be; none where nobody can tell.
    pub fn next(self, day_now: Day) -> Option<Day> {
        match self {
            Self::Days(days) | Self::Numbers(days) => day_now.checked_add(days),
            Self::Months(months) => {
                let (year, month, of_month) = date(day_now);
                let count = year * 12 + i64::from(month) - 1 + months;
                let (year, month) = (count.div_euclid(12), count.rem_euclid(12) as u32 + 1);
                // The last day of a month stays the last day.
                let was_last = of_month == days_in(date(day_now).0, date(day_now).1);
                let most = days_in(year, month);
                day(year, month, if was_last && of_month >= 28 { most } else { of_month.min(most) })
            }
            Self::Uneven => None,
        }
    }
}

fn greatest_common(left: i64, right: i64) -> i64 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// In which words a time is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// `3 Nov 2014`.
    Day,
    /// `Nov 2014`.
    Month,
    /// `Q4 2014`.
    Quarter,
    /// `2014`.
    Year,
    /// `17`.
    Number,
}

impl Said {
    /// `day` in a sentence, where a bare number would be taken for another one.
    pub fn named(self, day: Day) -> String {
        if self == Self::Number { format!("no. {day}") } else { self.of(day) }
    }

    /// `day` in words.
    pub fn of(self, day: Day) -> String {
        let (year, month, of_month) = date(day);
        let name = MONTHS.get(month as usize - 1).map_or("", |name| &name[..3]);
        match self {
            Self::Day => format!("{of_month} {name} {year}"),
            Self::Month => format!("{name} {year}"),
            Self::Quarter => format!("Q{} {year}", (month - 1) / 3 + 1),
            Self::Year => year.to_string(),
            Self::Number => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_calendars_do() {
        // The first and last from the definition, the others from the calendar of any diary.
        assert_eq!([day(1970, 1, 1), day(2000, 3, 1), day(2014, 11, 3)], [Some(0), Some(11_017), Some(16_377)]);
        assert_eq!([day(2015, 2, 29), day(1900, 2, 29), day(2014, 13, 1), day(2014, 4, 31)], [None; 4]);
        assert!(day(2000, 2, 29).is_some());
        for count in (-800_000..800_000).step_by(37) {
            let (year, month, of_month) = date(count);
            assert_eq!(day(year, month, of_month), Some(count));
        }
    }

    #[test]
    fn weeks_begin_on_the_monday_that_iso_8601_says() {
        // 2015 has 53 weeks, 2014 has 52; week 1 of 2015 begins in 2014.
        assert_eq!(monday(2015, 1), day(2014, 12, 29));
        assert_eq!(monday(2014, 45), day(2014, 11, 3));
        assert_eq!((monday(2015, 53), monday(2014, 53), monday(2014, 0)), (day(2015, 12, 28), None, None));
    }

    #[test]
    fn the_rhythm_of_dates_is_found_and_kept_up() {
        let months =
            |days: &[(i64, u32, u32)]| days.iter().map(|(y, m, d)| day(*y, *m, *d).unwrap()).collect::<Vec<_>>();
        assert_eq!(Step::of(&months(&[(2014, 11, 1), (2014, 12, 1), (2015, 2, 1)])), Step::Months(1));
        assert_eq!(Step::of(&months(&[(2014, 1, 31), (2014, 2, 28), (2014, 3, 31)])), Step::Months(1));
        assert_eq!(Step::of(&months(&[(2014, 1, 1), (2014, 4, 1), (2014, 10, 1)])), Step::Months(3));
        assert_eq!(Step::of(&[0, 7, 21]), Step::Days(7));
        assert_eq!(Step::of(&[0, 1, 2, 5]), Step::Days(1));
        assert_eq!(Step::of(&[0, 11, 29, 30]), Step::Uneven);
        assert_eq!(Step::Months(1).next(day(2014, 1, 31).unwrap()), day(2014, 2, 28));
        assert_eq!(Step::Months(1).next(day(2014, 2, 28).unwrap()), day(2014, 3, 31));
        assert_eq!(Step::of_numbers(&[1, 2, 5]).next(5), Some(6));
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let day = day(2014, 11, 3).unwrap();
        let said = [Said::Day, Said::Month, Said::Quarter, Said::Year].map(|said| said.of(day));
        assert_eq!(said, ["3 Nov 2014", "Nov 2014", "Q4 2014", "2014"]);
    }
}
