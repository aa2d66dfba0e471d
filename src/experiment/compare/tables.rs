//! The tables of a comparison.
use super::{Candidate, Comparison};
use crate::{
    experiment::headline::{HEADLINES, Headline, headline, unit},
    phrase::{clear, grouped, percent, share, value_of},
    programme::price::CURRENCY,
    stats::Estimate,
    table::{Cell, Column, PART, SHARE, Table, said_unit},
};

/// Columns of text in which designs stand side by side; where they do not fit they are a row each.
const WIDTH: usize = 100;

/// Whether a table of text can be shown in a terminal.
pub(super) fn fits(table: &Table) -> bool {
    let cell = |cell: &Cell| if let Cell::Text(text) = cell { text.chars().count() } else { 0 };
    let column = |(place, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(place)).map(cell);
        cells.chain([column.name.chars().count()]).max().unwrap_or(0) + 2
    };
    table.columns.iter().enumerate().map(column).sum::<usize>() <= WIDTH
}

/// A value for a table, without its unit.
fn value_text(row: &Headline, estimate: &Estimate) -> String {
    let unit = unit(row.metric);
    let number = |value: f64| if unit == PART { percent(value) } else { value_of(unit, unit == SHARE, value) };
    match (estimate.value.is_nan(), estimate.low.is_nan() || estimate.half_width() == 0.0) {
        (true, _) => "-".into(),
        (false, true) => number(estimate.value),
        (false, false) => {
            format!("{} ({} to {})", number(estimate.value), number(estimate.low), number(estimate.high))
        }
    }
}

impl Comparison {
    /// Headline metrics, a column for each candidate, with or without intervals.
    pub(super) fn side_by_side(&self, intervals: bool) -> Table {
        let columns = [("metric", "", "What is compared; differences to nothing done."), ("unit", "", "Its unit.")];
        let mut table = Table::new("comparison", &columns);
        table.columns.extend(self.candidates.iter().map(|candidate| {
            let doc = "Value and, in brackets, 95 % interval.";
            Column::new(candidate.name.as_str(), "", doc)
        }));
        let cell =
            |text: String| Cell::Text(if intervals { text } else { text.split(" (").next().unwrap_or("").into() });
        let mut row = |label: &str, unit: &str, text: &dyn Fn(&Candidate) -> String| {
            let cells = self.candidates.iter().map(|candidate| cell(text(candidate)));
            table.rows.push([label.into(), said_unit(unit).into()].into_iter().chain(cells).collect());
        };
        for (place, headline) in HEADLINES.iter().enumerate() {
            let value = |candidate: &Candidate| {
                candidate.estimates.get(place).map_or_else(String::new, |estimate| value_text(headline, estimate))
            };
            row(headline.label, unit(headline.metric), &value);
        }
        row("best of all, share of runs", PART, &|candidate| share(candidate.best).replacen(" %", "", 1));
        let money = |value: f64| if value.is_nan() { "-".into() } else { grouped(value) };
        row("cost of an organisation", CURRENCY, &|candidate| money(candidate.money));
        row("cost of a lasting point", CURRENCY, &|candidate| money(candidate.per_point.value));
        table
    }

    /// A row for each candidate.
    pub(super) fn designs_table(&self) -> Table {
        let mut table = Table::new(
            "designs",
            &[
                ("design", "", "Name of the design."),
                ("gain_24", "share", "Mean net gain 24 months after support ends."),
                ("low", "share", "Lower end of the 95 % interval of gain_24."),
                ("high", "share", "Upper end of the 95 % interval of gain_24."),
                ("best", PART, "Share of runs in which its gain_24 is the largest of all, ties split."),
                ("regret", "share", "Mean distance of its gain_24 from the largest of each run."),
                ("cost", CURRENCY, "Money for one organisation, 24 months after support included."),
                ("per_point", CURRENCY, "Money for one organisation for each percentage point of gain_24."),
            ],
        );
        for candidate in &self.candidates {
            let gain = candidate.estimates.get(headline()).copied().unwrap_or(Estimate::UNDEFINED);
            let numbers = [
                gain.value,
                gain.low,
                gain.high,
                candidate.best.value,
                candidate.regret.value,
                candidate.money,
                candidate.per_point.value,
            ];
            table.rows.push(std::iter::once(candidate.name.as_str().into()).chain(numbers.map(Cell::from)).collect());
        }
        table
    }

