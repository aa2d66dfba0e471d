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

/// Share of the draws in which a comparison must be defined.
const MOST: f64 = 0.5;

/// A difference as measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// Mean over draws of the parameters, each the mean of its paired runs, with its 95 % interval.
    pub effect: Estimate,
    /// In standard deviations between the runs of an arm (Cohen's d, root of the mean variance of the arms compared).
    pub size: f64,
    /// Share of the draws in which it is greater than nothing, of those in which it is defined, with its 95 % interval.
    pub held: Estimate,
    /// Share of the draws in which it is defined: of what is kept of a gain, those with a gain.
    pub defined: f64,
}

impl Measured {
    /// Where nothing was measured.
    pub const UNDEFINED: Self =
        Self { effect: Estimate::UNDEFINED, size: f64::NAN, held: Estimate::UNDEFINED, defined: 0.0 };

    /// Measures a combination of columns, run by run; so many runs of each draw stand together, and all draws say no more
    /// than `worth` independent ones.
    pub fn of(difference: &Combination, columns: &Columns, runs_a_draw: u64, worth: f64) -> Self {
        let by_draw = |runs: Vec<f64>| -> Vec<f64> {
            let draws = runs.chunks(runs_a_draw.max(1) as usize);
            draws.map(|runs| stats::mean(runs.iter().copied()).value).collect()
        };
        let positive = |value: f64| if value > 0.0 { value } else { f64::NAN };
        // Shares are compared crosswise; what they are taken of brings the difference back to shares. Where there is no
        // gain there is no share of it to compare.
        let per = difference.per.as_ref().map(|per| by_draw(per.each_run(columns)));
        let whole = per.as_ref().map_or(1.0, |per| positive(stats::mean(per.iter().copied()).value));
        let mut all = by_draw(difference.each_run(columns));
        for (place, draw) in all.iter_mut().enumerate() {
            let own = per.as_ref().map_or(1.0, |per| per.get(place).map_or(f64::NAN, |own| positive(*own)));
            *draw = if own.is_nan() { f64::NAN } else { *draw / whole };
        }
        let draws: Vec<f64> = all.iter().copied().filter(|draw| draw.is_finite()).collect();
        let defined = draws.len() as f64 / all.len() as f64;
        let independent = worth.min(draws.len() as f64);
        let effect = stats::mean(draws.iter().copied()).as_of(independent);
        let greater = draws.iter().filter(|draw| **draw > 0.0).count() as f64;
        let held = stats::proportion(greater / draws.len() as f64, independent as u64);
        let parts = difference.terms.keys().filter_map(|term| product(term, columns));
        let moments: Vec<Moments> = parts.map(stats::moments).collect();
        let variance = moments.iter().map(|moments| moments.sd() * moments.sd()).sum::<f64>() / moments.len() as f64;
        let size = match (effect.value, variance.sqrt()) {
            (0.0, _) => 0.0,
            // Nothing varies: any difference is beyond all measure.
            (value, spread) if spread <= 0.0 => value.signum() * 99.0,
            (value, spread) => value * whole / spread,
        };
        Self { effect, size, held, defined }
    }

    /// The size with its sign, `-` where there is none.
    pub fn size_in_words(&self) -> String {
        if self.size.is_nan() { "-".into() } else { format!("{:+.2}", self.size + 0.0) }
    }
}

/// What is known of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Decision {
    /// It holds by the rules.
    Holds,
    /// It does not.
    Fails,
    /// An interval reaches to both sides.
    Undecided,
}

/// One comparison, judged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judged {
    /// The comparison as written.
    pub comparison: String,
    /// What was found.
    pub found: Measured,
    /// The same comparison with the mechanism knocked out.
    pub knocked_out: Option<Measured>,
    /// Whether a sign is expected.
    pub has_sign: bool,
    /// What is known of it.
    pub decision: Decision,
    /// Why it does not hold or is undecided; empty where it holds.
    pub because: String,
    /// Whether it fails only because its sign holds in too few draws.
    pub by_its_sign: bool,
}

impl Judged {
    /// Judges `step`, of which a difference of `smallest` matters, or as much as the rules say.
    pub fn new(
        step: &Step,
        smallest: Option<f64>,
        found: Measured,
        knocked_out: Option<Measured>,
        rules: &Rules,
    ) -> Self {
        let (decision, because) = decide(step.relation, found, smallest.unwrap_or(rules.smallest), rules);
        let has_sign = step.relation == Relation::Greater;
        let any_share = Measured { held: Estimate { value: 1.0, low: 1.0, high: 1.0, ..found.held }, ..found };
        let in_mean = decide(step.relation, any_share, smallest.unwrap_or(rules.smallest), rules).0;
        let by_its_sign = decision == Decision::Fails && in_mean != Decision::Fails;
        Self { comparison: step.text.clone(), found, knocked_out, has_sign, decision, because, by_its_sign }
    }

