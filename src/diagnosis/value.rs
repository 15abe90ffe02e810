//! Values that open and are odd: another character set, padding, a wrapper.

use zeroize::Zeroizing;

use super::cause::Cause;
use super::probability::Probability;

/// What is odd about a value.
pub(super) struct Odd {
    pub(super) cause: Cause,
    pub(super) detail: &'static str,
    /// The value as it was meant, if it can be made of it.
    pub(super) inner: Option<Zeroizing<String>>,
    /// Decimal logarithm of the probability that random bytes are odd in this way.
    pub(super) probability: Probability,
}

impl Odd {
    fn new(
        cause: Cause,
        detail: &'static str,
        inner: Option<String>,
        probability: Probability,
    ) -> Option<Odd> {
        Some(Odd { cause, detail, inner: inner.map(Zeroizing::new), probability: probability.times(KINDS) })
    }
}

/// So many kinds of oddities are looked for: one of them is there by chance as many times as often.
const KINDS: usize = 8;

/// Shortest text that is taken for base64 in a value; a shorter one may well be a word.
const SHORTEST_BASE64: usize = 12;

/// Longest padding: a block.
const LONGEST_PADDING: usize = 16;

/// What is odd about these decrypted bytes, if anything is. Of the beginning of a value, its end is not examined.
pub(super) fn odd(bytes: &[u8], is_whole: bool) -> Option<Odd> {
    let start = gzip(bytes).or_else(|| byte_order_mark(bytes)).or_else(|| utf16(bytes));
    match start {
        Some(odd) => Some(odd),
        None if is_whole => padding(bytes).or_else(|| wrapper(bytes)).or_else(|| latin1(bytes)),
        None => None,
    }
}

fn gzip(bytes: &[u8]) -> Option<Odd> {
    let is_gzip = bytes.starts_with(&[0x1F, 0x8B, 8]) && bytes.len() >= 18;
    is_gzip.then(|| {
        Odd::new(Cause::WrappedValue, "the value is compressed with gzip", None, Probability::of_bytes(3))
    })?
}

fn byte_order_mark(bytes: &[u8]) -> Option<Odd> {
    let rest = bytes.strip_prefix("\u{feff}".as_bytes())?;
    let probability = Probability::of_bytes(3).and(Probability::of_text(rest, true)?);
    let inner = std::str::from_utf8(rest).ok()?.to_owned();
    Odd::new(
        Cause::ByteOrderMark,
        "the value begins with the byte order mark U+FEFF",
        Some(inner),
        probability,
    )
}

fn utf16(bytes: &[u8]) -> Option<Odd> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if pairs.len() < 2 || !rest.is_empty() {
        return None;
    }
    let little = |pair: &[u8; 2]| u16::from_le_bytes(*pair);
    let big = |pair: &[u8; 2]| u16::from_be_bytes(*pair);
    match pairs.split_first()? {
        (&[0xFF, 0xFE], rest) => decoded_utf16(rest.iter().map(little), Probability::of_bytes(2)),
        (&[0xFE, 0xFF], rest) => decoded_utf16(rest.iter().map(big), Probability::of_bytes(2)),
        _ => {
            // The high bytes of one script are alike, and no text of one byte a character has such.
            // One of 32 such bytes, and at either end of the pairs.
            let half = Probability::of_bytes(pairs.len()).times(64);
            let high_bytes_are_alike = |index: usize| {
                let high = pairs.first().and_then(|pair| pair.get(index)).copied().unwrap_or(u8::MAX);
                high < 0x20 && pairs.iter().all(|pair| pair.get(index) == Some(&high))
            };
            if high_bytes_are_alike(1) {
                decoded_utf16(pairs.iter().map(little), half)
            } else if high_bytes_are_alike(0) {
                decoded_utf16(pairs.iter().map(big), half)
            } else {
                None
            }
        }
    }
}

fn decoded_utf16(units: impl ExactSizeIterator<Item = u16>, probability: Probability) -> Option<Odd> {
    // Room for all of it, so that no copy is left behind; a unit has at most three bytes of UTF-8.
    let mut text = Zeroizing::new(String::with_capacity(units.len().saturating_mul(3)));
    for character in char::decode_utf16(units) {
        text.push(character.ok().filter(|character| !character.is_control())?);
    }
    let is_text = !text.is_empty();
    let inner = std::mem::take(&mut *text);
    is_text.then(|| {
        Odd::new(Cause::OtherCharset, "the value is UTF-16 instead of UTF-8", Some(inner), probability)
    })?
}

fn padding(bytes: &[u8]) -> Option<Odd> {
    let last = *bytes.last()?;
    let padded = bytes.iter().rev().take_while(|byte| **byte == last).count();
    let (padding, detail) = match usize::from(last) {
        0 => (padded, "the value is padded with NUL bytes"),
        // PKCS#7 pads to whole blocks; with segments of a byte, .NET pads by one byte.
        length @ 1..=LONGEST_PADDING
            if padded >= length && (length == 1 || bytes.len().is_multiple_of(LONGEST_PADDING)) =>
        {
            (length, "the value has the padding of PKCS#7")
        }
        _ => return None,
    };
    let rest = bytes.get(..bytes.len().saturating_sub(padding))?;
    let probability = Probability::of_bytes(padding).and(Probability::of_text(rest, true)?);
    Odd::new(Cause::Padding, detail, Some(std::str::from_utf8(rest).ok()?.to_owned()), probability)
}

