//! A profile's members, and the profile as a payload.

use std::borrow::Cow;

use callback_profile::ProfileField;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};
use zeroize::Zeroizing;

use super::held::Profile;
use crate::convert::input::Str;
use crate::convert::{options, output};
use crate::guard::guarded;

#[pymethods]
impl Profile {
    /// The title.
    #[getter]
    fn title(&self) -> &str {
        self.core().title()
    }

    /// The HTTP method of its callbacks: GET, POST, PUT or DELETE.
    #[getter]
    fn method(&self) -> &'static str {
        self.core().method().name()
    }

    /// The URL as it was sent, replacers unfilled.
    #[getter]
    fn url(&self) -> &str {
        self.core().url()
    }

    /// The URL for people and logs: user name and password masked, the rest as it was sent.
    #[getter]
    fn url_without_credentials(&self) -> Cow<'_, str> {
        self.core().url_without_credentials()
    }

    /// The URL of all callbacks without query and fragment, which is what a sealed one is bound to; None if
    /// its path has replacers.
    #[getter]
    fn constant_url(&self) -> Option<&str> {
        self.core().constant_url()
    }

    /// The body as compact JSON text, replacers unfilled, or None.
    #[getter]
    fn body(&self) -> Option<&str> {
        self.core().body()
    }

    /// The message for chatbots, replacers unfilled, or None.
    #[getter]
    fn response_message(&self) -> Option<&str> {
        self.core().response_message()
    }

    /// The headers as they were sent, in their order, a new dict each time. A value may be a credential.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let headers = PyDict::new(py);
            for header in self.core().headers() {
                headers.set_item(header.name(), header.value())?;
            }
            Ok(headers)
        })
    }

    /// The name of the encryption's algorithm, or None if nothing is encrypted.
    #[getter]
    fn algorithm(&self) -> Option<&'static str> {
        self.core().encryption().map(|enc| enc.algorithm().name())
    }

    /// The names of the parameters to encrypt; None means every value (if there is an algorithm).
    #[getter]
    fn encrypted_params<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        guarded(|| {
            let core = self.core();
            let params = match core.sealed_encryption() {
                Some(sealed) => sealed.encrypted_params(),
                None => core.encryption().and_then(|enc| enc.encrypted_params()),
            };
            params.map(|names| PyTuple::new(py, names)).transpose()
        })
    }

    /// The id of a sealed profile's key, which its callbacks carry in clear; None of any other profile.
    #[getter]
    fn kid(&self) -> Option<&str> {
        self.core().sealed_encryption().map(|sealed| sealed.kid())
    }

    /// The channel: "sms" or "Default - No Channel Selected".
    #[getter]
    fn channel(&self) -> &'static str {
        self.core().channel().name()
    }

    /// The events; None if absent, empty if null.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        guarded(|| self.core().events().map(|events| PyTuple::new(py, events)).transpose())
    }

    /// What is accepted but risky or useless, in the order in which it was found.
    #[getter]
    fn advisories<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        static ADVISORY: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        guarded(|| {
            let class = ADVISORY.import(py, "callback_profile.types", "Advisory")?;
            let advisories: Vec<Bound<'py, PyAny>> = self
                .core()
                .advisories()
                .iter()
                .map(|advisory| class.call1((advisory.code.name(), &advisory.pointer, advisory.message())))
                .collect::<PyResult<_>>()?;
            PyTuple::new(py, advisories)
        })
    }

    /// The map label → field of the {"label": "field"} replacers in the response message, a new dict each time.
    #[getter]
    fn replacers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let replacers = PyDict::new(py);
            for (label, field) in self.core().replacers() {
                replacers.set_item(label, field)?;
            }
            Ok(replacers)
        })
    }

    /// Every field that the profile reads from a record, with the places that read it, in order of first use: URL,
    /// headers, body, response message. A tuple of ProfileField.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        static FIELD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        guarded(|| {
            let class = FIELD.import(py, "callback_profile.types", "ProfileField")?;
            let made = |field: ProfileField| class.call1((field.field, PyTuple::new(py, field.places)?));
            let fields: Vec<_> = self.core().fields().into_iter().map(made).collect::<PyResult<_>>()?;
            PyTuple::new(py, fields)
        })
    }

    /// The profile as a create payload: compact JSON. Key and IV are masked unless secrets="shown".
    #[pyo3(signature = (*, secrets=Str::new("masked")), text_signature = "($self, *, secrets='masked')")]
    fn to_json(&self, secrets: Str<'_>) -> PyResult<String> {
        guarded(|| Ok(self.core().to_json(options::secrets(secrets)?)))
    }

    /// The profile as a create payload: a dict. Key and IV are masked unless secrets="shown".
    #[pyo3(signature = (*, secrets=Str::new("masked")), text_signature = "($self, *, secrets='masked')")]
    fn to_dict<'py>(&self, py: Python<'py>, secrets: Str<'_>) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let json = Zeroizing::new(self.core().to_json(options::secrets(secrets)?));
            output::value(py, &json)
        })
    }

    fn __eq__(&self, other: &Bound<'_, Profile>) -> PyResult<bool> {
        guarded(|| Ok(self.is_same(other.get())))
    }

    fn __hash__(&self) -> PyResult<u64> {
        guarded(|| Ok(self.hash()))
    }
}
