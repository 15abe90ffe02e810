//! From the core's failures to Python's exceptions, which `callback_profile._errors` defines.

use callback_profile::cipher::CipherError;
use callback_profile::{Error, ErrorCode, Report};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};

use crate::envelope::Envelope;

pyo3::import_exception!(callback_profile._errors, CallbackProfileError);
pyo3::import_exception!(callback_profile._errors, ArgumentError);
pyo3::import_exception!(callback_profile._errors, ProfileError);
pyo3::import_exception!(callback_profile._errors, ReplacerError);
pyo3::import_exception!(callback_profile._errors, DecryptionError);

/// A defect of the library was stopped.
pub(crate) fn internal() -> PyErr {
    let code = ErrorCode::Internal;
    CallbackProfileError::new_err((code.text(), code.name()))
}

/// An argument of the right type makes no sense.
pub(crate) fn argument(message: impl Into<String>) -> PyErr {
    ArgumentError::new_err((message.into(), ErrorCode::InvalidArgument.name()))
}

/// The argument of this name is of a wrong type.
pub(crate) fn wrong_type(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!("{name} must be {expected}, not {}", type_name(value)))
}

/// The name of a value's type.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}

/// A payload, patch, stored profile, request or envelope was refused.
pub(crate) fn report(py: Python<'_>, report: &Report) -> PyErr {
    match try_report(py, report) {
        Ok(error) | Err(error) => error,
    }
}

fn try_report(py: Python<'_>, report: &Report) -> PyResult<PyErr> {
    static VIOLATION: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = VIOLATION.import(py, "callback_profile.types", "Violation")?;
    let violations = PyList::empty(py);
    for violation in report.violations() {
        violations.append(class.call1((
            violation.context.name(),
            &violation.pointer,
            violation.keyword,
            &violation.message,
            violation.position,
        ))?)?;
    }
    let envelope = Envelope::refusal(report);
    let arguments = (report.to_string(), report.code().name(), violations, report.unlisted(), envelope);
    Ok(PyErr::from_value(py.get_type::<ProfileError>().call1(arguments)?))
}

/// A message or a callback could not be made.
pub(crate) fn replacer(error: &Error) -> PyErr {
    let missing = match error {
        Error::MissingValues(names) => names.clone(),
        _ => Vec::new(),
    };
    ReplacerError::new_err((error.to_string(), error.code().name(), missing))
}

/// A received callback could not be opened.
pub(crate) fn opening(error: &Error) -> PyErr {
    DecryptionError::new_err((error.to_string(), error.code().name(), error.parameter().map(str::to_owned)))
}

/// A single value could not be decrypted.
pub(crate) fn decryption(error: CipherError) -> PyErr {
    DecryptionError::new_err((error.to_string(), error.code().name(), None::<String>))
}

/// A cipher could not be made, or a value was too long for it.
pub(crate) fn cipher(error: CipherError) -> PyErr {
    ArgumentError::new_err((error.to_string(), error.code().name()))
}
