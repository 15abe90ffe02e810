//! Bytes: results whose size is not known before the call.

use std::ffi::{c_char, c_void};

use zeroize::{Zeroize, Zeroizing};

use crate::guard;

/// A result in memory of the library: text, JSON or raw bytes. The caller frees it with cbp_bytes_free(). It never changes, so
/// threads may share it.
pub struct cbp_bytes(Zeroizing<Vec<u8>>);

/// The address of the first byte, valid until `bytes` is freed. A zero byte, which cbp_bytes_len() does not count, follows the
/// last one: text that holds no zero byte itself is a C string. NULL if `bytes` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_bytes_data(bytes: *const cbp_bytes) -> *const c_char {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(bytes, std::ptr::null(), |bytes| Some(bytes.0.as_ptr().cast())) }
}

/// The number of bytes. 0 if `bytes` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_bytes_len(bytes: *const cbp_bytes) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(bytes, 0, |bytes| Some(bytes.0.len().saturating_sub(1))) }
}

/// Overwrites the bytes and frees them. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_bytes_free(bytes: *mut cbp_bytes) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(bytes) }
}

/// Overwrites `len` bytes of the caller's own memory with zeros; no compiler optimises that away. Meant for keys and for what
/// cbp_cipher_decrypt() wrote. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_wipe(data: *mut c_void, len: usize) {
    guard::value((), || {
        // SAFETY: NULL or valid for writes of `len` bytes, by the contract of the header.
        if let Ok(mut room) = unsafe { crate::convert::room(data, len) } {
            room.zeroed(len).unwrap_or_default().zeroize();
        }
    })
}

impl cbp_bytes {
    /// Copies `result`, with a zero byte after it, and wipes the original.
    pub(crate) fn new(mut result: Vec<u8>) -> cbp_bytes {
        let mut bytes = Zeroizing::new(Vec::with_capacity(result.len().saturating_add(1)));
        bytes.extend_from_slice(&result);
        bytes.push(0);
        result.zeroize();
        cbp_bytes(bytes)
    }

    pub(crate) fn of_text(text: String) -> cbp_bytes {
        cbp_bytes::new(text.into_bytes())
    }
}
