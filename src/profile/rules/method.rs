//! `http_method`: exactly GET, POST, PUT or DELETE. \[D\]

use super::context::Check;
use crate::json::Value;
use crate::profile::method::{Method, named};
use crate::report::{Pointer, Rule};

/// Stored profiles show the method in either case, as the settings page does; create payloads do not. \[D\]
pub(crate) fn check(value: Value<'_>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Method> {
    let method = check.string(value, place).and_then(|text| named(text, check.is_stored()));
    if method.is_none() {
        check.violations.add(place, Rule::one_of_the_allowed_values());
    }
    method
}
