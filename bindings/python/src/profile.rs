//! The profile.

use std::sync::Arc;

use callback_profile::{CallbackOptions, Error, MessageOptions, OpenOptions, ParseOptions, Record};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyTuple, PyType};
use zeroize::Zeroizing;

use crate::callback::{Callback, Message};
use crate::guard::{detached, guarded};
use crate::input::Text;
use crate::{error, options, output};

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

    fn record_text<'a>(&self, record: &'a Bound<'_, PyAny>) -> PyResult<Text<'a>> {
        Text::of(record, self.options().limits.record_bytes)
    }

    fn make_callback(
        &self,
        record: &[u8],
        settings: &CallbackOptions<'_>,
    ) -> Result<callback_profile::Callback, Error> {
        let record = Record::parse_with(record, &self.options().limits)?;
        self.core().callback_with(&record, settings)
    }

    /// The text of a received callback. A dict is a JSON body that somebody has parsed already.
    fn received<'a, 'o>(
        &self,
        body: &'a Bound<'_, PyAny>,
        content_type: Option<&'o str>,
    ) -> PyResult<(Text<'a>, OpenOptions<'o>)> {
        let mut settings = OpenOptions::default();
        settings.content_type = content_type;
        if let Some(text) = Text::of_text(body)? {
            return Ok((text, settings));
        }
        let essence = content_type.and_then(|text| text.split(';').next()).map(str::trim);
        if !self.core().method().has_body()
            || !essence.is_none_or(|essence| essence.eq_ignore_ascii_case("application/json"))
        {
            return Err(error::wrong_type("str or bytes unless the body is JSON", body));
        }
        settings.content_type = Some("application/json");
        Ok((Text::of(body, self.options().limits.received_bytes)?, settings))
    }

    fn opened(
        &self,
        py: Python<'_>,
        body: &Bound<'_, PyAny>,
        content_type: Option<&str>,
    ) -> PyResult<Zeroizing<String>> {
        let (text, settings) = self.received(body, content_type)?;
        let text = text.as_ref();
        let opened = detached(py, text.len(), || self.core().open_with(text, &settings));
        opened.map(|opened| Zeroizing::new(opened.into_json())).map_err(|error| error::opening(&error))
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
            let text = Text::of(payload, options.limits.payload_bytes)?;
            let text = text.as_ref();
            let parse = || callback_profile::Profile::parse_with(text, &options);
            let profile = detached(py, text.len(), parse);
            profile.map(Profile::of).map_err(|refusal| error::report(py, &refusal))
        })
    }

    /// The profile with a patch applied: members that are present change, None clears an optional one, and the whole is
    /// checked again with the settings of this profile.
    ///
    /// Raises ProfileError (invalid_patch).
    fn patch(&self, py: Python<'_>, patch: &Bound<'_, PyAny>) -> PyResult<Profile> {
        guarded(|| {
            let text = Text::of(patch, self.options().limits.payload_bytes)?;
            let text = text.as_ref();
            let patched = detached(py, text.len(), || self.core().patch(text));
            patched.map(Profile::of).map_err(|refusal| error::report(py, &refusal))
        })
    }

    /// The response message for chatbots, filled from the record (a dict, or JSON text).
    ///
    /// missing says what stands for values that the record lacks or that are null: "empty" (the default), "keep" (the
    /// replacer as it was written) or "error". With pairs, a pair stays a pair: {"name": "John"} instead of John.
    ///
    /// Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large).
    #[pyo3(signature = (record, *, missing="empty", pairs=false))]
    fn message(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        missing: &str,
        pairs: bool,
    ) -> PyResult<Message> {
        guarded(|| {
            let mut settings = MessageOptions::default();
            settings.missing = options::missing(missing)?;
            settings.pairs = pairs;
            let text = self.record_text(record)?;
            let text = text.as_ref();
            let message = detached(py, text.len(), || {
                let record = Record::parse_with(text, &self.options().limits)?;
                self.core().message_with(&record, &settings)
            });
            message.map(Message).map_err(|error| error::replacer(&error))
        })
    }

    /// The outgoing request, filled from the record (a dict, or JSON text). The same input gives the same bytes.
    ///
    /// missing as for message. boundary is that of a multipart body, 1 to 70 characters of RFC 2046, instead of the
    /// one in the profile's content-type header or the derived one.
    ///
    /// Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large, unsafe_header, unsafe_path,
    /// invalid_boundary).
    #[pyo3(signature = (record, *, missing="empty", boundary=None))]
    fn callback(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        missing: &str,
        boundary: Option<&str>,
    ) -> PyResult<Callback> {
        guarded(|| {
            let mut settings = CallbackOptions::default();
            settings.missing = options::missing(missing)?;
            settings.boundary = boundary;
            let text = self.record_text(record)?;
            let text = text.as_ref();
            let callback = detached(py, text.len(), || self.make_callback(text, &settings));
            callback.map(Callback).map_err(|error| error::replacer(&error))
        })
    }

    /// The outgoing requests of many records, made with the GIL released; options as for callback.
    ///
    /// The list has one item per record, in order. Where a record fails stands its exception, which is not raised.
    #[pyo3(signature = (records, *, missing="empty", boundary=None))]
    fn callbacks<'py>(
        &self,
        py: Python<'py>,
        records: &Bound<'py, PyAny>,
        missing: &str,
        boundary: Option<&str>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let mut settings = CallbackOptions::default();
            settings.missing = options::missing(missing)?;
            settings.boundary = boundary;
            let texts: Vec<PyResult<Zeroizing<Vec<u8>>>> = records
                .try_iter()?
                .map(|record| Ok(self.record_text(&record?).map(Text::into_owned)))
                .collect::<PyResult<_>>()?;
            let made: Vec<PyResult<Callback>> = py.detach(|| {
                let make = |text: PyResult<Zeroizing<Vec<u8>>>| {
                    let callback = self.make_callback(&text?, &settings);
                    callback.map(Callback).map_err(|error| error::replacer(&error))
                };
                texts.into_iter().map(make).collect()
            });
            list_of(py, made, |callback| Ok(Bound::new(py, callback)?.into_any()))
        })
    }

    /// Opens a received callback of this profile and returns its parameters.
    ///
    /// body is the body of a POST or PUT as it was received (or a JSON body as a dict); for a GET or DELETE the URL or
    /// its query. content_type is the received one, the profile's own if None. Decrypted values are str; so are all
    /// values of forms and queries, but for arrays and objects in fields. Numbers become int or float; open_json has
    /// their exact text.
    ///
    /// Under CFB a wrong key or a changed text is only noticed where the result is no UTF-8, and the fixed IV makes GCM
    /// forgeable too: treat the values as input from a stranger.
    ///
    /// Raises DecryptionError (auth_failed, not_utf8, invalid_encoding, not_encrypted, each with its parameter;
    /// invalid_json, not_an_object, malformed_multipart, malformed_form, unsupported_content_type, too_long).
    #[pyo3(signature = (body, *, content_type=None))]
    fn open<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        content_type: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| output::value(py, &self.opened(py, body, content_type)?))
    }

    /// Like open, as compact JSON text, with every number exactly as it was received.
    #[pyo3(signature = (body, *, content_type=None))]
    fn open_json(
        &self,
        py: Python<'_>,
        body: &Bound<'_, PyAny>,
        content_type: Option<&str>,
    ) -> PyResult<String> {
        guarded(|| Ok(std::mem::take(&mut *self.opened(py, body, content_type)?)))
    }

    /// Opens many received callbacks, decrypting with the GIL released; options as for open.
    ///
    /// The list has one item per body, in order. Where a body fails stands its exception, which is not raised.
    #[pyo3(signature = (bodies, *, content_type=None))]
    fn open_many<'py>(
        &self,
        py: Python<'py>,
        bodies: &Bound<'py, PyAny>,
        content_type: Option<&str>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let copied = |body: PyResult<Bound<'py, PyAny>>| {
                let body = body?;
                let received = self.received(&body, content_type);
                Ok(received.map(|(text, settings)| (text.into_owned(), settings)))
            };
            let texts: Vec<PyResult<_>> = bodies.try_iter()?.map(copied).collect::<PyResult<_>>()?;
            let opened: Vec<PyResult<Zeroizing<String>>> = py.detach(|| {
                let open = |text: PyResult<(Zeroizing<Vec<u8>>, OpenOptions<'_>)>| {
                    let (text, settings) = text?;
                    let opened = self.core().open_with(&*text, &settings);
                    opened
                        .map(|opened| Zeroizing::new(opened.into_json()))
                        .map_err(|error| error::opening(&error))
                };
                texts.into_iter().map(open).collect()
            });
            list_of(py, opened, |json| output::value(py, &json))
        })
    }

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
            let params = self.core().encryption().and_then(|enc| enc.params());
            params.map(|names| PyTuple::new(py, names)).transpose()
        })
    }

    /// "sms" or "Default - No Channel Selected".
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

    /// The profile as a create payload: compact JSON. Key and IV are masked unless secrets="shown".
    #[pyo3(signature = (*, secrets="masked"))]
    fn to_json(&self, secrets: &str) -> PyResult<String> {
        guarded(|| Ok(self.core().to_json(options::secrets(secrets)?)))
    }

    /// The profile as a create payload: a dict. Key and IV are masked unless secrets="shown".
    #[pyo3(signature = (*, secrets="masked"))]
    fn to_dict<'py>(&self, py: Python<'py>, secrets: &str) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let json = Zeroizing::new(self.core().to_json(options::secrets(secrets)?));
            output::value(py, &json)
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(self.repr()))
    }

    /// Itself, since it never changes.
    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    /// Itself, since it never changes.
    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
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

/// A list with a value or an exception per item.
fn list_of<'py, T>(
    py: Python<'py>,
    items: Vec<PyResult<T>>,
    value: impl Fn(T) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for item in items {
        match item.and_then(&value) {
            Ok(value) => list.append(value)?,
            Err(error) => list.append(error.into_value(py))?,
        }
    }
    Ok(list)
}
