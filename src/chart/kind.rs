//! Kinds of charts: which number is drawn, and where its centre and limits lie.
//!
//! With `n` what a point is counted out of or over, `mr` the moving range (what lies between one point and the next), and all means
//! over the points of the baseline:
//!
//! ```text
//! run    median; no limits
//! p      centre = sum of numerators / sum of denominators      sigma = sqrt(centre (1 - centre) / n)
//! u      centre = sum of events / sum of exposures             sigma = sqrt(centre / n)
//! c      centre = mean count                                   sigma = sqrt(centre)
//! p' u'  as p and u, sigma times the spread of z = (value - centre) / sigma, which is mean mr of z / 1.128
//! xmr    centre = mean                                         sigma = mean mr / 1.128, so that limits are mean +- 2.66 mean mr
//! g      centre = median, limits about the mean                sigma = sqrt(mean (mean + 1))
//! t      as xmr of value^(1/3.6), turned back
//! limits = centre +- 3 sigma, no further than what there can be
//! mr     the other half of an xmr chart: moving ranges about their mean, upper limit 3.267 mean mr, lower limit 0
//! ```
//!
//! Source: Provost and Murray, The Health Care Data Guide (2011); Laney, Quality Engineering 2002;14:531-537; the same formulas as
//! in the R packages qicharts2 (Anhøj 2018), whose charts `i` and `mr` are xmr, and NHSRplotthedots (NHS-R Community), which screens large moving
//! ranges besides unless it is told not to.
use super::read::{Measured, Point};

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Median, no limits.
    Run,
    /// Proportions.
    P,
    /// Proportions that vary more than counting does.
    PPrime,
    /// Rates.
    U,
    /// Rates that vary more than counting does.
    UPrime,
    /// Counts.
    C,
    /// Single values.
    Xmr,
    /// Cases between rare events.
    G,
    /// Time between rare events.
    T,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] =
        [Self::Run, Self::P, Self::PPrime, Self::U, Self::UPrime, Self::C, Self::Xmr, Self::G, Self::T];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::P => "p",
            Self::PPrime => "p'",
            Self::U => "u",
            Self::UPrime => "u'",
            Self::C => "c",
            Self::Xmr => "xmr",
            Self::G => "g",
            Self::T => "t",
        }
    }

    /// Its name in a sentence.
    pub fn said(self) -> &'static str {
        match self {
            Self::Xmr => "XmR",
            other => other.name(),
        }
    }

    /// Whether it can be drawn of what is `measured`.
    ///
    /// # Errors
    ///
    /// When not: what it takes.
    pub fn fits(self, measured: Measured) -> Result<(), String> {
        let (fits, takes) = match self {
            Self::Run | Self::Xmr => (true, ""),
            Self::P | Self::PPrime => (measured == Measured::Proportion, "a numerator and a denominator"),
            Self::U | Self::UPrime => (measured == Measured::Rate, "events and their exposure"),
            Self::C => (measured == Measured::Count, "counts alone, --events COLUMN without an exposure"),
            Self::G => {
                (matches!(measured, Measured::Value(false)), "the cases from one event to the next, --value COLUMN")
            }
            Self::T => (
                matches!(measured, Measured::Between | Measured::Value(false)),
                "a row for each event with its date alone, or the time from one event to the next, --value COLUMN",
            ),
        };
        if fits { Ok(()) } else { Err(format!("--kind {}: takes {takes}", self.name())) }
    }

    /// Whether its values cannot be above 1, or below 0.
    fn ends(self) -> (f64, f64) {
        match self {
            Self::P | Self::PPrime => (0.0, 1.0),
            Self::U | Self::UPrime | Self::C | Self::G | Self::T => (0.0, f64::INFINITY),
            Self::Run | Self::Xmr => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// Moving ranges of a normal variable are on average so many standard deviations.
pub const RANGE: f64 = 1.128;

/// The upper limit of moving ranges, in their mean: that mean and three of their standard deviations (D4 for two points).
pub const RANGE_LIMIT: f64 = 3.267;

/// The power that makes times between events of a steady process about normal.
const POWER: f64 = 3.6;

/// Lines at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lines {
    /// Lower limit; NaN where there is none.
    pub low: f64,
    /// Two thirds of the way there; NaN where that is beyond what there can be.
    pub near_low: f64,
    /// Centre.
    pub centre: f64,
    /// Two thirds of the way to the upper limit.
    pub near_high: f64,
    /// Upper limit.
    pub high: f64,
}

/// Where lines lie, learnt from a baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    kind: Kind,
    /// What limits lie about, on the scale on which they are made.
    middle: f64,
    /// Standard deviation of one point of size 1, on that scale.
    sigma: f64,
    /// The centre line.
    centre: f64,
    /// How much more points vary than counting alone would make them; 1 where that is not asked.
    pub spread: f64,
    /// Mean moving range of the values themselves.
    pub range: f64,
    given: Option<[f64; 3]>,
}

