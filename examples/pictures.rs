//! One picture of every kind as a page: `cargo run --example pictures > pictures.html`.
//!
//! For whoever changes how pictures are drawn: here they all are. The tests of the report look at the same ones.
use dewpoint::{
    experiment::Answer,
    output::report::{Page, html, trust},
    picture::{
        BarRow, Bars, BesideBand, Chart, Control, ControlPoint, Curve, CurveLine, Dot, Dots, Event, HeatMap, Histogram,
        Line, Mark, Measure, Panel, Phase, Picture, Point, Role, RunChart, RunPoint, Scatter, Shade, Step, Tornado,
        TornadoRow, Unit, Waterfall, Weeks, exactly,
    },
    stats::Estimate,
};

fn main() {
    let answer = Answer {
        title: "One picture of every kind, drawn from made-up numbers.".into(),
        sentences: vec!["Nothing here was simulated.".into()],
        shown: None,
        tables: vec![],
    };
    let trust = trust::Trust {
        facts: vec![("Numbers".into(), "made up".into())],
        assumptions: None,
        read: Vec::new(),
        drawn: false,
        standing: vec![trust::Rests { conclusion: "what is made up", evidence: 1, calibrated: 2, assumption: 3 }],
        validation: trust::Validation { tested: 0, failures: Vec::new() },
        bearing: Vec::new(),
    };
    let page =
        Page { about: "A gallery".into(), answer: &answer, numbers: &[], pictures: &every_kind(), trust: &trust };
    #[allow(clippy::print_stdout)] // the page is the result
    {
        println!("{}", html(&page));
    }
}

fn about(value: f64) -> Estimate {
    Estimate { value, low: value - 0.02, high: value + 0.02, sd: 0.1, count: 40 }
}

/// Every shape of a dot, with what it stands for.
fn kinds() -> [(String, Role); 4] {
    [("pass", Role::Gain), ("fail", Role::Loss), ("not emergent", Role::Reported), ("open, not judged", Role::Without)]
        .map(|(name, role)| (name.into(), role))
}

fn judged(((kind, role), value): (&(String, Role), f64)) -> Dot {
    Dot {
        label: format!("P1 {kind}"),
        estimate: about(value),
        role: *role,
        note: format!("{value:+.1}").replace('-', "−"),
    }
}

/// Somebody's own numbers: a gap, a break, a point left out, a special cause, a scenario beside them.
fn own_numbers() -> RunChart {
    let point = |place: u32| {
        let value =
            if place == 9 { f64::NAN } else { 58.0 + f64::from(place * 7 % 5) * 3.0 + f64::from(place / 12) * 12.0 };
        let centre = if place < 12 { 64.0 } else { 76.0 };
        RunPoint {
            at: f64::from(place * 30),
            time: format!("{} 20{}", ["Jan", "Apr", "Jul", "Oct"][(place / 3 % 4) as usize], 14 + place / 12),
            value: if place == 17 { 97.0 } else { value },
            lower: centre - 15.0,
            centre,
            upper: centre + 15.0,
            signal: if place == 17 { "point outside the limits".into() } else { String::new() },
            left_out: place == 5,
        }
    };
    let part = |label: &str, from, to| Phase { label: label.into(), from, to, shaded: false };
    let band = |shift: f64| (0..24).map(|place: u32| 60.0 + f64::from(place.min(14)) + shift).collect();
    RunChart {
        measure: Measure::new("done of seen", Unit::Plain("%")),
        points: (0..24).map(point).collect(),
        centre: "centre".into(),
        times: String::new(),
        parts: vec![part("", 0, 12), part("new form & <rules>", 12, 24)],
        events: vec![(330.0, "programme begins".into()), (600.0, "winter".into())],
        beside: Some(BesideBand {
            label: "plausible under the scenario".into(),
            low: band(-8.0),
            middle: band(0.0),
            high: band(8.0),
        }),
        from_zero: false,
    }
}

