//! A column of records, made outgoing requests.

use std::ffi::CString;

use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};
use callback_profile::{CallbackBuffer, CallbackOptions, Profile};

use crate::column::Column;
use crate::error::ArrowError;
use crate::output::{Table, Texts, Width};
use crate::run::{Failed, Job, Run};

/// Makes a request of every row, a record as JSON text. The result is `{method: string, url: large_string, headers:
/// large_string, body: large_string, missing: large_string, error: string, parameter: string}`.
///
/// `headers` is a JSON object of names and values, `body` is null for GET and DELETE, `missing` is a JSON array of the names that
/// the record lacked, or null if it lacked none. A row that fails has only `error` and `parameter`, a null row nothing.
///
/// # Errors
/// [`ArrowError::Call`] if the profile is sealed: each of its callbacks needs random bytes and an id of its own;
/// [`ArrowError::NothingSucceeds`].
pub fn callback(
    profile: &Profile,
    options: &CallbackOptions<'_>,
    run: &mut Run,
    column: &Column<'_>,
) -> Result<Table, ArrowError> {
    run.over(&Request { profile, options }, column)
}

struct Request<'p> {
    profile: &'p Profile,
    options: &'p CallbackOptions<'p>,
}

impl Job for Request<'_> {
    type Memory = CallbackBuffer;

    fn columns(&self) -> Vec<(CString, Width)> {
        let large = |name: &std::ffi::CStr| (name.to_owned(), Width::Large);
        vec![
            (c"method".to_owned(), Width::Small),
            large(c"url"),
            large(c"headers"),
            large(c"body"),
            large(c"missing"),
        ]
    }

    fn row(&self, text: &[u8], made: &mut CallbackBuffer, out: &mut [Texts]) -> Result<(), Failed> {
        self.profile.callback_into(text, self.options, made)?;
        let [method, url, headers, body, missing] = out else {
            return Err(Failed::Call(ArrowError::Internal));
        };
        method.push(made.method().map(callback_profile::Method::name))?;
        url.push(Some(made.url()))?;
        headers.push_with(true, |out| {
            let mut object = ObjectWriter::new(out);
            for (name, value) in made.headers() {
                push_string(object.member(name), value);
            }
            object.finish();
        })?;
        body.push(made.body())?;
        missing.push_with(!made.missing().is_empty(), |out| {
            if !made.missing().is_empty() {
                let mut array = ArrayWriter::new(out);
                for name in made.missing() {
                    push_string(array.element(), name);
                }
                array.finish();
            }
        })?;
        Ok(())
    }
}
