//! Encrypts and decrypts the values of a callback as the platform does: AES in GCM or CFB mode under the one key
//! and the one IV of a profile.
//!
//! ```
//! use callback_profile::cipher::{Algorithm, Cipher};
//!
//! let cipher = Cipher::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap();
//! let text = cipher.encrypt("John").unwrap();
//! assert_eq!(text, "Y6rpazJmRslMExC1cCu3+DXVWA4=");
//! assert_eq!(cipher.decrypt_text(&text).unwrap(), "John");
//! ```
//!
//! # What this protects, and what it does not
//!
//! Somebody who sees one text and nothing else learns the length of its value. But key **and IV** of a profile
//! are fixed; that is the platform's format, which this module keeps to the byte, and it is weak:
//!
//! - Equal values give equal texts, for both modes.
//! - The XOR of two texts is the XOR of their values: over the whole length under GCM, up to and including the
//!   first 16-byte block that differs under CFB. Whoever knows one value reads as much of the other.
//! - **Under GCM, two values of equal length up to 16 bytes give away the authentication key** in closed form,
//!   and with it every text can be forged. Neither the tag nor [`CipherError::AuthFailed`] proves who
//!   wrote a text.
//! - CFB has no tag at all. A changed text decrypts to changed bytes, and flipping a bit of a text flips that
//!   very bit of the value. [`Cipher::decrypt_text`] notices what is no longer UTF-8, and nothing else.
//!
//! So treat what comes out as untrusted input, use a key and IV of their own for each profile, and sign
//! the whole callback where it matters.
//!
//! # How it is built
//!
//! `algorithm`, `key` and `wire_format` are what a profile says. `gcm` and `cfb` are the modes with all that depends
//! on key and IV alone computed once, over the AES of `block` and the hash of the crate `callback-profile-ghash`. `batch` encrypts the values of a
//! whole callback into the room that was reserved for them in the output. `hazmat` (a feature, off by default) is the
//! same without the rules of the text form, for test vectors.

use core::fmt;
use core::ops::Range;

mod algorithm;
mod batch;
mod block;
mod cfb;
mod error;
mod gcm;
#[cfg(any(feature = "hazmat", test))]
pub mod hazmat;
mod key;
mod sealing_key;
mod wire_format;

#[cfg(test)]
mod reference_test;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod vectors_test;

pub use algorithm::{Algorithm, IV_LEN, TAG_LEN};
pub use error::CipherError;
pub use key::{Iv, Key, KeyError};
pub use wire_format::{Encoding, Reading, TagPlacement, WireFormat};

pub(crate) use batch::Batch;
/// What diagnosis composes other modes of. Nothing else reaches below [`Cipher`].
pub(crate) mod diagnostic {
    pub(crate) use super::block::{Aes, BLOCK_LEN, Block};
    pub(crate) use super::cfb::Cfb;
    pub(crate) use super::gcm::Gcm;
}
pub(crate) use key::same_text;
pub(crate) use sealing_key::{NONCE_LEN, SEALED_TAG_LEN, SEALING_KEY_LEN, SEALING_KEY_PREFIX, SealingKey};

use block::Aes;
use cfb::Cfb;
use gcm::Gcm;
use zeroize::Zeroizing;

use crate::wiped::WipedBytes;

/// Longest plaintext in bytes, for both modes: 2^36 - 32, GCM's limit (NIST SP 800-38D, 5.2.1.1), or an eighth
/// of the address space where that is less.
#[cfg(target_pointer_width = "64")]
pub const MAX_PLAINTEXT_LEN: usize = gcm::MAX_PLAINTEXT_LEN as usize;
/// Longest plaintext in bytes, for both modes: an eighth of the address space.
#[cfg(not(target_pointer_width = "64"))]
pub const MAX_PLAINTEXT_LEN: usize = 0x1FFF_FFFF;

/// Ciphertexts up to this many bytes, tag included, are written into a buffer on the stack, which costs clearing it.
const SHORT_LEN: usize = 256;
/// The same with a larger buffer: values of up to 512 bytes need no allocation of their own.
const LONGER_LEN: usize = 512 + TAG_LEN;

