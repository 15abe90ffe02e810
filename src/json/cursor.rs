//! Members of the root, looked up by many names: a callback asks for them mostly in the order of its record.
#![allow(clippy::arithmetic_side_effects, reason = "a document has fewer nodes than 32 bits can count")]

use super::document::{Document, Value};
use super::node::Kind;

/// A name to look up, with its fingerprint.
#[derive(Clone, Copy)]
pub(crate) struct Name<'n> {
    text: &'n str,
    fingerprint: u16,
}

impl<'n> Name<'n> {
    /// The fingerprint is that of the text.
    pub(crate) fn new(text: &'n str, fingerprint: u16) -> Name<'n> {
        Name { text, fingerprint }
    }

    pub(crate) fn text(&self) -> &'n str {
        self.text
    }
}

/// How many members after the expected one are looked at: records have members that a profile does not use.
const LOOKAHEAD: usize = 3;

/// Where the next member is expected, in one document.
#[derive(Clone, Copy)]
pub(crate) struct Cursor(u32);

impl Default for Cursor {
    /// The root's first member, whose name is the node after the root.
    fn default() -> Cursor {
        Cursor(1)
    }
}

impl Document<'_> {
    /// The root's member of this name, and the cursor moved to the member after it. Where the cursor was changes only
    /// how fast that is.
    #[inline]
    pub(crate) fn member(&self, name: &Name<'_>, cursor: &mut Cursor) -> Option<Value<'_>> {
        let value = self.member_at(name, *cursor).or_else(|| self.member_after(name, *cursor));
        let value = value.or_else(|| self.root().get(name.text))?;
        *cursor = Cursor(self.after(value.at));
        Some(value)
    }

    /// The member at the cursor, if it has this name.
    #[inline]
    fn member_at(&self, name: &Name<'_>, cursor: Cursor) -> Option<Value<'_>> {
        // After the last member there is no node.
        let member =
            *self.nodes.list.get(cursor.0 as usize).filter(|_| self.root().kind() == Kind::Object)?;
        let is_it = member.fingerprint == name.fingerprint && self.node_text(member) == name.text;
        is_it.then(|| Value { document: self, at: cursor.0 + 1 })
    }

    /// The member of this name among the next after the cursor.
    fn member_after(&self, name: &Name<'_>, mut cursor: Cursor) -> Option<Value<'_>> {
        for _ in 0..LOOKAHEAD {
            if self.nodes.list.len() <= cursor.0 as usize + 1 {
                return None; // the cursor is behind the last member
            }
            cursor = Cursor(self.after(cursor.0 + 1));
            let found = self.member_at(name, cursor);
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::fingerprint;
    use super::*;
    use crate::limits::Limits;

    fn name(text: &str) -> Name<'_> {
        Name::new(text, fingerprint(text.as_bytes()))
    }

    #[test]
    fn members_in_their_order_are_found_at_the_cursor() {
        let text = br#"{"a":1,"b":[2,{"c":3}],"a1bbbbmbbbyz":4,"a2bbbbmbbbyz":5}"#;
        let document = Document::read(text, &Limits::default()).unwrap();
        let (mut cursor, mut found) = (Cursor::default(), 0);
        for (text, value) in document.root().members() {
            assert_eq!(document.member_at(&name(text), cursor).unwrap().offset(), value.offset());
            // The last two have one fingerprint.
            for other in document.root().members().map(|(other, _)| other).chain(["", "c"]) {
                assert_eq!(
                    document.member_at(&name(other), cursor).is_some(),
                    other == text,
                    "{other} at {text}"
                );
            }
            assert_eq!(document.member(&name(text), &mut cursor).unwrap().offset(), value.offset());
            found += 1;
        }
        assert_eq!(found, 4);
        assert!(document.member_at(&name("a"), cursor).is_none());
    }

    #[test]
    fn members_that_nobody_asks_for_are_passed_over() {
        let text = br#"{"a":1,"b":[2,{"c":3}],"c":{"d":4},"d":5,"e":6,"f":7}"#;
        let document = Document::read(text, &Limits::default()).unwrap();
        let names: Vec<&str> = document.root().members().map(|(name, _)| name).collect();
        let (mut cursor, mut found) = (Cursor::default(), 0);
        for (at, current) in names.iter().enumerate() {
            for (index, other) in names.iter().enumerate() {
                let is_next = (at + 1..=at + LOOKAHEAD).contains(&index);
                let value = document.member_after(&name(other), cursor).map(Value::offset);
                let expected = is_next.then(|| document.root().get(other).unwrap().offset());
                assert_eq!(value, expected, "{other} at {current}");
                found += usize::from(is_next);
            }
            document.member(&name(current), &mut cursor).unwrap();
        }
        assert_eq!(found, 12);
        assert!(document.member_after(&name("a"), cursor).is_none());
    }

    #[test]
    fn the_cursor_changes_no_result() {
        let text = r#"{"a1bbbbmbbbyz":1,"a2bbbbmbbbyz":[2],"b":"c","d":{"e":1},"f":2,"g":[{"h":3}]}"#;
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        let names = ["a1bbbbmbbbyz", "a2bbbbmbbbyz", "a3bbbbmbbbyz", "b", "c", "d", "e", "f", "g", "h"];
        for first in names {
            for second in names {
                let mut cursor = Cursor::default();
                for text in [first, second] {
                    let found = document.member(&name(text), &mut cursor).map(Value::offset);
                    assert_eq!(
                        found,
                        document.root().get(text).map(Value::offset),
                        "{text} of {first}, {second}"
                    );
                }
            }
        }
    }

    #[test]
    fn only_objects_have_members() {
        for text in [r#"["b","a","a"]"#, r#""a""#, "1", "{}", "[]"] {
            let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
            assert!(document.member(&name("a"), &mut Cursor::default()).is_none(), "{text}");
        }
    }
}
