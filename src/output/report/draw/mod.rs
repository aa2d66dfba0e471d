//! Pictures as SVG, in one visual language.
//!
//! Own drawing over a small scale module rather than a chart library: plotters turns text into shapes of fixed size and
//! colour without roles, charming needs a script engine; neither gives text that can be selected, follows light and dark,
//! or has classes that a print style could reach. What is drawn here is plain: lines, areas, rectangles and words.
//!
//! Colours, dashes and fonts are classes of `style.css`. A picture is drawn for a width in pixels, wide for a page and
//! narrow for a phone, so that words keep their size.

mod control;
mod heat;
mod histogram;
mod plane;
mod rows;
mod run;
pub mod scale;
mod waterfall;
mod weeks;

use maud::{Markup, html};

use crate::picture::{Chart, Measure, Picture, Role, Unit};
use scale::{Scale, tick};

/// Height of letters, in pixels.
pub const LETTER: f64 = 12.0;

/// Width of a wide picture.
pub const WIDE: f64 = 720.0;

/// Width of a narrow one: a phone, or half a page.
pub const NARROW: f64 = 348.0;

/// Whether a picture is drawn wide where there is room, or always as half of a page.
pub fn is_wide(chart: &Chart) -> bool {
    match chart {
        Chart::Weeks(weeks) => {
            weeks.panels.len() != 1
                || !weeks.events.is_empty()
                || weeks.panels[0].lines.iter().any(|line| line.bands.len() > 1)
        }
        Chart::Control(_) | Chart::Run(_) | Chart::Tornado(_) | Chart::Waterfall(_) => true,
        Chart::HeatMap(map) => map.columns.len() > 4,
        Chart::Bars(bars) => bars.rows.len() > 8,
        Chart::Dots(dots) => dots.rows.len() > 8 || dots.rows.iter().any(|row| !row.note.is_empty()),
        Chart::Histogram(_) | Chart::Scatter(_) | Chart::Curve(_) => false,
    }
}

/// `picture` as SVG, `width` pixels wide.
pub fn svg(picture: &Picture, width: f64) -> Markup {
    let Drawn { height, body } = match &picture.chart {
        Chart::Weeks(weeks) => weeks::draw(weeks, width),
        Chart::Histogram(histogram) => histogram::draw(histogram, width),
        Chart::Control(control) => control::draw(control, width),
        Chart::Run(run) => run::draw(run, width),
        Chart::Waterfall(waterfall) => waterfall::draw(waterfall, width),
        Chart::HeatMap(map) => heat::draw(map, width),
        Chart::Bars(bars) => rows::bars(bars, width),
        Chart::Tornado(tornado) => rows::tornado(tornado, width),
        Chart::Dots(dots) => rows::dots(dots, width),
        Chart::Scatter(scatter) => plane::scatter(scatter, width),
        Chart::Curve(curve) => plane::curve(curve, width),
    };
    let id = format!("{}-{}", picture.name, width as u32);
    html! {
        svg viewBox=(format!("0 0 {} {}", place(width), place(height))) role="img" xmlns="http://www.w3.org/2000/svg"
            aria-labelledby=(format!("{id}-title {id}-description")) {
            title id=(format!("{id}-title")) { (picture.title) }
            desc id=(format!("{id}-description")) { (picture.caption) " The table below the picture has its numbers." }
            (body)
        }
    }
}

/// `picture` as a file of its own: wide, in the colours of paper, with the styles in it.
pub fn standalone(picture: &Picture) -> String {
    let drawn = svg(picture, WIDE).into_string();
    let style = include_str!("../style.css");
    // The first block of colours is that of paper; the rest of what is needed stands in lines that begin with svg.
    let colours = style.split_once(":root").and_then(|(_, after)| after.split_once('}')).map_or("", |(block, _)| block);
    let rules: String = style.lines().filter(|line| line.starts_with("svg ")).map(|line| format!("{line}\n")).collect();
    let font = "svg { font-family: system-ui, 'Segoe UI', Roboto, Helvetica, Arial, 'Liberation Sans', sans-serif; background: #ffffff; }";
    let head = format!("<style>:root {colours}}}\n{font}\n{rules}</style>");
    match drawn.find('>') {
        Some(end) => format!("{}{head}{}\n", &drawn[..=end], &drawn[end + 1..]),
        None => drawn,
    }
}

