//! What may be asked of a chart beyond its file: its kind, its baseline, what happened when.
use super::{
    day::{Day, Said, Step},
    kind::Kind,
    read::{
        Data, Measured,
        date::{Written, shortened, written},
    },
};

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Higher numbers.
    Up,
    /// Lower numbers.
    Down,
}

/// Something that somebody says of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The time, as it was typed.
    pub time: String,
    /// What is said of it; empty where nothing is.
    pub text: String,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The kind of chart; none for the one that fits.
    pub kind: Option<Kind>,
    /// Points from which centre and limits come, the first ones; none for all of them.
    pub baseline: Option<usize>,
    /// Where new lines begin, and why.
    pub breaks: Vec<Remark>,
    /// Points that are shown and count in nothing, and why.
    pub ghosts: Vec<Remark>,
    /// Lower limit, centre and upper limit of one's own, in the units of the chart.
    pub limits: Option<[f64; 3]>,
    /// What happened when.
    pub notes: Vec<Remark>,
    /// For how much of the exposure a rate is said.
    pub per: Option<f64>,
    /// Which way is better, where that is said.
    pub better: Option<Better>,
    /// When the programme begins.
    pub start: Option<String>,
}

impl Remark {
    /// `TIME=TEXT`, where there must be a text if `reason` says what it is for.
    ///
    /// # Errors
    ///
    /// When time or text is missing.
    pub fn parse(text: &str, reason: &str) -> Result<Self, String> {
        let (time, said) = text.split_once('=').unwrap_or((text, ""));
        let (time, said) = (time.trim(), said.trim());
        if time.is_empty() || said.is_empty() {
            return Err(format!("write DATE={reason}, e.g. \"2014-11={reason}\""));
        }
        if said.chars().any(char::is_control) || said.chars().count() > 80 {
            return Err("is longer than 80 letters, or more than a line".into());
        }
        Ok(Self { time: time.into(), text: said.into() })
    }
}

impl Data {
    /// The place on the time axis of what somebody typed after `option`.
    ///
    /// # Errors
    ///
    /// When it is no such place.
    pub fn place(&self, option: &str, text: &str) -> Result<Day, String> {
        let wrong = |what: &str| format!("{option} {}: {what}", shortened(text));
        let read = written(text).map_err(|what| wrong(&what))?;
        match (self.said, read) {
            (Said::Number, Written::Number(number)) => Ok(number),
            (Said::Number, _) => Err(wrong("the times of the file are numbers; give one of them")),
            (_, Written::Number(_)) => Err(wrong("the times of the file are dates; give a date, e.g. 2014-11-03")),
            (_, read) => read.day(self.order).ok_or_else(|| wrong("is a date that is in no calendar")),
        }
    }

    /// How many days the axis has in one of its steps from 0 to 1: 1 for dates.
    ///
    /// # Errors
    ///
    /// When its times are numbers of nobody knows what.
    pub fn days_a_step(&self, every: Option<f64>) -> Result<f64, String> {
        if self.said != Said::Number {
            return Ok(1.0);
        }
        every.or(self.days_a_number).ok_or_else(|| {
            "its times are numbers, and their column does not say of what: say how long each lasts with --every week, or month"
                .into()
        })
    }

    /// Where the time of a point ends: where the next begins, or would.
    pub fn end_of(&self, at: Day, next: Option<Day>) -> Day {
        let usual = match self.step {
            Step::Uneven => next,
            step => step.next(at),
        };
        usual.filter(|end| *end > at).unwrap_or(at + 1)
    }

    /// What its numbers are multiplied with where they are shown.
    pub fn factor(&self, per: Option<f64>) -> f64 {
        match self.measured {
            Measured::Proportion => 100.0,
            Measured::Rate => per.unwrap_or_else(|| self.usual_per()),
            Measured::Count | Measured::Value(_) | Measured::Between => 1.0,
        }
    }

    /// What makes a rate a number of at least 1: each, or a power of ten from a thousand on, as rates are usually said.
    fn usual_per(&self) -> f64 {
        let points = || self.series.iter().flat_map(|series| &series.points).filter(|point| !point.is_gap());
        let (events, over) =
            (points().map(|point| point.count).sum::<f64>(), points().map(|point| point.size).sum::<f64>());
        let usual = [1.0, 1e3, 1e4, 1e5, 1e6];
        usual.into_iter().find(|per| events <= 0.0 || events / over * per >= 1.0).unwrap_or(1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        day::day,
        read::{Wanted, read},
    };
    use super::*;

    #[test]
    fn a_remark_is_a_time_and_a_text() {
        assert_eq!(
            Remark::parse("Nov 2014 = new form", "reason").unwrap(),
            Remark { time: "Nov 2014".into(), text: "new form".into() }
        );
        for text in ["2014-11", "=why", "2014-11=", ""] {
            assert_eq!(Remark::parse(text, "reason").unwrap_err(), "write DATE=reason, e.g. \"2014-11=reason\"");
        }
        assert!(Remark::parse(&format!("2014-11={}", "x".repeat(81)), "reason").is_err());
    }

    #[test]
    fn what_is_typed_is_read_as_the_file_is() {
        let months = read(b"month,value\n2014-11,1\n2014-12,2\n2015-01,2\n", &Wanted::default()).unwrap();
        assert_eq!(months.place("--start", "Dec 2014").unwrap(), day(2014, 12, 1).unwrap());
        assert_eq!(
            months.place("--start", "3").unwrap_err(),
            "--start 3: the times of the file are dates; give a date, e.g. 2014-11-03"
        );
        assert_eq!(months.end_of(day(2015, 1, 1).unwrap(), None), day(2015, 2, 1).unwrap());
        let weeks = read(b"week,value\n1,1\n2,2\n3,2\n", &Wanted::default()).unwrap();
        assert_eq!((weeks.place("--break", "2").unwrap(), weeks.days_a_step(None)), (2, Ok(7.0)));
        assert!(weeks.place("--break", "2014-11").unwrap_err().contains("are numbers"));
        let numbers = read(b"i,value\n1,1\n2,2\n3,2\n", &Wanted::default()).unwrap();
        assert!(
            numbers.days_a_step(None).unwrap_err().contains("--every week")
                && numbers.days_a_step(Some(7.0)) == Ok(7.0)
        );
    }

    #[test]
    fn a_rate_is_said_for_as_much_as_makes_it_a_number_to_remember() {
        let rate = |text: &str| read(text.as_bytes(), &Wanted::default()).unwrap();
        assert_eq!(rate("month,falls,days\n2014-11,5,900\n2014-12,4,900\n").factor(None), 1000.0);
        assert_eq!(rate("month,falls,days\n2014-11,5,900\n2014-12,4,900\n").factor(Some(100.0)), 100.0);
        assert_eq!(rate("month,r,n\n2014-11,5,900\n2014-12,4,900\n").factor(None), 100.0);
    }
}
