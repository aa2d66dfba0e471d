//! Rows with a name to the left: bars, tornadoes, dots.
use maud::{Markup, html};

use super::{
    Drawn, LETTER, NARROW, Plot, half_of_last, level_axis, line, lines_of, mark, paragraph, rectangle, role,
    scale::{Scale, axis, number},
    wide, words,
};
use crate::{
    picture::{Bars, Dots, Measure, Tornado},
    stats::Estimate,
};

/// The frame of a picture in rows.
struct Frame {
    plot: Plot,
    x: Scale,
    /// Lines of each name, and the middle of its row.
    rows: Vec<(Vec<String>, f64)>,
    axes: Markup,
}

/// Rows at least `least` high, for `names`, over `values`.
fn frame(
    width: f64,
    names: &[&str],
    values: &[f64],
    from_zero: bool,
    measure: &Measure,
    least: f64,
    above: f64,
) -> Frame {
    let share = if width > NARROW { 0.38 } else { 0.36 };
    let lines: Vec<Vec<String>> = names.iter().map(|name| lines_of(name, width * share - 10.0)).collect();
    let left = lines.iter().flatten().map(|name| wide(name)).fold(0.0, f64::max).min(width * share) + 12.0;
    let (low, high, ticks) = axis(values.iter().copied(), from_zero, ((width - left) / 74.0) as usize);
    let (plot_left, plot_right) = (left, width - half_of_last(&ticks, measure.unit).max(14.0));
    let x = Scale { low, high, from: plot_left, to: plot_right };
    let mut bottom = above;
    let rows = lines.into_iter().map(|name| {
        let height = (name.len() as f64 * LETTER * 1.15 + 10.0).max(least);
        bottom += height;
        (name, bottom - height / 2.0)
    });
    let rows: Vec<_> = rows.collect();
    let plot = Plot { left: plot_left, right: plot_right, top: above, bottom };
    let axes = html! {
        (level_axis(plot, &x, &ticks, measure))
        @for (name, middle) in &rows {
            (paragraph(left - 10.0, middle + LETTER * 0.35 - (name.len() as f64 - 1.0) * LETTER * 0.57, "end", "row", name))
        }
    };
    Frame { plot, x, rows, axes }
}

/// What stands at the bottom: numbers and title of the axis.
const BELOW: f64 = LETTER * 3.2;

fn ends(estimate: &Estimate) -> [f64; 3] {
    [estimate.value, estimate.low, estimate.high]
}

fn whisker(x: &Scale, estimate: &Estimate, y: f64, class: &str) -> Markup {
    html! {
        @if estimate.low.is_finite() {
            (line(x.held(estimate.low), y, x.held(estimate.high), y, &format!("whisker {class}")))
            @for end in [estimate.low, estimate.high] { (line(x.held(end), y - 3.0, x.held(end), y + 3.0, &format!("whisker {class}"))) }
        }
    }
}

pub fn bars(bars: &Bars, width: f64) -> Drawn {
    let names: Vec<&str> = bars.rows.iter().map(|row| row.label.as_str()).collect();
    let values: Vec<f64> = bars.rows.iter().flat_map(|row| row.estimates.iter().flat_map(ends)).collect();
    let thick = if bars.parts.len() > 1 { 9.0 } else { 13.0 };
    let (marks, rows_of_key) = key(&bars.parts, width);
    let legend = if bars.parts.len() > 1 { LETTER * (0.5 + 1.5 * rows_of_key as f64) } else { LETTER * 0.5 };
    let Frame { plot, x, rows, axes } =
        frame(width, &names, &values, true, &bars.measure, bars.parts.len() as f64 * (thick + 2.0) + 8.0, legend);
    let body = html! {
        (axes)
        @if bars.parts.len() > 1 { (marks) }
        @for (row, (_, middle)) in bars.rows.iter().zip(&rows) {
            @for (part, (estimate, (_, kind))) in row.estimates.iter().zip(&bars.parts).enumerate() {
                @let y = middle + (part as f64 - (bars.parts.len() as f64 - 1.0) / 2.0) * (thick + 2.0);
                @let (from, to) = (x.held(0.0).min(x.held(estimate.value)), x.held(0.0).max(x.held(estimate.value)));
                @if estimate.value.is_finite() { (rectangle(from, y - thick / 2.0, to - from, thick, &format!("bar {}", role(*kind)))) }
                (whisker(&x, estimate, y, "ink"))
            }
        }
        (line(x.held(0.0), plot.top, x.held(0.0), plot.bottom, "base"))
    };
    Drawn { height: plot.bottom + BELOW, body }
}

