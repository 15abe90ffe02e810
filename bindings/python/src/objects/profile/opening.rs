//! Opening the callbacks of a profile that were received.

use callback_profile::{Error, OpenOptions, Opened};
use pyo3::prelude::*;
use pyo3::types::PyList;
use zeroize::Zeroizing;

use super::held::Profile;
use crate::convert::input::{self, Text};
use crate::convert::output;
use crate::convert::wiped::Wiped;
use crate::error;
use crate::guard::{detached, guarded};

#[pymethods]
impl Profile {
    /// Opens a received callback of this profile and returns its parameters.
    ///
    /// body is the body of a POST or PUT as it was received (or a JSON body as a dict); for a GET or DELETE the URL or
    /// its query. content_type is the received one, the profile's own if None. Decrypted values are str; so are all
    /// values of forms and queries, but for arrays and objects in fields. Numbers become int or float; open_json keeps
    /// their exact text.
    ///
    /// Under CFB a wrong key or a changed text is only noticed where the result is not UTF-8, and the fixed IV makes
    /// GCM forgeable too: treat the values as input from a stranger.
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
    /// The list has one item per body, in order: the parameters, or the exception of a body that failed. An exception
    /// in the list is not raised.
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
            let bodies: Vec<PyResult<_>> =
                input::items("bodies", bodies)?.map(copied).collect::<PyResult<_>>()?;
            let opened: Vec<PyResult<Zeroizing<String>>> = py.detach(|| {
                let open = |body: PyResult<(Wiped, OpenOptions<'_>)>| {
                    let (text, settings) = body?;
                    json_or_error(self.core().open_with(&*text, &settings))
                };
                bodies.into_iter().map(open).collect()
            });
            output::list_of_results(py, opened, |json| output::value(py, &json))
        })
    }
}

impl Profile {
    fn opened(
        &self,
        py: Python<'_>,
        body: &Bound<'_, PyAny>,
        content_type: Option<&str>,
    ) -> PyResult<Zeroizing<String>> {
        let (text, settings) = self.received(body, content_type)?;
        json_or_error(detached(py, text.len(), || self.core().open_with(&*text, &settings)))
    }

    /// The text of a received callback. A dict is a JSON body that the caller's framework has parsed already.
    fn received<'a, 'o>(
        &self,
        body: &'a Bound<'_, PyAny>,
        content_type: Option<&'o str>,
    ) -> PyResult<(Text<'a>, OpenOptions<'o>)> {
        let mut settings = OpenOptions::default();
        settings.content_type = content_type;
        if let Some(text) = Text::of(body)? {
            return Ok((text, settings));
        }
        let essence = content_type.and_then(|text| text.split(';').next()).map(str::trim);
        if !self.core().method().has_body()
            || !essence.is_none_or(|essence| essence.eq_ignore_ascii_case("application/json"))
        {
            return Err(error::wrong_type("body", "str or bytes (a dict only if the body is JSON)", body));
        }
        settings.content_type = Some("application/json");
        Ok((Text::of_json("body", body, self.options().limits.received_bytes)?, settings))
    }
}

fn json_or_error(opened: Result<Opened, Error>) -> PyResult<Zeroizing<String>> {
    opened.map(|opened| Zeroizing::new(opened.into_json())).map_err(|error| error::opening(&error))
}
