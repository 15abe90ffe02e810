//! `application/x-www-form-urlencoded`: bodies and queries.

use std::borrow::Cow;

use form_urlencoded::byte_serialize;
use memchr::memchr;
use percent_encoding::percent_decode;

use crate::Error;
use crate::bug::bug;
use crate::json::Output;
use crate::wiped::{Bytes, WipedBytes, WipedText};

/// What is expected where there are more parameters than the limit of JSON values, for each becomes one.
pub(super) const FEW_ENOUGH: &str = "no more parameters than the limit of nodes";

/// Appends the fields.
pub(crate) fn push<'f>(
    out: &mut Vec<u8>,
    fields: impl Iterator<Item = (&'f str, &'f [u8])>,
    limit: usize,
) -> Result<(), Error> {
    for (index, (name, value)) in fields.enumerate() {
        // Encoded text is no shorter, so this is noticed before anything large is made of it.
        if out.len().saturating_add(name.len()).saturating_add(value.len()) > limit {
            return Err(Error::OutputTooLarge(limit));
        }
        let separator = if index > 0 { "&" } else { "" };
        let pieces = byte_serialize(name.as_bytes()).chain(["="]).chain(byte_serialize(value));
        [separator].into_iter().chain(pieces).for_each(|piece| out.extend_from_slice(piece.as_bytes()));
    }
    if out.len() > limit {
        return Err(Error::OutputTooLarge(limit));
    }
    Ok(())
}

/// The parameters of a form body or query, decoded, in order. Where nothing is between two `&` is no parameter.
///
/// Nothing is copied before their number is known. Errors: [`Error::MalformedForm`] if the text is not ASCII, its decoded
/// parameters are not UTF-8, it begins with a question mark, or there are more than `limit` of them.
pub(crate) fn parse(text: &[u8], limit: usize) -> Result<Vec<(String, String)>, Error> {
    // Some readers take other bytes for Latin-1. A byte order mark is among them.
    if !text.is_ascii() {
        return Err(Error::MalformedForm("%XX for every byte beyond ASCII"));
    }
    // Some readers drop it, as that of a URL.
    if text.starts_with(b"?") {
        return Err(Error::MalformedForm("no question mark before the first name"));
    }
    let pieces = text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
    let count = pieces.clone().take(limit.saturating_add(1)).count();
    if count > limit {
        return Err(Error::MalformedForm(FEW_ENOUGH));
    }
    let mut parameters = Vec::with_capacity(count);
    for piece in pieces {
        let mut halves = piece.splitn(2, |byte| *byte == b'=');
        let name = halves.next().ok_or_else(|| bug("a parameter has no name"))?;
        // A name without `=` has the empty value.
        let value = halves.next().unwrap_or_default();
        let decoded = decode(name).zip(decode(value));
        parameters.push(decoded.ok_or(Error::MalformedForm("UTF-8 behind %XX"))?);
    }
    Ok(parameters)
}

/// The text of a name or value: `+` is a blank, `%XX` a byte, any other percent sign itself. `None` if it is not UTF-8.
pub(crate) fn decode(text: &[u8]) -> Option<String> {
    let blanks: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let decoded = match percent_decode(&blanks).into() {
        Cow::Owned(bytes) => Some(bytes),
        Cow::Borrowed(_) => None,
    };
    String::from_utf8(decoded.unwrap_or(blanks)).ok()
}

/// The same for a value that is secret: in memory that is wiped.
pub(crate) fn decode_secret(text: &[u8]) -> Option<WipedText> {
    let mut blanks = WipedBytes::default();
    blanks.reserve(text.len());
    for piece in text.split_inclusive(|byte| *byte == b'+') {
        match piece {
            [piece @ .., b'+'] => [piece, b" "].iter().for_each(|part| blanks.append_bytes(part)),
            piece => blanks.append_bytes(piece),
        }
    }
    let mut decoded = WipedBytes::default();
    decoded.reserve(text.len());
    percent_decode(blanks.as_slice()).for_each(|byte| decoded.append_bytes(&[byte]));
    let mut out = WipedText::default();
    out.append(std::str::from_utf8(decoded.as_slice()).ok()?);
    Some(out)
}

