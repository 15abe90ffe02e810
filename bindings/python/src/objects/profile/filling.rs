//! A profile's messages and callbacks, filled from records.

use callback_profile::{CallbackOptions, MessageOptions, Record, RecordOptions, Surrogates};
use pyo3::prelude::*;

use super::held::Profile;
use crate::convert::input::{Flag, Str, Text};
use crate::convert::json_text::{Fallback, Writing};
use crate::convert::options;
use crate::error;
use crate::guard::{detached, guarded};
use crate::objects::callback::Callback;
use crate::objects::kept_buffer::with_buffer;
use crate::objects::message::Message;
use crate::objects::sealing::Sealing;

#[pymethods]
impl Profile {
    /// The response message for chatbots, filled from the record: a dict, another mapping, a dataclass or a model, or JSON
    /// text.
    ///
    /// missing chooses what replaces values that the record lacks or that are null: "empty" (the default), "keep" (the
    /// replacer as it was written), "error", or "null" (JSON null for a whole <name> in a body, else empty). With pairs,
    /// a pair stays a pair: {"name": "John"} instead of John. surrogates="replace" reads U+FFFD for each half of a
    /// character in the record, which a shortened emoji leaves behind; "refuse" (the default) refuses the record.
    ///
    /// default is called with each value in the record that JSON does not have (datetime, Decimal, UUID, Enum, …) and gives
    /// what is written in its place, as in json.dumps: default=str writes its text. A Decimal that it gives back is written
    /// as a number, digit by digit. Without it such a value is refused with its place. What it raises comes through.
    ///
    /// Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large), TypeError for a value that JSON
    /// does not have.
    #[pyo3(
        signature = (record, *, missing=Str::new("empty"), pairs=Flag::NO, surrogates=Str::new("refuse"), default=None),
        text_signature = "($self, record, *, missing='empty', pairs=False, surrogates='refuse', default=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn message(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        missing: Str<'_>,
        pairs: Flag,
        surrogates: Str<'_>,
        default: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Message> {
        guarded(|| {
            let mut settings = MessageOptions::default();
            settings.missing = options::missing(missing)?;
            settings.pairs = pairs.named("pairs")?;
            let reading = self.reading(options::surrogates(surrogates)?);
            let text = record_text(record, &reading, Fallback::of_record(default)?)?;
            let message = detached(py, text.len(), || {
                let record = Record::parse_with(&*text, &reading)?;
                self.core().message_with(&record, &settings)
            });
            message.map(Message::of).map_err(|error| error::failed(&error))
        })
    }

    /// The outgoing request, filled from the record: a dict, another mapping, a dataclass or a model, or JSON text. The same
    /// input gives the same bytes.
    ///
    /// missing, surrogates and default as for message. boundary is that of a multipart body, 1 to 70 characters of RFC 2046, instead of the
    /// one in the profile's content-type header or the derived one.
    ///
    /// For a sealed profile: random is 32 bytes, issued_at the time of sending in seconds since 1970, id the message's id,
    /// the same for each retry (1 to 128 characters of visible ASCII without a full stop). None takes new bytes from the
    /// operating system, the clock, and a new id, which the callback shows. profile_id is the id of the profile if both
    /// sides know it. With bare_token, the body is the token alone, of the type application/jose.
    ///
    /// Raises ReplacerError (invalid_json, not_an_object, missing_value, output_too_large, unsafe_header, unsafe_path, unsafe_query,
    /// invalid_boundary), ArgumentError (invalid_argument) for a malformed id.
    #[pyo3(
        signature = (
            record, *, missing=Str::new("empty"), boundary=None, surrogates=Str::new("refuse"), random=None,
            issued_at=None, id=None, profile_id=None, bare_token=Flag::NO, default=None
        ),
        text_signature = "($self, record, *, missing='empty', boundary=None, surrogates='refuse', random=None, \
        issued_at=None, id=None, profile_id=None, bare_token=False, default=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn callback(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        missing: Str<'_>,
        boundary: Option<Str<'_>>,
        surrogates: Str<'_>,
        random: Option<&Bound<'_, PyAny>>,
        issued_at: Option<&Bound<'_, PyAny>>,
        id: Option<Str<'_>>,
        profile_id: Option<Str<'_>>,
        bare_token: Flag,
        default: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Callback> {
        guarded(|| {
            let mut settings = CallbackOptions::default();
            settings.missing = options::missing(missing)?;
            settings.boundary = options::optional("boundary", boundary)?;
            settings.surrogates = options::surrogates(surrogates)?;
            settings.profile_id = options::optional("profile_id", profile_id)?;
            settings.bare_token = bare_token.named("bare_token")?;
            let mut sealing = Sealing::given(random, issued_at, id)?;
            if self.core().sealed_encryption().is_some() {
                sealing = sealing.completed(py)?;
            }
            let settings = sealing.applied(settings);
            let fallback = Fallback::of_record(default)?;
            let text = record_text(record, &self.reading(settings.surrogates), fallback)?;
            with_buffer(|buffer| {
                let made = detached(py, text.len(), || self.core().callback_into(&*text, &settings, buffer));
                made.map_err(|error| error::failed(&error))?;
                Callback::of_buffer(py, buffer, &sealing)
            })
        })
    }
}

impl Profile {
    /// How a record is read.
    pub(super) fn reading(&self, surrogates: Surrogates) -> RecordOptions {
        let mut options = RecordOptions::from(self.options().limits);
        options.surrogates = surrogates;
        options
    }
}

pub(super) fn record_text<'a>(
    record: &'a Bound<'_, PyAny>,
    reading: &RecordOptions,
    fallback: Fallback<'_, '_>,
) -> PyResult<Text<'a>> {
    let (limit, surrogates) = (reading.limits.record_bytes, reading.surrogates);
    Text::of_record(record, Writing { limit, surrogates, fallback })
}
