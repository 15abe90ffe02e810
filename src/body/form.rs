//! `application/x-www-form-urlencoded`: bodies and queries.

use std::borrow::Cow;

use form_urlencoded::byte_serialize;

use crate::Error;
use crate::json::{JsonError, JsonProblem};

/// Appends the fields.
pub(crate) fn push<'f>(
    out: &mut Vec<u8>,
    fields: impl Iterator<Item = (&'f str, &'f [u8])>,
    limit: usize,
) -> Result<(), Error> {
    for (index, (name, value)) in fields.enumerate() {
        // Encoded text is no shorter, so this is noticed before anything large is made of it.
        if out.len().saturating_add(name.len()).saturating_add(value.len()) > limit {
            return Err(Error::OutputTooLarge(limit));
        }
        let separator = if index > 0 { "&" } else { "" };
        let pieces = byte_serialize(name.as_bytes()).chain(["="]).chain(byte_serialize(value));
        [separator].into_iter().chain(pieces).for_each(|piece| out.extend_from_slice(piece.as_bytes()));
    }
    if out.len() > limit {
        return Err(Error::OutputTooLarge(limit));
    }
    Ok(())
}

/// The parameters of a form body or query, decoded, in order.
///
/// Errors: [`Error::MalformedForm`] if the bytes behind `%XX` are not UTF-8.
pub(crate) fn parse(text: &[u8], most: usize) -> Result<Vec<(String, String)>, Error> {
    // The parser below replaces bad UTF-8; here it is refused. `&` and `=` cannot be part of a character.
    percent_encoding::percent_decode(text).decode_utf8().map_err(|_| Error::MalformedForm("UTF-8"))?;
    let mut parameters = Vec::new();
    for (name, value) in form_urlencoded::parse(text) {
        if parameters.len() >= most {
            return Err(Error::Received(JsonError::at(b"", 0, JsonProblem::TooManyNodes(most))));
        }
        parameters.push((owned(name), owned(value)));
    }
    Ok(parameters)
}

fn owned(text: Cow<'_, str>) -> String {
    text.into_owned()
}
