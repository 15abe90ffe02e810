//! What every call does that parses, checks or patches.

use callback_profile::Report;
use pyo3::prelude::*;

use super::refusal::refusal;
use crate::convert::input::Text;
use crate::guard::detached;

/// Hands the JSON text of the argument `name` to `parse`, with the GIL released if it is long. Of a mapping, a little
/// more than `limit` bytes are written at most.
pub(crate) fn parsed<T: Send>(
    py: Python<'_>,
    name: &str,
    value: &Bound<'_, PyAny>,
    limit: usize,
    parse: impl FnOnce(&[u8]) -> Result<T, Report> + Send,
) -> PyResult<T> {
    let text = Text::of_json(name, value, limit)?;
    detached(py, text.len(), || parse(&text)).map_err(|report| refusal(py, &report))
}
