//! `http_method`: exactly GET, POST, PUT or DELETE. \[D\]

use super::context::Check;
use crate::json::Value;
use crate::profile::method::Method;
use crate::report::{Pointer, Refused, Rule};

pub(super) fn check(
    value: Value<'_>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Method, Refused> {
    let method = check.string(value, pointer).ok().and_then(|name| named(name, check));
    method.ok_or_else(|| check.violations.add(pointer, Rule::one_of(Method::NAMES)))
}

/// The method of this name. Stored profiles show it in either case, as the settings page does; create payloads do not.
/// \[D\]
pub(super) fn named(name: &str, check: &Check<'_>) -> Option<Method> {
    match check.is_stored() {
        false => Method::from_name(name),
        true => Method::ALL.iter().copied().find(|method| method.name().eq_ignore_ascii_case(name)),
    }
}
