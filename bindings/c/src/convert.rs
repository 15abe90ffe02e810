//! Inputs from C and results to it: pointers become slices and references, and every result is written once.

use std::ffi::c_void;
use std::slice;

use crate::failure::Failure;
use crate::overlap::Span;

/// The bytes of an input; (NULL, 0) is empty.
///
/// # Safety
/// `data` is NULL or valid for reads of `len` bytes, which do not change during the call.
pub(crate) unsafe fn bytes<'a, T>(data: *const T, len: usize) -> Result<&'a [u8], Failure> {
    if len > isize::MAX as usize {
        return Err(Failure::Argument("a length must not be larger than PTRDIFF_MAX"));
    }
    match (data.is_null(), len) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(Failure::Argument("a pointer must not be NULL where the length is not 0")),
        // SAFETY: not NULL, the length is one that an object can have, and the caller says it can be read.
        (false, _) => Ok(unsafe { slice::from_raw_parts(data.cast(), len) }),
    }
}

/// The text of an input that must be UTF-8.
///
/// # Safety
/// As for [`bytes`].
pub(crate) unsafe fn text<'a, T>(data: *const T, len: usize) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise is the same.
    let bytes = unsafe { bytes(data, len) }?;
    std::str::from_utf8(bytes).map_err(|_| Failure::Argument("a text must be UTF-8"))
}

/// The text of an input that may be left out: NULL.
///
/// # Safety
/// As for [`bytes`].
pub(crate) unsafe fn optional_text<'a, T>(data: *const T, len: usize) -> Result<Option<&'a str>, Failure> {
    // SAFETY: the caller's promise is the same.
    let text = unsafe { text(data, len) }?;
    Ok((!data.is_null()).then_some(text))
}

/// An array of `len` structures; (NULL, 0) is empty.
///
/// # Safety
/// `data` is NULL or valid for reads of `len` elements, which do not change during the call.
pub(crate) unsafe fn array<'a, T>(data: *const T, len: usize) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    let fits = size_of::<T>().checked_mul(len).is_some_and(|bytes| bytes <= isize::MAX as usize);
    if data.is_null() || !data.is_aligned() || !fits {
        return Err(Failure::Argument("an array must not be NULL where its count is not 0"));
    }
    // SAFETY: not NULL, aligned, the size is one that an object can have, and the caller says it can be read.
    Ok(unsafe { slice::from_raw_parts(data, len) })
}

/// The object of a handle.
///
/// # Safety
/// `handle` is NULL or a live object of this library.
pub(crate) unsafe fn object<'a, T>(handle: *const T) -> Result<&'a T, Failure> {
    // SAFETY: NULL or live, says the caller.
    unsafe { handle.as_ref() }.ok_or(Failure::Argument("a handle must not be NULL"))
}

/// The object of a handle, to be changed.
///
/// # Safety
/// `handle` is NULL or a live object of this library that no other thread uses during the call.
pub(crate) unsafe fn object_mut<'a, T>(handle: *mut T) -> Result<&'a mut T, Failure> {
    // SAFETY: NULL or live and not shared, says the caller.
    unsafe { handle.as_mut() }.ok_or(Failure::Argument("a handle must not be NULL"))
}

/// The caller's pointer to a result. Nothing is written before [`put`](Out::put).
pub(crate) struct Out<T>(*mut T);

/// The pointer to a result.
///
/// # Safety
/// `result` is NULL or valid for a write until the call returns.
pub(crate) unsafe fn out<T>(result: *mut T) -> Result<Out<T>, Failure> {
    if result.is_null() || !result.is_aligned() {
        return Err(Failure::Argument("the pointer to a result must not be NULL"));
    }
    Ok(Out(result))
}

impl<T> Out<T> {
    pub(crate) fn put(self, result: T) {
        // SAFETY: `out` was promised that the result can be written.
        unsafe { self.0.write(result) };
    }
}

impl<T> Out<*mut T> {
    /// Gives an object to the caller, who frees it.
    pub(crate) fn give(self, object: T) {
        self.put(Box::into_raw(Box::new(object)));
    }
}

/// A caller's buffer, which may hold uninitialised bytes.
pub(crate) struct Room {
    start: *mut u8,
    len: usize,
}

/// A caller's buffer; (NULL, 0) has no room.
///
/// # Safety
/// `start` is NULL or valid for writes of `len` bytes until the call returns.
pub(crate) unsafe fn room(start: *mut c_void, len: usize) -> Result<Room, Failure> {
    if len > isize::MAX as usize || (start.is_null() && len > 0) {
        return Err(Failure::Argument("a buffer must not be NULL where its size is not 0"));
    }
    Ok(Room { start: start.cast(), len })
}

impl Room {
    /// Whether input and buffer share a byte, which is not supported.
    pub(crate) fn overlaps(&self, input: &[u8]) -> bool {
        Span::new(self.start, self.len).overlaps(Span::of(input))
    }

    /// The first `len` bytes, set to zero; `None` if there are fewer.
    pub(crate) fn zeroed(&mut self, len: usize) -> Option<&mut [u8]> {
        if len > self.len || self.start.is_null() {
            return (len == 0).then_some(&mut []);
        }
        // SAFETY: `room` was promised that so many bytes can be written; after that they are initialised.
        Some(unsafe {
            self.start.write_bytes(0, len);
            slice::from_raw_parts_mut(self.start, len)
        })
    }
}
