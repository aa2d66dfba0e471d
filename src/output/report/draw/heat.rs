//! A number with its interval for each of rows x columns. Tints stay light, so that words in them can be read.
use maud::html;

use super::{Drawn, LETTER, axis_title, line, lines_of, paragraph, scale::number, wide, words};
use crate::{
    phrase::{Change, change::SMALLEST},
    picture::{HeatMap, Unit},
    stats::Estimate,
};

/// Darkest tint.
const DARKEST: f64 = 0.62;

/// Small letters against the others.
const SMALL: f64 = 0.84;

pub fn draw(map: &HeatMap, width: f64) -> Drawn {
    let room = map.rows.iter().map(|name| wide(name)).fold(0.0, f64::max).min(width * 0.28) + 8.0;
    let left = room + if map.row_label.is_empty() { 0.0 } else { LETTER * 1.5 };
    let count = map.columns.len().max(1) as f64;
    let heads: Vec<Vec<String>> = map.columns.iter().map(|name| lines_of(name, (width - left) / count - 4.0)).collect();
    let slanted = heads.iter().flatten().any(|piece| wide(piece) > (width - left) / count - 2.0);
    // The slanted name of the last column leans out of the map.
    let lean = map.columns.last().filter(|_| slanted).map_or(0.0, |name| wide(name) * 0.72);
    let each = (width - left - 1.0 - lean) / (count - if lean > 0.0 { 0.5 } else { 0.0 }).max(1.0);
    let each = each.min((width - left - 1.0) / count);
    let head = if slanted {
        map.columns.iter().map(|name| wide(name)).fold(0.0, f64::max) * 0.72 + LETTER
    } else {
        heads.iter().map(Vec::len).max().unwrap_or(1) as f64 * LETTER * 1.15 + 6.0
    };
    let top = LETTER * 3.2 + head;
    let names: Vec<Vec<String>> = map.rows.iter().map(|name| lines_of(name, room - 6.0)).collect();
    let tallest = names.iter().map(Vec::len).max().unwrap_or(1) as f64 * LETTER * 1.15 + 6.0;
    let tall = if each > 56.0 { 40f64 } else { 29.0 }.max(tallest);
    let values = || map.cells.iter().flatten().map(|cell| cell.value).filter(|value| value.is_finite());
    let turn = map.turns_at.unwrap_or_else(|| values().fold(f64::INFINITY, f64::min));
    let furthest = values().map(|value| (value - turn).abs()).fold(0.0, f64::max);
    // All cells speak alike: with intervals, with numbers, or by tint alone, as far as there is room.
    let widest = |text: &dyn Fn(&Estimate) -> String| {
        map.cells
            .iter()
            .flatten()
            .filter(|cell| cell.value.is_finite())
            .map(|cell| wide(&text(cell)))
            .fold(0.0, f64::max)
    };
    let value = widest(&|cell| cell_words(cell, map));
    let (large, with_values) = (value * 1.1 < each, value * SMALL < each);
    let with_ranges = large && tall > 36.0 && widest(&|cell| interval(cell, map.measure.unit)) * SMALL < each;
    let bottom = top + tall * map.rows.len() as f64;
    let outlined = |row: isize, column: isize| {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else { return false };
        map.outlined.get(row).and_then(|row| row.get(column)) == Some(&true)
    };
    let meaning = lines_of(&map.outline, width - left - LETTER * 1.9);
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&map.measure)))
        (words(left + (width - left) / 2.0, LETTER * 2.5, "middle", "axis", &map.column_label))
        @if !map.row_label.is_empty() {
            text class="axis" text-anchor="middle" transform=(format!("translate({} {}) rotate(-90)", LETTER, super::place((top + bottom) / 2.0))) { (map.row_label) }
        }
        @for (column, name) in heads.iter().enumerate() {
            @let x = left + (column as f64 + 0.5) * each;
            @if slanted {
                text class="tick" transform=(format!("translate({} {}) rotate(-45)", super::place(x), super::place(top - 5.0))) { (map.columns[column]) }
            } @else {
                (paragraph(x, top - 6.0 - (name.len() - 1) as f64 * LETTER * 1.15, "middle", "tick", name))
            }
        }
        @for (row, (name, cells)) in names.iter().zip(&map.cells).enumerate() {
            @let y = top + row as f64 * tall;
            (paragraph(left - 6.0, y + tall / 2.0 + LETTER * 0.35 - (name.len() - 1) as f64 * LETTER * 0.57, "end", "tick", name))
            @for (column, cell) in cells.iter().enumerate() {
                @let x = left + column as f64 * each;
                @let tint = if furthest > 0.0 { ((cell.value - turn).abs() / furthest).min(1.0) * DARKEST } else { 0.0 };
                @if cell.value.is_finite() {
                    rect x=(super::place(x + 0.5)) y=(super::place(y + 0.5)) width=(super::place(each - 1.0)) height=(super::place(tall - 1.0))
                        class=(if cell.value < turn { "cell loss" } else { "cell gain" }) fill-opacity=(format!("{:.2}", tint.max(0.03))) {}
                }
                @if cell.value.is_finite() {
                    @let (value, range) = (cell_words(cell, map), interval(cell, map.measure.unit));
                    @if with_ranges && !range.is_empty() {
                        (words(x + each / 2.0, y + tall / 2.0 - 1.0, "middle", "value", &value))
                        (words(x + each / 2.0, y + tall / 2.0 + LETTER * 1.05, "middle", "small", &range))
                    } @else if with_values {
                        (words(x + each / 2.0, y + tall / 2.0 + LETTER * 0.35, "middle", if large { "value" } else { "small" }, &value))
                    }
                }
            }
        }
        @for row in 0..=map.rows.len() as isize {
            @for column in 0..=map.columns.len() as isize {
                @let (x, y) = (left + column as f64 * each, top + row as f64 * tall);
                @let here = outlined(row, column);
                @if here != outlined(row - 1, column) { (line(x, y, x + each, y, "outline")) }
                @if here != outlined(row, column - 1) { (line(x, y, x, y + tall, "outline")) }
            }
        }
        @if !map.outline.is_empty() && map.outlined.iter().flatten().any(|inside| *inside) {
            (super::rectangle(left, bottom + LETTER * 0.8, LETTER * 1.4, LETTER, "frame"))
            (paragraph(left + LETTER * 1.9, bottom + LETTER * 1.68, "start", "tick", &meaning))
        }
    };
    let legend = if map.outline.is_empty() { 0.0 } else { LETTER * (0.85 + 1.15 * meaning.len() as f64) };
    Drawn { height: bottom + 4.0 + legend, body }
}

/// The number; in brackets where it cannot be told from where colours turn.
fn cell_words(cell: &Estimate, map: &HeatMap) -> String {
    let text = number(cell.value, map.measure.unit);
    match map.turns_at {
        Some(turn) if !is_told(cell, turn, map.measure.unit) => format!("({text})"),
        _ => text,
    }
}

/// Whether a number can be told from `turn` as it is shown: what titles call clear. One run without an interval is shown bare.
fn is_told(cell: &Estimate, turn: f64, unit: Unit) -> bool {
    let smallest = if matches!(unit, Unit::Points | Unit::Share | Unit::Hundredths(_)) { SMALLEST } else { 0.0 };
    let apart = Estimate { value: cell.value - turn, low: cell.low - turn, high: cell.high - turn, ..*cell };
    !matches!(Change::beyond(apart, smallest), Change::Unclear | Change::Nothing)
}

fn interval(cell: &Estimate, unit: Unit) -> String {
    if cell.low.is_finite() {
        format!("{} to {}", number(cell.low, unit), number(cell.high, unit))
    } else {
        String::new()
    }
}
