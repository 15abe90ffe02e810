//! One reason why something is refused, and the report that lists them all.

use std::fmt;

use super::{ErrorClass, ErrorCode, Pointer};
use crate::json::JsonError;

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

impl Context {
    /// `params`, `headers` or `body`.
    pub fn name(self) -> &'static str {
        match self {
            Context::Params => "params",
            Context::Headers => "headers",
            Context::Body => "body",
        }
    }
}

/// One reason why a payload is refused.
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
    /// Line and column of the place, both from 1, when the text is not JSON at all.
    pub position: Option<(usize, usize)>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Why a payload, patch, stored profile or request is refused: every violation, in the order of SPEC §2.
///
/// There is at least one. `Display` is the first one's message, with a count of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    code: ErrorCode,
    violations: Vec<Violation>,
    unlisted: usize,
}

impl Report {
    /// The violations, at most [`Limits::violations`](crate::Limits::violations).
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How many more there were than are listed.
    pub fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// What was refused: [`ErrorCode::InvalidProfile`], [`ErrorCode::InvalidPatch`] or another of the 200 family.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// Always [`ErrorClass::Profile`].
    pub fn class(&self) -> ErrorClass {
        ErrorClass::Profile
    }

    /// The first violation's message, which the envelope shows as its own.
    pub fn message(&self) -> &str {
        self.violations.first().map_or("", |violation| violation.message.as_str())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        match self.violations.len().saturating_sub(1).saturating_add(self.unlisted) {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more violation)"),
            more => write!(f, " (and {more} more violations)"),
        }
    }
}

impl std::error::Error for Report {}

/// A broken rule: its keyword, and the words after the place.
pub(crate) struct Rule {
    pub(crate) keyword: &'static str,
    pub(crate) text: String,
}

impl Rule {
    pub(crate) fn new(keyword: &'static str, text: impl Into<String>) -> Rule {
        Rule { keyword, text: text.into() }
    }

    /// Ajv's words for its own keywords.
    pub(crate) fn required(name: &str) -> Rule {
        Rule::new("required", format!("must have required property '{name}'"))
    }

    pub(crate) fn type_is(name: &str) -> Rule {
        Rule::new("type", format!("must be {name}"))
    }

    pub(crate) fn one_of_the_allowed_values() -> Rule {
        Rule::new("enum", "must be equal to one of the allowed values")
    }

    pub(crate) fn at_most_characters(limit: usize) -> Rule {
        Rule::new("maxLength", format!("must NOT have more than {limit} characters"))
    }

    pub(crate) fn at_least_characters(limit: usize) -> Rule {
        Rule::new("minLength", format!("must NOT have fewer than {limit} characters"))
    }

    pub(crate) fn pattern(pattern: &str) -> Rule {
        Rule::new("pattern", format!("must match pattern \"{pattern}\""))
    }

    pub(crate) fn at_most_items(limit: usize) -> Rule {
        Rule::new("maxItems", format!("must NOT have more than {limit} items"))
    }

    pub(crate) fn at_least_items(limit: usize) -> Rule {
        Rule::new("minItems", format!("must NOT have fewer than {limit} items"))
    }

    pub(crate) fn at_most_properties(limit: usize) -> Rule {
        Rule::new("maxProperties", format!("must NOT have more than {limit} properties"))
    }

    pub(crate) fn at_least_properties(limit: usize) -> Rule {
        Rule::new("minProperties", format!("must NOT have fewer than {limit} properties"))
    }

    pub(crate) fn no_additional_properties() -> Rule {
        Rule::new("additionalProperties", "must NOT have additional properties")
    }
}

/// The violations found so far.
pub(crate) struct Violations {
    list: Vec<Violation>,
    found: usize,
    limit: usize,
}

impl Violations {
    /// None yet; at most `limit` (and at least one) will be listed.
    pub(crate) fn new(limit: usize) -> Violations {
        Violations { list: Vec::new(), found: 0, limit: limit.max(1) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found == 0
    }

    /// How many were found, listed or not.
    pub(crate) fn found(&self) -> usize {
        self.found
    }

    /// A rule of the payload is broken at `place`.
    pub(crate) fn add(&mut self, place: Pointer<'_>, rule: Rule) {
        self.add_at(Context::Body, place, place, rule);
    }

    /// A rule is broken at `place`, and its sentence is about `subject`.
    pub(crate) fn add_at(&mut self, context: Context, place: Pointer<'_>, subject: Pointer<'_>, rule: Rule) {
        self.push(|| Violation {
            context,
            pointer: place.to_string(),
            keyword: rule.keyword,
            message: format!("{}{subject} {}", context.name(), rule.text),
            position: None,
        });
    }

    /// The text at the root is no JSON.
    pub(crate) fn add_json(&mut self, error: &JsonError) {
        self.push(|| Violation {
            context: Context::Body,
            pointer: String::new(),
            keyword: "json",
            message: format!("body must be valid JSON: {error}"),
            position: Some((error.line(), error.column())),
        });
    }

    fn push(&mut self, violation: impl FnOnce() -> Violation) {
        if self.list.len() < self.limit {
            self.list.push(violation());
        }
        self.found = self.found.saturating_add(1);
    }

    /// Adds what another check found.
    pub(crate) fn append(&mut self, other: Violations) {
        let unlisted = other.found.saturating_sub(other.list.len());
        for violation in other.list {
            self.push(|| violation);
        }
        self.found = self.found.saturating_add(unlisted);
    }

    /// The same, or one violation if none was found: a profile without proof must not come into being. Unreachable by
    /// construction.
    pub(crate) fn or_unjudged(mut self) -> Violations {
        if self.is_empty() {
            self.add(Pointer::Root, Rule::new("internal", "could not be judged"));
        }
        self
    }

    /// The report of what was found.
    pub(crate) fn into_refusal(self, code: ErrorCode) -> Report {
        let unlisted = self.found.saturating_sub(self.list.len());
        Report { code, violations: self.list, unlisted }
    }
}