/// A profile's encryption, ready for use: key schedule and constant blocks are computed once, here.
///
/// Shared freely between threads. It holds secrets, which are wiped when it is dropped; `Debug` shows the
/// algorithm and the wire format only. Read the [module documentation](self) for what a fixed IV means.
pub struct Cipher {
    algorithm: Algorithm,
    wire_format: WireFormat,
    prepared: Prepared,
}

/// Boxed, so that moving a [`Cipher`] leaves no copies of key material in memory.
enum Prepared {
    Gcm(Box<Gcm>),
    Cfb(Box<Cfb>),
}

impl Cipher {
    /// Prepares a key and an IV, with the [default](WireFormat::default) wire format.
    ///
    /// Both are letters and digits: the key has [`Algorithm::key_len`] of them, the IV 16. Their ASCII bytes are
    /// what AES gets. A 16-byte IV enters GCM through GHASH (NIST SP 800-38D, 7.1).
    ///
    /// # Errors
    /// [`CipherError::InvalidKey`] or [`CipherError::InvalidIv`] with the rule that is broken.
    ///
    /// ```
    /// use callback_profile::cipher::{Algorithm, Cipher, CipherError, KeyError};
    ///
    /// let error = Cipher::new(Algorithm::Aes192Cfb, "tooshort", "POabcdefghijklLY").unwrap_err();
    /// assert_eq!(error, CipherError::InvalidKey(KeyError::Length { expected: 24 }));
    /// ```
    pub fn new(algorithm: Algorithm, key: &str, iv: &str) -> Result<Cipher, CipherError> {
        let key = Key::new(algorithm, key).map_err(CipherError::InvalidKey)?;
        let iv = Iv::new(iv).map_err(CipherError::InvalidIv)?;
        Cipher::with_key(algorithm, &key, &iv)
    }

    /// Like [`Cipher::new`], with a key and an IV that were checked before.
    ///
    /// # Errors
    /// [`CipherError::InvalidKey`] if the key was made for an algorithm of another key length.
    pub fn with_key(algorithm: Algorithm, key: &Key, iv: &Iv) -> Result<Cipher, CipherError> {
        let expected = algorithm.key_len();
        let aes = Aes::new(key.as_bytes()).filter(|_| key.as_bytes().len() == expected);
        let aes = aes.ok_or(CipherError::InvalidKey(KeyError::Length { expected }))?;
        let prepared = if algorithm.is_gcm() {
            Prepared::Gcm(Box::new(Gcm::new(aes, iv.block())))
        } else {
            Prepared::Cfb(Box::new(Cfb::new(aes, iv.block())))
        };
        Ok(Cipher { algorithm, wire_format: WireFormat::default(), prepared })
    }

    /// The same key and IV with another wire format.
    #[must_use]
    pub fn with_wire_format(mut self, wire_format: WireFormat) -> Cipher {
        self.wire_format = wire_format;
        self
    }

    /// How ciphertext is written and read.
    pub fn wire_format(&self) -> &WireFormat {
        &self.wire_format
    }

    /// The algorithm that the cipher was made with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Encrypts one value and returns its text. Deterministic: the same value always gives the same text.
    ///
    /// # Errors
    /// [`CipherError::TooLong`] for more than [`MAX_PLAINTEXT_LEN`] bytes.
    pub fn encrypt(&self, plaintext: impl AsRef<[u8]>) -> Result<String, CipherError> {
        let plaintext = plaintext.as_ref();
        let mut text = String::with_capacity(self.checked_encrypted_len(plaintext.len())?);
        self.with_sealed(plaintext, |sealed| self.wire_format.encode_append(sealed, &mut text))?;
        Ok(text)
    }

