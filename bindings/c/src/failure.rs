//! Why a call failed, until `guard` makes an error object of it.

use cbp::cipher::CipherError;
use cbp::{Error, Report};

use crate::class::ErrorClass;

/// Why a call failed.
pub(crate) enum Failure {
    /// An argument makes no sense: what was expected.
    Argument(&'static str),
    /// A payload, patch, stored profile, request or envelope is refused.
    Refused(Report),
    /// A call on a profile or cipher failed: the error, and the class of that call.
    Failed(Error, ErrorClass),
    /// A defect of the library.
    Internal,
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Failure::Refused(report)
    }
}

// An `Error` becomes a failure by one of these and never by `?` alone, so that no call forgets to name its class.
impl Failure {
    /// A message or callback could not be made of the record.
    pub(crate) fn replacer(error: impl Into<Error>) -> Failure {
        Failure::Failed(error.into(), ErrorClass::Replacer)
    }

    /// A received callback or an encrypted text could not be opened.
    pub(crate) fn decryption(error: impl Into<Error>) -> Failure {
        match error.into() {
            // Not the text is wrong but the caller's key or IV, which only the hazmat functions take beside a text.
            error @ Error::Cipher(CipherError::InvalidKey(_) | CipherError::InvalidIv(_)) => Failure::cipher(error),
            error => Failure::Failed(error, ErrorClass::Decryption),
        }
    }

    /// A cipher could not be prepared, a value is too long for it, or a buffer is too small.
    pub(crate) fn cipher(error: impl Into<Error>) -> Failure {
        Failure::Failed(error.into(), ErrorClass::Argument)
    }

    pub(crate) fn class(&self) -> ErrorClass {
        match self {
            Failure::Argument(_) => ErrorClass::Argument,
            Failure::Refused(_) => ErrorClass::Profile,
            Failure::Failed(_, class) => *class,
            Failure::Internal => ErrorClass::Internal,
        }
    }
}
