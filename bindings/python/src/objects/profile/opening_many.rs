//! Opening many callbacks of a profile that were received.

use callback_profile::OpenOptions;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::held::Profile;
use crate::batch;
use crate::convert::input::{Str, Text};
use crate::convert::{options, output};
use crate::guard::guarded;
use crate::objects::opened_iterator::OpenedIterator;
use crate::texts::{Texts, str_or_none};

#[pymethods]
impl Profile {
    /// Opens many received callbacks, decrypting on several threads with the GIL released; options as for open.
    ///
    /// The list has one item per body, in order: the parameters, None for a body that is None, or the exception of a body
    /// that failed. An exception in the list is not raised.
    ///
    /// threads is how many threads at most, from 1 to 1024; None takes one for each core that the process may use. Less
    /// than 32 KiB of bodies for each thread are done on fewer threads, less than 64 KiB on the caller's own.
    ///
    /// Raises TypeError if bodies is a single body, ArgumentError (invalid_argument) for options that make no sense.
    #[pyo3(
        signature = (bodies, *, content_type=None, structures=None, absent=None, expected=None, threads=None),
        text_signature = "($self, bodies, *, content_type=None, structures=False, absent=False, expected=None, threads=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open_many<'py>(
        &self,
        py: Python<'py>,
        bodies: &Bound<'py, PyAny>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
        threads: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let threads = batch::threads(threads)?;
            let mut names = output::Names::default();
            options::opening(content_type, structures, absent, expected, None, |options| {
                self.opened_many(py, bodies, options, threads, |json| match json {
                    Some(json) => output::value_with(py, json, &mut names),
                    None => Ok(py.None().into_bound(py)),
                })
            })
        })
    }

    /// Like open_many, each as compact JSON text, with every number exactly as it was received: the cheapest way.
    #[pyo3(
        signature = (bodies, *, content_type=None, structures=None, absent=None, expected=None, threads=None),
        text_signature = "($self, bodies, *, content_type=None, structures=False, absent=False, expected=None, threads=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open_json_many<'py>(
        &self,
        py: Python<'py>,
        bodies: &Bound<'py, PyAny>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'py, PyAny>>,
        absent: Option<&Bound<'py, PyAny>>,
        expected: Option<&Bound<'py, PyAny>>,
        threads: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let threads = batch::threads(threads)?;
            options::opening(content_type, structures, absent, expected, None, |options| {
                self.opened_many(py, bodies, options, threads, |json| Ok(str_or_none(py, json)))
            })
        })
    }

    /// Opens received callbacks one after the other, for what does not fit into memory: an iterator of what open_many has
    /// in its list, in order. Options as for open_many.
    ///
    /// bodies is any iterable. It is read at most chunk bodies ahead (from 1 to 1,000,000), when the next result is asked
    /// for. If it raises, the results of the bodies before come first. Where expected has no time of its own, the clock is
    /// read for each chunk.
    ///
    /// Raises TypeError if bodies is a single body, ArgumentError (invalid_argument) for options that make no sense.
    #[pyo3(
        signature = (
            bodies, *, chunk=None, content_type=None, structures=None, absent=None, expected=None, threads=None
        ),
        text_signature = "($self, bodies, *, chunk=4096, content_type=None, structures=False, absent=False, \
        expected=None, threads=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open_iter<'py>(
        slf: &Bound<'py, Self>,
        bodies: &Bound<'py, PyAny>,
        chunk: Option<&Bound<'py, PyAny>>,
        content_type: Option<Bound<'py, PyAny>>,
        structures: Option<Bound<'py, PyAny>>,
        absent: Option<Bound<'py, PyAny>>,
        expected: Option<Bound<'py, PyAny>>,
        threads: Option<Bound<'py, PyAny>>,
    ) -> PyResult<OpenedIterator> {
        guarded(|| {
            let settings = PyDict::new(slf.py());
            settings.set_item("content_type", content_type)?;
            settings.set_item("structures", structures)?;
            settings.set_item("absent", absent)?;
            settings.set_item("expected", expected)?;
            settings.set_item("threads", threads)?;
            OpenedIterator::new(slf.getattr("open_many")?, bodies, chunk, settings)
        })
    }
}

impl Profile {
    /// A list of what `made` makes of each opened body's JSON, which is nothing for None.
    fn opened_many<'py>(
        &self,
        py: Python<'py>,
        bodies: &Bound<'py, PyAny>,
        options: &OpenOptions<'_>,
        threads: usize,
        mut made: impl FnMut(Option<&str>) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let mut states: Vec<Texts> = std::iter::repeat_with(Texts::new).take(threads).collect();
        batch::in_blocks("bodies", bodies, batch::BLOCK_ITEMS.saturating_mul(threads), |block| {
            // What has no text, and why: None, or the exception.
            let mut unread = Vec::new();
            let mut bytes = 0_usize;
            let texts: Vec<Option<Text<'_>>> = block
                .iter()
                .map(|body| {
                    if body.is_none() {
                        unread.push(Ok(()));
                        return None;
                    }
                    let text = self.received(body, options);
                    let text = text.map_err(|error| unread.push(Err(error))).ok()?;
                    bytes = bytes.saturating_add(text.len());
                    Some(text)
                })
                .collect();
            let sizes = batch::in_pieces(py, &texts, bytes, &mut states, |state, texts| {
                state.clear();
                for text in texts {
                    match text.as_ref().map(|text| self.core().open_with(&**text, options)) {
                        Some(Ok(opened)) => state.push(opened.json()),
                        Some(Err(error)) => state.push_error(error),
                        None => state.push_nothing(),
                    }
                }
            });
            let mut unread = unread.into_iter();
            for (state, _) in states.iter_mut().zip(sizes) {
                state.drain(|result| {
                    let result = match result {
                        Ok(None) => unread.next().unwrap_or(Ok(())).and_then(|()| made(None)),
                        other => other.and_then(&mut made),
                    };
                    batch::push(&list, result)
                })?;
            }
            Ok(())
        })?;
        Ok(list)
    }
}
