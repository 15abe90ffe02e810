//! A profile as the platform returns it.

use std::sync::Arc;

use callback_profile::{Envelope, Secrets};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};

use super::parsed::parsed;
use super::profile::Profile;
use super::refusal::refusal;
use crate::batch;
use crate::convert::input::{Flag, Str};
use crate::convert::options;
use crate::convert::output::{self, quoted};
use crate::guard::guarded;

/// A profile as the platform stores it, with its id, its status and its dates.
///
/// It never changes, and its repr shows no key. Stored profiles are equal if all their members are, and the settings of
/// parsing. It cannot be pickled: the error says what can.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct StoredProfile(Arc<callback_profile::StoredProfile>);

impl StoredProfile {
    pub(crate) fn core(&self) -> &callback_profile::StoredProfile {
        &self.0
    }

    /// The envelope whose data is the stored profile in its documented form.
    fn fetched(&self, secrets: Secrets) -> Envelope {
        Envelope::fetched(&self.0, secrets)
    }
}

#[pymethods]
impl StoredProfile {
    /// Parses a stored profile, or a whole envelope that holds one in data.
    ///
    /// headers, events and body may be JSON strings or values, the method may be in lower case, a member that is None
    /// counts as absent, and the id is profile_id or profileId. Options as for Profile.parse.
    ///
    /// Raises ProfileError (invalid_stored_profile); a masked key is a violation.
    #[staticmethod]
    #[pyo3(
        signature = (
            stored, *, policy=Str::new("documented"), limits=None, encoding=Str::new("base64"),
            tag=Str::new("appended"), reading=Str::new("tolerant"), refuse_sealed=Flag::NO, refuse_v1=Flag::NO, signed=Flag::NO
        ),
        text_signature = "(stored, *, policy='documented', limits=None, \
        encoding='base64', tag='appended', reading='tolerant', refuse_sealed=False, refuse_v1=False, signed=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn parse(
        py: Python<'_>,
        stored: &Bound<'_, PyAny>,
        policy: Str<'_>,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: Str<'_>,
        tag: Str<'_>,
        reading: Str<'_>,
        refuse_sealed: Flag,
        refuse_v1: Flag,
        signed: Flag,
    ) -> PyResult<StoredProfile> {
        guarded(|| {
            let options = options::parse_options(
                policy,
                limits,
                encoding,
                tag,
                reading,
                [refuse_sealed, refuse_v1, signed],
            )?;
            let parse = |text: &[u8]| callback_profile::StoredProfile::parse_with(text, &options);
            let stored = parsed(py, "stored", stored, options.limits.payload_bytes, parse)?;
            Ok(StoredProfile(Arc::new(stored)))
        })
    }

    /// Parses a list of stored profiles, or a whole envelope that holds one in data.
    ///
    /// Options as for Profile.parse; the limits on size hold for the whole text. The list has one item per profile, in order: the StoredProfile, or the ProfileError of one that is refused. An
    /// exception in the list is not raised.
    ///
    /// Raises ProfileError (invalid_stored_profile) if the text is no list.
    #[staticmethod]
    #[pyo3(
        signature = (
            stored, *, policy=Str::new("documented"), limits=None, encoding=Str::new("base64"),
            tag=Str::new("appended"), reading=Str::new("tolerant"), refuse_sealed=Flag::NO, refuse_v1=Flag::NO, signed=Flag::NO
        ),
        text_signature = "(stored, *, policy='documented', limits=None, \
        encoding='base64', tag='appended', reading='tolerant', refuse_sealed=False, refuse_v1=False, signed=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn parse_list<'py>(
        py: Python<'py>,
        stored: &Bound<'py, PyAny>,
        policy: Str<'_>,
        limits: Option<&Bound<'_, PyAny>>,
        encoding: Str<'_>,
        tag: Str<'_>,
        reading: Str<'_>,
        refuse_sealed: Flag,
        refuse_v1: Flag,
        signed: Flag,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let options = options::parse_options(
                policy,
                limits,
                encoding,
                tag,
                reading,
                [refuse_sealed, refuse_v1, signed],
            )?;
            let parse = |text: &[u8]| callback_profile::StoredProfile::parse_list_with(text, &options);
            let list = parsed(py, "stored", stored, options.limits.payload_bytes, parse)?;
            let results = PyList::empty(py);
            for item in list {
                let stored =
                    item.map_err(|report| refusal(py, &report)).map(|stored| StoredProfile(Arc::new(stored)));
                batch::push(&results, stored.and_then(|stored| Ok(Bound::new(py, stored)?.into_any())))?;
            }
            Ok(results)
        })
    }

    /// The profile.
    #[getter]
    fn profile(&self) -> Profile {
        Profile::of_stored(Arc::clone(&self.0))
    }

    /// The platform's id for it, or None.
    #[getter]
    fn profile_id(&self) -> Option<&str> {
        self.0.profile_id()
    }

    /// Its Status (1 active, 2 auto-disabled, 3 disabled), or None.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        static STATUS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        guarded(|| {
            let class = STATUS.import(py, "callback_profile.types", "Status")?;
            self.0.status().map(|status| class.call1((status.number(),))).transpose()
        })
    }

    /// When it was created, as the platform wrote it, or None.
    #[getter]
    fn created_at(&self) -> Option<&str> {
        self.0.created_at()
    }

    /// When it was changed, as the platform wrote it, or None.
    #[getter]
    fn modified_at(&self) -> Option<&str> {
        self.0.modified_at()
    }

    /// The platform's body type, as it wrote it, or None.
    #[getter]
    fn body_type(&self) -> Option<&str> {
        self.0.body_type()
    }

    /// The platform's dynamic variables as compact JSON, or None; their form is not documented.
    #[getter]
    fn dynamic_variables(&self) -> Option<&str> {
        self.0.dynamic_variables()
    }

    /// The stored profile as the API returns it and parse reads it: compact JSON, in which headers, body and events are JSON
    /// strings. Key and IV are masked unless secrets="shown".
    #[pyo3(signature = (*, secrets=Str::new("masked")), text_signature = "($self, *, secrets='masked')")]
    fn to_json(&self, secrets: Str<'_>) -> PyResult<String> {
        guarded(|| Ok(self.fetched(options::secrets(secrets)?).data().to_owned()))
    }

    /// The same as a dict.
    #[pyo3(signature = (*, secrets=Str::new("masked")), text_signature = "($self, *, secrets='masked')")]
    fn to_dict<'py>(&self, py: Python<'py>, secrets: Str<'_>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, self.fetched(options::secrets(secrets)?).data()))
    }

    fn __eq__(&self, other: &Bound<'_, StoredProfile>) -> PyResult<bool> {
        guarded(|| {
            let (of, shown) = (other.get(), Secrets::Shown);
            let is_same = self.profile().is_same(&of.profile());
            Ok(is_same && self.fetched(shown).data() == of.fetched(shown).data())
        })
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.profile().hash()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            let id = self.0.profile_id().map_or_else(|| "None".to_owned(), quoted);
            Ok(format!("StoredProfile(profile_id={id}, profile={})", self.profile().repr()))
        })
    }
}
