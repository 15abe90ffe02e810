//! Bytes as text, without the library's encoders.

use callback_profile::cipher::{Encoding, TagPlacement, WireFormat};

/// Ciphertext and tag as the wire format places them.
pub(crate) fn place(format: &WireFormat, ciphertext: &[u8], tag: Option<&[u8; 16]>, out: &mut Vec<u8>) {
    let tag: &[u8] = tag.map_or(&[], |tag| tag);
    let (first, second) = match format.tag {
        TagPlacement::Appended => (ciphertext, tag),
        TagPlacement::Prepended => (tag, ciphertext),
        other => panic!("no place {other:?}"),
    };
    out.clear();
    out.extend_from_slice(first);
    out.extend_from_slice(second);
}

/// Base64 is OpenSSL's, and base64url is made of it.
pub(crate) fn encode(encoding: Encoding, bytes: &[u8]) -> String {
    match encoding {
        Encoding::Base64 => openssl::base64::encode_block(bytes),
        Encoding::Base64Url => {
            openssl::base64::encode_block(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
        }
        Encoding::Hex => hex(bytes),
        other => panic!("no encoding {other:?}"),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
