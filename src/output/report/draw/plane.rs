//! Points and lines in a plane.
use maud::{Markup, html};

use super::{
    Drawn, LETTER, NARROW, Plot, apart, area, axis_title, half_of_last, level_axis, line, lines_of, mark, paragraph,
    path, role,
    scale::{Scale, axis},
    tick_room, upright_axis, wide_bold, words,
};
use crate::{
    picture::{Curve, Measure, Scatter},
    stats::Estimate,
};

/// Every end of an estimate that is there.
fn ends(estimate: &Estimate) -> [f64; 3] {
    [estimate.value, estimate.low, estimate.high]
}

fn frame(
    width: f64,
    across: &[f64],
    up: &[f64],
    measures: (&Measure, &Measure),
    above: f64,
    room: f64,
) -> (Plot, Scale, Scale, Markup) {
    let (low, high, ticks) = axis(up.iter().copied(), true, 5);
    let left = tick_room(&ticks, measures.1.unit);
    let most = ((width - room - left) / 64.0) as usize;
    let (least, greatest, numbers) =
        axis(across.iter().copied(), measures.0.unit != crate::picture::Unit::Plain(""), most);
    let right = width - room.max(half_of_last(&numbers, measures.0.unit));
    let top = LETTER * 2.2 + above;
    let plot = Plot { left, right, top, bottom: top + if width > NARROW { 250.0 } else { 200.0 } };
    let y = Scale { low, high, from: plot.bottom, to: plot.top };
    let x = Scale { low: least, high: greatest, from: plot.left, to: plot.right };
    let axes = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(measures.1)))
        (upright_axis(plot, &y, &ticks, measures.1))
        (level_axis(plot, &x, &numbers, measures.0))
        (line(plot.left, plot.bottom, plot.right, plot.bottom, "base"))
    };
    (plot, x, y, axes)
}

pub fn scatter(scatter: &Scatter, width: f64) -> Drawn {
    let across: Vec<f64> = scatter.points.iter().flat_map(|point| ends(&point.across)).collect();
    let up: Vec<f64> = scatter.points.iter().flat_map(|point| ends(&point.up)).collect();
    let (plot, x, y, axes) = frame(width, &across, &up, (&scatter.across, &scatter.up), 0.0, 0.0);
    let placed: Vec<(f64, f64)> =
        scatter.points.iter().map(|point| (x.held(point.across.value), y.held(point.up.value))).collect();
    let lines = |at: f64, label: &str| {
        let room = (width - at - 9.0).max(at - width * 0.15);
        lines_of(label, room / 1.14).len() as f64
    };
    let heights: Vec<f64> =
        scatter.points.iter().zip(&placed).map(|(point, place)| lines(place.0, &point.label) * LETTER * 1.2).collect();
    // Names stay out of each other's way upwards, wherever they stand sideways: simple, and never on top of each other.
    let rows = apart(&placed.iter().map(|place| place.1).collect::<Vec<_>>(), &heights, plot.top - LETTER, plot.bottom);
    let body = html! {
        (axes)
        @for ((point, (at, height)), row) in scatter.points.iter().zip(&placed).zip(rows) {
            @if at.is_finite() && height.is_finite() {
                @if point.up.low.is_finite() { (line(*at, y.held(point.up.low), *at, y.held(point.up.high), &format!("whisker {}", role(point.role)))) }
                @if point.across.low.is_finite() { (line(x.held(point.across.low), *height, x.held(point.across.high), *height, &format!("whisker {}", role(point.role)))) }
                (mark(*at, *height, point.role))
                @let class = format!("name {}", role(point.role));
                @let (right, left) = (width - at - 9.0, at - plot.left - 9.0);
                @let length = wide_bold(&point.label);
                // To the right if it fits, else to the left, else broken into lines where there is more room.
                @let (from, anchor, room) = if length <= right || (length > left && right >= left) { (at + 9.0, "start", right) } else { (at - 9.0, "end", left) };
                @let pieces = lines_of(&point.label, room / 1.14);
                (paragraph(from, row + LETTER * 0.35 - (pieces.len() as f64 - 1.0) * LETTER * 0.57, anchor, &class, &pieces))
            }
        }
    };
    Drawn { height: plot.bottom + LETTER * 3.2, body }
}

pub fn curve(curve: &Curve, width: f64) -> Drawn {
    let points = || curve.lines.iter().flat_map(|line| &line.points);
    let across: Vec<f64> = points().map(|point| point.0).chain(curve.marks.iter().map(|mark| mark.at)).collect();
    let across: Vec<f64> = across.into_iter().chain(curve.cloud.iter().map(|point| point.0)).collect();
    let up: Vec<f64> =
        points().flat_map(|point| ends(&point.1)).chain(curve.cloud.iter().map(|point| point.1)).collect();
    let named = curve.lines.len() > 1;
    let names: Vec<Vec<String>> =
        curve.lines.iter().map(|line| if named { lines_of(&line.label, width * 0.24) } else { vec![] }).collect();
    let room = names.iter().flatten().map(|name| wide_bold(name)).fold(0.0, f64::max) + 10.0;
    let (plot, x, y, axes) = frame(
        width,
        &across,
        &up,
        (&curve.across, &curve.up),
        if curve.marks.is_empty() { 0.0 } else { LETTER * 1.3 },
        room,
    );
    let heights: Vec<f64> = names.iter().map(|name| name.len() as f64 * LETTER * 1.15 + 3.0).collect();
    let last: Vec<f64> =
        curve.lines.iter().map(|line| line.points.last().map_or(f64::NAN, |point| y.held(point.1.value))).collect();
    let rows = apart(&last, &heights, plot.top - LETTER, plot.bottom);
    let body = html! {
        (axes)
        @for mark in &curve.marks {
            @let at = x.held(mark.at);
            (line(at, plot.top - 4.0, at, plot.bottom, "event"))
            (words(at, plot.top - 7.0, if at > (plot.left + plot.right) / 2.0 { "end" } else { "start" }, "event-name", &mark.label))
        }
        @for (at, value) in &curve.cloud {
            @if at.is_finite() && value.is_finite() { circle cx=(super::place(x.at(*at))) cy=(super::place(y.at(*value))) r="2" class="mark neutral" {} }
        }
        @for line in &curve.lines {
            @let xs: Vec<f64> = line.points.iter().map(|point| x.at(point.0)).collect();
            @let of = |pick: fn(&Estimate) -> f64| line.points.iter().map(|point| y.at(pick(&point.1))).collect::<Vec<f64>>();
            path d=(area(&xs, &of(|estimate| estimate.low), &of(|estimate| estimate.high))) class=(format!("band band1 {}", role(line.role))) {}
            path d=(path(xs.iter().copied().zip(of(|estimate| estimate.value)))) class=(format!("curve {}", role(line.role))) {}
            @for (at, height) in xs.iter().zip(of(|estimate| estimate.value)) {
                @if height.is_finite() && curve.cloud.is_empty() { (mark(*at, height, line.role)) }
            }
        }
        @if named {
            @for ((line, name), (row, height)) in curve.lines.iter().zip(&names).zip(rows.iter().zip(&heights)) {
                @if row.is_finite() { (paragraph(plot.right + 8.0, row - height / 2.0 + LETTER * 1.02, "start", &format!("name {}", role(line.role)), name)) }
            }
        }
    };
    Drawn { height: plot.bottom + LETTER * 3.2, body }
}
