//! Points in time of somebody's own, with centre and limits, and what a scenario gives beside them.
use maud::{Markup, html};

use super::{
    Drawn, LETTER, NARROW, Plot, apart, area, axis_title, event_names, event_rows, line, path, phase_names, place,
    scale::{Scale, axis, number},
    stretches, tick_room, upright_axis, wide, wide_bold, words,
};
use crate::picture::{Event, Phase, RunChart, RunPoint};

pub fn draw(run: &RunChart, width: f64) -> Drawn {
    let of_points = run.points.iter().flat_map(|point| [point.value, point.lower, point.centre, point.upper]);
    let beside = run.beside.iter().flat_map(|beside| beside.low.iter().chain(&beside.high).copied());
    let (low, high, ticks) = axis(of_points.chain(beside), run.from_zero, 5);
    let last = run.points.last();
    // At a gap at the end nobody knows how far limits would reach.
    let named = run.points.iter().rev().find(|point| point.value.is_finite()).or(last);
    let ends: Vec<(&str, f64)> = named.map_or_else(Vec::new, |point| {
        let all = [("upper limit", point.upper), (run.centre.as_str(), point.centre), ("lower limit", point.lower)];
        all.into_iter().filter(|(_, value)| value.is_finite()).collect()
    });
    let room = ends.iter().map(|(name, _)| wide_bold(name)).fold(0.0, f64::max) + 10.0;
    let (left, right) = (tick_room(&ticks, run.measure.unit), width - room);
    let first = run.points.first().map_or(0.0, |point| point.at);
    let length = last.map_or(1.0, |point| point.at - first).max(1e-9);
    // Half a point of air at both ends.
    let air = length / run.points.len().max(2) as f64 / 2.0;
    let x = Scale { low: -air, high: length + air, from: left, to: right };
    // Places in whole steps of the axis, as events and stretches have them.
    let fine = Scale { low: 0.0, high: FINE, from: left, to: right };
    let step = |at: f64| ((at - first + air) / (length + 2.0 * air) * FINE).round().clamp(0.0, FINE) as usize;
    let events: Vec<Event> =
        run.events.iter().map(|(at, label)| Event { week: step(*at), label: label.clone() }).collect();
    let (rows, count) = event_rows(&events, &fine);
    let has_names = run.parts.iter().any(|part| !part.label.is_empty());
    let top = LETTER * if has_names { 3.4 } else { 2.2 } + count as f64 * LETTER * 1.3;
    let height = if width > NARROW { 250.0 } else { 200.0 };
    let plot = Plot { left, right, top, bottom: top + height };
    let y = Scale { low, high, from: plot.bottom, to: plot.top };
    let xs: Vec<f64> = run.points.iter().map(|point| x.at(point.at - first)).collect();
    let ys = |of: fn(&RunPoint) -> f64| run.points.iter().map(|point| y.at(of(point))).collect::<Vec<f64>>();
    let begins = |part: &Phase| {
        let between = |place: usize| match place {
            0 => -air,
            _ => (run.points[place - 1].at + run.points[place].at) / 2.0 - first,
        };
        let end = if part.to < run.points.len() { between(part.to) } else { length + air };
        Phase { from: step(first + between(part.from)), to: step(first + end), ..part.clone() }
    };
    let phases: Vec<Phase> = run.parts.iter().filter(|part| part.from < run.points.len()).map(begins).collect();
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&run.measure)))
        (stretches(plot, &phases, &events, &fine))
        (upright_axis(plot, &y, &ticks, &run.measure))
        @if let Some(beside) = &run.beside {
            @let held = |values: &[f64]| values.iter().map(|value| y.at(*value)).collect::<Vec<f64>>();
            path d=(area(&xs, &held(&beside.low), &held(&beside.high))) class="band reported band0" {}
            path d=(path(xs.iter().copied().zip(held(&beside.middle)))) class="curve thin reported" {}
        }
        @for part in &run.parts {
            path d=(steps(run, part, &xs, &ys(|point| point.upper), plot)) class="limit" {}
            path d=(steps(run, part, &xs, &ys(|point| point.lower), plot)) class="limit" {}
            path d=(steps(run, part, &xs, &ys(|point| point.centre), plot)) class="centre" {}
        }
        path d=(path(xs.iter().copied().zip(ys(|point| point.value)))) class="curve thin with" {}
        @for (point, at) in run.points.iter().zip(&xs) { (mark(point, *at, y.at(point.value))) }
        (times(run, plot, &xs))
        (phase_names(plot, &phases, &fine))
        (event_names(plot, &events, &rows, &fine, plot.top - if has_names { LETTER * 1.8 } else { LETTER * 0.6 }))
        (end_names(run, &ends, &y, plot))
        (key(run, plot, plot.bottom + LETTER * 3.1, width))
    };
    let rows_of_key = key_rows(run, plot.left, width);
    Drawn { height: plot.bottom + LETTER * 3.6 + (rows_of_key - 1) as f64 * LETTER * 1.5, body }
}

/// Steps into which the axis of time is cut for what stands in whole steps.
const FINE: f64 = 100_000.0;

