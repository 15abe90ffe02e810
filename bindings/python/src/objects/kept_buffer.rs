//! The callback memory of a thread, used again by its next callback: allocating it costs more than filling it.

use std::cell::RefCell;

use callback_profile::CallbackBuffer;
use pyo3::prelude::*;

/// Larger memory is freed, so that one large callback does not occupy it for the rest of the thread's life.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
}

/// Makes a callback in the thread's buffer. In a new one if the thread is using its own: making a Python object can run
/// any code, and with it another call.
pub(crate) fn with_buffer<T>(make: impl FnOnce(&mut CallbackBuffer) -> PyResult<T>) -> PyResult<T> {
    BUFFER.with(|kept| {
        let Ok(mut buffer) = kept.try_borrow_mut() else { return make(&mut CallbackBuffer::default()) };
        let made = make(&mut buffer);
        if made.is_err() || buffer.body_bytes().is_some_and(|body| body.len() > KEPT_BYTES) {
            *buffer = CallbackBuffer::default();
        }
        made
    })
}
