//! Opened callbacks as Python's dataclasses.

use callback_profile::seal::Verified;
use callback_profile::{Opened, OpenedByKey, Received, ReceivedByKey, SealedMessage};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::convert::output;

/// Defines a function that makes an object of a dataclass in `callback_profile.types`.
macro_rules! dataclass {
    ($function:ident, $name:literal) => {
        fn $function<'py>(py: Python<'py>, members: Vec<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
            static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
            let class = CLASS.import(py, "callback_profile.types", $name)?;
            class.call1(PyTuple::new(py, members)?)
        }
    };
}

dataclass!(new_details, "OpenedDetails");
dataclass!(new_sealed, "SealedMessage");
dataclass!(new_verified, "Verified");
dataclass!(new_received, "Received");
dataclass!(new_opened_by_key, "OpenedByKey");
dataclass!(new_received_by_key, "ReceivedByKey");

/// An OpenedDetails.
pub(crate) fn details<'py>(py: Python<'py>, opened: &Opened) -> PyResult<Bound<'py, PyAny>> {
    let mut all = members(py, opened)?;
    let failed = PyDict::new(py);
    for parameter in opened.failed() {
        failed.set_item(&parameter.name, parameter.code.name())?;
    }
    all.push(failed.into_any());
    new_details(py, all)
}

/// A Verified.
pub(crate) fn verified<'py>(py: Python<'py>, verified: &Verified) -> PyResult<Bound<'py, PyAny>> {
    new_verified(py, of_verified(py, verified)?)
}

/// A Received.
pub(crate) fn received<'py>(py: Python<'py>, received: &Received) -> PyResult<Bound<'py, PyAny>> {
    let mut all = of_verified(py, &received.verified)?;
    all.extend(members(py, &received.opened)?);
    new_received(py, all)
}

/// An OpenedByKey.
pub(crate) fn opened_by_key<'py>(py: Python<'py>, opened: &OpenedByKey) -> PyResult<Bound<'py, PyAny>> {
    new_opened_by_key(py, of_key(py, opened)?)
}

/// A ReceivedByKey.
pub(crate) fn received_by_key<'py>(py: Python<'py>, received: &ReceivedByKey) -> PyResult<Bound<'py, PyAny>> {
    let mut all = of_verified(py, &received.verified)?;
    all.extend(of_key(py, &received.opened)?);
    new_received_by_key(py, all)
}

fn of_verified<'py>(py: Python<'py>, verified: &Verified) -> PyResult<Vec<Bound<'py, PyAny>>> {
    Ok(vec![any(py, &verified.id)?, any(py, verified.timestamp)?])
}

fn of_key<'py>(py: Python<'py>, opened: &OpenedByKey) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let mut all = vec![any(py, &opened.id)?, any(py, opened.version)?, any(py, opened.in_turn)?];
    all.extend(members(py, &opened.opened)?);
    Ok(all)
}

/// The members of OpenedDetails, which the other classes have too.
fn members<'py>(py: Python<'py>, opened: &Opened) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let sealed = opened.sealed().map(|message| sealed_message(py, message)).transpose()?;
    Ok(vec![
        output::value(py, opened.json())?,
        PyTuple::new(py, opened.decrypted())?.into_any(),
        PyTuple::new(py, opened.unknown())?.into_any(),
        sealed.unwrap_or_else(|| py.None().into_bound(py)),
    ])
}

fn sealed_message<'py>(py: Python<'py>, message: &SealedMessage) -> PyResult<Bound<'py, PyAny>> {
    let SealedMessage { kid, id, issued_at, profile_id, .. } = message;
    new_sealed(py, vec![any(py, kid)?, any(py, id)?, any(py, *issued_at)?, any(py, profile_id.as_deref())?])
}

fn any<'py, T: pyo3::IntoPyObjectExt<'py>>(py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>> {
    value.into_bound_py_any(py)
}
