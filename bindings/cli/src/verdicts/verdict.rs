//! What the library says of one text.

use callback_profile::{Advisory, Position, Profile, Report, Violation};

use super::inputs::{Name, Text};
use super::levels::{Level, LevelArgs};
use super::rules::Rules;
use crate::args::parse_as;

/// A verdict with its reasons.
pub(crate) struct Verdict {
    pub(super) name: Name,
    pub(super) profile: Result<Profile, Refusal>,
    /// The violations, or the advisories.
    pub(super) findings: Vec<Finding>,
}

/// What a verdict comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepted,
    /// By `--deny`.
    Denied,
    Refused,
    Unreadable,
}

impl Outcome {
    pub(super) fn name(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Denied => "denied",
            Outcome::Refused => "refused",
            Outcome::Unreadable => "unreadable",
        }
    }
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
        let (profile, findings) = match parse_as(rules.kind, text.bytes, &rules.options) {
            Ok(profile) => {
                let advisories = profile.advisories().iter();
                let findings =
                    advisories.map(|advisory| of_advisory(advisory, rules.levels, Some(text))).collect();
                (Ok(profile), findings)
            }
            Err(report) => {
                let findings =
                    report.violations().iter().map(|violation| of_violation(violation, text)).collect();
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
        let advisories = profile.advisories().iter();
        let findings = advisories.map(|advisory| of_advisory(advisory, levels, None)).collect();
        Verdict { name: Name::of_file(name), profile: Ok(profile), findings }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match &self.profile {
            Ok(_) if self.findings.iter().any(|finding| finding.level == Level::Error) => Outcome::Denied,
            Ok(_) => Outcome::Accepted,
            Err(Refusal::Report { .. }) => Outcome::Refused,
            Err(Refusal::Unreadable(_)) => Outcome::Unreadable,
        }
    }
}

impl Refusal {
    fn of(report: &Report) -> Refusal {
        Refusal::Report { code: report.code().name(), unlisted: report.unlisted() }
    }
}

/// Where a pointer leads to in the file.
fn position_of(text: &Text<'_>, pointer: &str) -> Option<Position> {
    Some(in_file(text, text.whole.position(text.root?, pointer)))
}

/// Of a text that begins at a later line of its file.
fn in_file(text: &Text<'_>, position: Position) -> Position {
    Position { line: position.line.saturating_add(text.line).saturating_sub(1), ..position }
}

fn of_violation(violation: &Violation, text: &Text<'_>) -> Finding {
    let stopped = violation.position.map(|position| in_file(text, position));
    Finding {
        rule: violation.keyword,
        level: Level::Error,
        pointer: violation.pointer.clone(),
        message: violation.message.clone(),
        params: Some(violation.params.to_json()),
        position: stopped.or_else(|| position_of(text, &violation.pointer)),
    }
}

fn of_advisory(advisory: &Advisory, levels: &LevelArgs, text: Option<&Text<'_>>) -> Finding {
    Finding {
        rule: advisory.code.name(),
        level: levels.of(advisory.code),
        pointer: advisory.pointer.clone(),
        message: advisory.message().to_owned(),
        params: None,
        position: text.and_then(|text| position_of(text, &advisory.pointer)),
    }
}
