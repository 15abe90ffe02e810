//! Marks for valgrind: a secret counts as uninitialised memory, so a branch or an address that depends on it is
//! reported.

use std::ffi::c_void;

mod shim {
    use std::ffi::c_void;
    unsafe extern "C" {
        pub fn cbp_mark_secret(bytes: *const c_void, length: usize);
        pub fn cbp_mark_public(bytes: *const c_void, length: usize);
        pub fn cbp_under_valgrind() -> u32;
        pub fn cbp_errors_so_far() -> u32;
    }
}

pub fn secret(bytes: &[u8]) {
    // SAFETY: pointer and length are those of a slice; valgrind notes them and touches nothing.
    unsafe { shim::cbp_mark_secret(bytes.as_ptr().cast::<c_void>(), bytes.len()) }
}

pub fn public(bytes: &[u8]) {
    // SAFETY: pointer and length are those of a slice; valgrind notes them and touches nothing.
    unsafe { shim::cbp_mark_public(bytes.as_ptr().cast::<c_void>(), bytes.len()) }
}

pub fn is_under_valgrind() -> bool {
    // SAFETY: no arguments, no memory.
    unsafe { shim::cbp_under_valgrind() != 0 }
}

/// What memcheck has reported until now.
pub fn reports() -> u32 {
    // SAFETY: no arguments, no memory.
    unsafe { shim::cbp_errors_so_far() }
}
