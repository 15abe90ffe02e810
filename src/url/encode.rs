//! Percent-encoding of the parts that a URL is put together from.

use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode_byte, utf8_percent_encode,
};

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

/// All that RFC 3986 does not allow in a query or fragment, and the apostrophe, which WHATWG has encoded in queries.
const QUERY: &AsciiSet = &PATH.remove(b'?').add(b'\'');

/// Appends a piece of the profile's own path, in the one spelling that every client sends as it is: what RFC 3986 allows
/// there stays; of `%XX`, unreserved characters are decoded and the digits are upper case (§6.2.2), as some clients do.
pub(crate) fn encode_literal_path(text: &str, out: &mut String) {
    encode_literal(text, PATH, out);
}

/// Appends a piece of the profile's own query, in the same spelling.
pub(crate) fn encode_literal_query(text: &str, out: &mut String) {
    encode_literal(text, QUERY, out);
}

/// How many segments of a path are `.` or `..` once its percent-encoding is decoded and it is split at `/` and `\`.
/// `decoded` is memory for that.
///
/// Clients remove such segments (RFC 3986, 5.2.4). Those that follow WHATWG remove the encoded ones as well, and proxies
/// decode a path before they do, `%2F` and `%5C` included. So no encoding protects a segment that became one by filling.
pub(crate) fn dot_segments(path: &[u8], decoded: &mut Vec<u8>) -> usize {
    decoded.clear();
    decoded.extend(percent_decode(path));
    let segments = decoded.split(|byte| matches!(byte, b'/' | b'\\'));
    segments.filter(|segment| matches!(*segment, b"." | b"..")).count()
}

/// Whether what follows a percent sign makes it an encoded byte.
pub(super) fn starts_with_two_hex_digits(text: &str) -> bool {
    matches!(text.as_bytes(), [first, second, ..] if first.is_ascii_hexdigit() && second.is_ascii_hexdigit())
}

fn encode_literal(text: &str, set: &'static AsciiSet, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.extend(utf8_percent_encode(before, set));
        rest = match after
            .split_at_checked(2)
            .and_then(|(digits, after)| Some((encoded_byte(digits)?, after)))
        {
            Some((byte, after)) if is_unreserved(byte) => {
                out.push(char::from(byte));
                after
            }
            Some((byte, after)) => {
                out.push_str(percent_encode_byte(byte));
                after
            }
            None => {
                out.push_str("%25");
                after
            }
        };
    }
    out.extend(utf8_percent_encode(rest, set));
}

/// The byte of these two digits; `None` if they are something else.
fn encoded_byte(digits: &str) -> Option<u8> {
    starts_with_two_hex_digits(digits).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
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
        let allowed = "/az-AZ_09.~!$&()*+,;=:@%2F%27";
        assert_eq!(encoded(encode_literal_path, allowed), allowed);
        assert_eq!(encoded(encode_literal_query, allowed), allowed);
        assert_eq!(encoded(encode_literal_path, "it's"), "it's");
        assert_eq!(encoded(encode_literal_query, "it's"), "it%27s");
        assert_eq!(encoded(encode_literal_path, "?#[]"), "%3F%23%5B%5D");
        assert_eq!(encoded(encode_literal_query, "?#[]"), "?%23%5B%5D");
        assert_eq!(encoded(encode_literal_path, "<é|\"{^`"), "%3C%C3%A9%7C%22%7B%5E%60");
    }

    #[test]
    fn a_lone_percent_sign_is_encoded() {
        assert_eq!(encoded(encode_literal_path, "%"), "%25");
        assert_eq!(encoded(encode_literal_path, "%%41%4%zz"), "%25A%254%25zz");
        assert_eq!(encoded(encode_literal_query, "100%é"), "100%25%C3%A9");
    }

    #[test]
    fn encoded_bytes_have_one_spelling() {
        for encode in [encode_literal_path, encode_literal_query] {
            assert_eq!(encoded(encode, "%2f%c3%A9%3a%00%7f%ff"), "%2F%C3%A9%3A%00%7F%FF");
            assert_eq!(encoded(encode, "%41%5a%61%7A%30%39%2d%2E%5f%7e"), "AZaz09-._~");
            assert_eq!(encoded(encode, "%25%34%31"), "%2541"); // what is decoded is not read again
            assert_eq!(encoded(encode, "%4é%+1"), "%254%C3%A9%25+1");
        }
    }

    #[test]
    fn dot_segments_are_counted_in_every_spelling() {
        let mut decoded = Vec::from(b"what another path left here");
        for path in [
            ".",
            "..",
            "%2e",
            "%2E",
            ".%2e",
            "%2e.",
            "%2E%2e",
            "/a/..",
            "../a",
            "..%2Fadmin",
            "a%2f..%2Fb",
            "..%5Cx",
            "a%5c%2e",
            "a/%2E%2e%2Fb",
            "..\\a",
        ] {
            assert_eq!(dot_segments(path.as_bytes(), &mut decoded), 1, "{path}");
        }
        for (path, count) in [("/a/../../b", 2), ("..%2F..%5C.", 3), ("./%2e/a", 2)] {
            assert_eq!(dot_segments(path.as_bytes(), &mut decoded), count, "{path}");
        }
        for path in [
            "",
            "/",
            "...",
            "a",
            ".a",
            "a.",
            "..a",
            "%2e%2e%2e",
            "%2f",
            "%",
            "..%20",
            "%252e",
            "%252e%252e",
            "..%252F",
            "<a>",
            "..;",
            "..%00",
            "a%2Fb",
            "%FF..",
        ] {
            assert_eq!(dot_segments(path.as_bytes(), &mut decoded), 0, "{path}");
        }
    }
}