/// What each of several bars of a row is, in as many rows as it takes.
fn key(parts: &[(String, crate::picture::Role)], width: f64) -> (Markup, usize) {
    let (mut at, mut row) = (0.0, 0usize);
    let mut placed = Vec::new();
    for (name, kind) in parts {
        let length = wide(name) + 34.0;
        if at > 0.0 && at + length - 15.0 > width {
            (at, row) = (0.0, row + 1);
        }
        placed.push((name, *kind, at, row as f64 * LETTER * 1.5));
        at += length;
    }
    // In the middle where one row holds all.
    let shift = if row == 0 { (width - at).max(0.0) / 2.0 } else { 0.0 };
    let drawn = html! {
        @for (name, kind, at, y) in &placed {
            (rectangle(at + shift, y + 2.0, 14.0, 9.0, &format!("bar {}", role(*kind))))
            (words(at + shift + 19.0, y + LETTER * 0.92, "start", "tick", name))
        }
    };
    (drawn, row + 1)
}

pub fn tornado(tornado: &Tornado, width: f64) -> Drawn {
    let names: Vec<&str> = tornado.rows.iter().map(|row| row.label.as_str()).collect();
    let values: Vec<f64> = tornado
        .rows
        .iter()
        .flat_map(|row| ends(&row.low).into_iter().chain(ends(&row.high)))
        .chain([tornado.present])
        .collect();
    // Air to either side, for what stands at the ends of the bars.
    let ends = values.iter().filter(|value| value.is_finite());
    let (least, most) =
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(*end), high.max(*end)));
    let values: Vec<f64> =
        values.iter().copied().chain([least - 0.08 * (most - least), most + 0.08 * (most - least)]).collect();
    let Frame { plot, x, rows, axes } = frame(width, &names, &values, false, &tornado.measure, 32.0, LETTER * 1.6);
    let ground = x.held(tornado.present);
    let body = html! {
        (axes)
        @for (row, (_, middle)) in tornado.rows.iter().zip(&rows) {
            @for (estimate, label, class, y) in [(&row.low, &row.low_label, "bar choice0", middle - 5.5), (&row.high, &row.high_label, "bar choice1", middle + 5.5)] {
                @let at = x.held(estimate.value);
                @if at.is_finite() {
                    (rectangle(ground.min(at), y - 5.0, (at - ground).abs(), 10.0, class))
                    (whisker(&x, estimate, y, "ink"))
                    @let reach = if at < ground { x.held(if estimate.low.is_finite() { estimate.low } else { estimate.value }) } else { x.held(if estimate.high.is_finite() { estimate.high } else { estimate.value }) };
                    @let room = wide(label) * 0.85 + 6.0;
                    @if at < ground && reach - room > plot.left { (words(reach - 5.0, y + LETTER * 0.3, "end", "small", label)) }
                    @else if at >= ground && reach + room < plot.right + 12.0 { (words(reach + 5.0, y + LETTER * 0.3, "start", "small", label)) }
                }
            }
        }
        (line(ground, plot.top - 2.0, ground, plot.bottom, "base"))
        (words(ground, plot.top - 6.0, "middle", "event-name", &format!("as it is: {}", number(tornado.present, tornado.measure.unit))))
    };
    Drawn { height: plot.bottom + BELOW, body }
}