impl Law {
    /// What `base` says, gaps among its points.
    pub fn of(kind: Kind, base: &[Point]) -> Self {
        let there: Vec<Point> = base.iter().copied().filter(|point| !point.is_gap()).collect();
        let number = there.len() as f64;
        let sum = |of: fn(&Point) -> f64| there.iter().map(of).sum::<f64>();
        let mean = sum(|point| point.value) / number;
        let pooled = sum(|point| point.count) / sum(|point| point.size);
        let values: Vec<f64> = there.iter().map(|point| point.value).collect();
        let range = mean_range(base.iter().map(|point| point.value));
        let law = |middle: f64, sigma: f64, centre: f64| Self {
            kind,
            middle,
            sigma,
            centre,
            spread: 1.0,
            range,
            given: None,
        };
        match kind {
            Kind::Run => law(f64::NAN, f64::NAN, median(&values)),
            Kind::P | Kind::U => law(pooled, counting(kind, pooled), pooled),
            Kind::PPrime | Kind::UPrime => {
                let sigma = counting(kind, pooled);
                let spread = spread(kind, base, pooled);
                Self { spread, ..law(pooled, sigma * spread, pooled) }
            }
            Kind::C => law(mean, libm::sqrt(mean), mean),
            Kind::Xmr => law(mean, range / RANGE, mean),
            Kind::G => law(mean, libm::sqrt(mean * (mean + 1.0)), median(&values)),
            Kind::T => {
                let bent = |value: f64| libm::pow(value, 1.0 / POWER);
                let middle = values.iter().map(|value| bent(*value)).sum::<f64>() / number;
                let range_bent = mean_range(base.iter().map(|point| bent(point.value)));
                law(middle, range_bent / RANGE, libm::pow(middle, POWER))
            }
        }
    }

    /// Lines of one's own: lower limit, centre, upper limit.
    pub fn given(kind: Kind, lines: [f64; 3]) -> Self {
        Self {
            kind,
            middle: lines[1],
            sigma: f64::NAN,
            centre: lines[1],
            spread: 1.0,
            range: f64::NAN,
            given: Some(lines),
        }
    }

    /// The lines at `point`.
    pub fn at(&self, point: &Point) -> Lines {
        if let Some([low, centre, high]) = self.given {
            let near = |end: f64| centre + (end - centre) * 2.0 / 3.0;
            return Lines { low, near_low: near(low), centre, near_high: near(high), high };
        }
        let size = if matches!(self.kind, Kind::P | Kind::PPrime | Kind::U | Kind::UPrime) { point.size } else { 1.0 };
        let sigma = self.sigma / libm::sqrt(size);
        let (least, most) = self.kind.ends();
        let back = |value: f64| match self.kind {
            Kind::T if value <= 0.0 => 0.0,
            Kind::T => libm::pow(value, POWER),
            _ => value,
        };
        let line = |sigmas: f64| back(self.middle + sigmas * sigma);
        let held = |value: f64| if value.is_nan() { value } else { value.clamp(least, most) };
        // A line at the end of what there can be is near to nothing.
        let near = |value: f64| if value > least + 1e-12 && value < most - 1e-12 { value } else { f64::NAN };
        Lines {
            low: held(line(-3.0)),
            near_low: near(line(-2.0)),
            centre: self.centre,
            near_high: near(line(2.0)),
            high: held(line(3.0)),
        }
    }
}

