//! Data on the clock of a programme: which of them are shares of how often something is done, which events, and in which week
//! each lies.
use super::{
    day::Day,
    read::{Data, Measured},
};

/// Why some data cannot lie beside what the model gives, and which can.
pub const NO_SHARE: &str = "the model gives the share in which a practice is done; lay it beside a proportion (numerator and \
    denominator), percentages, or events of harm (--events, with --exposure), not beside other values";

impl Data {
    /// Whether they are events over an exposure, which may be harm that a practice prevents.
    pub fn is_events(&self) -> bool {
        matches!(self.measured, Measured::Rate | Measured::Count)
    }

    /// What its values are multiplied with to be shares; none where they are none.
    pub fn share(&self) -> Option<f64> {
        let within = |most: f64| {
            let mut values = self.series.iter().flat_map(|series| &series.points).map(|point| point.value);
            values.all(|value| !value.is_finite() || (0.0..=most).contains(&value))
        };
        match self.measured {
            Measured::Proportion => Some(1.0),
            Measured::Value(true) if within(100.0) => Some(0.01),
            Measured::Value(false) if within(1.0) => Some(1.0),
            _ => None,
        }
    }
}

/// How the times of data lie on the clock of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The week of the scenario at `start`.
    pub begins: f64,
    /// A place on the axis of the data.
    pub start: Day,
    /// Days that a step of that axis lasts.
    pub days: f64,
}

impl Clock {
    /// The week of the scenario at a place on the axis.
    pub fn week(&self, at: Day) -> f64 {
        self.begins + (at - self.start) as f64 * self.days / 7.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::read::{Wanted, read};

    #[test]
    fn proportions_and_percentages_are_shares_and_nothing_else_is() {
        let share = |text: &str| read(text.as_bytes(), &Wanted::default()).unwrap().share();
        assert_eq!(share("month,done,of\n2014-01,30,40\n2014-02,20,40\n"), Some(1.0));
        assert_eq!(share("month,value\n2014-01,75 %\n2014-02,50 %\n"), Some(0.01));
        assert_eq!(share("month,value\n2014-01,0.75\n2014-02,0.5\n"), Some(1.0));
        assert_eq!(share("month,value\n2014-01,7.5\n2014-02,3\n"), None);
    }

    #[test]
    fn a_fortnight_after_the_start_is_two_weeks_after_the_programme_begins() {
        let clock = Clock { begins: 26.0, start: 100, days: 1.0 };
        assert_eq!([clock.week(100), clock.week(114), clock.week(93)], [26.0, 28.0, 25.0]);
    }
}
