//! A chart as a picture.
use super::{
    ask::Asked,
    day::Said,
    drawn::Charted,
    kind::Kind,
    read::{Data, Measured},
    words::{measure, ordered, title, unit},
};
use crate::picture::{BesideBand, Chart, Measure, Phase, Picture, RunChart, RunPoint, Unit};

/// The picture of one chart, called `name`, with what a scenario gives beside its points.
pub fn picture(data: &Data, charted: &Charted, asked: &Asked, name: &str, beside: Option<BesideBand>) -> Picture {
    let signals = ordered(charted);
    let point = |(place, point): (usize, &super::drawn::Drawn)| {
        let rules: Vec<&str> =
            signals.iter().filter(|signal| signal.points.contains(&place)).map(|signal| signal.rule.name()).collect();
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
    let parts = charted.parts.iter().map(|part| Phase {
        label: part.reason.clone(),
        from: part.from,
        to: part.to,
        shaded: false,
    });
    let (first, last) = (
        charted.points.first().map_or(0, |point| point.read.at),
        charted.points.last().map_or(0, |point| point.read.at),
    );
    let programme = charted.start.map(|start| (start, "programme begins".to_owned()));
    let mut events: Vec<(i64, String)> = charted.notes.iter().cloned().chain(programme).collect();
    events.retain(|(at, _)| (first..=last).contains(at));
    events.sort_by_key(|(at, _)| *at);
    let run = RunChart {
        measure: Measure::new(measure(data, charted.factor), Unit::Plain(unit(data))),
        points: charted.points.iter().enumerate().map(point).collect(),
        centre: if charted.kind == Kind::Run { "median".into() } else { "centre".into() },
        times: if data.said == Said::Number { "no.".into() } else { String::new() },
        parts: parts.collect(),
        events: events.into_iter().map(|(at, label)| (at as f64, label)).collect(),
        beside,
        from_zero: matches!(data.measured, Measured::Rate | Measured::Count | Measured::Between),
    };
    // Alone on a page, whose title has the finding already, it says what it is.
    let title = if charted.unit.is_empty() {
        let (from, to) = (data.said.named(first), data.said.named(last));
        format!("{} as {} {} chart, {from} to {to}.", run.measure.label, article(charted.kind), charted.kind.said())
    } else {
        title(data, charted)
    };
    Picture::new(name, title, caption(charted, asked, run.beside.is_some()), Chart::Run(run))
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
