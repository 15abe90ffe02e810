//! The exceptions of the package, which `callback_profile._errors` defines.
//!
//! The class of an exception follows the call that failed, whatever its code: one function here for each kind of call.
//! This module imports no other file of the binding, so that every one of them may use it.

use callback_profile::cipher::CipherError;
use callback_profile::{Error, ErrorClass, ErrorCode, visible};
use callback_profile_arrow::{ArrowError, ArrowProblem};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

pyo3::import_exception!(callback_profile._errors, CallbackProfileError);
pyo3::import_exception!(callback_profile._errors, ArgumentError);
pyo3::import_exception!(callback_profile._errors, ProfileError);
pyo3::import_exception!(callback_profile._errors, ReplacerError);
pyo3::import_exception!(callback_profile._errors, DecryptionError);
pyo3::import_exception!(callback_profile._errors, SignatureError);

/// A defect of the library was stopped.
#[cold]
pub(crate) fn internal() -> PyErr {
    let code = ErrorCode::Internal;
    CallbackProfileError::new_err((code.text(), code.name()))
}

/// An argument has the right type but makes no sense.
pub(crate) fn argument(message: impl Into<String>) -> PyErr {
    ArgumentError::new_err((message.into(), ErrorCode::InvalidArgument.name()))
}

/// The argument of this name has a wrong type.
pub(crate) fn wrong_type(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    // The scalars of pyarrow, which DuckDB and pandas hand to a function, hold a value of Python.
    let hint = if value.hasattr("as_py").unwrap_or(false) { ": as_py() gives its value" } else { "" };
    wrong_type_name(name, expected, &format!("{}{hint}", type_name(value)))
}

/// The same, of a type whose name is known.
pub(crate) fn wrong_type_name(name: &str, expected: &str, given: &str) -> PyErr {
    PyTypeError::new_err(format!("{name} must be {expected}, not {given}"))
}

/// The name of a value's type.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| visible(&name.to_string()).into_owned())
}

/// A call failed that fills a message or a callback, signs it, or verifies or opens a received one.
pub(crate) fn failed(error: &Error) -> PyErr {
    let (message, code) = (error.to_string(), error.code().name());
    match error.class() {
        ErrorClass::Replacer => {
            let missing = match error {
                Error::MissingValues(names) => names.clone(),
                _ => Vec::new(),
            };
            ReplacerError::new_err((message, code, missing))
        }
        ErrorClass::Decryption => DecryptionError::new_err((message, code, error.parameters().to_vec())),
        ErrorClass::Signature => SignatureError::new_err((message, code)),
        ErrorClass::Argument => ArgumentError::new_err((message, code)),
        _ => internal(),
    }
}

/// A call on a column failed as a whole.
pub(crate) fn column_failed(error: &ArrowError) -> PyErr {
    let (message, code) = (format!("column: {error}"), error.code().name());
    match (error, error.class()) {
        (ArrowError::Structures(ArrowProblem::Type(_)), _) => PyTypeError::new_err(message),
        (ArrowError::Call(error), _) => failed(error),
        (ArrowError::Setting(expected), _) => ArgumentError::new_err((*expected, code)),
        (_, ErrorClass::Replacer) => ReplacerError::new_err((message, code, Vec::<String>::new())),
        (_, ErrorClass::Decryption) => DecryptionError::new_err((message, code, Vec::<String>::new())),
        (_, ErrorClass::Argument) => ArgumentError::new_err((message, code)),
        _ => internal(),
    }
}

/// A call failed that decrypts a single value. The key and the IV are arguments.
pub(crate) fn decrypting(error: CipherError) -> PyErr {
    match error.class_of_decryption() {
        ErrorClass::Decryption => DecryptionError::new_err((error.to_string(), error.code().name())),
        _ => encrypting(error),
    }
}

/// A call failed that makes a cipher or encrypts a single value.
pub(crate) fn encrypting(error: CipherError) -> PyErr {
    ArgumentError::new_err((error.to_string(), error.code().name()))
}
