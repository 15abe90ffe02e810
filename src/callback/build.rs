//! From profile and record to the outgoing request.

use super::buffer::HeaderLines;
use super::{Callback, CallbackBuffer};
use crate::Error;
use crate::body::fields::{self, Filled};
use crate::body::fill::Fill;
use crate::body::{Body, BodyKind, ContentType, form, json, multipart};
use crate::bug::bug;
use crate::cipher::{Batch, Cipher};
use crate::json::Surrogates;
use crate::profile::Profile;
use crate::replacer::{AsRecord, Escape, Missing, Record, RecordOptions, RecordSource, Renderer};
use crate::selection::Selection;
use crate::setters::setters;

/// The settings of a callback. `Debug` does not show the random bytes.
///
/// ```
/// use callback_profile::{CallbackOptions, Missing};
/// let options = CallbackOptions::default().with_missing(Missing::Error).with_boundary("part");
/// assert_eq!((options.missing, options.boundary), (Missing::Error, Some("part")));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct CallbackOptions<'o> {
    /// What is written for missing values.
    pub missing: Missing,
    /// What becomes of lone surrogates where the call is given a record's text. A [`Record`] was read by settings of its own.
    pub surrogates: Surrogates,
    /// The boundary of a multipart body, instead of the one in the profile's content-type header or the derived one:
    /// 1 to 70 characters of RFC 2046 §5.1.1. No line of a value may begin with its delimiter.
    pub boundary: Option<&'o str>,
    /// For a sealed callback: 32 new bytes from the operating system's random number generator.
    pub random: Option<&'o [u8; 32]>,
    /// For a sealed callback: the time of sending in seconds since 1970.
    pub issued_at: Option<u64>,
    /// For a sealed callback: its id, the same for each retry and for the signature. 1 to 128 characters of visible ASCII
    /// without a full stop.
    pub id: Option<&'o str>,
    /// For a sealed callback, if both sides know it: the id of the profile.
    pub profile_id: Option<&'o str>,
    /// For a sealed callback of POST or PUT: the body is the token alone, of the type `application/jose`, instead of an
    /// object or form that holds it.
    pub bare_token: bool,
}

setters! { CallbackOptions<'o> {
    with_missing = missing: Missing;
    with_surrogates = surrogates: Surrogates;
    with_boundary = boundary ? &'o str;
    with_random = random ? &'o [u8; 32];
    with_issued_at = issued_at ? u64;
    with_id = id ? &'o str;
    with_profile_id = profile_id ? &'o str;
    with_bare_token = bare_token: bool;
}}

impl std::fmt::Debug for CallbackOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallbackOptions")
            .field("missing", &self.missing)
            .field("surrogates", &self.surrogates)
            .field("boundary", &self.boundary)
            .field("random_bytes", &self.random.map(|random| random.len()))
            .field("issued_at", &self.issued_at)
            .field("id", &self.id)
            .field("profile_id", &self.profile_id)
            .field("bare_token", &self.bare_token)
            .finish()
    }
}

impl Profile {
    /// The outgoing request, filled from the record; missing values are empty. The same input gives the same bytes.
    ///
    /// # Errors
    /// [`Error::OutputTooLarge`], [`Error::UnsafeHeader`], [`Error::UnsafePath`], [`Error::UnsafeQuery`], [`Error::InvalidBoundary`]; [`Error::Record`]
    /// if the record is given as text.
    ///
    /// ```
    /// use callback_profile::{Profile, Record};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let record = Record::parse(r#"{"recipient": "+919876543210"}"#).unwrap();
    /// let callback = profile.callback(&record).unwrap();
    /// assert_eq!(callback.body.as_deref(), Some(r#"{"to":"hJd6TmNuQBhndbDl5w=="}"#));
    /// assert_eq!(profile.callback(r#"{"recipient": "+919876543210"}"#).unwrap(), callback);
    /// ```
    pub fn callback(&self, record: &(impl AsRecord + ?Sized)) -> Result<Callback, Error> {
        self.callback_with(record, &CallbackOptions::default())
    }

    /// The outgoing request by these settings.
    ///
    /// # Errors
    /// Those of [`callback`](Self::callback), and [`Error::MissingValues`] if `options.missing` asks for it. Of a sealed
    /// profile [`Error::RandomRequired`], [`Error::IssuedAtRequired`], [`Error::IdRequired`], [`Error::InvalidArgument`] for
    /// a malformed id, and [`Error::OutputTooLarge`] also for the URL of a GET or DELETE of more than 8,000 bytes.
    pub fn callback_with(
        &self,
        record: &(impl AsRecord + ?Sized),
        options: &CallbackOptions<'_>,
    ) -> Result<Callback, Error> {
        let mut buffer = CallbackBuffer::default();
        self.callback_of(record.source(), options, &mut buffer)?;
        buffer.into_callback()
    }

