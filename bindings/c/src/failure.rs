//! Why a call failed, until `guard` makes an error object of it.

use callback_profile_arrow::ArrowError;
use cbp::cipher::CipherError;
use cbp::{Error, ErrorClass, Report};

/// Why a call failed.
pub(crate) enum Failure {
    /// An argument makes no sense: what was expected.
    Argument(&'static str),
    /// A payload, patch, stored profile, request or envelope is refused.
    Refused(Report),
    /// A call on a profile failed. The error knows its class.
    Failed(Error),
    /// A cipher failed: the error, and the class of that call.
    Cipher(CipherError, ErrorClass),
    /// A call on a column failed as a whole.
    Arrow(ArrowError),
    /// A defect of the library.
    Internal,
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Failure::Refused(report)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Failed(error)
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::Call(error) => Failure::Failed(error),
            error => Failure::Arrow(error),
        }
    }
}

// A `CipherError` becomes a failure by one of these and never by `?` alone, so that no call forgets to name its class.
impl Failure {
    /// A cipher could not be prepared, a value is too long for it, or a buffer is too small.
    pub(crate) fn cipher(error: CipherError) -> Failure {
        Failure::Cipher(error, ErrorClass::Argument)
    }

    /// An encrypted text could not be decrypted.
    pub(crate) fn decryption(error: CipherError) -> Failure {
        Failure::Cipher(error, error.class_of_decryption())
    }

    pub(crate) fn class(&self) -> ErrorClass {
        match self {
            Failure::Argument(_) => ErrorClass::Argument,
            Failure::Refused(report) => report.class(),
            Failure::Failed(error) => error.class(),
            Failure::Cipher(_, class) => *class,
            Failure::Arrow(error) => error.class(),
            Failure::Internal => ErrorClass::Internal,
        }
    }
}
