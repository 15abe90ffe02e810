//! `python -m callback_profile` is the `cbp` command.

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::guard::guarded;

/// Runs the cbp command with these arguments, the program's name first, and returns its exit code.
#[pyfunction(name = "_cli")]
pub(crate) fn cli(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    guarded(|| Ok(py.detach(|| callback_profile_cli::run(arguments))))
}
