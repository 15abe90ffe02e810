//! Single values.

use std::rc::Rc;

use callback_profile::cipher::{Algorithm, Cipher, CipherError};

use crate::answer::{Answer, Failure};
use crate::arguments::call;
use crate::objects::{self, Object};

/// Prepares a key and an IV.
#[unsafe(no_mangle)]
pub extern "C" fn new_cipher() -> i32 {
    call(|arguments, settings| {
        let format = settings.wire_format()?;
        let algorithm = Algorithm::from_name(arguments.text()?).ok_or(CipherError::UnknownAlgorithm);
        let (key, iv) = (arguments.text()?, arguments.text()?);
        let cipher = algorithm.and_then(|algorithm| Cipher::new(algorithm, key, iv));
        Ok(Object::Cipher(Rc::new(cipher.map_err(Failure::encrypting)?.with_wire_format(format))).answer())
    })
}

/// The encrypted value in the encoding of the wire format.
#[unsafe(no_mangle)]
pub extern "C" fn cipher_encrypt(cipher: u32) -> i32 {
    call(|arguments, _| {
        let text = objects::cipher(cipher)?.encrypt(arguments.bytes()?);
        Ok(Answer::text(text.map_err(Failure::encrypting)?))
    })
}

/// The decrypted bytes.
#[unsafe(no_mangle)]
pub extern "C" fn cipher_decrypt(cipher: u32) -> i32 {
    call(|arguments, _| {
        let value = objects::cipher(cipher)?.decrypt(arguments.bytes()?);
        Ok(Answer::text(value.map_err(Failure::decrypting)?))
    })
}

/// The decrypted bytes as text.
#[unsafe(no_mangle)]
pub extern "C" fn cipher_decrypt_text(cipher: u32) -> i32 {
    call(|arguments, _| {
        let value = objects::cipher(cipher)?.decrypt_text(arguments.bytes()?);
        Ok(Answer::text(value.map_err(Failure::decrypting)?))
    })
}
