//! Functions that panic on purpose, to prove that no panic leaves the library.

use std::ffi::c_char;

use crate::error::{cbp_error, cbp_status};
use crate::guard;

/// Panics within a fallible export: the status is CBP_ERROR_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_testing_panic(error: *mut *mut cbp_error) -> cbp_status {
    #[allow(clippy::panic)] // on purpose
    let body = || panic!("on purpose, for a test");
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Panics within an export that cannot fail: the result is `fallback`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_testing_panic_value(fallback: *const c_char) -> *const c_char {
    #[allow(clippy::panic)] // on purpose
    let body = || panic!("on purpose, for a test");
    guard::value(fallback, body)
}
