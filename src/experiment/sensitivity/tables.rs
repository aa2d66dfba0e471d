//! The tables of a sensitivity analysis: what was found, and every point and run it was found with, so that others can fit or
//! check it anew.
use super::{
    Sample, Sensitivity,
    words::{of_1, size},
};
use crate::{
    experiment::headline::unit,
    table::{Cell, Column, Table},
};

/// Factors shown of a screening alone.
const SHOWN: usize = 20;

impl Sensitivity {
    /// Every table, the one to look at first.
    pub(super) fn tables(&self) -> Vec<Table> {
        let mut tables = vec![if self.told().is_some() { self.shares() } else { self.largest() }];
        if self.indices.is_some() {
            tables.push(self.all_indices());
        }
        if !self.effects.is_empty() {
            tables.push(self.screening());
        }
        if !self.checks.is_empty() {
            tables.push(self.conclusions());
        }
        tables.extend(self.samples.iter().flat_map(|sample| [self.points(sample), self.runs(sample)]));
        tables
    }

    /// The points of a stage, in the order in which the estimators take them.
    fn points(&self, sample: &Sample) -> Table {
        let mut table = Table::new(
            &format!("{}_points", sample.stage),
            &[(
                "point",
                "count",
                "Number of the point, from 1, in the order of its estimator: trajectory by trajectory, one factor moved from each point to the next (screening); A, B, then A with one column of B for each factor (indices).",
            )],
        );
        let factors: Vec<_> = sample.factors.iter().filter_map(|&place| self.plan.factors.get(place)).collect();
        table.columns.extend(factors.iter().map(|factor| {
            let doc = format!("Its value, between {} and {}.", factor.low, factor.high);
            Column::new(factor.slot.path.as_str(), factor.unit(), doc)
        }));
        for (place, point) in sample.points.iter().enumerate() {
            let values = factors.iter().zip(point).map(|(factor, &at)| {
                let value = factor.value(at);
                factor.named(value).map_or(Cell::Number(value), Cell::from)
            });
            table.rows.push(std::iter::once((place as u64 + 1).into()).chain(values).collect());
        }
        table
    }

    /// The outcome of every run at every point of a stage.
    fn runs(&self, sample: &Sample) -> Table {
        let mut table = Table::new(
            &format!("{}_runs", sample.stage),
            &[
                ("point", "count", "Number of the point."),
                ("replicate", "count", "Which run: runs of one number share their luck at all points."),
                (self.plan.metric.as_str(), self.unit(), "Outcome of the run; empty where it is undefined."),
            ],
        );
        for (place, outputs) in sample.outputs.iter().enumerate() {
            let row =
                |(run, output): (usize, &f64)| vec![(place as u64 + 1).into(), (run as u64).into(), (*output).into()];
            table.rows.extend(outputs.iter().enumerate().map(row));
        }
        table
    }

