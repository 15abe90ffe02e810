//! The API's response JSON.

use callback_profile::Report;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::error::{self, ProfileError};
use crate::guard::guarded;
use crate::input::Text;
use crate::profile::Profile;
use crate::stored::StoredProfile;
use crate::{options, output};

/// A response of the callback-profiles API: code, message, data, error, status.
///
/// Key and IV are masked unless secrets="shown" asks for the documented echo.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Envelope(callback_profile::Envelope);

impl Envelope {
    pub(crate) fn refusal(report: &Report) -> Envelope {
        Envelope(callback_profile::Envelope::refused(report))
    }
}

#[pymethods]
impl Envelope {
    /// 201: the profile was created.
    #[staticmethod]
    #[pyo3(signature = (profile, profile_id=None, *, secrets="masked"))]
    fn created(profile: &Bound<'_, Profile>, profile_id: Option<&str>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope(callback_profile::Envelope::created(profile.get().core(), profile_id, secrets)))
        })
    }

    /// 200: the profile was changed. The data is that of created.
    #[staticmethod]
    #[pyo3(signature = (profile, profile_id=None, *, secrets="masked"))]
    fn updated(profile: &Bound<'_, Profile>, profile_id: Option<&str>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope(callback_profile::Envelope::updated(profile.get().core(), profile_id, secrets)))
        })
    }

    /// 200: the profile was fetched. In the data, headers, body and events are JSON strings.
    #[staticmethod]
    #[pyo3(signature = (stored, *, secrets="masked"))]
    fn fetched(stored: &Bound<'_, StoredProfile>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope(callback_profile::Envelope::fetched(stored.get().core(), secrets)))
        })
    }

    /// 200: the profile was deleted.
    #[staticmethod]
    fn deleted(profile_id: &str) -> PyResult<Envelope> {
        guarded(|| Ok(Envelope(callback_profile::Envelope::deleted(profile_id))))
    }

    /// 400: the payload, patch or request was refused; the same as the error's own envelope.
    #[staticmethod]
    fn refused<'py>(error: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Envelope>> {
        guarded(|| {
            if !error.is_instance_of::<ProfileError>() {
                return Err(error::wrong_type("error", "ProfileError", error));
            }
            Ok(error.getattr("envelope")?.cast_into::<Envelope>()?)
        })
    }

    /// 404: no profile has this id.
    #[staticmethod]
    fn not_found(profile_id: &str) -> PyResult<Envelope> {
        guarded(|| Ok(Envelope(callback_profile::Envelope::not_found(profile_id))))
    }

    /// Reads an envelope of at most 256 KiB; data and error may be any JSON value.
    ///
    /// Raises ProfileError (invalid_envelope).
    #[staticmethod]
    fn parse(py: Python<'_>, envelope: &Bound<'_, PyAny>) -> PyResult<Envelope> {
        guarded(|| {
            let text =
                Text::of_json("envelope", envelope, callback_profile::Limits::default().payload_bytes)?;
            let envelope = callback_profile::Envelope::parse(&text);
            envelope.map(Envelope).map_err(|refusal| error::report(py, &refusal))
        })
    }

    /// RBC024 or RBC302 from us; anything from others.
    #[getter]
    fn code(&self) -> &str {
        self.0.code()
    }

    /// The sentence.
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
        guarded(|| Ok(format!("Envelope(code={:?}, status={})", self.0.code(), self.0.status())))
    }

    /// Errors are pickled with their envelope; one that was asked to show key and IV is not.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        guarded(|| {
            let envelope = &slf.get().0;
            if envelope.error() == "{}" {
                return Err(PyTypeError::new_err(
                    "only refusals are pickled: other envelopes may hold a key",
                ));
            }
            let class: Bound<'py, PyType> = slf.get_type();
            Ok((class.getattr("parse")?, (envelope.to_json(),)))
        })
    }
}
