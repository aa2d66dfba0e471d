//! Special causes: what in a chart is more than the usual ups and downs, each with the rule that says so.
//!
//! Charts with limits go by the rules of NHS England's Making Data Count, as NHSRplotthedots has them: a point outside the
//! limits; a shift of seven points on one side of the centre; a trend of seven points that all rise or all fall; two of three
//! points on one side that lie near a limit, in the outer third. On charts of rare events, which are far from symmetric, only the
//! first two count. On an XmR chart a moving range above its limit counts too (Wheeler, Understanding Variation, 1993), which
//! those rules have not. Run charts go by Anhøj's two rules (Anhøj and Olesen, PLoS ONE 2014;9:e113825): of `n` points that are not on
//! the median, signals are
//!
//! ```text
//! a longest run on one side of more than round(log2 n) + 3 points
//! fewer crossings of the median than the 5 % quantile of a binomial of n - 1 tosses of a fair coin
//! ```
use std::ops::RangeInclusive;

use super::kind::{Kind, Lines};

/// Points on one side of the centre that make a shift.
pub const SHIFT: usize = 7;

/// Points that rise or fall one after the other that make a trend.
pub const TREND: usize = 7;

/// Points of a run chart below which Anhøj's rules say nothing.
pub const FEWEST_FOR_RUNS: usize = 10;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A point outside the limits.
    Outside,
    /// Many points on one side of the centre.
    Shift,
    /// Many points that rise or fall.
    Trend,
    /// Two of three near a limit.
    Near,
    /// A longer run on one side of the median than luck makes.
    LongRun,
    /// Fewer crossings of the median than luck makes.
    FewCrossings,
    /// A moving range above its limit: from one point to the next.
    Jump,
}

impl Rule {
    /// Its name, for tables and pictures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outside => "point outside the limits",
            Self::Shift => "shift",
            Self::Trend => "trend",
            Self::Near => "two of three near a limit",
            Self::LongRun => "unusually long run",
            Self::FewCrossings => "unusually few crossings",
            Self::Jump => "moving range above its limit",
        }
    }
}

/// A special cause: a rule, the points it is about, and to which side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The rule.
    pub rule: Rule,
    /// The points, by their places.
    pub points: Vec<usize>,
    /// Whether they lie above the centre, or rise.
    pub up: bool,
}

impl Signal {
    /// Whether it rings the point at `place` on the chart itself; a jump rings its range, in the panel below.
    pub fn rings(&self, place: usize) -> bool {
        self.rule != Rule::Jump && self.points.contains(&place)
    }

    /// Whether it is told in the row of the point at `place`: a jump where it arrives.
    pub fn tells(&self, place: usize) -> bool {
        if self.rule == Rule::Jump { self.points.last() == Some(&place) } else { self.points.contains(&place) }
    }
}

/// What Anhøj's rules count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    /// Points that are not on the median.
    pub useful: usize,
    /// Points of the longest run.
    pub longest: usize,
    /// The longest that luck makes.
    pub most: usize,
    /// Crossings of the median.
    pub crossings: usize,
    /// The fewest that luck makes.
    pub fewest: usize,
}

/// What is looked at: place, value and lines of each point that counts, in order.
pub type Seen = (usize, f64, Lines);

