//! Why a message or a callback could not be made, or a received body not be opened.

use std::fmt;

use crate::cipher::CipherError;
use crate::json::{JsonError, JsonProblem};
use crate::report::{ErrorClass, ErrorCode};
use crate::visible::visible;

/// A call on a valid profile failed. `Display` names the parameter or header and what was expected, never a value or a
/// key; names are shown with control characters and marks of text direction escaped.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The record is not a JSON object within the limits.
    Record(JsonError),
    /// A value that should become a record has something that JSON has not: made by `RecordBuf::from_serialize`, which the
    /// feature `serde` has.
    NotJson {
        /// JSON Pointer to it.
        pointer: String,
        /// What it is.
        found: &'static str,
    },
    /// An opened value is not of the type that it should become: made by `Opened::deserialize`, which the feature `serde` has.
    UnexpectedType {
        /// JSON Pointer to it.
        pointer: String,
        /// What the type expects.
        expected: String,
        /// What kind of value is there, if the type said so.
        found: Option<&'static str>,
    },
    /// The received body is not a JSON object within the limits, or JSON text in one of its fields is malformed.
    Received(JsonError),
    /// The record lacks these names (in the order of their first use), and `Missing::Error` was asked for.
    MissingValues(Vec<String>),
    /// The rendered text would be longer than this many bytes.
    OutputTooLarge(usize),
    /// The header of this name would hold a character that is not allowed in it, or be too long.
    UnsafeHeader(String),
    /// A path segment of the URL would become `.` or `..`.
    UnsafePath,
    /// A filled name of the query would be one of its constant names, or nothing: no receiver could tell the parameter.
    UnsafeQuery,
    /// A value of the callback could not be encrypted.
    Cipher(CipherError),
    /// The parameter of this name (`contacts[0].name`) could not be decrypted.
    Parameter(String, CipherError),
    /// The parameters of these names should be encrypted strings and are something else.
    NotEncrypted(Vec<String>),
    /// The parameters of these names are encrypted by the profile and absent.
    MissingParameters(Vec<String>),
    /// The sealed callback is refused. It says no more, whatever is wrong, so that a stranger learns nothing;
    /// [`Profile::diagnose`](crate::Profile::diagnose) tells the owner of the key.
    Sealed,
    /// The sealed parameters of these names are not what the profile's template has there.
    UnexpectedValues(Vec<String>),
    /// The received callback names a key that the key ring does not have.
    UnknownKey,
    /// The received callback names no key, and nobody can tell which one it was.
    CannotTellKey,
    /// A signature is missing, malformed or wrong. It says no more, so that a stranger learns nothing.
    SignatureRefused,
    /// The signature holds, and its timestamp is too far from now.
    TimestampRefused,
    /// A sealed callback needs 32 random bytes.
    RandomRequired,
    /// A sealed callback needs the time of sending.
    IssuedAtRequired,
    /// A sealed callback needs an id.
    IdRequired,
    /// A signature would cover none of the callback's parameters.
    SignatureCoversNothing,
    /// A signature was verified that covers none of the received parameters: those of a GET or DELETE that is not sealed.
    UncoveredParameters,
    /// The callback has a header of this name, which signing adds.
    HeaderTaken(&'static str),
    /// A text is no signing secret: what was expected.
    InvalidSecret(&'static str),
    /// An argument is not valid: what was expected.
    InvalidArgument(&'static str),
    /// The received body is longer than this many bytes.
    TooLong(usize),
    /// The received content type is not of the profile's kind.
    UnsupportedContentType {
        /// The media types that the profile accepts, its own first.
        expected: String,
        /// The received content type.
        received: String,
    },
    /// The multipart body breaks RFC 7578, or two parsers could read it differently: what was expected.
    MalformedMultipart(&'static str),
    /// The form body or query is malformed, or two parsers could read it differently: what was expected.
    MalformedForm(&'static str),
    /// A form, query or multipart body has the parameter of this name more often than the profile.
    RepeatedParameter {
        /// The name.
        name: String,
        /// [`ErrorCode::MalformedForm`] or [`ErrorCode::MalformedMultipart`].
        code: ErrorCode,
    },
    /// The given boundary breaks RFC 2046 §5.1.1, or its delimiter line occurs in a value.
    InvalidBoundary,
    /// A defect of the library: an invariant does not hold, and this says which.
    Internal(&'static str),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Error::Record(error) | Error::Received(error) => match error.problem() {
                JsonProblem::NotAnObject => ErrorCode::NotAnObject,
                _ => ErrorCode::InvalidJson,
            },
            Error::NotJson { .. } => ErrorCode::InvalidJson,
            Error::UnexpectedType { .. } => ErrorCode::UnexpectedType,
            Error::MissingValues(_) => ErrorCode::MissingValue,
            Error::OutputTooLarge(_) => ErrorCode::OutputTooLarge,
            Error::UnsafeHeader(_) => ErrorCode::UnsafeHeader,
            Error::UnsafePath => ErrorCode::UnsafePath,
            Error::UnsafeQuery => ErrorCode::UnsafeQuery,
            Error::Cipher(error) | Error::Parameter(_, error) => error.code(),
            Error::NotEncrypted(_) | Error::UnexpectedValues(_) => ErrorCode::NotEncrypted,
            Error::Sealed => ErrorCode::AuthFailed,
            Error::UnknownKey => ErrorCode::UnknownKey,
            Error::CannotTellKey => ErrorCode::CannotTellKey,
            Error::SignatureRefused => ErrorCode::SignatureRefused,
            Error::TimestampRefused => ErrorCode::TimestampRefused,
            Error::RandomRequired => ErrorCode::RandomRequired,
            Error::IssuedAtRequired => ErrorCode::IssuedAtRequired,
            Error::IdRequired => ErrorCode::IdRequired,
            Error::SignatureCoversNothing | Error::UncoveredParameters => ErrorCode::SignatureCoversNothing,
            Error::HeaderTaken(_) => ErrorCode::UnsafeHeader,
            Error::InvalidSecret(_) => ErrorCode::InvalidKey,
            Error::InvalidArgument(_) => ErrorCode::InvalidArgument,
            Error::MissingParameters(_) => ErrorCode::MissingParameter,
            Error::TooLong(_) => ErrorCode::TooLong,
            Error::UnsupportedContentType { .. } => ErrorCode::UnsupportedContentType,
            Error::MalformedMultipart(_) => ErrorCode::MalformedMultipart,
            Error::MalformedForm(_) => ErrorCode::MalformedForm,
            Error::RepeatedParameter { code, .. } => *code,
            Error::InvalidBoundary => ErrorCode::InvalidBoundary,
            Error::Internal(_) => ErrorCode::Internal,
        }
    }

    /// [`ErrorClass::Replacer`] if a message or callback could not be made, [`ErrorClass::Decryption`] if a received
    /// body could not be opened, [`ErrorClass::Signature`] if its signature is refused, [`ErrorClass::Argument`] if an
    /// argument is not valid, [`ErrorClass::Internal`] for a defect.
    pub fn class(&self) -> ErrorClass {
        match self {
            Error::Record(_)
            | Error::NotJson { .. }
            | Error::MissingValues(_)
            | Error::OutputTooLarge(_)
            | Error::UnsafeHeader(_)
            | Error::UnsafePath
            | Error::UnsafeQuery
            | Error::Cipher(_)
            | Error::RandomRequired
            | Error::IssuedAtRequired
            | Error::IdRequired
            | Error::SignatureCoversNothing
            | Error::HeaderTaken(_)
            | Error::InvalidBoundary => ErrorClass::Replacer,
            Error::Received(_)
            | Error::UnexpectedType { .. }
            | Error::Parameter(..)
            | Error::NotEncrypted(_)
            | Error::MissingParameters(_)
            | Error::Sealed
            | Error::UnexpectedValues(_)
            | Error::UnknownKey
            | Error::CannotTellKey
            | Error::TooLong(_)
            | Error::UnsupportedContentType { .. }
            | Error::MalformedMultipart(_)
            | Error::MalformedForm(_)
            | Error::RepeatedParameter { .. } => ErrorClass::Decryption,
            Error::SignatureRefused | Error::TimestampRefused | Error::UncoveredParameters => {
                ErrorClass::Signature
            }
            Error::InvalidSecret(_) | Error::InvalidArgument(_) => ErrorClass::Argument,
            Error::Internal(_) => ErrorClass::Internal,
        }
    }

    /// The parameter that could not be opened, if it was one; the first of several.
    pub fn parameter(&self) -> Option<&str> {
        self.parameters().first().map(String::as_str)
    }

    /// All parameters that the error is about.
    pub fn parameters(&self) -> &[String] {
        match self {
            Error::Parameter(name, _) | Error::RepeatedParameter { name, .. } => std::slice::from_ref(name),
            Error::NotEncrypted(names) | Error::MissingParameters(names) | Error::UnexpectedValues(names) => {
                names
            }
            _ => &[],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Record(error) => write!(f, "the record must be a JSON object: {error}"),
            Error::Received(error) => write!(f, "the received body must be a JSON object: {error}"),
            Error::NotJson { pointer, found } => {
                write!(f, "the record must be JSON: {found}{}", At(pointer))
            }
            Error::UnexpectedType { pointer, expected, found } => {
                let kind = found.map(|found| format!(" and is {found}")).unwrap_or_default();
                write!(f, "the opened value{} must be {expected}{kind}", At(pointer))
            }
            Error::MissingValues(names) => write!(f, "the record lacks {}", Names(names)),
            Error::OutputTooLarge(limit) => write!(f, "the rendered text is longer than {limit} bytes"),
            Error::UnsafeHeader(name) => {
                write!(
                    f,
                    "header {} would hold a character that a header may not hold, or be longer than allowed",
                    visible(name)
                )
            }
            Error::Cipher(error) => error.fmt(f),
            Error::Parameter(name, error) => write!(f, "parameter {}: {error}", visible(name)),
            Error::NotEncrypted(names) => {
                write!(f, "{} {}: expected an encrypted string", Parameters(names.len()), Names(names))
            }
            Error::MissingParameters(names) => write!(
                f,
                "{} {}: expected an encrypted string, and nothing is there",
                Parameters(names.len()),
                Names(names)
            ),
            Error::TooLong(limit) => write!(f, "the received body is longer than {limit} bytes"),
            Error::UnsupportedContentType { expected, received } => write!(
                f,
                "the content type is not supported: expected {}, received {}",
                visible(expected),
                visible(received)
            ),
            Error::MalformedMultipart(expected) => write!(f, "malformed multipart body: expected {expected}"),
            Error::MalformedForm(expected) => write!(f, "malformed form or query: expected {expected}"),
            Error::RepeatedParameter { name, .. } => {
                write!(f, "parameter {}: occurs more often than in the profile", visible(name))
            }
            Error::UnexpectedValues(names) => write!(
                f,
                "{} {}: expected what the profile's template has there",
                Parameters(names.len()),
                Names(names)
            ),
            Error::Sealed => f.write_str(
                "the sealed callback is refused: it must have been made with this key for this receiver, be new and unchanged",
            ),
            Error::HeaderTaken(name) => write!(f, "the profile must not have a header named {name}: signing adds it"),
            Error::InvalidSecret(expected) => write!(f, "a signing secret must {expected}"),
            Error::InvalidArgument(expected) => f.write_str(expected),
            Error::Internal(what) => write!(f, "{}: {what}", self.code().text()),
            Error::UnsafePath
            | Error::UnsafeQuery
            | Error::InvalidBoundary
            | Error::UnknownKey
            | Error::CannotTellKey
            | Error::SignatureRefused
            | Error::TimestampRefused
            | Error::RandomRequired
            | Error::IssuedAtRequired
            | Error::IdRequired
            | Error::SignatureCoversNothing
            | Error::UncoveredParameters => f.write_str(self.code().text()),
        }
    }
}

/// ` at ` and a pointer; nothing for the root.
struct At<'p>(&'p str);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " at {}", visible(self.0)) }
    }
}

