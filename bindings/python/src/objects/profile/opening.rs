//! Opening the callbacks of a profile that were received.

use callback_profile::{OpenOptions, Opened};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::held::Profile;
use crate::convert::input::{Flag, Str, Text};
use crate::convert::{options, output};
use crate::error;
use crate::guard::{detached, guarded};
use crate::objects::received;

#[pymethods]
impl Profile {
    /// Opens a received callback of this profile and returns its parameters.
    ///
    /// body is the body of a POST or PUT as it was received (or a JSON body as a dict); for a GET or DELETE the URL or
    /// its query. content_type is the received one: it must be of the profile's kind, and it gives the boundary of a
    /// multipart body. If None, the profile's own type is taken, and the body's first line gives the boundary.
    ///
    /// Every name that the profile encrypts must be there, as an encrypted string. structures names those that may also
    /// be an object or array of encrypted strings, absent those that may be missing or null: a list or tuple of names,
    /// dots reach nested members, True is all of them.
    ///
    /// Decrypted values are str; so are all values of forms and queries, but for arrays and objects in fields. Numbers
    /// become int or float; open_json keeps their exact text.
    ///
    /// A sealed callback is opened with expected, an Expected: what the receiver expects of its age, method, URL and
    /// profile id.
    ///
    /// Under CFB a wrong key or a changed text is only noticed where the result is not UTF-8, and the fixed IV makes
    /// GCM forgeable too; names, order and everything that is not encrypted are not protected: treat the values as
    /// input from a stranger.
    ///
    /// Raises DecryptionError (missing_parameter, not_encrypted, each with all parameters concerned; auth_failed,
    /// not_utf8, invalid_encoding, with the first parameter; invalid_json, not_an_object, malformed_multipart,
    /// malformed_form, unsupported_content_type, too_long), ArgumentError (invalid_argument) for a sealed profile
    /// without expected.
    #[pyo3(
        signature = (body, *, content_type=None, structures=None, absent=None, expected=None),
        text_signature = "($self, body, *, content_type=None, structures=False, absent=False, expected=None)"
    )]
    fn open<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            options::opening(content_type, structures, absent, expected, None, |options| {
                output::value(py, self.opened(py, body, options)?.json())
            })
        })
    }

    /// Like open, as compact JSON text, with every number exactly as it was received.
    #[pyo3(
        signature = (body, *, content_type=None, structures=None, absent=None, expected=None),
        text_signature = "($self, body, *, content_type=None, structures=False, absent=False, expected=None)"
    )]
    fn open_json<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyString>> {
        guarded(|| {
            options::opening(content_type, structures, absent, expected, None, |options| {
                Ok(PyString::new(py, self.opened(py, body, options)?.json()))
            })
        })
    }

    /// Like open, as OpenedDetails: the parameters, the names of what was decrypted, the names that the profile does not
    /// have, and what the sender of a sealed callback said about it.
    ///
    /// With partial, what does not open is no exception: failed has the code of each such parameter, and values has the
    /// rest. A failed member is absent, a failed element of an array is None; the received text is never shown. The rest is
    /// no more authentic than that of a whole body. As many failures as an error may list (limits: violations) are an
    /// exception all the same, and a sealed callback opens as a whole or not at all.
    #[pyo3(
        signature = (body, *, content_type=None, structures=None, absent=None, expected=None, partial=Flag::NO),
        text_signature = "($self, body, *, content_type=None, structures=False, absent=False, expected=None, partial=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open_details<'py>(
        &self,
        py: Python<'py>,
        body: &Bound<'py, PyAny>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
        partial: Flag,
    ) -> PyResult<Bound<'py, PyAny>> {
        guarded(|| {
            let partial = partial.named("partial")?;
            options::opening(content_type, structures, absent, expected, None, |options| {
                let opened = self.opened(py, body, &options.with_partial(partial))?;
                received::details(py, &opened)
            })
        })
    }
}

impl Profile {
    fn opened(&self, py: Python<'_>, body: &Bound<'_, PyAny>, options: &OpenOptions<'_>) -> PyResult<Opened> {
        let text = self.received(body, options)?;
        let opened = detached(py, text.len(), || self.core().open_with(&*text, options));
        opened.map_err(|error| error::failed(&error))
    }

    /// The text of a received callback. A dict is a JSON body that the caller's framework has parsed already.
    pub(super) fn received<'a>(
        &self,
        body: &'a Bound<'_, PyAny>,
        options: &OpenOptions<'_>,
    ) -> PyResult<Text<'a>> {
        if let Some(text) = Text::of("body", body)? {
            return Ok(text);
        }
        if !self.core().is_json_body(options.content_type) {
            return Err(error::wrong_type("body", "str or bytes (a dict only if the body is JSON)", body));
        }
        Text::of_json("body", body, self.options().limits.received_bytes)
    }
}
