//! How a value is written into its context: one function for each.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::json::{Output, push_string_content};

/// The context of a substituted value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// The text itself: messages, headers (checked afterwards), plaintexts, form fields.
    None,
    /// The inside of a JSON string.
    Json,
    /// A path segment or query value.
    Percent,
}

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends `text` percent-encoded for a path segment or a query name or value.
pub(crate) fn push_query(out: &mut impl Output, text: &[u8]) {
    for piece in percent_encode(text, RESERVED) {
        out.append(piece);
    }
}

impl Escape {
    /// Appends `text` in this context.
    #[inline]
    pub(crate) fn push(self, out: &mut impl Output, text: &str) {
        match self {
            Escape::None => out.append(text),
            Escape::Json => push_string_content(out, text),
            Escape::Percent => push_query(out, text.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_encoded_value_keeps_unreserved_characters_only() {
        for character in (0..=0x17F_u32).filter_map(char::from_u32) {
            let mut out = Vec::new();
            Escape::Percent.push(&mut out, &character.to_string());
            let unreserved = character.is_ascii_alphanumeric() || "-._~".contains(character);
            assert_eq!(out[0] == b'%', !unreserved, "{character:?}");
            let decoded = percent_encoding::percent_decode(&out).decode_utf8().unwrap().into_owned();
            assert_eq!(decoded, character.to_string());
        }
    }
}
