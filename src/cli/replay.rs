//! One replicate of a run, looked at alone.
use std::io::Write;

use super::Failure;
use crate::{
    metrics::{self, Observation},
    model::Pair,
    scenario::Scenario,
    table::said_in,
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
        let value = |column: &metrics::Outcome| {
            let (unit, value) = said_in(metrics::unit(&column.name), column.of(&observation));
            (column.name.clone(), value, unit)
        };
        let values: Vec<(String, f64, &str)> = columns.iter().map(value).collect();
        if json {
            let values = values
                .into_iter()
                .map(|(name, value, unit)| (name, serde_json::json!({ "value": value, "unit": unit })));
            programmes.insert(programme.name.clone(), serde_json::Value::Object(values.collect()));
        } else {
            writeln!(out, "Programme \"{}\", seed {}, replicate {}", programme.name, scenario.run.seed, replicate)?;
            for (name, value, unit) in values {
                let value = if value.is_nan() { "-".into() } else { format!("{} {unit}", value + 0.0) };
                writeln!(out, "  {name:<40} {value}")?;
            }
        }
    }
    if json {
        writeln!(out, "{}", serde_json::Value::Object(programmes))?;
    }
    Ok(())
}
