//! From profile and record to the outgoing request.

use percent_encoding::percent_decode;

use super::buffer::HeaderLines;
use super::{Callback, CallbackBuffer, fields, form, json_body, multipart};
use crate::Error;
use crate::cipher::{Cipher, Selection};
use crate::profile::{BodyKind, BodyType, Profile, QueryPart, QueryValue, is_dot_segment};
use crate::replacer::{Escape, Missing, Record, Renderer, push_query};

/// The settings of a callback.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallbackOptions<'o> {
    /// What stands for missing values.
    pub missing: Missing,
    /// The boundary of a multipart body, instead of the one in the profile's content-type header or the derived one:
    /// 1 to 70 characters of RFC 2046 §5.1.1.
    pub boundary: Option<&'o str>,
}

impl Profile {
    /// The outgoing request, filled from the record; missing values are empty. The same input gives the same bytes.
    ///
    /// Errors: [`Error::OutputTooLarge`], [`Error::UnsafeHeader`], [`Error::UnsafePath`], [`Error::InvalidBoundary`].
    ///
    /// ```
    /// use callback_profile::{Profile, Record};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"},
    ///     "enc": {"algo": "AES-128-CFB", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}}"#).unwrap();
    /// let record = Record::parse(r#"{"recipient": "+919876543210"}"#).unwrap();
    /// let callback = profile.callback(&record).unwrap();
    /// assert_eq!(callback.body.as_deref(), Some(r#"{"to":"hJd6TmNuQBhndbDl5w=="}"#));
    /// ```
    pub fn callback(&self, record: &Record<'_>) -> Result<Callback, Error> {
        self.callback_with(record, &CallbackOptions::default())
    }

    /// The outgoing request by these settings.
    ///
    /// Errors: those of [`callback`](Self::callback), and [`Error::MissingValues`] if `options.missing` asks for it.
    pub fn callback_with(
        &self,
        record: &Record<'_>,
        options: &CallbackOptions<'_>,
    ) -> Result<Callback, Error> {
        let mut buffer = CallbackBuffer::default();
        self.fill(record, options, &mut buffer)?;
        Ok(buffer.into_callback())
    }

    /// The outgoing request of a record's bytes, written into a buffer that is used again and again: after the first
    /// callbacks of a profile, a record without missing values allocates nothing, whatever the body type. (Two rare
    /// things still do: an object or array within a text, and one under dotted names of `enc.params`.)
    ///
    /// On an error the buffer holds nothing. Errors: those of [`callback_with`](Self::callback_with), and
    /// [`Error::Record`] for the record.
    ///
    /// ```
    /// use callback_profile::{CallbackBuffer, CallbackOptions, Profile};
    /// let profile = Profile::parse(r#"{"title": "sms", "http_method": "POST", "url": "https://example.com/sms",
    ///     "body": {"to": "<recipient>"}}"#).unwrap();
    /// let mut buffer = CallbackBuffer::default();
    /// for (record, body) in [(r#"{"recipient": "1"}"#, r#"{"to":"1"}"#), (r#"{"recipient": "2"}"#, r#"{"to":"2"}"#)] {
    ///     profile.callback_into(record.as_bytes(), &CallbackOptions::default(), &mut buffer).unwrap();
    ///     assert_eq!(buffer.body(), Some(body));
    /// }
    /// ```
    pub fn callback_into(
        &self,
        record: &[u8],
        options: &CallbackOptions<'_>,
        buffer: &mut CallbackBuffer,
    ) -> Result<(), Error> {
        buffer.clear();
        let nodes = std::mem::take(&mut buffer.nodes);
        let record = Record::parse_in(record, &self.options().limits, nodes)?;
        let filled = self.fill(&record, options, buffer);
        buffer.nodes = record.into_nodes();
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
        let mut renderer = Renderer::new(record, options.missing, limits.output_bytes);
        buffer.method = Some(self.method());
        self.fill_url(buffer, &mut renderer)?;
        self.fill_headers(&mut buffer.headers, &mut renderer)?;
        self.fill_body(buffer, &mut renderer, options)?;
        buffer.missing = renderer.finish()?;
        Ok(())
    }

    pub(super) fn cipher(&self) -> Option<&Cipher> {
        self.encryption().map(|enc| enc.cipher())
    }

