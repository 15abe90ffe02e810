//! The texts that a thread made of the items of a batch, one behind the other in memory that is used again.

use callback_profile::Error;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::convert::wiped::Wiped;
use crate::error;

/// The results of some items, in order. What they hold may be plaintext: it is wiped.
pub(crate) struct Texts {
    text: Wiped,
    /// For each item: where its text ends, that it has none, or why it failed.
    results: Vec<Result<Option<usize>, Error>>,
}

impl Texts {
    pub(crate) fn new() -> Texts {
        Texts { text: Wiped::new(), results: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.results.clear();
    }

    /// Adds the text of the next item.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push(text.as_bytes());
        self.results.push(Ok(Some(self.text.len())));
    }

    /// The next item has no text: it is None, or could not be read.
    pub(crate) fn push_nothing(&mut self) {
        self.results.push(Ok(None));
    }

    pub(crate) fn push_error(&mut self, error: Error) {
        self.results.push(Err(error));
    }

    /// Calls `each` with the result of every item.
    pub(crate) fn drain(
        &mut self,
        mut each: impl FnMut(PyResult<Option<&str>>) -> PyResult<()>,
    ) -> PyResult<()> {
        let mut start = 0;
        for result in self.results.drain(..) {
            let text = match result {
                Ok(Some(end)) => {
                    let text = self.text.get(start..end).and_then(|text| std::str::from_utf8(text).ok());
                    start = end;
                    text.map(Some).ok_or_else(error::internal)
                }
                Ok(None) => Ok(None),
                Err(error) => Err(error::failed(&error)),
            };
            each(text)?;
        }
        Ok(())
    }
}

/// A text as a `str`, nothing as None.
pub(crate) fn str_or_none<'py>(py: Python<'py>, text: Option<&str>) -> Bound<'py, PyAny> {
    match text {
        Some(text) => PyString::new(py, text).into_any(),
        None => py.None().into_bound(py),
    }
}
