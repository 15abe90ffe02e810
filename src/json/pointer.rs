//! From a JSON Pointer (RFC 6901) to the value.

use std::borrow::Cow;

use super::document::Value;
use super::node::Kind;

impl<'d> Value<'d> {
    /// The value that a JSON Pointer (RFC 6901) leads to from here; `""` is this value. `None` if there is none, or if
    /// this is no pointer.
    ///
    /// ```
    /// use callback_profile::{Limits, json::Document};
    /// let document = Document::read(br#"{"contacts": [{"a/b": "x"}]}"#, &Limits::default()).unwrap();
    /// assert_eq!(document.root().pointer("/contacts/0/a~1b").unwrap().as_str(), Some("x"));
    /// assert!(document.root().pointer("/contacts/00").is_none());
    /// ```
    pub fn pointer(self, pointer: &str) -> Option<Value<'d>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, Value::step)
    }

    /// The child that one reference token of a JSON Pointer names: a member by its name with `~` as `~0` and `/` as `~1`,
    /// an element by its index without leading zeros.
    pub fn step(self, token: &str) -> Option<Value<'d>> {
        if self.kind() == Kind::Array {
            let is_index =
                token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
            return token.parse().ok().filter(|_| is_index).and_then(|index| self.element(index));
        }
        self.get(&unescape(token)?)
    }
}

/// The name that a token spells; `None` if a `~` is followed by neither 0 nor 1.
fn unescape(token: &str) -> Option<Cow<'_, str>> {
    if !token.contains('~') {
        return Some(Cow::Borrowed(token));
    }
    let mut name = String::with_capacity(token.len());
    let mut pieces = token.split('~');
    name.push_str(pieces.next()?);
    for piece in pieces {
        let (escaped, rest) = match piece.strip_prefix('0') {
            Some(rest) => ('~', rest),
            None => ('/', piece.strip_prefix('1')?),
        };
        name.push(escaped);
        name.push_str(rest);
    }
    Some(Cow::Owned(name))
}

#[cfg(test)]
mod tests {
    use crate::json::Document;
    use crate::limits::Limits;

    /// RFC 6901 §5, and what it forbids.
    #[test]
    fn pointers_of_the_rfc() {
        let text = r#"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
            " ": 7, "m~n": 8, "~1": 9, "0": 10, "s": "text"}"#;
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        for (pointer, compact) in [
            ("/foo", r#"["bar","baz"]"#),
            ("/foo/0", r#""bar""#),
            ("/", "0"),
            ("/a~1b", "1"),
            ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"),
            ("/i\\j", "5"),
            ("/k\"l", "6"),
            ("/ ", "7"),
            ("/m~0n", "8"),
            ("/~01", "9"),
            ("/0", "10"),
        ] {
            assert_eq!(document.root().pointer(pointer).unwrap().to_compact(), compact, "{pointer}");
        }
        assert_eq!(document.root().pointer("").unwrap().len(), 13);
        for pointer in [
            "foo", "/foo/", "/foo/2", "/foo/00", "/foo/01", "/foo/-", "/foo/+1", "/foo/0/", "/none", "/m~n",
            "/~", "/~2", "/s/0",
        ] {
            assert!(document.root().pointer(pointer).is_none(), "{pointer}");
        }
    }
}
