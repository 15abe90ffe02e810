//! What a panic reports: where it happened and nothing else. Rust's own report on the standard error stream has the panic's
//! message, which could quote an input. The addon has a standard library of its own, so nothing else is affected.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::path::Path;

/// Runs once, when the addon is loaded.
#[napi_derive::module_init]
fn report_places_only() {
    std::panic::set_hook(Box::new(report_place));
}

/// The file's name only: its path is one of the machine that built the addon.
fn report_place(panic: &PanicHookInfo<'_>) {
    let Some(place) = panic.location() else { return };
    let file = Path::new(place.file()).file_name().unwrap_or_default().display();
    // Not `eprintln!`, which panics if nobody reads the stream.
    let _ = writeln!(std::io::stderr(), "callback-profile: a defect was stopped at {file}:{}", place.line());
}
