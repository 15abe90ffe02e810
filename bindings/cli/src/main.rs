//! The `cbp` command.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(callback_profile_cli::run(std::env::args_os()))
}