/// One picture of every kind, with words that HTML would take for its own.
pub fn every_kind() -> Vec<Picture> {
    let points = || Measure::new("Net gain <24 months after>", Unit::Points);
    let rows = ["sustain & standards", "turnover", "a lever with a rather long name of many words", "\"quoted\""];
    let line = |label: &str, role: Role, at: f64| Line {
        label: label.into(),
        role,
        values: (0..120).map(|week| if week == 60 { f64::NAN } else { at + f64::from(week) / 400.0 }).collect(),
        bands: vec![],
    };
    let weeks = Weeks {
        measure: Measure::new("Reliability", Unit::Share),
        panels: vec![Panel {
            title: String::new(),
            lines: vec![
                line("without it", Role::Without, 0.5),
                line("true", Role::With, 0.52),
                line("as reported", Role::Reported, 0.53),
            ],
        }],
        phases: vec![Phase { label: "support".into(), from: 20, to: 80, shaded: true }],
        events: vec![
            Event { week: 50, label: "sponsor leaves".into() },
            Event { week: 52, label: "winter".into() },
            Event { week: 119, label: "reorganisation".into() },
        ],
        from_zero: false,
    };
    let map = HeatMap {
        measure: points(),
        row_label: "sanction".into(),
        column_label: "payment".into(),
        rows: rows.map(String::from).to_vec(),
        columns: (0..5).map(|column| format!("0.{column}")).collect(),
        cells: (0..4).map(|row| (0..5).map(|column| about(f64::from(row * column) / 50.0 - 0.1)).collect()).collect(),
        turns_at: Some(0.0),
        outlined: (0..4).map(|row| (0..5).map(|column| row + column > 5).collect()).collect(),
        outline: "motivation is crowded out".into(),
    };
    let step = |label: &str, value: f64, total: bool| Step { label: label.into(), estimate: about(value), total };
    let steps = vec![
        step("gain at end", 0.12, true),
        step("turnover", -0.05, false),
        step("fatigue", -0.001, false),
        step("left", 0.069, true),
    ];
    let bar = |label: &str| BarRow { label: label.into(), estimates: vec![about(0.3), about(0.5)] };
    let swing = |label: &str| TornadoRow {
        label: label.into(),
        low_label: "0".into(),
        high_label: "1".into(),
        low: about(0.02),
        high: about(0.11),
    };
    let dot = |label: &str, value: f64| Dot {
        label: label.into(),
        estimate: about(value),
        role: Role::Gain,
        note: String::new(),
    };
    let point = |label: &str, place: u8| Point {
        label: label.into(),
        across: exactly(f64::from(place) * 4e5 + 1e5),
        up: about(f64::from(place) / 30.0),
        role: Role::Choice(place),
    };
    let curve = |label: &str, role: Role, slope: f64| CurveLine {
        label: label.into(),
        role,
        points: (0..6).map(|at| (f64::from(at) / 5.0, about(f64::from(at) * slope))).collect(),
    };
    let parts = vec![("alone".into(), Role::With), ("with others".into(), Role::Neutral)];
    let felt = Weeks {
        panels: ["Ownership", "Motivation", "Fatigue", "Cynicism", "Habit"]
            .map(|title| Panel {
                title: title.into(),
                lines: vec![line("without it", Role::Without, 0.3), line("with the programme", Role::With, 0.4)],
            })
            .to_vec(),
        from_zero: true,
        ..weeks.clone()
    };
    let kept = Histogram {
        measure: Measure::new("Gain kept", Unit::Share),
        counted: "units that had gained".into(),
        edges: (0..=10).map(|edge| f64::from(edge) / 5.0 - 0.4).collect(),
        shares: vec![0.05, 0.1, 0.2, 0.1, 0.05, 0.05, 0.1, 0.2, 0.1, 0.05],
        total: 400,
        turns_at: 0.5,
        marks: vec![Mark { at: 0.0, label: "all lost".into() }, Mark { at: 1.0, label: "all kept".into() }],
    };
    let point_of_chart = |place: u32| ControlPoint {
        value: if place == 17 { 15.0 } else { 6.0 + f64::from(place * 7 % 5) },
        centre: 8.0,
        lower: 1.5,
        upper: 14.5,
        signal: if place == 17 { "beyond a control limit".into() } else { String::new() },
        other: 7.0 + f64::from(place * 7 % 5),
    };
    let ward = Control {
        measure: Measure::new("Adverse events", Unit::Plain("per 1,000 bed days")),
        weeks_a_point: 4,
        points: (0..30).map(point_of_chart).collect(),
        phases: weeks.phases.clone(),
        events: weeks.events.clone(),
        other: "without the programme".into(),
    };
    let charts = [
        Chart::Weeks(weeks),
        Chart::Weeks(felt),
        Chart::Control(ward),
        Chart::Histogram(kept),
        Chart::HeatMap(map),
        Chart::Waterfall(Waterfall { measure: points(), steps }),
        Chart::Bars(Bars {
            measure: Measure::new("Share of variance", Unit::Plain("")),
            parts,
            rows: rows.map(bar).to_vec(),
        }),
        Chart::Tornado(Tornado { measure: points(), present: 0.06, rows: rows.map(swing).to_vec() }),
        Chart::Dots(Dots::new(
            points(),
            Some(Mark { at: 0.0, label: "no difference".into() }),
            rows.iter().zip([-0.1, 0.0, 0.05, f64::NAN]).map(|(label, value)| dot(label, value)).collect(),
        )),
        Chart::Scatter(Scatter {
            across: Measure::new("Spent", Unit::Money("GBP")),
            up: points(),
            points: rows.iter().zip(0..).map(|(label, place)| point(label, place)).collect(),
        }),
        Chart::Curve(Curve {
            across: Measure::new("sanction", Unit::Plain("")),
            up: points(),
            lines: vec![curve("alone", Role::Choice(0), 0.02), curve("with peers", Role::Choice(1), -0.01)],
            cloud: vec![],
            marks: vec![Mark { at: 0.6, label: "now".into() }],
        }),
        Chart::Curve(Curve {
            across: Measure::new("turnover", Unit::Plain("")),
            up: points(),
            lines: vec![curve("mean", Role::With, 0.02)],
            cloud: (0..60).map(|at| (f64::from(at) / 60.0, f64::from(at * 37 % 60) / 600.0)).collect(),
            marks: vec![Mark { at: 0.6, label: "now".into() }],
        }),
        Chart::Dots(Dots {
            measure: Measure::new("Effect", Unit::Plain("standard deviations")),
            reference: Some(Mark { at: 0.0, label: "no effect".into() }),
            rows: kinds().iter().zip([0.4, -0.1, 0.1, 0.9]).map(judged).collect(),
            within: Some((-0.5, 0.5)),
            key: kinds().to_vec(),
            shaded: Some(Shade { from: 0.1, to: 0.3, label: "band".into() }),
        }),
        Chart::Run(own_numbers()),
    ];
    charts
        .into_iter()
        .enumerate()
        .map(|(place, chart)| Picture::new(&format!("kind_{place}"), "A < B & C.", "Read it \"so\".", chart))
        .collect()
}
