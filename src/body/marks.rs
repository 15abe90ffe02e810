//! Values of an opened body that are marked: by their offsets in the JSON text that was written, so that marking costs
//! next to nothing. Their names are worked out when somebody asks.

use crate::json::{Document, Kind, Value};
use crate::report::Pointer;

/// Offsets of values in a JSON text, in the order of the text.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks(Vec<usize>);

impl Marks {
    /// Marks the value that will be written at this offset, which is behind all earlier ones.
    pub(super) fn push(&mut self, offset: usize) {
        debug_assert!(self.0.last() < Some(&offset), "values are marked in the order of the text");
        self.0.push(offset);
    }

    /// Removes all marks but so many: what they mark was not written.
    pub(super) fn shorten(&mut self, len: usize) {
        self.0.truncate(len);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The names of the marked values as parameters: `contacts[0].name`. `json` is the text that was written.
    pub(crate) fn names(&self, json: &str) -> Vec<String> {
        let document = Document::read_own(json.as_bytes());
        debug_assert!(document.is_ok(), "what was opened is written as JSON");
        let mut names = Vec::with_capacity(self.0.len());
        if let Ok(document) = document {
            self.collect(document.root(), Pointer::Root, &mut names);
        }
        debug_assert_eq!(names.len(), self.0.len(), "every marked value is there");
        names
    }

    /// Appends the names of the marked values in a value. The next one to be found is that of `names.len()`.
    fn collect(&self, value: Value<'_>, pointer: Pointer<'_>, names: &mut Vec<String>) {
        let Some(next) = self.0.get(names.len()) else { return };
        // A string's offset is that of its text, behind the quote.
        let quote = usize::from(value.kind() == Kind::String);
        if value.offset().checked_sub(quote) == Some(*next) {
            names.push(pointer.to_parameter());
        }
        for (name, member) in value.members() {
            self.collect(member, pointer.member(name), names);
        }
        for (index, element) in value.elements().enumerate() {
            self.collect(element, pointer.element(index), names);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_values_are_found_by_their_offsets() {
        let json = r#"{"a":"x","é":[1,{"b":"y"},[]],"\"":null}"#;
        for (values, names) in [
            (&["\"x\""][..], &["a"][..]),
            (&["\"x\"", "1,", "\"y\"", "null"], &["a", "é[0]", "é[1].b", "\""]),
            (&["[1", "{\"b", "[]"], &["é", "é[1]", "é[2]"]),
            (&[], &[]),
        ] {
            let mut marks = Marks::default();
            values.iter().for_each(|value| marks.push(json.find(value).unwrap()));
            assert_eq!(marks.names(json), names);
            assert_eq!(marks.len(), names.len());
        }
    }
}
