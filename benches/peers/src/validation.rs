//! A payload of 640 bytes: read and judged by every rule.
//!
//! The peer has our own JSON Schema, compiled beforehand, and so judges the structure only: not the URL's host, not the
//! replacers, not header names that differ in case. A refused payload is compared with all its violations collected.

use std::hint::black_box;

use callback_profile::Profile;
use serde_json::Value;

use crate::contest::{Contest, Race};

const PAYLOAD: &str = include_str!("../../instructions/payload.json");

pub fn payloads(contest: &mut Contest) {
    assert!((600..700).contains(&PAYLOAD.len()), "{}", PAYLOAD.len());
    let mut schema: Value = serde_json::from_str(&callback_profile::schema()).unwrap();
    schema.as_object_mut().unwrap().remove("$id");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let read = |payload: &str| -> Value { serde_json::from_str(payload).unwrap() };

    Profile::check(PAYLOAD).unwrap();
    assert!(validator.is_valid(&read(PAYLOAD)));
    let mut theirs = || assert!(validator.is_valid(black_box(&read(black_box(PAYLOAD)))));
    contest.race(Race {
        work: "payload of 640 bytes, parsed and validated",
        budget: 1.6,
        peer: "serde_json + jsonschema",
        ours: &mut || Profile::check(black_box(PAYLOAD)).unwrap(),
        theirs: &mut theirs,
    });
    contest.race(Race {
        work: "payload of 640 bytes, parsed, validated and compiled",
        budget: 0.0,
        peer: "serde_json + jsonschema, which compile nothing",
        ours: &mut || drop(black_box(Profile::parse(black_box(PAYLOAD)).unwrap())),
        theirs: &mut theirs,
    });

    let refused = PAYLOAD
        .replace("Callback_Profile_Test_1", "ab")
        .replace("PUT", "PATCH")
        .replace("AES-128-GCM", "DES");
    let ours = Profile::check(&refused).unwrap_err();
    let value = read(&refused);
    let mut ours: Vec<&str> = ours.violations().iter().map(|violation| violation.pointer.as_str()).collect();
    let mut theirs: Vec<String> =
        validator.iter_errors(&value).map(|error| error.instance_path().to_string()).collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
    contest.race(Race {
        work: "payload of 640 bytes refused, three violations",
        budget: 0.0,
        peer: "serde_json + jsonschema",
        ours: &mut || drop(black_box(Profile::check(black_box(&refused)).unwrap_err())),
        theirs: &mut || {
            let value = read(black_box(&refused));
            let messages: Vec<String> =
                validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert_eq!(black_box(messages).len(), 3);
        },
    });
}
