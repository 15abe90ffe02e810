//! Panics become exceptions, and large inputs are worked on with the GIL released.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error;

/// Inputs from this many bytes on are worked on with the GIL released; below, releasing it costs more than the work.
const DETACH_BYTES: usize = 16 * 1024;

/// Runs the body of an entry point. A panic is a defect of ours: it becomes a `CallbackProfileError`, which `except
/// Exception` catches (it does not catch PyO3's own `PanicException`). The panic's message is dropped, since it could
/// quote an input.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // Unwind safe: the classes are frozen, so a panic leaves no object half changed.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(error::internal()))
}

/// Runs `work` on an input of so many bytes, with the GIL released if that pays. The input must be immutable (`str`,
/// `bytes`) or a copy.
pub(crate) fn detached<T: Send>(py: Python<'_>, bytes: usize, work: impl FnOnce() -> T + Send) -> T {
    if bytes < DETACH_BYTES { work() } else { py.detach(work) }
}
