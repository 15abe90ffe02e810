//! The profile: made, changed, shown. What it does is in [`filling`] and [`opening`], what it says in [`members`].

mod filling;
mod members;
mod opening;

use std::sync::Arc;

use callback_profile::ParseOptions;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::guard::{detached, guarded};
use crate::input::Text;
use crate::{error, options};

/// A validated callback profile: having one is the proof that its payload obeys the rules.
///
/// Made by Profile.parse, StoredProfile.parse(...).profile or check_request. It never changes, threads share it freely,
/// and its repr shows neither URL nor headers nor key.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Profile(Held);

/// On its own, or within the stored profile it came with.
enum Held {
    Own(Box<callback_profile::Profile>),
    Stored(Arc<callback_profile::StoredProfile>),
}

impl Profile {
    pub(crate) fn of(profile: callback_profile::Profile) -> Profile {
        Profile(Held::Own(Box::new(profile)))
    }

    pub(crate) fn of_stored(stored: Arc<callback_profile::StoredProfile>) -> Profile {
        Profile(Held::Stored(stored))
    }

    pub(crate) fn core(&self) -> &callback_profile::Profile {
        match &self.0 {
            Held::Own(profile) => profile,
            Held::Stored(stored) => stored.profile(),
        }
    }

    pub(crate) fn repr(&self) -> String {
        let core = self.core();
        let (title, method) = (core.title(), core.method().name());
        let algorithm = core.encryption().map(|enc| format!("'{}'", enc.algorithm().name()));
        let algorithm = algorithm.as_deref().unwrap_or("None");
        format!("Profile(title='{title}', method='{method}', algorithm={algorithm})")
    }

    fn options(&self) -> &ParseOptions {
        self.core().options()
    }
}

#[pymethods]
impl Profile {
    /// Parses a create payload: a dict, or JSON text as str or bytes.
    ///
    /// policy is "documented" (the default) or "strict", which also refuses plain http, private addresses, credentials
    /// in the URL, unknown members and metadata headers. limits is a Limits or a dict of the limits that differ.
    /// encoding ("base64", "base64url", "hex"), tag ("appended", "prepended") and reading ("tolerant", "strict") say
    /// how encrypted values are written and read.
    ///
    /// Raises ProfileError (invalid_profile) with every violation.
    #[staticmethod]
    #[pyo3(signature = (
        payload, *, policy="documented", limits=None, encoding="base64", tag="appended", reading="tolerant"
    ))]
    fn parse(
        py: Python<'_>,
        payload: &Bound<'_, PyAny>,
        policy: &str,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: &str,
        tag: &str,
        reading: &str,
    ) -> PyResult<Profile> {
        guarded(|| {
            let options = options::parse_options(policy, limits, encoding, tag, reading)?;
            let text = Text::of_json("payload", payload, options.limits.payload_bytes)?;
            let text = text.as_ref();
            let parse = || callback_profile::Profile::parse_with(text, &options);
            let profile = detached(py, text.len(), parse);
            profile.map(Profile::of).map_err(|refusal| error::report(py, &refusal))
        })
    }

    /// Judges a create payload and returns None: the verdict of parse, several times faster, for those who need no profile.
    /// Options as for parse.
    ///
    /// Raises ProfileError (invalid_profile) with every violation.
    #[staticmethod]
    #[pyo3(signature = (
        payload, *, policy="documented", limits=None, encoding="base64", tag="appended", reading="tolerant"
    ))]
    fn check(
        py: Python<'_>,
        payload: &Bound<'_, PyAny>,
        policy: &str,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: &str,
        tag: &str,
        reading: &str,
    ) -> PyResult<()> {
        guarded(|| {
            let options = options::parse_options(policy, limits, encoding, tag, reading)?;
            let text = Text::of_json("payload", payload, options.limits.payload_bytes)?;
            let text = text.as_ref();
            let verdict = detached(py, text.len(), || callback_profile::Profile::check_with(text, &options));
            verdict.map_err(|refusal| error::report(py, &refusal))
        })
    }

    /// The profile with a patch applied: members that are present change, None clears an optional one, and the whole is
    /// checked again with the settings of this profile.
    ///
    /// Raises ProfileError (invalid_patch).
    fn patch(&self, py: Python<'_>, patch: &Bound<'_, PyAny>) -> PyResult<Profile> {
        guarded(|| {
            let text = Text::of_json("patch", patch, self.options().limits.payload_bytes)?;
            let text = text.as_ref();
            let patched = detached(py, text.len(), || self.core().patch(text));
            patched.map(Profile::of).map_err(|refusal| error::report(py, &refusal))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.repr()))
    }

    /// Makes Profile the type of a pydantic field: see callback_profile._pydantic.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        class: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| class.py().import("callback_profile._pydantic")?.call_method0("core_schema"))
    }

    /// The JSON Schema of a pydantic field.
    #[classmethod]
    fn __get_pydantic_json_schema__<'py>(
        class: &Bound<'py, PyType>,
        _core_schema: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| class.py().import("callback_profile._pydantic")?.call_method0("json_schema"))
    }
}
