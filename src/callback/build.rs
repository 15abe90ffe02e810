//! From profile and record to the outgoing request.

use http::HeaderValue;

use super::{BodyType, Callback, fields, form, json_body, multipart};
use crate::Error;
use crate::cipher::{Batch, Cipher};
use crate::profile::{BodyKind, Header, Method, Profile, QueryPart, QueryValue, is_dot_segment};
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
        let limits = self.options().limits;
        let mut renderer = Renderer::new(record, options.missing, limits.output_bytes);
        let url = self.filled_url(&mut renderer)?;
        let mut headers = self.filled_headers(&mut renderer)?;
        let body = self.filled_body(&mut renderer, options, &mut headers)?;
        let missing = renderer.finish()?;
        Ok(Callback { method: self.method(), url, headers, body, missing })
    }

    pub(super) fn cipher(&self) -> Option<&Cipher> {
        self.encryption().map(|enc| enc.cipher())
    }

    fn filled_url(&self, renderer: &mut Renderer<'_>) -> Result<String, Error> {
        let url = &self.parts().url;
        let mut out = Vec::with_capacity(url.raw.len().saturating_mul(2));
        out.extend_from_slice(url.origin.as_bytes());
        renderer.push(&mut out, &url.path, Escape::Percent, false)?;
        let path = out.get(url.origin.len()..).unwrap_or_default();
        let is_dots = |segment: &[u8]| std::str::from_utf8(segment).is_ok_and(is_dot_segment);
        if path.split(|byte| *byte == b'/').filter(|segment| is_dots(segment)).count() > url.dot_segments {
            return Err(Error::UnsafePath);
        }
        for (index, part) in url.query.iter().flatten().enumerate() {
            out.push(if index == 0 { b'?' } else { b'&' });
            self.push_parameter(&mut out, part, renderer)?;
        }
        Ok(String::from_utf8(out).unwrap_or_default())
    }

    fn push_parameter(
        &self,
        out: &mut Vec<u8>,
        part: &QueryPart,
        renderer: &mut Renderer<'_>,
    ) -> Result<(), Error> {
        renderer.push(out, &part.name, Escape::Percent, false)?;
        match &part.value {
            QueryValue::None => {}
            QueryValue::Plain(template) => {
                out.push(b'=');
                renderer.push(out, template, Escape::Percent, false)?;
            }
            QueryValue::Sealed(template) => {
                out.push(b'=');
                let mut text = Vec::new();
                renderer.push(&mut text, template, Escape::None, false)?;
                let text = fields::sealed(self.cipher(), text)?;
                renderer.capped(out, text.len(), |out| push_query(out, &text))?;
            }
        }
        Ok(())
    }

    fn filled_headers(&self, renderer: &mut Renderer<'_>) -> Result<Vec<(String, String)>, Error> {
        let limits = self.options().limits;
        let mut bytes: usize = 0;
        let mut fill = |header: &Header| {
            let mut value = Vec::new();
            renderer.push(&mut value, &header.template, Escape::None, false)?;
            bytes = bytes.saturating_add(header.name().len()).saturating_add(value.len());
            // CR, LF, NUL and the other controls would end the header (RFC 9110 §5.5).
            let is_safe = HeaderValue::from_bytes(&value).is_ok()
                && value.len() <= limits.header_value_bytes
                && bytes <= limits.headers_bytes;
            match String::from_utf8(value) {
                Ok(value) if is_safe => Ok((header.name().to_owned(), value)),
                _ => Err(Error::UnsafeHeader(header.name().to_owned())),
            }
        };
        self.headers().iter().map(&mut fill).collect()
    }

    fn filled_body(
        &self,
        renderer: &mut Renderer<'_>,
        options: &CallbackOptions<'_>,
        headers: &mut Vec<(String, String)>,
    ) -> Result<Option<String>, Error> {
        let Some(body) = self.parts().body.as_ref().filter(|_| self.method().has_body()) else {
            return Ok(None);
        };
        let mut out = Vec::with_capacity(body.text.len().saturating_mul(2));
        match &body.kind {
            BodyKind::Json(tree) => {
                let mut batch = Batch::new();
                json_body::push(&mut out, tree, renderer, self.cipher(), &mut batch)?;
                json_body::encrypt(&mut out, self.cipher(), &mut batch)?;
                if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                    headers.push(("content-type".to_owned(), "application/json".to_owned()));
                }
            }
            BodyKind::Form(list) => {
                let fields = fields::fill(list, renderer, self.cipher())?;
                form::push(&mut out, &fields, self.options().limits.output_bytes)?;
            }
            BodyKind::Multipart(list) => {
                let fields = fields::fill(list, renderer, self.cipher())?;
                let content_type =
                    headers.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
                let from_header = content_type.as_ref().and_then(|(_, value)| match BodyType::of(value) {
                    Some(BodyType::Multipart { boundary }) => boundary,
                    _ => None,
                });
                let given = options.boundary.or(from_header);
                let boundary = multipart::choose_boundary(given, &fields)?;
                multipart::push(&mut out, &fields, &boundary, self.options().limits.output_bytes)?;
                if let Some((_, value)) = content_type {
                    *value = multipart::content_type(&boundary);
                }
            }
        }
        Ok(Some(String::from_utf8(out).unwrap_or_default()))
    }
}

impl Method {
    /// The method of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Method> {
        Method::ALL.iter().find(|method| method.name() == name).copied()
    }
}
