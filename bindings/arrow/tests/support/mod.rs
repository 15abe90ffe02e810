//! Structures of the interface as a producer makes them, which count their releases.
#![allow(
    clippy::undocumented_unsafe_blocks, // the structures here are the tests' own
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use std::ffi::{CStr, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use callback_profile_arrow::{ArrowArray, ArrowSchema};

/// What a structure's pointers lead to.
struct Owned {
    buffers: Vec<*const c_void>,
    _memory: Vec<Vec<u64>>,
    released: Arc<AtomicUsize>,
}

unsafe extern "C" fn release(array: *mut ArrowArray) {
    unsafe {
        let owned: Box<Owned> = Box::from_raw((*array).private_data.cast());
        owned.released.fetch_add(1, Ordering::Relaxed);
        (*array).release = None;
    }
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    unsafe { (*schema).release = None };
}

pub(crate) fn schema(format: &'static CStr) -> ArrowSchema {
    ArrowSchema { format: format.as_ptr(), release: Some(release_schema), ..ArrowSchema::released() }
}

/// Buffers of aligned memory; `None` is NULL.
pub(crate) fn array(
    length: i64,
    null_count: i64,
    offset: i64,
    buffers: Vec<Option<Vec<u8>>>,
) -> (ArrowArray, Arc<AtomicUsize>) {
    let released = Arc::new(AtomicUsize::new(0));
    let mut memory = Vec::new();
    let mut pointers = Vec::new();
    for buffer in buffers {
        pointers.push(match buffer {
            None => std::ptr::null(),
            Some(bytes) => {
                let mut words = vec![0_u64; bytes.len().div_ceil(8).max(1)];
                for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
                    let mut eight = [0; 8];
                    eight[..chunk.len()].copy_from_slice(chunk);
                    *word = u64::from_ne_bytes(eight);
                }
                memory.push(words);
                memory.last().unwrap().as_ptr().cast()
            }
        });
    }
    let mut owned = Box::new(Owned { buffers: pointers, _memory: memory, released: Arc::clone(&released) });
    let array = ArrowArray {
        length,
        null_count,
        offset,
        n_buffers: owned.buffers.len() as i64,
        buffers: owned.buffers.as_mut_ptr(),
        release: Some(release),
        private_data: Box::into_raw(owned).cast(),
        ..ArrowArray::released()
    };
    (array, released)
}

pub(crate) fn i32s(numbers: &[i32]) -> Option<Vec<u8>> {
    Some(numbers.iter().flat_map(|number| number.to_ne_bytes()).collect())
}

pub(crate) fn texts(bytes: &str) -> Option<Vec<u8>> {
    Some(bytes.as_bytes().to_vec())
}
