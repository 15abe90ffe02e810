//! Memory that the calls of a thread use again: asking for new memory costs more than filling it.

use std::cell::{Cell, RefCell};

use callback_profile::CallbackBuffer;
use pyo3::prelude::*;

use crate::callback::Callback;

/// Larger memory is given back, so that one large callback does not stay for ever.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
    static TEXT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Makes a callback with the thread's buffer, or with a new one if the thread is using its own: Python may run anything
/// when it makes an object.
pub(crate) fn with_buffer(
    py: Python<'_>,
    make: impl FnOnce(&mut CallbackBuffer) -> PyResult<Callback>,
) -> PyResult<Callback> {
    BUFFER.with(|kept| {
        let Ok(mut buffer) = kept.try_borrow_mut() else { return make(&mut CallbackBuffer::default()) };
        let made = make(&mut buffer);
        if !made.as_ref().is_ok_and(|callback| callback.body_len(py) <= KEPT_BYTES) {
            *buffer = CallbackBuffer::default();
        }
        made
    })
}

/// Empty memory for a text.
pub(crate) fn take_text() -> Vec<u8> {
    TEXT.try_with(Cell::take).unwrap_or_default()
}

/// Keeps the memory of a text, which has been wiped, for the next one.
pub(crate) fn keep_text(mut text: Vec<u8>) {
    if text.capacity() <= KEPT_BYTES {
        text.clear();
        let _ = TEXT.try_with(|kept| kept.set(text)); // not at the end of a thread
    }
}
