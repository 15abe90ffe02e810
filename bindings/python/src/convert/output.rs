//! The core's JSON text as Python's values.

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{Limits, visible};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};

use crate::error;

/// The value of a JSON text that the core made: dict, list, str, int, float, bool or None.
pub(crate) fn value<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    value_with(py, json, &mut Names::default())
}

/// The same, with the names that earlier values of a batch had.
pub(crate) fn value_with<'py>(
    py: Python<'py>,
    json: &str,
    names: &mut Names<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut limits = Limits::default();
    limits.payload_bytes = usize::MAX;
    limits.nodes = usize::MAX;
    limits.depth = usize::MAX;
    let document = Document::read(json.as_bytes(), &limits).map_err(|_| error::internal())?;
    names.next = 0;
    of(py, document.root(), names)
}

/// Names of members as Python's strings. Values of a batch have the same ones in the same order as a rule: each is looked for
/// where the one before was found.
#[derive(Default)]
pub(crate) struct Names<'py> {
    known: Vec<(Box<str>, Bound<'py, PyString>)>,
    next: usize,
}

/// Names that are kept; what else there is was chosen by a stranger.
const KEPT_NAMES: usize = 256;

impl<'py> Names<'py> {
    fn name(&mut self, py: Python<'py>, name: &str) -> Bound<'py, PyString> {
        let at = self.next;
        self.next = at.saturating_add(1);
        match self.known.get(at) {
            Some((known, object)) if **known == *name => object.clone(),
            None if at < KEPT_NAMES => {
                let object = PyString::new(py, name);
                self.known.push((name.into(), object.clone()));
                object
            }
            _ => PyString::new(py, name),
        }
    }
}

/// A name from outside, for a repr.
pub(crate) fn quoted(name: &str) -> String {
    format!("'{}'", visible(name))
}

/// The reader bounds the depth of the recursion.
fn of<'py>(py: Python<'py>, value: Value<'_>, names: &mut Names<'py>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value.kind() {
        Kind::Null => py.None().into_bound(py),
        Kind::False => PyBool::new(py, false).to_owned().into_any(),
        Kind::True => PyBool::new(py, true).to_owned().into_any(),
        Kind::Number => number(py, value.number_text().ok_or_else(error::internal)?)?,
        Kind::String => PyString::new(py, value.as_str().ok_or_else(error::internal)?).into_any(),
        Kind::Array => {
            let list = PyList::empty(py);
            for element in value.elements() {
                list.append(of(py, element, names)?)?;
            }
            list.into_any()
        }
        Kind::Object => {
            let dict = PyDict::new(py);
            for (name, member) in value.members() {
                let name = names.name(py, name);
                dict.set_item(name, of(py, member, names)?)?;
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