    /// Encrypts one value to the front of a caller's buffer and returns the length of its text in bytes, which is
    /// [`encrypted_len`](Cipher::encrypted_len) of the plaintext's.
    ///
    /// # Errors
    /// [`CipherError::BufferTooSmall`] and [`CipherError::TooLong`]; nothing is then written.
    ///
    /// ```
    /// # use callback_profile::cipher::{Algorithm, Cipher};
    /// let cipher = Cipher::new(Algorithm::Aes128Cfb, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap();
    /// let mut buffer = [0; 100];
    /// let length = cipher.encrypt_into("John", &mut buffer).unwrap();
    /// assert_eq!(&buffer[..length], b"5cEjGQ==");
    /// ```
    pub fn encrypt_into(&self, plaintext: impl AsRef<[u8]>, out: &mut [u8]) -> Result<usize, CipherError> {
        let plaintext = plaintext.as_ref();
        let needed = self.checked_encrypted_len(plaintext.len())?;
        if out.len() < needed {
            return Err(CipherError::BufferTooSmall { needed });
        }
        self.with_sealed(plaintext, |sealed| self.wire_format.encode_into(sealed, out))?
    }

    /// Appends the text of one value. For values up to 512 bytes nothing is allocated besides `out`'s own growth.
    ///
    /// The error is [`CipherError::TooLong`]; nothing is then appended.
    #[inline]
    pub(crate) fn encrypt_append(&self, plaintext: &[u8], out: &mut Vec<u8>) -> Result<(), CipherError> {
        // The encoders would grow `out` by no more than they need, which adds up when called in a loop.
        out.reserve(self.checked_encrypted_len(plaintext.len())?);
        self.with_sealed(plaintext, |sealed| self.wire_format.encode_append(sealed, out))
    }

    /// Decrypts one text and returns the bytes of its value.
    ///
    /// # Errors
    /// [`CipherError::InvalidEncoding`]; for GCM [`CipherError::AuthFailed`], before anything is decrypted.
    /// **Under CFB a wrong key or a changed text is not an error**, the bytes are just others.
    pub fn decrypt(&self, text: impl AsRef<[u8]>) -> Result<Vec<u8>, CipherError> {
        let mut bytes = self.wire_format.decode(text.as_ref())?;
        let plaintext = self.open_in_place(&mut bytes)?;
        bytes.truncate(plaintext.end);
        bytes.drain(..plaintext.start);
        Ok(bytes)
    }

