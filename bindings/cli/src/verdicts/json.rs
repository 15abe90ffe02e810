//! Verdicts as JSON: one object with all of them, or one a line.

use callback_profile::Policy;
use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};

use super::format::{Totals, Writer};
use super::verdict::{Finding, Refusal, Verdict};
use crate::output::printable;

/// `{"policy","files":[…],"summary"}`, with a line for each verdict.
pub(super) struct Json {
    policy: Policy,
    is_first: bool,
}

impl Json {
    pub(super) fn new(policy: Policy) -> Json {
        Json { policy, is_first: true }
    }
}

impl Writer for Json {
    fn begin(&mut self) -> String {
        let mut out = String::from("{\"policy\":");
        push_string(&mut out, self.policy.name());
        out.push_str(",\"files\":[");
        out
    }

    fn verdict(&mut self, verdict: &Verdict) -> String {
        let separator = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        format!("{separator}{}", object(verdict, None))
    }

    fn end(&mut self, totals: &Totals) -> String {
        let mut out = String::from("],\n\"summary\":");
        let mut object = ObjectWriter::new(&mut out);
        for (name, count) in totals.rows() {
            object.member(name).append(&count.to_string());
        }
        object.finish();
        out.push_str("}\n");
        out
    }
}

/// An object for each verdict.
pub(super) struct Ndjson {
    policy: Policy,
}

impl Ndjson {
    pub(super) fn new(policy: Policy) -> Ndjson {
        Ndjson { policy }
    }
}

impl Writer for Ndjson {
    fn begin(&mut self) -> String {
        String::new()
    }

    fn verdict(&mut self, verdict: &Verdict) -> String {
        object(verdict, Some(self.policy)) + "\n"
    }

    fn end(&mut self, _: &Totals) -> String {
        String::new()
    }
}

fn object(verdict: &Verdict, policy: Option<Policy>) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    push_string(object.member("file"), &verdict.name.to_string());
    if let Some(policy) = policy {
        push_string(object.member("policy"), policy.name());
    }
    push_string(object.member("verdict"), verdict.outcome().name());
    match &verdict.profile {
        Ok(profile) => {
            push_string(object.member("title"), profile.title());
            push_findings(object.member("violations"), &[]);
            push_findings(object.member("advisories"), &verdict.findings);
        }
        Err(Refusal::Report { code, unlisted }) => {
            push_string(object.member("code"), code);
            push_findings(object.member("violations"), &verdict.findings);
            object.member("unlisted").append(&unlisted.to_string());
            push_findings(object.member("advisories"), &[]);
        }
        Err(Refusal::Unreadable(why)) => push_string(object.member("error"), why),
    }
    object.finish();
    out
}

fn push_findings(out: &mut String, findings: &[Finding]) {
    let mut array = ArrayWriter::new(out);
    for finding in findings {
        let mut object = ObjectWriter::new(array.element());
        push_string(object.member("pointer"), &printable(&finding.pointer));
        match &finding.params {
            Some(params) => {
                push_string(object.member("keyword"), finding.rule);
                object.member("params").append(params);
            }
            None => {
                push_string(object.member("code"), finding.rule);
                push_string(object.member("level"), finding.level.name());
            }
        }
        push_string(object.member("message"), &printable(&finding.message));
        if let Some(position) = finding.position {
            object.member("line").append(&position.line.to_string());
            object.member("column").append(&position.column.to_string());
        }
        object.finish();
    }
    array.finish();
}
