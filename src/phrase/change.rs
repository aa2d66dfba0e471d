//! A signed number with its interval in words: the one place that decides what may be said of it.
//!
//! A change is a gain or a loss where its interval, as it is shown, leaves nothing out: a clear difference of 0.0 points, or
//! of 0.3 (0.0 to 0.5), is none to anybody who reads it. A share of a gain is said only where there is a clear gain, and
//! where what is left of it is no loss. Parts that exceed their whole are said to, with what the others gave back.
use serde::Serialize;

use super::numbers::{capital, listed, percent, scaled, signed};
use crate::{
    stats::Estimate,
    table::{PART, SHARE, is_in_hundredths, said_unit},
};

/// Half of a tenth of a point, a share: what is smaller is shown as 0.0.
pub const SMALLEST: f64 = 0.0005;

/// What a number with its interval says against nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// There is no such number.
    Undefined,
    /// There is no interval: one run tells nothing.
    Untold,
    /// More, by more than luck.
    Gain,
    /// Less, by more than luck.
    Loss,
    /// Less than can be shown, either way.
    Nothing,
    /// The interval holds nothing: neither clearly.
    Unclear,
}

impl Change {
    /// What a change of a share says.
    pub fn of(estimate: Estimate) -> Self {
        Self::beyond(estimate, SMALLEST)
    }

    /// What a change says of which less than `smallest` is shown as nothing.
    pub fn beyond(Estimate { value, low, high, .. }: Estimate, smallest: f64) -> Self {
        match () {
            () if value.is_nan() => Self::Undefined,
            () if low.is_nan() || high.is_nan() => Self::Untold,
            () if value.abs() < smallest && (low > 0.0 || high < 0.0 || (low > -smallest && high < smallest)) => {
                Self::Nothing
            }
            // An interval that is shown to reach 0.0 leaves nothing out that anybody could see.
            () if low > 0.0 && low >= smallest => Self::Gain,
            () if high < 0.0 && -high >= smallest => Self::Loss,
            () => Self::Unclear,
        }
    }

    /// Whether it is a gain or a loss.
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Gain | Self::Loss)
    }
}

/// Whether a change of a share is a gain or a loss.
pub fn clear(estimate: Estimate) -> bool {
    Change::of(estimate).is_clear()
}

/// The same change the other way round: what is lost as what is gained.
pub fn turned(estimate: Estimate) -> Estimate {
    Estimate { value: -estimate.value, low: -estimate.high, high: -estimate.low, ..estimate }
}

/// `+12.3 (+11.0 to +13.6)` of points, and whether that could be nothing: for rows of a table.
pub fn points(estimate: Estimate) -> String {
    let value = signed(estimate.value);
    let between = || format!("{value} ({} to {})", signed(estimate.low), signed(estimate.high));
    match Change::of(estimate) {
        Change::Undefined => "beyond the weeks simulated, or undefined".into(),
        Change::Untold => value,
        Change::Unclear => format!("{}, no clear change", between()),
        Change::Nothing | Change::Gain | Change::Loss => between(),
    }
}

/// `2.3 points (2.1 to 2.5)`, without sign where the change is clear and something said which way it goes; with signs
/// where it is not.
pub fn amount(estimate: Estimate) -> String {
    let estimate = if Change::of(estimate) == Change::Loss { turned(estimate) } else { estimate };
    let number = |share| if clear(estimate) { scaled(share) } else { signed(share) };
    let value = number(estimate.value);
    if estimate.low.is_nan() {
        return format!("{value} points");
    }
    format!("{value} points ({} to {})", number(estimate.low), number(estimate.high))
}

