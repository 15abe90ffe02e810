//! Keys and initialisation vectors: text of letters and digits, wiped when dropped, never printed.

use core::fmt;
use core::hint::black_box;

use zeroize::Zeroizing;

use super::{Algorithm, IV_LEN};

/// The secret key of a profile: ASCII letters and digits, whose bytes are the AES key.
///
/// It is wiped from memory when dropped, `Debug` prints `Key(..)`, and it can be neither cloned, compared nor
/// displayed.
///
/// ```
/// use callback_profile::cipher::{Algorithm, Key, KeyError};
///
/// assert!(Key::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P").is_ok());
/// assert_eq!(Key::new(Algorithm::Aes256Gcm, "short").err(), Some(KeyError::Length { expected: 32 }));
/// ```
pub struct Key(Zeroizing<Vec<u8>>);

impl Key {
    /// Takes a key of exactly [`Algorithm::key_len`] characters.
    ///
    /// # Errors
    /// [`KeyError::Length`] for any other number of characters, else [`KeyError::Characters`].
    pub fn new(algorithm: Algorithm, text: &str) -> Result<Key, KeyError> {
        letters_and_digits(text, algorithm.key_len()).map(Key)
    }

    /// The AES key.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The initialisation vector of a profile: 16 ASCII letters and digits, for every algorithm.
///
/// It is treated like the key: wiped when dropped and never printed.
///
/// ```
/// use callback_profile::cipher::Iv;
///
/// let iv = Iv::new("POabcdefghijklLY").unwrap();
/// assert_eq!(format!("{iv:?}"), "Iv(..)");
/// ```
pub struct Iv(Box<Zeroizing<[u8; IV_LEN]>>);

impl Iv {
    /// Takes an IV of exactly [`IV_LEN`] characters.
    ///
    /// # Errors
    /// [`KeyError::Length`] for any other number of characters, else [`KeyError::Characters`].
    pub fn new(text: &str) -> Result<Iv, KeyError> {
        let bytes = letters_and_digits(text, IV_LEN)?;
        let mut iv = Box::new(Zeroizing::new([0; IV_LEN]));
        iv.copy_from_slice(&bytes);
        Ok(Iv(iv))
    }

    /// The bytes of the IV.
    pub(crate) fn block(&self) -> &[u8; IV_LEN] {
        &self.0
    }
}

impl fmt::Debug for Iv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iv(..)")
    }
}

/// Which rule a key or an IV breaks. The text is made to follow a name: `key must be 16 characters`.
#[non_exhaustive]
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum KeyError {
    /// Wrong number of characters (of bytes, where raw bytes are given).
    Length {
        /// The only right number.
        expected: usize,
    },
    /// Something other than `A-Z`, `a-z` and `0-9`.
    Characters,
    /// Raw key bytes that are not 16, 24 or 32 (FIPS 197).
    NotAnAesKey,
    /// A raw IV of no bytes.
    Empty,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyError::Length { expected } => write!(f, "must be {expected} characters"),
            KeyError::Characters => f.write_str("must be letters and digits"),
            KeyError::NotAnAesKey => f.write_str("must be 16, 24 or 32 bytes"),
            KeyError::Empty => f.write_str("must not be empty"),
        }
    }
}

impl std::error::Error for KeyError {}

/// Whether key and IV are the same text, for the advisory `key_equals_iv`. Takes the same time wherever the two differ.
pub(crate) fn same_text(key: &str, iv: &str) -> bool {
    // `black_box` keeps the compiler from leaving the loop at the first difference.
    let difference = key.bytes().zip(iv.bytes()).fold(0, |all, (a, b)| black_box(all | (a ^ b)));
    key.len() == iv.len() && difference == 0
}

/// Checks the length in characters first, as the validator does, so that `é` in a key of the right length is
/// called a wrong character and not a wrong length.
fn letters_and_digits(text: &str, expected: usize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    if text.chars().count() != expected {
        return Err(KeyError::Length { expected });
    }
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(KeyError::Characters);
    }
    Ok(Zeroizing::new(text.as_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::{Zeroize, ZeroizeOnDrop};

    #[test]
    fn exact_length_of_letters_and_digits() {
        for &algorithm in Algorithm::ALL {
            let expected = algorithm.key_len();
            for length in 0..40 {
                let verdict = Key::new(algorithm, &"a".repeat(length)).map(|key| key.as_bytes().len());
                let wanted = if length == expected { Ok(length) } else { Err(KeyError::Length { expected }) };
                assert_eq!(verdict, wanted);
            }
        }
        for length in 0..40 {
            let verdict = Iv::new(&"7".repeat(length)).map(|iv| iv.block().to_vec());
            let wanted =
                if length == 16 { Ok(vec![b'7'; 16]) } else { Err(KeyError::Length { expected: 16 }) };
            assert_eq!(verdict, wanted);
        }
    }

    #[test]
    fn every_other_character_is_refused() {
        for character in ('\0'..='\u{ff}').chain(['\u{2028}', '１', '\u{10ffff}']) {
            let text = format!("{}{character}", "a".repeat(15));
            let accepted = Iv::new(&text).is_ok();
            assert_eq!(accepted, character.is_ascii_alphanumeric(), "{character:?}");
            if !accepted {
                assert_eq!(Key::new(Algorithm::Aes128Cfb, &text).err(), Some(KeyError::Characters));
            }
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Key::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P")), "Ok(Key(..))");
        assert_eq!(format!("{:#?}", Iv::new("POabcdefghijklLY").unwrap()), "Iv(..)");
    }

    #[test]
    fn key_and_iv_are_compared_over_their_whole_length() {
        let text = "K1abcdefghijkl2P";
        assert!(same_text(text, text));
        for position in 0..16 {
            let mut other = text.to_string();
            other.replace_range(position..=position, "0");
            assert!(!same_text(text, &other));
        }
        assert!(!same_text("K1abcdefghijkl2P12345678", text));
        assert!(!same_text("ab", "ba"), "two differences must not cancel");
    }

    #[test]
    fn the_bytes_live_in_a_wiping_type() {
        fn is_wiped<T: ZeroizeOnDrop>(_: &T) {}
        let mut key = Key::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P").unwrap();
        is_wiped(&key.0);
        is_wiped(&*Iv::new("POabcdefghijklLY").unwrap().0);
        key.0.zeroize();
        assert!(key.as_bytes().is_empty());
    }
}
