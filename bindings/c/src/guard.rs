//! The boundary: no panic leaves the library, and a failure becomes a status and an error object.

use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cbp::ErrorCode;
use zeroize::Zeroize;

use crate::error::{CBP_OK, cbp_error, cbp_status};
use crate::failure::Failure;

/// Runs `body`; `fallback` is the result if it panics. What `body` was changing may then be incomplete.
pub(crate) fn value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(fallback)
}

/// Runs a fallible `body` and returns its status. On failure the caller gets an error object, if it wants one.
///
/// # Safety
/// `error` is NULL or valid for a write.
pub(crate) unsafe fn status(
    error: *mut *mut cbp_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> cbp_status {
    match value(Err(Failure::Internal), body) {
        Ok(()) => CBP_OK,
        Err(failure) => value(ErrorCode::Internal.number(), || {
            let object = cbp_error::of(failure);
            let status = object.status();
            if !error.is_null() && error.is_aligned() {
                // SAFETY: not NULL and aligned, and the caller says that it can be written.
                unsafe { error.write(Box::into_raw(Box::new(object))) };
            }
            status
        }),
    }
}

/// Runs `body` on the object of a handle; `fallback` is the result if the handle is NULL or `body` has none.
///
/// # Safety
/// `handle` is NULL or a live object of this library.
pub(crate) unsafe fn read<'a, T: 'a, R>(
    handle: *const T,
    fallback: R,
    body: impl FnOnce(&'a T) -> Option<R>,
) -> R {
    // SAFETY: NULL or live, says the caller.
    let handle = unsafe { handle.as_ref() };
    match value(None, || body(handle?)) {
        Some(result) => result,
        None => fallback,
    }
}

/// Drops an object and overwrites its memory; NULL does nothing.
///
/// A value that is moved takes the bytes along that it does not use, as those of an absent part: what the stack held there
/// before, which may be a plaintext.
///
/// # Safety
/// `handle` is NULL or an object of this library that nobody uses any more.
pub(crate) unsafe fn free<T>(handle: *mut T) {
    if !handle.is_null() {
        value((), || {
            // SAFETY: every object comes from `Box::into_raw`, and the caller gives it back once.
            let mut memory: Box<MaybeUninit<T>> = unsafe {
                handle.drop_in_place();
                Box::from_raw(handle.cast())
            };
            memory.zeroize();
        });
    }
}
