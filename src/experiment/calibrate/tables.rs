//! A calibration in tables.

use super::{Calibrated, figures::quantity};
use crate::table::{Cell, Column, PART, Table};

/// Smallest correlation that is told, however many rows there are.
const CORRELATED: f64 = 0.3;

impl Calibrated {
    /// All tables, the one to look at first.
    pub(super) fn tables(&self) -> Vec<Table> {
        vec![
            self.figures_table(),
            self.parameters_table(),
            self.waves_table(),
            self.emulators_table(),
            self.correlations_table(),
            self.posterior_table(),
            self.points_table(),
        ]
    }

    /// The figures to read.
    pub(super) fn overview(&self) -> Table {
        let columns = [
            ("figure", "", "Short name of the published figure, and what it is of."),
            ("published", "", "The figure, its band, and the unit."),
            (
                "posterior",
                "",
                "Mean and 95 % interval over the rows of the posterior, and whether the mean lies in the band.",
            ),
        ];
        let mut table = Table::new("figures", &columns);
        for (place, target) in self.targets.iter().enumerate() {
            let fitted = self.fitted(place);
            let [low, high] = fitted.interval.map(|value| target.number(value));
            let result = if fitted.met { "met" } else { "missed" };
            let given = format!("{} ({low} to {high}), {result}", target.number(fitted.mean));
            table.rows.push([format!("{} {}", target.id, target.name), target.asked(), given].map(Cell::from).to_vec());
        }
        table
    }

    fn figures_table(&self) -> Table {
        let columns = [
            ("figure", "", "Short name of the published figure."),
            ("unit", "", "Unit of the numbers in this row."),
            ("published", "of the figure", "The figure as published."),
            ("from", "of the figure", "Lower end of its band."),
            ("to", "of the figure", "Upper end of its band."),
            ("posterior", "of the figure", "Mean over the rows of the posterior."),
            (
                "posterior_low",
                "of the figure",
                "Lower end of the 95 % interval over the rows, luck of few runs included.",
            ),
            ("posterior_high", "of the figure", "Upper end of that interval."),
            ("result", "", "Whether the mean lies in the band (met) or not (missed)."),
            ("holds_published", "", "Whether the interval holds the published figure: yes or no."),
        ];
        let mut table = Table::new("figures", &columns);
        for (place, target) in self.targets.iter().enumerate() {
            let fitted = self.fitted(place);
            let mut row: Vec<Cell> = vec![target.id.as_str().into(), target.unit.as_str().into()];
            let [low, high] = fitted.interval;
            row.extend([target.published, target.from, target.to, fitted.mean, low, high].map(Cell::from));
            row.push(if fitted.met { "met" } else { "missed" }.into());
            row.push(if fitted.held { "yes" } else { "no" }.into());
            table.rows.push(row);
        }
        table
    }

    fn parameters_table(&self) -> Table {
        let columns = [
            ("parameter", "", "Path of the parameter."),
            ("unit", "", "Its unit."),
            ("prior", "", "How it was spread before: uniform or log-uniform."),
            ("prior_low", "of the parameter", "Lower end of the 95 % interval of the prior."),
            ("prior_median", "of the parameter", "Median of the prior."),
            ("prior_high", "of the parameter", "Upper end of the interval of the prior."),
            ("posterior_low", "of the parameter", "Lower end of the 95 % interval of the posterior."),
            ("posterior_median", "of the parameter", "Median of the posterior."),
            ("posterior_high", "of the parameter", "Upper end of the interval of the posterior."),
            (
                "narrower",
                "0 to 1",
                "How much narrower the posterior is than the prior; less than 0: wider, by chance of few rows.",
            ),
            ("moved", "prior SD", "How far its mean has moved, on the scale of the prior."),
            ("informed", "", "yes where it is narrower or has moved by more than chance would show."),
            ("active", "", "yes where the screening took it for one that matters; the others were drawn along."),
            (
                "explains",
                "sum of shares",
                "Shares of the figures' variance that it explains in wave 1, added up; empty: not screened.",
            ),
        ];
        let mut table = Table::new("parameters", &columns);
        let of_active = |input: usize| self.found.active.iter().find(|active| active.input == input);
        let rest = (0..self.inputs.len()).filter(|&input| of_active(input).is_none());
        let order = self.found.active.iter().map(|active| active.input).chain(rest);
        for input in order.collect::<Vec<_>>() {
            let Some((slot, quantity)) = self.inputs.get(input).and_then(|slot| Some((slot, quantity(slot)?))) else {
                continue;
            };
            let learned = self.learned(input);
            let mut row: Vec<Cell> =
                vec![slot.path.as_str().into(), quantity.unit.into(), quantity.prior().words().into()];
            row.extend(learned.prior.into_iter().chain(learned.posterior).map(Cell::from));
            row.extend([learned.narrower, learned.moved].map(Cell::from));
            row.push(if learned.informed { "yes" } else { "no" }.into());
            row.push(if of_active(input).is_some() { "yes" } else { "no" }.into());
            row.push(of_active(input).map_or(f64::NAN, |active| active.part).into());
            table.rows.push(row);
        }
        table
    }

