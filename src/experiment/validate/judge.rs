//! The pass rules: what a difference must be, in the runs and over draws of the parameters, to count as held.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Rules,
    expression::{Combination, Relation, Step, product},
};
use crate::stats::{self, Estimate, Moments};

/// Every column that was asked for, by arm and metric.
pub type Columns = BTreeMap<(String, String), Vec<f64>>;

/// A difference as measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Mean over runs, paired, with its 95 % interval.
    pub effect: Estimate,
    /// In standard deviations between the runs of an arm (Cohen's d, root of the mean variance of the arms compared).
    pub size: f64,
}

impl Measured {
    /// Measures a combination of columns, run by run.
    pub fn of(difference: &Combination, columns: &Columns) -> Self {
        // Shares are compared crosswise; what they are taken of brings the difference back to shares.
        let per = difference.per.as_ref().map_or(1.0, |per| stats::mean(per.each_run(columns)).value);
        let per = if per > 0.0 { per } else { f64::NAN };
        let effect = stats::mean(difference.each_run(columns).into_iter().map(|value| value / per));
        let parts = difference.terms.keys().filter_map(|term| product(term, columns));
        let moments: Vec<Moments> = parts.map(stats::moments).collect();
        let variance = moments.iter().map(|moments| moments.sd() * moments.sd()).sum::<f64>() / moments.len() as f64;
        let size = match (effect.value, variance.sqrt()) {
            (0.0, _) => 0.0,
            // Nothing varies: any difference is beyond all measure.
            (value, spread) if spread <= 0.0 => value.signum() * 99.0,
            (value, spread) => value * per / spread,
        };
        Self { effect, size }
    }

    /// The size with its sign, `-` where there is none.
    pub fn size_in_words(&self) -> String {
        if self.size.is_nan() { "-".into() } else { format!("{:+.2}", self.size + 0.0) }
    }
}

/// One comparison, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The comparison as written.
    pub comparison: String,
    /// What was found.
    pub found: Measured,
    /// Share of the plausible draws of the parameters in which the sign holds; NaN where the comparison expects no sign.
    pub held: f64,
    /// The same share among all draws; for information, the rules look at the plausible ones.
    pub held_in_all: f64,
    /// The same comparison with the mechanism knocked out.
    pub knocked_out: Option<Measured>,
    /// Whether it holds by the rules.
    pub holds: bool,
    /// Why it does not; empty where it does.
    pub because: String,
}

impl Judged {
    /// Judges `step`.
    pub fn new(step: &Step, found: Measured, held: [f64; 2], knocked_out: Option<Measured>, rules: &Rules) -> Self {
        let [held, held_in_all] = held;
        let because = reason(step.relation, found, held, rules);
        let holds = because.is_empty();
        Self { comparison: step.text.clone(), found, held, held_in_all, knocked_out, holds, because }
    }

    /// Share of the effect that is left under the knock-out; NaN without one.
    pub fn left(&self) -> f64 {
        self.knocked_out.map_or(f64::NAN, |knocked_out| knocked_out.effect.value / self.found.effect.value)
    }

    /// Whether the knock-out abolishes the effect: less than [`Rules::abolished`] of it is left, or what is left may be
    /// nothing and is small besides.
    pub fn is_abolished(&self, rules: &Rules) -> bool {
        let Some(knocked_out) = self.knocked_out else { return false };
        let effect = knocked_out.effect;
        let nothing = !effect.excludes(0.0) && knocked_out.size.abs() < rules.smallest_size;
        effect.value.is_nan() || self.left() < rules.abolished || nothing
    }
}

