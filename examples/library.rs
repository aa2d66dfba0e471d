//! dewpoint as a library: two designs under the same luck, and what the difference between them is.
//!
//! `cargo run --release --example library`

use std::io::{self, Write};

use dewpoint::{
    ensemble::ensemble_of,
    experiment::column,
    scenario::{Scenario, load},
    stats,
};

/// What is left two years after support, as a share.
const METRIC: &str = "net_gain_24_months_after";

const RUNS: u64 = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A bundled scenario; whoever has files gives a `Source` that reads them.
    let ward: Scenario = load(&(), "evaporating_ward")?.ready()?;
    let mut standards = ward.clone();
    standards.change("programme.0.sustain.embedding", "0.9")?;
    standards.check()?;

    let gains = |scenario: &Scenario| -> Result<Vec<f64>, String> {
        let ensemble = ensemble_of(scenario, scenario.run.seed, RUNS)?;
        column(scenario, &ensemble, 0, METRIC).map_err(|stopped| format!("{stopped:?}"))
    };
    let (before, after) = (gains(&ward)?, gains(&standards)?);
    // Run by run: both lived through the same luck.
    let difference = stats::mean(after.iter().zip(&before).map(|(after, before)| after - before));
    writeln!(
        io::stdout(),
        "Standards leave {:+.1} points more after two years ({:+.1} to {:+.1}).",
        100.0 * difference.value,
        100.0 * difference.low,
        100.0 * difference.high
    )?;
    Ok(())
}
