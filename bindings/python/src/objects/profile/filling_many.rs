//! Many callbacks of a profile, filled from records.

use std::ops::Range;

use callback_profile::{CallbackBuffer, CallbackOptions, Error};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::filling::record_text;
use super::held::Profile;
use crate::batch;
use crate::convert::input::{Flag, Str, Text};
use crate::convert::json_text::Fallback;
use crate::convert::options;
use crate::convert::wiped::Wiped;
use crate::error;
use crate::guard::guarded;
use crate::objects::callback::Callback;
use crate::objects::sealing::Sealing;
use crate::texts::{Texts, str_or_none};

/// Records of a block and thread of `callbacks`, whose memory is in use until the objects are made: what fits a core's cache.
const CALLBACKS_PER_BLOCK: usize = 128;

/// Where a record's text is, and what its callback needs if it is sealed; `None` if there is no text.
type Read<'a> = Option<(Source<'a>, Sealing)>;

/// A record's text.
enum Source<'a> {
    /// It is the caller's, and cannot change.
    Borrowed(&'a [u8]),
    /// It was written, and is in this range of the block's memory.
    Written(Range<usize>),
}

/// The records of a block.
struct Block<'a> {
    records: Vec<Read<'a>>,
    bytes: usize,
    /// Why those have no text that have none: None, or an exception.
    unread: Vec<PyResult<()>>,
}

impl Source<'_> {
    fn text<'t>(&'t self, written: &'t [u8]) -> &'t [u8] {
        match self {
            Source::Borrowed(text) => text,
            Source::Written(range) => {
                debug_assert!(range.end <= written.len(), "a record's text is in the memory of its block");
                written.get(range.clone()).unwrap_or_default()
            }
        }
    }
}

/// The callbacks of a thread. Their memory is used again for the next block.
#[derive(Default)]
struct Made {
    buffers: Vec<CallbackBuffer>,
    results: Vec<Result<(), Error>>,
}

#[pymethods]
impl Profile {
    /// The outgoing requests of many records, made on several threads with the GIL released; options as for callback. Each
    /// sealed callback has random bytes and an id of its own.
    ///
    /// The list has one item per record, in order: the callback, None for a record that is None, or the exception of a
    /// record that failed. An exception in the list is not raised. threads as for open_many.
    ///
    /// Raises TypeError if records is a single record, ArgumentError (invalid_argument) for options that make no sense.
    #[pyo3(
        signature = (
            records, *, missing=Str::new("empty"), boundary=None, surrogates=Str::new("refuse"), issued_at=None,
            profile_id=None, bare_token=Flag::NO, default=None, threads=None
        ),
        text_signature = "($self, records, *, missing='empty', boundary=None, surrogates='refuse', issued_at=None, \
        profile_id=None, bare_token=False, default=None, threads=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn callbacks<'py>(
        &self,
        py: Python<'py>,
        records: &Bound<'py, PyAny>,
        missing: Str<'_>,
        boundary: Option<Str<'_>>,
        surrogates: Str<'_>,
        issued_at: Option<&Bound<'py, PyAny>>,
        profile_id: Option<Str<'_>>,
        bare_token: Flag,
        default: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let threads = batch::threads(threads)?;
            let settings = settings(missing, boundary, surrogates, profile_id, bare_token)?;
            let fallback = Fallback::of_record(default)?;
            let list = PyList::empty(py);
            let mut states: Vec<Made> = std::iter::repeat_with(Made::default).take(threads).collect();
            let work = |state: &mut Made, records: &[Read<'_>], written: &[u8]| {
                state.buffers.resize_with(state.buffers.len().max(records.len()), CallbackBuffer::default);
                state.results.clear();
                for (buffer, record) in state.buffers.iter_mut().zip(records) {
                    state.results.push(record.as_ref().map_or(Ok(()), |(text, sealing)| {
                        self.core().callback_into(text.text(written), &sealing.applied(settings), buffer)
                    }));
                }
            };
            let mut written = Wiped::new();
            batch::in_blocks("records", records, CALLBACKS_PER_BLOCK.saturating_mul(threads), |block| {
                let Block { records: read, bytes, unread } =
                    self.read_many(block, settings, issued_at, fallback, &mut written)?;
                let sizes = batch::in_pieces(py, &read, bytes, &mut states, |state, read| {
                    work(state, read, &written)
                });
                let mut unread = unread.into_iter();
                let made = states
                    .iter_mut()
                    .zip(sizes)
                    .flat_map(|(state, _)| state.results.drain(..).zip(&state.buffers));
                for ((result, buffer), record) in made.zip(&read) {
                    let item = match (record, result) {
                        (None, _) => unread.next().unwrap_or(Ok(())).map(|()| py.None().into_bound(py)),
                        (Some(_), Err(error)) => Err(error::failed(&error)),
                        (Some((_, sealing)), Ok(())) => Callback::of_buffer(py, buffer, sealing)
                            .and_then(|callback| Ok(Bound::new(py, callback)?.into_any())),
                    };
                    batch::push(&list, item)?;
                }
                Ok(())
            })?;
            Ok(list)
        })
    }

    /// The bodies alone of the outgoing requests of many records: the text of callback(record).body, without an object
    /// for each callback. Options as for callbacks.
    ///
    /// The list has one item per record, in order: the body, None for a record that is None, or the exception of a record
    /// that failed. The content type is the profile's. The id of a sealed callback is in its body only: use callbacks where
    /// a retry needs it. A multipart body without boundary names its own in its first line only.
    ///
    /// Raises TypeError if records is a single record, ArgumentError (invalid_argument) for options that make no sense, and
    /// for a profile of GET or DELETE, whose callbacks have no body.
    #[pyo3(
        signature = (
            records, *, missing=Str::new("empty"), boundary=None, surrogates=Str::new("refuse"), issued_at=None,
            profile_id=None, bare_token=Flag::NO, default=None, threads=None
        ),
        text_signature = "($self, records, *, missing='empty', boundary=None, surrogates='refuse', issued_at=None, \
        profile_id=None, bare_token=False, default=None, threads=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn callback_bodies<'py>(
        &self,
        py: Python<'py>,
        records: &Bound<'py, PyAny>,
        missing: Str<'_>,
        boundary: Option<Str<'_>>,
        surrogates: Str<'_>,
        issued_at: Option<&Bound<'py, PyAny>>,
        profile_id: Option<Str<'_>>,
        bare_token: Flag,
        default: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let threads = batch::threads(threads)?;
            let settings = settings(missing, boundary, surrogates, profile_id, bare_token)?;
            let fallback = Fallback::of_record(default)?;
            if !self.core().method().has_body() {
                return Err(error::argument(
                    "callback_bodies is for POST and PUT: a GET or DELETE has no body",
                ));
            }
            let list = PyList::empty(py);
            let state = || (CallbackBuffer::default(), Texts::new());
            let mut states: Vec<_> = std::iter::repeat_with(state).take(threads).collect();
            let work = |(buffer, texts): &mut (CallbackBuffer, Texts),
                        records: &[Read<'_>],
                        written: &[u8]| {
                texts.clear();
                for record in records {
                    let Some((text, sealing)) = record else {
                        texts.push_nothing();
                        continue;
                    };
                    match self.core().callback_into(text.text(written), &sealing.applied(settings), buffer) {
                        Ok(()) => texts.push(buffer.body().unwrap_or_default()),
                        Err(error) => texts.push_error(error),
                    }
                }
            };
            let mut written = Wiped::new();
            batch::in_blocks("records", records, batch::BLOCK_ITEMS.saturating_mul(threads), |block| {
                let Block { records: read, bytes, unread } =
                    self.read_many(block, settings, issued_at, fallback, &mut written)?;
                let sizes = batch::in_pieces(py, &read, bytes, &mut states, |state, read| {
                    work(state, read, &written)
                });
                let mut unread = unread.into_iter();
                for ((_, texts), _) in states.iter_mut().zip(sizes) {
                    texts.drain(|result| {
                        let result = match result {
                            Ok(None) => unread.next().unwrap_or(Ok(())).map(|()| None),
                            other => other,
                        };
                        batch::push(&list, result.map(|body| str_or_none(py, body)))
                    })?;
                }
                Ok(())
            })?;
            Ok(list)
        })
    }
}

