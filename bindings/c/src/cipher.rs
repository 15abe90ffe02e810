//! Ciphers: single values, encrypted and decrypted as the platform does.

use std::ffi::{c_char, c_void};

use cbp::cipher::{Algorithm, Cipher, CipherError, IV_LEN, MAX_PLAINTEXT_LEN, TAG_LEN, WireFormat};
use zeroize::Zeroizing;

use crate::convert::{Out, bytes, object, out, room, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::{encoding_number, number_of, reading_number, tag_number, value_of, wire_format};
use crate::text::cbp_str;

/// AES in GCM mode, a key of 16 characters.
pub const CBP_ALGORITHM_AES_128_GCM: u32 = 1;
/// AES in GCM mode, a key of 24 characters.
pub const CBP_ALGORITHM_AES_192_GCM: u32 = 2;
/// AES in GCM mode, a key of 32 characters.
pub const CBP_ALGORITHM_AES_256_GCM: u32 = 3;
/// AES in CFB mode, a key of 16 characters. CFB does not detect tampering.
pub const CBP_ALGORITHM_AES_128_CFB: u32 = 4;
/// AES in CFB mode, a key of 24 characters. CFB does not detect tampering.
pub const CBP_ALGORITHM_AES_192_CFB: u32 = 5;
/// AES in CFB mode, a key of 32 characters. CFB does not detect tampering.
pub const CBP_ALGORITHM_AES_256_CFB: u32 = 6;

/// Length of an IV in characters, for every algorithm; cbp_iv_len() at run time.
pub const CBP_IV_LEN: usize = 16;
/// Length of a GCM tag in bytes; cbp_tag_len() at run time.
pub const CBP_TAG_LEN: usize = 16;
/// Length of the longest key in characters.
pub const CBP_KEY_LEN_MAX: usize = 32;

/// Key and IV, prepared. It never changes, so threads may share it. Key material is overwritten when it is freed.
///
/// Key **and IV** of a profile are fixed, which is the platform's format and weak: equal values give equal texts, the XOR of
/// two texts is the XOR of their values, a text shows the length of its value, and under GCM two short values of equal length
/// reveal the authentication key, with which every text can be forged. CFB has no tag at all. So treat what was decrypted as
/// input from a stranger.
#[repr(transparent)]
pub struct cbp_cipher(pub(crate) Cipher);

/// Prepares a key and an IV. `algorithm` is a CBP_ALGORITHM number; the key has cbp_algorithm_key_len() letters and digits, the
/// IV 16. Values are written as base64 with the tag appended, and read tolerantly. The caller frees `*cipher`.
///
/// Errors: CBP_ERROR_INVALID_KEY, CBP_ERROR_INVALID_IV, CBP_ERROR_UNKNOWN_ALGORITHM for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_new(
    algorithm: u32,
    key: *const c_char,
    key_len: usize,
    iv: *const c_char,
    iv_len: usize,
    cipher: *mut *mut cbp_cipher,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe { prepare(algorithm, (key, key_len), (iv, iv_len), WireFormat::default(), cipher) }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Like cbp_cipher_new(), with a wire format: a CBP_ENCODING, a CBP_TAG and a CBP_READING number; 0 is the default of each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_new_with(
    algorithm: u32,
    key: *const c_char,
    key_len: usize,
    iv: *const c_char,
    iv_len: usize,
    encoding: u32,
    tag: u32,
    reading: u32,
    cipher: *mut *mut cbp_cipher,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe {
            prepare(algorithm, (key, key_len), (iv, iv_len), wire_format(encoding, tag, reading)?, cipher)
        }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The CBP_ALGORITHM number; 0 if `cipher` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_algorithm(cipher: *const cbp_cipher) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| algorithm_number(cipher.0.algorithm())) }
}

/// The CBP_ENCODING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_encoding(cipher: *const cbp_cipher) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| encoding_number(*cipher.0.wire_format())) }
}

/// The CBP_TAG number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_tag(cipher: *const cbp_cipher) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| tag_number(*cipher.0.wire_format())) }
}

/// The CBP_READING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_reading(cipher: *const cbp_cipher) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| reading_number(*cipher.0.wire_format())) }
}

/// Length in bytes of the text of a value of `plaintext_len` bytes: exactly what cbp_cipher_encrypt() writes. SIZE_MAX if the
/// number does not fit, 0 if `cipher` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_encrypted_len(cipher: *const cbp_cipher, plaintext_len: usize) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| Some(cipher.0.encrypted_len(plaintext_len))) }
}

