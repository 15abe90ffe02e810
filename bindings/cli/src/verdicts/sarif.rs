//! Verdicts as SARIF 2.1.0 (OASIS), the interchange format of static analysis.

use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};
use callback_profile::{AdvisoryCode, VERSION};

use super::format::{Totals, Writer};
use super::verdict::{Finding, Refusal, Verdict};
use crate::output::printable;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run. Results are written as they come, so the object is not written by one writer.
pub(super) struct Sarif {
    is_first: bool,
    /// What could not be read, for the run's invocation.
    unreadable: Vec<(String, String)>,
}

impl Sarif {
    pub(super) fn new() -> Sarif {
        Sarif { is_first: true, unreadable: Vec::new() }
    }
}

impl Writer for Sarif {
    fn begin(&mut self) -> String {
        let mut out = String::new();
        let mut driver = ObjectWriter::new(&mut out);
        push_string(driver.member("name"), "cbp");
        push_string(driver.member("version"), VERSION);
        let mut rules = ArrayWriter::new(driver.member("rules"));
        for code in AdvisoryCode::ALL {
            let mut rule = ObjectWriter::new(rules.element());
            push_string(rule.member("id"), code.name());
            push_text(rule.member("shortDescription"), code.text());
            rule.finish();
        }
        rules.finish();
        driver.finish();
        format!(
            "{{\"version\":\"2.1.0\",\"$schema\":\"{SCHEMA}\",\"runs\":[{{\"tool\":{{\"driver\":{out}}},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }

    fn verdict(&mut self, verdict: &Verdict) -> String {
        if let Err(Refusal::Unreadable(why)) = &verdict.profile {
            self.unreadable.push((verdict.name.to_string(), why.clone()));
        }
        let mut out = String::new();
        for finding in &verdict.findings {
            out.push_str(if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" });
            push_result(&mut out, &verdict.name.file, finding);
        }
        out
    }

    fn end(&mut self, _: &Totals) -> String {
        let mut out = String::new();
        let mut invocation = ObjectWriter::new(&mut out);
        invocation.member("executionSuccessful").append(if self.unreadable.is_empty() {
            "true"
        } else {
            "false"
        });
        let mut notes = ArrayWriter::new(invocation.member("toolExecutionNotifications"));
        for (name, why) in &self.unreadable {
            let mut note = ObjectWriter::new(notes.element());
            push_string(note.member("level"), "error");
            push_text(note.member("message"), &format!("cannot read {name}: {why}"));
            note.finish();
        }
        notes.finish();
        invocation.finish();
        format!("],\n\"invocations\":[{out}]}}]}}\n")
    }
}

fn push_result(out: &mut String, file: &str, finding: &Finding) {
    let mut result = ObjectWriter::new(out);
    push_string(result.member("ruleId"), finding.rule);
    push_string(result.member("level"), finding.level.name());
    push_text(result.member("message"), &printable(&finding.message));
    let mut locations = ArrayWriter::new(result.member("locations"));
    let mut location = ObjectWriter::new(locations.element());
    let mut physical = ObjectWriter::new(location.member("physicalLocation"));
    let mut artifact = ObjectWriter::new(physical.member("artifactLocation"));
    push_string(artifact.member("uri"), &uri(file));
    artifact.finish();
    if let Some(position) = finding.position {
        let mut region = ObjectWriter::new(physical.member("region"));
        region.member("startLine").append(&position.line.to_string());
        region.member("startColumn").append(&position.column.to_string());
        region.finish();
    }
    physical.finish();
    let mut logical = ArrayWriter::new(location.member("logicalLocations"));
    let mut pointer = ObjectWriter::new(logical.element());
    push_string(pointer.member("fullyQualifiedName"), &printable(&finding.pointer));
    push_string(pointer.member("kind"), "member");
    pointer.finish();
    logical.finish();
    location.finish();
    locations.finish();
    result.finish();
}

/// A `message` or a description.
fn push_text(out: &mut String, text: &str) {
    let mut message = ObjectWriter::new(out);
    push_string(message.member("text"), text);
    message.finish();
}

/// The file's path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_becomes_a_reference() {
        for (name, expected) in [
            ("a/b.json", "a/b.json"),
            ("/a b/é%.json", "/a%20b/%C3%A9%25.json"),
            ("standard input", "standard%20input"),
            ("a:b.json", "a%3Ab.json"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }
}