/// The query of what a GET or DELETE callback received: a whole URL, a path with a query, or the query alone.
pub(crate) fn query_of(received: &[u8]) -> &[u8] {
    let is_prefix_of =
        |prefix: &[u8]| received.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_url = is_prefix_of(b"http://") || is_prefix_of(b"https://") || is_prefix_of(b"/");
    // A fragment is no part of the query, whatever it holds.
    let received = memchr(b'#', received).and_then(|end| received.get(..end)).unwrap_or(received);
    match received {
        [b'?', query @ ..] => query,
        _ if is_url => received.splitn(2, |byte| *byte == b'?').nth(1).unwrap_or_default(),
        query => query,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &[u8]) -> Result<Vec<(String, String)>, Error> {
        parse(text, 4)
    }

    #[test]
    fn names_and_values_are_decoded_alike() {
        for (text, expected) in [
            ("", &[][..]),
            ("&&", &[]),
            ("a", &[("a", "")]),
            ("=", &[("", "")]),
            ("=b", &[("", "b")]),
            ("a=b=c", &[("a", "b=c")]),
            ("a+b=+c+", &[("a b", " c ")]),
            ("a%2Bb=%2b%26%3d", &[("a+b", "+&=")]),
            ("%c3%a9=%e6%97%A5%E6%9C%AC", &[("é", "日本")]),
            ("a=1&&b=2&", &[("a", "1"), ("b", "2")]),
            ("a=1&a=2&A=3", &[("a", "1"), ("a", "2"), ("A", "3")]),
            ("a;b=1;c=2", &[("a;b", "1;c=2")]),
            ("a=%&b=%4&c=%zz&d=%%41", &[("a", "%"), ("b", "%4"), ("c", "%zz"), ("d", "%A")]),
            ("a=%EF%BB%BF", &[("a", "\u{feff}")]),
            ("a=%00%0D%0A", &[("a", "\0\r\n")]),
            (" a = b ", &[(" a ", " b ")]),
            ("a?=?&?b=%3F&", &[("a?", "?"), ("?b", "?")]),
            ("%3Fa=1", &[("?a", "1")]),
        ] {
            let secret = decode_secret(text.as_bytes()).map(WipedText::into_string);
            assert_eq!(secret, decode(text.as_bytes()), "{text}");
            let expected: Vec<(String, String)> =
                expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            assert_eq!(parsed(text.as_bytes()), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_utf8_in_ascii_is_refused() {
        for text in
            [&b"a=%E9"[..], b"%E9=a", b"%FF", b"a=%ED%A0%80", b"a=%C0%AF", b"a=%C3&b=%A9", b"a=%C3=%A9"]
        {
            assert_eq!(parsed(text), Err(Error::MalformedForm("UTF-8 behind %XX")), "{text:?}");
        }
        for text in
            [&b"\xEF\xBB\xBFa=1"[..], "a=é".as_bytes(), "é=a".as_bytes(), b"a&\xFF&b", b"a=\xE9", b"a=\x80"]
        {
            let refusal = Error::MalformedForm("%XX for every byte beyond ASCII");
            assert_eq!(parsed(text), Err(refusal), "{text:?}");
        }
        for text in [&b"?"[..], b"?a=1", b"??a=1"] {
            let refusal = Error::MalformedForm("no question mark before the first name");
            assert_eq!(parsed(text), Err(refusal), "{text:?}");
        }
    }

    #[test]
    fn the_limit_counts_parameters_and_nothing_is_read_behind_it() {
        for text in ["a&a&a&a", "&&a&&a=1&a&&a&&"] {
            assert_eq!(parsed(text.as_bytes()).map(|parameters| parameters.len()), Ok(4), "{text}");
        }
        // What follows the limit is not UTF-8; it is not read.
        for text in [&b"a&a&a&a&a"[..], b"a&a&a&a&&=&%FF"] {
            assert_eq!(parsed(text), Err(Error::MalformedForm(FEW_ENOUGH)), "{text:?}");
        }
    }

    #[test]
    fn a_query_is_found_in_urls_and_paths() {
        for (received, query) in [
            ("https://e.com/p?a=1#b", "a=1"),
            ("HTTP://e.com?a=1?b", "a=1?b"),
            ("/p?a=1", "a=1"),
            ("?a=1#?b", "a=1"),
            ("a=1", "a=1"),
            ("a=/?b", "a=/?b"),
            ("/&a=1", ""),
            ("http://&a=1", ""),
            ("#&a=1", ""),
            ("/p#?a=1", ""),
            ("https://e.com#?a=1", ""),
            ("", ""),
        ] {
            assert_eq!(query_of(received.as_bytes()), query.as_bytes(), "{received}");
        }
    }
}