/// Special causes of a chart of `kind` with limits.
pub fn signals(kind: Kind, seen: &[Seen]) -> Vec<Signal> {
    let side: Vec<i8> = seen.iter().map(|(_, value, lines)| sign(value - lines.centre)).collect();
    let beyond: Vec<i8> =
        seen.iter().map(|(_, value, lines)| i8::from(*value > lines.high) - i8::from(*value < lines.low)).collect();
    let mut found = Vec::new();
    let mut add = |rule: Rule, at: RangeInclusive<usize>, up: bool| {
        found.push(Signal { rule, points: at.map(|place| seen[place].0).collect(), up });
    };
    for (from, to, sign) in stretches(&beyond) {
        add(Rule::Outside, from..=to, sign > 0);
    }
    for (from, to, sign) in stretches(&side).filter(|(from, to, _)| to - from + 1 >= SHIFT) {
        add(Rule::Shift, from..=to, sign > 0);
    }
    if matches!(kind, Kind::G | Kind::T) {
        return found;
    }
    let slope: Vec<i8> = seen.windows(2).map(|pair| sign(pair[1].1 - pair[0].1)).collect();
    // Six steps connect seven points.
    for (from, to, sign) in stretches(&slope).filter(|(from, to, _)| to - from + 2 >= TREND) {
        add(Rule::Trend, from..=to + 1, sign > 0);
    }
    let close = |(_, value, lines): &Seen| {
        let (high, low) =
            ((lines.near_high..=lines.high).contains(value), (lines.low..=lines.near_low).contains(value));
        high || low
    };
    let mut near: Vec<usize> = Vec::new();
    for from in 0..seen.len().saturating_sub(2) {
        let three = from..from + 3;
        let same = side[from] != 0 && side[three.clone()].iter().all(|other| *other == side[from]);
        let places: Vec<usize> = three.filter(|place| close(&seen[*place])).collect();
        if same && places.len() >= 2 {
            near.extend(places);
        }
    }
    near.sort_unstable();
    near.dedup();
    // Those within two of each other on one side belong together.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for place in near {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| place - last <= 2 && side[*last] == side[place]) => {
                group.push(place);
            }
            _ => groups.push(vec![place]),
        }
    }
    found.extend(groups.into_iter().map(|group| Signal {
        rule: Rule::Near,
        up: side[group[0]] > 0,
        points: group.into_iter().map(|place| seen[place].0).collect(),
    }));
    found
}

/// Moving ranges above `limit`, of ranges from one place to another by how much the value changes.
pub fn jumps(ranges: &[(usize, usize, f64)], limit: f64) -> Vec<Signal> {
    let jump =
        |(from, to, by): &(usize, usize, f64)| Signal { rule: Rule::Jump, points: vec![*from, *to], up: *by > 0.0 };
    ranges.iter().filter(|(.., by)| by.abs() > limit).map(jump).collect()
}

/// Special causes of a run chart, and what was counted; nothing of too few points.
pub fn of_runs(seen: &[Seen]) -> (Vec<Signal>, Option<Runs>) {
    let useful: Vec<(usize, i8)> = seen
        .iter()
        .map(|(place, value, lines)| (*place, sign(value - lines.centre)))
        .filter(|(_, side)| *side != 0)
        .collect();
    let side: Vec<i8> = useful.iter().map(|(_, side)| *side).collect();
    let count = useful.len();
    if count < FEWEST_FOR_RUNS {
        return (Vec::new(), None);
    }
    let runs: Vec<(usize, usize, i8)> = stretches(&side).collect();
    let length = |(from, to, _): &(usize, usize, i8)| to - from + 1;
    let counted = Runs {
        useful: count,
        longest: runs.iter().map(length).max().unwrap_or(0),
        most: libm::round(libm::log2(count as f64)) as usize + 3,
        crossings: runs.len().saturating_sub(1),
        fewest: least_heads(count - 1),
    };
    let mut found: Vec<Signal> = runs
        .iter()
        .filter(|run| length(run) > counted.most)
        .map(|&(from, to, side)| Signal {
            rule: Rule::LongRun,
            points: useful[from..=to].iter().map(|(place, _)| *place).collect(),
            up: side > 0,
        })
        .collect();
    if counted.crossings < counted.fewest {
        found.push(Signal { rule: Rule::FewCrossings, points: Vec::new(), up: false });
    }
    (found, Some(counted))
}

/// The 5 % quantile of heads in so many tosses of a fair coin.
fn least_heads(tosses: usize) -> usize {
    // In logarithms, because half to the power of thousands is nothing.
    let half = tosses as f64 * libm::log(0.5);
    let (mut ways, mut chance) = (0.0, 0.0);
    for heads in 0..=tosses {
        chance += libm::exp(ways + half);
        if chance >= 0.05 {
            return heads;
        }
        ways += libm::log((tosses - heads) as f64 / (heads + 1) as f64);
    }
    tosses
}

fn sign(value: f64) -> i8 {
    // Averages leave digits that mean nothing.
    if value.abs() < 1e-12 { 0 } else { i8::from(value > 0.0) - i8::from(value < 0.0) }
}

