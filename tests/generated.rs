//! The committed files that are generated from the core's tables are what the tables say.
//!
//! `make generate` rewrites them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

fn check(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name);
    if std::env::var_os("GENERATE").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == generated, "testdata/{name} is stale: run `make generate`");
}

#[test]
fn the_catalogue_is_fresh() {
    check("catalogue.json", &callback_profile::catalogue());
}

#[test]
fn the_schema_is_fresh() {
    check("schema.json", &callback_profile::schema());
}

#[test]
fn both_are_json() {
    let catalogue: serde_json::Value = serde_json::from_str(&callback_profile::catalogue()).unwrap();
    assert_eq!(catalogue["errors"].as_array().unwrap().len(), callback_profile::ErrorCode::ALL.len());
    let schema: serde_json::Value = serde_json::from_str(&callback_profile::schema()).unwrap();
    assert_eq!(schema["type"], "object");
}
