//! The iterator of `Profile.open_iter`: it reads a chunk of bodies, opens them, and gives the results one by one.

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyIterator, PyList, PyListMethods};

use crate::convert::input;
use crate::error;
use crate::guard::guarded;

/// Bodies that are read ahead if the caller does not say.
const CHUNK: usize = 4096;

/// The largest chunk that makes sense: more is no bound of memory.
const LARGEST_CHUNK: usize = 1_000_000;

/// An iterator of opened callbacks.
#[pyclass(module = "callback_profile")]
pub(crate) struct OpenedIterator {
    /// `Profile.open_many` of the profile.
    open: Py<PyAny>,
    settings: Py<PyDict>,
    chunk: usize,
    /// None when it ended.
    bodies: Option<Py<PyIterator>>,
    results: Option<Py<PyIterator>>,
    /// What the iterable raised behind the bodies whose results are still to be given.
    raised: Option<PyErr>,
}

impl OpenedIterator {
    pub(crate) fn new<'py>(
        open: Bound<'py, PyAny>,
        bodies: &Bound<'py, PyAny>,
        chunk: Option<&Bound<'py, PyAny>>,
        settings: Bound<'py, PyDict>,
    ) -> PyResult<OpenedIterator> {
        // Wrong options are refused here, not at the first body.
        open.call((PyList::empty(open.py()),), Some(&settings))?;
        Ok(OpenedIterator {
            chunk: chunk.map_or(Ok(CHUNK), chunk_of)?,
            bodies: Some(input::items("bodies", bodies)?.unbind()),
            open: open.unbind(),
            settings: settings.unbind(),
            results: None,
            raised: None,
        })
    }

    /// Reads a chunk and opens it; `None` at the end.
    fn next_chunk<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyIterator>>> {
        if let Some(error) = self.raised.take() {
            return Err(error);
        }
        let Some(bodies) = &self.bodies else { return Ok(None) };
        let mut bodies = bodies.bind(py).clone();
        let chunk = PyList::empty(py);
        while chunk.len() < self.chunk {
            match bodies.next() {
                Some(Ok(body)) => chunk.append(body)?,
                Some(Err(error)) if error.is_instance_of::<PyException>(py) && !chunk.is_empty() => {
                    self.bodies = None;
                    self.raised = Some(error);
                    break;
                }
                Some(Err(error)) => return Err(error),
                None => {
                    self.bodies = None;
                    break;
                }
            }
        }
        if chunk.is_empty() {
            return Ok(None);
        }
        self.open.bind(py).call((chunk,), Some(self.settings.bind(py)))?.try_iter().map(Some)
    }
}

#[pymethods]
impl OpenedIterator {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        guarded(|| {
            loop {
                if let Some(results) = &self.results {
                    match results.bind(py).clone().next() {
                        Some(result) => return result.map(Some),
                        None => self.results = None,
                    }
                }
                match self.next_chunk(py)? {
                    Some(results) => self.results = Some(results.unbind()),
                    None => return Ok(None),
                }
            }
        })
    }
}

fn chunk_of(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    if !value.is_instance_of::<PyInt>() || value.is_instance_of::<PyBool>() {
        return Err(error::wrong_type("chunk", "int", value));
    }
    let chunk: Option<usize> = value.extract().ok();
    chunk
        .filter(|chunk| (1..=LARGEST_CHUNK).contains(chunk))
        .ok_or_else(|| error::argument(format!("chunk must be from 1 to {LARGEST_CHUNK}")))
}