/// `a gain of 2.3 points (2.1 to 2.5)`, `a loss of ...`, `no clear gain (...)`: what is said to be had, kept or missed.
pub fn a_gain(estimate: Estimate) -> String {
    match Change::of(estimate) {
        Change::Undefined => "no gain that could be measured".into(),
        Change::Untold => format!("a difference of {} that nothing tells from luck", amount(estimate)),
        Change::Gain => format!("a gain of {}", amount(estimate)),
        Change::Loss => format!("a loss of {}", amount(estimate)),
        Change::Nothing => "no gain".into(),
        Change::Unclear => format!("no clear gain, {}", amount(estimate)),
    }
}

/// What is left of a gain later, as a sentence without beginning and end.
pub fn left(later: Estimate) -> String {
    match Change::of(later) {
        Change::Undefined => "what was left is not simulated".into(),
        Change::Untold => format!("the difference was {}, which nothing tells from luck", amount(later)),
        Change::Gain => format!("{} were left", amount(later)),
        Change::Loss => format!("practice was {} lower than without it", amount(later)),
        Change::Nothing => "nothing was left".into(),
        Change::Unclear => format!("nothing that can be told from luck was left, {}", amount(later)),
    }
}

/// How much of a gain is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kept {
    /// There is no clear gain of which anything could be kept, or it is not known.
    Nothing,
    /// This share of it.
    Share(Estimate),
    /// What is left cannot be told from nothing.
    NotClearly,
    /// It has become a loss.
    Lost,
}

impl Kept {
    /// What is kept of the gain `at_end` where `later` is left, which is `share` of it.
    pub fn of(at_end: Estimate, later: Estimate, share: Estimate) -> Self {
        match (Change::of(at_end), Change::of(later)) {
            (Change::Gain, Change::Loss) => Self::Lost,
            (Change::Gain, Change::Gain) if !share.low.is_nan() => Self::Share(share),
            (Change::Gain, Change::Unclear | Change::Nothing) => Self::NotClearly,
            _ => Self::Nothing,
        }
    }

    /// The share; undefined where nothing can be said to be kept.
    pub fn share(self) -> Estimate {
        match self {
            Self::Share(share) => share,
            _ => Estimate::UNDEFINED,
        }
    }

    /// `62 % of it kept (55 to 70)`; nothing where there is nothing to say.
    pub fn words(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Share(kept) => {
                format!("{} % of it kept ({} to {})", percent(kept.value), percent(kept.low), percent(kept.high))
            }
            Self::NotClearly => "none of it clearly kept".into(),
            Self::Lost => "none of it kept".into(),
        }
    }
}

/// `83 % (78 to 88)`, a share of something that is no change.
pub fn share(share: Estimate) -> String {
    if share.value.is_nan() {
        return "-".into();
    }
    let value = percent(share.value);
    if share.low.is_nan() {
        format!("{value} %")
    } else {
        format!("{value} % ({} to {})", percent(share.low), percent(share.high))
    }
}

/// A value of a metric whose unit is `unit`, in hundredths where that is a share of something; with signs where it is a
/// `change`.
pub fn value_of(unit: &str, change: bool, value: f64) -> String {
    match (value.is_nan(), is_in_hundredths(unit), change) {
        (true, ..) => "-".into(),
        (false, true, true) => signed(value),
        (false, true, false) => scaled(value),
        (false, false, true) => format!("{value:+.2}"),
        (false, false, false) => format!("{value:.2}"),
    }
}

/// `18.2 points (17.1 to 19.3)` or `1.20 times (1.10 to 1.30)`: a metric with its unit and interval.
pub fn measured(unit: &str, change: bool, estimate: Estimate) -> String {
    let number = |value| value_of(unit, change, value);
    let unit = match unit {
        PART if !change => " %".into(),
        // Percentages differ by points.
        SHARE | PART => " points".into(),
        "" => String::new(),
        unit => format!(" {}", said_unit(unit)),
    };
    let value = number(estimate.value);
    if estimate.low.is_nan() {
        return format!("{value}{unit}");
    }
    format!("{value}{unit} ({} to {})", number(estimate.low), number(estimate.high))
}