    fn waves_table(&self) -> Table {
        let columns = [
            ("wave", "", "Number of the wave, from 1."),
            ("points", "", "Points simulated."),
            ("left", PART, "Part of the prior that is not implausible after it."),
            ("found", "", "yes, or no where nothing is left and what comes next looks where the model misses least."),
            ("plausible_points", PART, "Part of its points whose simulated figures are themselves not implausible."),
            ("undefined", PART, "Part of its answers that are undefined."),
        ];
        let mut table = Table::new("waves", &columns);
        for (number, wave) in (1u64..).zip(&self.found.waves) {
            let good = wave.answers.iter().filter(|answers| self.implausibility(answers) <= self.found.plan.cut);
            let answers = wave.answers.iter().flatten();
            let undefined = answers.clone().filter(|answer| !answer.mean.is_finite()).count();
            table.rows.push(vec![
                number.into(),
                (wave.points.len() as u64).into(),
                wave.volume.into(),
                if wave.reached { "yes" } else { "no" }.into(),
                (good.count() as f64 / wave.points.len().max(1) as f64).into(),
                (undefined as f64 / answers.count().max(1) as f64).into(),
            ]);
        }
        table
    }

    fn emulators_table(&self) -> Table {
        let columns = [
            ("wave", "", "Number of the wave, from 1."),
            ("figure", "", "Short name of the published figure."),
            ("points", "", "Points that the emulator learned from; empty where the figure was undefined at most."),
            (
                "explained",
                "0 to 1",
                "Part of the variance of unseen answers that it explains, Monte Carlo error taken off.",
            ),
            ("covered", PART, "Part of unseen answers within its 95 % interval."),
            (
                "blown_up",
                "times",
                "What its variance was multiplied with, since unseen answers lay further off than it said.",
            ),
        ];
        let mut table = Table::new("emulators", &columns);
        for (number, wave) in (1u64..).zip(&self.found.waves) {
            for (target, quality) in self.targets.iter().zip(&wave.quality) {
                let numbers = quality.map_or([f64::NAN; 4], |quality| {
                    [quality.points as f64, quality.explained, quality.covered, quality.blown_up]
                });
                let mut row: Vec<Cell> = vec![number.into(), target.id.as_str().into()];
                row.extend(numbers.map(Cell::from));
                table.rows.push(row);
            }
        }
        table
    }

    /// Pairs of active parameters that go together in the posterior, the strongest first.
    pub(super) fn correlated(&self) -> Vec<(usize, usize, f64)> {
        let active: Vec<usize> = self.found.active.iter().map(|active| active.input).collect();
        let pairs = active.iter().enumerate().flat_map(|(place, &first)| {
            active[place + 1..].iter().map(move |&second| (first, second, self.correlation(first, second)))
        });
        // By chance alone a correlation over n rows has a standard deviation of 1 / sqrt(n), and there are hundreds of pairs.
        let least = CORRELATED.max(super::CLEARLY / self.found.effective_rows().sqrt());
        let mut pairs: Vec<(usize, usize, f64)> = pairs.filter(|(.., value)| value.abs() >= least).collect();
        pairs.sort_by(|left, right| right.2.abs().total_cmp(&left.2.abs()));
        pairs
    }

