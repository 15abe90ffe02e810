//! Single values.

use callback_profile::cipher::{Algorithm, Cipher, CipherError};
use napi::bindgen_prelude::Buffer;
use napi_derive::napi;

use crate::failure::{Failure, Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::{ParseSettings, wire_format};

/// A key and an IV, ready for use.
#[napi(js_name = "CipherHandle")]
pub struct CipherHandle {
    cipher: Cipher,
}

/// Prepares a key and an IV.
#[napi(catch_unwind)]
pub fn new_cipher(
    algorithm: String,
    key: String,
    iv: String,
    settings: Option<ParseSettings>,
) -> Outcome<CipherHandle> {
    outcome(wire_format(&settings.unwrap_or_default()).and_then(|format| {
        let algorithm = Algorithm::from_name(&algorithm).ok_or(CipherError::UnknownAlgorithm);
        let cipher = algorithm.and_then(|algorithm| Cipher::new(algorithm, &key, &iv));
        Ok(CipherHandle { cipher: cipher.map_err(Failure::encrypting)?.with_wire_format(format) })
    }))
}

#[napi]
impl CipherHandle {
    /// The encrypted value in the encoding of the wire format.
    #[napi(catch_unwind)]
    pub fn encrypt(&self, value: Text) -> Outcome<String> {
        outcome(self.cipher.encrypt(owned(value)).map_err(Failure::encrypting))
    }

    /// The decrypted bytes.
    #[napi(catch_unwind)]
    pub fn decrypt(&self, text: Text) -> Outcome<Buffer> {
        outcome(self.cipher.decrypt(owned(text)).map(Buffer::from).map_err(Failure::decrypting))
    }

    /// The decrypted bytes as text.
    #[napi(catch_unwind)]
    pub fn decrypt_text(&self, text: Text) -> Outcome<String> {
        outcome(self.cipher.decrypt_text(owned(text)).map_err(Failure::decrypting))
    }
}
