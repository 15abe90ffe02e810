//! How a ciphertext is written as text, and how strictly such text is read.

use base64_simd::{AppendBase64Encode, AsOut, Base64};
use hex_simd::{AppendHexEncode, AsciiCase};

use super::CipherError;
use crate::names::named_values;

/// The three settings of encrypted text: its encoding, where GCM's tag is, and how strictly it is read.
///
/// The default is what the platform writes: base64, the tag appended, read tolerantly.
///
/// ```
/// use callback_profile::cipher::{Encoding, Reading, WireFormat};
///
/// let format = WireFormat::default().with_encoding(Encoding::Hex).with_reading(Reading::Strict);
/// assert_eq!(format.encoding.name(), "hex");
/// assert_eq!(format.tag.name(), "appended");
/// ```
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug, Default, Hash)]
pub struct WireFormat {
    /// The alphabet of the text.
    pub encoding: Encoding,
    /// Where GCM's tag is. Without meaning for CFB, which has none.
    pub tag: TagPlacement,
    /// Which spellings are accepted when text is read. What is written does not depend on it.
    pub reading: Reading,
}

/// The alphabet in which bytes are written.
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug, Default, Hash)]
pub enum Encoding {
    /// RFC 4648, 4, with padding.
    #[default]
    Base64,
    /// RFC 4648, 5, written without padding as in RFC 7515, 2.
    Base64Url,
    /// RFC 4648, 8, written in lower case.
    Hex,
}

/// Where GCM's 16-byte tag is among the encoded bytes.
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug, Default, Hash)]
pub enum TagPlacement {
    /// Ciphertext, then tag (RFC 5116, 5.1).
    #[default]
    Appended,
    /// Tag, then ciphertext.
    Prepended,
}

/// How strictly text is read. Neither way accepts bits or characters that decoding would ignore, or text after the end.
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug, Default, Hash)]
pub enum Reading {
    /// What query strings and other libraries do to text is undone: for both base64 encodings either alphabet
    /// (even mixed), padding complete, partial or missing, blanks for `+`; for hex either case; for all of them lines
    /// wrapped by CR and LF. So one value has many texts: compare values and not texts, or read strictly.
    #[default]
    Tolerant,
    /// Only the spelling that the encoding itself writes.
    Strict,
}

named_values!(Encoding { Base64 = "base64", Base64Url = "base64url", Hex = "hex" });
named_values!(TagPlacement { Appended = "appended", Prepended = "prepended" });
named_values!(Reading { Tolerant = "tolerant", Strict = "strict" });

impl WireFormat {
    /// The same format in another alphabet.
    #[must_use]
    pub const fn with_encoding(mut self, encoding: Encoding) -> WireFormat {
        self.encoding = encoding;
        self
    }

    /// The same format with the tag at the other end.
    #[must_use]
    pub const fn with_tag(mut self, tag: TagPlacement) -> WireFormat {
        self.tag = tag;
        self
    }

    /// The same format, read differently.
    #[must_use]
    pub const fn with_reading(mut self, reading: Reading) -> WireFormat {
        self.reading = reading;
        self
    }

    /// Characters that so many bytes are written as; `usize::MAX` where the number does not fit.
    pub(crate) const fn encoded_len(self, bytes: usize) -> usize {
        match self.encoding {
            Encoding::Base64 => bytes.div_ceil(3).saturating_mul(4),
            // Three bytes are four characters; one or two left over are one character more than they are bytes.
            Encoding::Base64Url => bytes.saturating_add(bytes.div_ceil(3)),
            Encoding::Hex => bytes.saturating_mul(2),
        }
    }

    /// Bytes that text of so many characters holds at most.
    pub(crate) const fn decoded_len_max(self, characters: usize) -> usize {
        match self.encoding {
            Encoding::Base64 | Encoding::Base64Url => characters.div_ceil(4).saturating_mul(3),
            Encoding::Hex => characters / 2,
        }
    }

    /// Appends the text of `bytes`.
    #[inline]
    pub(crate) fn encode_append<T: AppendBase64Encode + AppendHexEncode>(self, bytes: &[u8], out: &mut T) {
        match self.encoding {
            Encoding::Base64 => base64_simd::STANDARD.encode_append(bytes, out),
            Encoding::Base64Url => base64_simd::URL_SAFE_NO_PAD.encode_append(bytes, out),
            Encoding::Hex => hex_simd::encode_append(bytes, out, AsciiCase::Lower),
        }
    }

