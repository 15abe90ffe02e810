//! Results, and the names of sets.

use std::path::Path;

use callback_profile::cipher::{Algorithm, Encoding, Reading, TagPlacement};
use callback_profile::diagnosis::{Cause, Grade};
use callback_profile::json::Document;
use callback_profile::{
    AddressVerdict, AdvisoryCode, ChangeEffect, Channel, Context, Envelope, ErrorClass, ErrorCode, Limits,
    Method, Missing, Policy, Profile, Secrets, Status, StoredProfile, Surrogates,
};
use serde::Serialize;
use serde_json::{Value, json, to_value};

use crate::{PAYLOAD, profile};

/// The members of an object, in the order in which they are written.
fn names(value: &impl Serialize) -> Vec<String> {
    let text = serde_json::to_string(value).unwrap();
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    document.root().members().map(|(name, _)| name.to_owned()).collect()
}

macro_rules! check_sets {
    ($($set:ident),+ $(,)?) => {
        [$({
            for value in $set::ALL {
                assert_eq!(to_value(value).unwrap(), json!(value.name()));
                assert_eq!(serde_json::from_value::<$set>(json!(value.name())).unwrap(), *value);
            }
            for other in [json!("sesame"), json!("")] {
                let error = serde_json::from_value::<$set>(other).unwrap_err().to_string();
                assert!(!error.contains("sesame") && error.contains($set::ALL[0].name()), "{error}");
            }
            assert!(serde_json::from_value::<$set>(json!(1)).is_err());
            stringify!($set)
        }),+]
    };
}

#[test]
fn every_named_set_is_its_name() {
    let mut sets = check_sets!(
        AddressVerdict,
        AdvisoryCode,
        Algorithm,
        Cause,
        ChangeEffect,
        Channel,
        Context,
        Encoding,
        ErrorClass,
        ErrorCode,
        Grade,
        Method,
        Missing,
        Policy,
        Reading,
        Secrets,
        Surrogates,
        TagPlacement,
    )
    .to_vec();
    for status in Status::ALL {
        assert_eq!(to_value(status).unwrap(), json!(status.number()), "as the platform writes it");
        assert_eq!(serde_json::from_value::<Status>(json!(status.number())).unwrap(), *status);
    }
    assert!(serde_json::from_value::<Status>(json!(4)).is_err());
    sets.push("Status");
    sets.sort_unstable();
    // tests/names.rs compares its own list with the source.
    let list = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names.rs")).unwrap();
    let list = list.split("check!(").nth(1).unwrap().split(");").next().unwrap();
    let listed: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    assert_eq!((sets.len(), sets), (19, listed));
}

#[test]
fn an_envelope_is_what_to_json_writes() {
    let stored =
        StoredProfile::parse(format!(r#"{{"profile_id": "p1", "status": 1, {}"#, &PAYLOAD[1..])).unwrap();
    let report = Profile::parse(r#"{"title": 5}"#).unwrap_err();
    let parsed_envelope = r#"{"code":"X","message":"m","data":[1.5,{"a":null}],"error":"e","status":299}"#;
    let envelopes = [
        Envelope::created(&profile(), Some("p1"), Secrets::Masked),
        Envelope::updated(&profile(), None, Secrets::Shown),
        Envelope::fetched(&stored, Secrets::Masked),
        Envelope::listed([&stored, &stored], Secrets::Masked),
        Envelope::deleted("p\"1"),
        Envelope::refused(&report),
        Envelope::not_found("p1"),
        Envelope::not_opened(profile().open("{").unwrap_err()),
        Envelope::parse(parsed_envelope).unwrap(),
    ];
    for envelope in &envelopes {
        assert_eq!(serde_json::to_string(envelope).unwrap(), envelope.to_json(), "the same text");
    }
    assert_eq!(envelopes.len(), 9);
}

#[test]
fn refusals_are_those_of_the_command_and_the_error_of_c() {
    let report =
        Profile::parse(r#"{"title": "abc", "http_method": "PATCH", "url": "https://e.com/"}"#).unwrap_err();
    assert_eq!(
        to_value(&report).unwrap(),
        json!({"class": "ProfileError", "code": "invalid_profile", "message": report.message(), "unlisted": 0,
            "violations": [{"context": "body", "pointer": "/http_method", "keyword": "enum",
                "message": report.message(), "params": {"allowedValues": ["GET", "POST", "PUT", "DELETE"]}}]})
    );
    let broken = to_value(Profile::parse("{\n x").unwrap_err()).unwrap();
    assert_eq!(
        (&broken["violations"][0]["line"], &broken["violations"][0]["column"]),
        (&json!(2), &json!(2))
    );

    let error = profile().open(r#"{"n": "1"}"#).unwrap_err();
    assert_eq!(
        to_value(&error).unwrap(),
        json!({"class": "DecryptionError", "code": "missing_parameter", "message": error.to_string(),
            "parameters": ["to"], "missing": []})
    );
    let options = callback_profile::CallbackOptions::default().with_missing(Missing::Error);
    let error = to_value(profile().callback_with("{}", &options).unwrap_err()).unwrap();
    assert_eq!(error["missing"], json!(["status", "recipient", "n"]));
    let error = to_value(profile().callback("{,").unwrap_err()).unwrap();
    assert_eq!(
        (&error["class"], &error["line"], &error["column"]),
        (&json!("ReplacerError"), &json!(1), &json!(2))
    );
}

#[test]
fn results_are_those_of_the_command_with_json() {
    let callback = profile().callback(r#"{"status": "READ", "recipient": "+91"}"#).unwrap();
    assert_eq!(names(&callback), ["method", "url", "headers", "body", "missing", "is_sealed"]);
    assert_eq!(
        to_value(&callback).unwrap(),
        json!({"method": "POST", "url": "https://example.com/sms?s=READ",
            "headers": {"x-token": "T1", "content-type": "application/json"},
            "body": callback.body.clone().unwrap(), "missing": ["n"], "is_sealed": false})
    );
    let message = profile().message(r#"{"first_name": "John"}"#).unwrap();
    assert_eq!(to_value(&message).unwrap(), json!({"text": "Thank you, John", "missing": []}));
    let fields = to_value(profile().fields()).unwrap();
    assert_eq!(fields[0], json!({"field": "status", "places": ["/url"]}));
    let advisory = &profile().advisories().to_vec()[0];
    assert_eq!(
        to_value(advisory).unwrap(),
        json!({"code": advisory.code.name(), "pointer": advisory.pointer, "message": advisory.message()})
    );
    let changes = profile().diff(&profile().patch(r#"{"body": {"to": "<recipient>"}}"#).unwrap());
    let [change] = changes.as_slice() else { panic!("one change: {changes:?}") };
    assert_eq!(names(change), ["pointer", "before", "after", "effect", "meaning"]);
    assert_eq!(to_value(change).unwrap()["before"], json!("<n>"));
    assert_eq!(to_value(change).unwrap()["after"], Value::Null);
}