/// Standard deviation that counting alone gives one point of size 1.
fn counting(kind: Kind, centre: f64) -> f64 {
    if matches!(kind, Kind::P | Kind::PPrime) { libm::sqrt(centre * (1.0 - centre)) } else { libm::sqrt(centre) }
}

/// How much more the points vary from one to the next than counting alone would make them.
pub fn spread(kind: Kind, base: &[Point], centre: f64) -> f64 {
    let sigma = counting(kind, centre);
    if sigma > 0.0 {
        mean_range(base.iter().map(|point| (point.value - centre) / (sigma / libm::sqrt(point.size)))) / RANGE
    } else {
        1.0
    }
}

/// The mean of what lies between neighbours, where neither is a gap.
fn mean_range(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    let ranges: Vec<f64> =
        values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).filter(|range| range.is_finite()).collect();
    ranges.iter().sum::<f64>() / ranges.len() as f64
}

/// The number in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len();
    match count {
        0 => f64::NAN,
        _ if count % 2 == 1 => sorted[count / 2],
        _ => (sorted[count / 2 - 1] + sorted[count / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[f64]) -> Vec<Point> {
        let point =
            |(at, value): (usize, &f64)| Point { at: at as i64, line: at + 2, count: *value, size: 1.0, value: *value };
        values.iter().enumerate().map(point).collect()
    }

    fn shares(counts: &[f64], sizes: &[f64]) -> Vec<Point> {
        let point =
            |(count, size): (&f64, &f64)| Point { at: 0, line: 2, count: *count, size: *size, value: count / size };
        counts.iter().zip(sizes).map(point).collect()
    }

    fn lines(kind: Kind, points: &[Point]) -> [f64; 3] {
        let lines = Law::of(kind, points).at(&points[0]);
        [lines.low, lines.centre, lines.high]
    }

    fn near(found: [f64; 3], expected: [f64; 3], tolerance: f64) {
        let close = found.iter().zip(expected).all(|(one, other)| (one - other).abs() < tolerance);
        assert!(close, "{found:?} is not {expected:?}");
    }

    /// Montgomery, Introduction to Statistical Quality Control: costs of processing loan applications. The book gives a mean of
    /// 300.5, a mean moving range of 7.79 with limit 25.45, limits of 279.78 and 321.22.
    #[test]
    fn xmr_limits_are_those_of_a_textbook() {
        let costs = [
            310.0, 288.0, 297.0, 298.0, 307.0, 303.0, 294.0, 297.0, 308.0, 306.0, 294.0, 299.0, 297.0, 299.0, 314.0,
            295.0, 293.0, 306.0, 301.0, 304.0,
        ];
        near(lines(Kind::Xmr, &values(&costs)), [279.78, 300.5, 321.22], 0.01);
        let range = Law::of(Kind::Xmr, &values(&costs)).range;
        assert!((range - 7.79).abs() < 0.005 && (RANGE_LIMIT * range - 25.45).abs() < 0.01);
    }

    /// The same book: nonconformities in printed circuit boards, centre 19.85, limits 6.48 and 33.22 (33.21 unrounded).
    #[test]
    fn c_limits_are_those_of_a_textbook() {
        let boards = [
            21.0, 24.0, 16.0, 12.0, 15.0, 5.0, 28.0, 20.0, 31.0, 25.0, 20.0, 24.0, 16.0, 19.0, 10.0, 17.0, 13.0, 22.0,
            18.0, 39.0, 30.0, 24.0, 16.0, 19.0, 17.0, 15.0,
        ];
        near(lines(Kind::C, &values(&boards)), [6.48, 19.85, 33.21], 0.01);
    }

    /// The same book: cans of orange juice, 30 samples of 50; centre 0.2313, limits 0.0524 and 0.4102.
    #[test]
    fn p_limits_are_those_of_a_textbook() {
        let cans = [
            12.0, 15.0, 8.0, 10.0, 4.0, 7.0, 16.0, 9.0, 14.0, 10.0, 5.0, 6.0, 17.0, 12.0, 22.0, 8.0, 10.0, 5.0, 13.0,
            11.0, 20.0, 18.0, 24.0, 15.0, 9.0, 12.0, 7.0, 13.0, 9.0, 6.0,
        ];
        near(lines(Kind::P, &shares(&cans, &[50.0; 30])), [0.0524, 0.2313, 0.4102], 0.0001);
    }

    /// Worked by hand: six points of unequal size. Of u: 24 events over 60, centre 0.4, sigma sqrt(0.4 / 10) = 0.2.
    #[test]
    fn u_limits_follow_the_exposure_of_each_point() {
        let points = shares(&[4.0, 2.0, 6.0, 4.0, 4.0, 4.0], &[10.0, 5.0, 20.0, 10.0, 5.0, 10.0]);
        near(lines(Kind::U, &points), [0.0, 0.4, 1.0], 1e-12);
        let law = Law::of(Kind::U, &points);
        assert!((law.at(&points[2]).high - (0.4 + 3.0 * 0.02_f64.sqrt())).abs() < 1e-12);
        assert!(law.at(&points[0]).near_low.is_nan() && (law.at(&points[0]).near_high - 0.8).abs() < 1e-12);
    }

    /// Laney's charts widen p and u by how much more points vary than counting: worked by hand for two alternating shares.
    #[test]
    fn primed_limits_are_wider_by_the_spread_of_the_points() {
        let points = shares(&[40.0, 60.0, 40.0, 60.0], &[100.0; 4]);
        // z is -2, 2, -2, 2: mean range 4, spread 4 / 1.128.
        let (plain, primed) = (Law::of(Kind::P, &points), Law::of(Kind::PPrime, &points));
        assert!((primed.spread - 4.0 / 1.128).abs() < 1e-12 && plain.spread == 1.0);
        near(lines(Kind::P, &points), [0.35, 0.5, 0.65], 1e-12);
        near(lines(Kind::PPrime, &points), [0.0, 0.5, 1.0], 1e-12);
        let rates = shares(&[40.0, 60.0, 40.0, 60.0], &[1.0; 4]);
        let reach = 10.0 / 50.0_f64.sqrt() * 2.0 / 1.128 * 3.0 * 50.0_f64.sqrt();
        near(lines(Kind::UPrime, &rates), [0.0, 50.0, 50.0 + reach], 1e-9);
    }

    /// Worked in Python from the formulas that qicharts2 documents.
    #[test]
    fn charts_of_rare_events_have_the_limits_of_their_distributions() {
        near(lines(Kind::G, &values(&[2.0, 9.0, 4.0, 1.0])), [0.0, 3.0, 4.0 + 3.0 * 20.0_f64.sqrt()], 1e-12);
        let days = values(&[3.0, 20.0, 8.0, 1.0, 45.0, 12.0]);
        near(lines(Kind::T, &days), [0.0, 9.797_673, 233.111_956], 1e-5);
    }

    #[test]
    fn ranges_are_not_taken_across_gaps() {
        let points = values(&[10.0, 12.0, f64::NAN, 20.0, 22.0]);
        assert_eq!(Law::of(Kind::Xmr, &points).range, 2.0);
        assert_eq!(lines(Kind::Run, &points)[1], 16.0);
    }

    #[test]
    fn a_kind_says_what_it_takes() {
        assert!(Kind::P.fits(Measured::Proportion).is_ok() && Kind::Run.fits(Measured::Between).is_ok());
        assert_eq!(Kind::P.fits(Measured::Rate).unwrap_err(), "--kind p: takes a numerator and a denominator");
    }
}
