//! What an operator has of a received callback: its bare body, the whole HTTP message (which `cbp callback` prints), or
//! a pasted `curl` line. All three are read here; none of them decides about a profile.

mod curl;
mod http;
mod request;
mod words;

use std::borrow::Cow;

pub(crate) use request::{MOST_OF_A_HEAD, Received};

/// Reads an HTTP message if the first line says so, a `curl` line if it begins with `curl`, and takes everything else
/// for a bare body.
///
/// Errors: what was expected, as the end of a sentence.
pub(crate) fn read(bytes: &[u8]) -> Result<Received<'_>, String> {
    match http::start(bytes) {
        Some(start) => http::read(bytes, start),
        None if curl::is_curl(bytes) => curl::read(bytes),
        None => Ok(Received { body: Cow::Borrowed(bytes), ..Received::default() }),
    }
}
