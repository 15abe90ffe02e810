//! The `cbp` command.
#![forbid(unsafe_code)]

use std::io::Write;
use std::panic::PanicHookInfo;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(report_place));
    ExitCode::from(callback_profile_cli::run(std::env::args_os()))
}

/// What a defect reports: where it happened and nothing else. Rust's own report has the panic's message, which could quote
/// an input; the file's path is one of the machine that built the command.
fn report_place(panic: &PanicHookInfo<'_>) {
    let Some(place) = panic.location() else { return };
    let file = Path::new(place.file()).file_name().unwrap_or_default().display();
    // Not `eprintln!`, which panics if nobody reads the stream.
    let _ = writeln!(std::io::stderr(), "cbp: a defect of the command at {file}:{}", place.line());
}
