//! Diagnosis (DIAGNOSIS.md): the published texts, texts of our own for every row of the catalogue, and laws.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod bodies;
mod cases;
mod laws;
#[path = "../support/mod.rs"]
mod support;
mod texts;

use callback_profile::Profile;
use callback_profile::diagnosis::{Cause, DiagnoseOptions, Diagnosis};
use serde_json::{Value, json};

/// The payload of a profile with this `enc`.
fn payload(enc: &Value) -> String {
    json!({"title": "diagnosis", "http_method": "POST", "url": "https://example.com/", "body": {"to": "<to>"}, "enc": enc})
        .to_string()
}

fn profile(enc: &Value) -> Profile {
    Profile::parse(payload(enc)).unwrap()
}

fn list(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("testdata/{name}")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

fn first(diagnosis: &Diagnosis) -> Cause {
    diagnosis.findings()[0].cause()
}

fn of_text(profile: &Profile, text: &str, expected: &[&str]) -> Diagnosis {
    let mut options = DiagnoseOptions::default();
    options.expected = expected;
    profile.diagnose(&[text], &options)
}
