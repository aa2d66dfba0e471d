//! Numbers of a chart as they are said: what they are called, their unit, their digits.
use super::read::{Data, Measured};
use crate::phrase::thousands;

/// What is measured, with what it is measured for.
pub fn measure(data: &Data, factor: f64) -> String {
    match data.measured {
        Measured::Rate if factor == 1.0 => format!("{} for each of {}", data.name, data.over),
        Measured::Rate => format!("{} per {} {}", data.name, thousands(factor as u64), data.over),
        _ => data.name.clone(),
    }
}

/// The unit of its numbers; empty where that is in the name.
pub fn unit(data: &Data) -> &'static str {
    match data.measured {
        Measured::Proportion | Measured::Value(true) => "%",
        Measured::Between => "days",
        Measured::Rate | Measured::Count | Measured::Value(false) => "",
    }
}

/// A number of the chart.
pub fn number(data: &Data, value: f64) -> String {
    let size = value.abs();
    let text = match () {
        () if !value.is_finite() => return "none".into(),
        () if unit(data) == "%" => format!("{value:.1}"),
        () if size >= 1000.0 => {
            return format!("{}{}", if value < 0.0 { "-" } else { "" }, thousands(size.round() as u64));
        }
        () if size >= 100.0 => format!("{value:.0}"),
        () if size >= 10.0 => format!("{value:.1}"),
        () => format!("{value:.2}"),
    };
    let nothing = text.bytes().all(|letter| b"-0.".contains(&letter));
    let text = if nothing { text.replace('-', "") } else { text };
    match unit(data) {
        "" => text,
        unit => format!("{text} {unit}"),
    }
}

/// How far apart two numbers of the chart are: of percentages in points.
pub fn apart(data: &Data, by: f64) -> String {
    if unit(data) == "%" { format!("{:.1} points", by.abs()) } else { number(data, by.abs()) }
}
