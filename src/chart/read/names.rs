//! Names that people give to columns, without blanks, marks and capitals.

/// Columns of dates.
pub const DATE: &[&str] = &[
    "date",
    "month",
    "week",
    "day",
    "period",
    "quarter",
    "year",
    "time",
    "weekstarting",
    "weekcommencing",
    "weekbeginning",
    "weekending",
    "monthending",
    "monthstarting",
    "monthyear",
    "reportingperiod",
    "datum",
    "monat",
    "woche",
];
/// Columns of how often it was done.
pub const NUMERATOR: &[&str] = &[
    "numerator",
    "num",
    "r",
    "done",
    "compliant",
    "met",
    "yes",
    "success",
    "successes",
    "passed",
    "achieved",
    "numbercompliant",
    "numerators",
];
/// Columns of how often it should have been.
pub const DENOMINATOR: &[&str] = &[
    "denominator",
    "den",
    "denom",
    "n",
    "of",
    "outof",
    "total",
    "audited",
    "eligible",
    "opportunities",
    "observed",
    "seen",
    "sample",
    "samplesize",
    "audits",
    "observations",
    "denominators",
];
/// Columns of what happened.
pub const EVENTS: &[&str] =
    &["events", "event", "infections", "incidents", "falls", "harms", "cases", "count", "errors", "deaths"];
/// Columns of how much there was for it to happen in.
pub const EXPOSURE: &[&str] = &[
    "exposure",
    "days",
    "beddays",
    "occupiedbeddays",
    "patientdays",
    "riskdays",
    "devicedays",
    "catheterdays",
    "linedays",
    "ventilatordays",
    "admissions",
    "discharges",
];
/// Columns of plain values.
pub const VALUE: &[&str] = &[
    "value",
    "rate",
    "percent",
    "percentage",
    "compliance",
    "mean",
    "median",
    "average",
    "score",
    "result",
    "y",
    "measure",
];
