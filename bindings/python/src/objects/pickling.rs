//! What the classes that are pickled share with those that are not.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// What pickle calls, and its arguments.
pub(super) type Reduced<'py, Arguments> = (Bound<'py, PyAny>, Arguments);

/// The error of an object that may hold a key.
pub(super) fn not_pickled(subject: &str, way_out: &str) -> PyErr {
    PyTypeError::new_err(format!("{subject} cannot be pickled, since it may hold a key: {way_out}"))
}
