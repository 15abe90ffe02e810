//! Records from types.

use std::collections::{BTreeMap, HashMap};

use callback_profile::{Error, ErrorClass, ErrorCode, Limits, Profile, RecordBuf, RecordOptions};
use serde::Serialize;
use serde_json::json;

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
    by_newtype: BTreeMap<Name, Nothing>,
}

#[derive(Serialize)]
struct Newtype(i32);

/// A text within a type, as the name of a member.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name(&'static str);

#[derive(Serialize)]
struct Nothing;

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
        by_newtype: BTreeMap::from([(Name("n"), Nothing)]),
    };
    let record =
        RecordBuf::from_serialize(&json!({"all": serde_json::to_string(&everything).unwrap()})).unwrap();
    let nested = RecordBuf::from_serialize(&HashMap::from([("all", &everything)])).unwrap();
    assert_eq!(rendered(&nested, "all"), rendered(&record, "all"));
    // Which serde_json refuses: there is nothing that it could be but its text.
    let by_option = RecordBuf::from_serialize(&BTreeMap::from([(Some("all"), 1)])).unwrap();
    assert_eq!(rendered(&by_option, "all"), "1");
    let by_character = RecordBuf::from_serialize(&BTreeMap::from([('n', 1), ('m', 2)])).unwrap();
    assert_eq!((rendered(&by_character, "n").as_str(), rendered(&by_character, "m").as_str()), ("1", "2"));
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
