//! The outgoing request that a profile makes of a record.

use callback_profile::{CallbackBuffer, Destination, Method, RequestParts};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use super::pickling::Reduced;
use super::sealing::Sealing;
use crate::convert::input::Str;
use crate::error;
use crate::guard::guarded;

/// An outgoing request, ready for any HTTP client.
///
/// The repr shows neither header values nor the body. It can be pickled, and holds no key.
#[pyclass(frozen, module = "callback_profile")]
pub(crate) struct Callback {
    method: &'static str,
    url: Py<PyString>,
    /// Callers get a copy: the class is immutable, a dict is not.
    headers: Py<PyDict>,
    body: Option<Py<PyString>>,
    missing: Py<PyTuple>,
    id: Option<Py<PyString>>,
    issued_at: Option<u64>,
    is_sealed: bool,
}

impl Callback {
    /// The callback that was made last in the buffer.
    pub(crate) fn of_buffer(
        py: Python<'_>,
        buffer: &CallbackBuffer,
        sealing: &Sealing,
    ) -> PyResult<Callback> {
        Ok(Callback {
            method: buffer.method().ok_or_else(error::internal)?.name(),
            url: PyString::new(py, buffer.url()).unbind(),
            headers: dict_of(py, buffer.headers())?,
            body: buffer.body().map(|body| PyString::new(py, body).unbind()),
            missing: PyTuple::new(py, buffer.missing())?.unbind(),
            id: sealing.id.as_deref().map(|id| PyString::new(py, id).unbind()),
            issued_at: sealing.issued_at,
            is_sealed: buffer.is_sealed(),
        })
    }

    /// The id that was given or made for it.
    pub(crate) fn own_id(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.id.as_ref().map(|id| Ok(id.bind(py).to_str()?.to_owned())).transpose()
    }

    /// Calls `work` with what signing looks at.
    pub(crate) fn with_parts<T>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&RequestParts<'_>) -> PyResult<T>,
    ) -> PyResult<T> {
        let names: Vec<String> = self.headers.bind(py).keys().extract()?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        work(&RequestParts {
            url: self.url.bind(py).to_str()?,
            header_names: &names,
            body: self.body.as_ref().map(|body| body.bind(py).to_str()).transpose()?,
            is_sealed: self.is_sealed,
        })
    }
}

#[pymethods]
impl Callback {
    /// GET, POST, PUT or DELETE.
    #[getter]
    fn method(&self) -> &'static str {
        self.method
    }

    /// The URL with its replacers filled: strict RFC 3986, without a fragment.
    #[getter]
    fn url(&self, py: Python<'_>) -> Py<PyString> {
        self.url.clone_ref(py)
    }

    /// Where it goes, in the parts that a client needs which resolves the host itself: a Destination.
    #[getter]
    fn destination<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        guarded(|| {
            let to = Destination::of(self.url.bind(py).to_str()?).ok_or_else(error::internal)?;
            let class = CLASS.import(py, "callback_profile.types", "Destination")?;
            class.call1((to.is_https, to.host, to.port, to.authority, to.target))
        })
    }

    /// The headers in the profile's order, a new dict each time; a body's content type is always among them.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(|| self.headers.bind(py).copy())
    }

    /// The body as text, to be sent as UTF-8; None for GET and DELETE.
    #[getter]
    fn body(&self, py: Python<'_>) -> Option<Py<PyString>> {
        self.body.as_ref().map(|body| body.clone_ref(py))
    }

    /// The names that the record lacked, in the order of their first use.
    #[getter]
    fn missing(&self, py: Python<'_>) -> Py<PyTuple> {
        self.missing.clone_ref(py)
    }

    /// The id that was given, or made for a sealed callback; else None. A retry is sealed anew, with the same id.
    #[getter]
    fn id(&self, py: Python<'_>) -> Option<Py<PyString>> {
        self.id.as_ref().map(|id| id.clone_ref(py))
    }

    /// The time of sending in seconds since 1970 that was given, or taken for a sealed callback; else None.
    #[getter]
    fn issued_at(&self) -> Option<u64> {
        self.issued_at
    }

    /// Whether its parameters are sealed: enc of version 2.
    #[getter]
    fn is_sealed(&self) -> bool {
        self.is_sealed
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, Callback>) -> PyResult<bool> {
        guarded(|| {
            let members = |of: &Callback| {
                let request = (of.method, &of.url, &of.headers, of.body.as_ref(), &of.missing);
                (request, of.id.as_ref(), of.issued_at, of.is_sealed).into_pyobject(py)
            };
            members(self)?.eq(members(other.get())?)
        })
    }

    /// It holds no key; header values and what is not encrypted are in it as they are sent.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py, Bound<'py, PyTuple>>> {
        guarded(|| {
            let (py, callback) = (slf.py(), slf.get());
            let request = (
                callback.method,
                callback.url.clone_ref(py),
                callback.headers.bind(py).copy()?,
                callback.body.as_ref().map(|body| body.clone_ref(py)),
                callback.missing.clone_ref(py),
                callback.id.as_ref().map(|id| id.clone_ref(py)),
                callback.issued_at,
                callback.is_sealed,
            );
            Ok((slf.get_type().getattr("_unpickled")?, request.into_pyobject(py)?))
        })
    }

    /// A callback that was pickled.
    #[staticmethod]
    #[allow(clippy::too_many_arguments, reason = "they are the members, in their order")]
    fn _unpickled(
        method: Str<'_>,
        url: Py<PyString>,
        headers: Py<PyDict>,
        body: Option<Py<PyString>>,
        missing: Py<PyTuple>,
        id: Option<Py<PyString>>,
        issued_at: Option<u64>,
        is_sealed: bool,
    ) -> PyResult<Callback> {
        guarded(|| {
            let method = Method::from_name(method.named("method")?);
            let method = method.ok_or_else(|| error::argument("method is not one of a callback"))?.name();
            Ok(Callback { method, url, headers, body, missing, id, issued_at, is_sealed })
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        guarded(|| {
            let names = self.headers.bind(py).keys();
            let bytes = match &self.body {
                Some(body) => body.bind(py).to_str()?.len().to_string(),
                None => "None".to_owned(),
            };
            Ok(format!("Callback(method='{}', header_names={names}, body_bytes={bytes})", self.method))
        })
    }
}

/// Headers as a dict.
fn dict_of<'a>(py: Python<'_>, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> PyResult<Py<PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in pairs {
        dict.set_item(name, value)?;
    }
    Ok(dict.unbind())
}