/// Names in a row.
struct Names<'n>(&'n [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let separator = if index > 0 { ", " } else { "" };
            write!(f, "{separator}{}", visible(name))?;
        }
        Ok(())
    }
}

/// `parameter` or `parameters`.
struct Parameters(usize);

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == 1 { "parameter" } else { "parameters" })
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Record(error) | Error::Received(error) => Some(error),
            Error::Cipher(error) | Error::Parameter(_, error) => Some(error),
            _ => None,
        }
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
            CipherError::NotUtf8 { .. } => ErrorCode::NotUtf8,
            CipherError::TooLong => ErrorCode::TooLong,
            CipherError::BufferTooSmall { .. } => ErrorCode::BufferTooSmall,
        }
    }

    /// The class where a single text could not be decrypted: [`ErrorClass::Argument`] if the caller's algorithm, key, IV or
    /// buffer is wrong, else [`ErrorClass::Decryption`]. All other calls of a cipher have the class [`ErrorClass::Argument`].
    ///
    /// ```
    /// use callback_profile::{ErrorClass, cipher::CipherError};
    /// assert_eq!(CipherError::AuthFailed.class_of_decryption(), ErrorClass::Decryption);
    /// assert_eq!(CipherError::UnknownAlgorithm.class_of_decryption(), ErrorClass::Argument);
    /// ```
    pub fn class_of_decryption(&self) -> ErrorClass {
        match self {
            CipherError::UnknownAlgorithm
            | CipherError::InvalidKey(_)
            | CipherError::InvalidIv(_)
            | CipherError::BufferTooSmall { .. } => ErrorClass::Argument,
            CipherError::InvalidEncoding
            | CipherError::AuthFailed
            | CipherError::NotUtf8 { .. }
            | CipherError::TooLong => ErrorClass::Decryption,
        }
    }
}
