//! What the library says of one text.

use callback_profile::json::{Document, Kind};
use callback_profile::{Advisory, Limits, Position, Profile, Report, Violation};

use super::inputs::{Name, Text};
use super::levels::{Level, LevelArgs};
use super::position;
use super::rules::Rules;
use crate::args::parse_as;

/// A verdict with its reasons.
pub(crate) struct Verdict {
    pub(super) name: Name,
    pub(super) profile: Result<Profile, Refusal>,
    /// The violations, or the advisories.
    pub(super) findings: Vec<Finding>,
}

pub(super) enum Refusal {
    /// With how many violations are not listed.
    Report { code: &'static str, unlisted: usize },
    /// The file cannot be read.
    Unreadable(String),
}

/// A violation or an advisory.
pub(crate) struct Finding {
    /// A violation's keyword, an advisory's code.
    pub(super) rule: &'static str,
    pub(super) level: Level,
    pub(super) pointer: String,
    pub(super) message: String,
    /// A violation's params as JSON.
    pub(super) params: Option<String>,
    pub(super) position: Option<Position>,
}

impl Verdict {
    pub(super) fn of(text: &Text<'_>, rules: &Rules<'_>) -> Verdict {
        let places = Places::of(text);
        let (profile, findings) = match parse_as(rules.kind, text.bytes, &rules.options) {
            Ok(profile) => {
                let advisories = profile.advisories().iter();
                let findings =
                    advisories.map(|advisory| of_advisory(advisory, rules.levels, &places)).collect();
                (Ok(profile), findings)
            }
            Err(report) => {
                let findings =
                    report.violations().iter().map(|violation| of_violation(violation, &places)).collect();
                (Err(Refusal::of(&report)), findings)
            }
        };
        Verdict { name: text.name.clone(), profile, findings }
    }

    pub(super) fn unreadable(name: Name, why: String) -> Verdict {
        Verdict { name, profile: Err(Refusal::Unreadable(why)), findings: Vec::new() }
    }

    /// Of a profile that was parsed already, without positions.
    pub(crate) fn of_profile(name: &str, profile: Profile, levels: &LevelArgs) -> Verdict {
        let nowhere = Places {
            whole: None,
            of: Text { name: Name::default(), bytes: b"", whole: b"", base: "", line: 1 },
        };
        let advisories = profile.advisories().iter();
        let findings = advisories.map(|advisory| of_advisory(advisory, levels, &nowhere)).collect();
        Verdict { name: Name::of_file(name), profile: Ok(profile), findings }
    }

    /// `accepted`, `denied`, `refused` or `unreadable`.
    pub(crate) fn outcome(&self) -> &'static str {
        match &self.profile {
            Ok(_) if self.findings.iter().any(|finding| finding.level == Level::Error) => "denied",
            Ok(_) => "accepted",
            Err(Refusal::Report { .. }) => "refused",
            Err(Refusal::Unreadable(_)) => "unreadable",
        }
    }
}

impl Refusal {
    fn of(report: &Report) -> Refusal {
        Refusal::Report { code: report.code().name(), unlisted: report.unlisted() }
    }
}

/// The text as it was read, to find pointers in it.
struct Places<'t> {
    whole: Option<Document<'t>>,
    of: Text<'t>,
}

impl<'t> Places<'t> {
    fn of(text: &Text<'t>) -> Places<'t> {
        let mut limits = Limits::default();
        (limits.payload_bytes, limits.nodes) = (usize::MAX, usize::MAX);
        Places { whole: Document::read(text.whole, &limits).ok(), of: text.clone() }
    }

    fn of_pointer(&self, pointer: &str) -> Option<Position> {
        let document = self.whole.as_ref()?;
        // An envelope's profile is in its data.
        let root = document.root();
        let has = |name: &str| root.get(name).is_some();
        let is_envelope = self.of.base.is_empty()
            && has("code")
            && !has("title")
            && root.get("data").is_some_and(|data| data.kind() == Kind::Object);
        let base = if is_envelope { "/data" } else { self.of.base };
        Some(self.in_file(position::of(document, self.of.whole, base, pointer)))
    }

    /// Of a text that begins at a later line of its file.
    fn in_file(&self, position: Position) -> Position {
        Position { line: position.line.saturating_add(self.of.line).saturating_sub(1), ..position }
    }
}

fn of_violation(violation: &Violation, places: &Places<'_>) -> Finding {
    let stopped = violation.position.map(|position| places.in_file(position));
    Finding {
        rule: violation.keyword,
        level: Level::Error,
        pointer: violation.pointer.clone(),
        message: violation.message.clone(),
        params: Some(violation.params.to_json()),
        position: stopped.or_else(|| places.of_pointer(&violation.pointer)),
    }
}

fn of_advisory(advisory: &Advisory, levels: &LevelArgs, places: &Places<'_>) -> Finding {
    Finding {
        rule: advisory.code.name(),
        level: levels.of(advisory.code),
        pointer: advisory.pointer.clone(),
        message: advisory.message().to_owned(),
        params: None,
        position: places.of_pointer(&advisory.pointer),
    }
}
