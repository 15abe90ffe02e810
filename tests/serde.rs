//! The feature `serde`: the one JSON of results, records from types, opened values into types, and that no error repeats a value.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)] // a test may panic

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use callback_profile::cipher::{Algorithm, Encoding, Reading, TagPlacement};
use callback_profile::diagnosis::{Cause, Grade};
use callback_profile::json::Document;
use callback_profile::{
    AddressVerdict, AdvisoryCode, ChangeEffect, Channel, Context, Envelope, Error, ErrorClass, ErrorCode,
    Limits, Method, Missing, OpenOptions, Opened, Parameters, Policy, Profile, RecordBuf, RecordOptions,
    Secrets, Status, StoredProfile, Surrogates,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, to_value};

const PAYLOAD: &str = r#"{"title": "Delivery status", "http_method": "POST", "url": "https://example.com/sms?s=<status>",
    "headers": {"x-token": "T1"}, "body": {"to": "<recipient>", "n": "<n>"},
    "response_message": "Thank you, {\"name\": \"first_name\"}",
    "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY", "params": ["to"]}}"#;

fn profile() -> Profile {
    PAYLOAD.parse().unwrap()
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

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

/// What serde's own data model can be made of.
#[derive(Serialize)]
struct Everything {
    text: &'static str,
    character: char,
    yes: bool,
    small: i8,
    large: u64,
    float: f64,
    single: f32,
    none: Option<u8>,
    some: Option<u8>,
    unit: (),
    tuple: (u8, &'static str),
    list: Vec<Kind>,
    map: BTreeMap<&'static str, Newtype>,
    by_variant: BTreeMap<Kind2, u8>,
}

#[derive(Serialize)]
struct Newtype(i32);

#[derive(Serialize)]
enum Kind {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
enum Kind2 {
    One,
}

/// Renders one field of a record, which is how its text can be seen.
fn rendered(record: &RecordBuf, name: &str) -> String {
    let profile = Profile::parse(format!(
        r#"{{"title": "abc", "http_method": "GET", "url": "https://e.com/", "response_message": "<{name}>"}}"#
    ));
    profile.unwrap().message(record).unwrap().text
}

#[test]
fn a_record_of_any_type_has_the_json_of_serde_json() {
    let everything = Everything {
        text: "\"é\n😀",
        character: 'ß',
        yes: true,
        small: -128,
        large: u64::MAX,
        float: 1.5e300,
        single: 0.1,
        none: None,
        some: Some(1),
        unit: (),
        tuple: (1, "b"),
        list: vec![Kind::Unit, Kind::Newtype(1), Kind::Tuple(1, 2), Kind::Struct { a: 3 }],
        map: BTreeMap::from([("x", Newtype(5))]),
        by_variant: BTreeMap::from([(Kind2::One, 1)]),
    };
    let record =
        RecordBuf::from_serialize(&json!({"all": serde_json::to_string(&everything).unwrap()})).unwrap();
    let nested = RecordBuf::from_serialize(&HashMap::from([("all", &everything)])).unwrap();
    assert_eq!(rendered(&nested, "all"), rendered(&record, "all"));
    for number in [
        0.0,
        -0.0,
        1.0,
        1e15,
        1e16,
        1e17,
        1e21,
        1e-5,
        1e-6,
        1e-7,
        0.1,
        f64::MAX,
        f64::MIN_POSITIVE,
        123456789.125,
    ] {
        let record = RecordBuf::from_serialize(&json!({"n": [number]})).unwrap();
        let text = rendered(&record, "n");
        assert_eq!(text, serde_json::to_string(&[number]).unwrap());
        assert_eq!(
            text.trim_matches(['[', ']']).parse::<f64>().unwrap().to_bits(),
            number.to_bits(),
            "{text}"
        );
    }
    let record =
        RecordBuf::from_serialize(&BTreeMap::from([("least", i128::MIN), ("most", i128::MAX)])).unwrap();
    assert_eq!(rendered(&record, "least"), i128::MIN.to_string(), "every digit");
    assert_eq!(rendered(&record, "most"), i128::MAX.to_string());
}

/// A type whose serialiser fails, with its value in the message.
struct Failing;

impl Serialize for Failing {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("secret-4711"))
    }
}

struct Bytes;

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(b"secret-4711")
    }
}

/// A number or raw JSON as serde_json serialises it when it keeps its text: by this name of a struct.
struct Raw(&'static str, &'static str);

impl Serialize for Raw {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct(self.0, 1)?;
        fields.serialize_field(self.0, self.1)?;
        fields.end()
    }
}

