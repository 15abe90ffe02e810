//! What encrypts a profile's values: algorithm, key, IV and the names to encrypt.

use crate::cipher::{Algorithm, Cipher, Iv, Key, WireFormat};
use crate::selection::Selection;

/// A profile's encryption. `Debug` shows neither key nor IV.
pub struct Encryption {
    algorithm: Algorithm,
    key: Key,
    iv: Iv,
    params: Option<Vec<String>>,
    cipher: Cipher,
    selection: Selection,
}

/// What a masked key or IV is shown as. It is no letter or digit, so it is never read as one.
pub(crate) const MASK: &str = "********";

impl Encryption {
    /// The algorithm.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The names to encrypt; `None` means every value.
    pub fn params(&self) -> Option<&[String]> {
        self.params.as_deref()
    }

    /// The cipher, with the wire format of the profile.
    pub fn cipher(&self) -> &Cipher {
        &self.cipher
    }

    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The key's text, for the output that a caller asked for by name.
    pub(crate) fn key_text(&self) -> &str {
        std::str::from_utf8(self.key.as_bytes()).unwrap_or_default()
    }

    /// The IV's text.
    pub(crate) fn iv_text(&self) -> &str {
        std::str::from_utf8(self.iv.block()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Encryption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encryption")
            .field("algorithm", &self.algorithm)
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}

impl Encryption {
    /// Prepares the cipher. `None` cannot be: key and IV were checked.
    pub(crate) fn of(
        algorithm: Algorithm,
        key: &str,
        iv: &str,
        params: Option<Vec<String>>,
        wire_format: WireFormat,
    ) -> Option<Encryption> {
        let (key, iv) = (Key::new(algorithm, key).ok()?, Iv::new(iv).ok()?);
        let cipher = Cipher::with_key(algorithm, &key, &iv).ok()?.with_wire_format(wire_format);
        let selection = Selection::of_params(params.as_deref());
        Some(Encryption { algorithm, key, iv, params, cipher, selection })
    }
}