impl Profile {
    /// Reads a block of records. The text of those that are no text is written into `written`, one behind the other.
    fn read_many<'a>(
        &self,
        block: &'a [Bound<'_, PyAny>],
        settings: CallbackOptions<'_>,
        issued_at: Option<&Bound<'_, PyAny>>,
        fallback: Fallback<'_, '_>,
        written: &mut Wiped,
    ) -> PyResult<Block<'a>> {
        written.clear();
        let reading = self.reading(settings.surrogates);
        let is_sealed = self.core().sealed_encryption().is_some();
        let (mut read, mut bytes, mut unread) = (Vec::with_capacity(block.len()), 0_usize, Vec::new());
        for record in block {
            if record.is_none() {
                unread.push(Ok(()));
                read.push(None);
                continue;
            }
            match record_text(record, &reading, fallback) {
                Ok(text) => {
                    bytes = bytes.saturating_add(text.len());
                    let sealing = Sealing::given(None, issued_at, None)?;
                    let sealing = if is_sealed { sealing.completed(record.py())? } else { sealing };
                    let source = match text {
                        Text::Borrowed(text) => Source::Borrowed(text),
                        Text::Owned(text) => {
                            let start = written.len();
                            written.push(&text);
                            Source::Written(start..written.len())
                        }
                    };
                    read.push(Some((source, sealing)));
                }
                Err(error) => {
                    unread.push(Err(error));
                    read.push(None);
                }
            }
        }
        Ok(Block { records: read, bytes, unread })
    }
}

/// The settings that all records have.
fn settings<'o>(
    missing: Str<'_>,
    boundary: Option<Str<'o>>,
    surrogates: Str<'_>,
    profile_id: Option<Str<'o>>,
    bare_token: Flag,
) -> PyResult<CallbackOptions<'o>> {
    let mut settings = CallbackOptions::default();
    settings.missing = options::missing(missing)?;
    settings.boundary = options::optional("boundary", boundary)?;
    settings.surrogates = options::surrogates(surrogates)?;
    settings.profile_id = options::optional("profile_id", profile_id)?;
    settings.bare_token = bare_token.named("bare_token")?;
    Ok(settings)
}
