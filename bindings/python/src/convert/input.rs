//! Text in every form in which Python has it; a mapping is written as JSON text first ([`super::json_text`]).

use std::ops::Deref;

use callback_profile::Surrogates;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyIterator, PyMapping, PyMemoryView, PyString};

use super::json_text;
use super::surrogates::surrogates_replaced;
use super::wiped::Wiped;
use crate::error;

/// The bytes of an argument: borrowed from an immutable object, or a copy that is wiped when it is dropped.
pub(crate) enum Text<'a> {
    Borrowed(&'a [u8]),
    Owned(Wiped),
}

impl<'a> Text<'a> {
    /// JSON text, from the text or mapping that is the argument `name`. Of a mapping, a little more than `limit` bytes
    /// are written at most: the core refuses the text by its length.
    pub(crate) fn of_json(name: &str, value: &'a Bound<'_, PyAny>, limit: usize) -> PyResult<Text<'a>> {
        Text::of_json_with(name, value, limit, Surrogates::Refuse)
    }

    /// JSON text, and what becomes of lone surrogates in Python's strings; the core decides on those in bytes and in
    /// escapes.
    pub(crate) fn of_json_with(
        name: &str,
        value: &'a Bound<'_, PyAny>,
        limit: usize,
        surrogates: Surrogates,
    ) -> PyResult<Text<'a>> {
        if let Ok(dict) = value.cast::<PyDict>() {
            return json_text::of_dict(name, dict, limit, surrogates).map(Text::Owned);
        }
        if surrogates == Surrogates::Replace
            && let Ok(text) = value.cast::<PyString>()
            && text.to_str().is_err()
        {
            return Ok(Text::Owned(Wiped::from(surrogates_replaced(text)?.as_bytes())));
        }
        if let Some(text) = Text::of(value)? {
            return Ok(text);
        }
        if value.is_instance_of::<PyMapping>() {
            return json_text::of_dict(name, &json_text::as_dict(value)?, limit, surrogates).map(Text::Owned);
        }
        Err(error::wrong_type(name, "str, bytes or a dict", value))
    }

    /// The UTF-8 of a `str` or the bytes of a `bytes`, `bytearray` or `memoryview`; `None` for everything else.
    pub(crate) fn of(value: &'a Bound<'_, PyAny>) -> PyResult<Option<Text<'a>>> {
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Some(Text::Borrowed(str_of(text)?.as_bytes())));
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Some(Text::Borrowed(bytes.as_bytes())));
        }
        // Other threads can change these while the GIL is released, so they are copied.
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Some(Text::Owned(Wiped::from(bytes.to_vec()))));
        }
        if value.is_instance_of::<PyMemoryView>() {
            let bytes = value.call_method0("tobytes")?;
            return Ok(Some(Text::Owned(Wiped::from(bytes.cast::<PyBytes>()?.as_bytes()))));
        }
        Ok(None)
    }

    /// A copy if the text is borrowed, for work that outlives the object.
    pub(crate) fn into_owned(self) -> Wiped {
        match self {
            Text::Borrowed(text) => Wiped::from(text),
            Text::Owned(text) => text,
        }
    }
}

impl Deref for Text<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Text::Borrowed(text) => text,
            Text::Owned(text) => text,
        }
    }
}

/// A string's UTF-8. Python's own error for a lone surrogate carries the whole string, which may be a key.
pub(crate) fn str_of<'a>(text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|_| error::argument("a string holds a lone surrogate, which UTF-8 cannot encode"))
}

/// The bytes of `bytes`, `bytearray` or `memoryview`, or the UTF-8 of a `str`.
pub(crate) fn bytes_of<'a>(name: &str, value: &'a Bound<'_, PyAny>) -> PyResult<Text<'a>> {
    Text::of(value)?.ok_or_else(|| error::wrong_type(name, "str, bytes, bytearray or memoryview", value))
}

/// The items of a batch. A single text or mapping would be an iterable too, of its characters or names: it is refused,
/// since it is a mistake.
pub(crate) fn items<'py>(name: &str, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    if Text::of(value)?.is_some() || value.is_instance_of::<PyMapping>() {
        return Err(error::wrong_type(name, "a list or another iterable", value));
    }
    value.try_iter()
}
