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
    let make = || -> Result<CipherHandle, Failure> {
        let format = wire_format(&settings.unwrap_or_default())?;
        let algorithm = Algorithm::from_name(&algorithm).ok_or(CipherError::UnknownAlgorithm)?;
        Ok(CipherHandle { cipher: Cipher::new(algorithm, &key, &iv)?.with_wire_format(format) })
    };
    outcome(make())
}

#[napi]
impl CipherHandle {
    #[napi(catch_unwind)]
    pub fn encrypt(&self, value: Text) -> Outcome<String> {
        outcome(self.cipher.encrypt(owned(value)))
    }

    #[napi(catch_unwind)]
    pub fn decrypt(&self, text: Text) -> Outcome<Buffer> {
        outcome(self.cipher.decrypt(owned(text)).map(Buffer::from))
    }

    #[napi(catch_unwind)]
    pub fn decrypt_text(&self, text: Text) -> Outcome<String> {
        outcome(self.cipher.decrypt_text(owned(text)))
    }
}
