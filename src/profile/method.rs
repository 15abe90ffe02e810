//! `http_method`: exactly GET, POST, PUT or DELETE. \[D\]

use super::check::Check;
use crate::json::Value;
use crate::report::{Pointer, Rule};

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

/// Stored profiles show the method in either case, as the settings page does; create payloads do not. \[D\]
pub(crate) fn check(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Method> {
    let method = check.string(value, place).and_then(|text| named(text, check.is_stored()));
    if method.is_none() {
        check.violations.add(place, Rule::one_of_the_allowed_values());
    }
    method
}

/// The method of this name, in either case for a stored profile.
pub(crate) fn named(text: &str, is_stored: bool) -> Option<Method> {
    let is_name = |method: &&Method| match is_stored {
        true => method.name().eq_ignore_ascii_case(text),
        false => method.name() == text,
    };
    Method::ALL.iter().find(is_name).copied()
}