    /// Share of draws in which the sign holds; NaN where no sign is expected.
    pub fn held(&self) -> f64 {
        if self.has_sign { self.found.held.value } else { f64::NAN }
    }

    /// Share of the effect that is left under the knock-out; NaN without one.
    pub fn left(&self) -> f64 {
        self.knocked_out.map_or(f64::NAN, |knocked_out| knocked_out.effect.value / self.found.effect.value)
    }

    /// Whether the knock-out abolishes the effect: less than [`Rules::abolished`] of it is left, or no more than matters.
    pub fn is_abolished(&self, smallest: Option<f64>, rules: &Rules) -> bool {
        let Some(knocked_out) = self.knocked_out else { return false };
        let effect = knocked_out.effect;
        effect.value.is_nan() || self.left() < rules.abolished || effect.value < smallest.unwrap_or(rules.smallest)
    }

    /// Whether the knock-out leaves nothing to compare: the same in every run, to the last bit.
    pub fn is_tautology(&self) -> bool {
        self.knocked_out.is_some_and(|Measured { effect, .. }| (effect.value, effect.sd) == (0.0, 0.0))
    }
}

/// What is known of a comparison, and why it does not hold or is undecided.
fn decide(
    relation: Relation,
    Measured { effect, held, defined, .. }: Measured,
    smallest: f64,
    rules: &Rules,
) -> (Decision, String) {
    let fails = |why: &str| (Decision::Fails, why.to_owned());
    let undecided = |why: &str| (Decision::Undecided, why.to_owned());
    if effect.value.is_nan() {
        return fails("undefined in the weeks simulated, or there is too little gain to take a share of");
    }
    if defined < MOST {
        return fails(&format!("there is a gain to take a share of in {:.0} % of the draws only", defined * 100.0));
    }
    // The interval that the rules ask for: the 95 % one, or a narrower one where the rules are relaxed.
    let asked = |of: Estimate| {
        (of.value - (of.value - of.low) * rules.interval, of.value + (of.high - of.value) * rules.interval)
    };
    let ((low, high), (held_low, held_high)) = (asked(effect), asked(held));
    let share = held.value * 100.0;
    match relation {
        Relation::Greater if high < 0.0 => fails("the other way round"),
        Relation::Greater if high < smallest => fails("no difference that matters"),
        Relation::Greater if held_high < rules.share_held => {
            fails(&format!("the sign holds in {share:.0} % of the draws only"))
        }
        Relation::Greater if low <= smallest => undecided("may be less than matters"),
        Relation::Greater if held_low < rules.share_held => undecided(&format!(
            "the sign holds in {share:.0} % of the draws ({:.0} to {:.0} %), which leaves {:.0} % open",
            held_low * 100.0,
            held_high * 100.0,
            rules.share_held * 100.0
        )),
        Relation::AtLeast if high < -smallest => fails("clearly less"),
        Relation::AtLeast if low < -smallest => undecided("may be less"),
        Relation::Alike if high < -smallest || low > smallest => fails("not alike"),
        Relation::Alike if low < -smallest || high > smallest => undecided("may not be alike"),
        Relation::Greater | Relation::AtLeast | Relation::Alike => (Decision::Holds, String::new()),
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
    /// Every claim holds, but the knock-out leaves arms that are the same simulation: the lever has no other path, and the
    /// pattern says how it is defined.
    Tautology,
    /// No claim fails, but one is not decided after as many draws as there may be.
    Undecided,
    /// Reported, not judged.
    Open,
    /// The model lacks what the pattern needs.
    NotTestable,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 7] =
        [Self::Pass, Self::Fail, Self::NotEmergent, Self::Tautology, Self::Undecided, Self::Open, Self::NotTestable];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotEmergent => "not emergent",
            Self::Tautology => "tautology",
            Self::Undecided => "undecided",
            Self::Open => "open",
            Self::NotTestable => "not testable yet",
        }
    }

    /// Whether the pattern was held against rules.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::Open | Self::NotTestable)
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
        let columns = columns(&[("a", &[3.0, 4.0, 5.0]), ("b", &[1.0, 2.0, 3.0])]);
        let found = Measured::of(&step.difference, &columns, 1, f64::INFINITY);
        assert_eq!((found.effect.low, found.effect.high, found.size), (2.0, 2.0, 2.0));
    }

    /// Runs of one draw are no more independent than their parameters: four draws of two runs count as four.
    #[test]
    fn draws_count_and_not_their_runs() {
        let step = chain("a > b", "m").unwrap().remove(0);
        let a = [0.0, 2.0, 1.0, 3.0, -2.0, 0.0, 4.0, 6.0];
        let found = Measured::of(&step.difference, &columns(&[("a", &a), ("b", &[0.0; 8])]), 2, f64::INFINITY);
        assert_eq!((found.effect.value, found.effect.count), (1.75, 4));
        assert_eq!((found.held.value, found.held.count), (0.75, 4));
    }

    /// Where all draws are worth fewer independent ones, intervals are those of so many.
    #[test]
    fn intervals_are_of_what_draws_are_worth() {
        let step = chain("a > b", "m").unwrap().remove(0);
        let columns = columns(&[("a", &[3.0, 1.0, 2.0, 4.0]), ("b", &[0.0; 4])]);
        let [all, half] = [4.0, 2.0].map(|worth| Measured::of(&step.difference, &columns, 1, worth));
        assert_eq!((all.effect.value, all.held.count), (half.effect.value, 2 * half.held.count));
        let wider = half.effect.half_width() / all.effect.half_width();
        assert!((wider - 2f64.sqrt()).abs() < 1e-12 && half.held.low < all.held.low, "{wider}");
    }

    /// Shares are compared crosswise: a draw in which what they are taken of is a loss has its sign turned, and is left out.
    #[test]
    fn draws_with_a_loss_are_left_out_of_shares() {
        let step = chain("a / b > c / d", "m").unwrap().remove(0);
        let (a, b) = (&[0.6, 0.6, 0.2][..], &[1.0, 1.0, -1.0][..]);
        let found =
            Measured::of(&step.difference, &columns(&[("a", a), ("b", b), ("c", &[0.1; 3]), ("d", &[1.0; 3])]), 1, 9.0);
        assert_eq!((found.held.value, found.held.count), (1.0, 2), "{found:?}");
    }

    /// A draw without a gain says nothing of what is kept of it, for or against; too many such draws say that nothing can be
    /// said.
    #[test]
    fn draws_without_a_gain_are_left_out_of_shares_kept() {
        let step = chain("a > b", "m").unwrap().remove(0);
        let found =
            |kept: &[f64]| Measured::of(&step.difference, &columns(&[("a", kept), ("b", &[0.0; 4])]), 1, f64::INFINITY);
        let most = found(&[0.3, f64::NAN, 0.2, 0.4]);
        assert_eq!((most.held.value, most.held.count, most.defined), (1.0, 3, 0.75));
        let (few, rules) = (found(&[0.3, f64::NAN, f64::NAN, f64::NAN]), Rules::full());
        let (decision, why) = decide(Relation::Greater, few, 0.005, &rules);
        assert_eq!(decision, Decision::Fails);
        assert!(why.contains("in 25 % of the draws only"), "{why}");
    }

    #[test]
    fn each_rule_has_its_reason() {
        let rules = Rules::full();
        let of = |value: f64, low: f64, high: f64, draws: u64| Estimate { value, low, high, sd: 1.0, count: draws };
        let of_rules = |relation, value: f64, half: f64, share: f64, rules: &Rules| {
            let effect = of(value, value - half, value + half, 256);
            let found = Measured { effect, size: 0.5, held: stats::proportion(share, 256), defined: 1.0 };
            let (decision, why) = decide(relation, found, 0.005, rules);
            assert_eq!(decision == Decision::Holds, why.is_empty());
            (decision, why)
        };
        let greater = |value, half, share| of_rules(Relation::Greater, value, half, share, &rules);
        assert_eq!(greater(0.05, 0.01, 0.9).0, Decision::Holds);
        assert_eq!(greater(-0.05, 0.01, 0.1), (Decision::Fails, "the other way round".into()));
        assert_eq!(greater(0.003, 0.001, 0.9), (Decision::Fails, "no difference that matters".into()));
        assert_eq!(greater(0.006, 0.002, 0.9), (Decision::Undecided, "may be less than matters".into()));
        assert_eq!(greater(0.05, 0.01, 0.5), (Decision::Fails, "the sign holds in 50 % of the draws only".into()));
        assert_eq!(greater(0.05, 0.01, 0.82).0, Decision::Undecided);
        let other = |relation, value, half| of_rules(relation, value, half, 0.5, &rules).0;
        assert_eq!(other(Relation::Alike, 0.001, 0.003), Decision::Holds);
        assert_eq!(other(Relation::Alike, 0.001, 0.005), Decision::Undecided);
        assert_eq!(other(Relation::Alike, 0.02, 0.005), Decision::Fails);
        assert_eq!(other(Relation::AtLeast, 0.02, 0.005), Decision::Holds);
        assert_eq!(other(Relation::AtLeast, -0.004, 0.002), Decision::Undecided);
        assert_eq!(other(Relation::AtLeast, -0.02, 0.005), Decision::Fails);
        // About 80 % where the rules are relaxed.
        assert_eq!(of_rules(Relation::Greater, 0.05, 0.06, 0.9, &Rules::quick()).0, Decision::Holds);
    }
}