pub fn dots(dots: &Dots, width: f64) -> Drawn {
    let names: Vec<&str> = dots.rows.iter().map(|row| row.label.as_str()).collect();
    let reference = dots.reference.iter().map(|mark| mark.at);
    let inside = |value: &f64| dots.within.is_none_or(|(low, high)| (low..=high).contains(value));
    let limits = dots.within.iter().flat_map(|(low, high)| [*low, *high]);
    let limits = limits.chain(dots.shaded.iter().flat_map(|shade| [shade.from, shade.to]));
    let values: Vec<f64> =
        dots.rows.iter().flat_map(|row| ends(&row.estimate)).chain(reference).filter(inside).chain(limits).collect();
    let (marks, rows_of_key) = dot_key(dots, width);
    let head = if dots.reference.is_some() || dots.shaded.is_some() { LETTER * 1.6 } else { LETTER * 0.5 };
    let above = head + rows_of_key as f64 * LETTER * 1.5;
    let Frame { plot, x, rows, axes } = frame(width, &names, &values, false, &dots.measure, 26.0, above);
    let body = html! {
        (marks)
        @if let Some(shade) = &dots.shaded {
            @let (from, to) = (x.held(shade.from), x.held(shade.to));
            (rectangle(from, plot.top, to - from, plot.bottom - plot.top, "support"))
            @for end in [from, to] { (line(end, plot.top, end, plot.bottom, "limit")) }
            (words((from + to) / 2.0, plot.top - 6.0, "middle", "event-name", &shade.label))
        }
        (axes)
        @if let Some(reference) = &dots.reference {
            (line(x.held(reference.at), plot.top - 2.0, x.held(reference.at), plot.bottom, "base"))
            @let at = x.held(reference.at);
            @let (from, to) = (wide(&reference.label) / 2.0, width - wide(&reference.label) / 2.0);
            (words(if from < to { at.clamp(from, to) } else { at }, plot.top - 6.0, "middle", "event-name", &reference.label))
        }
        @for (row, (_, middle)) in dots.rows.iter().zip(&rows) {
            @let at = x.held(row.estimate.value);
            (whisker(&x, &row.estimate, *middle, &role(row.role)))
            @if !row.estimate.value.is_nan() {
                (mark(at, *middle, row.role))
                @if row.estimate.value > x.high { (arrow(at, *middle, 1.0, &role(row.role))) }
                @if row.estimate.value < x.low { (arrow(at, *middle, -1.0, &role(row.role))) }
            }
            @if !row.note.is_empty() { (note(&row.note, &row.estimate, &x, plot, *middle)) }
        }
    };
    Drawn { height: plot.bottom + BELOW, body }
}

/// What lies beyond the edge: an arrowhead beside the mark.
fn arrow(at: f64, y: f64, way: f64, class: &str) -> Markup {
    html! {
        (line(at + way * 5.5, y - 3.5, at + way * 8.5, y, &format!("whisker {class}")))
        (line(at + way * 5.5, y + 3.5, at + way * 8.5, y, &format!("whisker {class}")))
    }
}

/// Words beside a dot: behind its interval where there is room, before it where not.
fn note(text: &str, estimate: &Estimate, x: &Scale, plot: Plot, y: f64) -> Markup {
    let place = |end: f64, value: f64| if end.is_nan() { x.held(value) } else { x.held(end) };
    let (from, to) = (place(estimate.low, estimate.value), place(estimate.high, estimate.value));
    let (before, behind) = (from - 13.0, to + 13.0);
    let y = y + LETTER * 0.3;
    html! {
        @if behind + wide(text) * 0.85 <= plot.right + 10.0 { (words(behind, y, "start", "small beside", text)) }
        @else if before - wide(text) * 0.85 >= plot.left { (words(before, y, "end", "small beside", text)) }
    }
}

/// What the shapes mean, in as many rows as it takes.
fn dot_key(dots: &Dots, width: f64) -> (Markup, usize) {
    let (mut at, mut row) = (6.0, 0usize);
    let mut placed = Vec::new();
    for (name, kind) in &dots.key {
        let length = wide(name) + 34.0;
        if at > 6.0 && at + length > width {
            (at, row) = (6.0, row + 1);
        }
        placed.push((name, *kind, at, row as f64 * LETTER * 1.5 + LETTER * 0.7));
        at += length;
    }
    let drawn = html! {
        @for (name, kind, at, y) in &placed {
            (mark(*at, *y, *kind))
            (words(at + 10.0, y + LETTER * 0.35, "start", "tick", name))
        }
    };
    (drawn, if placed.is_empty() { 0 } else { row + 1 })
}
