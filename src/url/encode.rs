//! Percent-encoding of the parts that a URL is put together from.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986: a value with nothing else in it never ends the part it is put in.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All that RFC 3986 does not allow in a path. The percent sign is looked at separately.
const PATH: &AsciiSet = &VALUE
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// All that RFC 3986 does not allow in a query or fragment.
const QUERY: &AsciiSet = &PATH.remove(b'?');

/// Appends a piece of the profile's own path: what RFC 3986 allows there stays, `%XX` too.
pub(crate) fn encode_literal_path(text: &str, out: &mut String) {
    encode_literal(text, PATH, out);
}

/// Appends a piece of the profile's own query: what RFC 3986 allows there stays, `%XX` too.
pub(crate) fn encode_literal_query(text: &str, out: &mut String) {
    encode_literal(text, QUERY, out);
}

/// Whether a path segment is `.` or `..`, encoded or not: clients remove such segments (RFC 3986, 5.2.4), and
/// encoding the dots does not stop those that follow WHATWG. A segment that became one by filling in a replacer must
/// not be sent.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots: u32 = 0;
    while !rest.is_empty() {
        let Some(after) = ["%2e", "%2E", "."].iter().find_map(|dot| rest.strip_prefix(dot)) else {
            return false;
        };
        rest = after;
        dots = dots.saturating_add(1);
    }
    dots == 1 || dots == 2
}

/// Whether what follows a percent sign makes it an encoded byte.
pub(super) fn starts_with_two_hex_digits(text: &str) -> bool {
    matches!(text.as_bytes(), [first, second, ..] if first.is_ascii_hexdigit() && second.is_ascii_hexdigit())
}

fn encode_literal(text: &str, set: &'static AsciiSet, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.extend(utf8_percent_encode(before, set));
        out.push_str(if starts_with_two_hex_digits(after) { "%" } else { "%25" });
        rest = after;
    }
    out.extend(utf8_percent_encode(rest, set));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(encode: fn(&str, &mut String), text: &str) -> String {
        let mut out = String::new();
        encode(text, &mut out);
        out
    }

    #[test]
    fn literal_text_keeps_what_the_rfc_allows() {
        let allowed = "/az-AZ_09.~!$&'()*+,;=:@%2f%2F";
        assert_eq!(encoded(encode_literal_path, allowed), allowed);
        assert_eq!(encoded(encode_literal_query, allowed), allowed);
        assert_eq!(encoded(encode_literal_path, "?#[]"), "%3F%23%5B%5D");
        assert_eq!(encoded(encode_literal_query, "?#[]"), "?%23%5B%5D");
        assert_eq!(encoded(encode_literal_path, "<é|\"{^`"), "%3C%C3%A9%7C%22%7B%5E%60");
    }

    #[test]
    fn a_lone_percent_sign_is_encoded() {
        assert_eq!(encoded(encode_literal_path, "%"), "%25");
        assert_eq!(encoded(encode_literal_path, "%%41%4%zz"), "%25%41%254%25zz");
        assert_eq!(encoded(encode_literal_query, "100%é"), "100%25%C3%A9");
    }

    #[test]
    fn dot_segments_are_seen_in_every_spelling() {
        for segment in [".", "..", "%2e", "%2E", ".%2e", "%2e.", "%2E%2e", "%2e%2E"] {
            assert!(is_dot_segment(segment), "{segment}");
        }
        for segment in ["", "...", "a", ".a", "a.", "..a", "%2e%2e%2e", "%2f", "%", "..%20", "%252e"] {
            assert!(!is_dot_segment(segment), "{segment}");
        }
    }
}
