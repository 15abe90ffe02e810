//! `multipart/form-data` (RFC 7578): field names here, bodies [written](write) and [read](read).

mod part;
mod read;
mod write;

use std::collections::BTreeMap;

pub(crate) use read::parse;
pub(crate) use write::{choose_boundary, push, push_content_type};

/// How a character is written that would end a name (WHATWG "multipart/form-data encoding").
const ESCAPES: [(u8, &str); 3] = [(b'"', "%22"), (b'\r', "%0D"), (b'\n', "%0A")];

/// The fields that a profile has, by their names between the quotes.
pub(crate) struct Names<'n>(BTreeMap<Vec<u8>, &'n str>);

impl<'n> Names<'n> {
    /// Of several names that look alike between quotes, the first is known.
    pub(crate) fn of(names: impl IntoIterator<Item = &'n str>) -> Names<'n> {
        let mut known = BTreeMap::new();
        for name in names {
            let mut quoted = Vec::with_capacity(name.len());
            push_escaped(&mut quoted, name);
            known.entry(quoted).or_insert(name);
        }
        Names(known)
    }

    /// The name of the field that is received as `quoted`; `None` where readers disagree about it.
    ///
    /// Some take a backslash for itself and others for the start of a pair, some drop outer blanks or a byte order mark,
    /// some take the empty name for none, some decode the words of RFC 2047 (`=?utf-8?q?name?=`), some undo the escapes
    /// of line ends. Only a name of the profile tells what was meant: its sender writes the escapes above, and everything
    /// else as it is. A quote has one escape, and no other meaning is likely.
    fn read(&self, quoted: &str) -> Option<String> {
        let known = self.0.get(quoted.as_bytes()).map(|name| (*name).to_owned());
        known.or_else(|| (!is_ambiguous(quoted)).then(|| quoted.replace("%22", "\"")))
    }
}

fn is_ambiguous(quoted: &str) -> bool {
    let is_dropped = |character: char| character.is_whitespace() || character == '\u{feff}';
    let in_upper_case = quoted.to_ascii_uppercase();
    quoted.is_empty()
        || quoted.trim_matches(is_dropped) != quoted
        || ["\\", "=?", "%0D", "%0A"].iter().any(|sign| in_upper_case.contains(sign))
}

/// Appends a field's name as it is written between quotes.
fn push_escaped(out: &mut Vec<u8>, name: &str) {
    for byte in name.bytes() {
        match ESCAPES.iter().find(|(escaped, _)| *escaped == byte) {
            Some((_, escape)) => out.extend_from_slice(escape.as_bytes()),
            None => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_readers_disagree_about_is_one_of_the_profile_or_none() {
        let names = Names::of(["=?a", " h", "a\"b", "c%0Ad", "e\\", "f\\\"g", "f\\%22g", "\r\n"]);
        for (quoted, name) in [
            ("a%22b", Some("a\"b")),
            ("c%0Ad", Some("c%0Ad")),
            ("e\\", Some("e\\")),
            ("f\\%22g", Some("f\\\"g")),
            ("%0D%0A", Some("\r\n")),
            ("z", Some("z")),
            ("", None),
            ("100%", Some("100%")),
            ("%41%2", Some("%41%2")),
            ("é%", Some("é%")),
            ("%é2", Some("%é2")),
            ("a%22c", Some("a\"c")),
            ("%22", Some("\"")),
            ("c%0ad", None),
            ("%%0d", None),
            ("\\", None),
            ("=?a", Some("=?a")),
            ("=?b", None),
            (" h", Some(" h")),
            ("h", Some("h")),
            ("h ", None),
            ("\u{a0}h", None),
            ("\u{feff}h", None),
            ("h\u{85}", None),
            ("\t", None),
            ("i\tj k", Some("i\tj k")),
            ("?=", Some("?=")),
            ("e\\\\", None),
        ] {
            assert_eq!(names.read(quoted).as_deref(), name, "{quoted}");
        }
    }
}
