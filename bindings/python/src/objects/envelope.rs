//! The API's response JSON.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::convert::output;
use crate::guard::guarded;

/// A response of the callback-profiles API: code, message, data, error, status.
///
/// Key and IV are masked unless secrets="shown" asks for the documented echo.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Envelope(callback_profile::Envelope);

impl Envelope {
    pub(crate) fn of(envelope: callback_profile::Envelope) -> Envelope {
        Envelope(envelope)
    }
}

#[pymethods]
impl Envelope {
    /// RBC024 or RBC302 in the envelopes that this library makes; any text in a parsed one.
    #[getter]
    fn code(&self) -> &str {
        self.0.code()
    }

    /// One sentence on the result.
    #[getter]
    fn message(&self) -> &str {
        self.0.message()
    }

    /// The data, a new value each time.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, self.0.data()))
    }

    /// The error, a new value each time: {} in a success, else a list of one dict per violation.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, self.0.error()))
    }

    /// The HTTP status.
    #[getter]
    fn status(&self) -> u16 {
        self.0.status()
    }

    /// The envelope as compact JSON, members in the documented order.
    fn to_json(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_json()))
    }

    /// The envelope as a dict, members in the documented order.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, &self.0.to_json()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            Ok(format!("Envelope(code={}, status={})", output::quoted(self.0.code()), self.0.status()))
        })
    }

    /// Only refusals can be pickled, as the envelope of their error: the others may hold a key.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        guarded(|| {
            let envelope = &slf.get().0;
            if envelope.error() == "{}" {
                return Err(PyTypeError::new_err(
                    "only refusals are pickled: other envelopes may hold a key",
                ));
            }
            let class: Bound<'py, PyType> = slf.get_type();
            Ok((class.getattr("_unpickled")?, (envelope.to_json(),)))
        })
    }
}