    fn fill_url(&self, buffer: &mut CallbackBuffer, renderer: &mut Renderer<'_>) -> Result<(), Error> {
        let url = &self.parts().url;
        let out = &mut buffer.url;
        renderer.capped(out, url.origin.len(), |out| out.extend_from_slice(url.origin.as_bytes()))?;
        renderer.push(out, &url.path, Escape::Percent, false)?;
        if url.path.constant().is_none() {
            let path = out.get(url.origin.len()..).unwrap_or_default();
            let is_dots = |segment: &&[u8]| std::str::from_utf8(segment).is_ok_and(is_dot_segment);
            if path.split(|byte| *byte == b'/').filter(is_dots).count() > url.dot_segments {
                return Err(Error::UnsafePath);
            }
        }
        for (index, part) in url.query.iter().flatten().enumerate() {
            buffer.url.push(if index == 0 { b'?' } else { b'&' });
            self.push_parameter(buffer, part, renderer)?;
        }
        Ok(())
    }

    fn push_parameter(
        &self,
        buffer: &mut CallbackBuffer,
        part: &QueryPart,
        renderer: &mut Renderer<'_>,
    ) -> Result<(), Error> {
        let CallbackBuffer { url: out, batch, parameter, .. } = buffer;
        let name_start = out.len();
        renderer.push(out, &part.name, Escape::Percent, false)?;
        let (template, seals) = match &part.value {
            QueryValue::None => return Ok(()),
            QueryValue::Plain(template) => (template, false),
            QueryValue::Sealed(template) => (template, true),
            QueryValue::ByName(both) => {
                let filled = out.get(name_start..).unwrap_or_default();
                let compare = |name: &str| name.bytes().cmp(percent_decode(filled));
                let selection = self.encryption().map_or(&Selection::Nothing, |enc| enc.selection());
                if selection.takes_member_that(compare) { (&both.sealed, true) } else { (&both.plain, false) }
            }
        };
        out.push(b'=');
        if !seals {
            return renderer.push(out, template, Escape::Percent, false);
        }
        batch.clear();
        renderer.push(batch.plaintext(), template, Escape::None, false)?;
        parameter.clear();
        // What selects a value is the profile's encryption, so there is a cipher.
        if let Some(cipher) = self.cipher() {
            cipher.encrypt_append(batch.plaintext(), parameter).map_err(Error::Cipher)?;
        }
        renderer.capped(out, parameter.len(), |out| push_query(out, parameter))
    }

    fn fill_headers(&self, out: &mut HeaderLines, renderer: &mut Renderer<'_>) -> Result<(), Error> {
        let limits = self.options().limits;
        let mut bytes: usize = 0;
        for header in self.headers() {
            let value =
                out.add(header.name(), |out| renderer.push(out, &header.template, Escape::None, false))?;
            bytes = bytes.saturating_add(header.name().len()).saturating_add(value.len());
            // CR, LF, NUL and the other controls would end the header (RFC 9110 §5.5).
            let is_safe = value.iter().all(|byte| !byte.is_ascii_control() || *byte == b'\t')
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
        buffer: &mut CallbackBuffer,
        renderer: &mut Renderer<'_>,
        options: &CallbackOptions<'_>,
    ) -> Result<(), Error> {
        let Some(body) = self.parts().body.as_ref().filter(|_| self.method().has_body()) else {
            return Ok(());
        };
        let limit = self.options().limits.output_bytes;
        let CallbackBuffer { headers, body: out, batch, fields: filled, boundary, has_body, .. } = buffer;
        *has_body = true;
        match &body.kind {
            BodyKind::Json(tree) => {
                batch.clear();
                json_body::push(out, tree, renderer, self.cipher(), batch)?;
                json_body::encrypt(out, self.cipher(), batch)?;
                if self.parts().headers.content_type().is_none() {
                    headers.add("content-type", |out| {
                        out.extend_from_slice(b"application/json");
                        Ok(())
                    })?;
                }
            }
            BodyKind::Form(list) => {
                fields::fill(list, renderer, self.cipher(), batch, filled)?;
                form::push(out, filled.of(list), limit)?;
            }
            BodyKind::Multipart(list) => {
                fields::fill(list, renderer, self.cipher(), batch, filled)?;
                let content_type = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                let from_header = content_type.and_then(|(_, value)| match BodyType::of(value) {
                    Some(BodyType::Multipart { boundary }) => boundary,
                    _ => None,
                });
                let given = options.boundary.or(from_header);
                multipart::choose_boundary(given, filled.of(list), boundary)?;
                multipart::push(out, filled.of(list), boundary, limit)?;
                headers.replace("content-type", |out| multipart::push_content_type(out, boundary));
            }
        }
        Ok(())
    }
}