/// Length in bytes that the value of a text of `text_len` bytes has at most: a buffer of this size is large enough for
/// cbp_cipher_decrypt(). 0 if `cipher` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_decrypted_len_max(cipher: *const cbp_cipher, text_len: usize) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(cipher, 0, |cipher| Some(cipher.0.decrypted_len_max(text_len))) }
}

/// Encrypts one value into the caller's buffer: the same value always gives the same text. No zero byte is added.
///
/// Sizes are in bytes. `*written` is the length of the result. If the buffer is too small, the status is
/// CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is needed; after any other error it is unchanged. The buffer is
/// written on success only. It must not overlap the input: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_encrypt(
    cipher: *const cbp_cipher,
    plaintext: *const c_void,
    plaintext_len: usize,
    text: *mut c_char,
    text_size: usize,
    written: *mut usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (cipher, plaintext, mut room, written) = unsafe {
            (object(cipher)?, bytes(plaintext, plaintext_len)?, room(text.cast(), text_size)?, out(written)?)
        };
        if room.overlaps(plaintext) {
            return Err(OVERLAP);
        }
        if plaintext.len() > MAX_PLAINTEXT_LEN {
            return Err(Failure::cipher(CipherError::TooLong));
        }
        let needed = cipher.0.encrypted_len(plaintext.len());
        let Some(text) = room.zeroed(needed) else { return too_small(written, needed) };
        written.put(cipher.0.encrypt_into(plaintext, text).map_err(Failure::cipher)?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Decrypts one text into the caller's buffer, as bytes. **Under CFB a wrong key or a changed text is no error but gives other
/// bytes**; under GCM it is CBP_ERROR_AUTH_FAILED. Overwrite the buffer with cbp_wipe() after use.
///
/// Sizes are in bytes. `*written` is the length of the result. If the buffer is too small, the status is
/// CBP_ERROR_BUFFER_TOO_SMALL and `*written` the size that is needed; after any other error it is unchanged. The buffer is
/// written on success only. It must not overlap the input: CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_decrypt(
    cipher: *const cbp_cipher,
    text: *const c_char,
    text_len: usize,
    plaintext: *mut c_void,
    plaintext_size: usize,
    written: *mut usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe { decrypt(cipher, (text, text_len), (plaintext, plaintext_size), written, Cipher::decrypt) }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Like cbp_cipher_decrypt(), for values that must be UTF-8, as those of callbacks are: CBP_ERROR_NOT_UTF8 otherwise.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_decrypt_text(
    cipher: *const cbp_cipher,
    text: *const c_char,
    text_len: usize,
    plaintext: *mut c_void,
    plaintext_size: usize,
    written: *mut usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let decrypted = |cipher: &Cipher, text| cipher.decrypt_text(text).map(String::into_bytes);
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe { decrypt(cipher, (text, text_len), (plaintext, plaintext_size), written, decrypted) }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees a cipher that the caller owns, never one of cbp_profile_cipher(). NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_free(cipher: *mut cbp_cipher) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(cipher) }
}

/// The CBP_ALGORITHM number of exactly this name (`AES-128-GCM`); 0 for another name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_algorithm_from_name(name: *const c_char, name_len: usize) -> u32 {
    guard::value(0, || {
        // SAFETY: NULL or readable, by the contract of the header.
        let algorithm = unsafe { text(name, name_len) }.ok().and_then(Algorithm::from_name);
        algorithm.and_then(algorithm_number).unwrap_or(0)
    })
}

/// The name of a CBP_ALGORITHM number; its `data` is NULL for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_algorithm_name(algorithm: u32) -> cbp_str {
    guard::value(cbp_str::NONE, || {
        cbp_str::of_option(value_of(&ALGORITHMS, algorithm).map(|algorithm| algorithm.name()))
    })
}

/// Length in characters of the key of a CBP_ALGORITHM number: 16, 24 or 32; 0 for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_algorithm_key_len(algorithm: u32) -> usize {
    guard::value(0, || value_of(&ALGORITHMS, algorithm).map_or(0, Algorithm::key_len))
}

/// Whether texts of a CBP_ALGORITHM number carry a tag (GCM). With a fixed IV even the tag does not stop forgery.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_algorithm_is_authenticated(algorithm: u32) -> bool {
    guard::value(false, || value_of(&ALGORITHMS, algorithm).is_some_and(Algorithm::is_authenticated))
}

