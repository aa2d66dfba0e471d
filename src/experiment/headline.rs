//! Headline metrics: the few of the registry that a comparison of designs is about.

pub use crate::metrics::unit;
use crate::{
    picture::{Measure, Unit},
    table::{PART, SHARE, is_in_hundredths, said_unit},
};

/// The metric that designs are ranked by.
pub const HEADLINE: &str = "net_gain_24_months_after";

/// A metric that every comparison shows. All but the share kept are differences to the same staff with nothing done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Headline {
    /// Name in the registry.
    pub metric: &'static str,
    /// What it is, in a few words.
    pub label: &'static str,
    /// Its value when nothing is done; NaN where it has none.
    pub nothing: f64,
}

const fn effect(metric: &'static str, label: &'static str) -> Headline {
    Headline { metric, label, nothing: 0.0 }
}

/// The headline metrics, in the order in which they are shown: what is gained, then what it does to staff and care.
#[rustfmt::skip]
pub const HEADLINES: &[Headline] = &[
    effect("net_gain_at_end", "gain at the end"),
    effect("net_gain_12_months_after", "gain 12 months after"),
    effect(HEADLINE, "gain 24 months after"),
    effect("net_gain_36_months_after", "gain 36 months after"),
    Headline { metric: "retained_share_24", label: "share kept for 24 months", nothing: f64::NAN },
    effect("motivation_difference_at_end", "motivation at the end"),
    effect("fatigue_difference_active", "fatigue during support"),
    effect("cynicism_difference_24_months_after", "cynicism 24 months after"),
    effect("other_care_difference_active", "other care during support"),
    Headline { metric: "leavers_ratio_active", label: "leavers during support", nothing: 1.0 },
];

/// Place of [`HEADLINE`] in [`HEADLINES`].
pub fn headline() -> usize {
    HEADLINES.iter().position(|row| row.metric == HEADLINE).unwrap_or(0)
}

/// The metric called `name` in a sentence: `the gain 24 months after`, `the naive gain`.
pub fn label(name: &str) -> String {
    let headline = HEADLINES.iter().find(|row| row.metric == name);
    format!("the {}", headline.map_or_else(|| name.replace('_', " "), |row| row.label.into()))
}

/// How the metric called `name` is shown in pictures: differences of shares in points, other shares in percent.
pub fn measure(name: &str) -> Measure {
    let label =
        HEADLINES.iter().find(|row| row.metric == name).map_or_else(|| name.replace('_', " "), |row| row.label.into());
    let mut letters = label.chars();
    let label =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str());
    let unit = match unit(name) {
        SHARE => Unit::Points,
        PART => Unit::Share,
        other if is_in_hundredths(other) => Unit::Hundredths(said_unit(other)),
        other => Unit::Plain(other),
    };
    Measure::new(label, unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::REGISTRY;

    #[test]
    fn every_headline_is_a_metric() {
        for row in HEADLINES {
            assert!(REGISTRY.iter().any(|metric| metric.name == row.metric), "{}", row.metric);
        }
        assert_eq!(HEADLINES[headline()].metric, HEADLINE);
    }
}