    /// Writes the text of `bytes` to the front of `out`.
    ///
    /// The error is [`CipherError::BufferTooSmall`]; nothing is then written.
    #[inline]
    pub(crate) fn encode_into(self, bytes: &[u8], out: &mut [u8]) -> Result<usize, CipherError> {
        let needed = self.encoded_len(bytes.len());
        let out = out.get_mut(..needed).ok_or(CipherError::BufferTooSmall { needed })?.as_out();
        let written = match self.encoding {
            Encoding::Base64 => base64_simd::STANDARD.encode(bytes, out),
            Encoding::Base64Url => base64_simd::URL_SAFE_NO_PAD.encode(bytes, out),
            Encoding::Hex => hex_simd::encode(bytes, out, AsciiCase::Lower),
        };
        Ok(written.len())
    }

    /// The bytes of `text`. The error is [`CipherError::InvalidEncoding`].
    pub(crate) fn decode(self, text: &[u8]) -> Result<Vec<u8>, CipherError> {
        let mut bytes = Vec::new();
        self.decode_append(text, &mut bytes)?;
        Ok(bytes)
    }

    /// Appends the bytes of `text`, which are no more than it has characters. The error is [`CipherError::InvalidEncoding`];
    /// nothing is then appended.
    pub(crate) fn decode_append(self, text: &[u8], out: &mut Vec<u8>) -> Result<(), CipherError> {
        if self.reading == Reading::Tolerant && memchr::memchr2(b'\r', b'\n', text).is_some() {
            // Some encoders wrap lines, some end every text with a line break.
            let is_kept = |byte: &u8| !matches!(byte, b'\r' | b'\n');
            let unwrapped: Vec<u8> = text.iter().copied().filter(is_kept).collect();
            return self.decode_append(&unwrapped, out);
        }
        match (self.encoding, self.reading) {
            (Encoding::Base64, Reading::Strict) => decode_base64(&base64_simd::STANDARD, text, out),
            (Encoding::Base64Url, Reading::Strict) => decode_base64(&base64_simd::URL_SAFE_NO_PAD, text, out),
            (Encoding::Base64 | Encoding::Base64Url, Reading::Tolerant) => decode_any_base64(text, out),
            (Encoding::Hex, Reading::Strict) if text.iter().any(u8::is_ascii_uppercase) => {
                Err(CipherError::InvalidEncoding)
            }
            (Encoding::Hex, _) => {
                hex_simd::decode_append(text, out).map_err(|_| CipherError::InvalidEncoding)
            }
        }
    }
}

fn decode_base64(base64: &Base64, text: &[u8], out: &mut Vec<u8>) -> Result<(), CipherError> {
    base64.decode_append(text, out).map_err(|_| CipherError::InvalidEncoding)
}

