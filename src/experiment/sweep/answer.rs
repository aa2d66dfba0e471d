//! A sweep in words and tables.
use super::pictures::pictures;
use super::{
    Placing, Response, Sweep,
    optimum::{Along, Optimum, Side},
};
use crate::{
    experiment::{
        Answer, Study,
        assumptions::Concluded,
        headline::{HEADLINES, unit},
    },
    phrase::{counted, signed},
    picture::Picture,
    stats::Estimate,
    table::{Cell, Column, Table},
};

/// Points shown of a table that has no shape.
const MOST_SHOWN: usize = 10;

/// Width of the bars beside a curve.
const BAR: f64 = 30.0;

impl Study for Sweep {
    fn answer(&self) -> Answer {
        let (mut sentences, mut tables) = (Vec::new(), Vec::new());
        for response in &self.responses {
            sentences.extend(self.response_sentences(response));
            tables.push(self.shape_table(response));
        }
        if let Some(programme) = &self.programme {
            sentences.push(format!("Of several programmes this is about \"{programme}\" (another: --programme)."));
        }
        let failed = if self.failed > 0 { format!(" {} failed.", counted(self.failed, "run")) } else { String::new() };
        let (points, runs) = (counted(self.points.len() as u64, "point"), counted(self.plan.runs, "run"));
        sentences.push(format!(
            "{points} and the scenario as it is, {runs} each under the same luck, seed {}.{failed} In brackets are 95 % \
             intervals, those of places by bootstrap over the runs.",
            self.plan.seed
        ));
        tables.extend([self.points_table(), self.optima_table()]);
        if self.plan.placing == Placing::Grid {
            tables.push(self.steps_table());
        }
        let title = if sentences.is_empty() { String::new() } else { sentences.remove(0) };
        Answer { title, sentences, tables }
    }

    fn pictures(&self) -> Vec<Picture> {
        pictures(self)
    }

    fn concluded(&self) -> Concluded {
        self.concluded.clone()
    }
}

/// A metric in words: its label where it has one.
pub(super) fn label(metric: &str) -> String {
    let headline = HEADLINES.iter().find(|row| row.metric == metric);
    headline.map_or_else(|| metric.into(), |row| format!("the {}", row.label))
}

/// The sentence with a capital letter, unless it begins with the name of a metric or path.
fn capital(sentence: &str) -> String {
    let word = sentence.split(' ').next().unwrap_or_default();
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !word.contains(['_', '.']) => first.to_uppercase().chain(letters).collect(),
        _ => sentence.into(),
    }
}

/// Points (of 100) for shares, as they are for other units.
fn number(metric: &str, value: f64) -> String {
    match (value.is_nan(), unit(metric)) {
        (true, _) => "-".into(),
        (false, "share") => signed(value).trim_start_matches('+').into(),
        (false, _) => format!("{value:.2}"),
    }
}

fn measured(metric: &str, estimate: &Estimate) -> String {
    let points = if unit(metric) == "share" { " points" } else { "" };
    let value = number(metric, estimate.value);
    if estimate.low.is_nan() {
        return format!("{value}{points}");
    }
    format!("{value}{points} ({} to {})", number(metric, estimate.low), number(metric, estimate.high))
}

/// Where the highest point lies along one path.
fn side_text(metric: &str, path: &str, along: &Along) -> String {
    match along.side {
        Side::Inside => format!(
            "{path} has its highest point inside the range, {} above the lower end and {} above the upper",
            measured(metric, &along.above_low_end),
            measured(metric, &along.above_high_end)
        ),
        Side::LowEnd => {
            format!("{path} is highest at its lower end, {} above the upper", measured(metric, &along.above_high_end))
        }
        Side::HighEnd => {
            format!("{path} is highest at its upper end, {} above the lower", measured(metric, &along.above_low_end))
        }
        Side::Unclear => format!("whether {path} has its highest point inside the range or at an end is not clear"),
    }
}

impl Sweep {
    fn is_grid(&self) -> bool {
        self.plan.placing == Placing::Grid
    }

