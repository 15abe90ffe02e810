//! Failures as plain values; the JavaScript side makes errors of them.

use callback_profile::cipher::CipherError;
use callback_profile::{Envelope, Error, ErrorCode, Report};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

/// What a call gives: its result, or a failure.
#[napi]
pub type Outcome<T> = Either<T, Failed>;

/// Marks a failure among the results.
#[napi(object, object_from_js = false)]
pub struct Failed {
    pub failure: Failure,
}

/// Why a call failed. Never holds a key, an IV or a value.
#[napi(object, object_from_js = false)]
#[derive(Default)]
pub struct Failure {
    /// A name of the catalogue.
    pub code: String,
    pub message: String,
    /// Why a payload was refused.
    pub violations: Option<Vec<Violation>>,
    /// How many more violations there were than are listed.
    pub unlisted: Option<u32>,
    /// The refused envelope's exact text.
    pub envelope: Option<String>,
    /// The names that a record lacks.
    pub missing: Option<Vec<String>>,
    /// The parameter that could not be opened.
    pub parameter: Option<String>,
    /// The place of the failed input in a batch.
    pub index: Option<u32>,
}

/// One reason why a payload was refused.
#[napi(object, object_from_js = false)]
pub struct Violation {
    pub context: String,
    pub pointer: String,
    pub keyword: String,
    pub message: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
}

impl Failure {
    pub(crate) fn of_code(code: ErrorCode) -> Failure {
        Failure { code: code.name().to_owned(), message: code.text().to_owned(), ..Failure::default() }
    }

    pub(crate) fn argument(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), ..Failure::of_code(ErrorCode::InvalidArgument) }
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        let violations = report.violations().iter().map(|violation| Violation {
            context: violation.context.name().to_owned(),
            pointer: violation.pointer.clone(),
            keyword: violation.keyword.to_owned(),
            message: violation.message.clone(),
            line: violation.position.map(|(line, _)| number(line)),
            column: violation.position.map(|(_, column)| number(column)),
        });
        Failure {
            code: report.code().name().to_owned(),
            message: report.to_string(),
            violations: Some(violations.collect()),
            unlisted: Some(number(report.unlisted())),
            envelope: Some(Envelope::refused(&report).to_json()),
            ..Failure::default()
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure {
            code: error.code().name().to_owned(),
            message: error.to_string(),
            parameter: error.parameter().map(str::to_owned),
            missing: match error {
                Error::MissingValues(names) => Some(names),
                _ => None,
            },
            ..Failure::default()
        }
    }
}

impl From<CipherError> for Failure {
    fn from(error: CipherError) -> Failure {
        Failure { code: error.code().name().to_owned(), message: error.to_string(), ..Failure::default() }
    }
}

/// A result as JavaScript sees it.
pub(crate) fn outcome<T, E: Into<Failure>>(result: Result<T, E>) -> Outcome<T> {
    match result {
        Ok(value) => Either::A(value),
        Err(error) => Either::B(Failed { failure: error.into() }),
    }
}

/// JavaScript has no more than 2^53; these are counts of small things.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
