//! Names: what is between `<` and `>`, and how it leads to a value of a record.
//!
//! A name is keys of `[A-Za-z_][A-Za-z0-9_-]*` joined by dots, each followed by any number of subscripts: `[0]` is an
//! index. `[n]`, as the documents spell it, is none: a name that has it can only be a member of exactly this name.

use crate::json::Value;

/// The name, if the text is one whole `<name>`.
pub(crate) fn whole_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?.strip_suffix('>')?;
    is_name(name).then_some(name)
}

/// The value that the path reading of a name leads to from `root`. What is not well formed has no path reading.
pub(super) fn follow<'d>(root: Value<'d>, name: &str) -> Option<Value<'d>> {
    // One key is the whole name, and nothing more to follow.
    if is_key(name) {
        return None;
    }
    let mut value = root;
    read(name, |part| {
        value = match part {
            Part::Key(key) => value.get(key)?,
            Part::Index(index) => value.element(index)?,
            Part::Letter => return None,
        };
        Some(())
    })?;
    Some(value)
}

/// The length of the `<name>` at the start of `text`; `None` if there is none.
#[inline]
pub(super) fn name_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let len = inside.bytes().position(|byte| !is_path_byte(byte))?;
    let (name, after) = inside.split_at_checked(len)?;
    (after.starts_with('>') && is_name(name)).then(|| len.saturating_add(2))
}

/// Whether a text is a well-formed name.
pub(super) fn is_name(text: &str) -> bool {
    is_key(text) || read(text, |_| Some(())).is_some()
}

/// Whether a text is one key, without dots and subscripts.
fn is_key(text: &str) -> bool {
    starts_key(text) && text.bytes().all(is_key_byte)
}

fn starts_key(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

fn is_path_byte(byte: u8) -> bool {
    is_key_byte(byte) || matches!(byte, b'.' | b'[' | b']')
}

/// A part of a name.
enum Part<'n> {
    Key(&'n str),
    Index(usize),
    /// `[n]`.
    Letter,
}

/// Passes the parts of a name to `part`, one after the other. `None` if the name is not well formed, which may turn out
/// after some parts, or if `part` gives none.
fn read<'n>(name: &'n str, mut part: impl FnMut(Part<'n>) -> Option<()>) -> Option<()> {
    let mut rest = name;
    loop {
        let len = rest.bytes().position(|byte| !is_key_byte(byte)).unwrap_or(rest.len());
        let (key, mut after) = rest.split_at_checked(len)?;
        if !starts_key(key) {
            return None;
        }
        part(Part::Key(key))?;
        while let Some(subscripts) = after.strip_prefix('[') {
            let (subscript, behind) = subscripts.split_once(']')?;
            part(match subscript.parse() {
                _ if is_key(subscript) => Part::Letter,
                _ if subscript.is_empty() || !subscript.bytes().all(|byte| byte.is_ascii_digit()) => {
                    return None;
                }
                Ok(index) => Part::Index(index),
                // No array has so many elements, whatever the size of an address.
                Err(_) => Part::Index(usize::MAX),
            })?;
            after = behind;
        }
        if after.is_empty() {
            return Some(());
        }
        rest = after.strip_prefix('.')?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use crate::limits::Limits;

    #[test]
    fn names_are_keys_with_dots_and_subscripts() {
        for name in [
            "a",
            "_",
            "A-b_9",
            "a.b.c",
            "a[0]",
            "a[00]",
            "m[1][2]",
            "entry[0].changes[0].value",
            "a[0].b",
            "parts[n]",
            "parts[n][0].x",
            "a[99999999999999999999999]",
        ] {
            assert!(is_name(name), "{name}");
            let text = format!("<{name}>");
            assert_eq!(name_len(&text), Some(text.len()), "{name}");
            assert_eq!(name_len(&format!("{text}>.")), Some(text.len()), "{name}");
            assert_eq!(whole_name(&text), Some(name));
        }
        for name in [
            "",
            "1",
            "-a",
            ".a",
            "a.",
            "a..b",
            "a[]",
            "a[-1]",
            "a[0",
            "a]",
            "a[0]]",
            "a[[0]]",
            "[0]",
            "a.[0]",
            "a[0]b",
            "a[1n]",
            "a[0 ]",
            "a b",
            " a",
            "a ",
            "ä",
            "a:b",
            "items.0.name",
        ] {
            assert!(!is_name(name), "{name}");
            assert_eq!(name_len(&format!("<{name}>")), None, "{name}");
            assert!(whole_name(&format!("<{name}>")).is_none(), "{name}");
        }
        for text in ["<a", "<a<b>", "a>", "", "<", "<a b>"] {
            assert_eq!(name_len(text), None, "{text}");
        }
    }

    #[test]
    fn a_path_is_followed_step_by_step() {
        let text = br#"{"a":{"b":[{"c":1},[2,[3]]]},"m":[[10,11],[12,13]],"parts":[4],"0":5,"x.y":6}"#;
        let document = Document::read(text, &Limits::default()).unwrap();
        let followed = |name: &str| follow(document.root(), name).map(|value| value.to_compact());
        for (name, value) in [
            ("a.b[0].c", Some("1")),
            ("a.b[1][0]", Some("2")),
            ("a.b[1][1][0]", Some("3")),
            ("a.b[1][1]", Some("[3]")),
            ("m[1][0]", Some("12")),
            ("m[01][00]", Some("12")),
            ("m[2]", None),
            ("m[1][2]", None),
            ("m.a", None),
            ("m[0].a", None),
            ("a[0]", None),
            ("parts[0]", Some("4")),
            ("parts[n]", None),
            ("parts[0][n]", None),
            ("parts[18446744073709551616]", None),
            // One key is the whole name; what is not well formed has no path reading.
            ("m", None),
            ("a.0", None),
            ("a..b", None),
            ("", None),
        ] {
            assert_eq!(followed(name).as_deref(), value, "{name}");
        }
    }
}