/// What was drawn, and how high it is.
struct Drawn {
    height: f64,
    body: Markup,
}

/// The rectangle in which data is drawn.
#[derive(Clone, Copy, Debug)]
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// A place in one decimal, as short as it can be written.
fn place(value: f64) -> String {
    let text = format!("{:.1}", value + 0.0);
    match text.strip_suffix(".0") {
        Some("-0") => "0".into(),
        Some(whole) => whole.into(),
        None => text,
    }
}

/// How wide bold `text` will be.
fn wide_bold(text: &str) -> f64 {
    wide(text) * 1.14
}

/// How wide `text` will be, on the safe side whatever the font.
fn wide(text: &str) -> f64 {
    text.chars()
        .map(|letter| match letter {
            'i' | 'l' | 'j' | '.' | ',' | '\'' | '|' | ':' => 0.34,
            ' ' | 't' | 'f' | 'r' | '(' | ')' | '-' => 0.42,
            'm' | 'w' | 'M' | 'W' | '%' => 0.95,
            'A'..='Z' | '+' | '−' => 0.74,
            _ => 0.62,
        })
        .sum::<f64>()
        * LETTER
}

/// `text` in lines no wider than `width` where words allow.
fn lines_of(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if wide(line) + wide(word) + 0.42 * LETTER <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

/// Words that begin, end or have their middle at `x`.
fn words(x: f64, y: f64, anchor: &str, class: &str, text: &str) -> Markup {
    html! { text x=(place(x)) y=(place(y)) text-anchor=[(anchor != "start").then_some(anchor)] class=[(!class.is_empty()).then_some(class)] { (text) } }
}

/// Words in several lines, the first at `y`.
fn paragraph(x: f64, y: f64, anchor: &str, class: &str, lines: &[String]) -> Markup {
    html! {
        @for (row, line) in lines.iter().enumerate() {
            (words(x, y + row as f64 * LETTER * 1.15, anchor, class, line))
        }
    }
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, class: &str) -> Markup {
    html! { line x1=(place(x1)) y1=(place(y1)) x2=(place(x2)) y2=(place(y2)) class=(class) {} }
}

fn rectangle(x: f64, y: f64, width: f64, height: f64, class: &str) -> Markup {
    html! { rect x=(place(x)) y=(place(y)) width=(place(width.max(0.0))) height=(place(height.max(0.0))) class=(class) {} }
}

/// A line through `points`, broken where they are not finite.
fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let (mut text, mut down) = (String::new(), false);
    for (x, y) in points {
        if x.is_finite() && y.is_finite() {
            text.push(if down { 'L' } else { 'M' });
            text.push_str(&format!("{} {}", place(x), place(y)));
        }
        down = x.is_finite() && y.is_finite();
    }
    text
}

/// An area between two lines of the same `xs`.
fn area(xs: &[f64], low: &[f64], high: &[f64]) -> String {
    let finite = |at: &usize| xs[*at].is_finite() && low[*at].is_finite() && high[*at].is_finite();
    let count = xs.len().min(low.len()).min(high.len());
    let held: Vec<usize> = (0..count).filter(finite).collect();
    if held.len() < 2 {
        return String::new();
    }
    let there = held.iter().map(|&at| (xs[at], high[at]));
    let back = held.iter().rev().map(|&at| (xs[at], low[at]));
    path(there.chain(back)) + "Z"
}

/// The class of a role: colour and dash.
fn role(role: Role) -> String {
    match role {
        Role::With => "with".into(),
        Role::Without => "without".into(),
        Role::Reported => "reported".into(),
        Role::Gain => "gain".into(),
        Role::Loss => "loss".into(),
        Role::Neutral => "neutral".into(),
        Role::Choice(place) => format!("choice{}", place % 6),
    }
}

