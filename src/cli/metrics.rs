//! `metrics`: what is looked at, from the registry.
use std::io::{self, Write};

use crate::metrics::REGISTRY;

/// Writes every metric with unit and meaning.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn metrics(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Metrics, one column each in outcomes.csv and one row each in summary.csv.")?;
    writeln!(out, "Net is with minus without the programme: same people, same luck.\n")?;
    for metric in REGISTRY {
        writeln!(out, "{} [{}]\n    {}", metric.name, metric.unit, metric.doc)?;
    }
    Ok(())
}
