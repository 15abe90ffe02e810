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
        Method::ALL.iter().find(|method| method.name() == name).copied()
    }

    /// Whether callbacks of this method have a body: POST and PUT.
    pub fn has_body(self) -> bool {
        matches!(self, Method::Post | Method::Put)
    }
}

/// Stored profiles show the method in either case, as the settings page does; create payloads do not. \[D\]
pub(crate) fn check(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Method> {
    let text = check.string(value, place);
    let matches = |method: &&Method| match check.is_stored() {
        true => text.is_some_and(|text| method.name().eq_ignore_ascii_case(text)),
        false => text == Some(method.name()),
    };
    let method = Method::ALL.iter().find(matches).copied();
    if method.is_none() {
        check.violations.add(place, Rule::one_of_the_allowed_values());
    }
    method
}
