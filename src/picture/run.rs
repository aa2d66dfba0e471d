//! Somebody's own points in time.
use serde::Serialize;

use super::{Measure, Phase};

/// Points in time of somebody's own, with their centre and limits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunChart {
    /// What is measured upwards.
    pub measure: Measure,
    /// The points, in the order of time.
    pub points: Vec<RunPoint>,
    /// What the centre line is called.
    pub centre: String,
    /// What lies below the axis of time where it has numbers: `week`; empty for dates.
    pub times: String,
    /// Parts with lines of their own, by place of their points.
    pub parts: Vec<Phase>,
    /// What happened when.
    pub events: Vec<(f64, String)>,
    /// What something else makes of the same times.
    pub beside: Option<BesideBand>,
    /// Whether the axis must hold zero.
    pub from_zero: bool,
}

/// One point of a [`RunChart`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunPoint {
    /// When, on an even scale.
    pub at: f64,
    /// The same in words.
    pub time: String,
    /// Its number; NaN in a gap.
    pub value: f64,
    /// Lower limit; NaN where there is none.
    pub lower: f64,
    /// Centre line.
    pub centre: f64,
    /// Upper limit.
    pub upper: f64,
    /// What makes it part of a special cause, in words; empty where nothing does.
    pub signal: String,
    /// Whether it is shown and counts in nothing.
    pub left_out: bool,
}

/// A band beside the points of a [`RunChart`], a number for each of them; NaN where there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BesideBand {
    /// What it is, a few words.
    pub label: String,
    /// Its lower end.
    pub low: Vec<f64>,
    /// Its middle.
    pub middle: Vec<f64>,
    /// Its upper end.
    pub high: Vec<f64>,
}