/// Why a comparison does not hold; empty where it does.
fn reason(relation: Relation, Measured { effect, size }: Measured, held: f64, rules: &Rules) -> String {
    if effect.value.is_nan() {
        return "undefined in the weeks simulated, or there is too little gain to take a share of".into();
    }
    // The interval that the rules ask for: the 95 % one, or a narrower one where the rules are relaxed.
    let half = effect.half_width() * rules.interval;
    let (low, high) = (effect.value - half, effect.value + half);
    let spread = if size == 0.0 { f64::NAN } else { effect.value / size };
    match relation {
        Relation::Greater if high < 0.0 => "the other way round".into(),
        Relation::Greater if low <= 0.0 => "no clear difference".into(),
        Relation::Greater if size < rules.smallest_size => {
            format!("right way round but small: {size:.2} standard deviations")
        }
        Relation::Greater if held < rules.share_held => {
            format!("the sign holds in {:.0} % of the plausible draws only", held * 100.0)
        }
        Relation::Greater => String::new(),
        Relation::AtLeast if low / spread < -rules.smallest_size => "clearly less, or too uncertain to tell".into(),
        Relation::Alike if (low / spread).min(-high / spread) < -rules.smallest_size => {
            "not alike, or too uncertain to tell".into()
        }
        Relation::AtLeast | Relation::Alike => String::new(),
    }
}

/// What became of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// Every claim holds, and the knock-out abolishes the main one.
    Pass,
    /// A claim does not hold.
    Fail,
    /// Every claim holds, but the main one survives its knock-out: it may be built in.
    NotEmergent,
    /// Reported, not judged.
    Open,
    /// The model lacks what the pattern needs.
    NotTestable,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Fail, Self::NotEmergent, Self::Open, Self::NotTestable];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotEmergent => "not emergent",
            Self::Open => "open",
            Self::NotTestable => "not testable yet",
        }
    }

    /// Whether the pattern was held against rules.
    pub fn is_judged(self) -> bool {
        self == Self::Pass || self.is_failure()
    }

    /// Whether the model does not show the pattern as it should.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Fail | Self::NotEmergent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::validate::expression::chain;

    fn columns(named: &[(&str, &[f64])]) -> Columns {
        named.iter().map(|(name, values)| (((*name).into(), "m".into()), values.to_vec())).collect()
    }

    #[test]
    fn a_difference_is_paired_and_its_size_is_between_runs() {
        let step = chain("a > b", "m").unwrap().remove(0);
        let found = Measured::of(&step.difference, &columns(&[("a", &[3.0, 4.0, 5.0]), ("b", &[1.0, 2.0, 3.0])]));
        assert_eq!((found.effect.low, found.effect.high, found.size), (2.0, 2.0, 2.0));
    }

    #[test]
    fn each_rule_has_its_reason() {
        let rules = Rules::full();
        let measured = |value: f64, half: f64, size: f64| Measured {
            effect: Estimate { value, low: value - half, high: value + half, sd: 1.0, count: 200 },
            size,
        };
        let greater = |found, held| reason(Relation::Greater, found, held, &rules);
        assert_eq!(greater(measured(1.0, 0.1, 0.5), 0.9), "");
        assert_eq!(greater(measured(-1.0, 0.1, -0.5), 0.1), "the other way round");
        assert_eq!(greater(measured(1.0, 1.1, 0.5), 0.9), "no clear difference");
        assert!(greater(measured(1.0, 0.1, 0.1), 0.9).contains("small"));
        assert!(greater(measured(1.0, 0.1, 0.5), 0.5).contains("50 % of the plausible draws"));
        assert_eq!(reason(Relation::Alike, measured(0.01, 0.05, 0.01), f64::NAN, &rules), "");
        assert!(!reason(Relation::Alike, measured(1.0, 0.05, 1.0), f64::NAN, &rules).is_empty());
        assert_eq!(reason(Relation::AtLeast, measured(1.0, 0.05, 1.0), f64::NAN, &rules), "");
        assert!(!reason(Relation::AtLeast, measured(-1.0, 0.05, -1.0), f64::NAN, &rules).is_empty());
        // 80 % where the rules are relaxed.
        assert_eq!(reason(Relation::Greater, measured(1.0, 1.1, 0.5), 0.9, &Rules::quick()), "");
    }
}
