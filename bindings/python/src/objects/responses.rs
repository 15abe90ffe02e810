//! The envelopes of the API's responses, one constructor for each.

use callback_profile as core;
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::envelope::Envelope;
use super::parsed::parsed;
use super::profile::Profile;
use super::stored::StoredProfile;
use crate::convert::input::{Str, object_of, one_or_many};
use crate::convert::options;
use crate::error::{self, DecryptionError, ProfileError, SignatureError};
use crate::guard::guarded;

#[pymethods]
impl Envelope {
    /// 201: the profile was created.
    #[staticmethod]
    #[pyo3(
        signature = (profile, profile_id=None, *, secrets=Str::new("masked")),
        text_signature = "(profile, profile_id=None, *, secrets='masked')"
    )]
    fn created(
        profile: &Bound<'_, PyAny>,
        profile_id: Option<Str<'_>>,
        secrets: Str<'_>,
    ) -> PyResult<Envelope> {
        guarded(|| {
            let (profile_id, secrets) =
                (options::optional("profile_id", profile_id)?, options::secrets(secrets)?);
            let profile = object_of::<Profile>("profile", "Profile", profile)?.get().core();
            Ok(Envelope::of_profile(core::Envelope::created(profile, profile_id, secrets), secrets))
        })
    }

    /// 200: the profile was changed. The data is that of created.
    #[staticmethod]
    #[pyo3(
        signature = (profile, profile_id=None, *, secrets=Str::new("masked")),
        text_signature = "(profile, profile_id=None, *, secrets='masked')"
    )]
    fn updated(
        profile: &Bound<'_, PyAny>,
        profile_id: Option<Str<'_>>,
        secrets: Str<'_>,
    ) -> PyResult<Envelope> {
        guarded(|| {
            let (profile_id, secrets) =
                (options::optional("profile_id", profile_id)?, options::secrets(secrets)?);
            let profile = object_of::<Profile>("profile", "Profile", profile)?.get().core();
            Ok(Envelope::of_profile(core::Envelope::updated(profile, profile_id, secrets), secrets))
        })
    }

    /// 200: the profile was fetched. In the data, headers, body and events are JSON strings.
    #[staticmethod]
    #[pyo3(
        signature = (stored, *, secrets=Str::new("masked")),
        text_signature = "(stored, *, secrets='masked')"
    )]
    fn fetched(stored: &Bound<'_, PyAny>, secrets: Str<'_>) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            let stored = object_of::<StoredProfile>("stored", "StoredProfile", stored)?.get().core();
            Ok(Envelope::of_profile(core::Envelope::fetched(stored, secrets), secrets))
        })
    }

    /// 200: a list of stored profiles, each as in fetched.
    #[staticmethod]
    #[pyo3(
        signature = (stored, *, secrets=Str::new("masked")),
        text_signature = "(stored, *, secrets='masked')"
    )]
    fn listed(stored: &Bound<'_, PyAny>, secrets: Str<'_>) -> PyResult<Envelope> {
        guarded(|| {
            let secrets = options::secrets(secrets)?;
            let stored = one_or_many::<StoredProfile>("stored", "StoredProfile", Some(stored))?;
            let stored = stored.iter().map(|stored| stored.get().core());
            Ok(Envelope::of_profile(core::Envelope::listed(stored, secrets), secrets))
        })
    }

    /// 200: the profile was deleted.
    #[staticmethod]
    fn deleted(profile_id: Str<'_>) -> PyResult<Envelope> {
        guarded(|| Ok(Envelope::of(core::Envelope::deleted(profile_id.named("profile_id")?))))
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
    fn not_found(profile_id: Str<'_>) -> PyResult<Envelope> {
        guarded(|| Ok(Envelope::of(core::Envelope::not_found(profile_id.named("profile_id")?))))
    }

    /// 400: a received callback could not be opened; error is what open raised.
    #[staticmethod]
    fn not_opened(error: &Bound<'_, PyAny>) -> PyResult<Envelope> {
        guarded(|| {
            if !error.is_instance_of::<DecryptionError>() && !error.is_instance_of::<SignatureError>() {
                return Err(error::wrong_type("error", "DecryptionError or SignatureError", error));
            }
            Ok(Envelope::of(core::Envelope::not_opened(error.str()?.to_str()?)))
        })
    }

    /// Reads an envelope of at most 256 KiB; data and error may be any JSON value.
    ///
    /// Raises ProfileError (invalid_envelope).
    #[staticmethod]
    fn parse(py: Python<'_>, envelope: &Bound<'_, PyAny>) -> PyResult<Envelope> {
        guarded(|| {
            let limit = core::Limits::default().payload_bytes;
            let envelope = parsed(py, "envelope", envelope, limit, |text| core::Envelope::parse(text))?;
            Ok(Envelope::of_profile(envelope, core::Secrets::Shown)) // it may be one that shows them
        })
    }

    /// Reads an envelope that was pickled: one of many violations is longer than parse allows.
    #[staticmethod]
    fn _unpickled(py: Python<'_>, envelope: &Bound<'_, PyString>) -> PyResult<Envelope> {
        guarded(|| {
            let mut limits = core::Limits::default();
            (limits.payload_bytes, limits.nodes) = (usize::MAX, usize::MAX);
            let parse = |text: &[u8]| core::Envelope::parse_with(text, &limits);
            parsed(py, "envelope", envelope, limits.payload_bytes, parse).map(Envelope::of)
        })
    }
}
