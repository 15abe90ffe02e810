//! What a profile makes of a record.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::guard::guarded;

/// An outgoing request, ready for any HTTP client.
///
/// The repr shows neither header values nor the body.
#[pyclass(frozen, eq, module = "callback_profile")]
#[derive(PartialEq)]
pub(crate) struct Callback(pub(crate) callback_profile::Callback);

#[pymethods]
impl Callback {
    /// GET, POST, PUT or DELETE.
    #[getter]
    fn method(&self) -> &'static str {
        self.0.method.name()
    }

    /// The URL with its replacers filled: strict RFC 3986, without a fragment.
    #[getter]
    fn url(&self) -> &str {
        &self.0.url
    }

    /// The headers in the profile's order, a new dict each time; a body's content type is always among them.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| {
            let headers = PyDict::new(py);
            for (name, value) in &self.0.headers {
                headers.set_item(name, value)?;
            }
            Ok(headers)
        })
    }

    /// The body as text, to be sent as UTF-8; None for GET and DELETE.
    #[getter]
    fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// The names that the record lacked, in the order of their first use.
    #[getter]
    fn missing<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        guarded(|| PyTuple::new(py, &self.0.missing))
    }

    /// The request as HTTP/1.1 text (RFC 9112), with the Host and Content-Length that a client would add.
    fn to_http(&self) -> PyResult<String> {
        guarded(|| Ok(self.0.to_http()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| {
            let names: Vec<&str> = self.0.headers.iter().map(|(name, _)| name.as_str()).collect();
            let bytes = self.0.body.as_ref().map_or_else(|| "None".to_owned(), |body| body.len().to_string());
            let method = self.0.method.name();
            Ok(format!("Callback(method='{method}', header_names={names:?}, body_bytes={bytes})"))
        })
    }
}

/// A rendered message for chatbots; its str() is the text.
#[pyclass(frozen, eq, module = "callback_profile")]
#[derive(PartialEq)]
pub(crate) struct Message(pub(crate) callback_profile::Message);

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

    fn __str__(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> PyResult<String> {
        guarded(|| Ok(format!("Message(text_bytes={}, missing={:?})", self.0.text.len(), self.0.missing)))
    }
}
