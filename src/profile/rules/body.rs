//! `body`: a JSON object, or a string that holds one. \[D\]

use super::context::{Check, Source};
use crate::body::count_replacers;
use crate::json::Value;
use crate::report::Pointer;

/// The object, wherever it was written.
pub(super) fn check<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Source<'d>> {
    let source = check.object_or_text(value, place)?;
    check.count_replacers(count_replacers(source.object()), place);
    Some(source)
}
