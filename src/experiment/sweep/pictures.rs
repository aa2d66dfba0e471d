//! A sweep in pictures: curves and maps.
use super::{Placing, Response, Sweep};
use crate::{
    experiment::headline::unit,
    picture::{Chart, Curve, CurveLine, HeatMap, Mark, Measure, Picture, Role, Unit},
    stats::Estimate,
};

/// A picture for each metric and panel; none for points without a shape.
pub fn pictures(sweep: &Sweep) -> Vec<Picture> {
    if sweep.plan.placing != Placing::Grid {
        return Vec::new();
    }
    let of = |response: &Response| match sweep.varied.len() {
        1 => vec![curve(sweep, response)],
        2 | 3 => (0..sweep.panels.len()).map(|panel| map(sweep, response, panel)).collect(),
        _ => Vec::new(),
    };
    sweep.responses.iter().flat_map(of).collect()
}

fn measure(metric: &str) -> Measure {
    let what = match unit(metric) {
        "share" => Unit::Points,
        unit => Unit::Plain(unit),
    };
    Measure::new(metric.replace('_', " "), what)
}

fn curve(sweep: &Sweep, response: &Response) -> Picture {
    let points = sweep.points.iter().zip(&response.estimates);
    let line = CurveLine {
        label: response.metric.replace('_', " "),
        role: Role::With,
        points: points.filter_map(|(point, estimate)| Some((*point.first()?, *estimate))).collect(),
    };
    let path = sweep.varied.first().map_or("", |vary| vary.path());
    let curve = Curve {
        across: Measure::new(path, Unit::Plain("")),
        up: measure(&response.metric),
        lines: vec![line],
        marks: sweep.present.iter().map(|&at| Mark { at, label: "now".into() }).collect(),
    };
    let caption = format!("Means with 95 % intervals, {} runs of each point under the same luck.", sweep.plan.runs);
    let name = format!("curve_{}", response.metric);
    Picture::new(&name, format!("{} over {path}.", response.metric), caption, Chart::Curve(curve))
}

fn map(sweep: &Sweep, response: &Response, panel: usize) -> Picture {
    let empty = Vec::new();
    let panel_points = sweep.panels.get(panel).unwrap_or(&empty);
    let levels = |path: usize| sweep.varied.get(path).map_or(&[][..], |vary| &vary.levels);
    let path = |place: usize| sweep.varied.get(place).map_or("", |vary| vary.path());
    let at = |down: f64, across: f64| {
        panel_points.iter().copied().find(|&place| {
            let values = sweep.points.get(place).map_or(&[][..], Vec::as_slice);
            values.first() == Some(&across) && values.get(1) == Some(&down)
        })
    };
    let highest = response.optima.get(panel).map(|optimum| optimum.best);
    let like_highest = |place: Option<usize>| {
        let apart = place.and_then(|place| response.to_highest.get(place));
        place.is_some()
            && (place == highest || apart.is_some_and(|apart| apart.low.is_finite() && !apart.excludes(0.0)))
    };
    // The largest value on top, as on a map.
    let rows = || levels(1).iter().rev().copied();
    let columns = || levels(0).iter().copied();
    let cell = |place: Option<usize>| {
        place.and_then(|place| response.estimates.get(place)).copied().unwrap_or(Estimate::UNDEFINED)
    };
    let map = HeatMap {
        measure: measure(&response.metric),
        row_label: path(1).into(),
        column_label: path(0).into(),
        rows: rows().map(|value| value.to_string()).collect(),
        columns: columns().map(|value| value.to_string()).collect(),
        cells: rows().map(|down| columns().map(|across| cell(at(down, across))).collect()).collect(),
        turns_at: None,
        outlined: rows().map(|down| columns().map(|across| like_highest(at(down, across))).collect()).collect(),
        outline: "highest, or not to be told from the highest".into(),
    };
    let third = panel_points.first().and_then(|&place| sweep.points.get(place)?.get(2));
    let with = third.map_or_else(String::new, |value| format!(" with {} = {value}", path(2)));
    let caption = format!("Means, {} runs of each cell under the same luck.", sweep.plan.runs);
    let name = format!("map_{}_{}", response.metric, panel + 1);
    Picture::new(&name, format!("{}{with}.", response.metric), caption, Chart::HeatMap(map))
}
