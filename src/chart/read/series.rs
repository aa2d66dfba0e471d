//! Series from points: units apart or added up, in the order of time, with gaps where a time has no row.
use std::collections::BTreeMap;

use super::{
    MOST_UNITS, Measured, Point, Series, Wanted,
    file::Sheet,
    roles::{Roles, title},
};
use crate::{
    chart::day::{Day, Said, Step},
    phrase::{counted, listed},
};

/// The units that are wanted, or all of them as one.
pub(super) fn chosen(
    mut units: BTreeMap<String, Vec<Point>>,
    wanted: &Wanted,
    measured: Measured,
    notes: &mut Vec<String>,
) -> Result<Vec<Series>, String> {
    let names: Vec<String> = units.keys().map(|name| format!("\"{name}\"")).collect();
    if !wanted.only.is_empty() {
        if let Some(unknown) = wanted.only.iter().find(|name| !units.contains_key(name.trim())) {
            let there = if wanted.named.unit.is_empty() {
                "say which column holds the units with --unit COLUMN".into()
            } else {
                format!("the units are {}", some_of(&names))
            };
            return Err(format!("--only {unknown}: no such unit; {there}"));
        }
        units.retain(|name, _| wanted.only.iter().any(|only| only.trim() == name));
    }
    if wanted.together {
        if matches!(measured, Measured::Value(_)) {
            return Err("--together: plain values cannot be added up; give numerators and denominators".into());
        }
        let count = units.len() as u64;
        let points = if measured == Measured::Between {
            units.into_values().flatten().collect()
        } else {
            summed(units, measured)
        };
        notes.push(format!("All {} are added up.", counted(count, "unit")));
        return Ok(vec![Series { unit: String::new(), points }]);
    }
    if units.len() > MOST_UNITS {
        return Err(format!(
            "has {} units; {MOST_UNITS} are the most that are drawn: choose some with --only NAME, or add all up with --together",
            units.len()
        ));
    }
    Ok(units.into_iter().map(|(unit, points)| Series { unit, points }).collect())
}

/// The first few names as a list.
fn some_of(names: &[String]) -> String {
    let more = names.len().saturating_sub(12);
    let shown = listed(&names[..names.len() - more]);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// All units as one: what was counted and of how much, added up time by time; a gap of one is left out of both.
fn summed(units: BTreeMap<String, Vec<Point>>, measured: Measured) -> Vec<Point> {
    let mut sums: BTreeMap<Day, Point> = BTreeMap::new();
    for point in units.into_values().flatten() {
        let sum = sums.entry(point.at).or_insert(point);
        if sum.line == point.line || point.is_gap() {
            continue;
        }
        if sum.is_gap() {
            *sum = point;
        } else if measured == Measured::Count {
            (sum.count, sum.value) = (sum.count + point.count, sum.value + point.count);
        } else {
            (sum.count, sum.size) = (sum.count + point.count, sum.size + point.size);
            sum.value = sum.count / sum.size;
        }
    }
    sums.into_values().collect()
}

/// Days from each event to the one after it.
pub(super) fn between(mut series: Series, row: &str) -> Result<Series, String> {
    series.points.sort_by_key(|point| point.at);
    if let Some(pair) = series.points.windows(2).find(|pair| pair[0].at == pair[1].at) {
        return Err(format!(
            "{row}s {} and {} are on the same day, {}: the time between events cannot be 0; count events by week or month instead, in \
             a column \"events\"",
            pair[0].line,
            pair[1].line,
            Said::Day.of(pair[0].at)
        ));
    }
    let days = |pair: &[Point]| Point { size: 1.0, value: (pair[1].at - pair[0].at) as f64, ..pair[1] };
    let points: Vec<Point> = series.points.windows(2).map(days).collect();
    if points.is_empty() {
        return Err("has a single event: the time between events needs two".into());
    }
    Ok(Series { points, ..series })
}

/// Puts points into the order of time, and refuses two of one time.
pub(super) fn in_order(
    sheet: &Sheet,
    roles: &Roles,
    series: &mut [Series],
    said: Said,
    notes: &mut Vec<String>,
) -> Result<(), String> {
    let mut out_of_order = false;
    for Series { unit, points } in series {
        out_of_order |= points.windows(2).any(|pair| pair[1].at < pair[0].at);
        points.sort_by_key(|point| point.at);
        let Some(pair) = points.windows(2).find(|pair| pair[0].at == pair[1].at) else { continue };
        let whose = if unit.is_empty() { String::new() } else { format!(" of {unit}") };
        let texts = text_columns(sheet, roles);
        let help = if texts.is_empty() || !unit.is_empty() {
            "a unit has one point for each time: take one out".into()
        } else {
            format!(
                "if these are several units, say which column tells them apart: {}",
                texts.iter().map(|name| format!("--unit \"{name}\"")).collect::<Vec<_>>().join(" or ")
            )
        };
        return Err(format!(
            "{}s {} and {} are both {}{whose}; {help}",
            sheet.source.row(),
            pair[0].line,
            pair[1].line,
            said.named(pair[0].at)
        ));
    }
    if out_of_order {
        notes.push("Rows were not in the order of time and are sorted.".into());
    }
    Ok(())
}

/// Columns of words that come again and again: what units may be told apart by.
fn text_columns(sheet: &Sheet, roles: &Roles) -> Vec<String> {
    let used: Vec<usize> = roles.what.columns().into_iter().chain([roles.date]).collect();
    let free =
        (0..sheet.header.cells.len()).filter(|column| !used.contains(column) && !sheet.header.cell(*column).is_empty());
    let repeats = |column: &usize| {
        let mut cells: Vec<&str> =
            sheet.rows.iter().map(|row| row.cell(*column)).filter(|cell| !cell.is_empty()).collect();
        let all = cells.len();
        cells.sort_unstable();
        cells.dedup();
        cells.len() > 1 && cells.len() < all
    };
    free.filter(repeats).map(|column| title(sheet, column)).collect()
}

/// Puts a gap where a time has no row, as far as the rhythm of the dates tells.
pub(super) fn fill(series: &mut [Series], step: Step, said: Said, notes: &mut Vec<String>) {
    let (mut gaps, mut first) = (0_u64, String::new());
    for Series { points, .. } in series {
        let (Some(last), Some(mut at)) = (points.last().map(|point| point.at), points.first().map(|point| point.at))
        else {
            continue;
        };
        let mut filled = Vec::with_capacity(points.len());
        let mut given = points.iter().copied().peekable();
        // Whoever has ten times as many gaps as points has another rhythm than this.
        let most = points.len() * 10 + 12;
        while let Some(point) = given.peek().copied() {
            if point.at <= at || filled.len() >= most {
                filled.push(point);
                given.next();
            } else {
                filled.push(Point::gap(at, 0));
            }
            match step.next(at).filter(|next| *next > at && *next <= last) {
                Some(next) if filled.last().is_some_and(|last| last.at >= at) => at = next,
                _ => at = last,
            }
        }
        if filled.len() < most {
            *points = filled;
        }
        let own: Vec<Day> = points.iter().filter(|point| point.is_gap()).map(|point| point.at).collect();
        if first.is_empty()
            && let Some(day) = own.first()
        {
            first = said.named(*day);
        }
        gaps += own.len() as u64;
    }
    if gaps > 0 {
        let gaps = match gaps {
            1 => format!("A gap without a number: {first}."),
            2 => format!("Gaps without a number: {first} and a later time."),
            _ => format!("Gaps without a number: {first} and {} later times.", gaps - 1),
        };
        notes.push(format!("{gaps} No line is drawn across a gap."));
    }
}
