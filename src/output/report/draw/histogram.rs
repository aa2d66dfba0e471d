//! How many of something have which value.
use maud::html;

use super::{
    Drawn, LETTER, NARROW, Plot, axis_title, level_axis, line, lines_of, paragraph, rectangle,
    scale::{Scale, axis},
    tick_room, upright_axis, words,
};
use crate::picture::{Histogram, Measure, Unit};

pub fn draw(histogram: &Histogram, width: f64) -> Drawn {
    let upwards = Measure::new(format!("Of all {}", histogram.counted), Unit::Share);
    let (low, high, ticks) = axis(histogram.shares.iter().copied(), true, 4);
    let left = tick_room(&ticks, Unit::Share);
    let x = Scale {
        low: histogram.edges.first().copied().unwrap_or(0.0),
        high: histogram.edges.last().copied().unwrap_or(1.0),
        from: left,
        to: width - 14.0,
    };
    let names: Vec<Vec<String>> = histogram.marks.iter().map(|mark| lines_of(&mark.label, width * 0.3)).collect();
    let above = names.iter().map(Vec::len).max().unwrap_or(0) as f64 * LETTER * 1.15;
    let top = LETTER * 2.2 + above;
    let plot = Plot { left, right: width - 14.0, top, bottom: top + if width > NARROW { 190.0 } else { 160.0 } };
    let y = Scale { low, high, from: plot.bottom, to: plot.top };
    let span = x.high - x.low;
    let numbers: Vec<f64> = axis([x.low, x.high], false, 6)
        .2
        .into_iter()
        .filter(|value| (x.low - 1e-9..=x.high + 1e-9).contains(value))
        .collect();
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&upwards)))
        (upright_axis(plot, &y, &ticks, &upwards))
        (level_axis(Plot { top: plot.bottom, ..plot }, &x, &numbers, &histogram.measure))
        @for (ends, share) in histogram.edges.windows(2).zip(&histogram.shares) {
            @let (from, to) = (x.at(ends[0]), x.at(ends[1]));
            @let below = (ends[0] + ends[1]) / 2.0 < histogram.turns_at;
            (rectangle(from + 0.7, y.at(*share), to - from - 1.4, plot.bottom - y.at(*share), if below { "bar loss" } else { "bar gain" }))
        }
        (line(plot.left, plot.bottom, plot.right, plot.bottom, "base"))
        @for (mark, name) in histogram.marks.iter().zip(&names) {
            @let at = x.held(mark.at);
            @let anchor = if mark.at < x.low + span * 0.2 { "start" } else if mark.at > x.high - span * 0.2 { "end" } else { "middle" };
            (line(at, plot.top - 2.0, at, plot.bottom, "event"))
            (paragraph(at, plot.top - 5.0 - (name.len() as f64 - 1.0) * LETTER * 1.15, anchor, "event-name", name))
        }
    };
    Drawn { height: plot.bottom + LETTER * 3.2, body }
}
