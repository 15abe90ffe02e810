//! The core's JSON text as Python's values, and the results of a batch as a list.

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{Limits, visible};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::error;

/// The value of a JSON text that the core made: dict, list, str, int, float, bool or None.
pub(crate) fn value<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    let mut limits = Limits::default();
    limits.payload_bytes = usize::MAX;
    limits.nodes = usize::MAX;
    limits.depth = usize::MAX;
    let document = Document::read(json.as_bytes(), &limits).map_err(|_| error::internal())?;
    of(py, document.root())
}

/// A name from outside, for a repr.
pub(crate) fn quoted(name: &str) -> String {
    format!("'{}'", visible(name))
}

/// A list with the value of each item, or its exception.
pub(crate) fn list_of_results<'py, T>(
    py: Python<'py>,
    items: Vec<PyResult<T>>,
    value: impl Fn(T) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for item in items {
        match item.and_then(&value) {
            Ok(value) => list.append(value)?,
            Err(error) if error.is_instance_of::<PyException>(py) => list.append(error.into_value(py))?,
            Err(error) => return Err(error), // KeyboardInterrupt and the like end the whole call
        }
    }
    Ok(list)
}

/// The reader bounds the depth of the recursion.
fn of<'py>(py: Python<'py>, value: Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value.kind() {
        Kind::Null => py.None().into_bound(py),
        Kind::False => PyBool::new(py, false).to_owned().into_any(),
        Kind::True => PyBool::new(py, true).to_owned().into_any(),
        Kind::Number => number(py, value.number_text().ok_or_else(error::internal)?)?,
        Kind::String => PyString::new(py, value.as_str().ok_or_else(error::internal)?).into_any(),
        Kind::Array => {
            let list = PyList::empty(py);
            for element in value.elements() {
                list.append(of(py, element)?)?;
            }
            list.into_any()
        }
        Kind::Object => {
            let dict = PyDict::new(py);
            for (name, member) in value.members() {
                dict.set_item(name, of(py, member)?)?;
            }
            dict.into_any()
        }
    })
}

/// What `json.loads` gives: an int, however long, if the number has neither a point nor an exponent, else a float.
fn number<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    if text.contains(['.', 'e', 'E']) {
        let number = text.parse().map_err(|_| error::internal())?;
        return Ok(PyFloat::new(py, number).into_any());
    }
    match text.parse::<i64>() {
        Ok(number) => Ok(number.into_pyobject(py)?.into_any()),
        Err(_) => py.get_type::<PyInt>().call1((text,)),
    }
}
