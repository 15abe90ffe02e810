//! The violations that a check has found so far.

use super::code::ErrorCode;
use super::pointer::Pointer;
use super::rule::{Rule, RuleParams};
use super::violation::{Context, Position, Report, Violation};
use crate::json::JsonError;
use crate::visible::visible;

/// What a check has found so far; it becomes a [`Report`].
pub(crate) struct Violations {
    list: Vec<Violation>,
    found: usize,
    /// How many of the list were added by [`add_first`](Self::add_first).
    first: usize,
    limit: usize,
    /// Set if the one violation is a defect of this library.
    is_defect: bool,
}

/// Proof that a violation was added, which nothing else makes: a check that returns it instead of a value has given a
/// reason.
pub(crate) struct Refused(());

impl Violations {
    /// None yet; at most `limit` (and at least one) will be listed.
    pub(crate) fn new(limit: usize) -> Violations {
        Violations { list: Vec::new(), found: 0, first: 0, limit: limit.max(1), is_defect: false }
    }

    /// The one violation of a text that is not JSON within the limits.
    pub(crate) fn of_json(error: &JsonError) -> Violations {
        let mut violations = Violations::new(1);
        violations.push(|| Violation {
            context: Context::Body,
            pointer: String::new(),
            keyword: "json",
            message: format!("body must be valid JSON: {error}"),
            params: RuleParams::None,
            position: Some(Position { line: error.line(), column: error.column() }),
        });
        violations
    }

    /// The one violation of a payload that the rules accept and that does not compile, which is a defect of this
    /// library.
    #[cold]
    pub(crate) fn of_defect() -> Violations {
        let mut violations = Violations { is_defect: true, ..Violations::new(1) };
        violations.add(Pointer::Root, Rule::new("internal", "could not be compiled; please report this"));
        violations
    }

    /// How many were found, listed or not.
    pub(crate) fn found(&self) -> usize {
        self.found
    }

    /// Refused if more were found than `before`.
    pub(crate) fn none_since(&self, before: usize) -> Result<(), Refused> {
        if self.found > before { Err(Refused(())) } else { Ok(()) }
    }

    /// The value at `pointer` breaks a rule of the payload.
    pub(crate) fn add(&mut self, pointer: Pointer<'_>, rule: Rule) -> Refused {
        self.add_at(Context::Body, pointer, pointer, rule)
    }

    /// The value at `pointer` breaks a rule that explains the others, so it comes before them, behind those that were
    /// added like this.
    pub(crate) fn add_first(&mut self, pointer: Pointer<'_>, rule: Rule) -> Refused {
        let refused = self.add(pointer, rule);
        if self.list.len() == self.found {
            let last = self.list.len().saturating_sub(1);
            if let Some(behind) = self.list.get_mut(self.first..=last) {
                behind.rotate_right(1);
            }
            self.first = self.first.saturating_add(1);
        }
        refused
    }

    /// The value at `pointer` breaks a rule whose sentence is about `subject`.
    pub(crate) fn add_at(
        &mut self,
        context: Context,
        pointer: Pointer<'_>,
        subject: Pointer<'_>,
        rule: Rule,
    ) -> Refused {
        self.push(|| Violation {
            context,
            pointer: pointer.to_string(),
            keyword: rule.keyword,
            message: format!("{}{} {}", context.name(), visible(&subject.to_string()), rule.text),
            params: rule.params,
            position: None,
        })
    }

    /// Adds what another check found.
    pub(crate) fn append(&mut self, other: Violations) -> Refused {
        let unlisted = other.found.saturating_sub(other.list.len());
        for violation in other.list {
            self.push(|| violation);
        }
        self.found = self.found.saturating_add(unlisted);
        self.is_defect |= other.is_defect;
        debug_assert!(other.found > 0, "a refused check has found something");
        Refused(())
    }

    /// The report of what was found, which is at least one violation.
    pub(crate) fn into_report(self, code: ErrorCode) -> Report {
        let unlisted = self.found.saturating_sub(self.list.len());
        Report::of(if self.is_defect { ErrorCode::Internal } else { code }, self.list, unlisted)
    }

    fn push(&mut self, violation: impl FnOnce() -> Violation) -> Refused {
        if self.list.len() < self.limit {
            self.list.push(violation());
        }
        self.found = self.found.saturating_add(1);
        Refused(())
    }
}