    /// Decrypts one text whose value is UTF-8, as the values of callbacks are.
    ///
    /// # Errors
    /// Those of [`Cipher::decrypt`], and [`CipherError::NotUtf8`], which under GCM says that key, IV and text are right. Do not let an untrusted sender know which of them
    /// it was: the answer would say something about the plaintext.
    pub fn decrypt_text(&self, text: impl AsRef<[u8]>) -> Result<String, CipherError> {
        String::from_utf8(self.decrypt(text)?).map_err(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            CipherError::NotUtf8 { authenticated: self.algorithm.is_gcm() }
        })
    }

    /// The same in memory that is used again for the next value.
    #[inline]
    pub(crate) fn decrypt_text_in<'r>(
        &self,
        text: &str,
        room: &'r mut WipedBytes,
    ) -> Result<&'r str, CipherError> {
        room.clear();
        let format = self.wire_format;
        room.write_by(text.len(), |room| format.decode_append(text.as_bytes(), room))?;
        let plaintext = self.open_in_place(room.as_mut_slice())?;
        let plaintext = room.as_slice().get(plaintext).unwrap_or_default();
        simdutf8::basic::from_utf8(plaintext)
            .map_err(|_| CipherError::NotUtf8 { authenticated: self.algorithm.is_gcm() })
    }

    /// Decrypts one text to the front of a caller's buffer and returns the length of the value in bytes. A buffer
    /// of [`decrypted_len_max`](Cipher::decrypted_len_max) bytes is always large enough.
    ///
    /// # Errors
    /// Those of [`Cipher::decrypt`], and [`CipherError::BufferTooSmall`]; nothing is then written.
    ///
    /// ```
    /// # use callback_profile::cipher::{Algorithm, Cipher};
    /// let cipher = Cipher::new(Algorithm::Aes128Cfb, "K1abcdefghijkl2P", "POabcdefghijklLY").unwrap();
    /// let mut buffer = [0; 100];
    /// assert_eq!(cipher.decrypt_into("5cEjGQ==", &mut buffer), Ok(4));
    /// assert_eq!(&buffer[..4], b"John");
    /// ```
    pub fn decrypt_into(&self, text: impl AsRef<[u8]>, out: &mut [u8]) -> Result<usize, CipherError> {
        let plaintext = Zeroizing::new(self.decrypt(text)?);
        let needed = plaintext.len();
        out.get_mut(..needed).ok_or(CipherError::BufferTooSmall { needed })?.copy_from_slice(&plaintext);
        Ok(needed)
    }

    /// Length in bytes of the text of a plaintext of so many bytes; `usize::MAX` where the number does not fit.
    pub fn encrypted_len(&self, plaintext_len: usize) -> usize {
        self.wire_format.encoded_len(plaintext_len.saturating_add(self.algorithm.overhead()))
    }

    /// Length in bytes that the value of a text of so many bytes has at most.
    pub fn decrypted_len_max(&self, text_len: usize) -> usize {
        self.wire_format.decoded_len_max(text_len).saturating_sub(self.algorithm.overhead())
    }

    fn checked_encrypted_len(&self, plaintext_len: usize) -> Result<usize, CipherError> {
        if plaintext_len > MAX_PLAINTEXT_LEN {
            return Err(CipherError::TooLong);
        }
        Ok(self.encrypted_len(plaintext_len))
    }

    /// Calls `write` with the encrypted bytes, which are on the stack if they are few.
    #[inline]
    fn with_sealed<T>(&self, plaintext: &[u8], write: impl FnOnce(&[u8]) -> T) -> Result<T, CipherError> {
        let len = plaintext.len().saturating_add(self.algorithm.overhead());
        if let Some(sealed) = [0; SHORT_LEN].get_mut(..len) {
            self.seal_into(plaintext, sealed)?;
            return Ok(write(sealed));
        }
        if let Some(sealed) = [0; LONGER_LEN].get_mut(..len) {
            self.seal_into(plaintext, sealed)?;
            return Ok(write(sealed));
        }
        let mut sealed = vec![0; len];
        self.seal_into(plaintext, &mut sealed)?;
        Ok(write(&sealed))
    }

    /// Decrypts decoded bytes, and says which of them are the plaintext then.
    #[inline]
    fn open_in_place(&self, bytes: &mut [u8]) -> Result<Range<usize>, CipherError> {
        match &self.prepared {
            Prepared::Cfb(cfb) => {
                cfb.decrypt(bytes);
                Ok(0..bytes.len())
            }
            Prepared::Gcm(gcm) => {
                let (ciphertext, tag) =
                    split_tag(bytes, self.wire_format.tag).ok_or(CipherError::AuthFailed)?;
                gcm.open(b"", ciphertext, tag)?;
                let len = ciphertext.len();
                Ok(match self.wire_format.tag {
                    TagPlacement::Appended => 0..len,
                    TagPlacement::Prepended => TAG_LEN..len.saturating_add(TAG_LEN),
                })
            }
        }
    }

    /// Fills `sealed`, which has the length of the plaintext and of the tag, if there is one.
    #[inline]
    fn seal_into(&self, plaintext: &[u8], sealed: &mut [u8]) -> Result<(), CipherError> {
        match &self.prepared {
            Prepared::Cfb(cfb) => {
                sealed.copy_from_slice(plaintext);
                cfb.encrypt(sealed);
            }
            Prepared::Gcm(gcm) => {
                let (ciphertext, tag) = match self.wire_format.tag {
                    TagPlacement::Appended => sealed.split_at_mut(plaintext.len()),
                    TagPlacement::Prepended => {
                        let (tag, ciphertext) = sealed.split_at_mut(TAG_LEN);
                        (ciphertext, tag)
                    }
                };
                tag.copy_from_slice(&gcm.seal(b"", plaintext, ciphertext)?);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cipher")
            .field("algorithm", &self.algorithm)
            .field("wire_format", &self.wire_format)
            .finish_non_exhaustive()
    }
}

/// Ciphertext and tag, in whichever order they are; `None` if there are fewer bytes than a tag has.
fn split_tag(bytes: &mut [u8], placement: TagPlacement) -> Option<(&mut [u8], &mut [u8; TAG_LEN])> {
    match placement {
        TagPlacement::Appended => bytes.split_last_chunk_mut(),
        TagPlacement::Prepended => bytes.split_first_chunk_mut().map(|(tag, ciphertext)| (ciphertext, tag)),
    }
}
