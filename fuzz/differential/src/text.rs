//! What the oracle computes, as the wire format writes it.

use callback_profile::cipher::{Encoding, TagPlacement, WireFormat};

/// Ciphertext and tag in the order of the wire format.
pub(crate) fn arrange(format: &WireFormat, (ciphertext, tag): (&[u8], &[u8]), out: &mut Vec<u8>) {
    let (first, second) = match format.tag {
        TagPlacement::Appended => (ciphertext, tag),
        TagPlacement::Prepended => (tag, ciphertext),
        other => panic!("no placement {other:?}"),
    };
    out.clear();
    out.extend_from_slice(first);
    out.extend_from_slice(second);
}

/// Bytes in the encoding of the wire format.
pub(crate) fn encode(encoding: Encoding, bytes: &[u8]) -> String {
    match encoding {
        Encoding::Base64 => oracle::base64(bytes),
        Encoding::Base64Url => oracle::base64_url(bytes),
        Encoding::Hex => oracle::hex(bytes),
        other => panic!("no encoding {other:?}"),
    }
}
