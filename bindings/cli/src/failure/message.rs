//! The messages of failures on standard error. The library's messages quote no key, IV or header value.
//!
//! A message begins with the class and the code: `DecryptionError[auth_failed]: …`.

use callback_profile::json::{Document, JsonError, JsonProblem};
use callback_profile::{Limits, Position, Report};

use super::excerpt::{self, Heading};
use super::fault::Fault;
use crate::input::Input;
use crate::output::{BAD, HINT, note, printable};

/// One line.
pub(super) fn usage(line: &str) {
    note(&format!("{BAD}error{BAD:#}: {line}\n"));
}

/// Every violation with its pointer, keyword and message; for malformed JSON the line with the error.
pub(super) fn refusal(input: &Input, report: &Report, hints: &[String]) {
    let (class, code) = (report.class().name(), report.code().name());
    if let [violation] = report.violations()
        && let Some(position) = violation.position
        && let Some(shown) = excerpt::of(input, position, &Heading { class, code, text: &violation.message })
    {
        return note(&shown);
    }
    let count = report.violations().len().saturating_add(report.unlisted());
    let plural = if count == 1 { "violation" } else { "violations" };
    let mut text = format!("{BAD}{class}[{code}]{BAD:#}: {} is refused: {count} {plural}\n", input.name);
    for hint in hints {
        text.push_str(&format!("  {HINT}hint{HINT:#}: {hint}\n"));
    }
    for violation in report.violations() {
        let pointer = if violation.pointer.is_empty() { "(root)" } else { &violation.pointer };
        let line = format!("  {pointer} [{}] {violation:#}", violation.keyword);
        text.push_str(&printable(&line));
        text.push('\n');
    }
    if report.unlisted() > 0 {
        text.push_str(&format!("  and {} more\n", report.unlisted()));
    }
    note(&text);
}

/// The failed call, for malformed JSON with the line, and the hints.
pub(super) fn fault(fault: &Fault) {
    note(&with_line(fault).unwrap_or_else(|| in_one_line(fault)));
    if let Some(text) = &fault.diagnosis_text {
        return note(text);
    }
    for hint in &fault.hints {
        note(&format!("  {HINT}hint{HINT:#}: {}\n", printable(hint)));
    }
}

fn in_one_line(fault: &Fault) -> String {
    let (class, code) = (fault.class.name(), fault.code.name());
    let name = fault.input.as_ref().map(|input| format!("{}: ", input.name)).unwrap_or_default();
    format!("{BAD}{class}[{code}]{BAD:#}: {name}{}\n", printable(&fault.message))
}

fn with_line(fault: &Fault) -> Option<String> {
    let (error, input) = (fault.json.as_ref()?, fault.input.as_ref()?);
    let heading = Heading { class: fault.class.name(), code: fault.code.name(), text: &fault.message };
    is_about(error, input)
        .then(|| excerpt::of(input, Position { line: error.line(), column: error.column() }, &heading))
        .flatten()
}

/// Whether the error's position is one in this input, and not in the JSON text of one of its form fields.
fn is_about(error: &JsonError, input: &Input) -> bool {
    let mut limits = Limits::default();
    limits.payload_bytes = limits.received_bytes;
    match Document::read(&input.bytes, &limits) {
        Ok(_) => error.problem() == JsonProblem::NotAnObject,
        Err(found) => found == *error,
    }
}