    /// The outgoing request, written into a buffer that is used again and again: after the first callbacks of a profile, a
    /// record without missing values allocates nothing, whatever the body type, and neither does reading its text. (Two rare
    /// things still do: an object or array within a text, and one under dotted names of `enc.params`.)
    ///
    /// On an error the buffer holds nothing.
    ///
    /// # Errors
    /// Those of [`callback_with`](Self::callback_with).
    ///
    /// ```
    /// use callback_profile::{CallbackBuffer, CallbackOptions, Profile};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"}}"#).unwrap();
    /// let mut buffer = CallbackBuffer::default();
    /// for (record, body) in [(r#"{"recipient": "1"}"#, r#"{"to":"1"}"#), (r#"{"recipient": "2"}"#, r#"{"to":"2"}"#)] {
    ///     profile.callback_into(record, &CallbackOptions::default(), &mut buffer).unwrap();
    ///     assert_eq!(buffer.body(), Some(body));
    /// }
    /// ```
    pub fn callback_into(
        &self,
        record: &(impl AsRecord + ?Sized),
        options: &CallbackOptions<'_>,
        buffer: &mut CallbackBuffer,
    ) -> Result<(), Error> {
        self.callback_of(record.source(), options, buffer)
    }

    fn callback_of(
        &self,
        record: RecordSource<'_>,
        options: &CallbackOptions<'_>,
        buffer: &mut CallbackBuffer,
    ) -> Result<(), Error> {
        buffer.clear();
        if buffer.is_new() {
            buffer.make_room(self.url().len(), record.text_len(), self.cipher());
        }
        let filled = match record {
            RecordSource::Record(record) => self.fill(record, options, buffer),
            RecordSource::Text(text) => {
                let nodes = std::mem::take(&mut buffer.nodes);
                let reading = RecordOptions { limits: self.options().limits, surrogates: options.surrogates };
                let record = Record::parse_in(text, &reading, nodes)?;
                let filled = self.fill(&record, options, buffer);
                buffer.nodes = record.into_nodes();
                filled
            }
        };
        if filled.is_err() {
            buffer.clear();
        }
        filled
    }

    fn fill(
        &self,
        record: &Record<'_>,
        options: &CallbackOptions<'_>,
        buffer: &mut CallbackBuffer,
    ) -> Result<(), Error> {
        let limits = self.options().limits;
        if let Some(sealed) = self.sealed_encryption() {
            (buffer.method, buffer.is_sealed) = (Some(self.method()), true);
            // What waits to be encrypted is of no use here: a sealed callback is encrypted as a whole.
            let mut batch = Batch::default();
            let renderer = Renderer::new(record, options.missing, limits.output_bytes);
            let mut fill = Fill::new(renderer, &self.parts().program, None, &mut batch);
            self.fill_sealed(sealed, options, buffer, &mut fill)?;
            buffer.missing = fill.renderer.finish()?;
            return Ok(());
        }
        let CallbackBuffer {
            method,
            url,
            headers,
            body,
            has_body,
            missing,
            batch,
            fields,
            scratch,
            boundary,
            ..
        } = buffer;
        let renderer = Renderer::new(record, options.missing, limits.output_bytes);
        let mut fill = Fill::new(renderer, &self.parts().program, self.cipher(), batch);
        *method = Some(self.method());
        self.fill_url(url, scratch, &mut fill)?;
        self.fill_headers(headers, &mut fill)?;
        if let Some(template) = self.parts().body.as_ref().filter(|_| self.method().has_body()) {
            *has_body = true;
            self.fill_body(template, options, Outgoing { headers, body, fields, boundary }, &mut fill)?;
        }
        *missing = fill.renderer.finish()?;
        Ok(())
    }

    fn cipher(&self) -> Option<&Cipher> {
        self.encryption().map(|enc| enc.cipher())
    }

