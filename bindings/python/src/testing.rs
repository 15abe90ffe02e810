//! What only the package's own tests call.

use callback_profile::Limits;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::guard::guarded;

/// The core's default limits by name; the defaults of the dataclass Limits are tested against them.
#[pyfunction(name = "_default_limits")]
pub(crate) fn default_limits(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    guarded(|| {
        let (limits, dict) = (Limits::default(), PyDict::new(py));
        for field in Limits::FIELDS {
            dict.set_item(field.name(), field.get(&limits))?;
        }
        Ok(dict)
    })
}

/// Panics, for the test that a panic becomes an exception.
#[pyfunction(name = "_testing_panic")]
pub(crate) fn testing_panic() -> PyResult<()> {
    #[allow(clippy::panic, reason = "panicking is its purpose")]
    guarded(|| panic!("a panic for the tests"))
}
