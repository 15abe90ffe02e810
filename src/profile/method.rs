//! The HTTP method of a callback.

/// The HTTP method of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// DELETE
    Delete,
}

impl Method {
    /// Every method.
    pub const ALL: &'static [Method] = &[Method::Get, Method::Post, Method::Put, Method::Delete];

    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }

    /// The method of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Method> {
        named(name, false)
    }

    /// Whether callbacks of this method have a body: POST and PUT.
    pub fn has_body(self) -> bool {
        matches!(self, Method::Post | Method::Put)
    }
}

/// The method of this name, in either case for a stored profile.
pub(crate) fn named(text: &str, is_stored: bool) -> Option<Method> {
    let is_name = |method: &&Method| match is_stored {
        true => method.name().eq_ignore_ascii_case(text),
        false => method.name() == text,
    };
    Method::ALL.iter().find(is_name).copied()
}
