//! Pieces of an input, and of the payloads that are made of them.

use callback_profile::cipher::{Algorithm, Encoding, TagPlacement, WireFormat};

pub const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
pub const IV: &str = "POabcdefghijklLY";

/// The text before the first zero byte, and the bytes after it.
pub fn split(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == 0) {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

/// The `enc` of a payload, as JSON.
pub fn enc(algorithm: Algorithm) -> String {
    let key = &KEY[..algorithm.key_len()];
    format!(r#"{{"algo":"{}","key":"{key}","IV":"{IV}"}}"#, algorithm.name())
}

/// How many there are of [`wire_format`].
pub const WIRE_FORMATS: u8 = 6;

/// A wire format, chosen by a byte.
pub fn wire_format(choice: u8) -> WireFormat {
    let encoding = [Encoding::Base64, Encoding::Base64Url, Encoding::Hex][usize::from(choice) % 3];
    let tag = [TagPlacement::Appended, TagPlacement::Prepended][usize::from(choice / 3) % 2];
    WireFormat::default().with_encoding(encoding).with_tag(tag)
}

/// Appends a text as a JSON string.
pub fn push_json(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(out, text).expect("memory takes everything");
}
