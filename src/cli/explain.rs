//! `dewpoint explain`: where the gain went, and why it was not more.
use std::io::Write;

use clap::{Args, ValueEnum};

use super::{
    Failure, options,
    results::stem,
    study::{Asked, study},
    typed::Typed,
};
use crate::{
    experiment::explain::{self, USUAL_RUNS},
    model::Pair,
    scenario::Scenario,
};

/// Options of `dewpoint explain`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    #[command(flatten)]
    typed: Typed,
    /// Scenario: a file, or the name of a bundled one.
    file: String,
    /// The programme whose gain is explained: its name, or its number from 0.
    #[arg(long, value_name = "NAME", default_value = "0")]
    programme: String,
    /// Months after support until which the loss is explained: 12, 24 or 36.
    #[arg(long, value_name = "N", default_value_t = 24)]
    months: u32,
    /// Explain only the gain that was lost after support, or only the gain that never came.
    #[arg(long, value_name = "WHICH")]
    only: Option<Which>,
    #[command(flatten)]
    study: options::Options,
}

/// One of the two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The gain lost after support ended.
    Lost,
    /// The gain that never came.
    Missed,
}

/// Explains the gain of one programme.
///
/// # Errors
///
/// See [`study()`].
pub fn explain<S: Fn(u64, u64) -> Pair + Sync>(
    out: &mut dyn Write,
    options: &Options,
    engine: impl Fn(&Scenario) -> S + Sync,
) -> Result<(), Failure> {
    let scenario = options.study.scenario(&options.file)?;
    let programme = place_of(&scenario, &options.programme)?;
    let (lost, missed) = (options.only != Some(Which::Missed), options.only != Some(Which::Lost));
    // Each run is one of up to 256 worlds; the runs of a scenario are meant for one world.
    let runs = options.study.runs.unwrap_or(USUAL_RUNS);
    let asked = explain::Asked { programme, months: options.months, runs, lost, missed };
    let scenarios = std::slice::from_ref(&scenario);
    let question = Asked {
        name: "explain",
        typed: &options.typed,
        scenarios,
        folder: format!("explain-{}", stem(&options.file)),
        runs,
        seed: scenario.run.seed,
    };
    study(out, &options.study, &question, engine, |simulator| explain::explain(simulator, &scenario, &asked))
}

/// The place of the programme that goes by `name` or number.
///
/// # Errors
///
/// When there is none, with those that there are.
pub(super) fn place_of(scenario: &Scenario, name: &str) -> Result<usize, Failure> {
    let by_name = scenario.programmes.iter().position(|programme| programme.name == name);
    let by_number = || name.parse().ok().filter(|&place: &usize| place < scenario.programmes.len());
    by_name.or_else(by_number).ok_or_else(|| {
        let there = scenario.programmes.iter().enumerate();
        let there: Vec<String> = there.map(|(place, programme)| format!("{place} \"{}\"", programme.name)).collect();
        let there = if there.is_empty() { "none in this scenario".into() } else { there.join(", ") };
        Failure::Input(format!("--programme {name}: no such programme; there is {there}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_goes_by_name_or_number() {
        let scenario = Scenario::default();
        let name = scenario.programmes[0].name.clone();
        assert_eq!(place_of(&scenario, &name).unwrap(), 0);
        assert_eq!(place_of(&scenario, "0").unwrap(), 0);
        assert!(matches!(place_of(&scenario, "1"), Err(Failure::Input(what)) if what.contains(&name)));
    }
}
