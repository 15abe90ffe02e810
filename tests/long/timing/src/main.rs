//! Whether the time of an operation, or the way through it, depends on a secret.
//!
//! `timing [SAMPLES]` is a test after dudect (Reparaz, Balasch, Verbauwhede 2017): `make timing`. `timing branches`
//! runs under valgrind with secrets marked as uninitialised, after ctgrind (Langley 2010): `make timing-valgrind`.

mod branches;
mod dudect;
mod marks;
mod sealing;

use std::process::ExitCode;

fn main() -> ExitCode {
    let argument = std::env::args().nth(1);
    let is_clean = match argument.as_deref() {
        Some("branches") => branches::run(),
        Some(samples) => dudect::run(samples.parse().expect("a number of samples")),
        None => dudect::run(10_000_000),
    };
    if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
