//! Batches: many values encrypted in one call.

use crate::cipher::cbp_cipher;
use crate::convert::{array, bytes, object, object_mut};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::overlap;
use crate::text::cbp_str;

/// The texts of a batch, whose memory is used again for the next one. Threads may share it while none fills it again.
pub struct cbp_texts(Vec<String>);

/// An empty list of texts, for cbp_cipher_encrypt_all(). The caller frees it with cbp_texts_free(). NULL only after a defect
/// of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_texts_new() -> *mut cbp_texts {
    guard::value(std::ptr::null_mut(), || Box::into_raw(Box::new(cbp_texts(Vec::new()))))
}

/// Encrypts many values at once, which under CFB is several times faster than one at a time. `texts` then holds one text per
/// value, in the order of the values, and no longer what it held before: views of its former texts become invalid.
///
/// `value_count` is the number of values; a value with a NULL `data` and a `len` of 0 is empty. No value may lie in the memory
/// of `texts`, that is, be a view that cbp_texts_get() returned. Errors: CBP_ERROR_TOO_LONG, after which `texts` is empty;
/// CBP_ERROR_INVALID_ARGUMENT, after which `texts` is unchanged.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_cipher_encrypt_all(
    cipher: *const cbp_cipher,
    values: *const cbp_str,
    value_count: usize,
    texts: *mut cbp_texts,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (cipher, values, texts) =
            unsafe { (object(cipher)?, array(values, value_count)?, object_mut(texts)?) };
        // SAFETY: each value is NULL or readable, by the contract of the header.
        let values = values.iter().map(|value| unsafe { bytes(value.data, value.len) });
        let values: Vec<&[u8]> = values.collect::<Result<_, _>>()?;
        if overlap::any_within(&values, &texts.0) {
            return Err(Failure::Argument("a value must not lie in the texts that are overwritten"));
        }
        let encrypted = cipher.0.encrypt_all(&values, &mut texts.0);
        encrypted.inspect_err(|_| texts.0.clear()).map_err(Failure::cipher)
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The number of texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_texts_count(texts: *const cbp_texts) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(texts, 0, |texts| Some(texts.0.len())) }
}

/// The text at `index`, from 0; its `data` is NULL if there is none. Valid until `texts` is filled again or freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_texts_get(texts: *const cbp_texts, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(texts, cbp_str::NONE, |texts| texts.0.get(index).map(|text| cbp_str::of(text))) }
}

/// Frees texts. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_texts_free(texts: *mut cbp_texts) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(texts) }
}
