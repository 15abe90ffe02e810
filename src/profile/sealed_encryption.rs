//! What seals the callbacks of a profile whose `enc` has version 2.

use std::sync::OnceLock;

use super::encryption::Encryption;
use crate::Error;
use crate::body::shape::ObjectShape;
use crate::cipher::{SealingKey, same_text};
use crate::selection::Selection;

/// The encryption of sealed callbacks: a key, its id, and the names that no readable copy has. `Debug` shows no key.
pub struct SealedEncryption {
    kid: String,
    key: SealingKey,
    params: Option<Vec<String>>,
    selection: Selection,
    /// Made when the first callback is opened: senders never need it.
    shape: OnceLock<ObjectShape>,
}

/// A profile's encryption, of whichever version.
pub(crate) enum AnyEncryption {
    /// The documented one: values, one by one.
    Documented(Encryption),
    /// Version 2: the callback as a whole. Boxed, for it is much larger and rarer.
    Sealed(Box<SealedEncryption>),
}

impl AnyEncryption {
    /// The names in `params`; `None` if there is no such member.
    pub(crate) fn encrypted_params(&self) -> Option<&[String]> {
        match self {
            AnyEncryption::Documented(enc) => enc.encrypted_params(),
            AnyEncryption::Sealed(enc) => enc.encrypted_params(),
        }
    }
}

impl SealedEncryption {
    /// The key's id: 1 to 64 letters, digits, `.`, `_` and `-`. It is sent in clear.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The names that are sealed alone; all others are repeated outside for routers. `None`: nothing is repeated.
    pub fn encrypted_params(&self) -> Option<&[String]> {
        self.params.as_deref()
    }

    pub(crate) fn key(&self) -> &SealingKey {
        &self.key
    }

    /// What no readable copy has.
    pub(crate) fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What the object of all parameters must look like.
    pub(crate) fn shape(
        &self,
        make: impl FnOnce() -> Result<ObjectShape, Error>,
    ) -> Result<&ObjectShape, Error> {
        if let Some(shape) = self.shape.get() {
            return Ok(shape);
        }
        let shape = make()?;
        Ok(self.shape.get_or_init(|| shape))
    }

    /// Whether another encryption has the same key; compared in constant time.
    pub(super) fn has_key_of(&self, other: &SealedEncryption) -> bool {
        same_text(self.key.text(), other.key.text())
    }

    pub(super) fn new(kid: &str, key: SealingKey, params: Option<Vec<String>>) -> SealedEncryption {
        let selection = Selection::of_params(params.as_deref());
        SealedEncryption { kid: kid.to_owned(), key, params, selection, shape: OnceLock::new() }
    }
}

impl std::fmt::Debug for SealedEncryption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedEncryption")
            .field("kid", &self.kid)
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}
