//! `body`: a JSON object, or a string that holds one. \[D\]

use super::context::{Check, Source};
use crate::body::count_replacers;
use crate::json::Value;
use crate::report::{Pointer, Refused};

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Source<'d>, Refused> {
    let source = check.object_or_text(value, pointer)?;
    check.count_replacers(count_replacers(source.object()), pointer);
    Ok(source)
}
