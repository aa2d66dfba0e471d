//! Lines with bands over the weeks: a fan chart, or small multiples of it.
use maud::{Markup, html};

use super::{
    Drawn, LETTER, NARROW, Plot, apart, area, axis_title, event_names, event_rows, lines_of, paragraph, path,
    phase_names, role,
    scale::{Scale, axis},
    stretches, tick_room, upright_axis, week_axis, wide_bold, words,
};
use crate::picture::{Panel, Weeks};

/// Share of the width that names at the end of lines may take.
const ROOM_FOR_NAMES: f64 = 0.26;

pub fn draw(weeks: &Weeks, width: f64) -> Drawn {
    let values = weeks.panels.iter().flat_map(|panel| &panel.lines).flat_map(|line| {
        line.values.iter().chain(line.bands.iter().flat_map(|band| band.low.iter().chain(&band.high))).copied()
    });
    let single = weeks.panels.len() == 1;
    let (low, high, ticks) = axis(values, weeks.from_zero, if single { 6 } else { 3 });
    let columns = match weeks.panels.len() {
        1 => 1,
        _ if width > NARROW => weeks.panels.len().min(4),
        _ => 2,
    };
    let gap = 14.0;
    let outer = tick_room(&ticks, weeks.measure.unit);
    let each = (width - outer - gap * (columns - 1) as f64) / columns as f64;
    let height_of_plot = if single { if width > NARROW { 270.0 } else { 210.0 } } else { 110.0 };
    let mut above = LETTER * 1.8;
    if !single {
        above += LETTER * 1.5;
    }
    let last = weeks.panels.iter().flat_map(|panel| &panel.lines).map(|line| line.values.len()).max().unwrap_or(1);
    let names = weeks
        .panels
        .iter()
        .flat_map(|panel| &panel.lines)
        .map(|line| longest(&lines_of(&line.label, width * ROOM_FOR_NAMES)));
    let room = if single { names.fold(0.0, f64::max) + 10.0 } else { 0.0 };
    let weeks_scale =
        |plot: &Plot| Scale { low: 0.0, high: last.saturating_sub(1).max(1) as f64, from: plot.left, to: plot.right };
    let (rows, count) = {
        let plot = Plot { left: outer, right: outer + each - room, top: 0.0, bottom: 0.0 };
        if single { event_rows(&weeks.events, &weeks_scale(&plot)) } else { (vec![], 0) }
    };
    let phases_room = LETTER * 1.6;
    let head = above + phases_room + count as f64 * LETTER * 1.3;
    let row_height = head - LETTER * 1.8 + height_of_plot + LETTER * 2.2;
    let panel = |(at, panel): (usize, &Panel)| {
        let (column, row) = (at % columns, at / columns);
        let left = outer + column as f64 * (each + gap);
        let top = head + row as f64 * row_height;
        let plot = Plot { left, right: left + each - room, top, bottom: top + height_of_plot };
        let x = weeks_scale(&plot);
        let y = Scale { low, high, from: plot.bottom, to: plot.top };
        html! {
            @if single { (stretches(plot, &weeks.phases, &weeks.events, &x)) } @else { (quiet_phases(plot, weeks, &x)) }
            @if column == 0 { (upright_axis(plot, &y, &ticks, &weeks.measure)) }
            @else { @for &value in &ticks { (super::line(plot.left, y.at(value), plot.right, y.at(value), "grid")) } }
            @if !single { (words(plot.left, plot.top - LETTER * 0.6, "start", "panel", &panel.title)) }
            (lines(panel, &x, &y, plot, single, &weeks_end(weeks, width)))
            (week_axis(plot, &x, last, column == 0))
            @if single { (phase_names(plot, &weeks.phases, &x)) (event_names(plot, &weeks.events, &rows, &x, plot.top - phases_room - LETTER * 0.2)) }
        }
    };
    let count = weeks.panels.len().div_ceil(columns.max(1));
    let body = html! {
        (words(0.0, LETTER, "start", "axis", &axis_title(&weeks.measure)))
        @for each in weeks.panels.iter().enumerate() { (panel(each)) }
    };
    Drawn { height: head + row_height * count.saturating_sub(1) as f64 + height_of_plot + LETTER * 1.9, body }
}

/// Widest name at the end of a line.
fn weeks_end(weeks: &Weeks, width: f64) -> f64 {
    if weeks.panels.len() == 1 { width * ROOM_FOR_NAMES } else { 0.0 }
}

fn longest(lines: &[String]) -> f64 {
    lines.iter().map(|line| wide_bold(line)).fold(0.0, f64::max)
}

/// The weeks of support behind a small panel, without names.
fn quiet_phases(plot: Plot, weeks: &Weeks, x: &Scale) -> Markup {
    html! {
        @for phase in weeks.phases.iter().filter(|phase| phase.shaded) {
            @let (from, to) = (x.held(phase.from as f64), x.held(phase.to as f64));
            (super::rectangle(from, plot.top, to - from, plot.bottom - plot.top, "support"))
        }
        @for event in &weeks.events {
            (super::line(x.held(event.week as f64), plot.top, x.held(event.week as f64), plot.bottom, "event"))
        }
    }
}

fn lines(panel: &Panel, x: &Scale, y: &Scale, plot: Plot, named: bool, room: &f64) -> Markup {
    let xs = |count: usize| (0..count).map(|week| x.at(week as f64)).collect::<Vec<f64>>();
    let ys = |values: &[f64]| values.iter().map(|value| y.at(*value)).collect::<Vec<f64>>();
    let end = |values: &[f64]| values.iter().rev().copied().find(|value| value.is_finite());
    let ends: Vec<_> =
        panel.lines.iter().filter_map(|line| end(&line.values).map(|value| (line, y.at(value)))).collect();
    let names: Vec<Vec<String>> = ends.iter().map(|(line, _)| lines_of(&line.label, *room)).collect();
    let heights: Vec<f64> = names.iter().map(|name| name.len() as f64 * LETTER * 1.15 + 3.0).collect();
    let places: Vec<f64> = ends.iter().map(|(_, place)| *place).collect();
    let places = apart(&places, &heights, plot.top - LETTER, plot.bottom + LETTER);
    html! {
        @for line in &panel.lines {
            @for (rank, band) in line.bands.iter().enumerate() {
                path d=(area(&xs(band.low.len()), &ys(&band.low), &ys(&band.high))) class=(format!("band {} band{}", role(line.role), rank.min(1))) {}
            }
        }
        @for line in &panel.lines {
            path d=(path(xs(line.values.len()).into_iter().zip(ys(&line.values)))) class=(format!("curve {}", role(line.role))) {}
        }
        @if named {
            @for (((line, _), name), (place, height)) in ends.iter().zip(&names).zip(places.iter().zip(&heights)) {
                (paragraph(plot.right + 7.0, place - height / 2.0 + LETTER * 1.02, "start", &format!("name {}", role(line.role)), name))
            }
        }
    }
}
