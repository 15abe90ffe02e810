//! The three structures of the interface. Each is released exactly once: by its `release`, when it is dropped.
//!
//! A structure is moved by copying its bytes and marking the source as released ([`take`](ArrowArray::take)). A structure that
//! is read where it lies, behind a pointer of the caller, is never dropped here.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

/// The type of a column.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowSchema {
    /// The type, as a C string.
    pub format: *const c_char,
    /// The name, or NULL.
    pub name: *const c_char,
    /// Key-value pairs in binary form, or NULL.
    pub metadata: *const c_char,
    /// Bits: 1 dictionary in order, 2 nullable, 4 map keys sorted.
    pub flags: i64,
    /// The number of children.
    pub n_children: i64,
    /// The children.
    pub children: *mut *mut ArrowSchema,
    /// The type of the dictionary's values, or NULL.
    pub dictionary: *mut ArrowSchema,
    /// Releases the structure; NULL if it was released or moved.
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// The values of a column.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArray {
    /// The number of rows.
    pub length: i64,
    /// The number of null rows, -1 if nobody counted.
    pub null_count: i64,
    /// Rows to pass over at the start of each buffer.
    pub offset: i64,
    /// The number of buffers.
    pub n_buffers: i64,
    /// The number of children.
    pub n_children: i64,
    /// The buffers.
    pub buffers: *mut *const c_void,
    /// The children.
    pub children: *mut *mut ArrowArray,
    /// The dictionary's values, or NULL.
    pub dictionary: *mut ArrowArray,
    /// Releases the structure; NULL if it was released or moved.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

/// A column that comes in parts of one type.
#[repr(C)]
#[derive(Debug)]
pub struct ArrowArrayStream {
    /// Writes the type; 0, or an errno.
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    /// Writes the next part, a released one at the end; 0, or an errno.
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    /// Says why the last call failed, or NULL.
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    /// Releases the structure; NULL if it was released or moved.
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    /// The producer's own.
    pub private_data: *mut c_void,
}

impl ArrowSchema {
    /// A structure without content, as one that was released.
    pub const fn released() -> ArrowSchema {
        ArrowSchema {
            format: ptr::null(),
            name: ptr::null(),
            metadata: ptr::null(),
            flags: 0,
            n_children: 0,
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        }
    }

    /// Moves the structure out of the caller's memory, where a released one stays.
    ///
    /// # Safety
    /// `source` is aligned, valid for reads and writes, and not used by others during the call.
    pub unsafe fn take(source: *mut ArrowSchema) -> ArrowSchema {
        // SAFETY: the caller's promise is the same.
        unsafe { ptr::replace(source, ArrowSchema::released()) }
    }
}

impl ArrowArray {
    /// A structure without content, as one that was released.
    pub const fn released() -> ArrowArray {
        ArrowArray {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: ptr::null_mut(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        }
    }

    /// Moves the structure out of the caller's memory, where a released one stays.
    ///
    /// # Safety
    /// `source` is aligned, valid for reads and writes, and not used by others during the call.
    pub unsafe fn take(source: *mut ArrowArray) -> ArrowArray {
        // SAFETY: the caller's promise is the same.
        unsafe { ptr::replace(source, ArrowArray::released()) }
    }
}

impl ArrowArrayStream {
    /// A structure without content, as one that was released.
    pub const fn released() -> ArrowArrayStream {
        ArrowArrayStream {
            get_schema: None,
            get_next: None,
            get_last_error: None,
            release: None,
            private_data: ptr::null_mut(),
        }
    }

    /// Moves the structure out of the caller's memory, where a released one stays.
    ///
    /// # Safety
    /// `source` is aligned, valid for reads and writes, and not used by others during the call.
    pub unsafe fn take(source: *mut ArrowArrayStream) -> ArrowArrayStream {
        // SAFETY: the caller's promise is the same.
        unsafe { ptr::replace(source, ArrowArrayStream::released()) }
    }
}

// SAFETY: the interface has no thread that a structure belongs to. A shared one is only read here.
unsafe impl Send for ArrowSchema {}
// SAFETY: as above.
unsafe impl Sync for ArrowSchema {}
// SAFETY: as above.
unsafe impl Send for ArrowArray {}
// SAFETY: as above.
unsafe impl Sync for ArrowArray {}
// SAFETY: as above; a stream is used by one thread at a time.
unsafe impl Send for ArrowArrayStream {}

impl Drop for ArrowSchema {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: a structure that was not released has a callback that may be called once, on the structure itself.
            unsafe { release(self) };
            self.release = None;
        }
    }
}

impl Drop for ArrowArray {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: a structure that was not released has a callback that may be called once, on the structure itself.
            unsafe { release(self) };
            self.release = None;
        }
    }
}

impl Drop for ArrowArrayStream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: a structure that was not released has a callback that may be called once, on the structure itself.
            unsafe { release(self) };
            self.release = None;
        }
    }
}
