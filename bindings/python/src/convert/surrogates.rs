//! Halves of characters in Python's strings, which UTF-8 cannot encode.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use zeroize::Zeroizing;

/// A string with U+FFFD for each lone surrogate; two that are a pair are the character of which they are the halves.
pub(super) fn surrogates_replaced(text: &Bound<'_, PyString>) -> PyResult<Zeroizing<String>> {
    let bytes = text.call_method1("encode", ("utf-16-le", "surrogatepass"))?.cast_into::<PyBytes>()?;
    let (units, _) = bytes.as_bytes().as_chunks();
    let characters = char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit)));
    let characters = characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER));
    // Room for all of it at once, since a text that grows leaves copies behind: a unit is at most three bytes.
    let mut replaced = Zeroizing::new(String::with_capacity(units.len().saturating_mul(3)));
    replaced.extend(characters);
    Ok(replaced)
}
