//! Raw keys, other IV lengths and associated data; for test vectors and interoperability.

use callback_profile::cipher::hazmat;
use napi::bindgen_prelude::{Buffer, Uint8Array};
use napi_derive::napi;

use crate::failure::{Failure, Outcome, outcome};

/// The ciphertext followed by the 16-byte tag.
#[napi(catch_unwind)]
pub fn gcm_seal(
    key: Uint8Array,
    iv: Uint8Array,
    associated_data: Uint8Array,
    plaintext: Uint8Array,
) -> Outcome<Buffer> {
    let sealed = hazmat::gcm_seal(&key, &iv, &associated_data, &plaintext);
    outcome(sealed.map(Buffer::from).map_err(Failure::encrypting))
}

/// The plaintext, if the tag is right.
#[napi(catch_unwind)]
pub fn gcm_open(
    key: Uint8Array,
    iv: Uint8Array,
    associated_data: Uint8Array,
    sealed: Uint8Array,
) -> Outcome<Buffer> {
    let plaintext = hazmat::gcm_open(&key, &iv, &associated_data, &sealed);
    outcome(plaintext.map(Buffer::from).map_err(Failure::decrypting))
}

/// The ciphertext, as long as the plaintext.
#[napi(catch_unwind)]
pub fn cfb_encrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array) -> Outcome<Buffer> {
    outcome(hazmat::cfb_encrypt(&key, &iv, &plaintext).map(Buffer::from).map_err(Failure::encrypting))
}

/// The plaintext; a changed ciphertext is not detected.
#[napi(catch_unwind)]
pub fn cfb_decrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array) -> Outcome<Buffer> {
    outcome(hazmat::cfb_decrypt(&key, &iv, &ciphertext).map(Buffer::from).map_err(Failure::decrypting))
}
