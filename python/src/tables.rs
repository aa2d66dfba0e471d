//! Tables as columns that Python owns.
use dewpoint::table::{self, Cell};
use pyo3::{
    IntoPyObjectExt,
    exceptions::PyIndexError,
    prelude::*,
    types::{PyByteArray, PyList},
};

/// A table: a name, columns with unit and meaning, rows.
#[pyclass(frozen, module = "dewpoint._engine")]
pub struct Table(pub table::Table);

#[pymethods]
impl Table {
    /// Name, and stem of the file it is written to.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Name, unit and meaning of each column.
    #[getter]
    fn columns(&self) -> Vec<(&str, &str, &str)> {
        self.0.columns.iter().map(|column| (column.name.as_str(), column.unit.as_str(), column.doc.as_str())).collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows.len()
    }

    /// One column: `("float64", buffer)`, `("int64", buffer)`, or `("object", list)` where there is text. Numbers are written
    /// once, from the rows straight into the memory that is handed over, so that numpy can look at it without a copy.
    fn column<'py>(&self, py: Python<'py>, place: usize) -> PyResult<(&'static str, Bound<'py, PyAny>)> {
        if place >= self.0.columns.len() {
            return Err(PyIndexError::new_err("no such column"));
        }
        let cells = || self.0.rows.iter().filter_map(|row| row.get(place));
        if cells().all(|cell| matches!(cell, Cell::Count(count) if i64::try_from(*count).is_ok())) {
            let numbers = cells().map(|cell| match cell {
                Cell::Count(count) => *count,
                _ => 0,
            });
            return Ok(("int64", buffer(py, self.0.rows.len(), numbers.map(u64::to_ne_bytes))?));
        }
        if cells().all(|cell| !matches!(cell, Cell::Text(_))) {
            let numbers = cells().map(number);
            return Ok(("float64", buffer(py, self.0.rows.len(), numbers.map(f64::to_ne_bytes))?));
        }
        let objects = cells().map(|cell| match cell {
            // Nothing to give, as an empty cell in files.
            Cell::Text(text) if text.is_empty() => Ok(py.None().into_bound(py)),
            Cell::Text(text) => text.as_str().into_bound_py_any(py),
            Cell::Number(number) if number.is_nan() => Ok(py.None().into_bound(py)),
            Cell::Number(number) => number.into_bound_py_any(py),
            Cell::Count(count) => count.into_bound_py_any(py),
        });
        let objects = objects.collect::<PyResult<Vec<_>>>()?;
        Ok(("object", PyList::new(py, objects)?.into_any()))
    }
}

fn number(cell: &Cell) -> f64 {
    match cell {
        // Adding zero turns -0 into 0, as in files.
        Cell::Number(number) => number + 0.0,
        Cell::Count(count) => *count as f64,
        Cell::Text(_) => f64::NAN,
    }
}

/// Numbers in memory that Python owns and may write to.
pub fn buffer<'py>(
    py: Python<'py>,
    count: usize,
    numbers: impl Iterator<Item = [u8; 8]>,
) -> PyResult<Bound<'py, PyAny>> {
    let filled = PyByteArray::new_with(py, count * 8, |bytes| {
        bytes.chunks_exact_mut(8).zip(numbers).for_each(|(place, number)| place.copy_from_slice(&number));
        Ok(())
    })?;
    Ok(filled.into_any())
}
