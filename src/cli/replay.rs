//! One replicate of a run, looked at alone.
use std::io::Write;

use super::Failure;
use crate::{
    metrics::{self, Observation},
    model::Pair,
    scenario::Scenario,
};

/// One replicate alone: its outcomes, programme by programme.
///
/// # Errors
///
/// When `out` cannot be written.
pub(super) fn replay(
    out: &mut dyn Write,
    scenario: &Scenario,
    pair: &Pair,
    replicate: u64,
    json: bool,
) -> Result<(), Failure> {
    let columns = metrics::outcomes(scenario);
    let mut programmes = serde_json::Map::new();
    for (place, programme) in scenario.programmes.iter().enumerate() {
        let Some(observation) = Observation::new(scenario, pair, place) else { continue };
        let values: Vec<(&str, f64)> =
            columns.iter().map(|column| (column.name.as_str(), column.of(&observation))).collect();
        if json {
            let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
            programmes.insert(programme.name.clone(), serde_json::Value::Object(values.collect()));
        } else {
            writeln!(out, "Programme \"{}\", seed {}, replicate {}", programme.name, scenario.run.seed, replicate)?;
            for (name, value) in values {
                let value = if value.is_nan() { "-".into() } else { value.to_string() };
                writeln!(out, "  {name:<40} {value}")?;
            }
        }
    }
    if json {
        writeln!(out, "{}", serde_json::Value::Object(programmes))?;
    }
    Ok(())
}