    /// Everything measured of each candidate, with intervals.
    pub(super) fn values_table(&self) -> Table {
        let mut table = Table::new(
            "values",
            &[
                ("design", "", "Name of the design."),
                ("programme", "", "Programme it is about."),
                ("metric", "", "Metric, as in `dewpoint metrics`, or what is said of the design as a whole."),
                ("unit", "", "Unit of the value."),
                ("value", "see unit", "Mean, or ratio of means."),
                ("low", "see unit", "Lower end of the 95 % interval."),
                ("high", "see unit", "Upper end of the 95 % interval."),
                ("runs", "count", "Runs in which it is defined."),
            ],
        );
        for candidate in &self.candidates {
            let measured = HEADLINES.iter().zip(&candidate.estimates);
            let whole = [
                ("probability_best", PART, candidate.best),
                ("expected_regret", SHARE, candidate.regret),
                ("cost", CURRENCY, super::certain(candidate.money, self.runs)),
                ("cost_per_lasting_point", CURRENCY, candidate.per_point),
                ("gain_24_at_equal_budget", SHARE, candidate.at_equal_budget),
            ];
            let rows = measured.map(|(row, estimate)| (row.metric, unit(row.metric), *estimate)).chain(whole);
            for (metric, unit, estimate) in rows {
                let mut row: Vec<Cell> = vec![candidate.name.as_str().into(), candidate.programme.as_str().into()];
                row.extend([metric, unit].map(Cell::from));
                row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
                row.push(estimate.count.into());
                table.rows.push(row);
            }
        }
        table
    }

    pub(super) fn differences_table(&self) -> Table {
        let mut table = Table::new(
            "differences",
            &[
                ("design", "", "Name of the design."),
                ("minus", "", "Name of the design it is held against."),
                ("metric", "", "Metric, as in `dewpoint metrics`."),
                ("unit", "", "Unit of the difference."),
                ("difference", "see unit", "Mean difference under the same luck."),
                ("low", "see unit", "Lower end of its 95 % interval."),
                ("high", "see unit", "Upper end of its 95 % interval."),
                ("clear", "", "yes if the interval, as it is shown, leaves 0 out, else no."),
                ("runs", "count", "Runs of each in which the difference is defined."),
                (
                    "variance_ratio",
                    "times",
                    "Variance of an unpaired difference over that of the paired one; empty where it does not vary.",
                ),
                (
                    "runs_unpaired",
                    "count",
                    "Runs of each that an unpaired comparison would have taken for the same precision.",
                ),
            ],
        );
        for difference in &self.differences {
            let Some(headline) = HEADLINES.get(difference.headline) else { continue };
            let Estimate { value, low, high, count, .. } = difference.estimate;
            let mut row: Vec<Cell> = vec![self.name(difference.of).into(), self.name(difference.from).into()];
            row.extend([headline.metric, unit(headline.metric)].map(Cell::from));
            row.extend([value, low, high].map(Cell::from));
            row.push(if clear(difference.estimate) { "yes" } else { "no" }.into());
            row.push(count.into());
            row.push(difference.variance_ratio.into());
            row.push((difference.variance_ratio * count as f64).round().into());
            table.rows.push(row);
        }
        table
    }

    /// The headline metrics of each run.
    pub(super) fn runs_table(&self) -> Table {
        let mut table = Table::new("runs", &[("design", "", "Name of the design."), ("replicate", "", "Which run.")]);
        // A ratio is pooled from two columns, which outcomes of `dewpoint run` hold.
        let plain = |row: &Headline| row.nothing == 0.0;
        let docs = crate::metrics::REGISTRY;
        for headline in HEADLINES.iter().filter(|row| plain(row)) {
            let doc = docs.iter().find(|metric| metric.name == headline.metric).map_or("", |metric| metric.doc);
            table.columns.push(Column::new(headline.metric, unit(headline.metric), doc));
        }
        for (candidate, columns) in self.candidates.iter().skip(1).zip(&self.runs_of) {
            for run in 0..self.runs {
                let mut row: Vec<Cell> = vec![candidate.name.as_str().into(), run.into()];
                let plain = columns.iter().zip(HEADLINES).filter(|(_, row)| plain(row));
                row.extend(plain.map(|(column, _)| Cell::from(column.get(run as usize).copied().unwrap_or(f64::NAN))));
                table.rows.push(row);
            }
        }
        table
    }
}
