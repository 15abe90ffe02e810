//! What an operator has of a received callback: its bare body, the whole HTTP message (which `cbp callback` prints), or
//! a pasted `curl` line. All three are read here; none of them decides about a profile.

mod curl;
mod http;
mod words;

use std::borrow::Cow;

/// A request, or the body of one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Received<'i> {
    /// `POST`; `None` of a bare body.
    pub(crate) method: Option<Cow<'i, str>>,
    /// The URL or its path and query.
    pub(crate) target: Option<Cow<'i, str>>,
    /// Names and values, in their order.
    pub(crate) headers: Vec<(Cow<'i, str>, Cow<'i, str>)>,
    pub(crate) body: Cow<'i, [u8]>,
}

/// Bytes that the head of an HTTP message may have; what is read beyond a body's limit.
pub(crate) const MOST_OF_A_HEAD: usize = 64 * 1024;

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

impl Received<'_> {
    /// Whether the body came alone.
    #[cfg(test)]
    pub(crate) fn is_bare(&self) -> bool {
        self.method.is_none()
    }

    /// The value of the header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// The only header of a name: two could be read differently.
fn at_most_one(received: &Received<'_>, name: &str) -> Result<(), String> {
    let count = received.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).count();
    if count > 1 { Err(format!("one header {name}, and there are {count}")) } else { Ok(()) }
}
