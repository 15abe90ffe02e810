//! The error of a call that parses, checks or patches.

use callback_profile::{ErrorClass, Report};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};

use super::envelope::Envelope;
use crate::convert::output;
use crate::error::{self, ProfileError};

/// The `ProfileError` with every violation and the envelope that answers it.
pub(crate) fn refusal(py: Python<'_>, report: &Report) -> PyErr {
    if report.class() == ErrorClass::Internal {
        return error::internal();
    }
    match profile_error(py, report) {
        Ok(error) | Err(error) => error,
    }
}

fn profile_error(py: Python<'_>, report: &Report) -> PyResult<PyErr> {
    let envelope = Envelope::of(callback_profile::Envelope::refused(report));
    let (message, code, violations) = (report.to_string(), report.code().name(), violations(py, report)?);
    let arguments = (message, code, violations, report.unlisted(), envelope);
    Ok(PyErr::from_value(py.get_type::<ProfileError>().call1(arguments)?))
}

fn violations<'py>(py: Python<'py>, report: &Report) -> PyResult<Bound<'py, PyList>> {
    static VIOLATION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = VIOLATION.import(py, "callback_profile.types", "Violation")?;
    let violations = PyList::empty(py);
    for violation in report.violations() {
        violations.append(class.call1((
            violation.context.name(),
            &violation.pointer,
            violation.keyword,
            &violation.message,
            violation.position.map(|position| (position.line, position.column)),
            output::value(py, &violation.params.to_json())?,
        ))?)?;
    }
    Ok(violations)
}
