//! The envelopes of the API's responses, one constructor for each.

use callback_profile as core;
use pyo3::prelude::*;

use super::envelope::Envelope;
use super::profile::Profile;
use super::refusal::refusal;
use super::stored::StoredProfile;
use crate::convert::input::Text;
use crate::convert::options;
use crate::error::{self, ProfileError};
use crate::guard::guarded;

#[pymethods]
impl Envelope {
    /// 201: the profile was created.
    #[staticmethod]
    #[pyo3(signature = (profile, profile_id=None, *, secrets="masked"))]
    fn created(profile: &Bound<'_, Profile>, profile_id: Option<&str>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope::of(core::Envelope::created(profile.get().core(), profile_id, secrets)))
        })
    }

    /// 200: the profile was changed. The data is that of created.
    #[staticmethod]
    #[pyo3(signature = (profile, profile_id=None, *, secrets="masked"))]
    fn updated(profile: &Bound<'_, Profile>, profile_id: Option<&str>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope::of(core::Envelope::updated(profile.get().core(), profile_id, secrets)))
        })
    }

    /// 200: the profile was fetched. In the data, headers, body and events are JSON strings.
    #[staticmethod]
    #[pyo3(signature = (stored, *, secrets="masked"))]
    fn fetched(stored: &Bound<'_, StoredProfile>, secrets: &str) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            Ok(Envelope::of(core::Envelope::fetched(stored.get().core(), secrets)))
        })
    }

    /// 200: the profile was deleted.
    #[staticmethod]
    fn deleted(profile_id: &str) -> PyResult<Envelope> {
        guarded(|| Ok(Envelope::of(core::Envelope::deleted(profile_id))))
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
        guarded(|| Ok(Envelope::of(core::Envelope::not_found(profile_id))))
    }

    /// Reads an envelope of at most 256 KiB; data and error may be any JSON value.
    ///
    /// Raises ProfileError (invalid_envelope).
    #[staticmethod]
    fn parse(py: Python<'_>, envelope: &Bound<'_, PyAny>) -> PyResult<Envelope> {
        guarded(|| {
            let text = Text::of_json("envelope", envelope, core::Limits::default().payload_bytes)?;
            core::Envelope::parse(&*text).map(Envelope::of).map_err(|report| refusal(py, &report))
        })
    }
}
