//! Whole columns: received callbacks opened, and records made requests.

use std::num::NonZeroUsize;

use callback_profile::CallbackOptions;
use callback_profile_arrow::{Run, RunSettings, callback, open};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::held::Profile;
use crate::convert::input::{Str, items, str_of};
use crate::convert::options;
use crate::error;
use crate::guard::guarded;
use crate::objects::arrow::{ArrowStruct, over_chunks};

#[pymethods]
impl Profile {
    /// Opens a column of received callbacks, on all processors and with the GIL released.
    ///
    /// column is an Arrow array or chunked array of any library with the PyCapsule protocol (pyarrow, Polars, DuckDB,
    /// pandas' Arrow columns): string, large_string, string_view, binary and its kin, or a dictionary of them. It is read
    /// where it lies.
    ///
    /// The result has the rows of the column in their order: a struct of opened (large_string: the parameters as compact
    /// JSON, as open_json gives them), error (string: the code of a row that failed) and parameter (string: the first
    /// parameter concerned). A null row is null in all three; a row that fails has no effect on others.
    ///
    /// With columns, a list of names, each of them is a large_string in place of opened: a parameter, or what a JSON
    /// Pointer leads to if the name begins with /. It is the text of a string, the JSON text of another value, null where
    /// the value is absent or null.
    ///
    /// threads is the number of threads, None one for each processor. content_type, structures, absent and expected are as
    /// for open.
    ///
    /// Raises DecryptionError with the commonest code if the first 1,000 rows that are not null all fail, unless keep_going;
    /// TypeError for a column of another type; ArgumentError (invalid_argument) for an array that is not valid, for columns
    /// that are repeated or named error or parameter, and for a sealed profile without expected.
    #[pyo3(
        signature = (
            column, *, columns=None, content_type=None, structures=None, absent=None, expected=None, threads=None,
            keep_going=false
        ),
        text_signature = "($self, column, *, columns=None, content_type=None, structures=False, absent=False, \
        expected=None, threads=None, keep_going=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn open_arrow(
        &self,
        column: &Bound<'_, PyAny>,
        columns: Option<&Bound<'_, PyAny>>,
        content_type: Option<Str<'_>>,
        structures: Option<&Bound<'_, PyAny>>,
        absent: Option<&Bound<'_, PyAny>>,
        expected: Option<&Bound<'_, PyAny>>,
        threads: Option<i64>,
        keep_going: bool,
    ) -> PyResult<ArrowStruct> {
        guarded(|| {
            let mut run = Run::new(RunSettings::new(threads_of(threads)?, keep_going));
            let names = columns.map(names_of).transpose()?;
            let core = self.core();
            options::opening(content_type, structures, absent, expected, None, |options| {
                over_chunks(column, |chunk| open::open(core, options, names.as_deref(), &mut run, chunk))
            })
        })
    }

    /// Makes an outgoing request of each row of a column of records, on all processors and with the GIL released.
    ///
    /// column is an Arrow column as for open_arrow; each row is a record as JSON text. The result has the rows in their
    /// order: a struct of method (string), url, headers (a JSON object), body (null for GET and DELETE), missing (a JSON
    /// array of the names that the record lacked, null if it lacked none; all four large_string), error (string: the code
    /// of a row that failed) and parameter (string: the first name concerned). A null row is null in all of them.
    ///
    /// missing, surrogates and boundary are as for callback; threads and keep_going as for open_arrow.
    ///
    /// Raises ReplacerError with the commonest code if the first 1,000 rows that are not null all fail, unless keep_going,
    /// and for a sealed profile, whose callbacks each need an id of their own; TypeError and ArgumentError as open_arrow.
    #[pyo3(
        signature = (
            column, *, missing=Str::new("empty"), surrogates=Str::new("refuse"), boundary=None, threads=None, keep_going=false
        ),
        text_signature = "($self, column, *, missing='empty', surrogates='refuse', boundary=None, threads=None, \
        keep_going=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn callback_arrow(
        &self,
        column: &Bound<'_, PyAny>,
        missing: Str<'_>,
        surrogates: Str<'_>,
        boundary: Option<Str<'_>>,
        threads: Option<i64>,
        keep_going: bool,
    ) -> PyResult<ArrowStruct> {
        guarded(|| {
            let mut run = Run::new(RunSettings::new(threads_of(threads)?, keep_going));
            let mut settings = CallbackOptions::default();
            settings.missing = options::missing(missing)?;
            settings.surrogates = options::surrogates(surrogates)?;
            settings.boundary = options::optional("boundary", boundary)?;
            let core = self.core();
            over_chunks(column, |chunk| callback::callback(core, &settings, &mut run, chunk))
        })
    }
}

/// A number of threads; none is one for each processor.
fn threads_of(threads: Option<i64>) -> PyResult<Option<NonZeroUsize>> {
    let positive = |threads| {
        let threads = usize::try_from(threads).ok().and_then(NonZeroUsize::new);
        threads.ok_or_else(|| error::argument("threads must be None or at least 1"))
    };
    threads.map(positive).transpose()
}

/// The names of columns.
fn names_of(names: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let name = |name: PyResult<Bound<'_, PyAny>>| {
        let name = name?;
        match name.cast::<PyString>() {
            Ok(text) => str_of("columns: a name", text).map(str::to_owned),
            Err(_) => Err(error::wrong_type("columns: a name", "str", &name)),
        }
    };
    items("columns", names)?.map(name).collect()
}
