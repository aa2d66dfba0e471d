//! A chart as a picture.
use super::{
    ask::Asked,
    day::{Day, Said},
    drawn::Charted,
    kind::Kind,
    read::{Data, Measured},
    rules::Rule,
    words::{measure, ordered, title, unit},
};
use crate::picture::{BesideBand, Chart, Measure, Phase, Picture, RunChart, RunPoint, Unit};

/// The picture of one chart, called `name`, with what a scenario gives beside its points.
pub fn picture(data: &Data, charted: &Charted, asked: &Asked, name: &str, beside: Option<BesideBand>) -> Picture {
    let signals = ordered(charted);
    let point = |(place, point): (usize, &super::drawn::Drawn)| {
        let rules: Vec<&str> =
            signals.iter().filter(|signal| signal.rings(place)).map(|signal| signal.rule.name()).collect();
        RunPoint {
            at: point.read.at as f64,
            time: data.said.of(point.read.at),
            value: point.value,
            lower: point.lines.low,
            centre: point.lines.centre,
            upper: point.lines.high,
            signal: rules.join("; "),
            left_out: !point.ghost.is_empty(),
        }
    };
    let run = RunChart {
        measure: Measure::new(measure(data, charted.factor), Unit::Plain(unit(data))),
        points: charted.points.iter().enumerate().map(point).collect(),
        centre: if charted.kind == Kind::Run { "median".into() } else { "centre".into() },
        times: times(data),
        parts: parts(charted),
        events: events(charted),
        beside,
        from_zero: matches!(data.measured, Measured::Rate | Measured::Count | Measured::Between),
    };
    // Alone on a page, whose title has the finding already, it says what it is.
    let title = if charted.unit.is_empty() {
        let [from, to] = ends(charted).map(|at| data.said.named(at));
        format!("{} as {} {} chart, {from} to {to}.", run.measure.label, article(charted.kind), charted.kind.said())
    } else {
        title(data, charted)
    };
    Picture::new(name, title, caption(charted, asked, run.beside.is_some()), Chart::Run(run))
}

/// The panel of moving ranges that belongs to an XmR chart called `name`; none of other charts.
pub fn ranges(data: &Data, charted: &Charted, name: &str) -> Option<Picture> {
    if !charted.has_ranges() {
        return None;
    }
    let jumps = |place: usize| charted.signals.iter().any(|one| one.rule == Rule::Jump && one.tells(place));
    let point = |(place, point): (usize, &super::drawn::Drawn)| {
        let part = &charted.parts[point.part];
        RunPoint {
            at: point.read.at as f64,
            time: data.said.of(point.read.at),
            value: point.range,
            lower: 0.0,
            centre: part.range,
            upper: part.range_limit(),
            signal: if jumps(place) { Rule::Jump.name().into() } else { String::new() },
            left_out: false,
        }
    };
    let points: Vec<RunPoint> = charted.points.iter().enumerate().map(point).collect();
    let above = points.iter().filter(|point| !point.signal.is_empty()).count() as u64;
    let whose = if charted.unit.is_empty() { String::new() } else { format!("{}: ", charted.unit) };
    let title = match above {
        0 => format!("{whose}moving ranges, none above its limit."),
        1 => format!("{whose}moving ranges, one of them above its limit."),
        _ => format!("{whose}moving ranges, {above} of them above their limit."),
    };
    let unit = Unit::Plain(if unit(data) == "%" { "points" } else { unit(data) });
    let run = RunChart {
        measure: Measure::new(format!("{}, from one point to the next", measure(data, charted.factor)), unit),
        points,
        centre: "mean".into(),
        times: times(data),
        parts: parts(charted),
        events: events(charted),
        beside: None,
        from_zero: true,
    };
    let caption = "The other half of an XmR chart: how far each point lies from the one before it, up or down. Its upper limit is 3.267 \
                   times the mean; a ringed range above it is a jump that the usual ups and downs do not make.";
    Some(Picture::new(&format!("{name}_moving_range"), crate::phrase::capital(&title), caption, Chart::Run(run)))
}

fn times(data: &Data) -> String {
    if data.said == Said::Number { "no.".into() } else { String::new() }
}

/// First and last time.
fn ends(charted: &Charted) -> [Day; 2] {
    [charted.points.first(), charted.points.last()].map(|point| point.map_or(0, |point| point.read.at))
}

fn parts(charted: &Charted) -> Vec<Phase> {
    let parts = charted.parts.iter();
    parts.map(|part| Phase { label: part.reason.clone(), from: part.from, to: part.to, shaded: false }).collect()
}

/// What happened, and the beginning of the programme, as far as the points go.
fn events(charted: &Charted) -> Vec<(f64, String)> {
    let programme = charted.start.map(|start| (start, "programme begins".to_owned()));
    let [first, last] = ends(charted);
    let mut events: Vec<(Day, String)> = charted.notes.iter().cloned().chain(programme).collect();
    events.retain(|(at, _)| (first..=last).contains(at));
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(at, label)| (at as f64, label)).collect()
}

fn article(kind: Kind) -> &'static str {
    if kind == Kind::Xmr { "an" } else { "a" }
}

/// How to read it.
fn caption(charted: &Charted, asked: &Asked, beside: bool) -> String {
    let kind = match charted.kind {
        Kind::Run => {
            "Run chart: the line in the middle is the median. A ringed point is part of a run longer than luck makes."
                .to_owned()
        }
        kind => format!(
            "{} chart: dashed are the limits, three standard deviations about the centre; between them lies what is usual. A ringed \
             point is part of a special cause: outside the limits, a shift, a trend, or two of three near a limit.",
            crate::phrase::capital(kind.said())
        ),
    };
    let lines = match (asked.limits.is_some(), asked.baseline, charted.parts.len()) {
        (true, ..) => " Centre and limits are given.".to_owned(),
        (_, Some(points), 1) => format!(" Centre and limits come from the first {points} points."),
        (_, None, 1) => " All points decide where the lines lie.".to_owned(),
        _ => " Each part between two breaks has lines of its own.".to_owned(),
    };
    let model = if beside {
        " The band is what the scenario makes plausible of reported practice, from one end of the middle 80 % to the other."
    } else {
        ""
    };
    format!("{kind}{lines}{model}")
}
