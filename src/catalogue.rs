//! The catalogue: every name that the languages share, as one JSON text.

use crate::diagnosis::Cause;
use crate::json::{ArrayWriter, ObjectWriter, Output, push_string};
use crate::report::{AdvisoryCode, ErrorCode};
use crate::surface::{Row, rows};
use crate::url::AddressVerdict;

/// The catalogue as JSON, which every binding is checked against: error codes, advisories, verdicts on addresses, causes
/// of texts that do not open, and `surface`, the names under which each language has a job.
///
/// ```
/// assert!(callback_profile::catalogue().contains("\"auth_failed\""));
/// ```
pub fn catalogue() -> String {
    let mut out = String::new();
    let errors = ErrorCode::ALL.iter().map(|code| row(Some(code.number()), code.name(), Some(code.text())));
    let advisories = AdvisoryCode::ALL.iter().map(|code| row(None, code.name(), Some(code.text())));
    let verdicts = AddressVerdict::ALL.iter().map(|verdict| row(None, verdict.name(), None));
    let mut catalogue = ObjectWriter::new(&mut out);
    push_rows(catalogue.member("errors"), errors);
    push_rows(catalogue.member("advisories"), advisories);
    push_rows(catalogue.member("address_verdicts"), verdicts);
    push_rows(catalogue.member("causes"), Cause::ALL.iter().map(|cause| cures(*cause)));
    push_rows(catalogue.member("surface"), rows().map(names));
    catalogue.finish();
    out.push('\n');
    out
}

/// An array with a line for each row, so that a difference between two catalogues is a line.
fn push_rows(out: &mut String, rows: impl Iterator<Item = String>) {
    let mut array = ArrayWriter::new(out);
    for row in rows {
        let out = array.element();
        out.append("\n");
        out.append(&row);
    }
    array.finish();
}

fn row(number: Option<u32>, name: &str, text: Option<&str>) -> String {
    let mut out = String::new();
    let mut row = ObjectWriter::new(&mut out);
    if let Some(number) = number {
        row.member("number").append(&number.to_string());
    }
    push_string(row.member("name"), name);
    if let Some(text) = text {
        push_string(row.member("text"), text);
    }
    row.finish();
    out
}

fn cures(cause: Cause) -> String {
    let mut out = String::new();
    let mut row = ObjectWriter::new(&mut out);
    push_string(row.member("name"), cause.name());
    push_string(row.member("at_sender"), cause.at_sender());
    push_string(row.member("at_receiver"), cause.at_receiver());
    row.finish();
    out
}

fn names(row: &Row) -> String {
    let mut out = String::new();
    let mut object = ObjectWriter::new(&mut out);
    push_string(object.member("job"), row.job);
    for (surface, names) in row.columns() {
        let mut array = ArrayWriter::new(object.member(surface));
        for name in names {
            push_string(array.element(), &name);
        }
        array.finish();
    }
    object.finish();
    out
}
