//! A sweep in pictures: a curve over one path, a map over two, maps side by side over three, points scattered over any.
use super::{
    Placing, Response, Sweep,
    names::{is_no_limit, label},
    scattered,
};
use crate::{
    experiment::headline::measure,
    phrase::{capital, counted},
    picture::{Chart, Curve, CurveLine, HeatMap, Mark, Measure, Picture, Role, Unit},
    stats::Estimate,
};

/// Pictures of `sweep`; none of grids over more than three paths, which no paper holds.
pub(super) fn pictures(sweep: &Sweep) -> Vec<Picture> {
    let of = |(place, response): (usize, &Response)| match (sweep.varied.len(), sweep.plan.placing) {
        (1, _) => vec![curve(sweep, place, response)],
        (2 | 3, Placing::Grid) => maps(sweep, place, response),
        (_, Placing::Grid) => vec![],
        _ => scattered::pictures(sweep, place, response),
    };
    sweep.responses.iter().enumerate().flat_map(of).collect()
}

fn path(sweep: &Sweep, place: usize) -> &str {
    sweep.varied.get(place).map_or("", |vary| vary.path())
}

fn curve(sweep: &Sweep, place: usize, response: &Response) -> Picture {
    let mut points: Vec<(f64, Estimate)> = sweep
        .points
        .iter()
        .zip(&response.estimates)
        .filter_map(|(point, estimate)| Some((*point.first()?, *estimate)))
        .collect();
    points.sort_by(|left, right| left.0.total_cmp(&right.0));
    // No limit is a number far beyond every budget tried.
    let is_place = |now: &&f64| now.is_finite() && !sweep.varied.first().is_some_and(|vary| is_no_limit(vary, **now));
    let marks = sweep.present.first().filter(is_place).map(|now| Mark { at: *now, label: "now".into() });
    let curve = Curve {
        across: Measure::new(sweep.short(path(sweep, 0)), Unit::Plain("")),
        up: measure(&response.metric),
        lines: vec![CurveLine { label: label(&response.metric), role: Role::With, points }],
        cloud: vec![],
        marks: marks.into_iter().collect(),
    };
    let caption = format!(
        "Mean of {} at each point with its 95 % interval; all points share their luck. Now: the scenario as it is.",
        counted(sweep.plan.runs, "run")
    );
    Picture::new(
        &format!("curve_{}", place + 1),
        capital(&sweep.highest_text(response, 0)),
        caption,
        Chart::Curve(curve),
    )
}

fn maps(sweep: &Sweep, place: usize, response: &Response) -> Vec<Picture> {
    let [first, second, ..] = sweep.varied.as_slice() else { return Vec::new() };
    let cell_at = |panel: &[usize], row: f64, column: f64| {
        panel.iter().copied().find(|&place| {
            let point = sweep.points.get(place);
            point.is_some_and(|point| point.first() == Some(&row) && point.get(1) == Some(&column))
        })
    };
    // Choices have no order: none of them is a step up.
    let in_order = |path: usize| path < 2 && sweep.varied.get(path).is_some_and(|vary| vary.factor.choice().is_none());
    let lowers = |point: usize| {
        response.steps.iter().any(|step| step.to == point && in_order(step.path) && step.estimate.high < 0.0)
    };
    let one = |(at, panel): (usize, &Vec<usize>)| {
        // Upwards and to the right is more, as on any map.
        let rows: Vec<f64> = first.levels.iter().rev().copied().collect();
        let grid: Vec<Vec<Option<usize>>> =
            rows.iter().map(|row| second.levels.iter().map(|column| cell_at(panel, *row, *column)).collect()).collect();
        let estimate = |cell: &Option<usize>| {
            cell.and_then(|cell| response.estimates.get(cell)).copied().unwrap_or(Estimate::UNDEFINED)
        };
        let measured = measure(&response.metric);
        let map = HeatMap {
            turns_at: (measured.unit == Unit::Points).then_some(0.0),
            measure: measured,
            row_label: sweep.short(first.path()),
            column_label: sweep.short(second.path()),
            rows: rows.iter().map(|value| sweep.level(first, *value)).collect(),
            columns: second.levels.iter().map(|value| sweep.level(second, *value)).collect(),
            cells: grid.iter().map(|row| row.iter().map(estimate).collect()).collect(),
            outlined: grid.iter().map(|row| row.iter().map(|cell| cell.is_some_and(lowers)).collect()).collect(),
            outline: "where the last step up or right made it clearly lower".into(),
        };
        let title = capital(&sweep.highest_text(response, at));
        let caption = format!(
            "Mean of {} in each cell with its 95 % interval; in brackets where that holds zero. All cells share their luck, so steps \
             between them are paired.",
            counted(sweep.plan.runs, "run")
        );
        Picture::new(&format!("map_{}_{}", place + 1, at + 1), title, caption, Chart::HeatMap(map))
    };
    sweep.panels.iter().enumerate().map(one).collect()
}
