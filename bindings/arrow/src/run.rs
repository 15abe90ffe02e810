//! The loop over the rows of a column: a row's failure is its own, and the result has the length and order of the column.

use std::collections::HashMap;
use std::ffi::CString;
use std::num::NonZeroUsize;
use std::ops::Range;

use callback_profile::{Error, ErrorClass, ErrorCode};

use crate::column::Column;
use crate::error::ArrowError;
use crate::output::{Overflow, Table, Texts, Width};
use crate::threads::{Panicked, divided};

/// So many rows may fail before one succeeds.
const ROWS_WITHOUT_SUCCESS: usize = 1000;

/// What holds for all rows.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default)]
pub struct RunSettings {
    /// How many threads work; `None` is one for each processor.
    pub threads: Option<NonZeroUsize>,
    /// Goes on where the first 1,000 rows that are not null all fail.
    pub keep_going: bool,
}

impl RunSettings {
    /// So many threads, none is one for each processor; and whether to go on where nothing succeeds.
    pub fn new(threads: Option<NonZeroUsize>, keep_going: bool) -> RunSettings {
        RunSettings { threads, keep_going }
    }
}

/// What is done with a row.
pub(crate) trait Job: Sync {
    /// What a thread uses again for the next row.
    type Memory: Default;

    /// The columns of the result, before `error` and `parameter`.
    fn columns(&self) -> Vec<(CString, Width)>;

    /// Pushes the row to every column, or to none and says why.
    fn row(&self, text: &[u8], memory: &mut Self::Memory, out: &mut [Texts]) -> Result<(), Failed>;
}

/// Why a row has no values.
pub(crate) enum Failed {
    /// The row is refused: its error, and the name concerned.
    Row(Error),
    /// No row can succeed, or there is no room.
    Call(ArrowError),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        match error {
            Error::Internal(_)
            | Error::InvalidArgument(_)
            | Error::RandomRequired
            | Error::IssuedAtRequired
            | Error::IdRequired => Failed::Call(ArrowError::Call(error)),
            error => Failed::Row(error),
        }
    }
}

impl From<Overflow> for Failed {
    fn from(_: Overflow) -> Self {
        Failed::Call(ArrowError::TooMuch)
    }
}

impl From<Overflow> for ArrowError {
    fn from(_: Overflow) -> Self {
        ArrowError::TooMuch
    }
}

impl From<Panicked> for ArrowError {
    fn from(_: Panicked) -> Self {
        ArrowError::Internal
    }
}

/// The state of a call on one column, or on the parts of a stream.
#[derive(Debug)]
pub struct Run {
    settings: RunSettings,
    /// What failed while nothing succeeded; `None` once a row did.
    failures: Option<Failures>,
}

/// How often each code was the error, and its class.
#[derive(Debug, Default)]
struct Failures {
    rows: usize,
    codes: HashMap<ErrorCode, (usize, ErrorClass)>,
}

impl Run {
    /// The state before the first row.
    pub fn new(settings: RunSettings) -> Run {
        Run { settings, failures: (!settings.keep_going).then(Failures::default) }
    }

    /// Does the job for every row.
    pub(crate) fn over<J: Job>(&mut self, job: &J, column: &Column<'_>) -> Result<Table, ArrowError> {
        let mut first = Rows::new(job, 0);
        let mut memory = J::Memory::default();
        let mut at = 0;
        // One row after the other until one succeeds; so the error is the same for any number of threads.
        while at < column.len() && self.failures.is_some() {
            let result = first.row(job, column.value(at), &mut memory)?;
            at = at.saturating_add(1);
            self.judge(result)?;
        }
        if at == column.len() {
            return Ok(Table::new(at, first.named(job)));
        }
        // Most often one row was read. Once more with the others is cheaper than moving all of them behind it.
        let part = |rows: Range<usize>| -> Result<Rows, ArrowError> {
            let mut part = Rows::new(job, rows.len());
            let mut memory = J::Memory::default();
            for row in rows {
                let _: Option<Option<Error>> = part.row(job, column.value(row), &mut memory)?;
            }
            Ok(part)
        };
        let mut all = Rows::new(job, 0);
        for part in divided(0..column.len(), self.settings.threads, part)? {
            all.append(part?)?;
        }
        Ok(Table::new(column.len(), all.named(job)))
    }

    /// Counts what the first rows were: nothing for null, then the error, if there is one.
    fn judge(&mut self, result: Option<Option<Error>>) -> Result<(), ArrowError> {
        let (Some(result), Some(failures)) = (result, self.failures.as_mut()) else { return Ok(()) };
        let Some(error) = result else {
            self.failures = None;
            return Ok(());
        };
        failures.rows = failures.rows.saturating_add(1);
        let of_code = failures.codes.entry(error.code()).or_insert((0, error.class()));
        of_code.0 = of_code.0.saturating_add(1);
        if failures.rows < ROWS_WITHOUT_SUCCESS {
            return Ok(());
        }
        // Of codes that are equally common, that with the smallest number: the same in every run.
        let commonest =
            failures.codes.iter().max_by_key(|(code, (count, _))| (*count, u32::MAX.abs_diff(code.number())));
        Err(commonest.map_or(ArrowError::Internal, |(code, (_, class))| ArrowError::NothingSucceeds {
            rows: failures.rows,
            code: *code,
            class: *class,
        }))
    }
}

/// Rows of the result.
struct Rows {
    columns: Vec<Texts>,
    error: Texts,
    parameter: Texts,
}

impl Rows {
    fn new<J: Job>(job: &J, rows: usize) -> Rows {
        Rows {
            columns: job.columns().into_iter().map(|(_, width)| Texts::new(width, rows)).collect(),
            error: Texts::new(Width::Small, rows),
            parameter: Texts::new(Width::Small, rows),
        }
    }

    /// Appends a row. Nothing for null; else the error, if there is one.
    fn row<J: Job>(
        &mut self,
        job: &J,
        text: Option<&[u8]>,
        memory: &mut J::Memory,
    ) -> Result<Option<Option<Error>>, ArrowError> {
        let error = match text.map(|text| job.row(text, memory, &mut self.columns)) {
            Some(Ok(())) => {
                self.error.push(None)?;
                self.parameter.push(None)?;
                return Ok(Some(None));
            }
            Some(Err(Failed::Call(error))) => return Err(error),
            Some(Err(Failed::Row(error))) => Some(error),
            None => None,
        };
        for column in &mut self.columns {
            column.push(None)?;
        }
        self.error.push(error.as_ref().map(|error| error.code().name()))?;
        self.parameter.push(error.as_ref().and_then(concerned))?;
        Ok(error.map(Some))
    }

    fn append(&mut self, other: Rows) -> Result<(), Overflow> {
        for (column, other) in self.columns.iter_mut().zip(other.columns) {
            column.join(other)?;
        }
        self.error.join(other.error)?;
        self.parameter.join(other.parameter)
    }

    fn named<J: Job>(self, job: &J) -> Vec<(CString, Texts)> {
        let named = job.columns().into_iter().map(|(name, _)| name).zip(self.columns);
        named.chain([(c"error".to_owned(), self.error), (c"parameter".to_owned(), self.parameter)]).collect()
    }
}

/// The first name that an error is about.
fn concerned(error: &Error) -> Option<&str> {
    match error {
        Error::MissingValues(names) => names.first().map(String::as_str),
        error => error.parameter(),
    }
}
