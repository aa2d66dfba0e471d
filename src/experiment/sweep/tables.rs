//! The tables of a sweep.
//!
//! The first, `points`, is a row for each point and metric; what a terminal shows is the same laid out as a curve, a map
//! or the highest points.
use super::{
    Response, Sweep, Vary,
    names::{mark, number},
    optimum::Side,
};
use crate::{
    experiment::headline::unit,
    stats::Estimate,
    table::{Cell, Column, Table, said_unit},
};

/// Points shown of a table that has no shape.
const MOST_SHOWN: usize = 10;

/// How the scenario as it is is called among the points.
const PRESENT: &str = "present";

impl Sweep {
    /// What a terminal shows: a curve, a map, or the highest points.
    pub(super) fn shape(&self, response: &Response) -> Table {
        match (self.is_grid(), self.varied.as_slice()) {
            (true, [_]) => self.curve(response),
            (true, [_, _] | [_, _, _]) => self.map(response),
            _ => self.highest(response),
        }
    }

    /// Every table for files.
    pub(super) fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.points_table(), self.optima_table()];
        if self.is_grid() {
            tables.push(self.steps_table());
        }
        if self.plan.keeps_runs {
            tables.push(self.runs_table());
        }
        tables
    }

    fn curve(&self, response: &Response) -> Table {
        let (path, path_unit) = self.varied.first().map_or(("", ""), |vary| (vary.path(), vary.factor.unit()));
        let name = response.metric.as_str();
        let mut table = Table::new(
            "curve",
            &[
                (path, path_unit, "Value of the path varied."),
                (name, unit(name), "Value of the metric."),
                ("low", unit(name), "Lower end of its 95 % interval."),
                ("high", unit(name), "Upper end of its 95 % interval."),
                ("mark", "", "* highest, = cannot be told from the highest."),
            ],
        );
        for (place, (point, estimate)) in self.points.iter().zip(&response.estimates).enumerate() {
            let mut row = self.values(point);
            row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
            row.push(mark(response, place).into());
            table.rows.push(row);
        }
        table
    }

    /// The second path downwards, the first to the right, a third in blocks.
    fn map(&self, response: &Response) -> Table {
        let [first, second, rest @ ..] = self.varied.as_slice() else { return Table::new("map", &[]) };
        let doc = |vary: &Vary| format!("Value of {}.", vary.path());
        let mut table = Table::new("map", &[]);
        table
            .columns
            .extend(rest.iter().map(|vary| Column::new(self.short(vary.path()), vary.factor.unit(), doc(vary))));
        let corner = format!("{} \\ {}", self.short(second.path()), self.short(first.path()));
        table.columns.push(Column::new(
            corner,
            second.factor.unit(),
            format!("{} To the right: {}", doc(second), doc(first)),
        ));
        let shown = said_unit(unit(&response.metric));
        table.columns.extend(first.levels.iter().map(|level| {
            let doc = format!(
                "{} with {} = {level}; * highest, = cannot be told from the highest.",
                response.metric,
                first.path()
            );
            Column::new(self.level(first, *level), shown, doc)
        }));
        let thirds = rest.first().map_or_else(|| vec![None], |vary| vary.levels.iter().copied().map(Some).collect());
        for third in thirds {
            // The largest value on top, as on a map.
            for down in second.levels.iter().rev() {
                let here = |across: &f64| {
                    let place = self.points.iter().position(|point| {
                        point.first() == Some(across) && point.get(1) == Some(down) && point.get(2).copied() == third
                    });
                    let estimate = place.and_then(|place| response.estimates.get(place));
                    let mark = place.map_or("", |place| mark(response, place));
                    let value = estimate.map_or(f64::NAN, |estimate| estimate.value);
                    Cell::Text(format!("{}{mark}", number(&response.metric, value)))
                };
                let mut row: Vec<Cell> =
                    third.iter().zip(rest).map(|(value, vary)| Cell::Text(self.level(vary, *value))).collect();
                row.push(Cell::Text(self.level(second, *down)));
                row.extend(first.levels.iter().map(here));
                table.rows.push(row);
            }
        }
        table
    }

    fn highest(&self, response: &Response) -> Table {
        let mut table = Table::new("highest", &[]);
        table.columns = self.path_columns();
        let name = response.metric.as_str();
        table.columns.extend([
            Column::new(name, unit(name), "Value of the metric, the highest first."),
            Column::new("low", unit(name), "Lower end of its 95 % interval."),
            Column::new("high", unit(name), "Upper end of its 95 % interval."),
            Column::new("mark", "", "* highest, = cannot be told from the highest."),
        ]);
        let mut order: Vec<(usize, &Estimate)> =
            response.estimates.iter().enumerate().filter(|(_, estimate)| estimate.value.is_finite()).collect();
        order.sort_by(|left, right| right.1.value.total_cmp(&left.1.value));
        for (place, estimate) in order.into_iter().take(MOST_SHOWN) {
            let mut row = self.values(self.points.get(place).map_or(&[][..], Vec::as_slice));
            row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
            row.push(mark(response, place).into());
            table.rows.push(row);
        }
        table
    }

    fn path_columns(&self) -> Vec<Column> {
        let column = |vary: &Vary| Column::new(vary.path(), vary.factor.unit(), vary.factor.slot.declared.doc());
        self.varied.iter().map(column).collect()
    }

    /// The values of a point, choices by name.
    fn values(&self, point: &[f64]) -> Vec<Cell> {
        let one = |(vary, &value): (&Vary, &f64)| vary.factor.named(value).map_or(Cell::Number(value), Cell::from);
        self.varied.iter().zip(point).map(one).collect()
    }

    /// Every point and metric.
    fn points_table(&self) -> Table {
        let mut table =
            Table::new("points", &[("point", "", "Number of the point, from 1; present: the scenario as it is.")]);
        table.columns.extend(self.path_columns());
        let columns = [
            ("metric", "", "Metric, as in `dewpoint metrics`."),
            ("unit", "", "Unit of value and difference."),
            ("value", "see unit", "Its mean, or ratio of means."),
            ("low", "see unit", "Lower end of its 95 % interval."),
            ("high", "see unit", "Upper end of its 95 % interval."),
            ("difference", "see unit", "Paired difference to the scenario as it is."),
            ("difference_low", "see unit", "Lower end of its 95 % interval."),
            ("difference_high", "see unit", "Upper end of its 95 % interval."),
            ("rank", "", "highest of all points or of its panel; tie: cannot be told from that; empty: clearly lower."),
            ("runs", "count", "Runs in which it is defined."),
        ];
        table.columns.extend(columns.map(|(name, unit, doc)| Column::new(name, unit, doc)));
        for response in &self.responses {
            let same = Estimate { value: 0.0, low: 0.0, high: 0.0, sd: 0.0, count: self.plan.runs };
            let mut add = |point: Cell, values: &[f64], estimate: &Estimate, difference: &Estimate, rank: &str| {
                let mut row = vec![point];
                row.extend(self.values(values));
                row.extend([response.metric.as_str(), unit(&response.metric)].map(Cell::from));
                row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
                row.extend([difference.value, difference.low, difference.high].map(Cell::from));
                row.push(rank.into());
                row.push(estimate.count.into());
                table.rows.push(row);
            };
            add(PRESENT.into(), &self.present, &response.present, &same, "");
            let rows = self.points.iter().zip(&response.estimates).zip(&response.differences).enumerate();
            for (place, ((point, estimate), difference)) in rows {
                let rank = match mark(response, place) {
                    "*" => "highest",
                    "=" => "tie",
                    _ => "",
                };
                add((place as u64 + 1).into(), point, estimate, difference, rank);
            }
        }
        table
    }

    /// The outcomes of every run at every point, of the scenario as it is first.
    fn runs_table(&self) -> Table {
        let mut table = Table::new(
            "runs",
            &[
                ("point", "", "Number of the point, as in points.csv; present: the scenario as it is."),
                ("replicate", "count", "Which run: runs of one number share their luck at all points."),
            ],
        );
        table.columns.extend(self.outcomes.iter().map(|(metric, _)| {
            let doc = "Outcome of the run, as in `dewpoint metrics`; empty where it is undefined.";
            Column::new(metric.as_str(), unit(metric), doc)
        }));
        table.rows.reserve_exact((self.points.len() + 1) * self.plan.runs as usize);
        for place in 0..=self.points.len() {
            for run in 0..self.plan.runs as usize {
                let point: Cell = if place == 0 { PRESENT.into() } else { (place as u64).into() };
                let outcome = |(_, by_point): &(String, Vec<Vec<f64>>)| {
                    Cell::Number(by_point.get(place).and_then(|runs| runs.get(run)).copied().unwrap_or(f64::NAN))
                };
                let row = [point, (run as u64).into()].into_iter().chain(self.outcomes.iter().map(outcome));
                table.rows.push(row.collect());
            }
        }
        table
    }

    /// Where each metric is highest, and whether that is inside.
    fn optima_table(&self) -> Table {
        let mut table = Table::new(
            "optima",
            &[
                ("metric", "", "Metric, as in `dewpoint metrics`."),
                ("unit", "", "Unit of the heights."),
                ("panel", "", "Value of the third path, where there are maps side by side."),
                ("path", "", "Path varied."),
                ("at", "", "Its value where the metric is highest in all runs."),
                ("low", "", "Lower end of the 95 % bootstrap interval of that value."),
                ("high", "", "Upper end of that interval."),
                ("side", "", "inside, low end, high end or unclear: chosen by even runs and tested on odd ones."),
                (
                    "above_low_end",
                    "see unit",
                    "Height above the lower end of the path, other paths the same, odd runs.",
                ),
                ("above_low_end_low", "see unit", "Lower end of its 95 % interval."),
                ("above_low_end_high", "see unit", "Upper end of its 95 % interval."),
                ("above_high_end", "see unit", "Height above the upper end of the path, odd runs."),
                ("above_high_end_low", "see unit", "Lower end of its 95 % interval."),
                ("above_high_end_high", "see unit", "Upper end of its 95 % interval."),
            ],
        );
        for response in &self.responses {
            for (panel, points) in self.panels.iter().enumerate() {
                let Some(optimum) = self.optimum_of(response, panel) else { continue };
                let values = self.points.get(optimum.best).map_or(&[][..], Vec::as_slice);
                let third =
                    points.first().filter(|_| self.panels.len() > 1).and_then(|&point| self.points.get(point)?.get(2));
                for ((vary, value), along) in self.varied.iter().zip(values).zip(&optimum.along) {
                    let side = match along.side {
                        Side::Inside => "inside",
                        Side::LowEnd => "low end",
                        Side::HighEnd => "high end",
                        Side::Unclear => "unclear",
                    };
                    let mut row: Vec<Cell> =
                        [response.metric.as_str(), unit(&response.metric)].map(Cell::from).to_vec();
                    row.push(third.copied().unwrap_or(f64::NAN).into());
                    row.push(vary.path().into());
                    row.extend([*value, along.low, along.high].map(Cell::from));
                    row.push(side.into());
                    for end in [along.above_low_end, along.above_high_end] {
                        row.extend([end.value, end.low, end.high].map(Cell::from));
                    }
                    table.rows.push(row);
                }
            }
        }
        table
    }

    /// What each step up along a path does, and each change from one choice to another.
    fn steps_table(&self) -> Table {
        let mut table = Table::new("steps", &[]);
        table.columns = self.path_columns();
        let columns = [
            ("metric", "", "Metric, as in `dewpoint metrics`."),
            ("unit", "", "Unit of the difference."),
            (
                "step",
                "",
                "Path that goes up by one value, or from one choice to another; the other columns say from where.",
            ),
            ("to", "", "Value or choice it goes to."),
            ("difference", "see unit", "Paired difference that the step makes."),
            ("low", "see unit", "Lower end of its 95 % interval."),
            ("high", "see unit", "Upper end of its 95 % interval."),
        ];
        table.columns.extend(columns.map(|(name, unit, doc)| Column::new(name, unit, doc)));
        for response in &self.responses {
            for step in &response.steps {
                let Some(from) = self.points.get(step.from) else { continue };
                let to = self.points.get(step.to).map(|values| self.values(values)).unwrap_or_default();
                let mut row = self.values(from);
                row.extend([response.metric.as_str(), unit(&response.metric)].map(Cell::from));
                row.push(self.varied.get(step.path).map_or("", |vary| vary.path()).into());
                row.push(to.into_iter().nth(step.path).unwrap_or_else(|| "".into()));
                row.extend([step.estimate.value, step.estimate.low, step.estimate.high].map(Cell::from));
                table.rows.push(row);
            }
        }
        table
    }
}