fn wrapper(bytes: &[u8]) -> Option<Odd> {
    let text = std::str::from_utf8(bytes).ok()?;
    let probability = Probability::of_text(bytes, true)?;
    let wrapped = |detail, inner: String| Odd::new(Cause::WrappedValue, detail, Some(inner), probability);
    if text.ends_with(['\r', '\n']) {
        return wrapped("the value ends with a line break", text.trim_end_matches(['\r', '\n']).to_owned());
    }
    if let Some(inner) = php_string(text) {
        return wrapped("the value is serialised by PHP", inner.to_owned());
    }
    if let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return wrapped("the value is in the quotes of a JSON string", inner.to_owned());
    }
    let inner = base64_text(text)?;
    wrapped("the value is base64 of a text", inner)
}

/// The string of PHP's `serialize`: `s:4:"John";`.
fn php_string(text: &str) -> Option<&str> {
    let (length, rest) = text.strip_prefix("s:")?.split_once(':')?;
    let inner = rest.strip_prefix('"')?.strip_suffix("\";")?;
    (length.parse() == Ok(inner.len())).then_some(inner)
}

fn base64_text(text: &str) -> Option<String> {
    if text.len() < SHORTEST_BASE64 {
        return None;
    }
    let inner = Zeroizing::new(base64_simd::STANDARD.decode_to_vec(text).ok()?);
    Probability::of_text(&inner, true)?;
    std::str::from_utf8(&inner).ok().map(str::to_owned)
}

/// Bytes that are no UTF-8, but printable in Latin-1.
fn latin1(bytes: &[u8]) -> Option<Odd> {
    let is_latin1 = std::str::from_utf8(bytes).is_err()
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | 0xA0..=0xFF));
    is_latin1.then(|| {
        // Room for all of it: a byte beyond ASCII is two of UTF-8.
        let mut text = String::with_capacity(bytes.len().saturating_mul(2));
        text.extend(bytes.iter().map(|byte| char::from(*byte)));
        let probability = Probability::of_latin1(bytes.len());
        Odd::new(Cause::OtherCharset, "the value is Latin-1 instead of UTF-8", Some(text), probability)
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(bytes: &[u8]) -> Option<(Cause, Option<String>)> {
        odd(bytes, true).map(|odd| (odd.cause, odd.inner.map(|inner| inner.to_string())))
    }

    fn utf16_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn ordinary_values_are_not_odd() {
        for value in [
            "",
            "1",
            "+919876543210",
            "SENT",
            "DELIVERED123",
            "a\tb",
            "John\tSmith",
            "{\"a\":1}",
            "[\"a\"]",
            "naïve 日本 😀",
            "नमस्ते",
            "user@example.com",
            "2026-11-26T10:00:00Z",
            "\"",
            "s:4:\"John",
            "550e8400-e29b-41d4-a716-446655440000",
        ] {
            assert_eq!(seen(value.as_bytes()), None, "{value:?}");
        }
    }

    #[test]
    fn each_oddity_is_seen_and_undone() {
        let other = |value: &str| Some((Cause::OtherCharset, Some(value.to_owned())));
        for value in ["John", "नमस्ते", "Привет"] {
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                assert_eq!(seen(&utf16_bytes(value, to_bytes)), other(value), "{value}");
                assert_eq!(
                    seen(&utf16_bytes(&format!("\u{feff}{value}"), to_bytes)),
                    other(value),
                    "{value}"
                );
            }
        }
        assert_eq!(seen(b"Gr\xfc\xdfe"), other("Grüße"));
        let is = |cause, inner: &str| Some((cause, Some(inner.to_owned())));
        assert_eq!(seen("\u{feff}John".as_bytes()), is(Cause::ByteOrderMark, "John"));
        assert_eq!(seen(b"+919876543210\x03\x03\x03"), is(Cause::Padding, "+919876543210"));
        assert_eq!(seen(b"+919876543210\x01"), is(Cause::Padding, "+919876543210"));
        assert_eq!(
            seen(&[&b"ABCDEFGHIJKLMNOP"[..], &[16; 16]].concat()),
            is(Cause::Padding, "ABCDEFGHIJKLMNOP")
        );
        assert_eq!(seen(b"John\0\0"), is(Cause::Padding, "John"));
        assert_eq!(seen(b"John\n"), is(Cause::WrappedValue, "John"));
        assert_eq!(seen(b"\"John\""), is(Cause::WrappedValue, "John"));
        assert_eq!(seen(b"s:4:\"John\";"), is(Cause::WrappedValue, "John"));
        assert_eq!(seen(b"KzkxOTg3NjU0MzIxMA=="), is(Cause::WrappedValue, "+919876543210"));
        assert_eq!(seen(&[&[0x1F, 0x8B, 8][..], &[0; 20]].concat()), Some((Cause::WrappedValue, None)));
    }
}
