//! `application/x-www-form-urlencoded`: bodies and queries.

use std::borrow::Cow;

use super::fields::Filled;
use crate::Error;

/// Appends the fields.
pub(super) fn push(out: &mut Vec<u8>, fields: &[Filled<'_>], limit: usize) -> Result<(), Error> {
    let mut text = String::new();
    let mut form = form_urlencoded::Serializer::new(&mut text);
    let mut bytes: usize = 0;
    for (name, value) in fields {
        bytes = bytes.saturating_add(name.len()).saturating_add(value.len());
        if bytes > limit {
            return Err(Error::OutputTooLarge(limit));
        }
        form.append_pair(name, std::str::from_utf8(value).unwrap_or_default());
    }
    form.finish();
    if text.len() > limit {
        return Err(Error::OutputTooLarge(limit));
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// The parameters of a form body or query, decoded, in order.
///
/// Errors: [`Error::MalformedForm`] if the bytes behind `%XX` are not UTF-8.
pub(super) fn parse(text: &[u8]) -> Result<Vec<(String, String)>, Error> {
    // The parser below replaces bad UTF-8; here it is refused. `&` and `=` cannot be part of a character.
    percent_encoding::percent_decode(text).decode_utf8().map_err(|_| Error::MalformedForm)?;
    Ok(form_urlencoded::parse(text).map(|(name, value)| (owned(name), owned(value))).collect())
}

/// The query of what a GET or DELETE callback received: a whole URL, a path with a query, or the query alone.
pub(super) fn query_of(received: &[u8]) -> &[u8] {
    let is_prefix_of =
        |prefix: &[u8]| received.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_url = is_prefix_of(b"http://") || is_prefix_of(b"https://") || is_prefix_of(b"/");
    let query = match received {
        [b'?', query @ ..] => query,
        _ if is_url => received.splitn(2, |byte| *byte == b'?').nth(1).unwrap_or_default(),
        query => query,
    };
    query.split(|byte| *byte == b'#').next().unwrap_or_default()
}

fn owned(text: Cow<'_, str>) -> String {
    text.into_owned()
}
