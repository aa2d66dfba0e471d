//! Pictures as data: what is to be seen, not how it is drawn.
//!
//! Who has found something says what is on the axes, which numbers stand where and what each of them means ([`Role`]);
//! sizes, colours, fonts and places of labels belong to whoever draws. Every picture can be read as a table of the very
//! numbers that are drawn ([`Picture::table`]), for those who cannot see it or want to calculate with it.

mod measure;
mod run;
mod tables;

pub use measure::{Measure, Unit};
pub use run::{BesideBand, RunChart, RunPoint};

use serde::Serialize;

use crate::{stats::Estimate, table::Table};

/// A picture, with the sentence that says what it shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Stem of its file and of its place in a page: lower case, `_` between words, one of a kind in its page.
    pub name: String,
    /// What it shows, a full sentence that claims no more than its intervals allow.
    pub title: String,
    /// How to read it: what the marks are, what the intervals are, of how many runs.
    pub caption: String,
    /// What is drawn.
    pub chart: Chart,
}

impl Picture {
    /// A picture.
    pub fn new(name: &str, title: impl Into<String>, caption: impl Into<String>, chart: Chart) -> Self {
        Self { name: name.into(), title: title.into(), caption: caption.into(), chart }
    }

    /// The numbers that are drawn, in the units of the axes.
    pub fn table(&self) -> Table {
        tables::table(&self.name, &self.chart)
    }
}

/// What a mark stands for. Each role has one colour and one shape or dash everywhere, so that no colour stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Role {
    /// The truth in the world with the programme; the design that is talked about.
    With,
    /// The same world without the programme, or whatever else a difference is taken from.
    Without,
    /// What is said or believed, as opposed to what is.
    Reported,
    /// Gained or kept.
    Gain,
    /// Lost, or harm.
    Loss,
    /// Neither: not told apart from nothing, or not what the picture is about.
    Neutral,
    /// One of several alternatives, by place from 0.
    Choice(u8),
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Chart {
    /// Lines with bands over the weeks: one panel is a fan chart, several are small multiples.
    Weeks(Weeks),
    /// How many of something have which value.
    Histogram(Histogram),
    /// A run chart with control limits.
    Control(Control),
    /// Points in time of somebody's own, with their centre and limits.
    Run(RunChart),
    /// From one total to another, step by step.
    Waterfall(Waterfall),
    /// A number with its interval for each of rows x columns.
    HeatMap(HeatMap),
    /// Bars from zero, with intervals, one or several in each row.
    Bars(Bars),
    /// What a row of changes does to an outcome, from one end to the other.
    Tornado(Tornado),
    /// Dots with intervals beside a line at nothing.
    Dots(Dots),
    /// Points with intervals in both directions.
    Scatter(Scatter),
    /// An outcome along a number that is moved.
    Curve(Curve),
}

/// Lines with bands over the weeks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weeks {
    /// What is measured upwards.
    pub measure: Measure,
    /// Panels on the same axes.
    pub panels: Vec<Panel>,
    /// Stretches of time with a name, in order.
    pub phases: Vec<Phase>,
    /// What happened when.
    pub events: Vec<Event>,
    /// Whether the axis must hold zero.
    pub from_zero: bool,
}

/// One drawing of several on the same axes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Panel {
    /// What it is about, a few words; empty for a single panel.
    pub title: String,
    /// The lines, the most important last.
    pub lines: Vec<Line>,
}

/// A line with bands around it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it is, two or three words, written at its end.
    pub label: String,
    /// What it stands for.
    pub role: Role,
    /// A number for each week; NaN where there is none.
    pub values: Vec<f64>,
    /// Bands, the widest first.
    pub bands: Vec<Band>,
}

/// A band between two lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// What lies between, e.g. `90 % of runs`.
    pub label: String,
    /// Lower line, a number for each week.
    pub low: Vec<f64>,
    /// Upper line.
    pub high: Vec<f64>,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Its name, a word or two.
    pub label: String,
    /// First week.
    pub from: usize,
    /// First week after it.
    pub to: usize,
    /// Whether it is set off from the others: the weeks of support.
    pub shaded: bool,
}

/// Something that happens in one week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub week: usize,
    /// What, two or three words.
    pub label: String,
}

/// How many of something have which value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histogram {
    /// What is measured.
    pub measure: Measure,
    /// What is counted, e.g. `units that had gained`.
    pub counted: String,
    /// Ends of the bins: one more than there are bins. The first and last bin hold everything beyond as well.
    pub edges: Vec<f64>,
    /// Share of all in each bin.
    pub shares: Vec<f64>,
    /// How many were counted in all.
    pub total: u64,
    /// Where the meaning turns: bins below stand for loss, those above for gain.
    pub turns_at: f64,
    /// Places worth a word.
    pub marks: Vec<Mark>,
}

/// A place on an axis worth a word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Where.
    pub at: f64,
    /// What is there, a few words.
    pub label: String,
}

/// A run chart with control limits, as improvement teams draw it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Control {
    /// What is counted.
    pub measure: Measure,
    /// How long each point lasts (weeks).
    pub weeks_a_point: usize,
    /// The points.
    pub points: Vec<ControlPoint>,
    /// Stretches of time, in weeks.
    pub phases: Vec<Phase>,
    /// What happened when.
    pub events: Vec<Event>,
    /// What the other line is: the same place without the programme.
    pub other: String,
}

