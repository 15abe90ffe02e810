//! What Rust users expect of types: settings in one expression, one record for every call, short `Debug`, `FromStr`, cheap clones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test may panic

use std::fmt::Debug;

use callback_profile::cipher::{Encoding, WireFormat};
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::seal::{Expected, Freshness};
use callback_profile::{
    AsRecord, CallbackBuffer, CallbackOptions, Destination, Envelope, ErrorCode, KeyRing, Limits,
    MessageOptions, Missing, OpenOptions, Parameters, ParseOptions, Policy, Profile, Record, RecordBuf,
    RecordOptions, Request, StoredProfile, Surrogates,
};

const PAYLOAD: &str = r#"{"title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms",
    "headers": {"x-token": "secret-1"}, "body": {"to": "<recipient>", "n": "<n>"}, "response_message": "To <recipient>",
    "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#;
const RECORD: &str = r#"{"recipient": "+91\u0031", "n": [1, {"a": "b"}]}"#;

#[test]
fn every_setter_sets_its_field_and_no_other() {
    let (format, limits) =
        (WireFormat::default().with_encoding(Encoding::Hex), Limits::default().with_depth(5));
    let parse = ParseOptions::default()
        .with_policy(Policy::Strict)
        .with_refuse_sealed(true)
        .with_refuse_v1(true)
        .with_signed(true)
        .with_limits(limits)
        .with_wire_format(format);
    let mut fields = ParseOptions::default();
    (fields.policy, fields.refuse_sealed, fields.refuse_v1) = (Policy::Strict, true, true);
    (fields.signed, fields.limits, fields.wire_format) = (true, limits, format);
    assert_eq!(parse, fields);

    let names = ["a".to_owned()];
    let expected =
        Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: Some("p") };
    let open = OpenOptions::default()
        .with_content_type("application/json")
        .with_structures(Parameters::Names(&names))
        .with_absent(Parameters::All)
        .with_expected(expected);
    let mut fields = OpenOptions::default();
    (fields.content_type, fields.structures) = (Some("application/json"), Parameters::Names(&names));
    (fields.absent, fields.expected) = (Parameters::All, Some(expected));
    assert_eq!(open, fields);
    assert_eq!(open.with_content_type(None).content_type, None, "a header that may be absent");

    let random = [7; 32];
    let callback = CallbackOptions::default()
        .with_missing(Missing::Null)
        .with_surrogates(Surrogates::Replace)
        .with_boundary("b")
        .with_random(&random)
        .with_issued_at(1_800_000_000)
        .with_id("id")
        .with_profile_id("p")
        .with_bare_token(true);
    let mut fields = CallbackOptions::default();
    (fields.missing, fields.surrogates, fields.boundary) = (Missing::Null, Surrogates::Replace, Some("b"));
    (fields.random, fields.issued_at, fields.id) = (Some(&random), Some(1_800_000_000), Some("id"));
    (fields.profile_id, fields.bare_token) = (Some("p"), true);
    assert_eq!(callback, fields);
    assert!(!format!("{callback:?}").contains("7, 7"), "the random bytes are not shown");

    let message = MessageOptions::default()
        .with_missing(Missing::Keep)
        .with_pairs(true)
        .with_surrogates(Surrogates::Replace);
    assert_eq!(
        (message.missing, message.pairs, message.surrogates),
        (Missing::Keep, true, Surrogates::Replace)
    );
    let record = RecordOptions::default().with_limits(limits).with_surrogates(Surrogates::Replace);
    assert_eq!((record.limits, record.surrogates), (limits, Surrogates::Replace));

    let profile: Profile = PAYLOAD.parse().unwrap();
    let (also, body) = ([&profile], b"{}".as_slice());
    let diagnose = DiagnoseOptions::default()
        .with_expected(&["x"])
        .with_also(&also)
        .with_parameter("to")
        .with_body(body)
        .with_content_type("text/plain")
        .with_sealed(expected)
        .with_show(true);
    assert_eq!((diagnose.expected, diagnose.also.len(), diagnose.parameter), (&["x"][..], 1, Some("to")));
    assert_eq!((diagnose.body, diagnose.content_type), (Some(body), Some("text/plain")));
    assert_eq!((diagnose.sealed, diagnose.show), (Some(expected), true));

    let mut all = Limits::default();
    Limits::FIELDS.iter().for_each(|field| field.set(&mut all, 1));
    let set = Limits::default()
        .with_payload_bytes(1)
        .with_record_bytes(1)
        .with_received_bytes(1)
        .with_depth(1)
        .with_nodes(1)
        .with_violations(1)
        .with_url_bytes(1)
        .with_headers(1)
        .with_header_name_bytes(1)
        .with_header_value_bytes(1)
        .with_headers_bytes(1)
        .with_replacers(1)
        .with_output_bytes(1);
    assert_eq!(set, all);
}

/// What the calls make of a record.
fn made(profile: &Profile, record: &(impl AsRecord + ?Sized)) -> (String, String) {
    let callback = profile.callback(record).unwrap();
    assert_eq!(profile.callback_with(record, &CallbackOptions::default()).unwrap(), callback);
    let mut buffer = CallbackBuffer::default();
    for _ in 0..2 {
        profile.callback_into(record, &CallbackOptions::default(), &mut buffer).unwrap();
        assert_eq!(buffer.body(), callback.body.as_deref());
    }
    let message = profile.message(record).unwrap();
    assert_eq!(profile.message_with(record, &MessageOptions::default()).unwrap(), message);
    (callback.body.unwrap(), message.text)
}

