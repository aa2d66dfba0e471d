//! The rows of a calibration as a posterior that other commands draw from, and whether the model still answers as it did there.

use std::fmt::Write;

use super::{
    Calibrated,
    figures::{Figures, quantity},
    inputs, to_fit,
};
use crate::{
    experiment::{
        Simulator, Stopped,
        calibration::Answer,
        uncertain::posterior::{Posterior, Row},
        validate::Target,
    },
    scenario::{Address, Scenario, Slot},
};

impl Calibrated {
    /// The rows with their provenance: figures, discrepancy, seed, waves, runs, and how many rows they are worth.
    pub fn posterior(&self) -> Posterior {
        let numbers = |answers: &[Answer]| answers.iter().map(|answer| answer.mean).collect();
        let values = |point: &[f64]| {
            let each = self.inputs.iter().zip(point);
            each.filter_map(|(slot, place)| Some(quantity(slot)?.of_prior(*place))).collect()
        };
        let rows = self.found.rows.iter();
        let rows = rows.map(|row| Row {
            candidate: row.candidate,
            answers: numbers(&row.answers),
            values: values(&row.point),
        });
        let discrepancy = self.targets.iter().map(|target| format!("{} {}", target.id, target.discrepancy));
        let provenance = [
            ("discrepancy, half bands", discrepancy.collect::<Vec<_>>().join(" ")),
            ("seed", self.found.plan.seed.to_string()),
            ("waves", self.found.waves.len().to_string()),
            ("runs", self.runs.to_string()),
            ("worth", format!("{:.0} different rows", self.found.effective_rows())),
        ];
        Posterior {
            provenance: provenance.map(|(what, says)| (what.into(), says)).into(),
            figures: self.targets.iter().map(|target| target.id.clone()).collect(),
            paths: self.inputs.iter().map(|slot| slot.path.clone()).collect(),
            rows: rows.collect(),
            weights: Vec::new(),
        }
    }
}

/// What the model declares of its parameters, but for the values they begin with, as a text: another text, another prior.
pub fn declarations() -> String {
    let mut text = String::new();
    let slots = Scenario::default().slots().into_iter();
    for slot in slots.filter(|slot| matches!(slot.address, Address::Parameter { .. })) {
        if let Some(declared) = quantity(&slot) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{} {} {} {}", slot.path, declared.unit, declared.low, declared.high);
        }
    }
    text
}

/// What the model gives now for `targets` at the first `rows` rows of `posterior`, under the luck they had.
///
/// # Errors
///
/// When the posterior does not say under which luck it was made, or the simulator stops.
pub fn again(
    simulator: &mut dyn Simulator,
    targets: Vec<Target>,
    posterior: &Posterior,
    rows: usize,
) -> Result<Vec<Vec<f64>>, Stopped> {
    let number = |what: &str| {
        let said = posterior.about(what).and_then(|says| says.parse::<u64>().ok());
        said.ok_or_else(|| Stopped::Question(format!("the posterior does not say its {what}")))
    };
    let targets = to_fit(targets);
    let base = targets.first().map(Target::base).cloned().unwrap_or_default();
    let inputs = inputs(&base, &posterior.paths, &[])?;
    let inputs: Vec<Slot> =
        posterior.paths.iter().filter_map(|path| inputs.iter().find(|slot| slot.path == *path).cloned()).collect();
    let (runs, seed) = (number("runs")?, number("seed")?);
    let figures = Figures { targets: &targets, inputs: &inputs, runs, seed, value: |_, value| value };
    let wave = number("waves")? as usize;
    let mut all = Vec::with_capacity(rows);
    for row in posterior.rows.iter().take(rows) {
        let answers = figures.simulate(simulator, (wave, row.candidate), std::slice::from_ref(&row.values))?;
        all.extend(answers.iter().map(|answers| answers.iter().map(|answer| answer.mean).collect()));
    }
    Ok(all)
}
