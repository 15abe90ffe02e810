//! One reason why something is refused, and the report that lists them all.

use std::fmt;

use super::class::ErrorClass;
use super::code::ErrorCode;
use super::rule::RuleParams;
use crate::names::named_values;

/// Which part of a request a violation is about: the data variable of the platform's messages.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The path parameters: `sid`.
    Params,
    /// The request's own headers: `api-key`, `content-type`.
    Headers,
    /// The payload.
    Body,
}

named_values!(Context { Params = "params", Headers = "headers", Body = "body" });

/// Where in a text that is not JSON reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One reason why a payload is refused. `Display` is its [`message`](Self::message); the alternate form (`{:#}`) adds the
/// allowed values where the rule has a list of them.
///
/// ```
/// let report = callback_profile::Profile::parse(r#"{"title": "sms", "http_method": "HEAD", "url": "https://example.com/"}"#).unwrap_err();
/// assert_eq!(
///     format!("{:#}", report.violations()[0]),
///     "body/http_method must be equal to one of the allowed values: GET, POST, PUT, DELETE"
/// );
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The part of the request.
    pub context: Context,
    /// JSON Pointer (RFC 6901) to the value in that part, as it was sent; `""` is the whole part.
    pub pointer: String,
    /// The rule that is broken: a JSON Schema keyword where there is one (`required`, `type`, `enum`, `maxLength`,
    /// `minLength`, `pattern`, …), else a name of ours (`json`, `format`, `header_name`, …).
    pub keyword: &'static str,
    /// The whole sentence, such as `body/title must be string`. Never holds a key, an IV or a header's value.
    pub message: String,
    /// What the rule allows, for programs.
    pub params: RuleParams,
    /// Where reading stopped, when the text is not JSON at all.
    pub position: Option<Position>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.params {
            RuleParams::AllowedValues(values) | RuleParams::AllowedNumbers(values) if f.alternate() => {
                write!(f, ": {}", values.join(", "))
            }
            _ => Ok(()),
        }
    }
}

/// Why a payload, patch, stored profile, request or envelope is refused: every violation; first the required members
/// that are missing, then member by member. There is at least one.
///
/// `Display` is the first one's message with a count of the others; the alternate form (`{:#}`) has a line for each.
///
/// ```
/// let report = callback_profile::Profile::parse(r#"{"http_method": "GET"}"#).unwrap_err();
/// assert_eq!(report.to_string(), "body must have required property 'title' (and 1 more violation)");
/// assert_eq!(
///     format!("{report:#}"),
///     "body must have required property 'title'\nbody must have required property 'url'"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    code: ErrorCode,
    violations: Vec<Violation>,
    unlisted: usize,
}

impl Report {
    pub(super) fn of(code: ErrorCode, violations: Vec<Violation>, unlisted: usize) -> Report {
        debug_assert!(!violations.is_empty(), "a report has a violation");
        Report { code, violations, unlisted }
    }

    /// The violations, at most [`Limits::violations`](crate::Limits::violations).
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How many more there were than are listed.
    pub fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// What was refused: [`ErrorCode::InvalidProfile`], [`ErrorCode::InvalidPatch`] or another of the 200 family.
    /// [`ErrorCode::Internal`] is a defect of this library.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// [`ErrorClass::Profile`]; for the code [`ErrorCode::Internal`], a defect of this library,
    /// [`ErrorClass::Internal`].
    pub fn class(&self) -> ErrorClass {
        if self.code == ErrorCode::Internal { ErrorClass::Internal } else { ErrorClass::Profile }
    }

    /// The first violation's message, which the envelope shows as its own.
    pub fn message(&self) -> &str {
        self.violations.first().map_or("", |violation| violation.message.as_str())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut more = self.unlisted;
        if f.alternate() {
            for (index, violation) in self.violations.iter().enumerate() {
                let separator = if index == 0 { "" } else { "\n" };
                write!(f, "{separator}{violation:#}")?;
            }
        } else {
            f.write_str(self.message())?;
            more = more.saturating_add(self.violations.len().saturating_sub(1));
        }
        let separator = if f.alternate() { "\n" } else { " " };
        match more {
            0 => Ok(()),
            1 => write!(f, "{separator}(and 1 more violation)"),
            _ => write!(f, "{separator}(and {more} more violations)"),
        }
    }
}

impl std::error::Error for Report {}
