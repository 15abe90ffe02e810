//! What can go wrong, in words that never repeat an input.

use core::fmt;

use super::KeyError;

/// Why a cipher could not be made, or a value not be encrypted or decrypted.
///
/// The variants are named as their [codes](Self::code). The texts say what was expected. No variant and no text holds a
/// key, an IV, a plaintext or a ciphertext.
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum CipherError {
    /// The name is none of the six of [`Algorithm`](super::Algorithm).
    UnknownAlgorithm,
    /// The key breaks a rule.
    InvalidKey(KeyError),
    /// The initialisation vector breaks a rule.
    InvalidIv(KeyError),
    /// The text is not base64 or hexadecimal as the wire format has it.
    InvalidEncoding,
    /// GCM refused the text: a bad tag, a text too short to hold one, or another key or IV. It is one error for all of
    /// them, so that it helps nobody who is guessing.
    AuthFailed,
    /// The decrypted bytes are not UTF-8. For CFB this is the only sign of a wrong key or a changed text.
    NotUtf8 {
        /// Whether the mode is GCM: then the tag fits, so key, IV and text are right, and the value is no UTF-8.
        authenticated: bool,
    },
    /// The value is longer than [`MAX_PLAINTEXT_LEN`](super::MAX_PLAINTEXT_LEN).
    TooLong,
    /// The caller's buffer is too small.
    BufferTooSmall {
        /// How many bytes it must have.
        needed: usize,
    },
}

impl fmt::Display for CipherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CipherError::UnknownAlgorithm => {
                f.write_str("algorithm must be AES-128-GCM, AES-192-GCM, AES-256-GCM, AES-128-CFB, AES-192-CFB or AES-256-CFB")
            }
            CipherError::InvalidKey(rule) => write!(f, "key {rule}"),
            CipherError::InvalidIv(rule) => write!(f, "IV {rule}"),
            CipherError::InvalidEncoding => f.write_str("text must be encoded as the wire format says"),
            CipherError::AuthFailed => {
                f.write_str("text must have been encrypted with this key and IV and be unchanged")
            }
            CipherError::NotUtf8 { authenticated: true } => f.write_str(
                "value must be UTF-8: the tag fits, so key, IV and text are right, and the sender encrypted other bytes",
            ),
            CipherError::NotUtf8 { authenticated: false } => {
                f.write_str("decrypted bytes must be UTF-8: wrong key or IV, a changed text, or a value in another charset")
            }
            CipherError::TooLong => f.write_str("value must not be longer than the mode allows"),
            CipherError::BufferTooSmall { needed } => write!(f, "buffer must have at least {needed} bytes"),
        }
    }
}

impl std::error::Error for CipherError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            CipherError::InvalidKey(rule) | CipherError::InvalidIv(rule) => Some(rule),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn texts_say_what_was_expected() {
        let length = KeyError::Length { expected: 24 };
        assert_eq!(CipherError::InvalidKey(length).to_string(), "key must be 24 characters");
        assert_eq!(CipherError::InvalidIv(KeyError::Characters).to_string(), "IV must be letters and digits");
        assert_eq!(
            CipherError::BufferTooSmall { needed: 7 }.to_string(),
            "buffer must have at least 7 bytes"
        );
        for error in [
            CipherError::UnknownAlgorithm,
            CipherError::InvalidEncoding,
            CipherError::AuthFailed,
            CipherError::NotUtf8 { authenticated: true },
            CipherError::NotUtf8 { authenticated: false },
            CipherError::TooLong,
        ] {
            assert!(error.to_string().contains("must"), "{error}");
            assert!(error.source().is_none());
        }
        assert!(CipherError::InvalidKey(length).source().is_some());
        assert!(CipherError::InvalidIv(length).source().is_some());
    }
}
