//! Signing secrets of Standard Webhooks: `whsec_` and standard padded base64 of 24 to 64 bytes.

use std::fmt;

use base64_simd::STANDARD;
use zeroize::Zeroizing;

use crate::Error;

/// What every secret begins with.
const PREFIX: &str = "whsec_";

/// Fewest and most bytes of a secret (Standard Webhooks 1.0.0).
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// Bytes of a generated secret.
pub const SIGNING_SECRET_RANDOM_LEN: usize = 48;

/// The secret of an endpoint, which sender and receiver share. Wiped when it is dropped, never printed.
pub struct SigningSecret(Zeroizing<Vec<u8>>);

impl SigningSecret {
    /// Reads a secret: `whsec_` and standard base64 with padding. The URL alphabet is refused: one published package drops
    /// its two characters and uses another key.
    ///
    /// # Errors
    /// [`Error::InvalidSecret`] with the rule that is broken; it never repeats the text.
    ///
    /// ```
    /// use callback_profile::seal::SigningSecret;
    /// assert!(SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_ok());
    /// let refusal = SigningSecret::parse("whsec_c2hvcnQ=").unwrap_err().to_string();
    /// assert_eq!(refusal, "a signing secret must have 24 to 64 bytes");
    /// ```
    pub fn parse(text: &str) -> Result<SigningSecret, Error> {
        let encoded = text.strip_prefix(PREFIX).ok_or(Error::InvalidSecret("begin with whsec_"))?;
        let bytes = STANDARD.decode_to_vec(encoded).map(Zeroizing::new);
        let bytes =
            bytes.map_err(|_| Error::InvalidSecret("be standard base64 with padding behind whsec_"))?;
        if !LENGTHS.contains(&bytes.len()) {
            return Err(Error::InvalidSecret("have 24 to 64 bytes"));
        }
        Ok(SigningSecret(bytes))
    }

    /// The text of a new secret, of random bytes that the caller takes from its operating system.
    ///
    /// ```
    /// use callback_profile::seal::SigningSecret;
    /// let text = SigningSecret::generate(&[7; 48]); // in earnest: from the operating system
    /// assert!(text.starts_with("whsec_") && SigningSecret::parse(&text).is_ok());
    /// ```
    pub fn generate(random: &[u8; SIGNING_SECRET_RANDOM_LEN]) -> String {
        let room = PREFIX.len().saturating_add(STANDARD.encoded_length(random.len()));
        let mut text = String::with_capacity(room);
        text.push_str(PREFIX);
        STANDARD.encode_append(random, &mut text);
        text
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_alphabet_and_prefix() {
        for length in 0..100 {
            let text = format!("whsec_{}", STANDARD.encode_to_string(vec![7; length]));
            let read = SigningSecret::parse(&text).map(|secret| secret.as_bytes().len());
            let refused = Err(Error::InvalidSecret("have 24 to 64 bytes"));
            assert_eq!(read, if (24..=64).contains(&length) { Ok(length) } else { refused });
        }
        let valid = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        for (text, expected) in [
            ("", "begin with"),
            (valid, "begin with"),
            ("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begin with"),
            ("whsec_", "24 to 64"),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-", "standard base64"),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA", "standard base64"),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAB==", "standard base64"),
            ("whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "standard base64"),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", "standard base64"),
        ] {
            let refused = SigningSecret::parse(text).unwrap_err().to_string();
            assert!(refused.contains(expected) && !refused.contains(valid), "{text:?}: {refused}");
        }
        assert_eq!(format!("{:?}", SigningSecret::parse(&format!("whsec_{valid}"))), "Ok(SigningSecret(..))");
    }
}
