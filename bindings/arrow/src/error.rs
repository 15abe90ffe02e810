//! Why a call failed. No message has a value, or a text that the producer of an array wrote.

use std::fmt;

use callback_profile::{Error, ErrorClass, ErrorCode};

/// What is wrong with the structures that were given. The text names the part: `array`, `schema`, `dictionary`.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArrowProblem {
    /// The structure was released or moved.
    Released(&'static str),
    /// The type is none of string, binary and their kin, or a dictionary of them.
    Type(&'static str),
    /// A length, offset or count is negative or too large.
    Number(&'static str),
    /// The number of buffers or children is not that of the type.
    Parts(&'static str),
    /// A buffer, child or dictionary is NULL that must be there.
    Absent(&'static str),
    /// A buffer's address is not a multiple of what its elements need.
    Alignment(&'static str),
    /// Offsets are negative, decrease, or lie beyond their buffer.
    Offsets(&'static str),
    /// The number of nulls is not that of the validity bitmap.
    Nulls(&'static str),
    /// An index is beyond the dictionary.
    Index(&'static str),
}

impl fmt::Display for ArrowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, expected) = match self {
            ArrowProblem::Released(part) => (part, "must not have been released or moved"),
            ArrowProblem::Type(part) => (
                part,
                "must be a string or binary type (formats u, U, z, Z, vu, vz, n), or a dictionary of one with an integer index",
            ),
            ArrowProblem::Number(part) => (part, "must not be negative, nor larger than memory can be"),
            ArrowProblem::Parts(part) => (part, "must be as many as the type has"),
            ArrowProblem::Absent(part) => (part, "must not be NULL"),
            ArrowProblem::Alignment(part) => (part, "must be aligned to its elements"),
            ArrowProblem::Offsets(part) => {
                (part, "must not be negative, decrease, or lead beyond the buffer")
            }
            ArrowProblem::Nulls(part) => (part, "must be -1 or the number of nulls in the validity bitmap"),
            ArrowProblem::Index(part) => (part, "must be within the dictionary"),
        };
        write!(f, "{part} {expected}")
    }
}

/// Why a call on a column failed as a whole. A row that fails is no error of the call: its code is in the column `error`.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArrowError {
    /// The structures are refused.
    Structures(ArrowProblem),
    /// A setting makes no sense: what was expected.
    Setting(&'static str),
    /// No row can succeed, since the call lacks something.
    Call(Error),
    /// Of so many rows that are not null, the first, none succeeded; the commonest error.
    NothingSucceeds {
        /// The rows.
        rows: usize,
        /// The commonest code.
        code: ErrorCode,
        /// The class of the first error of that code.
        class: ErrorClass,
    },
    /// The stream that was given failed with this errno.
    Stream(i32),
    /// The names of parameters need more than 2 GiB: fewer rows at once.
    TooMuch,
    /// A defect of this library.
    Internal,
}

impl ArrowError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            ArrowError::Structures(_) | ArrowError::Setting(_) | ArrowError::Stream(_) => {
                ErrorCode::InvalidArgument
            }
            ArrowError::Call(error) => error.code(),
            ArrowError::NothingSucceeds { code, .. } => *code,
            ArrowError::TooMuch => ErrorCode::OutputTooLarge,
            ArrowError::Internal => ErrorCode::Internal,
        }
    }

    /// The class of the call that failed.
    pub fn class(&self) -> ErrorClass {
        match self {
            ArrowError::Structures(_)
            | ArrowError::Setting(_)
            | ArrowError::Stream(_)
            | ArrowError::TooMuch => ErrorClass::Argument,
            ArrowError::Call(error) => error.class(),
            ArrowError::NothingSucceeds { class, .. } => *class,
            ArrowError::Internal => ErrorClass::Internal,
        }
    }
}

impl fmt::Display for ArrowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArrowError::Structures(problem) => problem.fmt(f),
            ArrowError::Setting(expected) => f.write_str(expected),
            ArrowError::Call(error) => error.fmt(f),
            ArrowError::NothingSucceeds { rows, code, .. } => write!(
                f,
                "none of the first {rows} rows that are not null succeeded, most often: {}",
                code.text()
            ),
            ArrowError::Stream(errno) => write!(f, "the stream that was given failed with errno {errno}"),
            ArrowError::TooMuch => f.write_str(
                "the column error or parameter would need more than 2 GiB: give fewer rows at once",
            ),
            ArrowError::Internal => f.write_str(ErrorCode::Internal.text()),
        }
    }
}

impl std::error::Error for ArrowError {}

impl From<ArrowProblem> for ArrowError {
    fn from(problem: ArrowProblem) -> Self {
        ArrowError::Structures(problem)
    }
}
