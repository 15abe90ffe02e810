//! JSON Pointers (RFC 6901), written only when there is something to report.

use std::fmt;

/// Longest name of a parameter in an error, in characters: the name may come from outside.
const LONGEST_PARAMETER: usize = 256;

/// A pointer to a value: to the root, or to a member or element of what another pointer is to.
#[derive(Clone, Copy)]
pub(crate) enum Pointer<'a> {
    Root,
    Member(&'a Pointer<'a>, &'a str),
    Element(&'a Pointer<'a>, usize),
}

impl<'a> Pointer<'a> {
    pub(crate) fn member(&'a self, name: &'a str) -> Pointer<'a> {
        Pointer::Member(self, name)
    }

    pub(crate) fn element(&'a self, index: usize) -> Pointer<'a> {
        Pointer::Element(self, index)
    }

    /// The parameter's name, `contacts[0].name`: at most 256 characters of it, since a stranger may have chosen it.
    pub(crate) fn to_parameter(self) -> String {
        let mut name = String::new();
        self.push_parameter(&mut name, LONGEST_PARAMETER);
        name
    }

    /// Appends at most `room` characters of the parameter's name; returns the room that is left.
    fn push_parameter(self, out: &mut String, room: usize) -> usize {
        match self {
            Pointer::Root => room,
            Pointer::Member(Pointer::Root, name) => push_within(out, name, room),
            Pointer::Member(parent, name) => {
                let room = parent.push_parameter(out, room);
                let room = push_within(out, ".", room);
                push_within(out, name, room)
            }
            Pointer::Element(parent, index) => {
                let room = parent.push_parameter(out, room);
                push_within(out, &format!("[{index}]"), room)
            }
        }
    }
}

/// Appends at most `room` characters of a text and reads no further; returns the room that is left.
fn push_within(out: &mut String, text: &str, room: usize) -> usize {
    let characters = text.chars().take(room);
    out.extend(characters.clone());
    room.saturating_sub(characters.count())
}

/// A pointer that is written from its end: an error that comes up through arrays and objects gets a step from each.
#[cfg(feature = "serde")]
#[derive(Debug, Default)]
pub(crate) struct PointerBuf(Vec<String>);

#[cfg(feature = "serde")]
impl PointerBuf {
    /// The step that leads to what the pointer is relative to so far: a member's name or an index.
    pub(crate) fn put_in_front(&mut self, step: &str) {
        self.0.push(step.to_owned());
    }

    pub(crate) fn into_string(self) -> String {
        let root = Pointer::Root;
        self.0.iter().rev().map(|step| root.member(step).to_string()).collect()
    }
}

/// The spelling of RFC 6901 §3: `~` is `~0` and `/` is `~1`.
impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pointer::Root => Ok(()),
            Pointer::Member(parent, name) => {
                parent.fmt(f)?;
                f.write_str("/")?;
                if !name.contains(['~', '/']) {
                    return f.write_str(name);
                }
                f.write_str(&name.replace('~', "~0").replace('/', "~1"))
            }
            Pointer::Element(parent, index) => write!(f, "{parent}/{index}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_spelled_as_rfc_6901_says() {
        let root = Pointer::Root;
        let headers = root.member("headers");
        assert_eq!(root.to_string(), "");
        assert_eq!(headers.member("a/b~c").to_string(), "/headers/a~1b~0c");
        assert_eq!(headers.element(3).to_string(), "/headers/3");
        let contacts = root.member("contacts");
        assert_eq!(contacts.element(0).member("name").to_parameter(), "contacts[0].name");
        let long = "é".repeat(300);
        assert_eq!(root.member(&long).to_parameter().chars().count(), LONGEST_PARAMETER);
    }

    #[test]
    fn names_of_parameters_end_after_256_characters() {
        let (root, short, long) = (Pointer::Root, "é".repeat(254), "é".repeat(257));
        assert_eq!(root.member(&long).to_parameter(), "é".repeat(256));
        let parent = root.member(&short);
        assert_eq!(parent.member("xyz").to_parameter(), format!("{short}.x"));
        assert_eq!(parent.element(12).to_parameter(), format!("{short}[1"));
        assert_eq!(parent.element(1).member("x").element(0).to_parameter(), format!("{short}[1"));
    }
}