/// What causes do to a whole, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verbs {
    /// What a part above nothing does: `took`.
    pub takes: &'static str,
    /// What one below nothing does: `gave back`.
    pub gives: &'static str,
    /// What became of the whole: `lost`.
    pub whole: &'static str,
}

/// The parts of a whole, by name, above nothing where they take from it. `sum` is what some of them, by place, add up to,
/// with its interval; `lead` by how much the first exceeds the second.
///
/// A sentence of those that clearly take, one of the largest, one of those that clearly give, one of those that may be
/// nothing, one of those too small to be shown. Where what is taken exceeds the whole because others give back, that is
/// said.
pub fn parts(
    parts: &[(&str, Estimate)],
    sum: &dyn Fn(&[usize]) -> Estimate,
    (beginning, whole): (&str, Estimate),
    lead: Estimate,
    verbs: Verbs,
) -> Vec<String> {
    let is_small = |part: Estimate| part.low > -2.0 * SMALLEST && part.high < 2.0 * SMALLEST;
    let of = |wanted: &dyn Fn(Estimate) -> bool| -> Vec<(&str, Estimate)> {
        parts.iter().copied().filter(|(_, part)| wanted(*part)).collect()
    };
    let took = of(&|part| Change::of(part) == Change::Gain);
    let gave = of(&|part| Change::of(part) == Change::Loss);
    let small = of(&|part| !clear(part) && is_small(part));
    let unclear = of(&|part| !clear(part) && !is_small(part));
    let numbered = |parts: &[(&str, Estimate)], verb: &str| {
        let one = |(place, (name, part)): (usize, &(&str, Estimate))| {
            let verb = if place == 0 { format!("{verb} ") } else { String::new() };
            format!("{name} {verb}{}", amount(*part).replacen(" points", "", usize::from(place > 0)))
        };
        listed(&parts.iter().enumerate().map(one).collect::<Vec<_>>())
    };
    let mut said = Vec::new();
    if !took.is_empty() {
        let is_taken = |place: &usize| parts.get(*place).is_some_and(|(_, part)| Change::of(*part) == Change::Gain);
        let (taken, others): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(is_taken);
        let (taken, others) = (sum(&taken), sum(&others));
        let all = numbered(&took, verbs.takes);
        said.push(if taken.value > whole.value + SMALLEST && Change::of(others) == Change::Loss {
            let together =
                if took.len() > 1 { format!(", together {} points", scaled(taken.value)) } else { String::new() };
            format!(
                "{}{together}. That is more than the {} points {} in all: other causes {} {}.",
                capital(&all),
                scaled(whole.value),
                verbs.whole,
                verbs.gives,
                amount(others)
            )
        } else {
            format!("{beginning}, {all}.")
        });
    }
    if let [(first, _), (second, _), ..] = took.as_slice() {
        said.push(match Change::of(lead) {
            Change::Gain => format!("The largest part is that of {first}."),
            _ => format!("The parts of {first} and {second} cannot be told apart."),
        });
    }
    if !gave.is_empty() {
        said.push(capital(&format!("{}.", numbered(&gave, verbs.gives))));
    }
    if !unclear.is_empty() {
        let one = |(name, part): &(&str, Estimate)| {
            let between = format!("{} to {}", signed(part.low), signed(part.high));
            format!("{name} ({}, {between})", signed(part.value))
        };
        let named = listed(&unclear.iter().map(one).collect::<Vec<_>>());
        said.push(format!("Whether there is a part of {named} is not clear."));
    }
    if !small.is_empty() {
        let had = if small.len() == 1 { "has" } else { "have" };
        let names = listed(&small.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        said.push(capital(&format!("{names} {had} hardly a part: less than 0.1 points either way.")));
    }
    said
}

/// The largest part in a title: `Of 3.4 points lost, turnover takes most: 2.1 points`, or, where it exceeds the whole,
/// that it does. `lead` is by how much it exceeds the second.
pub fn largest_part((name, part): (&str, Estimate), whole: Estimate, lead: Estimate, verbs: Verbs) -> String {
    let sure = if Change::of(lead) == Change::Gain { "" } else { ", though not clearly" };
    if part.value > whole.value + SMALLEST {
        return capital(&format!(
            "{name} {} most{sure}: {}. That is more than the {} points {} in all: others {} {}.",
            verbs.takes,
            amount(part),
            scaled(whole.value),
            verbs.whole,
            verbs.gives,
            scaled(part.value - whole.value)
        ));
    }
    format!("Of {} {}, {name} {} most{sure}: {}.", amount(whole), verbs.whole, verbs.takes, amount(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{SHARE_OF_WEEK, SHARE_PER_HOURS};

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { value, low, high, sd: 0.1, count: 50 }
    }

    #[test]
    fn a_change_is_a_gain_a_loss_or_neither_clearly() {
        for (low, value, high, change) in [
            (0.004, 0.01, 0.03, Change::Gain),
            (-0.014, -0.01, -0.007, Change::Loss),
            (-0.01, 0.01, 0.03, Change::Unclear),
            (-0.01, 0.0, 0.01, Change::Unclear),
            // Clear, but 0.0 points to anybody.
            (1e-6, 1e-5, 2e-5, Change::Nothing),
            // Shown as 0.3 (0.0 to 0.5).
            (0.0003, 0.003, 0.005, Change::Unclear),
            (0.0, 0.0, 0.0, Change::Nothing),
            (f64::NAN, 0.01, f64::NAN, Change::Untold),
            (f64::NAN, f64::NAN, f64::NAN, Change::Undefined),
        ] {
            assert_eq!(Change::of(estimate(value, low, high)), change, "{value}");
        }
        assert_eq!(Change::beyond(estimate(1e-5, 1e-6, 2e-5), 0.0), Change::Gain);
    }

    #[test]
    fn what_may_be_nothing_is_called_so() {
        assert_eq!(points(estimate(0.01, -0.01, 0.03)), "+1.0 (-1.0 to +3.0), no clear change");
        assert_eq!(points(estimate(0.01, 0.004, 0.03)), "+1.0 (+0.4 to +3.0)");
        assert_eq!(points(estimate(0.01, f64::NAN, f64::NAN)), "+1.0");
        assert_eq!(amount(estimate(-0.01, -0.014, -0.007)), "1.0 points (0.7 to 1.4)");
        assert_eq!(amount(estimate(-0.01, -0.03, 0.01)), "-1.0 points (-3.0 to +1.0)");
        assert_eq!(amount(estimate(-1e-5, -2e-5, -1e-6)), "0.0 points (0.0 to 0.0)");
    }

    #[test]
    fn a_loss_is_never_what_was_left() {
        let loss = estimate(-0.02, -0.025, -0.016);
        assert_eq!(left(loss), "practice was 2.0 points (1.6 to 2.5) lower than without it");
        assert_eq!(a_gain(loss), "a loss of 2.0 points (1.6 to 2.5)");
        assert_eq!(left(estimate(0.02, 0.016, 0.025)), "2.0 points (1.6 to 2.5) were left");
        let unclear = estimate(0.002, -0.01, 0.014);
        assert_eq!(left(unclear), "nothing that can be told from luck was left, +0.2 points (-1.0 to +1.4)");
        assert_eq!(a_gain(unclear), "no clear gain, +0.2 points (-1.0 to +1.4)");
        assert_eq!(left(estimate(0.0, 0.0, 0.0)), "nothing was left");
    }

    #[test]
    fn a_share_is_kept_only_of_a_clear_gain() {
        let (gain, loss, unclear) =
            (estimate(0.024, 0.02, 0.028), estimate(-0.014, -0.02, -0.01), estimate(0.0, -0.01, 0.01));
        let share = estimate(0.6, 0.5, 0.7);
        assert_eq!(Kept::of(gain, gain, share).words(), "60 % of it kept (50 to 70)");
        assert_eq!(Kept::of(gain, loss, estimate(-0.41, -0.6, -0.2)).words(), "none of it kept");
        assert_eq!(Kept::of(gain, unclear, share).words(), "none of it clearly kept");
        // A loss that grows by 8 % keeps nothing: there was no gain.
        assert_eq!(Kept::of(loss, loss, estimate(1.08, 1.0, 1.2)), Kept::Nothing);
        assert!(Kept::of(unclear, gain, share).share().value.is_nan());
    }

    #[test]
    fn metrics_are_said_in_their_unit() {
        let some = estimate(0.182, 0.171, 0.193);
        assert_eq!(measured(SHARE, false, some), "18.2 points (17.1 to 19.3)");
        assert_eq!(measured(SHARE, true, some), "+18.2 points (+17.1 to +19.3)");
        assert_eq!(measured(PART, false, some), "18.2 % (17.1 to 19.3)");
        assert_eq!(measured(PART, true, some), "+18.2 points (+17.1 to +19.3)");
        assert_eq!(measured(SHARE_OF_WEEK, false, some), "18.2 % of the week (17.1 to 19.3)");
        assert_eq!(measured(SHARE_PER_HOURS, true, some), "+18.2 points per 1000 hours (+17.1 to +19.3)");
        assert_eq!(measured("times", false, estimate(1.2, 1.1, 1.3)), "1.20 times (1.10 to 1.30)");
    }

    const VERBS: Verbs = Verbs { takes: "took", gives: "gave back", whole: "lost" };

    /// Parts that do not vary: each within a tenth of a point.
    fn said(named: &[(&str, f64)], whole: f64) -> String {
        let around = |value: f64| estimate(value, value - 0.001, value + 0.001);
        let named: Vec<(&str, Estimate)> = named.iter().map(|(name, value)| (*name, around(*value))).collect();
        let sum = |places: &[usize]| around(places.iter().map(|&place| named[place].1.value).sum());
        let lead = around(named[0].1.value - named[1].1.value);
        parts(&named, &sum, ("Of the points lost", around(whole)), lead, VERBS).join(" ")
    }

    #[test]
    fn parts_that_exceed_their_whole_are_said_to() {
        let within = said(&[("turnover", 0.06), ("fatigue", 0.03)], 0.1);
        assert_eq!(
            within,
            "Of the points lost, turnover took 6.0 points (5.9 to 6.1) and fatigue 3.0 (2.9 to 3.1). The largest part is \
             that of turnover."
        );
        let beyond = said(&[("withdrawn support", 0.153), ("mood", -0.05)], 0.103);
        assert_eq!(
            beyond,
            "Withdrawn support took 15.3 points (15.2 to 15.4). That is more than the 10.3 points lost in all: other \
             causes gave back 5.0 points (4.9 to 5.1). Mood gave back 5.0 points (4.9 to 5.1)."
        );
    }

    #[test]
    fn a_title_names_no_part_larger_than_its_whole_without_saying_so() {
        let (part, whole) = (estimate(0.085, 0.08, 0.09), estimate(0.034, 0.03, 0.038));
        let clear = estimate(0.01, 0.005, 0.015);
        assert_eq!(
            largest_part(("withdrawn incentives", part), whole, clear, VERBS),
            "Withdrawn incentives took most: 8.5 points (8.0 to 9.0). That is more than the 3.4 points lost in all: \
             others gave back 5.1."
        );
        assert_eq!(
            largest_part(("turnover", estimate(0.02, 0.018, 0.022)), whole, estimate(0.0, -0.01, 0.01), VERBS),
            "Of 3.4 points (3.0 to 3.8) lost, turnover took most, though not clearly: 2.0 points (1.8 to 2.2)."
        );
    }
}
