//! A received request.

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

impl Received<'_> {
    /// What a profile opens: the body of a POST or PUT, the URL or query of a GET or DELETE.
    pub(crate) fn sent(&self, has_body: bool) -> &[u8] {
        match &self.target {
            Some(target) if !has_body => target.as_bytes(),
            // Of a query that came alone, the line break is an editor's.
            None if !has_body => self.body.trim_ascii_end(),
            _ => &self.body,
        }
    }

    /// Whether the body came alone.
    pub(crate) fn is_bare(&self) -> bool {
        self.method.is_none()
    }

    /// The value of the header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// The only header of a name: two could be read differently.
pub(super) fn at_most_one(received: &Received<'_>, name: &str) -> Result<(), String> {
    let count = received.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).count();
    if count > 1 { Err(format!("one header {name}, and there are {count}")) } else { Ok(()) }
}