    fn shares(&self) -> Table {
        let mut table = Table::new(
            "sensitivity",
            &[
                ("total", INDEX, "Total index: share of the variance that depends on it, alone or with others."),
                ("low95", INDEX, "Lower end of the 95 % interval of the total index."),
                ("high95", INDEX, "Upper end of the 95 % interval of the total index."),
                SEEDS,
                ("first", INDEX, "First-order index: share of the variance that it decides alone."),
                STANDING,
                ("factor", "", "The number that is moved, by path."),
            ],
        );
        let Some(indices) = self.told() else { return table };
        for ((&place, first), total) in self.kept.iter().zip(&indices.first).zip(&indices.total) {
            let estimate = total.estimate;
            let numbers = [estimate.value, estimate.low, estimate.high, total.seeds, first.estimate.value].map(of_1);
            let mut row = numbers.map(Cell::from).to_vec();
            row.extend([self.standing(place), self.path(place)].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn largest(&self) -> Table {
        let unit = self.unit();
        let columns = [
            ("mu", unit, "Mean effect of moving it over its whole range."),
            ("mu_star", unit, "Mean size of that effect, whichever its sign."),
            ("low95", unit, "Lower end of the 95 % interval of mu_star."),
            ("high95", unit, "Upper end of the 95 % interval of mu_star."),
            ("sigma", unit, "Standard deviation of the effect between trajectories, luck left out."),
            STANDING,
            ("factor", "", "The number that is moved, by path."),
        ];
        let mut table = Table::new("sensitivity", &columns);
        for place in self.ranked().into_iter().take(SHOWN) {
            let Some(effect) = self.effects.get(place) else { continue };
            let size = size(effect.mu_star.estimate);
            let sigma = effect.sigma.estimate.value;
            let numbers = [effect.mu.estimate.value, size.value, size.low, size.high, sigma];
            let mut row = numbers.map(Cell::from).to_vec();
            row.extend([self.standing(place), self.path(place)].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn all_indices(&self) -> Table {
        let mut table = Table::new(
            "indices",
            &[
                ("factor", "", "The number that is moved, by path."),
                STANDING,
                LOW,
                HIGH,
                ("present", "", "Its value in the scenario."),
                ("first", INDEX, "First-order index: share of the variance that it decides alone."),
                ("first_low95", INDEX, "Lower end of the 95 % interval of the first-order index."),
                ("first_high95", INDEX, "Upper end of the 95 % interval of the first-order index."),
                ("first_seeds", INDEX, "Share of the variance behind that interval that comes from seeds."),
                ("total", INDEX, "Total index: share of the variance that depends on it, alone or with others."),
                ("total_low95", INDEX, "Lower end of the 95 % interval of the total index."),
                ("total_high95", INDEX, "Upper end of the 95 % interval of the total index."),
                ("total_seeds", INDEX, "Share of the variance behind that interval that comes from seeds."),
            ],
        );
        let Some(indices) = self.told() else { return table };
        for ((&place, first), total) in self.kept.iter().zip(&indices.first).zip(&indices.total) {
            let Some(factor) = self.plan.factors.get(place) else { continue };
            let mut row = vec![factor.slot.path.clone().into(), self.standing(place).into()];
            row.extend([factor.low, factor.high, factor.present(&self.scenario)].map(Cell::from));
            for index in [first, total] {
                let estimate = index.estimate;
                row.extend([estimate.value, estimate.low, estimate.high, index.seeds].map(of_1).map(Cell::from));
            }
            table.rows.push(row);
        }
        let luck = indices.luck;
        let mut row: Vec<Cell> = vec!["luck, of a single run".into(), "luck".into()];
        row.extend([f64::NAN; 7].map(Cell::from));
        let numbers = [luck.estimate.value, luck.estimate.low, luck.estimate.high, luck.seeds];
        row.extend(numbers.map(of_1).map(Cell::from));
        table.rows.push(row);
        table
    }

    fn screening(&self) -> Table {
        let unit = self.unit();
        let mut table = Table::new(
            "screening",
            &[
                ("factor", "", "The number that is moved, by path; the largest mu_star first."),
                STANDING,
                LOW,
                HIGH,
                ("mu", unit, "Mean effect of moving it over its whole range."),
                ("mu_low95", unit, "Lower end of the 95 % interval of mu."),
                ("mu_high95", unit, "Upper end of the 95 % interval of mu."),
                ("mu_star", unit, "Mean size of that effect, whichever its sign."),
                ("mu_star_low95", unit, "Lower end of the 95 % interval of mu_star."),
                ("mu_star_high95", unit, "Upper end of the 95 % interval of mu_star."),
                ("sigma", unit, "Standard deviation of the effect between trajectories, luck left out."),
                ("sigma_low95", unit, "Lower end of the 95 % interval of sigma."),
                ("sigma_high95", unit, "Upper end of the 95 % interval of sigma."),
                ("luck", unit, "Size that luck alone would give mu_star."),
                ("beyond_luck", "0 or 1", "1 if its mean square effect differs from 0 by more than luck."),
                ("effects", "count", "Trajectories in which the effect is defined."),
            ],
        );
        for place in self.ranked() {
            let (Some(factor), Some(effect)) = (self.plan.factors.get(place), self.effects.get(place)) else {
                continue;
            };
            let mut row = vec![factor.slot.path.clone().into(), self.standing(place).into()];
            row.extend([factor.low, factor.high].map(Cell::from));
            for number in [effect.mu, effect.mu_star, effect.sigma] {
                row.extend([number.estimate.value, number.estimate.low, number.estimate.high].map(Cell::from));
            }
            row.push(effect.luck.into());
            row.extend([u64::from(effect.is_clear(self.plan.runs)), effect.count as u64].map(Cell::from));
            table.rows.push(row);
        }
        table
    }

    fn conclusions(&self) -> Table {
        let mut table = Table::new(
            "conclusions",
            &[
                ("factor", "", "Influential assumption that is moved alone, by path."),
                ("conclusion", "", "What the scenario as it is shows."),
                ("verdict", "", "holds; flips: the opposite somewhere in the range; fades: cannot be told somewhere."),
                ("metric", "", "Metric that it is about."),
                ("unit", "", "Unit of threshold and value."),
                ("threshold", "see unit", "Value that the metric is held against."),
                ("at", "", "Value of the factor."),
                ("value", "see unit", "The metric there."),
                ("low95", "see unit", "Lower end of its 95 % interval, about luck."),
                ("high95", "see unit", "Upper end of its 95 % interval, about luck."),
            ],
        );
        for check in &self.checks {
            for (at, estimate) in &check.places {
                table.rows.push(vec![
                    check.path.clone().into(),
                    check.words().into(),
                    check.verdict().word().into(),
                    check.conclusion.metric.clone().into(),
                    unit(&check.conclusion.metric).into(),
                    check.conclusion.threshold.into(),
                    (*at).into(),
                    estimate.value.into(),
                    estimate.low.into(),
                    estimate.high.into(),
                ]);
            }
        }
        table
    }
}

/// Unit of indices: parts of a variance, from 0 to 1, as sentences say them.
const INDEX: &str = "of 1";

const STANDING: (&str, &str, &str) =
    ("standing", "", "How well it is known; choice: a lever; scenario: what the scenario describes.");
const SEEDS: (&str, &str, &str) =
    ("seeds", INDEX, "Share of the variance behind the interval that comes from seeds, not from where points lie.");
const LOW: (&str, &str, &str) = ("low", "", "Lower end of its range.");
const HIGH: (&str, &str, &str) = ("high", "", "Upper end of its range.");