/// A line that is level around each point of a part, and steps halfway between two.
fn steps(run: &RunChart, part: &Phase, xs: &[f64], ys: &[f64], plot: Plot) -> String {
    let places = part.from..part.to.min(run.points.len());
    let end = |place: usize, other: Option<f64>, edge: f64| other.map_or(edge, |other| (xs[place] + other) / 2.0);
    let corners = places.flat_map(|place| {
        let before = place.checked_sub(1).map(|before| xs[before]);
        let after = xs.get(place + 1).copied();
        [(end(place, before, plot.left), ys[place]), (end(place, after, plot.right), ys[place])]
    });
    path(corners)
}

fn mark(point: &RunPoint, x: f64, y: f64) -> Markup {
    html! {
        @if y.is_finite() {
            @if point.left_out {
                circle cx=(place(x)) cy=(place(y)) r="3.4" class="left-out" {}
            } @else if point.signal.is_empty() {
                circle cx=(place(x)) cy=(place(y)) r="2.6" class="mark with" {}
            } @else {
                circle cx=(place(x)) cy=(place(y)) r="5.5" class="signal" {}
                circle cx=(place(x)) cy=(place(y)) r="2.6" class="mark loss" {}
            }
        }
    }
}

/// The axis of time: as many names of times as fit, evenly spaced by points.
fn times(run: &RunChart, plot: Plot, xs: &[f64]) -> Markup {
    let widest = run.points.iter().map(|point| wide(&point.time)).fold(0.0, f64::max) + 14.0;
    let fits = |every: usize| {
        let shown: Vec<f64> = xs.iter().copied().step_by(every).collect();
        shown.windows(2).all(|pair| pair[1] - pair[0] >= widest)
    };
    let every = [1, 2, 3, 4, 6, 12]
        .into_iter()
        .chain((24..).step_by(12))
        .take(600)
        .find(|every| fits(*every))
        .unwrap_or(xs.len().max(1));
    html! {
        (line(plot.left, plot.bottom, plot.right, plot.bottom, "base"))
        @for (place, (point, x)) in run.points.iter().zip(xs).enumerate().step_by(every) {
            (line(*x, plot.bottom, *x, plot.bottom + 4.0, "base"))
            @let text = if place == 0 && !run.times.is_empty() { format!("{} {}", run.times, point.time) } else { point.time.clone() };
            // What would leave the picture begins at its edge.
            @let half = wide(&text) / 2.0;
            @if x - half < 0.0 { (words(0.0, plot.bottom + LETTER * 1.45, "start", "tick", &text)) }
            @else { (words(*x, plot.bottom + LETTER * 1.45, "middle", "tick", &text)) }
        }
    }
}

/// Names and numbers of the lines at their right ends.
fn end_names(run: &RunChart, ends: &[(&str, f64)], y: &Scale, plot: Plot) -> Markup {
    let places: Vec<f64> = ends.iter().map(|(_, value)| y.at(*value)).collect();
    let moved = apart(&places, &vec![LETTER * 2.4; ends.len()], plot.top - LETTER, plot.bottom + LETTER);
    html! {
        @for ((name, value), at) in ends.iter().zip(&moved) {
            (words(plot.right + 6.0, at - LETTER * 0.1, "start", "name neutral", name))
            (words(plot.right + 6.0, at + LETTER, "start", "tick", &number(*value, run.measure.unit)))
        }
    }
}

/// What the marks are: name and whether there is one.
fn marks(run: &RunChart) -> Vec<(&'static str, String)> {
    let mut marks = vec![("with", "a point".to_owned())];
    if run.points.iter().any(|point| !point.signal.is_empty()) {
        marks.push(("loss", "part of a special cause".into()));
    }
    if run.points.iter().any(|point| point.left_out) {
        marks.push(("left-out", "shown, counts in nothing".into()));
    }
    if let Some(beside) = &run.beside {
        marks.push(("reported", beside.label.clone()));
    }
    marks
}

/// Where each entry of the key stands: row and place, as many in a row as fit.
fn key_places(run: &RunChart, left: f64, width: f64) -> Vec<(usize, f64)> {
    let (mut row, mut at) = (0, left);
    marks(run)
        .iter()
        .map(|(_, name)| {
            let needs = 32.0 + wide_bold(name) + 14.0;
            if at > left && at + needs - 14.0 > width {
                (row, at) = (row + 1, left);
            }
            let here = (row, at);
            at += needs;
            here
        })
        .collect()
}

fn key_rows(run: &RunChart, left: f64, width: f64) -> usize {
    key_places(run, left, width).last().map_or(1, |(row, _)| row + 1)
}

fn key(run: &RunChart, plot: Plot, first: f64, width: f64) -> Markup {
    html! {
        @for ((kind, name), (row, x)) in marks(run).iter().zip(key_places(run, plot.left, width)) {
            @let y = first + row as f64 * LETTER * 1.5;
            @if *kind == "reported" {
                (super::rectangle(x, y - 6.0, 26.0, 12.0, "band reported band0"))
                (line(x, y, x + 26.0, y, "curve thin reported"))
            } @else {
                (line(x, y, x + 26.0, y, "curve thin with"))
                @if *kind == "loss" { circle cx=(place(x + 13.0)) cy=(place(y)) r="5.5" class="signal" {} }
                @if *kind == "left-out" { circle cx=(place(x + 13.0)) cy=(place(y)) r="3.4" class="left-out" {} }
                @else { circle cx=(place(x + 13.0)) cy=(place(y)) r="2.6" class=(format!("mark {kind}")) {} }
            }
            (words(x + 32.0, y + LETTER * 0.35, "start", if *kind == "reported" { "name reported" } else { "name neutral" }, name))
        }
    }
}
