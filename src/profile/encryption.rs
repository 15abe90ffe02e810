//! What encrypts a profile's values: algorithm, key, IV and the names to encrypt.

use zeroize::Zeroizing;

use crate::cipher::{Algorithm, Cipher, CipherError, WireFormat, same_text};
use crate::selection::Selection;

/// A profile's encryption. `Debug` shows neither key nor IV.
pub struct Encryption {
    key: Zeroizing<String>,
    iv: Zeroizing<String>,
    params: Option<Vec<String>>,
    cipher: Cipher,
    selection: Selection,
}

/// What a masked key or IV is shown as. It has neither letters nor digits, so it is never read as one.
pub(crate) const MASK: &str = "********";

impl Encryption {
    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.cipher.algorithm()
    }

    /// The names to encrypt, in their order; `None` means every value.
    pub fn encrypted_params(&self) -> Option<&[String]> {
        self.params.as_deref()
    }

    /// The cipher, with the wire format of the profile.
    pub fn cipher(&self) -> &Cipher {
        &self.cipher
    }

    /// Which values are encrypted.
    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The key's text, for output that the caller asked for with [`Secrets::Shown`](crate::Secrets::Shown).
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The IV's text, for the same output.
    pub(super) fn iv(&self) -> &str {
        &self.iv
    }

    /// Key and IV. For diagnosis alone.
    pub(crate) fn key_and_iv(&self) -> (&str, &str) {
        (&self.key, &self.iv)
    }

    /// Whether another encryption has the same key; compared in constant time.
    pub(super) fn has_key_of(&self, other: &Encryption) -> bool {
        same_text(&self.key, &other.key)
    }

    /// Whether another encryption has the same IV; compared in constant time.
    pub(super) fn has_iv_of(&self, other: &Encryption) -> bool {
        same_text(&self.iv, &other.iv)
    }

    /// Prepares the cipher.
    pub(super) fn new(
        algorithm: Algorithm,
        key: &str,
        iv: &str,
        params: Option<Vec<String>>,
        wire_format: WireFormat,
    ) -> Result<Encryption, CipherError> {
        let cipher = Cipher::new(algorithm, key, iv)?.with_wire_format(wire_format);
        let (key, iv) = (Zeroizing::new(key.to_owned()), Zeroizing::new(iv.to_owned()));
        let selection = Selection::of_params(params.as_deref());
        Ok(Encryption { key, iv, params, cipher, selection })
    }
}

impl std::fmt::Debug for Encryption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encryption")
            .field("algorithm", &self.algorithm())
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
