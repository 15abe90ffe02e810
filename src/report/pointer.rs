//! JSON Pointers (RFC 6901), written only when there is something to report.

use std::fmt::{self, Write};

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
}
