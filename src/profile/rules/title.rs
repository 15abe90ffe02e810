//! `title`: at least three of letters, digits, space, hyphen and underscore. \[D\]

use super::context::Check;
use crate::ascii::Kinds;
use crate::json::Value;
use crate::report::{Pointer, Refused, Rule};

/// The pattern in the platform's message; checked by kinds of bytes, which is the same set.
pub(crate) const TITLE_PATTERN: &str = "^[a-zA-Z0-9 _-]+$";

const SHORTEST: usize = 3;

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<&'d str, Refused> {
    let title = check.string(value, pointer)?;
    let before = check.violations.found();
    // Characters are code points, as Ajv counts them.
    if title.chars().take(SHORTEST).count() < SHORTEST {
        check.violations.add(pointer, Rule::at_least_characters(SHORTEST));
    }
    if title.is_empty() || !Kinds::of(title).are_within(Kinds::TITLE) {
        check.violations.add(pointer, Rule::pattern(TITLE_PATTERN));
    }
    check.violations.none_since(before)?;
    Ok(title)
}