#[test]
fn every_call_takes_every_kind_of_record() {
    let profile: Profile = PAYLOAD.parse().unwrap();
    let (record, owned) = (Record::parse(RECORD).unwrap(), RecordBuf::parse(RECORD).unwrap());
    let expected = made(&profile, &record);
    assert_eq!(expected.1, "To +911");
    let array: [u8; 2] = *b"{}";
    let all = [
        made(&profile, &owned),
        made(&profile, &owned.clone()),
        made(&profile, &*owned),
        made(&profile, RECORD),
        made(&profile, &RECORD),
        made(&profile, &RECORD.to_owned()),
        made(&profile, RECORD.as_bytes()),
        made(&profile, &RECORD.as_bytes().to_vec()),
    ];
    assert!(all.iter().all(|one| *one == expected));
    assert_eq!(made(&profile, &array), made(&profile, "{}"));

    for text in ["[]", "{", r#"{"recipient": "\ud83d"}"#] {
        let error = Record::parse(text).unwrap_err();
        let mut buffer = CallbackBuffer::default();
        assert_eq!(profile.callback(text), Err(error.clone()));
        assert_eq!(profile.message(text), Err(error.clone()));
        assert_eq!(profile.callback_into(text, &CallbackOptions::default(), &mut buffer), Err(error));
    }
    let lone = r#"{"recipient": "\ud83d"}"#;
    let options = MessageOptions::default().with_surrogates(Surrogates::Replace);
    assert_eq!(profile.message_with(lone, &options).unwrap().text, "To \u{FFFD}");
    let small = ParseOptions::default().with_limits(Limits::default().with_record_bytes(10));
    let small = Profile::parse_with(PAYLOAD, &small).unwrap();
    assert_eq!(small.callback(RECORD).unwrap_err().code(), ErrorCode::InvalidJson, "the profile's limit");
    assert!(small.callback(&owned).is_ok(), "which was read by limits of its own");
}

#[test]
fn a_record_goes_into_threads() {
    let profile: Profile = PAYLOAD.parse().unwrap();
    let record = RecordBuf::parse(RECORD).unwrap();
    let expected = profile.callback(&record).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| (profile.clone(), record.clone()))
        .map(|(profile, record)| std::thread::spawn(move || profile.callback(&record)))
        .collect();
    assert_eq!(threads.len(), 4);
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap(), expected);
    }
}

/// Where a callback goes whose path and query hold values of the record.
fn destination_of_a_record() -> Destination {
    let profile = Profile::parse(
        r#"{"title": "link", "http_method": "GET", "url": "https://example.com/<recipient>?to=<recipient>"}"#,
    );
    let callback = profile.unwrap().callback(r#"{"recipient": "secret-one"}"#).unwrap();
    callback.destination().unwrap()
}

#[test]
fn debug_is_one_short_line_without_contents() {
    let profile: Profile = PAYLOAD.parse().unwrap();
    let long =
        format!(r#"{{"title": 1, "http_method": 2, "url": 3, "body": {{"a": "{}"}}}}"#, "secret".repeat(500));
    let report = Profile::parse(&long).unwrap_err();
    let request = Request { sid: "HX1", headers: &[("api-key", "secret")], payload: long.as_bytes() };
    let record = RecordBuf::parse(RECORD).unwrap();
    let message = profile.message(r#"{"recipient": "secret"}"#).unwrap();
    let stored: StoredProfile = PAYLOAD.parse().unwrap();
    let mut ring = KeyRing::by_header("x-token");
    ring.add("secret-1", profile.clone()).unwrap();
    let callback = profile.callback(r#"{"recipient": "secret"}"#).unwrap();
    let opened = profile.open(callback.body.as_deref().unwrap()).unwrap();
    let value = opened.get("to").unwrap();
    let destination = destination_of_a_record();
    let things: [(&str, &dyn Debug); 14] = [
        ("profile", &profile),
        ("stored", &stored),
        ("report", &report),
        ("violation", &report.violations()[0]),
        ("request", &request),
        ("record", &record),
        ("borrowed record", &*record),
        ("message", &message),
        ("callback", &callback),
        ("opened", &opened),
        ("opened value", &value),
        ("destination", &destination),
        ("envelope", &Envelope::refused(&report)),
        ("options", &ParseOptions::default()),
    ];
    for (name, thing) in things {
        let text = format!("{thing:?}");
        assert!(text.len() < 300 && !text.contains('\n'), "{name}: {text}");
        for secret in ["secret", "K1abc", "POabc", "+91"] {
            assert!(!text.contains(secret), "{name}: {text}");
        }
    }
    assert_eq!(
        format!("{destination:?}"),
        r#"Destination { is_https: true, authority: "example.com", target_bytes: 25, .. }"#
    );
    assert_eq!(format!("{value:?}"), "OpenedValue { kind: String, bytes: 6 }");
    assert_eq!(
        format!("{report:?}"),
        r#"Report { code: InvalidProfile, message: "body/title must be string", violations: 4, unlisted: 0 }"#
    );
}

#[test]
fn texts_become_what_parse_makes_of_them() {
    let error = "{".parse::<Profile>().unwrap_err();
    assert_eq!(error, Profile::parse("{").unwrap_err());
    assert_eq!("{".parse::<StoredProfile>().unwrap_err(), StoredProfile::parse("{").unwrap_err());
    let profile: Profile = PAYLOAD.parse().unwrap();
    let stored: StoredProfile = PAYLOAD.parse().unwrap();
    assert_eq!(
        profile.to_json(callback_profile::Secrets::Masked),
        stored.profile().to_json(callback_profile::Secrets::Masked)
    );
}

#[test]
fn a_clone_of_a_profile_shares_its_advisories() {
    let profile: Profile = PAYLOAD.parse().unwrap();
    assert!(!profile.advisories().is_empty());
    assert!(std::ptr::eq(profile.advisories(), profile.clone().advisories()));
}
