//! What can be wrong with a JSON text, and where.

use std::fmt;

/// Why a text is not accepted as JSON. The payload of a variant is the limit that was passed.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonProblem {
    /// Longer than the limit, in bytes.
    TooLong(usize),
    /// Nested deeper than the limit.
    TooDeep(usize),
    /// More values than the limit.
    TooManyNodes(usize),
    /// Begins with U+FEFF (RFC 8259 §8.1 forbids to add one).
    ByteOrderMark,
    /// Not UTF-8 (RFC 8259 §8.1).
    InvalidUtf8,
    /// A `\u` escape of half a surrogate pair.
    LoneSurrogate,
    /// The same member name twice in one object, compared after unescaping.
    DuplicateName,
    /// A number whose size is beyond IEEE 754 double precision.
    NumberOutOfRange,
    /// The text ends within a value, or is empty.
    UnexpectedEnd,
    /// Something else where a value should be.
    ExpectedValue,
    /// Something else where a member name should be.
    ExpectedName,
    /// Something else where a colon should be.
    ExpectedColon,
    /// Something else where a comma or the end of the array or object should be.
    ExpectedCommaOrEnd,
    /// A malformed number, such as `01`, `1.` or `+1`.
    InvalidNumber,
    /// A backslash with a character that RFC 8259 §7 does not list.
    InvalidEscape,
    /// An unescaped control character within a string.
    ControlCharacter,
    /// More text after the value.
    TrailingText,
    /// Valid JSON, but not an object where one is needed (records and received bodies).
    NotAnObject,
}

/// A JSON text was refused. `Display` says what was wrong and where, and never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    problem: JsonProblem,
    offset: usize,
    line: usize,
    column: usize,
}

impl JsonError {
    /// The error at byte `offset` of `text`; line and column are counted here, once, because errors are rare.
    pub(crate) fn at(text: &[u8], offset: usize, problem: JsonProblem) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let line_text = before.rsplit(|byte| *byte == b'\n').next().unwrap_or(before);
        // Characters, not bytes: every byte that is not a UTF-8 continuation starts one.
        let column = line_text.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
        JsonError { problem, offset, line: line.saturating_add(1), column: column.saturating_add(1) }
    }

    /// What is wrong.
    pub fn problem(&self) -> JsonProblem {
        self.problem
    }

    /// Bytes before the error.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Line of the error, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column of the error in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for JsonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonProblem::TooLong(limit) => write!(f, "longer than {limit} bytes"),
            JsonProblem::TooDeep(limit) => write!(f, "nested deeper than {limit} levels"),
            JsonProblem::TooManyNodes(limit) => write!(f, "more than {limit} values"),
            JsonProblem::ByteOrderMark => f.write_str("byte order mark"),
            JsonProblem::InvalidUtf8 => f.write_str("invalid UTF-8"),
            JsonProblem::LoneSurrogate => f.write_str("lone surrogate"),
            JsonProblem::DuplicateName => f.write_str("duplicate member name"),
            JsonProblem::NumberOutOfRange => f.write_str("number out of range"),
            JsonProblem::UnexpectedEnd => f.write_str("unexpected end"),
            JsonProblem::ExpectedValue => f.write_str("expected a value"),
            JsonProblem::ExpectedName => f.write_str("expected a member name in double quotes"),
            JsonProblem::ExpectedColon => f.write_str("expected a colon"),
            JsonProblem::ExpectedCommaOrEnd => {
                f.write_str("expected a comma or the end of the array or object")
            }
            JsonProblem::InvalidNumber => f.write_str("malformed number"),
            JsonProblem::InvalidEscape => f.write_str("unknown escape in a string"),
            JsonProblem::ControlCharacter => f.write_str("unescaped control character in a string"),
            JsonProblem::TrailingText => f.write_str("more text after the value"),
            JsonProblem::NotAnObject => f.write_str("not an object"),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.problem, self.line, self.column)
    }
}

impl std::error::Error for JsonError {}
