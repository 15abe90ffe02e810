//! Panics become exceptions, and large inputs are worked on with the GIL released.

use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::Path;
use std::sync::Once;

use pyo3::prelude::*;

use crate::error;

/// Inputs from this many bytes on are worked on with the GIL released; below, releasing it costs more than the work.
const DETACH_BYTES: usize = 16 * 1024;

/// Makes a panic report where it happened and nothing else: Rust's own report on the standard error stream has the panic's
/// message, which could quote an input. The module has a standard library of its own, so nothing else is affected.
pub(crate) fn report_places_only() {
    static DONE: Once = Once::new();
    DONE.call_once(|| std::panic::set_hook(Box::new(report_place)));
}

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

/// The file's name only: its path is one of the machine that built the module.
fn report_place(panic: &PanicHookInfo<'_>) {
    let Some(place) = panic.location() else { return };
    let file = Path::new(place.file()).file_name().unwrap_or_default().display();
    // Not `eprintln!`, which panics if nobody reads the stream.
    let _ = writeln!(std::io::stderr(), "callback_profile: a defect was stopped at {file}:{}", place.line());
}
