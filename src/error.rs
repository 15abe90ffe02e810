//! Why a message, a callback, an opened body or a single value could not be had.

use std::fmt;

use crate::cipher::CipherError;
use crate::json::{JsonError, JsonProblem};
use crate::report::ErrorCode;

/// A call on a valid profile failed. `Display` names the place and what was expected, never a value or a key.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The record or received body is not a JSON object within the limits.
    Json(JsonError),
    /// The record lacks these names (in the order of their first use), and `Missing::Error` was asked for.
    MissingValues(Vec<String>),
    /// The rendered text would be longer than this many bytes.
    OutputTooLarge(usize),
    /// The header of this name would hold a character that is not allowed in it, or be too long.
    UnsafeHeader(String),
    /// A path segment of the URL would become `.` or `..`.
    UnsafePath,
    /// A single value could not be encrypted or decrypted.
    Cipher(CipherError),
    /// The parameter of this name (`contacts[0].name`) could not be decrypted.
    Parameter(String, CipherError),
    /// The parameter of this name should be encrypted but is not a string.
    NotEncrypted(String),
    /// The received body is longer than this many bytes.
    TooLong(usize),
    /// The content type is neither JSON nor multipart nor form.
    UnsupportedContentType,
    /// The multipart body breaks RFC 7578: what was expected.
    MalformedMultipart(&'static str),
    /// The form body or query does not decode to UTF-8.
    MalformedForm,
    /// The given boundary breaks RFC 2046 §5.1.1 or occurs in a value.
    InvalidBoundary,
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Error::Json(error) if error.problem() == JsonProblem::NotAnObject => ErrorCode::NotAnObject,
            Error::Json(_) => ErrorCode::InvalidJson,
            Error::MissingValues(_) => ErrorCode::MissingValue,
            Error::OutputTooLarge(_) => ErrorCode::OutputTooLarge,
            Error::UnsafeHeader(_) => ErrorCode::UnsafeHeader,
            Error::UnsafePath => ErrorCode::UnsafePath,
            Error::Cipher(error) | Error::Parameter(_, error) => error.code(),
            Error::NotEncrypted(_) => ErrorCode::NotEncrypted,
            Error::TooLong(_) => ErrorCode::TooLong,
            Error::UnsupportedContentType => ErrorCode::UnsupportedContentType,
            Error::MalformedMultipart(_) => ErrorCode::MalformedMultipart,
            Error::MalformedForm => ErrorCode::MalformedForm,
            Error::InvalidBoundary => ErrorCode::InvalidBoundary,
        }
    }

    /// The parameter that could not be opened, if it was one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Error::Parameter(name, _) | Error::NotEncrypted(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Json(error) => write!(f, "must be a JSON object: {error}"),
            Error::MissingValues(names) => write!(f, "the record lacks {}", names.join(", ")),
            Error::OutputTooLarge(limit) => write!(f, "the rendered text is longer than {limit} bytes"),
            Error::UnsafeHeader(name) => {
                write!(f, "header {name} would hold a control character or be longer than allowed")
            }
            Error::Cipher(error) => error.fmt(f),
            Error::Parameter(name, error) => write!(f, "parameter {name}: {error}"),
            Error::NotEncrypted(name) => write!(f, "parameter {name}: expected an encrypted string"),
            Error::TooLong(limit) => write!(f, "the received body is longer than {limit} bytes"),
            Error::MalformedMultipart(expected) => write!(f, "malformed multipart body: {expected}"),
            Error::UnsafePath
            | Error::UnsupportedContentType
            | Error::MalformedForm
            | Error::InvalidBoundary => f.write_str(self.code().text()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Json(error) => Some(error),
            Error::Cipher(error) | Error::Parameter(_, error) => Some(error),
            _ => None,
        }
    }
}

impl From<JsonError> for Error {
    fn from(error: JsonError) -> Self {
        Error::Json(error)
    }
}

impl From<CipherError> for Error {
    fn from(error: CipherError) -> Self {
        Error::Cipher(error)
    }
}

impl CipherError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            CipherError::UnknownAlgorithm => ErrorCode::UnknownAlgorithm,
            CipherError::InvalidKey(_) => ErrorCode::InvalidKey,
            CipherError::InvalidIv(_) => ErrorCode::InvalidIv,
            CipherError::InvalidEncoding => ErrorCode::InvalidEncoding,
            CipherError::AuthFailed => ErrorCode::AuthFailed,
            CipherError::NotUtf8 => ErrorCode::NotUtf8,
            CipherError::TooLong => ErrorCode::TooLong,
            CipherError::BufferTooSmall { .. } => ErrorCode::BufferTooSmall,
        }
    }
}