    /// A path in a sentence or beside a map: its last word where no other ends in the same.
    pub(super) fn short<'a>(&self, path: &'a str) -> &'a str {
        fn last(path: &str) -> &str {
            path.rsplit('.').next().unwrap_or(path)
        }
        let same = self.varied.iter().filter(|other| last(other.path()) == last(path)).count();
        if same > 1 { path } else { last(path) }
    }

    /// `sanction 0.3 (0.2 to 0.5), recognition 1 (1 to 1)`: values with their bootstrap intervals.
    fn place_text(&self, optimum: &Optimum, paths: usize) -> String {
        let values = self.points.get(optimum.best).map_or(&[][..], Vec::as_slice);
        let one = |((vary, value), along): ((&super::Vary, &f64), &Along)| {
            format!("{} {value} ({} to {})", self.short(vary.path()), along.low, along.high)
        };
        let parts = self.varied.iter().zip(values).zip(&optimum.along).take(paths);
        parts.map(one).collect::<Vec<_>>().join(", ")
    }

    fn response_sentences(&self, response: &Response) -> Vec<String> {
        let (metric, what) = (response.metric.as_str(), label(&response.metric));
        if response.optima.is_empty() {
            return vec![capital(&format!("{what} is defined at none of the points."))];
        }
        let mut told = Vec::new();
        let panelled = self.panels.len() > 1;
        let paths = if panelled { 2 } else { self.varied.len() };
        for (panel, optimum) in self.panels.iter().zip(&response.optima) {
            let third = panel.first().and_then(|&point| self.points.get(point)).and_then(|values| values.get(2));
            let with = match (panelled, self.varied.get(2), third) {
                (true, Some(vary), Some(value)) => format!("with {} {value} ", self.short(vary.path())),
                _ => String::new(),
            };
            let height = response.estimates.get(optimum.best).copied().unwrap_or(Estimate::UNDEFINED);
            if !optimum.above_lowest.excludes(0.0) {
                told.push(capital(&format!(
                    "{with}{what} cannot be told apart between the points: the highest and the lowest by half of the runs \
                     differ by {} in the other half.",
                    measured(metric, &optimum.above_lowest)
                )));
                continue;
            }
            told.push(capital(&format!(
                "{with}{what} is highest at {}: {}.",
                self.place_text(optimum, paths),
                measured(metric, &height)
            )));
            if self.is_grid() {
                let sides = self.varied.iter().zip(&optimum.along).take(paths);
                let sides = sides.map(|(vary, along)| side_text(metric, self.short(vary.path()), along));
                told.push(capital(&format!("{}.", sides.collect::<Vec<_>>().join("; "))));
            }
            if !panelled {
                let tie = if optimum.above_present.excludes(0.0) { "" } else { ", which may be nothing" };
                told.push(format!(
                    "As the scenario is ({}) it is {}; the highest point, chosen by half of the runs, lies {} above that in \
                     the other half{tie}.",
                    self.present.iter().map(f64::to_string).collect::<Vec<_>>().join(", "),
                    measured(metric, &response.present),
                    measured(metric, &optimum.above_present)
                ));
            }
        }
        told.extend(self.steps_sentence(response));
        told
    }

    /// How often more of a path raises or lowers the metric.
    fn steps_sentence(&self, response: &Response) -> Option<String> {
        let parts = self.varied.iter().enumerate().filter_map(|(path, vary)| {
            let steps = || response.steps.iter().filter(|step| step.path == path).map(|step| &step.estimate);
            let rises = steps().filter(|estimate| estimate.low > 0.0).count();
            let falls = steps().filter(|estimate| estimate.high < 0.0).count();
            let every = steps().count();
            let path = self.short(vary.path());
            (every > 0).then(|| format!("of {every} steps up in {path} {rises} raise it clearly and {falls} lower it"))
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| capital(&format!("{} (by luck alone 1 in 40 each way).", parts.join("; "))))
    }

    /// The table to look at: a curve, a map, or the highest points.
    fn shape_table(&self, response: &Response) -> Table {
        match (self.is_grid(), self.varied.as_slice()) {
            (true, [_]) => self.curve(response),
            (true, [_, _] | [_, _, _]) => self.map(response),
            _ => self.highest(response),
        }
    }

    fn name(&self, response: &Response, shape: &str) -> String {
        match self.responses.first() {
            Some(first) if first.metric == response.metric => shape.into(),
            _ => format!("{shape}_{}", response.metric),
        }
    }

    /// `*` the highest of its panel, `=` not to be told from it.
    fn mark(response: &Response, point: usize) -> &'static str {
        if response.optima.iter().any(|optimum| optimum.best == point) {
            return "*";
        }
        match response.to_highest.get(point) {
            Some(estimate) if estimate.low.is_finite() && !estimate.excludes(0.0) => "=",
            _ => "",
        }
    }

    fn curve(&self, response: &Response) -> Table {
        let path = self.varied.first().map_or("", |vary| vary.path());
        let name = response.metric.as_str();
        let mut table = Table::new(
            &self.name(response, "curve"),
            &[
                (path, "", "Value of the path varied."),
                (name, unit(name), "Value of the metric."),
                ("low", unit(name), "Lower end of its 95 % interval."),
                ("high", unit(name), "Upper end of its 95 % interval."),
                ("mark", "", "* highest, = cannot be told from the highest."),
                ("bar", "", "From the lowest point, shortest, to the highest."),
            ],
        );
        let heights = response.estimates.iter().map(|estimate| estimate.value).filter(|value| value.is_finite());
        let (low, high) =
            heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        for (place, (point, estimate)) in self.points.iter().zip(&response.estimates).enumerate() {
            let length = if high > low { 1.0 + (BAR - 1.0) * (estimate.value - low) / (high - low) } else { 1.0 };
            let mut row: Vec<Cell> = point.iter().map(|value| Cell::Text(value.to_string())).collect();
            row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
            row.extend([Self::mark(response, place).into(), "#".repeat(length.max(0.0) as usize).into()]);
            table.rows.push(row);
        }
        table
    }

    /// The second path downwards, the first to the right, a third in blocks.
    fn map(&self, response: &Response) -> Table {
        let [first, second, rest @ ..] = self.varied.as_slice() else { return Table::new("map", &[]) };
        let doc = |vary: &super::Vary| format!("Value of {}.", vary.path());
        let mut table = Table::new(&self.name(response, "map"), &[]);
        table.columns.extend(rest.iter().map(|vary| Column::new(self.short(vary.path()), "", doc(vary))));
        let corner = format!("{} \\ {}", self.short(second.path()), self.short(first.path()));
        table.columns.push(Column::new(corner, "", format!("{} To the right: {}", doc(second), doc(first))));
        let shares = if unit(&response.metric) == "share" { ", in points (of 100)" } else { "" };
        table.columns.extend(first.levels.iter().map(|level| {
            let doc = format!(
                "{}{shares} with {} = {level}; * highest, = cannot be told from the highest.",
                response.metric,
                first.path()
            );
            Column::new(level.to_string(), "", doc)
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
                    let mark = place.map_or("", |place| Self::mark(response, place));
                    let value = estimate.map_or(f64::NAN, |estimate| estimate.value);
                    Cell::Text(format!("{}{mark}", number(&response.metric, value)))
                };
                let mut row: Vec<Cell> = third.iter().map(|value| Cell::Text(value.to_string())).collect();
                row.push(Cell::Text(down.to_string()));
                row.extend(first.levels.iter().map(here));
                table.rows.push(row);
            }
        }
        table
    }

    fn highest(&self, response: &Response) -> Table {
        let mut table = Table::new(&self.name(response, "highest"), &[]);
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
            let mut row: Vec<Cell> = self.points.get(place).into_iter().flatten().copied().map(Cell::from).collect();
            row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
            row.push(Self::mark(response, place).into());
            table.rows.push(row);
        }
        table
    }

    fn path_columns(&self) -> Vec<Column> {
        self.varied.iter().map(|vary| Column::new(vary.path(), "", vary.factor.slot.declared.doc())).collect()
    }

    /// Every point and metric.
    fn points_table(&self) -> Table {
        let mut table = Table::new("points", &[]);
        table.columns = self.path_columns();
        let columns = [
            ("metric", "", "Metric, as in `dewpoint metrics`."),
            ("value", "see metric", "Its mean, or ratio of means."),
            ("low", "see metric", "Lower end of its 95 % interval."),
            ("high", "see metric", "Upper end of its 95 % interval."),
            ("difference", "see metric", "Paired difference to the scenario as it is."),
            ("difference_low", "see metric", "Lower end of its 95 % interval."),
            ("difference_high", "see metric", "Upper end of its 95 % interval."),
            ("runs", "count", "Runs in which it is defined."),
        ];
        table.columns.extend(columns.map(|(name, unit, doc)| Column::new(name, unit, doc)));
        for response in &self.responses {
            let undefined = vec![f64::NAN; self.varied.len()];
            let same = Estimate { value: 0.0, low: 0.0, high: 0.0, sd: 0.0, count: self.plan.runs };
            let as_it_is = (if self.present.is_empty() { &undefined } else { &self.present }, &response.present, &same);
            let rows = self.points.iter().zip(&response.estimates).zip(&response.differences);
            let rows = rows.map(|((point, estimate), difference)| (point, estimate, difference));
            for (point, estimate, difference) in std::iter::once(as_it_is).chain(rows) {
                let mut row: Vec<Cell> = point.iter().copied().map(Cell::from).collect();
                row.push(response.metric.as_str().into());
                row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
                row.extend([difference.value, difference.low, difference.high].map(Cell::from));
                row.push(estimate.count.into());
                table.rows.push(row);
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
                ("panel", "", "Value of the third path, where there are maps side by side."),
                ("path", "", "Path varied."),
                ("at", "", "Its value where the metric is highest in all runs."),
                ("low", "", "Lower end of the 95 % bootstrap interval of that value."),
                ("high", "", "Upper end of that interval."),
                ("side", "", "inside, low end, high end or unclear: chosen by even runs and tested on odd ones."),
                (
                    "above_low_end",
                    "see metric",
                    "Height above the lower end of the path, other paths the same, odd runs.",
                ),
                ("above_low_end_low", "see metric", "Lower end of its 95 % interval."),
                ("above_low_end_high", "see metric", "Upper end of its 95 % interval."),
                ("above_high_end", "see metric", "Height above the upper end of the path, odd runs."),
                ("above_high_end_low", "see metric", "Lower end of its 95 % interval."),
                ("above_high_end_high", "see metric", "Upper end of its 95 % interval."),
            ],
        );
        for response in &self.responses {
            for (panel, optimum) in self.panels.iter().zip(&response.optima) {
                let values = self.points.get(optimum.best).map_or(&[][..], Vec::as_slice);
                let third =
                    panel.first().filter(|_| self.panels.len() > 1).and_then(|&point| self.points.get(point)?.get(2));
                for ((vary, value), along) in self.varied.iter().zip(values).zip(&optimum.along) {
                    let side = match along.side {
                        Side::Inside => "inside",
                        Side::LowEnd => "low end",
                        Side::HighEnd => "high end",
                        Side::Unclear => "unclear",
                    };
                    let mut row: Vec<Cell> = vec![response.metric.as_str().into()];
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

    /// What each step up along a path does.
    fn steps_table(&self) -> Table {
        let mut table = Table::new("steps", &[]);
        table.columns = self.path_columns();
        let columns = [
            ("metric", "", "Metric, as in `dewpoint metrics`."),
            ("step", "", "Path that goes up by one value; the other columns say from where."),
            ("to", "", "Value it goes up to."),
            ("difference", "see metric", "Paired difference that the step makes."),
            ("low", "see metric", "Lower end of its 95 % interval."),
            ("high", "see metric", "Upper end of its 95 % interval."),
        ];
        table.columns.extend(columns.map(|(name, unit, doc)| Column::new(name, unit, doc)));
        for response in &self.responses {
            for step in &response.steps {
                let Some(from) = self.points.get(step.from) else { continue };
                let to = self.points.get(step.to).and_then(|values| values.get(step.path)).copied().unwrap_or(f64::NAN);
                let mut row: Vec<Cell> = from.iter().copied().map(Cell::from).collect();
                row.push(response.metric.as_str().into());
                row.push(self.varied.get(step.path).map_or("", |vary| vary.path()).into());
                row.extend([to, step.estimate.value, step.estimate.low, step.estimate.high].map(Cell::from));
                table.rows.push(row);
            }
        }
        table
    }
}