/// A mark whose shape belongs to its role.
fn mark(x: f64, y: f64, kind: Role) -> Markup {
    let class = format!("mark {}", role(kind));
    let shape = match kind {
        Role::With | Role::Gain | Role::Choice(0) => 0,
        Role::Without | Role::Choice(1) => 1,
        Role::Reported | Role::Choice(2) => 2,
        Role::Loss | Role::Choice(3) => 3,
        Role::Choice(place) => usize::from(place) % 4,
        Role::Neutral => 0,
    };
    let around = |points: &[(f64, f64)]| path(points.iter().map(|(across, down)| (x + across, y + down))) + "Z";
    match shape {
        0 => html! { circle cx=(place(x)) cy=(place(y)) r="4.2" class=(class) {} },
        1 => rectangle(x - 3.8, y - 3.8, 7.6, 7.6, &class),
        2 => html! { path d=(around(&[(0.0, -5.0), (4.8, 3.8), (-4.8, 3.8)])) class=(class) {} },
        _ => html! { path d=(around(&[(0.0, -5.2), (5.2, 0.0), (0.0, 5.2), (-5.2, 0.0)])) class=(class) {} },
    }
}

/// What an axis measures, with its unit.
fn axis_title(measure: &Measure) -> String {
    match measure.unit {
        Unit::Plain("") => measure.label.clone(),
        unit => format!("{}, {}", measure.label, unit.name()),
    }
}

/// Lines across the plot with their numbers, and what they measure above.
fn upright_axis(plot: Plot, scale: &Scale, ticks: &[f64], measure: &Measure) -> Markup {
    let step = ticks.get(1).zip(ticks.first()).map_or(1.0, |(second, first)| second - first);
    html! {
        @for &value in ticks {
            @let y = scale.at(value);
            @let nothing = value.abs() < step / 1000.0;
            (line(plot.left, y, plot.right, y, if nothing { "zero" } else { "grid" }))
            (words(plot.left - 6.0, y + LETTER * 0.35, "end", "tick", &tick(value, step, measure.unit)))
        }
    }
}

/// Numbers below the plot, with lines upwards.
fn level_axis(plot: Plot, scale: &Scale, ticks: &[f64], measure: &Measure) -> Markup {
    let step = ticks.get(1).zip(ticks.first()).map_or(1.0, |(second, first)| second - first);
    html! {
        @for &value in ticks {
            @let x = scale.at(value);
            @let nothing = value.abs() < step / 1000.0;
            (line(x, plot.top, x, plot.bottom, if nothing { "zero" } else { "grid" }))
            (words(x, plot.bottom + LETTER * 1.35, "middle", "tick", &tick(value, step, measure.unit)))
        }
        @let title = axis_title(measure);
        @if wide(&title) > plot.right - plot.left {
            (words(plot.right + 8.0, plot.bottom + LETTER * 2.8, "end", "axis", &title))
        } @else {
            (words((plot.left + plot.right) / 2.0, plot.bottom + LETTER * 2.8, "middle", "axis", &title))
        }
    }
}

/// Room for the numbers of an upright axis.
fn tick_room(ticks: &[f64], unit: Unit) -> f64 {
    let step = ticks.get(1).zip(ticks.first()).map_or(1.0, |(second, first)| second - first);
    ticks.iter().map(|value| wide(&tick(*value, step, unit))).fold(0.0, f64::max) + 8.0
}

/// Room that the last number of a level axis needs beyond the plot.
fn half_of_last(ticks: &[f64], unit: Unit) -> f64 {
    let step = ticks.get(1).zip(ticks.first()).map_or(1.0, |(second, first)| second - first);
    ticks.last().map_or(0.0, |value| wide(&tick(*value, step, unit)) / 2.0) + 4.0
}

/// Moves places apart until neighbours are `gap` from each other, within `low` and `high`, in the order of the places.
fn apart(places: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|left, right| places[*left].total_cmp(&places[*right]));
    let mut moved = places.to_vec();
    let mut floor = low;
    for &at in &order {
        moved[at] = moved[at].max(floor + heights[at] / 2.0);
        floor = moved[at] + heights[at] / 2.0;
    }
    let mut ceiling = high;
    for &at in order.iter().rev() {
        moved[at] = moved[at].min(ceiling - heights[at] / 2.0);
        ceiling = moved[at] - heights[at] / 2.0;
    }
    moved
}

/// Shaded stretches, their ends, and lines where something happens: all that lies behind the data.
fn stretches(plot: Plot, phases: &[crate::picture::Phase], events: &[crate::picture::Event], x: &Scale) -> Markup {
    html! {
        @for phase in phases {
            @let (from, to) = (x.held(phase.from as f64), x.held(phase.to as f64));
            @if phase.shaded { (rectangle(from, plot.top, to - from, plot.bottom - plot.top, "support")) }
            @if from > plot.left + 1.0 { (line(from, plot.top - LETTER * 1.2, from, plot.bottom, "phase")) }
        }
        @for event in events {
            @let at = x.held(event.week as f64);
            (line(at, plot.top - LETTER * 1.4, at, plot.bottom, "event"))
        }
    }
}

