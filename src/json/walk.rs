//! Writing a container child by child: what every transformation of a JSON tree has in common; and the one that changes
//! nothing.

use std::convert::Infallible;

use super::document::Value;
use super::node::Kind;
use super::write::{ArrayWriter, ObjectWriter, Output, push_string};

/// How a container leads to a child.
#[derive(Clone, Copy)]
pub(crate) enum Step<'d> {
    /// By a member's name.
    Member(&'d str),
    /// By an index.
    Element(usize),
}

/// Writes an object or array with its brackets, separators and names; each child is written by `child`.
pub(crate) fn write_children<'d, O: Output, E>(
    out: &mut O,
    container: Value<'d>,
    mut child: impl FnMut(&mut O, Step<'d>, Value<'d>) -> Result<(), E>,
) -> Result<(), E> {
    debug_assert!(matches!(container.kind(), Kind::Array | Kind::Object), "only containers have children");
    if container.kind() == Kind::Object {
        let mut object = ObjectWriter::new(out);
        for (name, value) in container.members() {
            child(object.member(name), Step::Member(name), value)?;
        }
        object.finish();
    } else {
        let mut array = ArrayWriter::new(out);
        for (index, value) in container.elements().enumerate() {
            child(array.element(), Step::Element(index), value)?;
        }
        array.finish();
    }
    Ok(())
}

impl Value<'_> {
    /// Appends the value as compact JSON: no blanks, strings escaped only where needed, numbers in their text.
    pub fn write_compact(self, out: &mut impl Output) {
        match self.kind() {
            Kind::Null => out.append("null"),
            Kind::False => out.append("false"),
            Kind::True => out.append("true"),
            Kind::Number => out.append(self.text()),
            Kind::String => push_string(out, self.text()),
            Kind::Array | Kind::Object => {
                let Ok(()) = write_children(out, self, |out, _, child| {
                    child.write_compact(out);
                    Ok::<(), Infallible>(())
                });
            }
        }
    }

    /// The value as compact JSON text.
    pub fn to_compact(self) -> String {
        let mut out = String::with_capacity(256);
        self.write_compact(&mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use crate::limits::Limits;

    #[test]
    fn children_are_written_in_order_and_an_error_ends_the_walk() {
        let text = r#"{"a":[1,{"b":null}],"\"c":"x"}"#;
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        fn copy(out: &mut String, value: Value<'_>, stop: bool) -> Result<(), ()> {
            match value.kind() {
                Kind::Array | Kind::Object => write_children(out, value, |out, step, value| match step {
                    Step::Element(1) if stop => Err(()),
                    _ => copy(out, value, stop),
                }),
                _ => {
                    out.append(&value.to_compact());
                    Ok(())
                }
            }
        }
        let mut out = String::new();
        assert_eq!(copy(&mut out, document.root(), false), Ok(()));
        assert_eq!(out, text);
        assert_eq!(copy(&mut out, document.root(), true), Err(()));
    }
}
