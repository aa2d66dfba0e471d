//! A command of the program, and what it found.
use std::{collections::BTreeMap, sync::Arc};

use dewpoint::cli::{
    Failure,
    host::{self, Found},
};
use pyo3::prelude::*;

use crate::{
    tables::Table,
    worker::{Between, at_work},
};

/// What a command printed and found.
#[pyclass(frozen, module = "dewpoint._engine")]
pub struct Outcome {
    /// What the command prints.
    #[pyo3(get)]
    text: String,
    found: Option<Found>,
}

#[pymethods]
impl Outcome {
    /// Whether it was worked out now; else the results folder held it already, and all there is lies there.
    #[getter]
    fn is_new(&self) -> bool {
        self.found.is_some()
    }

    /// The finding in a sentence.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.found.as_ref().map(|found| found.answer.title.as_str())
    }

    /// What else is to be said.
    #[getter]
    fn sentences(&self) -> Vec<&str> {
        self.found.iter().flat_map(|found| &found.answer.sentences).map(String::as_str).collect()
    }

    /// The tables to look at, the first first, then those that are written to files only.
    #[getter]
    fn tables(&self) -> Vec<Table> {
        let Some(found) = &self.found else { return Vec::new() };
        let mut tables: Vec<&dewpoint::table::Table> = Vec::new();
        for table in found.answer.to_read().chain(&found.tables) {
            if !tables.iter().any(|other| other.name == table.name) {
                // What is laid out for reading stands for the numbers of its name.
                tables.push(found.tables.iter().find(|of_file| of_file.name == table.name).unwrap_or(table));
            }
        }
        tables.into_iter().map(|table| Table(table.clone())).collect()
    }

    /// The pictures of the report, as JSON.
    #[getter]
    fn pictures(&self) -> String {
        let pictures = self.found.as_ref().map_or(&[][..], |found| &found.pictures);
        serde_json::to_string(pictures).unwrap_or_else(|_| "[]".into())
    }
}

/// Does the command of `words`, those that follow `dewpoint` in a shell, with scenario `files` in memory (name and text).
#[pyfunction]
#[pyo3(signature = (words, files, listener=None))]
pub fn call(
    py: Python<'_>,
    words: Vec<String>,
    files: BTreeMap<String, String>,
    listener: Option<Bound<'_, PyAny>>,
) -> PyResult<Outcome> {
    let between = Arc::new(Between::with(files));
    let printed = at_work(py, Arc::clone(&between), listener.as_ref(), move |host| {
        let bytes = host::call(host, &words)?;
        String::from_utf8(bytes).map_err(|_| Failure::Failed("what it prints is no text".into()))
    })?;
    Ok(Outcome { text: printed, found: between.take_found() })
}