/// One point of a run chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlPoint {
    /// What was counted.
    pub value: f64,
    /// Centre line here.
    pub centre: f64,
    /// Lower control limit.
    pub lower: f64,
    /// Upper control limit.
    pub upper: f64,
    /// The rule that makes it a signal, in words; empty where there is none.
    pub signal: String,
    /// The same without the programme.
    pub other: f64,
}

/// From one total to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Waterfall {
    /// What is measured.
    pub measure: Measure,
    /// Totals and what lies between them, in order.
    pub steps: Vec<Step>,
}

/// A step of a waterfall.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it is, two or three words.
    pub label: String,
    /// The total, or the change to the last one, with its interval.
    pub estimate: Estimate,
    /// Whether this is a total, which stands on the ground.
    pub total: bool,
}

/// A number for each of rows x columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMap {
    /// What is measured in the cells.
    pub measure: Measure,
    /// What the rows are, a few words.
    pub row_label: String,
    /// What the columns are.
    pub column_label: String,
    /// Names of the rows, from the top.
    pub rows: Vec<String>,
    /// Names of the columns, from the left.
    pub columns: Vec<String>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<Estimate>>,
    /// Where colours turn from one to the other, for numbers that can be good or bad; none for a single colour.
    pub turns_at: Option<f64>,
    /// Cells with an outline around them: `outlined[row][column]`, empty for none.
    pub outlined: Vec<Vec<bool>>,
    /// What the outline means.
    pub outline: String,
}

/// Bars from zero.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bars {
    /// What is measured.
    pub measure: Measure,
    /// What each of the bars of a row is.
    pub parts: Vec<(String, Role)>,
    /// The rows, from the top.
    pub rows: Vec<BarRow>,
}

/// A row of bars.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarRow {
    /// What it is.
    pub label: String,
    /// A number for each part.
    pub estimates: Vec<Estimate>,
}

/// What changes do to an outcome, from one end to the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tornado {
    /// The outcome.
    pub measure: Measure,
    /// The outcome as it is.
    pub present: f64,
    /// The changes, from the top.
    pub rows: Vec<TornadoRow>,
}

/// One change and what it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TornadoRow {
    /// What is changed.
    pub label: String,
    /// What it is at the lower end, e.g. `0.2`.
    pub low_label: String,
    /// What it is at the upper end.
    pub high_label: String,
    /// The outcome there.
    pub low: Estimate,
    /// The outcome at the upper end.
    pub high: Estimate,
}

/// Dots with intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dots {
    /// What is measured.
    pub measure: Measure,
    /// Where nothing is, or what everything is compared with.
    pub reference: Option<Mark>,
    /// The dots, from the top.
    pub rows: Vec<Dot>,
    /// Ends beyond which the axis does not go: what lies there stands at the edge with an arrow. None for all there is.
    pub within: Option<(f64, f64)>,
    /// What each role stands for, in words; empty where that is said elsewhere.
    pub key: Vec<(String, Role)>,
    /// A stretch of the axis set off from the rest, behind all rows.
    pub shaded: Option<Shade>,
}

/// A stretch of an axis with a name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shade {
    /// Its lower end.
    pub from: f64,
    /// Its upper end.
    pub to: f64,
    /// What lies there, a word or two.
    pub label: String,
}

impl Dots {
    /// Dots on an axis that holds all of them, whose roles need no words.
    pub fn new(measure: Measure, reference: Option<Mark>, rows: Vec<Dot>) -> Self {
        Self { measure, reference, rows, within: None, key: Vec::new(), shaded: None }
    }
}

/// A dot with its interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dot {
    /// What it is.
    pub label: String,
    /// Where it is.
    pub estimate: Estimate,
    /// What it stands for.
    pub role: Role,
    /// What is written beside it, a few words; empty for nothing.
    pub note: String,
}

/// Points in a plane.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scatter {
    /// What is measured to the right.
    pub across: Measure,
    /// What is measured upwards.
    pub up: Measure,
    /// The points.
    pub points: Vec<Point>,
}

/// A point with its intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// What it is, written beside it.
    pub label: String,
    /// Where it is to the right; with NaN for ends where it is known.
    pub across: Estimate,
    /// Where it is upwards.
    pub up: Estimate,
    /// What it stands for.
    pub role: Role,
}

/// An outcome along a number that is moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// The number that is moved.
    pub across: Measure,
    /// The outcome.
    pub up: Measure,
    /// The lines.
    pub lines: Vec<CurveLine>,
    /// Single points behind the lines, without any order: where there are some the lines have no marks of their own.
    pub cloud: Vec<(f64, f64)>,
    /// Places worth a word, e.g. where the scenario is now.
    pub marks: Vec<Mark>,
}

/// A line of points with intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurveLine {
    /// What it is.
    pub label: String,
    /// What it stands for.
    pub role: Role,
    /// Number and outcome, from the left.
    pub points: Vec<(f64, Estimate)>,
}

/// A number known without doubt, where one with an interval is asked for.
pub fn exactly(value: f64) -> Estimate {
    Estimate { value, low: f64::NAN, high: f64::NAN, sd: f64::NAN, count: 0 }
}
