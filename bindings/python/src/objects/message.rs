//! The answer of a chatbot that a profile makes of a record.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::pickling::Reduced;
use crate::convert::input::Str;
use crate::convert::output::quoted;
use crate::guard::guarded;

/// A rendered message for chatbots; its str() is the text. It can be pickled.
#[pyclass(frozen, eq, module = "callback_profile")]
#[derive(PartialEq)]
pub(crate) struct Message(callback_profile::Message);

impl Message {
    pub(crate) fn of(message: callback_profile::Message) -> Message {
        Message(message)
    }
}

#[pymethods]
impl Message {
    /// The text; empty if the profile has no response message.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The names that the record lacked, in the order of their first use.
    #[getter]
    fn missing<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        guarded(|| PyTuple::new(py, &self.0.missing))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py, (String, Vec<String>)>> {
        guarded(|| {
            let message = &slf.get().0;
            Ok((slf.get_type().getattr("_unpickled")?, (message.text.clone(), message.missing.clone())))
        })
    }

    /// A message that was pickled.
    #[staticmethod]
    fn _unpickled(text: Str<'_>, missing: Vec<String>) -> PyResult<Message> {
        guarded(|| {
            let mut message = callback_profile::Message::default();
            message.text = text.named("text")?.to_owned();
            message.missing = missing;
            Ok(Message(message))
        })
    }

    fn __str__(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            let missing: Vec<String> = self.0.missing.iter().map(|name| quoted(name)).collect();
            Ok(format!("Message(text_bytes={}, missing=[{}])", self.0.text.len(), missing.join(", ")))
        })
    }
}
