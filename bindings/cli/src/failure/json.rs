//! Failures as JSON, one object in a line: what `--json` puts in the place of the messages.

use callback_profile::Report;
use callback_profile::json::{ArrayWriter, ObjectWriter, Output, push_string};

use super::fault::Fault;
use crate::input::Input;
use crate::output::printable;

/// A wrong command line, or a file that cannot be read or written.
pub(super) fn usage(line: &str) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    push_string(object.member("class"), "ArgumentError");
    push_string(object.member("code"), "invalid_argument");
    push_string(object.member("message"), line);
    object.finish();
    out
}

/// A report with its violations.
pub(super) fn refusal(input: &Input, report: &Report, hints: &[String]) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    push_string(object.member("class"), report.class().name());
    push_string(object.member("code"), report.code().name());
    push_string(object.member("message"), &printable(report.message()));
    push_string(object.member("input"), &input.name);
    push_violations(object.member("violations"), report);
    object.member("unlisted").append(&report.unlisted().to_string());
    push_texts(object.member("hints"), hints);
    object.finish();
    out
}

/// A failed call of the library.
pub(super) fn fault(fault: &Fault) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    push_string(object.member("class"), fault.class.name());
    push_string(object.member("code"), fault.code.name());
    push_string(object.member("message"), &printable(&fault.message));
    if let Some(input) = &fault.input {
        push_string(object.member("input"), &input.name);
    }
    if let Some(error) = &fault.json {
        object.member("line").append(&error.line().to_string());
        object.member("column").append(&error.column().to_string());
    }
    push_texts(object.member("parameters"), &fault.parameters);
    push_texts(object.member("hints"), &fault.hints);
    if let Some(diagnosis) = &fault.diagnosis_json {
        object.member("diagnosis").append(diagnosis);
    }
    object.finish();
    out
}

/// The violations as an array of objects.
pub(crate) fn push_violations(out: &mut String, report: &Report) {
    let mut array = ArrayWriter::new(out);
    for violation in report.violations() {
        let mut object = ObjectWriter::new(array.element());
        push_string(object.member("context"), violation.context.name());
        push_string(object.member("pointer"), &printable(&violation.pointer));
        push_string(object.member("keyword"), violation.keyword);
        push_string(object.member("message"), &printable(&violation.message));
        object.member("params").append(&violation.params.to_json());
        if let Some(position) = violation.position {
            object.member("line").append(&position.line.to_string());
            object.member("column").append(&position.column.to_string());
        }
        object.finish();
    }
    array.finish();
}

fn push_texts(out: &mut String, texts: &[String]) {
    let mut array = ArrayWriter::new(out);
    texts.iter().for_each(|text| push_string(array.element(), &printable(text)));
    array.finish();
}
