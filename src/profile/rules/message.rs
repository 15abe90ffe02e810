//! `response_message`: a string, with both kinds of replacers. \[D\]

use super::context::Check;
use crate::json::Value;
use crate::replacer::{Grammar, count};
use crate::report::Pointer;

/// The text.
pub(super) fn check<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<&'d str> {
    let text = check.string(value, place)?;
    check.count_replacers(count(text, Grammar::NamesAndPairs), place);
    Some(text)
}