    fn fill_url(
        &self,
        out: &mut Vec<u8>,
        scratch: &mut Vec<u8>,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        let url = &self.parts().url;
        let selection = self.encryption().map_or(&Selection::Nothing, |enc| enc.selection());
        url.fill_path(out, scratch, fill)?;
        let path_end = out.len();
        for (index, part) in url.query.iter().flatten().enumerate() {
            out.push(if index == 0 { b'?' } else { b'&' });
            let start = out.len();
            part.fill(out, scratch, selection, fill)?;
            if part.constant_name().is_none() {
                let parameter = out.get(start..).ok_or_else(|| bug("a parameter was taken away"))?;
                url.check_filled_name(parameter)?;
            }
        }
        if out.len() == path_end.saturating_add(1) {
            out.truncate(path_end); // a `?` with nothing behind it, which some clients send and some do not
        }
        Ok(())
    }

    pub(super) fn fill_headers(&self, out: &mut HeaderLines, fill: &mut Fill<'_, '_>) -> Result<(), Error> {
        let limits = self.options().limits;
        let mut bytes: usize = 0;
        for header in self.headers() {
            if !self.method().has_body() && header.name().eq_ignore_ascii_case("content-type") {
                continue; // of a body that is not sent
            }
            let value = out.add(header.name(), |out| fill.template(out, header.template, Escape::None))?;
            bytes = bytes.saturating_add(header.name().len()).saturating_add(value.len());
            // The rule of values without replacers: anything else could end the header or be read as
            // another character.
            let is_safe = value.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t'))
                && value.len() <= limits.header_value_bytes
                && bytes <= limits.headers_bytes;
            if !is_safe {
                return Err(Error::UnsafeHeader(header.name().to_owned()));
            }
        }
        Ok(())
    }

    fn fill_body(
        &self,
        template: &Body,
        options: &CallbackOptions<'_>,
        outgoing: Outgoing<'_>,
        fill: &mut Fill<'_, '_>,
    ) -> Result<(), Error> {
        let limit = self.options().limits.output_bytes;
        let Outgoing { headers, body: out, fields: filled, boundary } = outgoing;
        match &template.kind {
            BodyKind::Json(tree) => {
                json::fill(out, *tree, fill)?;
                fill.encrypt(out)?;
                if self.parts().headers.content_type().is_none() {
                    headers.add("content-type", |out| {
                        out.extend_from_slice(b"application/json");
                        Ok(())
                    })?;
                }
            }
            BodyKind::Form(list) => {
                fields::fill(list, fill, filled)?;
                form::push(out, filled.of(list), limit)?;
            }
            BodyKind::Multipart(list) => {
                fields::fill(list, fill, filled)?;
                let own = self.parts().headers.content_type().and_then(ContentType::boundary);
                multipart::choose_boundary(options.boundary, own, filled.of(list), boundary)?;
                multipart::push(out, filled.of(list), boundary, limit)?;
                headers.replace("content-type", |out| multipart::push_content_type(out, boundary));
            }
        }
        Ok(())
    }
}

/// The parts of the buffer that a body is written to.
pub(super) struct Outgoing<'b> {
    pub(super) headers: &'b mut HeaderLines,
    pub(super) body: &'b mut Vec<u8>,
    pub(super) fields: &'b mut Filled,
    pub(super) boundary: &'b mut String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENC: &str =
        r#""enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;

    #[test]
    fn a_missing_value_that_is_null_stays_readable_where_it_would_be_encrypted() {
        let options = CallbackOptions { missing: Missing::Null, ..CallbackOptions::default() };
        for (content_type, body) in [
            ("application/json", r#"{"a":null,"b":"","c":[null]}"#),
            ("application/x-www-form-urlencoded", "a=&b=&c=%5Bnull%5D"),
        ] {
            let payload = format!(
                r#"{{"title": "null", "http_method": "POST", "url": "https://example.com/", {ENC},
                    "headers": {{"content-type": "{content_type}"}}, "body": {{"a": "<a>", "b": "<a><b>", "c": ["<a>"]}}}}"#
            );
            let profile = Profile::parse(payload).unwrap();
            let record = Record::parse(r#"{"b": null}"#).unwrap();
            let callback = profile.callback_with(&record, &options).unwrap();
            // Under CFB the empty text is encrypted as the empty text.
            assert_eq!(callback.body.as_deref(), Some(body));
            assert_eq!(callback.missing, ["a", "b"]);
        }
    }

    #[test]
    fn the_settings_show_no_random_bytes() {
        let options = CallbackOptions::default().with_random(&[0xA5; 32]).with_id("msg_1").with_issued_at(7);
        assert_eq!(
            format!("{options:?}"),
            "CallbackOptions { missing: Empty, surrogates: Refuse, boundary: None, random_bytes: Some(32), \
             issued_at: Some(7), id: Some(\"msg_1\"), profile_id: None, bare_token: false }"
        );
    }
}
