//! Memory that the calls of a thread use again: asking for new memory costs more than filling it.

use std::cell::{Cell, RefCell};

use callback_profile::CallbackBuffer;

/// Larger memory is given back, so that one large callback does not stay for ever.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
    static TEXT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Calls `work` with the thread's buffer, or with a new one if the thread is using its own: Python may run anything
/// when it makes an object.
pub(crate) fn with_buffer<T>(work: impl FnOnce(&mut CallbackBuffer) -> T) -> T {
    BUFFER.with(|kept| {
        let Ok(mut buffer) = kept.try_borrow_mut() else { return work(&mut CallbackBuffer::default()) };
        let result = work(&mut buffer);
        if buffer.url().len().max(buffer.body().map_or(0, str::len)) > KEPT_BYTES {
            *buffer = CallbackBuffer::default();
        }
        result
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
