//! A column of received callbacks, opened.

use std::ffi::CString;

use callback_profile::json::{Document, Kind, Value};
use callback_profile::{Limits, OpenOptions, Profile};

use crate::column::Column;
use crate::error::ArrowError;
use crate::output::{Table, Texts, Width};
use crate::run::{Failed, Job, Run};

/// Opens every row. The result is `{opened: large_string, error: string, parameter: string}`: the parameters as compact JSON,
/// or null, the name of the error's code, and the first parameter that it is about. A null row is null in all three.
///
/// With `columns` there is a `large_string` of each of these names in place of `opened`: a parameter, or what a JSON Pointer
/// leads to if the name begins with `/`. It has the text of a string and the JSON text of any other value; an absent value, and
/// JSON's null, are null.
///
/// # Errors
/// [`ArrowError::Setting`] if a name of `columns` is repeated, `error`, `parameter`, or has a zero character, and for
/// [`OpenOptions::partial`], since a row has one error and could not tell of all that is missing from it;
/// [`ArrowError::Call`] if the profile is sealed and the options expect nothing; [`ArrowError::NothingSucceeds`].
pub fn open(
    profile: &Profile,
    options: &OpenOptions<'_>,
    columns: Option<&[String]>,
    run: &mut Run,
    column: &Column<'_>,
) -> Result<Table, ArrowError> {
    if options.partial {
        return Err(ArrowError::Setting("partial: a row opens as a whole or not at all"));
    }
    match columns {
        None => run.over(&Whole { profile, options }, column),
        Some(columns) => run.over(&Named::of(profile, options, columns)?, column),
    }
}

/// Whether these names can be columns.
///
/// # Errors
/// [`ArrowError::Setting`].
pub fn check_columns(columns: &[String]) -> Result<(), ArrowError> {
    for (at, name) in columns.iter().enumerate() {
        if name.contains('\0') {
            return Err(ArrowError::Setting("columns: a name must not have a zero character"));
        }
        if name == "error" || name == "parameter" {
            return Err(ArrowError::Setting(
                "columns: the names error and parameter are taken; a JSON Pointer (/error) reaches such a parameter",
            ));
        }
        if columns.iter().take(at).any(|before| before == name) {
            return Err(ArrowError::Setting("columns: a name must not be repeated"));
        }
    }
    Ok(())
}

/// The parameters as one JSON text.
struct Whole<'p> {
    profile: &'p Profile,
    options: &'p OpenOptions<'p>,
}

impl Job for Whole<'_> {
    type Memory = ();

    fn columns(&self) -> Vec<(CString, Width)> {
        vec![(c"opened".to_owned(), Width::Large)]
    }

    fn row(&self, text: &[u8], _: &mut (), out: &mut [Texts]) -> Result<(), Failed> {
        let opened = self.profile.open_with(text, self.options)?;
        for column in out {
            column.push(Some(opened.json()))?;
        }
        Ok(())
    }
}

/// Some parameters, each in a column of its own.
struct Named<'p> {
    profile: &'p Profile,
    options: &'p OpenOptions<'p>,
    columns: &'p [String],
    names: Vec<CString>,
    limits: Limits,
}

impl<'p> Named<'p> {
    fn of(
        profile: &'p Profile,
        options: &'p OpenOptions<'p>,
        columns: &'p [String],
    ) -> Result<Named<'p>, ArrowError> {
        check_columns(columns)?;
        let names = columns.iter().map(|name| CString::new(name.as_str()).map_err(|_| ArrowError::Internal));
        // What was opened is within the limits of what was received; decrypted, it may be escaped to six times the length.
        let mut limits = Limits::default();
        (limits.payload_bytes, limits.nodes, limits.depth) = (usize::MAX, usize::MAX, usize::MAX);
        Ok(Named { profile, options, columns, names: names.collect::<Result<_, _>>()?, limits })
    }
}

impl Job for Named<'_> {
    type Memory = ();

    fn columns(&self) -> Vec<(CString, Width)> {
        self.names.iter().map(|name| (name.clone(), Width::Large)).collect()
    }

    fn row(&self, text: &[u8], _: &mut (), out: &mut [Texts]) -> Result<(), Failed> {
        let opened = self.profile.open_with(text, self.options)?;
        let document = Document::read(opened.json().as_bytes(), &self.limits);
        let document = document.map_err(|error| Failed::Row(callback_profile::Error::Received(error)))?;
        let root = document.root();
        for (name, column) in self.columns.iter().zip(out) {
            let value = if name.starts_with('/') { root.pointer(name) } else { root.get(name) };
            push(column, value.filter(|value| value.kind() != Kind::Null))?;
        }
        Ok(())
    }
}

fn push(column: &mut Texts, value: Option<Value<'_>>) -> Result<(), Failed> {
    column.push_with(value.is_some(), |out| {
        if let Some(value) = value {
            match value.as_str() {
                Some(text) => out.extend_from_slice(text.as_bytes()),
                None => value.write_compact(out),
            }
        }
    })?;
    Ok(())
}
