//! What a sealed callback repeats outside for routers: the parameters that `enc.params` does not name. A receiver uses what
//! was sealed alone, and refuses a copy that differs.

use crate::Error;
use crate::bug::bug;
use crate::json::{ArrayWriter, Document, Kind, ObjectWriter, Output, Value};
use crate::limits::Limits;
use crate::selection::Selection;

/// Reads parameters that were written as JSON before.
pub(super) fn read_parameters(json: &[u8]) -> Result<Document<'_>, Error> {
    Document::read_own(json).map_err(|_| bug("parameters are written as JSON"))
}

/// Appends a value without the members that are selected in it.
pub(super) fn push_copy(out: &mut impl Output, value: Value<'_>, selection: &Selection) {
    match value.kind() {
        Kind::Object => {
            let mut object = ObjectWriter::new(out);
            for (name, member) in value.members() {
                let selection = selection.within(name);
                if !selection.takes_value() {
                    push_copy(object.member(name), member, &selection);
                }
            }
            object.finish();
        }
        Kind::Array => {
            let mut array = ArrayWriter::new(out);
            value.elements().for_each(|element| push_copy(array.element(), element, selection));
            array.finish();
        }
        _ => value.write_compact(out),
    }
}

/// Whether a readable value is a copy of a sealed one: the same, but that objects may lack members.
pub(super) fn is_copy(copy: Value<'_>, sealed: Value<'_>) -> bool {
    if copy.kind() != sealed.kind() {
        return false;
    }
    match copy.kind() {
        Kind::Object => {
            copy.members().all(|(name, copy)| sealed.get(name).is_some_and(|sealed| is_copy(copy, sealed)))
        }
        Kind::Array => {
            copy.len() == sealed.len()
                && copy.elements().zip(sealed.elements()).all(|(copy, sealed)| is_copy(copy, sealed))
        }
        // Numbers are compared as they are written: 1.0 is another text than 1.
        _ => copy.as_str() == sealed.as_str() && copy.number_text() == sealed.number_text(),
    }
}

/// Whether a readable text of a form is a copy of a sealed one: the same, or JSON text whose value is a copy.
pub(super) fn is_copy_of_text(copy: &str, sealed: &str, limits: &Limits) -> bool {
    let read = |text| Document::read_at_most(str::as_bytes(text), limits.received_bytes, limits).ok();
    copy == sealed
        || copy.starts_with(['{', '['])
            && read(copy).zip(read(sealed)).is_some_and(|(copy, sealed)| is_copy(copy.root(), sealed.root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_lacks_what_is_selected_and_is_recognised() {
        let json = r#"{"a":1,"b":{"c":"x","d":[{"e":1,"f":2},3]},"g":null}"#;
        let params: Vec<String> = ["a", "b.d.e"].map(str::to_owned).into();
        let document = read_parameters(json.as_bytes()).unwrap();
        let mut copy = String::new();
        push_copy(&mut copy, document.root(), &Selection::of_params(Some(&params)));
        assert_eq!(copy, r#"{"b":{"c":"x","d":[{"f":2},3]},"g":null}"#);
        for copy in [&copy, json, "{}", r#"{"g":null,"b":{}}"#] {
            assert!(is_copy_of_text(copy, json, &Limits::default()), "{copy}");
        }
        for other in [
            r#"{"a":1.0}"#,
            r#"{"a":"1"}"#,
            r#"{"g":false}"#,
            r#"{"h":null}"#,
            r#"{"b":{"d":[{"e":1}]}}"#,
            r#"{"b":{"d":[{"e":2},3]}}"#,
            r#"{"b":{"c":"y"}}"#,
            "[]",
            "{",
            "",
        ] {
            assert!(!is_copy_of_text(other, json, &Limits::default()), "{other}");
        }
    }
}