fn decode_any_base64(text: &[u8], out: &mut Vec<u8>) -> Result<(), CipherError> {
    // The spelling that nearly all text has needs no rewriting.
    if base64_simd::STANDARD.decode_append(text, out).is_ok() {
        return Ok(());
    }
    let body = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    if text.len() > body.len().next_multiple_of(4) {
        return Err(CipherError::InvalidEncoding);
    }
    let start = out.len();
    out.extend(body.iter().map(|character| match character {
        b'-' | b' ' => b'+',
        b'_' => b'/',
        other => *other,
    }));
    let rewritten = out.get_mut(start..).unwrap_or_default();
    let decoded = base64_simd::STANDARD_NO_PAD.decode_inplace(rewritten).map(|bytes| bytes.len());
    out.truncate(start.saturating_add(*decoded.as_ref().unwrap_or(&0)));
    decoded.map(drop).map_err(|_| CipherError::InvalidEncoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: Result<Vec<u8>, CipherError> = Err(CipherError::InvalidEncoding);

    fn format(encoding: Encoding, reading: Reading) -> WireFormat {
        WireFormat::default().with_encoding(encoding).with_reading(reading)
    }

    #[test]
    fn names_go_both_ways() {
        assert_eq!(
            Encoding::ALL.iter().map(|e| e.name()).collect::<Vec<_>>(),
            ["base64", "base64url", "hex"]
        );
        assert_eq!(TagPlacement::ALL.iter().map(|t| t.name()).collect::<Vec<_>>(), ["appended", "prepended"]);
        assert_eq!(Reading::ALL.iter().map(|r| r.name()).collect::<Vec<_>>(), ["tolerant", "strict"]);
        assert!(Encoding::ALL.iter().all(|e| Encoding::from_name(e.name()) == Some(*e)));
        assert!(TagPlacement::ALL.iter().all(|t| TagPlacement::from_name(t.name()) == Some(*t)));
        assert!(Reading::ALL.iter().all(|r| Reading::from_name(r.name()) == Some(*r)));
        assert_eq!(Encoding::from_name("Base64"), None);
        assert_eq!(TagPlacement::from_name(""), None);
        assert_eq!(Reading::from_name("strict "), None);
        assert_eq!(
            WireFormat::default(),
            WireFormat { encoding: Encoding::ALL[0], tag: TagPlacement::ALL[0], reading: Reading::ALL[0] }
        );
    }

    /// `(text, base64 tolerant, base64 strict, base64url strict)`: whether each accepts it. Tolerant base64url is
    /// the same as tolerant base64.
    #[test]
    fn base64_spellings() {
        let table: &[(&str, bool, bool, bool)] = &[
            ("", true, true, true),
            ("TQ==", true, true, false),
            ("TQ=", true, false, false),
            ("TQ", true, false, true),
            ("TWE=", true, true, false),
            ("TWE", true, false, true),
            ("TWFu", true, true, true),
            ("+/+/", true, true, false),
            ("-_-_", true, false, true),
            ("-/+_", true, false, false),
            (" / /", true, false, false),
            (" A==", true, false, false),
            // More padding than fits, padding alone or in the middle
            ("TWFu=", false, false, false),
            ("TWE==", false, false, false),
            ("TQ===", false, false, false),
            ("TWFu====", false, false, false),
            ("=", false, false, false),
            ("==", false, false, false),
            ("====", false, false, false),
            ("T===", false, false, false),
            ("TQ==TWFu", false, false, false),
            // A lone character
            ("T", false, false, false),
            ("TWFuT", false, false, false),
            // Trailing bits that are not zero
            ("  ==", false, false, false),
            ("TR==", false, false, false),
            ("TR", false, false, false),
            ("TWF=", false, false, false),
            ("TWF", false, false, false),
            // Other characters
            ("TWF\n", false, false, false),
            ("TWFu\n", true, false, false),
            ("TWFu\r\n", true, false, false),
            ("TW\tu", false, false, false),
            ("TW.u", false, false, false),
            ("TW%3D", false, false, false),
            ("TWFü", false, false, false),
            ("TW\0u", false, false, false),
        ];
        for (text, tolerant, standard, url) in table {
            let accepts =
                |encoding, reading| format(encoding, reading).decode(text.as_bytes()).map_err(drop).is_ok();
            assert_eq!(accepts(Encoding::Base64, Reading::Tolerant), *tolerant, "tolerant {text:?}");
            assert_eq!(accepts(Encoding::Base64Url, Reading::Tolerant), *tolerant, "tolerant {text:?}");
            assert_eq!(accepts(Encoding::Base64, Reading::Strict), *standard, "strict base64 {text:?}");
            assert_eq!(accepts(Encoding::Base64Url, Reading::Strict), *url, "strict base64url {text:?}");
        }
    }

    #[test]
    fn bytes_are_appended_all_or_none() {
        for encoding in Encoding::ALL {
            for reading in Reading::ALL {
                let format = format(*encoding, *reading);
                let mut text = Vec::new();
                format.encode_append(b"some bytes", &mut text);
                let mut out = b"before".to_vec();
                assert_eq!(format.decode_append(&text, &mut out), Ok(()));
                assert_eq!(out, b"beforesome bytes");
                for wrong in ["!", "\n?", "=====", "-_ +/=x"] {
                    let wrong = [text.as_slice(), wrong.as_bytes()].concat();
                    assert_eq!(format.decode_append(&wrong, &mut out), Err(CipherError::InvalidEncoding));
                    assert_eq!(out, b"beforesome bytes", "{encoding} {reading}");
                }
            }
        }
    }

    #[test]
    fn tolerant_spellings_have_the_same_meaning() {
        let tolerant = format(Encoding::Base64, Reading::Tolerant);
        for text in ["+/+/+w==", "-_-_-w==", "-_-_-w", " / / w", " _+/-w="] {
            assert_eq!(tolerant.decode(text.as_bytes()), Ok(vec![0xfb, 0xff, 0xbf, 0xfb]), "{text}");
        }
    }

    #[test]
    fn line_breaks_are_dropped_by_tolerant_reading() {
        for encoding in Encoding::ALL {
            let bytes: Vec<u8> = (0..100).collect();
            let mut text = Vec::new();
            format(*encoding, Reading::Strict).encode_append(&bytes, &mut text);
            for line_break in ["\n", "\r\n", "\r"] {
                let lines: Vec<Vec<u8>> =
                    text.chunks(60).map(|line| [line, line_break.as_bytes()].concat()).collect();
                let wrapped = lines.concat();
                assert_eq!(
                    format(*encoding, Reading::Tolerant).decode(&wrapped),
                    Ok(bytes.clone()),
                    "{encoding}"
                );
                assert_eq!(format(*encoding, Reading::Strict).decode(&wrapped), FAILED, "{encoding}");
            }
        }
    }

    #[test]
    fn every_wrong_byte_at_every_offset_is_refused() {
        for length in [4, 8, 16, 32, 64, 96] {
            for offset in 0..length {
                for byte in (0..=u8::MAX).filter(|byte| !matches!(byte, b'\r' | b'\n')) {
                    let mut text = vec![b'A'; length];
                    text[offset] = byte;
                    let base64 = byte.is_ascii_alphanumeric() || b"+/-_ ".contains(&byte);
                    if byte != b'=' {
                        let verdict = format(Encoding::Base64, Reading::Tolerant).decode(&text).is_ok();
                        assert_eq!(verdict, base64, "{byte} at {offset} of {length}");
                    }
                    let hex = format(Encoding::Hex, Reading::Tolerant).decode(&text).is_ok();
                    assert_eq!(hex, byte.is_ascii_hexdigit(), "{byte} at {offset} of {length}");
                }
            }
        }
    }

    #[test]
    fn hexadecimal_spellings() {
        let (tolerant, strict) =
            (format(Encoding::Hex, Reading::Tolerant), format(Encoding::Hex, Reading::Strict));
        assert_eq!(tolerant.decode(b"00fF"), Ok(vec![0, 255]));
        assert_eq!(strict.decode(b"00ff"), Ok(vec![0, 255]));
        assert_eq!(strict.decode(b"00fF"), FAILED);
        for text in ["0", "0x00", "00 ff", "0g", "00f", "é"] {
            assert_eq!(tolerant.decode(text.as_bytes()), FAILED, "{text}");
            assert_eq!(strict.decode(text.as_bytes()), FAILED, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_has_the_promised_length() {
        for encoding in Encoding::ALL {
            for length in 0..300 {
                let bytes: Vec<u8> = (0..length).map(|n| (n * 89 + length) as u8).collect();
                let mut text = String::from("before ");
                format(*encoding, Reading::Strict).encode_append(&bytes, &mut text);
                let text = text.strip_prefix("before ").unwrap();
                for reading in Reading::ALL {
                    let format = format(*encoding, *reading);
                    assert_eq!(format.decode(text.as_bytes()).as_ref(), Ok(&bytes));
                    assert_eq!(format.encoded_len(bytes.len()), text.len());
                    let most = format.decoded_len_max(text.len());
                    assert!(
                        (bytes.len()..bytes.len() + 3).contains(&most),
                        "{encoding:?}, {length} bytes: {most}"
                    );
                    let mut out = vec![b'#'; text.len() + 1];
                    assert_eq!(format.encode_into(&bytes, &mut out), Ok(text.len()));
                    assert_eq!(out, format!("{text}#").as_bytes());
                    if let Some(short) = text.len().checked_sub(1) {
                        let refused = Err(CipherError::BufferTooSmall { needed: text.len() });
                        assert_eq!(format.encode_into(&bytes, &mut out[..short]), refused);
                    }
                }
            }
            assert_eq!(format(*encoding, Reading::Strict).encoded_len(usize::MAX), usize::MAX);
        }
    }
}
