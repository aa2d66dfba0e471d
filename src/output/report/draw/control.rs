//! A run chart with control limits, as improvement teams draw it.
use maud::html;

use super::{
    Drawn, LETTER, NARROW, Plot, axis_title, event_names, event_rows, line, path, phase_names,
    scale::{Scale, axis, number},
    stretches, tick_room, upright_axis, week_axis, wide_bold, words,
};
use crate::picture::Control;

pub fn draw(control: &Control, width: f64) -> Drawn {
    let values = control.points.iter().flat_map(|point| [point.value, point.other, point.upper]);
    let (low, high, ticks) = axis(values, true, 5);
    let names = ["upper limit", "centre", "lower limit"];
    let room = names.iter().map(|name| wide_bold(name)).fold(0.0, f64::max) + 8.0;
    let left = tick_room(&ticks, control.measure.unit);
    let (plot_left, plot_right) = (left, width - room);
    let last = control.points.len() * control.weeks_a_point;
    let x = Scale { low: 0.0, high: last.max(1) as f64, from: plot_left, to: plot_right };
    let (rows, count) = event_rows(&control.events, &x);
    let top = LETTER * 3.4 + count as f64 * LETTER * 1.3;
    let plot =
        Plot { left: plot_left, right: plot_right, top, bottom: top + if width > NARROW { 220.0 } else { 180.0 } };
    let y = Scale { low, high, from: plot.bottom, to: plot.top };
    let middle = |at: usize| x.at((at as f64 + 0.5) * control.weeks_a_point as f64);
    let steps = |of: fn(&crate::picture::ControlPoint) -> f64| {
        let corners = control.points.iter().enumerate().flat_map(|(at, point)| {
            let (from, to) = (at * control.weeks_a_point, (at + 1) * control.weeks_a_point);
            [(x.at(from as f64), y.at(of(point))), (x.at(to as f64), y.at(of(point)))]
        });
        path(corners)
    };
    let along = |of: fn(&crate::picture::ControlPoint) -> f64| {
        path(control.points.iter().enumerate().map(|(at, point)| (middle(at), y.at(of(point)))))
    };
    let end = control.points.last();
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&control.measure)))
        (stretches(plot, &control.phases, &control.events, &x))
        (upright_axis(plot, &y, &ticks, &control.measure))
        path d=(steps(|point| point.upper)) class="limit" {}
        path d=(steps(|point| point.lower)) class="limit" {}
        path d=(steps(|point| point.centre)) class="centre" {}
        path d=(along(|point| point.other)) class="curve thin without" {}
        path d=(along(|point| point.value)) class="curve thin with" {}
        @for (at, point) in control.points.iter().enumerate() {
            @if point.signal.is_empty() {
                circle cx=(super::place(middle(at))) cy=(super::place(y.at(point.value))) r="2.6" class="mark with" {}
            } @else {
                circle cx=(super::place(middle(at))) cy=(super::place(y.at(point.value))) r="6" class="signal" {}
                circle cx=(super::place(middle(at))) cy=(super::place(y.at(point.value))) r="2.6" class="mark loss" {}
            }
        }
        (week_axis(plot, &x, last, true))
        (phase_names(plot, &control.phases, &x))
        (event_names(plot, &control.events, &rows, &x, plot.top - LETTER * 1.8))
        @if let Some(end) = end {
            @for (name, value) in names.iter().zip([end.upper, end.centre, end.lower]) {
                @if value.is_finite() {
                    (words(plot.right + 6.0, y.at(value) + LETTER * 0.1, "start", "name neutral", name))
                    (words(plot.right + 6.0, y.at(value) + LETTER * 1.2, "start", "tick", &number(value, control.measure.unit)))
                }
            }
        }
        (line(plot.left, plot.bottom + LETTER * 2.6, plot.left + 26.0, plot.bottom + LETTER * 2.6, "curve thin with"))
        circle cx=(super::place(plot.left + 13.0)) cy=(super::place(plot.bottom + LETTER * 2.6)) r="2.6" class="mark with" {}
        (words(plot.left + 32.0, plot.bottom + LETTER * 2.95, "start", "name with", "counted"))
        (line(plot.left + 112.0, plot.bottom + LETTER * 2.6, plot.left + 138.0, plot.bottom + LETTER * 2.6, "curve thin without"))
        (words(plot.left + 144.0, plot.bottom + LETTER * 2.95, "start", "name without", &control.other))
    };
    Drawn { height: plot.bottom + LETTER * 3.5, body }
}