    fn correlations_table(&self) -> Table {
        let columns = [
            ("parameter", "", "Path of a parameter."),
            ("other", "", "Path of another."),
            (
                "correlation",
                "-1 to 1",
                "How they go together over the rows of the posterior, on the scale of their priors.",
            ),
        ];
        let mut table = Table::new("correlations", &columns);
        let path = |input: usize| self.inputs.get(input).map_or("", |slot| slot.path.as_str());
        table.rows = self
            .correlated()
            .into_iter()
            .map(|(first, second, value)| vec![path(first).into(), path(second).into(), value.into()])
            .collect();
        table
    }

    fn posterior_table(&self) -> Table {
        let columns =
            [("row", "", "Number of the row, from 0."), ("weight", "of 1", "Weight of the row; all add up to 1.")];
        let mut table = Table::new("posterior", &columns);
        for (slot, quantity) in self.inputs.iter().filter_map(|slot| Some((slot, quantity(slot)?))) {
            table.columns.push(Column::new(slot.path.as_str(), quantity.unit, quantity.doc));
        }
        for (number, row) in (0u64..).zip(&self.found.rows) {
            let mut cells: Vec<Cell> = vec![number.into(), row.weight.into()];
            cells.extend(
                self.inputs
                    .iter()
                    .zip(&row.point)
                    .filter_map(|(slot, place)| Some(Cell::from(quantity(slot)?.of_prior(*place)))),
            );
            table.rows.push(cells);
        }
        // A parameter's own unit: no share of it is to become points, since scenarios take it as it is.
        for column in table.columns.iter_mut().filter(|column| column.unit == crate::table::SHARE) {
            column.unit = "0 to 1".into();
        }
        table
    }

    fn points_table(&self) -> Table {
        let columns = [
            ("wave", "", "Number of the wave, from 1; that after the last are the rows of the posterior."),
            ("point", "", "Number of the point in it, from 0."),
            ("implausibility", "SD", "How implausible its simulated figures are, the second worst of them."),
        ];
        let mut table = Table::new("points", &columns);
        for target in &self.targets {
            let (id, unit) = (&target.id, if target.unit == crate::table::SHARE { "0 to 1" } else { &target.unit });
            table.columns.push(Column::new(id.as_str(), unit, format!("What the model gives for {}.", target.name)));
            let about = "Its Monte Carlo error, a standard deviation.";
            table.columns.push(Column::new(format!("{id}_error"), unit, about));
        }
        for active in &self.found.active {
            let Some((slot, quantity)) = self.inputs.get(active.input).and_then(|slot| Some((slot, quantity(slot)?)))
            else {
                continue;
            };
            let unit = if quantity.unit == crate::table::SHARE { "0 to 1" } else { quantity.unit };
            table.columns.push(Column::new(slot.path.as_str(), unit, quantity.doc));
        }
        let waves = self.found.waves.iter().map(|wave| wave.points.iter().zip(&wave.answers).collect::<Vec<_>>());
        let rows = self.found.rows.iter().map(|row| (&row.point, &row.answers)).collect();
        for (number, wave) in (1u64..).zip(waves.chain([rows])) {
            for (place, (point, answers)) in (0u64..).zip(wave) {
                let mut cells: Vec<Cell> = vec![number.into(), place.into(), self.implausibility(answers).into()];
                cells.extend(answers.iter().flat_map(|answer| [answer.mean.into(), answer.variance.sqrt().into()]));
                cells.extend(self.found.active.iter().filter_map(|active| {
                    let (slot, place) = (self.inputs.get(active.input)?, point.get(active.input)?);
                    Some(Cell::from(quantity(slot)?.of_prior(*place)))
                }));
                table.rows.push(cells);
            }
        }
        table
    }
}
