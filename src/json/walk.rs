//! Writing a container child by child: what every transformation of a JSON tree has in common.

use super::document::{Kind, Value};
use super::write::{Output, push_string};

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
        out.append("{");
        for (index, (name, value)) in container.members().enumerate() {
            if index > 0 {
                out.append(",");
            }
            push_string(out, name);
            out.append(":");
            child(out, Step::Member(name), value)?;
        }
        out.append("}");
    } else {
        out.append("[");
        for (index, value) in container.elements().enumerate() {
            if index > 0 {
                out.append(",");
            }
            child(out, Step::Element(index), value)?;
        }
        out.append("]");
    }
    Ok(())
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
