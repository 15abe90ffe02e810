//! A received request as web frameworks have it: headers and the raw body.

use callback_profile::ReceivedRequest;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

use super::input::{Str, Text};
use super::surrogates::surrogates_replaced;
use crate::error;

/// The parts of a received request.
pub(crate) struct HeldRequest<'a> {
    headers: Vec<(String, String)>,
    target: &'a str,
    body: Text<'a>,
}

impl<'a> HeldRequest<'a> {
    pub(crate) fn of(
        headers: &Bound<'_, PyAny>,
        body: &'a Bound<'_, PyAny>,
        target: Str<'a>,
    ) -> PyResult<HeldRequest<'a>> {
        Ok(HeldRequest {
            headers: headers_of(headers)?,
            target: target.named("target")?,
            body: raw_body(body)?,
        })
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        pairs(&self.headers)
    }

    /// The request with these headers, which are its [`pairs`](Self::pairs).
    pub(crate) fn request<'r>(&'r self, headers: &'r [(&'r str, &'r str)]) -> ReceivedRequest<'r> {
        ReceivedRequest { headers, target: self.target, body: &self.body }
    }

    pub(crate) fn body_len(&self) -> usize {
        self.body.len()
    }
}

/// Names and values as the core takes them.
pub(crate) fn pairs(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The body exactly as it was received.
pub(crate) fn raw_body<'a>(body: &'a Bound<'_, PyAny>) -> PyResult<Text<'a>> {
    Text::of("body", body)?.ok_or_else(|| {
        error::wrong_type(
            "body",
            "the raw body as it was received, bytes or str (what a framework has parsed is not what was signed)",
            body,
        )
    })
}

/// The headers of a mapping, of an object with a method `items`, or of an iterable of pairs.
pub(crate) fn headers_of(value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let wrong = || error::wrong_type("headers", "a mapping or an iterable of pairs", value);
    if Text::of("headers", value).is_ok_and(|text| text.is_some()) {
        return Err(wrong());
    }
    let pairs = match value.getattr_opt("items")? {
        Some(items) => items.call0()?,
        None => value.clone(),
    };
    let mut headers = Vec::new();
    for pair in pairs.try_iter().map_err(|_| wrong())? {
        let pair = pair?;
        let wrong = || error::wrong_type("headers: a pair", "a tuple or list of two str or bytes", &pair);
        let members = match (pair.cast::<PyTuple>(), pair.cast::<PyList>()) {
            (Ok(tuple), _) => tuple.iter().collect::<Vec<_>>(),
            (_, Ok(list)) => list.iter().collect(),
            _ => return Err(wrong()),
        };
        let [name, value] = <[Bound<'_, PyAny>; 2]>::try_from(members).map_err(|_| wrong())?;
        headers.push((header_text(&name).ok_or_else(wrong)??, header_text(&value).ok_or_else(wrong)??));
    }
    Ok(headers)
}

/// The text of a name or value; `None` if it is neither text nor bytes. Bytes are Latin-1, as in WSGI and ASGI. What else a
/// stranger sent is no error: it is no part of a signature, and no id of a key.
fn header_text(value: &Bound<'_, PyAny>) -> Option<PyResult<String>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(Ok(bytes.as_bytes().iter().map(|byte| char::from(*byte)).collect()));
    }
    let text = value.cast::<PyString>().ok()?;
    Some(match text.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => surrogates_replaced(text).map(|text| text.as_str().to_owned()),
    })
}
