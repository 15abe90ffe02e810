//! `{"label": "field"}` in a text: a JSON object of one member whose value is a string that is not empty.

use std::borrow::Cow;

use crate::json::{Document, ordinary_len};
use crate::limits::Limits;

/// The parts of a pair. The three last ones in a row are its text.
pub(super) struct PairText<'t> {
    /// Unescaped.
    pub(super) label: Cow<'t, str>,
    /// Unescaped; never empty.
    pub(super) field: Cow<'t, str>,
    pub(super) before_value: &'t str,
    pub(super) value: &'t str,
    pub(super) after_value: &'t str,
}

impl<'t> PairText<'t> {
    /// The pair at the start of `text` and its length; `None` if there is none.
    pub(super) fn at_start_of(text: &'t str) -> Option<(PairText<'t>, usize)> {
        let label = after_blanks(text.strip_prefix('{')?);
        let (label_len, label_is_plain) = json_string(label)?;
        let value_and_rest = after_blanks(after_blanks(label.get(label_len..)?).strip_prefix(':')?);
        let (value_len, value_is_plain) = json_string(value_and_rest)?;
        let (value, after) = value_and_rest.split_at_checked(value_len)?;
        let end = after_blanks(after).strip_prefix('}')?;

        // Split by lengths: `strip_suffix` would compare the whole rest of the text, once per pair.
        let until = |rest: &str| text.get(..text.len().checked_sub(rest.len())?);
        let whole = until(end)?;
        let (label, field) = if label_is_plain && value_is_plain {
            (Cow::Borrowed(unquoted(label.get(..label_len)?)?), Cow::Borrowed(unquoted(value)?))
        } else {
            // What holds escapes is read by the one JSON reader, which also refuses what is no JSON in it.
            let limits = Limits { payload_bytes: usize::MAX, ..Limits::default() };
            let document = Document::read(whole.as_bytes(), &limits).ok()?;
            let (label, field) = document.root().members().next()?;
            (Cow::Owned(label.to_owned()), Cow::Owned(field.as_str()?.to_owned()))
        };
        if field.is_empty() {
            return None;
        }
        let before_value = until(value_and_rest)?;
        let after_value = after.get(..after.len().checked_sub(end.len())?)?;
        Some((PairText { label, field, before_value, value, after_value }, whole.len()))
    }
}

fn after_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

fn unquoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// The length of the quoted string at the start of `text`, with its quotes, and whether it means itself: no escapes and
/// no control characters.
fn json_string(text: &str) -> Option<(usize, bool)> {
    let inside = text.strip_prefix('"')?.as_bytes();
    let plain = ordinary_len(inside);
    if inside.get(plain) == Some(&b'"') {
        return Some((plain.checked_add(2)?, true));
    }
    let mut escaped = false;
    let len = inside.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some((len.checked_add(2)?, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Label, field and the text after the pair.
    fn pair(text: &str) -> Option<(String, String, &str)> {
        let (pair, len) = PairText::at_start_of(text)?;
        let (whole, rest) = text.split_at(len);
        assert_eq!([pair.before_value, pair.value, pair.after_value].concat(), whole);
        Some((pair.label.into_owned(), pair.field.into_owned(), rest))
    }

    #[test]
    fn a_pair_is_json_with_one_text() {
        for (text, label, field, rest) in [
            ("{\"name\": \"first_name\"}.", "name", "first_name", "."),
            ("{ \"a\"\n:\t\"b\"\r}", "a", "b", ""),
            ("{\"\":\"b\"}", "", "b", ""),
            ("{\"\\u0061\": \"\\u0062\"}}", "a", "b", "}"),
            (r#"{"a\"b": "c\\"}"#, "a\"b", "c\\", ""),
            (r#"{"a\\": "\\\"b"}"#, "a\\", "\\\"b", ""),
            ("{\"a{\": \"}\"}", "a{", "}", ""),
        ] {
            assert_eq!(pair(text), Some((label.to_owned(), field.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn what_is_nearly_a_pair_is_none() {
        for text in [
            "",
            "{",
            "{}",
            "{\"a\"}",
            "{\"a\": 1}",
            "{\"a\": null}",
            "{\"a\": \"\"}",
            "{\"a\" \"b\"}",
            "{\"a\": \"b\"",
            "{\"a\": \"b\", }",
            "{\"a\": \"b\", \"c\": \"d\"}",
            "{\"a\": {\"b\": \"c\"}}",
            "{'a': 'b'}",
            "{a: \"b\"}",
            "{\"\\x\": \"b\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": \"\n\"}",
            "{\u{A0}\"a\": \"b\"}",
            " {\"a\": \"b\"}",
            "\"a\": \"b\"}",
        ] {
            assert_eq!(pair(text), None, "{text}");
        }
    }

    #[test]
    fn the_limit_of_payloads_is_none_of_pairs() {
        let label = "a".repeat(Limits::default().payload_bytes);
        let text = format!("{{\"{label}\\n\": \"b\"}}");
        assert_eq!(pair(&text), Some((format!("{label}\n"), "b".to_owned(), "")));
    }
}
