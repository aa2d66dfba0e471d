//! From one total to another, step by step.
use maud::html;

use super::{
    Drawn, LETTER, NARROW, Plot, axis_title, line, lines_of, paragraph, rectangle,
    scale::{Scale, axis, number},
    tick_room, upright_axis, wide, words,
};
use crate::picture::{Step, Waterfall};

/// Where each step begins and ends.
fn ladder(steps: &[Step]) -> Vec<(f64, f64)> {
    let mut level = 0.0;
    let step = |step: &Step| {
        let from = if step.total { 0.0 } else { level };
        level = from + if step.estimate.value.is_finite() { step.estimate.value } else { 0.0 };
        (from, level)
    };
    steps.iter().map(step).collect()
}

pub fn draw(waterfall: &Waterfall, width: f64) -> Drawn {
    let ladder = ladder(&waterfall.steps);
    let reach = waterfall.steps.iter().zip(&ladder).flat_map(|(step, (from, to))| {
        let shift = to - step.estimate.value;
        [*from, *to, step.estimate.low + shift, step.estimate.high + shift]
    });
    let (low, high, ticks) = axis(reach, true, 5);
    if width <= NARROW {
        return lying(waterfall, &ladder, width);
    }
    let left = tick_room(&ticks, waterfall.measure.unit);
    let each = (width - left) / waterfall.steps.len().max(1) as f64;
    let names: Vec<Vec<String>> = waterfall.steps.iter().map(|step| lines_of(&step.label, each - 6.0)).collect();
    let plot = Plot { left, right: width, top: LETTER * 2.6, bottom: LETTER * 2.6 + 230.0 };
    let y = Scale { low, high, from: plot.bottom, to: plot.top };
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&waterfall.measure)))
        (upright_axis(plot, &y, &ticks, &waterfall.measure))
        @for (at, ((step, (from, to)), name)) in waterfall.steps.iter().zip(&ladder).zip(&names).enumerate() {
            @let (x, shift) = (left + at as f64 * each, to - step.estimate.value);
            (rectangle(x + each * 0.14, y.at(from.max(*to)), each * 0.72, (y.at(*from) - y.at(*to)).abs().max(1.0), class(step)))
            @if at + 1 < waterfall.steps.len() { (line(x + each * 0.86, y.at(*to), x + each * 1.14, y.at(*to), "joint")) }
            @if step.estimate.low.is_finite() {
                (line(x + each / 2.0, y.held(step.estimate.low + shift), x + each / 2.0, y.held(step.estimate.high + shift), "whisker ink"))
            }
            @let top = [*from, *to, step.estimate.high + shift].into_iter().filter(|end| end.is_finite()).fold(f64::NEG_INFINITY, f64::max);
            (words(x + each / 2.0, y.held(top) - 5.0, "middle", "value", &number(step.estimate.value, waterfall.measure.unit)))
            (paragraph(x + each / 2.0, plot.bottom + LETTER * 1.5, "middle", "tick", name))
        }
    };
    let rows = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    Drawn { height: plot.bottom + LETTER * (0.9 + 1.15 * rows), body }
}

/// The same with names to the left, for narrow places.
fn lying(waterfall: &Waterfall, ladder: &[(f64, f64)], width: f64) -> Drawn {
    let names: Vec<Vec<String>> = waterfall.steps.iter().map(|step| lines_of(&step.label, width * 0.36)).collect();
    let left = names.iter().flatten().map(|name| wide(name)).fold(0.0, f64::max).min(width * 0.4) + 10.0;
    let ends = waterfall.steps.iter().zip(ladder).flat_map(|(step, (from, to))| {
        let shift = to - step.estimate.value;
        [*from, *to, step.estimate.low + shift, step.estimate.high + shift]
    });
    let (low, high, ticks) = axis(ends, true, 3);
    let tall = 34.0;
    let plot = Plot { left, right: width - 46.0, top: 6.0, bottom: 6.0 + tall * waterfall.steps.len() as f64 };
    let x = Scale { low, high, from: plot.left, to: plot.right };
    let body = html! {
        (super::level_axis(plot, &x, &ticks, &waterfall.measure))
        @for (at, ((step, (from, to)), name)) in waterfall.steps.iter().zip(ladder).zip(&names).enumerate() {
            @let (middle, shift) = (plot.top + (at as f64 + 0.5) * tall, to - step.estimate.value);
            (paragraph(left - 8.0, middle + LETTER * 0.35 - (name.len() as f64 - 1.0) * LETTER * 0.57, "end", "row", name))
            (rectangle(x.at(from.min(*to)), middle - 9.0, (x.at(*to) - x.at(*from)).abs().max(1.0), 18.0, class(step)))
            @if step.estimate.low.is_finite() {
                (line(x.held(step.estimate.low + shift), middle, x.held(step.estimate.high + shift), middle, "whisker ink"))
            }
            @let end = [*from, *to, step.estimate.high + shift].into_iter().filter(|end| end.is_finite()).fold(f64::NEG_INFINITY, f64::max);
            (words(x.held(end) + 5.0, middle + LETTER * 0.35, "start", "value", &number(step.estimate.value, waterfall.measure.unit)))
        }
    };
    Drawn { height: plot.bottom + LETTER * 3.2, body }
}

fn class(step: &Step) -> &'static str {
    match () {
        () if step.total => "bar with",
        () if step.estimate.low <= 0.0 && step.estimate.high >= 0.0 => "bar neutral",
        () if step.estimate.value < 0.0 => "bar loss",
        () => "bar gain",
    }
}
