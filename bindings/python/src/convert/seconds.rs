//! Times and spans of time: whole seconds.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};

use super::defaults;
use crate::error;

/// The seconds of the argument `name`.
pub(crate) fn seconds(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type(name, "int", value));
    }
    value.extract().map_err(|_| error::argument(format!("{name} must be from 0 to {}", u64::MAX)))
}

/// The seconds of an argument that may be None.
pub(crate) fn optional(name: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<u64>> {
    value.map(|value| seconds(name, value)).transpose()
}

/// The time that the caller gave, or that of the clock.
pub(crate) fn or_now(py: Python<'_>, name: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<u64> {
    optional(name, value)?.map_or_else(|| defaults::now(py), Ok)
}

/// The tolerance that the caller gave, or the default one.
pub(crate) fn tolerance(value: Option<&Bound<'_, PyAny>>) -> PyResult<u64> {
    Ok(optional("tolerance", value)?.unwrap_or(callback_profile::seal::DEFAULT_TOLERANCE))
}
