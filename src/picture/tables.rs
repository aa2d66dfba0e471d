//! Every picture as a table: a row for each mark, numbers in the units of the axes.
use super::{Chart, Control, HeatMap, Measure, RunChart, Unit, Weeks};
use crate::{
    stats::Estimate,
    table::{Cell, Column, Table},
};

/// The numbers of `chart`.
pub fn table(name: &str, chart: &Chart) -> Table {
    let (columns, rows) = match chart {
        Chart::Weeks(weeks) => of_weeks(weeks),
        Chart::Control(control) => of_control(control),
        Chart::Run(run) => of_run(run),
        Chart::HeatMap(map) => of_map(map),
        Chart::Histogram(histogram) => {
            let measure = &histogram.measure;
            let row = |(ends, share): (&[f64], &f64)| {
                let number = |value: f64| Cell::Number(shown(measure, value));
                vec![number(ends[0]), number(ends[1]), Cell::Number(rounded(share * 100.0))]
            };
            let columns = vec![
                column(&format!("{} from", measure.label), measure),
                column("to", measure),
                Column::new(format!("of all {}", histogram.counted), "%", format!("Of {} in all.", histogram.total)),
            ];
            (columns, histogram.edges.windows(2).zip(&histogram.shares).map(row).collect())
        }
        Chart::Waterfall(waterfall) => {
            let row = |step: &super::Step| {
                let kind = if step.total { "total" } else { "change" };
                let mut row: Vec<Cell> = vec![step.label.as_str().into(), kind.into()];
                row.extend(interval(&waterfall.measure, &step.estimate));
                row
            };
            let mut columns = vec![text("step"), text("kind")];
            columns.extend(interval_columns(&waterfall.measure));
            (columns, waterfall.steps.iter().map(row).collect())
        }
        Chart::Bars(bars) => {
            let mut columns = vec![text("of")];
            for (part, _) in &bars.parts {
                columns.extend(interval_columns(&Measure::new(part.as_str(), bars.measure.unit)));
            }
            let row = |row: &super::BarRow| {
                let mut cells: Vec<Cell> = vec![row.label.as_str().into()];
                cells.extend(row.estimates.iter().flat_map(|estimate| interval(&bars.measure, estimate)));
                cells.resize(columns.len(), Cell::Number(f64::NAN));
                cells
            };
            let rows = bars.rows.iter().map(row).collect();
            (columns, rows)
        }
        Chart::Tornado(tornado) => {
            let mut columns = vec![text("changed"), text("from")];
            columns.extend(interval_columns(&tornado.measure));
            columns.push(text("to"));
            columns.extend(interval_columns(&tornado.measure));
            let row = |row: &super::TornadoRow| {
                let mut cells: Vec<Cell> = vec![row.label.as_str().into(), row.low_label.as_str().into()];
                cells.extend(interval(&tornado.measure, &row.low));
                cells.push(row.high_label.as_str().into());
                cells.extend(interval(&tornado.measure, &row.high));
                cells
            };
            (columns, tornado.rows.iter().map(row).collect())
        }
        Chart::Dots(dots) => {
            let mut columns = vec![text("of")];
            columns.extend(interval_columns(&dots.measure));
            let (noted, keyed) = (dots.rows.iter().any(|dot| !dot.note.is_empty()), !dots.key.is_empty());
            columns.extend(keyed.then(|| text("kind")));
            columns.extend(noted.then(|| text("note")));
            let row = |dot: &super::Dot| {
                let mut cells: Vec<Cell> = vec![dot.label.as_str().into()];
                cells.extend(interval(&dots.measure, &dot.estimate));
                let kind = dots.key.iter().find(|(_, role)| *role == dot.role).map_or("", |(name, _)| name.as_str());
                cells.extend(keyed.then(|| kind.into()));
                cells.extend(noted.then(|| dot.note.as_str().into()));
                cells
            };
            (columns, dots.rows.iter().map(row).collect())
        }
        Chart::Scatter(scatter) => {
            let mut columns = vec![text("of")];
            columns.extend(interval_columns(&scatter.across));
            columns.extend(interval_columns(&scatter.up));
            let row = |point: &super::Point| {
                let mut cells: Vec<Cell> = vec![point.label.as_str().into()];
                cells.extend(interval(&scatter.across, &point.across));
                cells.extend(interval(&scatter.up, &point.up));
                cells
            };
            (columns, scatter.points.iter().map(row).collect())
        }
        Chart::Curve(curve) => {
            let mut columns = vec![text("line"), column(&curve.across.label, &curve.across)];
            columns.extend(interval_columns(&curve.up));
            let rows = curve.lines.iter().flat_map(|line| {
                line.points.iter().map(|(at, estimate)| {
                    let mut cells: Vec<Cell> =
                        vec![line.label.as_str().into(), Cell::Number(shown(&curve.across, *at))];
                    cells.extend(interval(&curve.up, estimate));
                    cells
                })
            });
            let point = |(at, value): &(f64, f64)| {
                let mut cells: Vec<Cell> = vec!["single point".into(), Cell::Number(shown(&curve.across, *at))];
                cells.extend(interval(&curve.up, &super::exactly(*value)));
                cells
            };
            (columns, rows.chain(curve.cloud.iter().map(point)).collect())
        }
    };
    Table { name: name.into(), columns, rows }
}

