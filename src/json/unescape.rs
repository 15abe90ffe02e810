//! Strings that hold escapes, decoded (RFC 8259 §7).
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "lengths are those of what was just read of the text"
)]

use super::error::JsonProblem;
use super::names::hint;
use super::node::{Kind, Node, fingerprint};
use super::reading::{Reader, Stop};
use super::scan::ordinary_len;
use super::surrogates::Surrogates;

/// Bytes of `uXXXX`.
const UNICODE_ESCAPE_LEN: usize = 5;

/// Bytes of the first buffer for decoded strings.
const SMALLEST_ROOM: usize = 128;

impl<'a> Reader<'a> {
    /// Decodes a string, after its opening quote; with its [`hint`], if it is a name.
    #[cold]
    pub(super) fn escaped_string(
        &mut self,
        inside: &'a [u8],
        is_name: bool,
    ) -> Result<(&'a [u8], u32), Stop> {
        let start = self.offset(inside);
        let link = self.nodes.decoded.len();
        let mut rest = inside;
        let after = loop {
            let (from, len) = (self.offset(rest) as usize, ordinary_len(rest));
            self.make_room(len);
            self.nodes.decoded.push_str(&self.text[from..from + len]);
            rest = &rest[len..];
            rest = match rest {
                [b'"', after @ ..] => break after,
                [b'\\', escape @ ..] => {
                    let (character, len) = match (unescaped(escape), self.surrogates) {
                        (Err(JsonProblem::LoneSurrogate), Surrogates::Replace) => {
                            (char::REPLACEMENT_CHARACTER, UNICODE_ESCAPE_LEN)
                        }
                        (result, _) => result.map_err(|problem| Stop::at(rest, problem))?,
                    };
                    self.nodes.decoded.push(character);
                    &escape[len..]
                }
                [] => return Err(Stop::at(rest, JsonProblem::UnexpectedEnd)),
                _ => return Err(Stop::at(rest, JsonProblem::ControlCharacter)),
            };
        };
        let decoded = &self.nodes.decoded.as_bytes()[link..];
        let fingerprint = if is_name { fingerprint(decoded) } else { 0 };
        let (len, link) = (decoded.len() as u32, link as u32);
        self.nodes.list.push(Node { kind: Kind::String, escaped: true, fingerprint, start, len, link });
        Ok((after, hint(len, fingerprint)))
    }

    /// Makes room to append `len` bytes and a character. The smaller buffer is wiped when a larger one follows, so that no
    /// copy of the text is left in freed memory.
    fn make_room(&mut self, len: usize) {
        let decoded = &self.nodes.decoded;
        let needed = decoded.len().saturating_add(len).saturating_add(char::MAX.len_utf8());
        if needed > decoded.capacity() {
            let capacity = needed.max(decoded.capacity().saturating_mul(2)).max(SMALLEST_ROOM);
            let mut larger = String::with_capacity(capacity);
            larger.push_str(decoded);
            self.nodes.wipe();
            self.nodes.decoded = larger;
        }
    }
}

/// The character that what follows a backslash means, and how many bytes that is.
fn unescaped(escape: &[u8]) -> Result<(char, usize), JsonProblem> {
    Ok(match escape.first() {
        Some(b'"') => ('"', 1),
        Some(b'\\') => ('\\', 1),
        Some(b'/') => ('/', 1),
        Some(b'b') => ('\u{8}', 1),
        Some(b'f') => ('\u{C}', 1),
        Some(b'n') => ('\n', 1),
        Some(b'r') => ('\r', 1),
        Some(b't') => ('\t', 1),
        Some(b'u') => return unicode(escape),
        Some(_) => return Err(JsonProblem::InvalidEscape),
        None => return Err(JsonProblem::UnexpectedEnd),
    })
}

/// `uXXXX`, or the two of a surrogate pair.
fn unicode(escape: &[u8]) -> Result<(char, usize), JsonProblem> {
    let first = hex_unit(escape.get(1..5))?;
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Ok((character, UNICODE_ESCAPE_LEN));
    }
    if first >= 0xDC00 || escape.get(5..7) != Some(b"\\u") {
        return Err(JsonProblem::LoneSurrogate);
    }
    let second = hex_unit(escape.get(7..11))?;
    match char::decode_utf16([first, second]).next() {
        Some(Ok(character)) => Ok((character, 11)),
        _ => Err(JsonProblem::LoneSurrogate),
    }
}

/// Four hexadecimal digits.
fn hex_unit(digits: Option<&[u8]>) -> Result<u16, JsonProblem> {
    let digits = digits.ok_or(JsonProblem::UnexpectedEnd)?;
    digits.iter().try_fold(0u16, |unit, digit| {
        let digit = char::from(*digit).to_digit(16).ok_or(JsonProblem::InvalidEscape)?;
        Ok((unit << 4) | digit as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Nodes, Text};
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn lone_surrogates_are_refused_or_replaced() {
        let read = |json: &str, surrogates| {
            let limits = Limits::default();
            let document = Document::read_in(
                Text::Bytes(json.as_bytes()),
                usize::MAX,
                &limits,
                surrogates,
                Nodes::default(),
            );
            document.map(|document| document.root().to_compact()).map_err(|error| error.problem())
        };
        for (json, replaced) in [
            (r#""\ud83d""#, "\u{FFFD}"),
            (r#""\uDE00""#, "\u{FFFD}"),
            (r#""a\ud83db""#, "a\u{FFFD}b"),
            (r#""\ud83d\n""#, "\u{FFFD}\\n"),
            (r#""\ud83d\u0041""#, "\u{FFFD}A"),
            (r#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (r#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
            (r#""\ud83d\ude00\ude00""#, "😀\u{FFFD}"),
        ] {
            assert_eq!(read(json, Surrogates::Refuse), Err(JsonProblem::LoneSurrogate), "{json}");
            assert_eq!(read(json, Surrogates::Replace), Ok(format!("\"{replaced}\"")), "{json}");
        }
        for surrogates in Surrogates::ALL {
            assert_eq!(read(r#""\ud83d\ude00""#, *surrogates), Ok("\"😀\"".to_owned()));
            for (json, problem) in [
                (r#""\ud83d\u00zz""#, JsonProblem::InvalidEscape),
                (
                    r#""\ud83d\x""#,
                    if *surrogates == Surrogates::Refuse {
                        JsonProblem::LoneSurrogate
                    } else {
                        JsonProblem::InvalidEscape
                    },
                ),
                (r#""\ud8""#, JsonProblem::UnexpectedEnd),
            ] {
                assert_eq!(read(json, *surrogates), Err(problem), "{json}");
            }
        }
        // Names are compared after unescaping.
        let names = r#"{"\ud83d":1,"\ude00":2}"#;
        assert_eq!(read(names, Surrogates::Replace), Err(JsonProblem::DuplicateName));
        let other = r#"{"\ud83d":1,"\ud83d\ude00":2}"#;
        assert_eq!(read(other, Surrogates::Replace), Ok("{\"\u{FFFD}\":1,\"😀\":2}".to_owned()));
    }

    /// A buffer that grew by itself would leave a copy of its text in freed memory.
    #[test]
    fn room_is_made_before_it_is_needed() {
        // An escape of one byte, then so many plain ones, and four for the next character.
        for (plain, capacity) in [(0, 128), (123, 128), (124, 256), (251, 256), (252, 257), (1000, 1005)] {
            let text = format!("\"\\n{}\"", "a".repeat(plain));
            let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(document.nodes.decoded.len(), plain + 1);
            assert_eq!(document.nodes.decoded.capacity(), capacity, "{plain} plain bytes");
        }
    }
}
