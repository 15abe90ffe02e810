//! The package works in one interpreter of a process.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Claims the package for the interpreter that runs this, or refuses the import if another one has it.
///
/// The classes of the module exist once in a process. A second interpreter would have exceptions of its own, which no
/// call raises, so that `except DecryptionError` would catch nothing.
pub(crate) fn claim(py: Python<'_>) -> PyResult<()> {
    // Each interpreter has a module `sys` of its own. This one is kept for good, so no later one has its address.
    static OWNER: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let sys = py.import("sys")?;
    if OWNER.get_or_init(py, || sys.clone().unbind()).is(&sys) {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "callback_profile works in one interpreter of a process, and another one imported it first: \
         use a process for each, or the main interpreter only (mod_wsgi: WSGIApplicationGroup %{GLOBAL})",
    ))
}
