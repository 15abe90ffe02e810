//! The six algorithms that a profile can name.

use crate::names::named_values;

/// Bytes of the initialisation vector, for every algorithm. The text form has as many characters.
pub const IV_LEN: usize = 16;

/// Bytes of a GCM authentication tag. Shorter tags are neither written nor accepted.
pub const TAG_LEN: usize = 16;

/// An encryption algorithm of the profile format: AES (FIPS 197) in GCM or in CFB mode.
///
/// GCM is NIST SP 800-38D with a 16-byte tag; CFB is NIST SP 800-38A with 128-bit feedback and no padding,
/// which is what OpenSSL calls `aes-128-cfb`.
///
/// ```
/// use callback_profile::cipher::Algorithm;
///
/// let algorithm = Algorithm::from_name("AES-192-CFB").unwrap();
/// assert_eq!(algorithm.key_len(), 24);
/// assert!(!algorithm.is_authenticated());
/// ```
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug, Hash)]
pub enum Algorithm {
    /// `AES-128-GCM`
    Aes128Gcm,
    /// `AES-192-GCM`
    Aes192Gcm,
    /// `AES-256-GCM`
    Aes256Gcm,
    /// `AES-128-CFB`
    Aes128Cfb,
    /// `AES-192-CFB`
    Aes192Cfb,
    /// `AES-256-CFB`
    Aes256Cfb,
}

named_values!(Algorithm {
    Aes128Gcm = "AES-128-GCM",
    Aes192Gcm = "AES-192-GCM",
    Aes256Gcm = "AES-256-GCM",
    Aes128Cfb = "AES-128-CFB",
    Aes192Cfb = "AES-192-CFB",
    Aes256Cfb = "AES-256-CFB",
});

impl Algorithm {
    /// Length of the key: 16, 24 or 32 bytes, which are as many characters of its text form.
    pub const fn key_len(self) -> usize {
        match self {
            Algorithm::Aes128Gcm | Algorithm::Aes128Cfb => 16,
            Algorithm::Aes192Gcm | Algorithm::Aes192Cfb => 24,
            Algorithm::Aes256Gcm | Algorithm::Aes256Cfb => 32,
        }
    }

    /// Whether a text carries a tag (GCM). With a profile's fixed IV even the tag does not stop forgery: see
    /// the [module documentation](super).
    pub const fn is_authenticated(self) -> bool {
        self.is_gcm()
    }

    /// Whether the mode is GCM; otherwise it is CFB.
    pub const fn is_gcm(self) -> bool {
        matches!(self, Algorithm::Aes128Gcm | Algorithm::Aes192Gcm | Algorithm::Aes256Gcm)
    }

    /// Bytes by which a ciphertext is longer than its plaintext.
    pub(crate) const fn overhead(self) -> usize {
        if self.is_gcm() { TAG_LEN } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lengths_and_modes() {
        let table: Vec<_> = Algorithm::ALL
            .iter()
            .map(|a| (a.name(), a.key_len(), a.is_gcm(), a.is_authenticated(), a.overhead()))
            .collect();
        assert_eq!(
            table,
            [
                ("AES-128-GCM", 16, true, true, 16),
                ("AES-192-GCM", 24, true, true, 16),
                ("AES-256-GCM", 32, true, true, 16),
                ("AES-128-CFB", 16, false, false, 0),
                ("AES-192-CFB", 24, false, false, 0),
                ("AES-256-CFB", 32, false, false, 0),
            ]
        );
    }

    #[test]
    fn only_exact_names_are_read() {
        for &algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
            assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
        }
        for name in ["", "aes-128-gcm", "AES-128-GCM ", "AES-128-CFB8", "AES128GCM", "AES-512-GCM"] {
            assert_eq!(Algorithm::from_name(name), None);
            let error = name.parse::<Algorithm>().unwrap_err();
            assert_eq!(
                format!("algorithm {error}"),
                crate::cipher::CipherError::UnknownAlgorithm.to_string()
            );
        }
    }
}
