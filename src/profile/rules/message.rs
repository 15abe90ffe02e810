//! `response_message`: a string, with both kinds of replacers. \[D\]

use super::context::Check;
use crate::json::Value;
use crate::replacer::{Grammar, TextOf, count};
use crate::report::{Pointer, Refused};

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<&'d str, Refused> {
    let text = check.string(value, pointer)?;
    check.count_replacers(count(text, Grammar::NamesAndPairs), pointer);
    check.note_suspicious(text, TextOf::Message, pointer);
    Ok(text)
}
