//! The tables of the validation.

use super::{
    Judged, Validation,
    words::{decision, left, main_step, per_cent, result, share_told, short},
};
use crate::{
    metrics::unit,
    stats::Estimate,
    table::{Cell, PART, Table},
};

/// Share of draws in which a sign that is expected holds; undefined where none is.
fn of_sign(step: &Judged) -> Estimate {
    if step.has_sign { step.found.held } else { Estimate::UNDEFINED }
}

impl Validation {
    /// A row for each pattern, for reading.
    pub(super) fn overview(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("result", "", "What became of it."),
            ("effect", "of the metric", "Weakest comparison of the main claim, and half its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", "", "Share of the draws of the parameters in which its sign holds."),
            (
                "left",
                "",
                "Share of the main claim that is left under the knock-out; of an optimum, of its weaker flank.",
            ),
            ("name", "", "Name of the pattern."),
        ];
        let mut table = Table::new("patterns in words", &columns);
        table.rows = self
            .rows()
            .map(|(pattern, tested)| {
                let step = main_step(pattern, tested);
                let text = |make: &dyn Fn(&Judged) -> String| Cell::Text(step.map_or_else(|| "-".into(), make));
                vec![
                    pattern.id.as_str().into(),
                    result(pattern, tested).into(),
                    text(&|step| short(step.found.effect)),
                    text(&|step| step.found.size_in_words()),
                    text(&|step| per_cent(step.held())),
                    Cell::Text(left(pattern, tested, &self.rules)),
                    pattern.name.as_str().into(),
                ]
            })
            .collect();
        table
    }

    /// The same in numbers, for programs.
    pub(super) fn patterns(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("result", "", "What became of it."),
            ("effect", "of the metric", "Weakest comparison of the main claim."),
            ("lower", "of the metric", "Lower end of its 95 % interval."),
            ("upper", "of the metric", "Upper end of its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", PART, "Part of the draws of the parameters in which its sign holds."),
            (
                "left",
                PART,
                "Part of the main claim that is left under the knock-out, below 0 where it turns around; of an optimum, of its \
                 weaker flank; empty where there is no effect to speak of.",
            ),
            ("name", "", "Name of the pattern."),
        ];
        let mut table = Table::new("patterns", &columns);
        for (pattern, tested) in self.rows() {
            let step = main_step(pattern, tested);
            let number = |of: &dyn Fn(&Judged) -> f64| Cell::Number(step.map_or(f64::NAN, of));
            table.rows.push(vec![
                pattern.id.as_str().into(),
                result(pattern, tested).into(),
                number(&|step| step.found.effect.value),
                number(&|step| step.found.effect.low),
                number(&|step| step.found.effect.high),
                number(&|step| step.found.size),
                number(&|step| step.held()),
                Cell::Number(share_told(pattern, tested, &self.rules).unwrap_or(f64::NAN)),
                pattern.name.as_str().into(),
            ]);
        }
        table
    }

    /// A row for each comparison.
    pub(super) fn comparisons(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("claim", "", "What is claimed."),
            ("role", "", "main: the knock-out must abolish it; open: reported, not judged."),
            ("comparison", "", "The comparison, the side that should be greater minus the other."),
            ("effect", "of the metric", "Mean paired difference."),
            ("low", "of the metric", "Lower end of its 95 % interval."),
            ("high", "of the metric", "Upper end of its 95 % interval."),
            ("d", "standard deviations", "The same in standard deviations between runs of an arm."),
            ("held", PART, "Part of the draws of the parameters in which its sign holds."),
            ("held_low", PART, "Lower end of its 95 % interval."),
            ("held_high", PART, "Upper end of its 95 % interval."),
            ("effect_knocked_out", "of the metric", "Mean paired difference under the knock-out."),
            ("low_knocked_out", "of the metric", "Lower end of its 95 % interval."),
            ("high_knocked_out", "of the metric", "Upper end of its 95 % interval."),
            ("decision", "", "holds, or why it fails or is undecided."),
        ];
        let mut table = Table::new("comparisons", &columns);
        for (pattern, tested) in self.rows() {
            for (claim, steps) in pattern.claims.iter().zip(&tested.claims) {
                let role = if claim.open {
                    "open"
                } else if claim.main {
                    "main"
                } else {
                    ""
                };
                for step in steps {
                    let (found, out) = (step.found, step.knocked_out.map_or(Estimate::UNDEFINED, |out| out.effect));
                    let words: [Cell; 4] = [pattern.id.as_str(), &claim.says, role, &step.comparison].map(Into::into);
                    let numbers = [
                        found.effect.value,
                        found.effect.low,
                        found.effect.high,
                        found.size,
                        step.held(),
                        of_sign(step).low,
                        of_sign(step).high,
                    ];
                    let mut row = words.to_vec();
                    row.extend(numbers.into_iter().chain([out.value, out.low, out.high]).map(Cell::from));
                    row.push(decision(step).into());
                    table.rows.push(row);
                }
            }
        }
        table
    }

    /// A row for each arm and metric.
    pub(super) fn arms(&self) -> Table {
        let columns = [
            ("pattern", "", "Short name of the pattern."),
            ("metric", "", "The metric."),
            ("arm", "", "The condition."),
            ("unit", "", "Unit of the numbers in this row."),
            ("mean", "see unit", "Mean over runs."),
            ("low", "see unit", "Lower end of its 95 % interval."),
            ("high", "see unit", "Upper end of its 95 % interval."),
            ("knocked_out", "see unit", "Mean with the mechanism knocked out."),
        ];
        let mut table = Table::new("arms", &columns);
        for (pattern, tested) in self.rows() {
            for (arm, metric, mean, out) in &tested.arms {
                let names: [Cell; 4] = [pattern.id.as_str(), metric, arm, unit(metric)].map(Into::into);
                let numbers = [mean.value, mean.low, mean.high, out.value].map(Cell::from);
                let mut row = names.to_vec();
                row.extend(numbers);
                table.rows.push(row);
            }
        }
        table
    }
}
