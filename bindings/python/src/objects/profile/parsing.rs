//! Making a profile: from a payload, or by a patch.

use pyo3::prelude::*;

use super::held::Profile;
use crate::convert::input::{Flag, Str};
use crate::convert::options;
use crate::guard::guarded;
use crate::objects::parsed::parsed;

#[pymethods]
impl Profile {
    /// Parses a create payload: a dict, or JSON text as str or bytes.
    ///
    /// policy is "documented" (the default) or "strict", which also refuses plain http, private addresses, credentials
    /// in the URL, unknown members and metadata headers. limits is a Limits or a mapping of those that differ.
    /// encoding ("base64", "base64url", "hex"), tag ("appended", "prepended") and reading ("tolerant", "strict") choose
    /// how encrypted values are written and read. refuse_sealed refuses sealed profiles (version 2 of enc), refuse_v1 the
    /// documented enc; signed says that the callbacks will be signed, so that the profile may not have the headers of a
    /// signature.
    ///
    /// Raises ProfileError (invalid_profile) with every violation.
    #[staticmethod]
    #[pyo3(
        signature = (
            payload, *, policy=Str::new("documented"), limits=None, encoding=Str::new("base64"),
            tag=Str::new("appended"), reading=Str::new("tolerant"), refuse_sealed=Flag::NO, refuse_v1=Flag::NO, signed=Flag::NO
        ),
        text_signature = "(payload, *, policy='documented', limits=None, \
        encoding='base64', tag='appended', reading='tolerant', refuse_sealed=False, refuse_v1=False, signed=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn parse(
        py: Python<'_>,
        payload: &Bound<'_, PyAny>,
        policy: Str<'_>,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: Str<'_>,
        tag: Str<'_>,
        reading: Str<'_>,
        refuse_sealed: Flag,
        refuse_v1: Flag,
        signed: Flag,
    ) -> PyResult<Profile> {
        guarded(|| {
            let options = options::parse_options(
                policy,
                limits,
                encoding,
                tag,
                reading,
                [refuse_sealed, refuse_v1, signed],
            )?;
            let parse = |text: &[u8]| callback_profile::Profile::parse_with(text, &options);
            parsed(py, "payload", payload, options.limits.payload_bytes, parse).map(Profile::of)
        })
    }

    /// Validates a create payload and returns None: the same errors as parse, several times faster, where no profile is
    /// needed. Options as for parse.
    ///
    /// Raises ProfileError (invalid_profile) with every violation.
    #[staticmethod]
    #[pyo3(
        signature = (
            payload, *, policy=Str::new("documented"), limits=None, encoding=Str::new("base64"),
            tag=Str::new("appended"), reading=Str::new("tolerant"), refuse_sealed=Flag::NO, refuse_v1=Flag::NO, signed=Flag::NO
        ),
        text_signature = "(payload, *, policy='documented', limits=None, \
        encoding='base64', tag='appended', reading='tolerant', refuse_sealed=False, refuse_v1=False, signed=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn check(
        py: Python<'_>,
        payload: &Bound<'_, PyAny>,
        policy: Str<'_>,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: Str<'_>,
        tag: Str<'_>,
        reading: Str<'_>,
        refuse_sealed: Flag,
        refuse_v1: Flag,
        signed: Flag,
    ) -> PyResult<()> {
        guarded(|| {
            let options = options::parse_options(
                policy,
                limits,
                encoding,
                tag,
                reading,
                [refuse_sealed, refuse_v1, signed],
            )?;
            let check = |text: &[u8]| callback_profile::Profile::check_with(text, &options);
            parsed(py, "payload", payload, options.limits.payload_bytes, check)
        })
    }

    /// A new profile with a patch applied: members that are present change, None clears an optional one, and the whole
    /// is validated again with the settings of this profile.
    ///
    /// Raises ProfileError (invalid_patch).
    fn patch(&self, py: Python<'_>, patch: &Bound<'_, PyAny>) -> PyResult<Profile> {
        guarded(|| {
            let limit = self.options().limits.payload_bytes;
            parsed(py, "patch", patch, limit, |text| self.core().patch(text)).map(Profile::of)
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.repr()))
    }
}
