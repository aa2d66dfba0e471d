//! The engine of the Python package `dewpoint`: the commands of the program, called from Python.
//!
//! Thin on purpose. A question from Python becomes the words of a command, and [`dewpoint::cli::host::call`] does what the
//! program does with them, so that answers, digests and error messages are the same by construction. What is added here is
//! the way back: tables as columns in memory that Python owns, pictures as data, faults with their file and line.
mod call;
mod estimators;
mod outcomes;
mod scenario;
mod tables;
mod worker;

use dewpoint::output::manifest;
use pyo3::prelude::*;

/// The engine; `dewpoint` is the package for people.
#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::{
        call::{Outcome, call},
        estimators::{morris_design, morris_effects, prim, sobol_design, sobol_indices},
        outcomes::outcomes,
        scenario::{Scenario, bundled},
        tables::Table,
    };
    use super::{manifest, *};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("VERSION", manifest::VERSION)?;
        module.add("BUILD", manifest::BUILD)
    }
}
