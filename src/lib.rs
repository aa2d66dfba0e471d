//! Will it last? An agent-based simulator of improvement programmes in healthcare.
//!
//! Staff of several professions, with motivation, ownership and fatigue, live through a programme, its carrots and
//! sticks, and shocks such as turnover and policy churn. Thousands of seeded replicates, each paired with the same people
//! and the same luck without the programme, show what is gained, what is still there years later, and what it cost.
//!
//! # The map
//!
//! Data walks through once, front to back: a scenario file becomes a [`scenario::Scenario`]; a [`model::Model`] lives it
//! week by week; [`metrics`] look at what it left; an [`ensemble`] does so for many replicates; tables carry the results
//! to files. Imports point one way (a test reads the sources and fails on one that points up):
//!
//! | layer | what is there | knows |
//! |---|---|---|
//! | [`params`], [`math`], [`rng`], [`table`], [`stats`], [`phrase`], [`picture`] | a number declared once; same-bits arithmetic; keyed luck; the currency of results; numbers in words; pictures as data | nothing |
//! | `chart` | people's own numbers: read, drawn as run charts and control charts, in words; knows no model | the layer above it here |
//! | [`world`] | what is given: setting, professions, shocks | the first layer |
//! | [`programme`] | what is chosen: clock and levers; what it costs | the same |
//! | [`model`] | how people are: one mechanism a file, in rooms by step; [`model::week`] is the table of contents of a week | world, programme |
//! | [`scenario`] | files in, everything resolved out, changes by path; makes the model | declarations of all of these |
//! | [`metrics`] | what is looked at, one row each | model |
//! | [`ensemble`] | replicates in parallel, folded in order: the only place that knows threads | model, metrics |
//! | [`experiment`] | questions: scenarios in, ensembles back, answers in tables and sentences | ensemble, through one function |
//! | [`output`] | tables in, bytes out: the only place that opens results | experiment |
//! | `web` | the page's engine: JSON in, numbers out | all but `cli` |
//! | `cli` | thin | all |
//!
//! # A walk through the house
//!
//! What happens on `dewpoint stress spi1`, room by room; every other command goes the same way.
//!
//! 1. [`cli::main`] reads the command line, [`cli::stress::run`] makes a plan of its options.
//! 2. [`scenario::load`] finds `spi1` and lays it over the files it builds on; what is left is a resolved [`scenario::Scenario`].
//! 3. [`cli::study::study`] takes hold of the results folder and hands the question a [`cli::laboratory::Laboratory`].
//! 4. [`experiment::stress::stress`] adds the shocks of its [`experiment::stress::BATTERY`] to the scenario and asks the
//!    [`experiment::Simulator`] for an ensemble of each; it does not know who simulates.
//! 5. [`ensemble::run_many`] spreads the replicates over all cores; [`model::Model::pair`] lives each twice, with and without.
//! 6. [`model::week::week`] is one week: what the world does, what reaches people, what they believe, decide, do and keep.
//! 7. [`metrics::outcomes`] look at both worlds of a replicate, and each becomes a number, folded in replicate order.
//! 8. Numbers with intervals come back to `stress`: [`experiment::stress::Strike`]s, break-evens, circumstances that make it fail.
//! 9. [`experiment::Study::answer`] turns them into tables and sentences, `pictures` into [`picture::Picture`]s.
//! 10. [`output`] makes bytes of them: CSV, report and summary, moved into place whole by [`output::folder::Folder::finish`].
//!
//! # As a library
//!
//! ```
//! use dewpoint::{ensemble::ensemble_of, experiment::column, scenario::load, stats};
//!
//! // A bundled scenario; files come from a `Source` of one's own, or by `cli::files::load`.
//! let mut ward = load(&(), "evaporating_ward")?.ready()?;
//! ward.change("programme.0.sustain.embedding", "0.9")?;
//! ward.check()?;
//! let ensemble = ensemble_of(&ward, ward.run.seed, 4)?;
//! let gains = column(&ward, &ensemble, 0, "net_gain_at_end").map_err(|stopped| format!("{stopped:?}"))?;
//! assert_eq!(gains.len(), 4);
//! assert!(stats::mean(gains).value > 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/library.rs` compares two designs; [`cli::host`] is for programs that want whole commands, as the Python package
//! does. Names may change until version 1.0, which will follow semantic versioning; results change only with a word in
//! `CHANGELOG.md`. Rust 1.89 is the oldest that will do, and a newer one is asked for only by a new minor version.
//!
//! # What is deliberately absent
//!
//! - Nothing left of [`output`] reads files, prints, asks for the time or the environment: the engine cannot fail, and
//!   builds without threads, files, clock and terminal (`--no-default-features`).
//! - No parameter says how fast gains fade or multiplies an outcome by the condition under test.
//! - No draw knows the scenario, the thread, the order of work or who is watching: see [`rng`].
//! - No `exp` of the system, no fused operation, no sum in an order of the machine's choosing: see [`math`].

// Tests look at the pictures of an example, which knows this crate by name.
#[cfg(test)]
extern crate self as dewpoint;

#[cfg(any(feature = "cli", feature = "web"))]
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod ensemble;
pub mod experiment;
pub mod math;
pub mod metrics;
pub mod model;
pub mod output;
pub mod params;
pub mod phrase;
pub mod picture;
pub mod programme;
pub mod rng;
pub mod scenario;
pub mod stats;
pub mod table;
#[cfg(feature = "web")]
pub mod web;
pub mod world;
