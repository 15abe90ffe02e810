//! The feature `serde`: the one JSON of results, records from types, opened values into types, and that no error repeats a value.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)] // a test may panic

mod opened;
mod records;
mod results;

use callback_profile::Profile;
use serde_json::Value;

pub(crate) const PAYLOAD: &str = r#"{"title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms?s=<status>",
    "headers": {"x-token": "T1"}, "body": {"to": "<recipient>", "n": "<n>"},
    "response_message": "Thank you, {\"name\": \"first_name\"}",
    "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#;

pub(crate) fn profile() -> Profile {
    PAYLOAD.parse().unwrap()
}

pub(crate) fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}
