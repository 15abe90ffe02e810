//! The JSON Schema, held against an independent implementation of draft 2020-12: it is a valid schema, and wherever it
//! reaches it gives the verdict of `Profile::parse`. Node's `fastify.test.mjs` compares the messages too.

#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may panic

mod sarif;

#[path = "../../../support/mod.rs"]
mod support;

use std::cell::Cell;

use callback_profile::{ParseOptions, Profile, Violation, schema};
use serde_json::Value;

use support::{bytes, cases, folder, run_list, same};

/// The keywords of the schema that the core reports under the same name.
const REACHED: [&str; 10] = [
    "required",
    "type",
    "enum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "maxProperties",
    "masked", // the schema refuses the asterisks by their pattern
];

/// The members that may hold JSON as a string, which a schema cannot look into: Node's list of differences names them.
fn members_beyond_when_strings() -> Vec<String> {
    let path = folder("bindings/node/tests/fastify-differences.json");
    let entries: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let of_core = entries.iter().filter(|entry| entry["side"] == "core");
    of_core.map(|entry| entry["if_string"].as_str().unwrap().to_owned()).collect()
}

/// All violations under the default rules; which are those of the schema.
fn violations(payload: &[u8]) -> Vec<Violation> {
    let mut options = ParseOptions::default();
    options.limits.violations = usize::MAX;
    Profile::parse_with(payload, &options).map_or_else(|report| report.violations().to_vec(), |_| Vec::new())
}

#[test]
fn the_schema_is_valid_and_strict_about_itself() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    assert!(jsonschema::draft202012::meta::validate(&schema).is_ok());
    let broken = serde_json::json!({"type": "text"});
    assert!(!jsonschema::draft202012::meta::is_valid(&broken));
}

/// What is no strict JSON reaches no schema: those cases are counted as refused.
#[test]
fn the_schema_agrees_with_the_core_within_its_reach() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let when_strings = members_beyond_when_strings();
    let list = cases("profile");
    let is_no_json =
        |case: &Value| violations(&bytes(case, "payload")).iter().any(|found| found.keyword == "json");
    let [valid, invalid, beyond, in_strings] = [0, 0, 0, 0].map(Cell::new);
    run_list("schema", 790, list.as_array().unwrap(), is_no_json, |case| {
        let payload = bytes(case, "payload");
        let found = violations(&payload);
        if found.iter().any(|violation| violation.keyword == "json") {
            return same("violations beside the syntax", found.len(), 1);
        }
        let value: Value = serde_json::from_slice(&payload).map_err(|error| error.to_string())?;
        // Of what a member says that is a string, the schema may see a part (an empty text) or nothing (JSON in it).
        let is_in_a_string = |violation: &Violation| {
            let member = violation.pointer.split('/').nth(1).unwrap_or_default();
            value[member].is_string() && when_strings.iter().any(|name| name == member)
        };
        let within: Vec<_> = found.iter().filter(|violation| REACHED.contains(&violation.keyword)).collect();
        let reached = within.iter().any(|violation| !is_in_a_string(violation));
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        let count = match (found.is_empty(), reached, within.is_empty()) {
            (true, ..) => &valid,
            (false, true, _) => &invalid,
            (false, false, true) => &beyond,
            (false, false, false) => &in_strings,
        };
        count.set(count.get() + 1);
        if !reached && !within.is_empty() {
            return Ok(());
        }
        same("valid", errors.is_empty(), !reached)
            .map_err(|difference| format!("{difference}\n  schema {errors:?}\n  core {found:?}"))
    });
    let counts = [valid.get(), invalid.get(), beyond.get(), in_strings.get()];
    println!(
        "schema: {counts:?} accepted, refused within its reach, refused beyond it, refused for what is in a string"
    );
    assert!(counts[..3].iter().all(|count| *count >= 50), "{counts:?}: too few of a kind");
    assert!(counts[3] <= 20, "{counts:?}: the schema should decide more");
}
