//! What is measured along an axis, and how its numbers are shown.

use serde::Serialize;

/// In which way numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// A share, shown as `55 %`.
    Share,
    /// A difference of shares, shown in percentage points with its sign.
    Points,
    /// A sum of money in this currency, in three digits.
    Money(&'static str),
    /// Another share of something, shown in hundredths, in this unit (`% of the week`).
    Hundredths(&'static str),
    /// Anything else, shown as it is, in this unit (`week`, `per 1,000 bed days`); empty where there is none.
    Plain(&'static str),
}

impl Unit {
    /// The unit in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "%",
            Self::Points => "percentage points",
            Self::Money(name) | Self::Hundredths(name) | Self::Plain(name) => name,
        }
    }

    /// What a number is multiplied with before it is shown.
    pub fn factor(self) -> f64 {
        match self {
            Self::Share | Self::Points | Self::Hundredths(_) => 100.0,
            Self::Money(_) | Self::Plain(_) => 1.0,
        }
    }
}

/// What is measured along an axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// What it is, a few words: `Net gain 24 months after`.
    pub label: String,
    /// How its numbers are shown.
    pub unit: Unit,
}

impl Measure {
    /// A measure.
    pub fn new(label: impl Into<String>, unit: Unit) -> Self {
        Self { label: label.into(), unit }
    }
}
