//! `body`: a JSON object, or a string that holds one, \[D\] with names that its content type can carry.

use std::collections::BTreeSet;

use super::context::{Check, Source};
use crate::body::{ContentKind, count_replacers, multipart};
use crate::json::Value;
use crate::replacer::TextOf;
use crate::report::{AdvisoryCode, Pointer, Refused, Rule};

pub(super) fn check<'d>(
    value: Value<'d>,
    pointer: Pointer<'_>,
    check: &mut Check<'_>,
) -> Result<Source<'d>, Refused> {
    let source = check.object_or_text(value, pointer)?;
    let before = check.violations.found();
    check.count_replacers(count_replacers(source.object()), pointer);
    if check.sends_body && check.content_kind == ContentKind::Multipart {
        check_field_names(source.object(), pointer, check);
    }
    if check.notes() {
        note_suspicious(source.object(), pointer, check);
    }
    check.violations.none_since(before)?;
    Ok(source)
}

/// Advises on every string and member's name of the body that looks like a replacer and is none.
fn note_suspicious(value: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    if let Some(text) = value.as_str() {
        check.note_suspicious(text, TextOf::Value, pointer);
    }
    for (name, member) in value.members() {
        let pointer = pointer.member(name);
        check.note_suspicious(name, TextOf::MemberName, pointer);
        note_suspicious(member, pointer, check);
    }
    for (index, element) in value.elements().enumerate() {
        note_suspicious(element, pointer.element(index), check);
    }
}

/// The names of a multipart body stand between quotes, where readers see no controls and `"` is written `%22`.
fn check_field_names(object: Value<'_>, pointer: Pointer<'_>, check: &mut Check<'_>) {
    let mut names = BTreeSet::new();
    for (name, _) in object.members() {
        let pointer = pointer.member(name);
        if name.chars().any(|character| character.is_ascii_control()) {
            let rule =
                Rule::new("field_name", "must have a name without control characters in a multipart body");
            check.violations.add(pointer, rule);
        } else if name.eq_ignore_ascii_case("_charset_") {
            // RFC 7578 section 4.6: readers take its value for the charset of the others; some in any case of letters.
            let rule = Rule::new("field_name", "must NOT have the name _charset_ in a multipart body");
            check.violations.add(pointer, rule);
        } else if !names.insert(multipart::escaped(name)) {
            let text = "must NOT have a name that another one equals once its quotes are written %22";
            check.violations.add(pointer, Rule::new("field_name", text));
        } else if name.ends_with('\\') {
            check.note(AdvisoryCode::AmbiguousName, pointer);
        }
    }
}
