//! Below the text rules, for published test vectors and interoperability, not for services: raw key bytes, other IV lengths,
//! associated data. Only in a library that was built with the feature `hazmat`.

use std::ffi::c_void;

use cbp::cipher::hazmat;

use crate::bytes::cbp_bytes;
use crate::convert::{bytes, out};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;

/// Encrypts with AES-GCM: ciphertext, then the 16-byte tag. The key has 16, 24 or 32 bytes, the IV at least one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_hazmat_gcm_seal(
    key: *const c_void,
    key_len: usize,
    iv: *const c_void,
    iv_len: usize,
    associated: *const c_void,
    associated_len: usize,
    plaintext: *const c_void,
    plaintext_len: usize,
    sealed: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (key, iv, associated, plaintext, sealed) = unsafe {
            (
                bytes(key, key_len)?,
                bytes(iv, iv_len)?,
                bytes(associated, associated_len)?,
                bytes(plaintext, plaintext_len)?,
                out(sealed)?,
            )
        };
        let made = hazmat::gcm_seal(key, iv, associated, plaintext).map_err(Failure::cipher)?;
        sealed.give(cbp_bytes::new(made));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Checks and decrypts what cbp_hazmat_gcm_seal() made; CBP_ERROR_AUTH_FAILED for everything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_hazmat_gcm_open(
    key: *const c_void,
    key_len: usize,
    iv: *const c_void,
    iv_len: usize,
    associated: *const c_void,
    associated_len: usize,
    sealed: *const c_void,
    sealed_len: usize,
    plaintext: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (key, iv, associated, sealed, plaintext) = unsafe {
            (
                bytes(key, key_len)?,
                bytes(iv, iv_len)?,
                bytes(associated, associated_len)?,
                bytes(sealed, sealed_len)?,
                out(plaintext)?,
            )
        };
        let opened = hazmat::gcm_open(key, iv, associated, sealed).map_err(Failure::decryption)?;
        plaintext.give(cbp_bytes::new(opened));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Encrypts with AES-CFB (128-bit feedback). The key has 16, 24 or 32 bytes, the IV 16.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_hazmat_cfb_encrypt(
    key: *const c_void,
    key_len: usize,
    iv: *const c_void,
    iv_len: usize,
    plaintext: *const c_void,
    plaintext_len: usize,
    ciphertext: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (key, iv, plaintext, ciphertext) = unsafe {
            (bytes(key, key_len)?, bytes(iv, iv_len)?, bytes(plaintext, plaintext_len)?, out(ciphertext)?)
        };
        let made = hazmat::cfb_encrypt(key, iv, plaintext).map_err(Failure::cipher)?;
        ciphertext.give(cbp_bytes::new(made));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Decrypts AES-CFB. A wrong key or a changed text gives other bytes, not a failure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_hazmat_cfb_decrypt(
    key: *const c_void,
    key_len: usize,
    iv: *const c_void,
    iv_len: usize,
    ciphertext: *const c_void,
    ciphertext_len: usize,
    plaintext: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (key, iv, ciphertext, plaintext) = unsafe {
            (bytes(key, key_len)?, bytes(iv, iv_len)?, bytes(ciphertext, ciphertext_len)?, out(plaintext)?)
        };
        let opened = hazmat::cfb_decrypt(key, iv, ciphertext).map_err(Failure::decryption)?;
        plaintext.give(cbp_bytes::new(opened));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}
