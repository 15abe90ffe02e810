//! Opened values into types.

use std::collections::BTreeMap;

use callback_profile::{ErrorClass, ErrorCode, OpenOptions, Opened, Parameters, Profile};
use serde::Deserialize;
use serde_json::Value;

use crate::parsed;

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
        (
            r#"{"id":1,"lines":[],"state":{"new":4711}}"#.to_owned(),
            "the opened value at /state/new must be null",
        ),
        (
            r#"{"id":1,"lines":[],"state":{"paid":7,"new":null}}"#.to_owned(),
            "the opened value at /state must be a string or an object with one member",
        ),
        (
            r#"{"id":1,"lines":[],"state":{"pair":[1]}}"#.to_owned(),
            "the opened value at /state/pair must be tuple variant State::Pair with 2 elements and is of another length",
        ),
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
    assert_eq!(ran, 18);

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

/// What types do with an error or a length that they are given.
#[test]
fn types_see_what_is_expected_and_how_much_there_is() {
    /// Keeps what its inside says, as a type with a fallback does.
    struct Said(String);
    impl<'de> Deserialize<'de> for Said {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Said, D::Error> {
            Ok(Said(u16::deserialize(deserializer).err().map(|error| error.to_string()).unwrap_or_default()))
        }
    }
    let said: BTreeMap<String, Said> = opened(r#"{"a":"secret","b":7}"#).deserialize().unwrap();
    assert_eq!((said["a"].0.as_str(), said["b"].0.as_str()), ("expected u16", ""));

    /// Refuses by a word of its own, which may be the value.
    #[derive(Debug)]
    struct Picky;
    impl<'de> Deserialize<'de> for Picky {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Picky, D::Error> {
            let text = String::deserialize(deserializer)?;
            Err(serde::de::Error::invalid_value(serde::de::Unexpected::Other(&text), &"a sound value"))
        }
    }
    let error = opened(r#"{"a":"secret"}"#).deserialize::<BTreeMap<String, Picky>>().unwrap_err();
    assert_eq!(error.to_string(), "the opened value at /a must be a sound value");

    /// The elements that are announced before each one is taken, and behind the last.
    struct Announced(Vec<Option<usize>>);
    impl<'de> Deserialize<'de> for Announced {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Announced, D::Error> {
            struct Sizes;
            impl<'de> serde::de::Visitor<'de> for Sizes {
                type Value = Announced;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an array")
                }
                fn visit_seq<A: serde::de::SeqAccess<'de>>(
                    self,
                    mut access: A,
                ) -> Result<Announced, A::Error> {
                    let mut sizes = vec![access.size_hint()];
                    while access.next_element::<u8>()?.is_some() {
                        sizes.push(access.size_hint());
                    }
                    Ok(Announced(sizes))
                }
            }
            deserializer.deserialize_seq(Sizes)
        }
    }
    /// The members that are announced before the first name is taken, of which one is.
    #[derive(Debug)]
    struct First(Option<usize>);
    impl<'de> Deserialize<'de> for First {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<First, D::Error> {
            struct Member;
            impl<'de> serde::de::Visitor<'de> for Member {
                type Value = First;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut access: A) -> Result<First, A::Error> {
                    let size = access.size_hint();
                    access.next_entry::<String, u8>()?;
                    Ok(First(size))
                }
            }
            deserializer.deserialize_map(Member)
        }
    }
    assert_eq!(opened(r#"{"a":1}"#).deserialize::<First>().unwrap().0, Some(1));
    let error = opened(r#"{"a":1,"b":2}"#).deserialize::<First>().unwrap_err();
    assert_eq!(error.to_string(), "the opened value must be an object with fewer members");

    let announced: BTreeMap<String, Announced> = opened(r#"{"a":[1,2]}"#).deserialize().unwrap();
    assert_eq!(announced["a"].0, [Some(2), Some(1), Some(0)]);
}