/// Names of stretches above a plot; those too narrow for their name stay silent.
fn phase_names(plot: Plot, phases: &[crate::picture::Phase], x: &Scale) -> Markup {
    html! {
        @for phase in phases {
            @let (from, to) = (x.held(phase.from as f64), x.held(phase.to as f64));
            @if wide(&phase.label) < to - from {
                (words((from + to) / 2.0, plot.top - LETTER * 0.45, "middle", "phase-name", &phase.label))
            }
        }
    }
}

/// In which row above the plot each event's name fits, and how many rows that takes.
fn event_rows(events: &[crate::picture::Event], x: &Scale) -> (Vec<usize>, usize) {
    let mut ends: Vec<f64> = Vec::new();
    let rows: Vec<usize> = events
        .iter()
        .map(|event| {
            let (from, to) = event_place(event, x);
            let row = ends.iter().position(|end| *end + 6.0 < from).unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(to);
            } else {
                ends[row] = to;
            }
            row
        })
        .collect();
    (rows, ends.len())
}

/// From where to where an event's name goes: to the right of its line, or to the left where it would leave the plot.
fn event_place(event: &crate::picture::Event, x: &Scale) -> (f64, f64) {
    let (at, length) = (x.held(event.week as f64), wide(&event.label) + 4.0);
    if at + length > x.to && at - length > x.from { (at - length, at) } else { (at, at + length) }
}

/// Names of events in their rows, the lowest at `first`, with lines down to where the others begin.
fn event_names(plot: Plot, events: &[crate::picture::Event], rows: &[usize], x: &Scale, first: f64) -> Markup {
    html! {
        @for (event, row) in events.iter().zip(rows) {
            @let (at, y) = (x.held(event.week as f64), first - *row as f64 * LETTER * 1.3);
            (line(at, y - LETTER * 0.8, at, plot.top - LETTER * 1.4, "event"))
        }
        @for (event, row) in events.iter().zip(rows) {
            @let (at, y) = (x.held(event.week as f64), first - *row as f64 * LETTER * 1.3);
            @let (from, to) = event_place(event, x);
            @if from < at { (words(to - 4.0, y, "end", "event-name", &event.label)) }
            @else { (words(from + 4.0, y, "start", "event-name", &event.label)) }
        }
    }
}

/// Week numbers below a plot, which say that they are weeks if `named`.
fn week_axis(plot: Plot, x: &Scale, weeks: usize, named: bool) -> Markup {
    let room = plot.right - plot.left;
    let step = [4, 13, 26, 52, 104, 156, 260, 520]
        .into_iter()
        .find(|step| weeks as f64 / *step as f64 * 58.0 < room)
        .unwrap_or(1040);
    html! {
        (line(plot.left, plot.bottom, plot.right, plot.bottom, "base"))
        @for week in (0..=weeks).step_by(step) {
            (line(x.at(week as f64), plot.bottom, x.at(week as f64), plot.bottom + 4.0, "base"))
            (words(x.at(week as f64), plot.bottom + LETTER * 1.45, "middle", "tick", &if week == 0 && named { "week 0".into() } else { week.to_string() }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_inside() {
        let moved = apart(&[50.0, 51.0, 98.0], &[12.0; 3], 0.0, 100.0);
        assert!(
            moved[1] - moved[0] >= 12.0 - 1e-9 && moved[2] <= 94.0 + 1e-9 && moved[2] - moved[1] >= 12.0 - 1e-9,
            "{moved:?}"
        );
    }

    #[test]
    fn lines_break_where_there_is_no_number() {
        assert_eq!(path([(0.0, 1.0), (1.0, f64::NAN), (2.0, 1.25), (3.0, 2.0)].into_iter()), "M0 1M2 1.2L3 2");
        assert_eq!(place(-0.04), "0");
        assert_eq!(area(&[0.0, 1.0], &[0.0, f64::NAN], &[1.0, 1.0]), "");
    }
}
