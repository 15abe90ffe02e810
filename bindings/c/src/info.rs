//! Versions, and the tables that all languages share.

use std::ffi::c_char;

use crate::bytes::cbp_bytes;
use crate::convert::out;
use crate::error::{cbp_error, cbp_status};
use crate::guard;

/// The ABI of this header. It changes when a program that was built with an older header could misbehave.
pub const CBP_ABI_VERSION: u32 = 2;

/// CBP_VERSION of the library at run time: a static C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_version() -> *const c_char {
    guard::value(std::ptr::null(), || concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast())
}

/// CBP_ABI_VERSION of the library at run time. A program that loads the library itself compares the two.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_abi_version() -> u32 {
    guard::value(0, || CBP_ABI_VERSION)
}

/// The JSON Schema (draft 2020-12) of the structural rules of a create payload. The caller frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_schema(json: *mut *mut cbp_bytes, error: *mut *mut cbp_error) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let json = unsafe { out(json)? };
        json.give(cbp_bytes::of_text(cbp::schema()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// All codes as JSON: errors with numbers, advisories, address verdicts. The caller frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_catalogue(json: *mut *mut cbp_bytes, error: *mut *mut cbp_error) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let json = unsafe { out(json)? };
        json.give(cbp_bytes::of_text(cbp::catalogue()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}