fn of_weeks(weeks: &Weeks) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![Column::new("week", "week", "Week of the simulation, from 0.")];
    let lines = || weeks.panels.iter().flat_map(|panel| panel.lines.iter().map(move |line| (panel, line)));
    for (panel, line) in lines() {
        let name = [panel.title.as_str(), line.label.as_str()].into_iter().filter(|part| !part.is_empty());
        let name = name.collect::<Vec<_>>().join(", ");
        columns.push(column(&name, &weeks.measure));
        for band in &line.bands {
            columns.push(column(&format!("{name}, {}, from", band.label), &weeks.measure));
            columns.push(column("to", &weeks.measure));
        }
    }
    let last = lines().map(|(_, line)| line.values.len()).max().unwrap_or(0);
    let row = |week: usize| {
        let at = |values: &[f64]| Cell::Number(shown(&weeks.measure, values.get(week).copied().unwrap_or(f64::NAN)));
        let mut row: Vec<Cell> = vec![(week as u64).into()];
        for (_, line) in lines() {
            row.push(at(&line.values));
            row.extend(line.bands.iter().flat_map(|band| [at(&band.low), at(&band.high)]));
        }
        row
    };
    (columns, (0..last).map(row).collect())
}

fn of_control(control: &Control) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let measure = &control.measure;
    let mut columns = vec![Column::new("week", "week", "First week of the point.")];
    for name in ["counted", "centre line", "lower limit", "upper limit", control.other.as_str()] {
        columns.push(column(name, measure));
    }
    columns.push(text("signal"));
    let row = |(place, point): (usize, &super::ControlPoint)| {
        let mut row: Vec<Cell> = vec![((place * control.weeks_a_point) as u64).into()];
        let numbers = [point.value, point.centre, point.lower, point.upper, point.other];
        row.extend(numbers.map(|value| Cell::Number(shown(measure, value))));
        row.push(point.signal.as_str().into());
        row
    };
    (columns, control.points.iter().enumerate().map(row).collect())
}

fn of_run(run: &RunChart) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let measure = &run.measure;
    let mut columns = vec![text("time")];
    columns.extend(["value", run.centre.as_str(), "lower limit", "upper limit"].map(|name| column(name, measure)));
    if let Some(beside) = &run.beside {
        columns.extend(["from", "middle", "to"].map(|end| column(&format!("{}, {end}", beside.label), measure)));
    }
    columns.extend([text("special"), text("left out")]);
    let row = |(place, point): (usize, &super::RunPoint)| {
        let mut row: Vec<Cell> = vec![point.time.as_str().into()];
        let number = |value: f64| Cell::Number(shown(measure, value));
        row.extend([point.value, point.centre, point.lower, point.upper].map(number));
        if let Some(beside) = &run.beside {
            let ends = [&beside.low, &beside.middle, &beside.high];
            row.extend(ends.map(|end| number(end.get(place).copied().unwrap_or(f64::NAN))));
        }
        row.extend([point.signal.as_str().into(), if point.left_out { "yes" } else { "" }.into()]);
        row
    };
    (columns, run.points.iter().enumerate().map(row).collect())
}

fn of_map(map: &HeatMap) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let mut columns = vec![text(&map.row_label), text(&map.column_label)];
    columns.extend(interval_columns(&map.measure));
    if !map.outline.is_empty() {
        columns.push(text(&map.outline));
    }
    let mut rows = Vec::new();
    for (row, (name, cells)) in map.rows.iter().zip(&map.cells).enumerate() {
        for (column, (other, cell)) in map.columns.iter().zip(cells).enumerate() {
            let mut line: Vec<Cell> = vec![name.as_str().into(), other.as_str().into()];
            line.extend(interval(&map.measure, cell));
            if !map.outline.is_empty() {
                let inside = map.outlined.get(row).and_then(|row| row.get(column)) == Some(&true);
                line.push(if inside { "yes" } else { "no" }.into());
            }
            rows.push(line);
        }
    }
    (columns, rows)
}

fn text(name: &str) -> Column {
    Column::new(name, "", "")
}

fn column(name: &str, measure: &Measure) -> Column {
    Column::new(name, measure.unit.name(), "")
}

fn interval_columns(measure: &Measure) -> [Column; 3] {
    [column(&measure.label, measure), column("95 % interval from", measure), column("to", measure)]
}

fn interval(measure: &Measure, estimate: &Estimate) -> [Cell; 3] {
    [estimate.value, estimate.low, estimate.high].map(|value| Cell::Number(shown(measure, value)))
}

/// `value` in the unit of the axis, in as many digits as anyone reads.
fn shown(measure: &Measure, value: f64) -> f64 {
    // What lies beyond all that was tried has no number.
    let value = if value.is_infinite() { f64::NAN } else { value };
    if measure.unit == Unit::Plain("") { value } else { rounded(value * measure.unit.factor()) }
}

/// Two decimals.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Bars, Histogram, Picture, Role, exactly};

    #[test]
    fn a_row_is_as_long_as_its_columns_and_in_the_units_of_the_axis() {
        let histogram = Histogram {
            measure: Measure::new("Gain kept", Unit::Share),
            counted: "units".into(),
            edges: vec![0.0, 0.5, 1.0],
            shares: vec![0.25, 0.75],
            total: 8,
            turns_at: 0.5,
            marks: vec![],
        };
        let table = Picture::new("kept", "Some keep it.", "", Chart::Histogram(histogram)).table();
        assert_eq!(table.rows[1], [50.0, 100.0, 75.0].map(Cell::Number));
        let bars = Bars {
            measure: Measure::new("Share of variance", Unit::Plain("")),
            parts: vec![("alone".into(), Role::With), ("in all".into(), Role::Neutral)],
            rows: vec![crate::picture::BarRow { label: "turnover".into(), estimates: vec![exactly(0.123)] }],
        };
        let table = Picture::new("sobol", "Turnover matters.", "", Chart::Bars(bars)).table();
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len() && row[1] == Cell::Number(0.123)));
    }
}
