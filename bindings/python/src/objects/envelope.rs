//! The API's response JSON.

use callback_profile::Secrets;
use pyo3::prelude::*;

use super::pickling::{Reduced, not_pickled};
use crate::convert::output;
use crate::guard::guarded;

/// A response of the callback-profiles API: code, message, data, error, status.
///
/// Key and IV are masked unless secrets="shown" asks for the documented echo.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Envelope {
    envelope: callback_profile::Envelope,
    may_hold_key: bool,
}

impl Envelope {
    /// An envelope without data of a profile.
    pub(crate) fn of(envelope: callback_profile::Envelope) -> Envelope {
        Envelope { envelope, may_hold_key: false }
    }

    /// An envelope that shows a profile.
    pub(crate) fn of_profile(envelope: callback_profile::Envelope, secrets: Secrets) -> Envelope {
        Envelope { envelope, may_hold_key: secrets == Secrets::Shown }
    }
}

#[pymethods]
impl Envelope {
    /// RBC024 or RBC302 in the envelopes that this library makes; any text in a parsed one.
    #[getter]
    fn code(&self) -> &str {
        self.envelope.code()
    }

    /// One sentence on the result.
    #[getter]
    fn message(&self) -> &str {
        self.envelope.message()
    }

    /// The data, a new value each time.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, self.envelope.data()))
    }

    /// The error, a new value each time: {} in a success, else a list of one dict per violation.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, self.envelope.error()))
    }

    /// The HTTP status.
    #[getter]
    fn status(&self) -> u16 {
        self.envelope.status()
    }

    /// The envelope as compact JSON, members in the documented order.
    fn to_json(&self) -> PyResult<String> {
        guarded(|| Ok(self.envelope.to_json()))
    }

    /// The envelope as a dict, members in the documented order.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, &self.envelope.to_json()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            Ok(format!(
                "Envelope(code={}, status={})",
                output::quoted(self.envelope.code()),
                self.envelope.status()
            ))
        })
    }

    /// It can be pickled unless it may hold a key: made with secrets="shown", or parsed.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py, (String,)>> {
        guarded(|| {
            let envelope = slf.get();
            if envelope.may_hold_key {
                return Err(not_pickled(
                    "an Envelope that was parsed or has secrets=\"shown\"",
                    "pickle its to_json() where that is safe, and call Envelope.parse there",
                ));
            }
            Ok((slf.get_type().getattr("_unpickled")?, (envelope.envelope.to_json(),)))
        })
    }
}
