//! JSON Pointers (RFC 6901), built only when something has to be said about a place.

use std::fmt::{self, Write};

/// A place in a payload: the root, or a member or element of another place.
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

    /// The parameter's name, `contacts[0].name`, cut off after 256 characters, since a stranger may have chosen it.
    pub(crate) fn to_parameter(self) -> String {
        let mut name = String::new();
        self.push_parameter(&mut name);
        match name.char_indices().nth(LONGEST_PARAMETER) {
            Some((end, _)) => {
                name.truncate(end);
                name
            }
            None => name,
        }
    }

    /// Appends the parameter's name.
    pub(crate) fn push_parameter(self, out: &mut String) {
        match self {
            Pointer::Root => {}
            Pointer::Member(Pointer::Root, name) => out.push_str(name),
            Pointer::Member(parent, name) => {
                parent.push_parameter(out);
                out.push('.');
                out.push_str(name);
            }
            Pointer::Element(parent, index) => {
                parent.push_parameter(out);
                // Writing to a string cannot fail.
                let _ = write!(out, "[{index}]");
            }
        }
    }
}

/// Longest name of a parameter in an error, in characters.
const LONGEST_PARAMETER: usize = 256;

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
    fn spells_places_as_rfc_6901_does() {
        let root = Pointer::Root;
        let headers = root.member("headers");
        assert_eq!(root.to_string(), "");
        assert_eq!(headers.member("a/b~c").to_string(), "/headers/a~1b~0c");
        assert_eq!(headers.element(3).to_string(), "/headers/3");
        let (contacts, first) = (root.member("contacts"), 0);
        assert_eq!(contacts.element(first).member("name").to_parameter(), "contacts[0].name");
    }
}