/// CBP_IV_LEN of the library that is running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_iv_len() -> usize {
    guard::value(0, || IV_LEN)
}

/// CBP_TAG_LEN of the library that is running.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_tag_len() -> usize {
    guard::value(0, || TAG_LEN)
}

impl cbp_cipher {
    /// A handle that borrows: `repr(transparent)` makes the two types one in memory.
    pub(crate) fn of(cipher: &Cipher) -> *const cbp_cipher {
        std::ptr::from_ref(cipher).cast()
    }
}

const ALGORITHMS: [(u32, Algorithm); 6] = [
    (CBP_ALGORITHM_AES_128_GCM, Algorithm::Aes128Gcm),
    (CBP_ALGORITHM_AES_192_GCM, Algorithm::Aes192Gcm),
    (CBP_ALGORITHM_AES_256_GCM, Algorithm::Aes256Gcm),
    (CBP_ALGORITHM_AES_128_CFB, Algorithm::Aes128Cfb),
    (CBP_ALGORITHM_AES_192_CFB, Algorithm::Aes192Cfb),
    (CBP_ALGORITHM_AES_256_CFB, Algorithm::Aes256Cfb),
];

const OVERLAP: Failure = Failure::Argument("the buffer must not overlap the input");

pub(crate) fn algorithm_of(number: u32) -> Option<Algorithm> {
    value_of(&ALGORITHMS, number)
}

pub(crate) fn algorithm_number(algorithm: Algorithm) -> Option<u32> {
    number_of(&ALGORITHMS, algorithm)
}

/// Makes a cipher of a key and an IV, each a pointer and a length.
///
/// # Safety
/// Every pointer is NULL or valid for its use, by the contract of the header.
unsafe fn prepare(
    algorithm: u32,
    key: (*const c_char, usize),
    iv: (*const c_char, usize),
    format: WireFormat,
    cipher: *mut *mut cbp_cipher,
) -> Result<(), Failure> {
    // SAFETY: the caller's promise is the same.
    let (key, iv, cipher) = unsafe { (text(key.0, key.1)?, text(iv.0, iv.1)?, out(cipher)?) };
    let unknown = || Failure::cipher(CipherError::UnknownAlgorithm);
    let algorithm = algorithm_of(algorithm).ok_or_else(unknown)?;
    let made = Cipher::new(algorithm, key, iv).map_err(Failure::cipher)?;
    cipher.give(cbp_cipher(made.with_wire_format(format)));
    Ok(())
}

/// Decrypts a text, a pointer and a length, into a buffer, a pointer and a size.
///
/// # Safety
/// Every pointer is NULL or valid for its use, by the contract of the header.
unsafe fn decrypt<'t>(
    cipher: *const cbp_cipher,
    text: (*const c_char, usize),
    plaintext: (*mut c_void, usize),
    written: *mut usize,
    decrypted: impl FnOnce(&Cipher, &'t [u8]) -> Result<Vec<u8>, CipherError>,
) -> Result<(), Failure> {
    // SAFETY: the caller's promise is the same.
    let (cipher, text, mut room, written) =
        unsafe { (object(cipher)?, bytes(text.0, text.1)?, room(plaintext.0, plaintext.1)?, out(written)?) };
    if room.overlaps(text) {
        return Err(OVERLAP);
    }
    let value = Zeroizing::new(decrypted(&cipher.0, text).map_err(Failure::decryption)?);
    let Some(buffer) = room.zeroed(value.len()) else { return too_small(written, value.len()) };
    buffer.copy_from_slice(&value);
    written.put(value.len());
    Ok(())
}

/// The one error that writes a result: the size that is needed.
fn too_small(written: Out<usize>, needed: usize) -> Result<(), Failure> {
    written.put(needed);
    Err(Failure::cipher(CipherError::BufferTooSmall { needed }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_are_those_of_the_core() {
        assert!(Algorithm::ALL.iter().all(|algorithm| algorithm_number(*algorithm).is_some()));
        assert_eq!((CBP_IV_LEN, CBP_TAG_LEN), (IV_LEN, TAG_LEN));
        assert_eq!(Algorithm::ALL.iter().map(|algorithm| algorithm.key_len()).max(), Some(CBP_KEY_LEN_MAX));
    }
}
