//! Failures as plain values; the JavaScript side makes errors of them.

use callback_profile::cipher::CipherError;
use callback_profile::{Envelope, Error, ErrorClass, ErrorCode, Report};
use napi::bindgen_prelude::Either;
use napi_derive::napi;

/// The result of a call, or why it failed.
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
    /// The name of the error's class; `InternalError` is the base class `CallbackProfileError` itself.
    pub class: &'static str,
    /// A name of the catalogue.
    pub code: &'static str,
    pub message: String,
    /// Why a payload was refused.
    pub violations: Option<Vec<Violation>>,
    /// The number of violations that were found but are not listed.
    pub unlisted: Option<u32>,
    /// The exact text of the envelope that answers the refusal.
    pub envelope: Option<String>,
    /// The names that a record lacks.
    pub missing: Option<Vec<String>>,
    /// The parameters that could not be opened.
    pub parameters: Option<Vec<String>>,
}

/// One reason why a payload was refused.
#[napi(object, object_from_js = false)]
pub struct Violation {
    pub context: String,
    pub pointer: String,
    pub keyword: String,
    pub message: String,
    /// What the rule allows: a JSON object as text.
    pub params: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
}

impl Failure {
    /// A defect of the library.
    #[cold]
    pub(crate) fn internal() -> Failure {
        let code = ErrorCode::Internal;
        Failure::new(ErrorClass::Internal, code, code.text().to_owned())
    }

    /// An argument has the right type but a value that makes no sense.
    pub(crate) fn argument(message: impl Into<String>) -> Failure {
        Failure::new(ErrorClass::Argument, ErrorCode::InvalidArgument, message.into())
    }

    /// A cipher could not be made, or a value not be encrypted.
    pub(crate) fn encrypting(error: CipherError) -> Failure {
        Failure::new(ErrorClass::Argument, error.code(), error.to_string())
    }

    /// A single value could not be decrypted. A raw key or IV of a wrong length is still a wrong argument.
    pub(crate) fn decrypting(error: CipherError) -> Failure {
        Failure::new(error.class_of_decryption(), error.code(), error.to_string())
    }

    fn new(class: ErrorClass, code: ErrorCode, message: String) -> Failure {
        Failure { class: class.name(), code: code.name(), message, ..Failure::default() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let failure = Failure::new(error.class(), error.code(), error.to_string());
        let parameters = Some(error.parameters().to_vec());
        match error {
            Error::MissingValues(names) => Failure { missing: Some(names), ..failure },
            _ => Failure { parameters, ..failure },
        }
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        let violations = report.violations().iter().map(|violation| Violation {
            context: violation.context.name().to_owned(),
            pointer: violation.pointer.clone(),
            keyword: violation.keyword.to_owned(),
            message: violation.message.clone(),
            params: violation.params.to_json(),
            line: violation.position.map(|position| number(position.line)),
            column: violation.position.map(|position| number(position.column)),
        });
        Failure {
            violations: Some(violations.collect()),
            unlisted: Some(number(report.unlisted())),
            envelope: Some(Envelope::refused(&report).to_json()),
            ..Failure::new(report.class(), report.code(), report.to_string())
        }
    }
}

/// A result as JavaScript gets it.
pub(crate) fn outcome<T, E: Into<Failure>>(result: Result<T, E>) -> Outcome<T> {
    match result {
        Ok(value) => Either::A(value),
        Err(error) => Either::B(Failed { failure: error.into() }),
    }
}

/// A count for JavaScript. Saturates at 2^32 - 1 lines, columns or violations, which no document of a practical size has.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
