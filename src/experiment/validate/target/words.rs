//! Published figures in sentences and tables.

use super::{
    super::{Rules, Validation},
    Held, Role, Standing, Target, Transport, Verified,
};
use crate::{
    stats::Estimate,
    table::{Cell, Table},
};

impl Role {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Validation => "validation",
            Self::Input => "input",
        }
    }
}

impl Verified {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Seen => "figure seen",
            Self::Reported => "seen where it is reported",
            Self::Partly => "seen in part",
            Self::Derived => "calculated from figures seen",
            Self::Memory => "from memory",
        }
    }
}

impl Transport {
    /// How it carries over.
    pub fn words(self) -> &'static str {
        match self {
            Self::High => "well",
            Self::Medium => "with care",
            Self::Low => "hardly",
        }
    }
}

impl Target {
    /// A number in the unit published, in as many digits as the band is wide.
    pub(in crate::experiment) fn number(&self, value: f64) -> String {
        if value.is_nan() {
            return "-".into();
        }
        let digits = match self.to - self.from {
            width if width >= 2.0 => 1,
            width if width >= 0.1 => 2,
            _ => 4,
        };
        let text = format!("{value:.digits$}");
        if text.bytes().all(|letter| b"-0.".contains(&letter)) { text.replace('-', "") } else { text }
    }

    /// `4.3 (2.0 to 7.0) points`.
    pub(in crate::experiment) fn asked(&self) -> String {
        let band = format!("{} ({} to {})", self.number(self.published), self.number(self.from), self.number(self.to));
        format!("{band} {}", self.unit)
    }

    /// `2.5 (2.2 to 2.8), met`.
    pub(super) fn answered(&self, held: &Held) -> String {
        let Some(found) = &held.found else { return "-".into() };
        let Estimate { value, low, high, .. } = found.estimate;
        let interval = format!("{} ({} to {})", self.number(value), self.number(low), self.number(high));
        format!("{interval}, {}", found.standing.words())
    }
}

impl Validation {
    /// Each target with what became of it.
    pub fn held(&self) -> impl Iterator<Item = (&Target, &Held)> {
        self.held.iter().filter_map(|held| Some((self.targets.get(held.place)?, held)))
    }

    /// How many answers stand so.
    pub fn standing(&self, standing: Standing) -> usize {
        self.held.iter().filter_map(|held| held.found.as_ref()).filter(|found| found.standing == standing).count()
    }

    /// How many published figures are met; nothing where none was looked at.
    pub(in super::super) fn targets_in_a_sentence(&self) -> Option<String> {
        let tested = self.held.iter().filter(|held| held.found.is_some()).count();
        let untested = match self.held.len() - tested {
            0 => String::new(),
            1 => " One more published figure cannot be tested.".into(),
            more => format!(" {more} more cannot be tested."),
        };
        match (self.held.len(), tested) {
            (0, _) => return None,
            (1, 0) => return Some("The published figure cannot be tested.".into()),
            (all, 0) => return Some(format!("None of the {all} published figures can be tested.")),
            _ => {}
        }
        let met = self.standing(Standing::Inside);
        let missed = self.standing(Standing::Below) + self.standing(Standing::Above);
        let edge = self.standing(Standing::Edge);
        Some(format!(
            "{met} of {tested} published figures are met ({missed} missed, {edge} at the edge of their band).{untested}"
        ))
    }

    /// What counts as met.
    pub(in super::super) fn rules_of_targets(&self) -> String {
        let Rules { runs, contexts, runs_a_context, quick, .. } = self.rules;
        let few = if quick {
            let full = Rules::full();
            format!(
                "A quick look has wider intervals, so more lies at the edge: {runs} runs instead of {}, {contexts} settings instead \
                 of {}. ",
                full.runs, full.contexts
            )
        } else {
            String::new()
        };
        format!(
            "A published figure is met when the whole 95 % interval of what the model gives lies in the band, missed when the \
             whole of it lies outside, and else at the edge. {few}Medians and quartiles are over {contexts} settings that differ \
             in what trials differ in, {runs_a_context} runs of each arm in each; all else is a mean of {runs} runs. Bands are \
             proposals, wider than the published intervals, and parameters are fitted to some figures: that is said beside \
             each. The figures are no part of what makes a pattern pass."
        )
    }

    /// What is to be said of few targets.
    pub(in super::super) fn targets_in_detail(&self) -> Vec<String> {
        let mut said = Vec::new();
        for (target, held) in self.held() {
            said.push(format!(
                "{} {}: {} Published: {} ({}; {}; carries over {}; {}).",
                target.id,
                target.name,
                target.says,
                target.asked(),
                target.source,
                target.verified.words(),
                target.transport.words(),
                target.role.words()
            ));
            said.push(match &target.missing {
                Some(missing) => format!("Cannot be tested: {missing}."),
                None => format!("The model gives {}.", target.answered(held)),
            });
            if !target.remark.is_empty() {
                said.push(format!("Remark: {}", target.remark));
            }
        }
        said
    }

    /// A row for each target, to read.
    pub(in super::super) fn target_overview(&self) -> Table {
        let columns = [
            ("figure", "", "Short name of the published figure."),
            ("published", "", "The figure, the band in which the model's answer should lie, and the unit."),
            ("model", "", "What the model gives, with its 95 % interval, and where that lies."),
            ("what", "", "What it is a figure of."),
        ];
        let mut table = Table::new("figures", &columns);
        table.rows = self
            .held()
            .map(|(target, held)| {
                let given = match &target.missing {
                    Some(_) => "not testable".into(),
                    None => target.answered(held),
                };
                [target.id.clone(), target.asked(), given, target.name.clone()].map(Cell::from).to_vec()
            })
            .collect();
        table
    }

    /// A row for each target, to calculate with: every number in a cell of its own.
    pub(in super::super) fn target_numbers(&self) -> Table {
        let columns = [
            ("figure", "", "Short name of the published figure."),
            ("unit", "", "Unit of the numbers in this row."),
            ("published", "of the figure", "The figure as published."),
            ("from", "of the figure", "Lower end of the band in which the model's answer should lie."),
            ("to", "of the figure", "Upper end of the band."),
            ("model", "of the figure", "What the model gives."),
            ("model_low", "of the figure", "Lower end of its 95 % interval."),
            ("model_high", "of the figure", "Upper end of its 95 % interval."),
            ("result", "", "met, too low, too high, or at the edge."),
            ("role", "", "fit: parameters are fitted to it; validation: nothing is; input: it went in."),
            ("verified", "", "How far the figure was verified."),
            ("transport", "", "How far it carries over to NHS wards and practices."),
            ("source", "", "Who published it."),
            ("what", "", "What it is a figure of."),
        ];
        let mut table = Table::new("targets", &columns);
        for (target, held) in self.held() {
            let mut row: Vec<Cell> = vec![target.id.as_str().into(), target.unit.as_str().into()];
            row.extend([target.published, target.from, target.to].map(Cell::from));
            let found = held.found.as_ref();
            let Estimate { value, low, high, .. } = found.map_or(Estimate::UNDEFINED, |found| found.estimate);
            row.extend([value, low, high].map(Cell::from));
            row.push(found.map_or("not testable", |found| found.standing.words()).into());
            row.extend([target.role.words(), target.verified.words(), target.transport.words()].map(Cell::from));
            row.extend([target.source.as_str(), target.name.as_str()].map(Cell::from));
            table.rows.push(row);
        }
        table
    }
}