#[test]
fn what_json_has_not_is_refused_with_its_place() {
    fn refused(value: &impl Serialize) -> (String, String) {
        let error = RecordBuf::from_serialize(value).unwrap_err();
        assert_eq!((error.code(), error.class()), (ErrorCode::InvalidJson, ErrorClass::Replacer));
        for text in [error.to_string(), format!("{error:?}"), serde_json::to_string(&error).unwrap()] {
            assert!(!text.contains("secret") && !text.contains("4711"), "{text}");
        }
        match error {
            Error::NotJson { pointer, found } => (pointer, found.to_owned()),
            other => (String::new(), other.to_string()),
        }
    }
    #[derive(Serialize)]
    enum Variants {
        Tuple(u8, f64),
        Struct { a: f32 },
        Newtype(f64),
    }
    let of = |pointer: &str, found: &str| (pointer.to_owned(), found.to_owned());
    let float = "NaN or an infinity";
    let mut ran = 0;
    let mut check = |found: (String, String), expected: (String, String)| {
        assert_eq!(found, expected);
        ran += 1;
    };
    check(refused(&HashMap::from([("a/b", vec![1.0, f64::NAN])])), of("/a~1b/1", float));
    check(refused(&HashMap::from([("a", f32::NEG_INFINITY)])), of("/a", float));
    check(refused(&HashMap::from([("v", Variants::Tuple(1, f64::NAN))])), of("/v/Tuple/1", float));
    check(refused(&HashMap::from([("v", Variants::Struct { a: f32::NAN })])), of("/v/Struct/a", float));
    check(refused(&HashMap::from([("v", Variants::Newtype(f64::NAN))])), of("/v/Newtype", float));
    check(
        refused(&HashMap::from([("m", BTreeMap::from([(4711, 1)]))])),
        of("/m", "a number as the name of a member"),
    );
    check(refused(&BTreeMap::from([(true, 1)])), of("", "a boolean as the name of a member"));
    check(refused(&BTreeMap::from([(vec![1], 1)])), of("", "an array as the name of a member"));
    check(refused(&BTreeMap::from([((), 1)])), of("", "null as the name of a member"));
    check(refused(&HashMap::from([("b", Bytes)])), of("/b", "bytes"));
    check(
        refused(&HashMap::from([("f", [Failing])])),
        of("/f/0", "a value that its type does not serialise"),
    );
    let raw = "raw JSON that is malformed";
    for text in ["secret", "1,2", "", "{\"a\":1,\"a\":2}", "1}"] {
        check(refused(&HashMap::from([("r", Raw("$serde_json::private::RawValue", text))])), of("/r", raw));
    }
    assert_eq!(ran, 16);

    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!([deep]);
    }
    let error = RecordBuf::from_serialize(&json!({"d": deep})).unwrap_err().to_string();
    assert!(error.contains("nested deeper than allowed at /d/0/0"), "{error}");
    let small = RecordOptions::from(Limits::default().with_record_bytes(100));
    let long = vec!["x".repeat(60); 1000];
    let error = RecordBuf::from_serialize_with(&json!({"l": long}), &small).unwrap_err().to_string();
    assert_eq!(error, "the record must be JSON: more text than a record may have at /l/2");
    for value in [json!(1), json!([]), json!(null), json!("{}")] {
        assert_eq!(RecordBuf::from_serialize(&value).unwrap_err().code(), ErrorCode::NotAnObject);
    }
}