/// First and last place of each stretch of one sign other than 0.
fn stretches(signs: &[i8]) -> impl Iterator<Item = (usize, usize, i8)> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=signs.len() {
        if at == signs.len() || signs[at] != signs[start] {
            if signs[start] != 0 {
                found.push((start, at - 1, signs[start]));
            }
            start = at;
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points about 0 with limits at -3 and 3.
    fn seen(values: &[f64]) -> Vec<Seen> {
        let lines = Lines { low: -3.0, near_low: -2.0, centre: 0.0, near_high: 2.0, high: 3.0 };
        values.iter().enumerate().map(|(place, value)| (place, *value, lines)).collect()
    }

    fn rules(values: &[f64]) -> Vec<(Rule, Vec<usize>, bool)> {
        signals(Kind::Xmr, &seen(values)).into_iter().map(|signal| (signal.rule, signal.points, signal.up)).collect()
    }

    #[test]
    fn each_rule_fires_at_its_number_and_not_one_before() {
        assert_eq!(
            rules(&[0.5, 3.0, -0.5, 3.1, -3.2]),
            [(Rule::Outside, vec![3], true), (Rule::Outside, vec![4], false)]
        );
        assert_eq!(rules(&[1.0, 0.5, 1.0, 0.5, 1.0, 0.5, -1.0]), []);
        assert_eq!(rules(&[1.0, 0.5, 1.0, 0.5, 1.0, 0.5, 1.0]), [(Rule::Shift, (0..7).collect(), true)]);
        assert_eq!(rules(&[-1.5, -1.0, -0.5, 0.5, 1.0, 1.5]), []);
        assert_eq!(rules(&[1.5, 1.0, 0.7, 0.5, -0.5, -1.0, -1.5]), [(Rule::Trend, (0..7).collect(), false)]);
        assert_eq!(rules(&[2.1, 0.5, -1.0, 2.1, -0.1, 2.1]), []);
        assert_eq!(rules(&[-1.0, 2.1, 0.5, 2.9, -1.0]), [(Rule::Near, vec![1, 3], true)]);
        // A point on the centre breaks a shift.
        assert_eq!(rules(&[1.0, 0.5, 1.0, 0.0, 0.5, 1.0, 0.5, 1.0]), []);
    }

    #[test]
    fn charts_of_rare_events_know_no_trend_and_nothing_near() {
        let rising = seen(&[-1.5, -1.0, -0.5, 0.2, 0.5, 1.0, 1.5, 2.5, 2.4]);
        assert!(signals(Kind::T, &rising).is_empty() && !signals(Kind::Xmr, &rising).is_empty());
    }

    /// From a table of binomial quantiles, and log2 by hand.
    #[test]
    fn limits_of_runs_and_crossings_are_those_of_anhoej() {
        let expected = [
            (10, 2, 6),
            (12, 3, 7),
            (16, 4, 7),
            (20, 6, 7),
            (24, 8, 8),
            (36, 13, 8),
            (60, 23, 9),
            (100, 41, 10),
            (300, 135, 11),
        ];
        for (points, fewest, most) in expected {
            let values: Vec<f64> = (0..points).map(|place| if place % 2 == 0 { 1.0 } else { -1.0 }).collect();
            let (found, runs) = of_runs(&seen(&values));
            let runs = runs.unwrap();
            assert_eq!((runs.fewest, runs.most), (fewest, most), "{points}");
            assert!(found.is_empty() && runs.longest == 1 && runs.crossings == points - 1);
        }
        assert!(of_runs(&seen(&[1.0; 9])).1.is_none());
        assert!(least_heads(5000) > 2400 && least_heads(5000) < 2500);
    }

    #[test]
    fn long_runs_and_few_crossings_are_found_and_points_on_the_median_do_not_count() {
        let mut values = vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        values.extend([0.0, -1.0, -2.0, -1.0, 0.0, -1.0, -1.0, -1.0, -1.0]);
        let (found, runs) = of_runs(&seen(&values));
        assert_eq!((runs.unwrap().useful, runs.unwrap().longest), (15, 8));
        assert_eq!((found[0].rule, found[0].points.len(), found[0].up), (Rule::LongRun, 8, false));
        let halves: Vec<f64> = (0..20).map(|place| if place < 10 { 1.0 } else { -1.0 }).collect();
        let rules: Vec<Rule> = of_runs(&seen(&halves)).0.into_iter().map(|signal| signal.rule).collect();
        assert_eq!(rules, [Rule::LongRun, Rule::LongRun, Rule::FewCrossings]);
    }
}
