//! Control charts: whether counts over time show more than luck.
//!
//! A u-chart of events per amount of exposure, its centre and limits frozen at a baseline:
//!
//! ```text
//! centre = events of the baseline / exposure of the baseline
//! limits = centre +- 3 sqrt(centre / exposure of the point), the lower one not below 0
//! ```
//!
//! A point is a signal when it lies beyond a limit, belongs to 8 or more in a row on one side of the centre, or to 6 or
//! more in a row that all rise or all fall. Source: Provost and Murray, The Health Care Data Guide (2011).

/// Points in a row on one side of the centre that make a shift.
const SHIFT: usize = 8;

/// Points in a row, each above or each below the last, that make a trend.
const TREND: usize = 6;

/// Why a point is a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Beyond a limit.
    Beyond,
    /// Of a run on one side of the centre.
    Shift,
    /// Of a run that rises or falls.
    Trend,
}

impl Signal {
    /// The rule in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beyond => "beyond a control limit",
            Self::Shift => "8 or more in a row on one side of the centre",
            Self::Trend => "6 or more in a row rising or falling",
        }
    }
}

/// One point of a u-chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartPoint {
    /// Events per exposure.
    pub value: f64,
    /// Centre line.
    pub centre: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Why it is a signal, if it is one.
    pub signal: Option<Signal>,
}

/// The u-chart of `events` counted over `exposure`, with its centre from the first `baseline` points.
pub fn u_chart(events: &[f64], exposure: &[f64], baseline: usize) -> Vec<ChartPoint> {
    let first = |values: &[f64]| values.iter().take(baseline).sum::<f64>();
    let centre = first(events) / first(exposure);
    let point = |(&events, &exposure): (&f64, &f64)| {
        let reach = 3.0 * (centre / exposure).sqrt();
        let (value, lower, upper) = (events / exposure, (centre - reach).max(0.0), centre + reach);
        let signal = (value > upper || value < lower).then_some(Signal::Beyond);
        ChartPoint { value, centre, lower, upper, signal }
    };
    let mut points: Vec<ChartPoint> = events.iter().zip(exposure).map(point).collect();
    let side: Vec<i8> = points.iter().map(|point| sign(point.value - point.centre)).collect();
    for run in runs(&side).into_iter().filter(|run| run.len() >= SHIFT) {
        set(&mut points[run], Signal::Shift);
    }
    let slope: Vec<i8> = points.windows(2).map(|pair| sign(pair[1].value - pair[0].value)).collect();
    // Five steps the same way connect six points.
    for run in runs(&slope).into_iter().filter(|run| run.len() + 1 >= TREND) {
        set(&mut points[run.start..=run.end], Signal::Trend);
    }
    points
}

fn sign(value: f64) -> i8 {
    if value > 0.0 { 1 } else { -i8::from(value < 0.0) }
}

/// Stretches of the same sign other than 0.
fn runs(signs: &[i8]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=signs.len() {
        if at == signs.len() || signs[at] != signs[start] {
            if signs[start] != 0 {
                found.push(start..at);
            }
            start = at;
        }
    }
    found
}

fn set(points: &mut [ChartPoint], signal: Signal) {
    points.iter_mut().for_each(|point| point.signal = point.signal.or(Some(signal)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_three_standard_errors_of_a_poisson_count_away() {
        let points = u_chart(&[4.0, 4.0, 11.0], &[1.0, 1.0, 1.0], 2);
        assert_eq!((points[0].centre, points[0].lower, points[0].upper), (4.0, 0.0, 10.0));
        assert_eq!(points.iter().map(|point| point.signal).collect::<Vec<_>>(), [None, None, Some(Signal::Beyond)]);
    }

    #[test]
    fn shifts_and_trends_are_seen_and_shorter_ones_are_not() {
        let chart = |events: &[f64]| {
            let points = u_chart(events, &vec![1.0; events.len()], 2);
            points.iter().map(|point| point.signal).collect::<Vec<_>>()
        };
        let below = [4.0, 4.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0];
        assert!(chart(&below)[2..].iter().all(|signal| *signal == Some(Signal::Shift)) && chart(&below)[1].is_none());
        assert!(chart(&below[..9]).iter().all(Option::is_none));
        let rising = [4.0, 4.0, 3.0, 3.5, 4.5, 5.0, 6.0, 7.0];
        assert_eq!(chart(&rising).iter().filter(|signal| **signal == Some(Signal::Trend)).count(), 6);
        assert!(u_chart(&[], &[], 4).is_empty());
    }
}
