//! A scenario as it stands in its file, and as it was changed.
use std::collections::BTreeSet;

use dewpoint::{
    cli::{files, list},
    scenario::{self, Address, Declared, Extent, Loaded, Problem, Problems, Value, load},
};
use pyo3::{IntoPyObjectExt, prelude::*, types::PyDict};

use crate::{tables::Table, worker::error};

/// A scenario, with the changes that were made in it since it was read. It never changes itself.
#[pyclass(frozen, module = "dewpoint._engine")]
pub struct Scenario {
    before: scenario::Scenario,
    pub now: scenario::Scenario,
    story: String,
    /// What its files give, which is not what differs from the defaults: `fit` takes it as known.
    given: BTreeSet<Address>,
}

#[pymethods]
impl Scenario {
    /// Reads the scenario called `name`: `text` itself where it is given, else a file or a bundled scenario.
    #[new]
    #[pyo3(signature = (name, text=None))]
    fn new(py: Python<'_>, name: &str, text: Option<&str>) -> PyResult<Self> {
        let loaded = match text {
            Some(text) => load(&[(name, text)], name),
            None => py.detach(|| files::load(name)),
        };
        let Loaded { scenario, story, origins, .. } = loaded.map_err(|problems| input(py, &problems))?;
        Ok(Self { before: scenario.clone(), now: scenario, story, given: origins.into_keys().collect() })
    }

    /// The same with the value at each path changed, as `--set` changes it.
    fn changed(&self, py: Python<'_>, changes: Vec<(String, String)>) -> PyResult<Self> {
        let mut now = self.now.clone();
        for (path, value) in &changes {
            now.change(path, value).map_err(|problem| input(py, &problem.into()))?;
        }
        Ok(Self { before: self.before.clone(), now, story: self.story.clone(), given: self.given.clone() })
    }

    /// Checks the whole of it, as every command does before it simulates.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        self.now.check().map_err(|problems| input(py, &problems))
    }

    #[getter]
    fn title(&self) -> &str {
        &self.now.title
    }

    /// First comment line of the file: its story in a sentence.
    #[getter]
    fn story(&self) -> &str {
        &self.story
    }

    #[getter]
    fn programmes(&self) -> Vec<&str> {
        self.now.programmes.iter().map(|programme| programme.name.as_str()).collect()
    }

    #[getter]
    fn weeks(&self) -> usize {
        self.now.weeks()
    }

    /// As a file that reads to the same scenario: every value, or those that differ from the defaults.
    #[pyo3(signature = (all=false))]
    fn to_toml(&self, all: bool) -> String {
        self.now.to_toml(if all { Extent::All } else { Extent::Changed })
    }

    /// As it was read, in one file that gives what its files gave.
    fn as_read(&self) -> String {
        self.before.to_toml(Extent::Given(&self.given))
    }

    /// The value at `path`: a number or text.
    fn value<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyAny>> {
        let slot = self.now.locate(path).map_err(|problem| input(py, &problem.into()))?;
        python(py, self.now.value(slot.address))
    }

    /// Path, value in the file (None where there is none) and value now, of everything that differs from the file.
    fn differences<'py>(&self, py: Python<'py>) -> PyResult<Vec<(String, Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
        let mut found = Vec::new();
        for slot in self.now.slots() {
            let then = self.before.locate(&slot.path).ok().and_then(|slot| self.before.value(slot.address));
            let now = self.now.value(slot.address);
            if then != now {
                found.push((slot.path, python(py, then)?, python(py, now)?));
            }
        }
        Ok(found)
    }

    /// What is declared at `path`: its full path, meaning, unit, smallest and largest number, default, names of a choice.
    fn declared<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyDict>> {
        let slot = self.now.locate(path).map_err(|problem| input(py, &problem.into()))?;
        described(py, &slot, self.now.value(slot.address))
    }

    /// The same of every path that begins with `prefix`.
    fn slots<'py>(&self, py: Python<'py>, prefix: &str) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let slots = self.now.slots().into_iter().filter(|slot| slot.path.starts_with(prefix));
        slots.map(|slot| described(py, &slot, self.now.value(slot.address))).collect()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.now == other.now && self.before == other.before
    }
}

fn described<'py>(py: Python<'py>, slot: &scenario::Slot, value: Option<Value>) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("path", &slot.path)?;
    dict.set_item("value", python(py, value)?)?;
    dict.set_item("default", python(py, slot.default())?)?;
    let (low, high) = slot.declared.range().unzip();
    dict.set_item("low", low)?;
    dict.set_item("high", high)?;
    let (unit, standing, choices) = match slot.declared {
        Declared::Quantity(quantity) => (quantity.unit, format!("{:?}", quantity.standing).to_lowercase(), Vec::new()),
        Declared::Lever(_) => ("0 to 1", String::new(), Vec::new()),
        Declared::Choice(choice) => ("", String::new(), choice.names.to_vec()),
        Declared::Text(_) => ("", String::new(), Vec::new()),
    };
    dict.set_item("unit", unit)?;
    dict.set_item("choices", choices)?;
    dict.set_item("standing", standing)?;
    dict.set_item("doc", slot.declared.doc())?;
    Ok(dict)
}

fn python(py: Python<'_>, value: Option<Value>) -> PyResult<Bound<'_, PyAny>> {
    match value {
        Some(Value::Number(number)) => number.into_bound_py_any(py),
        Some(Value::Text(text)) => text.into_bound_py_any(py),
        None => Ok(py.None().into_bound(py)),
    }
}

/// What is wrong with a scenario, as an exception with the words of the command line, and file and line of the first fault.
fn input(py: Python<'_>, problems: &Problems) -> PyErr {
    let first: Option<&Problem> = problems.0.first();
    // A change by path is no file, and a fault of the whole belongs to no line.
    let file = first.map(|problem| problem.file.clone()).filter(|file| file != "--set");
    let line = first.map(|problem| problem.line).filter(|line| *line > 0);
    error(py, "InputError", (problems.to_string(), file, line))
}

/// The scenarios that come with the program.
#[pyfunction]
pub fn bundled() -> Table {
    Table(list::table())
}
