//! Columns: many received callbacks, or records, in one call, through the Arrow C Data Interface.
//!
//! An input is a column of string, large_string, string_view, binary and their kin, or of a dictionary of them (formats u, U, vu,
//! z, Z, vz, n). It is read where it lies, and refused if lengths, offsets, null counts, alignment or buffers are not what
//! the interface says; that a buffer is as long as they say cannot be checked. Every call takes over `array` or `stream`: it is
//! marked as released when the call returns, whatever it returns. `schema` is only read and stays the caller's.
//!
//! A result is a struct array with the rows of the input in their order, which the caller releases. It is written on success
//! only, over whatever was there. The structures are those of arrow.apache.org/docs/format/CDataInterface.html.

use callback_profile_arrow::stream::{Parts, Source, stream_of};
use callback_profile_arrow::{
    ArrowArray, ArrowArrayStream, ArrowError, ArrowSchema, Column, Run, RunSettings, Table, callback, open,
};
use std::sync::Arc;

use crate::call_options::cbp_call_options;
use crate::convert::{object, out};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::profile::cbp_profile;

/// Opens a column of received callbacks, on several threads: see cbp_profile_open(). The result has `opened` (large_string: the
/// parameters as compact JSON), `error` (string: the name of the code of a row that failed) and `parameter` (string: the first
/// one concerned). A null row is null in all three, and a row that fails has no effect on others.
///
/// With cbp_call_options_set_columns() there is a large_string for each name in place of `opened`: the text of a string, the
/// JSON text of another value, null where the value is absent or null. `options` may be NULL.
///
/// Errors: CBP_ERROR_INVALID_ARGUMENT for structures that are refused, and for a sealed profile without
/// cbp_call_options_set_expected(); if the first 1,000 rows that are not null all fail, the commonest code of theirs, unless
/// cbp_call_options_set_keep_going().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_open_arrow(
    profile: *const cbp_profile,
    schema: *const ArrowSchema,
    array: *mut ArrowArray,
    options: *const cbp_call_options,
    result_schema: *mut ArrowSchema,
    result: *mut ArrowArray,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let input = Input { profile, schema, array, options };
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe { input.give(Work::Open, result_schema, result) }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Makes an outgoing request of every row of a column of records, JSON texts, on several threads: see cbp_profile_callback().
/// The result has `method` (string), `url`, `headers` (a JSON object), `body` (null for GET and DELETE), `missing` (a JSON
/// array of the names that the record lacked, or null; all four large_string), `error` and `parameter` as
/// cbp_profile_open_arrow() has them.
///
/// `options` may be NULL; of a sealed profile, whose callbacks each need an id of their own, it is CBP_ERROR_RANDOM_REQUIRED or
/// the like. Errors: as cbp_profile_open_arrow().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_callback_arrow(
    profile: *const cbp_profile,
    schema: *const ArrowSchema,
    array: *mut ArrowArray,
    options: *const cbp_call_options,
    result_schema: *mut ArrowSchema,
    result: *mut ArrowArray,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let input = Input { profile, schema, array, options };
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        unsafe { input.give(Work::Callback, result_schema, result) }
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Opens a column that comes in parts: each part of `result` is made of the next part of `stream` when it is asked for, so that
/// memory does not grow with the number of rows. `profile` and `options` must live, unchanged, until `result` is released.
///
/// Errors: as cbp_profile_open_arrow(). A part that fails is EINVAL of `result`'s get_next, whose get_last_error begins with the
/// name of the code; the stream is not asked again then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_open_arrow_stream(
    profile: *const cbp_profile,
    stream: *mut ArrowArrayStream,
    options: *const cbp_call_options,
    result: *mut ArrowArrayStream,
    error: *mut *mut cbp_error,
) -> cbp_status {
    // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
    let body = || unsafe { give_stream(Work::Open, profile, stream, options, result) };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Makes outgoing requests of a column of records that comes in parts: cbp_profile_callback_arrow() in the way of
/// cbp_profile_open_arrow_stream().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_callback_arrow_stream(
    profile: *const cbp_profile,
    stream: *mut ArrowArrayStream,
    options: *const cbp_call_options,
    result: *mut ArrowArrayStream,
    error: *mut *mut cbp_error,
) -> cbp_status {
    // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
    let body = || unsafe { give_stream(Work::Callback, profile, stream, options, result) };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// What is done with the rows.
#[derive(Clone, Copy)]
enum Work {
    Open,
    Callback,
}

impl Work {
    fn over(
        self,
        profile: &cbp_profile,
        options: &cbp_call_options,
        run: &mut Run,
        column: &Column<'_>,
    ) -> Result<Table, ArrowError> {
        match self {
            Work::Open => {
                let columns = options.arrow.columns.as_deref();
                open::open(&profile.0, &options.to_open(), columns, run, column)
            }
            Work::Callback => {
                // Not what a sealed callback is made with: random bytes and id are those of one message.
                let mut settings = cbp::CallbackOptions::default();
                let given = options.to_callback();
                (settings.missing, settings.surrogates, settings.boundary) =
                    (given.missing, given.surrogates, given.boundary);
                callback::callback(&profile.0, &settings, run, column)
            }
        }
    }
}

fn run_of(options: &cbp_call_options) -> Run {
    Run::new(RunSettings::new(options.arrow.threads, options.arrow.keep_going))
}

/// The arguments of a call on a column.
struct Input {
    profile: *const cbp_profile,
    schema: *const ArrowSchema,
    array: *mut ArrowArray,
    options: *const cbp_call_options,
}

impl Input {
    /// Takes the array over, does the work and gives the result.
    ///
    /// # Safety
    /// Every pointer is NULL or valid for its use.
    unsafe fn give(
        self,
        work: Work,
        result_schema: *mut ArrowSchema,
        result: *mut ArrowArray,
    ) -> Result<(), Failure> {
        // First of all, since the array is released whatever else is wrong.
        // SAFETY: NULL or valid, says the caller.
        let array = unsafe {
            out(self.array)?;
            ArrowArray::take(self.array)
        };
        // SAFETY: NULL or valid, says the caller.
        let (profile, schema, options, result_schema, result) = unsafe {
            (
                object(self.profile)?,
                object(self.schema)?,
                cbp_call_options::or_default(self.options)?,
                out(result_schema)?,
                out(result)?,
            )
        };
        // SAFETY: structures of the interface, says the caller; they live until the column is gone.
        let column = unsafe { Column::of(schema, &array) }.map_err(ArrowError::from)?;
        let table = Arc::new(work.over(profile, options, &mut run_of(options), &column)?);
        result_schema.put(table.schema());
        result.put(table.array());
        Ok(())
    }
}

/// Takes the stream over and gives one of results.
///
/// # Safety
/// Every pointer is NULL or valid for its use; profile and options live until the result is released.
unsafe fn give_stream(
    work: Work,
    profile: *const cbp_profile,
    stream: *mut ArrowArrayStream,
    options: *const cbp_call_options,
    result: *mut ArrowArrayStream,
) -> Result<(), Failure> {
    // SAFETY: NULL or valid, says the caller.
    let stream = unsafe {
        out(stream)?;
        ArrowArrayStream::take(stream)
    };
    // SAFETY: NULL or valid, and they live as long as the result, says the caller.
    let (profile, options, result): (&'static cbp_profile, &'static cbp_call_options, _) =
        unsafe { (object(profile)?, cbp_call_options::or_default(options)?, out(result)?) };
    // SAFETY: a stream of the interface, says the caller.
    let parts = unsafe { Parts::of(stream) }?;
    // SAFETY: the schema is one that the stream wrote.
    let column = unsafe { Column::empty(parts.schema()) }.map_err(ArrowError::from)?;
    let empty = work.over(profile, options, &mut run_of(options), &column)?;
    result.put(stream_of(Box::new(Results { work, profile, options, parts, empty, run: run_of(options) })));
    Ok(())
}

/// A stream of results.
struct Results {
    work: Work,
    profile: &'static cbp_profile,
    options: &'static cbp_call_options,
    parts: Parts,
    /// A result without rows, which has the type of all others.
    empty: Table,
    run: Run,
}

impl Source for Results {
    fn schema(&self) -> ArrowSchema {
        self.empty.schema()
    }

    fn next_part(&mut self) -> Result<Option<ArrowArray>, ArrowError> {
        let Some(array) = self.parts.next_part()? else { return Ok(None) };
        // SAFETY: structures that the stream wrote; they live until the column is gone.
        let column = unsafe { Column::of(self.parts.schema(), &array) }?;
        let table = self.work.over(self.profile, self.options, &mut self.run, &column)?;
        Ok(Some(Arc::new(table).array()))
    }
}
