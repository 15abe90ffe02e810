//! The catalogue: every name that the languages share, as one JSON text.

use crate::json::push_string;
use crate::report::{AdvisoryCode, ErrorCode};
use crate::url::AddressVerdict;

/// The catalogue of all codes as JSON, which every binding is checked against: errors, advisories, address verdicts.
///
/// ```
/// assert!(callback_profile::catalogue().contains("\"auth_failed\""));
/// ```
pub fn catalogue() -> String {
    let mut out = Vec::from(&b"{\n  \"errors\": [\n"[..]);
    let rows = ErrorCode::all().map(|code| (Some(code.number()), code.name(), code.text()));
    push_rows(&mut out, rows);
    out.extend_from_slice(b"  ],\n  \"advisories\": [\n");
    push_rows(&mut out, AdvisoryCode::ALL.iter().map(|code| (None, code.name(), code.text())));
    out.extend_from_slice(b"  ],\n  \"address_verdicts\": [\n");
    push_rows(&mut out, AddressVerdict::ALL.iter().map(|verdict| (None, verdict.name(), "")));
    out.extend_from_slice(b"  ]\n}\n");
    String::from_utf8(out).unwrap_or_default()
}

/// One object a line, so that a difference between two catalogues is one line.
fn push_rows<'a>(out: &mut Vec<u8>, rows: impl Iterator<Item = (Option<u32>, &'a str, &'a str)>) {
    let mut rows = rows.peekable();
    while let Some((number, name, text)) = rows.next() {
        out.extend_from_slice(b"    {");
        if let Some(number) = number {
            out.extend_from_slice(format!("\"number\": {number}, ").as_bytes());
        }
        out.extend_from_slice(b"\"name\": ");
        push_string(out, name);
        if !text.is_empty() {
            out.extend_from_slice(b", \"text\": ");
            push_string(out, text);
        }
        out.extend_from_slice(if rows.peek().is_some() { b"},\n" } else { b"}\n" });
    }
}
