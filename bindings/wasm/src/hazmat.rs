//! Raw keys, other IV lengths and associated data; for test vectors and interoperability.

use callback_profile::cipher::hazmat;

use crate::answer::{Answer, Failure};
use crate::arguments::call;

/// The ciphertext of key, IV, associated data and plaintext, followed by the 16-byte tag.
#[unsafe(no_mangle)]
pub extern "C" fn gcm_seal() -> i32 {
    call(|all, _| {
        let sealed = hazmat::gcm_seal(all.bytes()?, all.bytes()?, all.bytes()?, all.bytes()?);
        Ok(Answer::text(sealed.map_err(Failure::encrypting)?))
    })
}

/// The plaintext, if the tag is right.
#[unsafe(no_mangle)]
pub extern "C" fn gcm_open() -> i32 {
    call(|all, _| {
        let plaintext = hazmat::gcm_open(all.bytes()?, all.bytes()?, all.bytes()?, all.bytes()?);
        Ok(Answer::text(plaintext.map_err(Failure::decrypting)?))
    })
}

/// The ciphertext of key, IV and plaintext, as long as the plaintext.
#[unsafe(no_mangle)]
pub extern "C" fn cfb_encrypt() -> i32 {
    call(|all, _| {
        let ciphertext = hazmat::cfb_encrypt(all.bytes()?, all.bytes()?, all.bytes()?);
        Ok(Answer::text(ciphertext.map_err(Failure::encrypting)?))
    })
}

/// The plaintext; a changed ciphertext is not detected.
#[unsafe(no_mangle)]
pub extern "C" fn cfb_decrypt() -> i32 {
    call(|all, _| {
        let plaintext = hazmat::cfb_decrypt(all.bytes()?, all.bytes()?, all.bytes()?);
        Ok(Answer::text(plaintext.map_err(Failure::decrypting)?))
    })
}
