//! Panics stop here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error;

/// Inputs from this many bytes on are worked on with the GIL released; below, releasing it costs more than the work.
const DETACH_BYTES: usize = 16 * 1024;

/// Runs the body of an entry point. A panic, which is a defect of ours, becomes a `CallbackProfileError` that
/// `except Exception` catches (PyO3's own `PanicException` is none); what it said is not repeated.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // What a panic leaves behind is never seen: the classes are frozen, and everything else is dropped.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(error::internal()))
}

/// Runs `work` on an input of so many bytes, with the GIL released if that is worth it. The input is immutable
/// (`str`, `bytes`) or a copy.
pub(crate) fn detached<T: Send>(py: Python<'_>, bytes: usize, work: impl FnOnce() -> T + Send) -> T {
    if bytes < DETACH_BYTES { work() } else { py.detach(work) }
}

/// Panics, for the test that a panic becomes an exception.
#[pyfunction(name = "_testing_panic")]
pub(crate) fn testing_panic() -> PyResult<()> {
    #[allow(clippy::panic, reason = "panicking is its purpose")]
    guarded(|| panic!("a panic for the tests"))
}