#[test]
fn numbers_and_json_that_serde_json_keeps_as_text_are_values() {
    let record = RecordBuf::from_serialize(&HashMap::from([
        ("number", Raw("$serde_json::private::Number", "1.10")),
        ("raw", Raw("$serde_json::private::RawValue", " {\"a\": [1, 2.50]} ")),
    ]))
    .unwrap();
    assert_eq!(rendered(&record, "number"), "1.10");
    assert_eq!(rendered(&record, "raw"), r#"{"a":[1,2.50]}"#);
}

/// An opened callback that is this JSON.
fn opened(json: &str) -> Opened {
    let profile: Profile =
        r#"{"title": "abc", "http_method": "POST", "url": "https://e.com/", "body": {"any": "<any>"}}"#
            .parse()
            .unwrap();
    let options = OpenOptions::default().with_structures(Parameters::All).with_absent(Parameters::All);
    profile.open_with(json, &options).unwrap()
}

#[derive(Deserialize, Debug, PartialEq)]
struct Order {
    id: u64,
    #[serde(default)]
    price: f64,
    lines: Vec<Line>,
    state: State,
    note: Option<String>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    sku: String,
    count: u8,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
enum State {
    New,
    Paid(u32),
    Sent { to: String },
    Pair(u8, u8),
}

#[test]
fn opened_values_become_types() {
    let text = r#"{"id":18446744073709551615,"price":3,"lines":[{"sku":"\u0041","count":2}],"state":{"paid":7},"note":null,"x":1}"#;
    let order: Order = opened(text).deserialize().unwrap();
    let line = Line { sku: "A".into(), count: 2 };
    assert_eq!(
        order,
        Order { id: u64::MAX, price: 3.0, lines: vec![line], state: State::Paid(7), note: None }
    );
    for (state, expected) in [
        (r#""new""#, State::New),
        (r#"{"new":null}"#, State::New),
        (r#"{"sent":{"to":"x"}}"#, State::Sent { to: "x".into() }),
        (r#"{"pair":[1,2]}"#, State::Pair(1, 2)),
    ] {
        let found: BTreeMap<String, State> = opened(&format!(r#"{{"s":{state}}}"#)).deserialize().unwrap();
        assert_eq!(found["s"], expected);
    }
    let text = r#"{"a":[1,-1,1.5,"x",true,null,{"b":{}}],"c":[]}"#;
    assert_eq!(opened(text).deserialize::<Value>().unwrap(), parsed(text));
    let wide: BTreeMap<String, i128> =
        opened(r#"{"n":-170141183460469231731687303715884105728}"#).deserialize().unwrap();
    assert_eq!(wide["n"], i128::MIN);
}

#[test]
fn errors_have_the_place_and_never_the_value() {
    let order = |rest: &str| format!(r#"{{"id":1,"lines":[],"state":"new",{rest}}}"#);
    let mut ran = 0;
    for (text, expected) in [
        (r#"{"id":"secret"}"#.to_owned(), "the opened value at /id must be u64 and is a string"),
        (r#"{"id":-4711}"#.to_owned(), "the opened value at /id must be u64 and is another number"),
        (r#"{"id":1.4711}"#.to_owned(), "the opened value at /id must be u64 and is a number"),
        (r#"{"id":123456789012345678904711}"#.to_owned(), "the opened value at /id must be u64"),
        (r#"{"id":1}"#.to_owned(), "the opened value must be an object with the member lines"),
        (
            r#"{"id":1,"lines":[{"sku":"secret","count":1},{"sku":"secret","count":4711}]}"#.to_owned(),
            "the opened value at /lines/1/count must be u8 and is another number",
        ),
        (
            r#"{"id":1,"lines":[{"sku":"secret","count":1,"a/b":4711}]}"#.to_owned(),
            "the opened value at /lines/0 must be an object without the member a/b",
        ),
        (
            r#"{"id":1,"lines":"secret"}"#.to_owned(),
            "the opened value at /lines must be a sequence and is a string",
        ),
        (
            r#"{"id":1,"lines":[],"state":"secret"}"#.to_owned(),
            "the opened value at /state must be new or paid or sent or pair and is another text",
        ),
        (
            r#"{"id":1,"lines":[],"state":{"paid":"secret"}}"#.to_owned(),
            "the opened value at /state/paid must be u32 and is a string",
        ),
        (
            r#"{"id":1,"lines":[],"state":{"pair":[1,2,4711]}}"#.to_owned(),
            "the opened value at /state/pair must be an array of 2 elements",
        ),
        (
            r#"{"id":1,"lines":[],"state":4711}"#.to_owned(),
            "the opened value at /state must be a string or an object with one member",
        ),
        (
            r#"{"id":1,"lines":[],"state":"paid"}"#.to_owned(),
            "the opened value at /state must be an object with the variant's content",
        ),
        (order(r#""note":4711"#), "the opened value at /note must be a string and is a number"),
        (order(r#""price":"secret""#), "the opened value at /price must be f64 and is a string"),
    ] {
        let error = opened(&text).deserialize::<Order>().unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}\n{expected}");
        assert_eq!((error.code(), error.class()), (ErrorCode::UnexpectedType, ErrorClass::Decryption));
        for shown in [error.to_string(), format!("{error:?}"), serde_json::to_string(&error).unwrap()] {
            assert!(!shown.contains("secret") && !shown.contains("4711"), "{shown}");
        }
        ran += 1;
    }
    assert_eq!(ran, 15);

    /// A type that quotes what it refuses, as many do.
    #[derive(Debug)]
    struct Quoting;
    impl<'de> Deserialize<'de> for Quoting {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Quoting, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(serde::de::Error::custom(format!("{text} is no good")))
        }
    }
    let error = opened(r#"{"a":["secret"]}"#).deserialize::<BTreeMap<String, Vec<Quoting>>>().unwrap_err();
    assert_eq!(error.to_string(), "the opened value at /a/0 must be a value that its type accepts");
}

#[test]
fn a_profile_has_no_serde_form() {
    // A key must not leave by a derive; what is not implemented cannot be tested but by its absence from the source.
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serde/results.rs")).unwrap();
    assert!(source.matches("impl Serialize for ").count() > 10);
    for name in
        ["Profile ", "StoredProfile ", "Encryption ", "Cipher ", "KeyRing ", "SigningSecret ", "Opened "]
    {
        assert!(!source.contains(&format!("impl Serialize for {name}")), "{name}");
    }
}
