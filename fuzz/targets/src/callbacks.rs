//! Callbacks built and opened again, and hostile ones opened.

use arbitrary::{Arbitrary, Unstructured};
use callback_profile::cipher::{Algorithm, Encoding, TagPlacement, WireFormat};
use callback_profile::{CallbackBuffer, CallbackOptions, OpenOptions, ParseOptions, Profile, Record};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

use crate::input::{algorithm, enc};

const TYPES: [&str; 3] = ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];

#[derive(Arbitrary, Debug)]
struct Case {
    algorithm: u8,
    content_type: u8,
    wire_format: u8,
    put: bool,
    /// Constants and values of the body; a value is a string that the record has.
    members: Vec<(String, Member)>,
}

#[derive(Arbitrary, Debug)]
enum Member {
    Constant(String),
    Filled(String),
    Mixed(String, String),
    List(Vec<String>),
    Nested(String, Vec<(String, String)>),
}

/// open ∘ build = identity: what comes out of the encrypted callback is the body of the same profile without encryption.
pub fn callback_roundtrip(data: &[u8]) {
    let Ok(case) = Case::arbitrary(&mut Unstructured::new(data)) else { return };
    let mut record = Map::new();
    let body: Map<String, Value> = case
        .members
        .into_iter()
        .take(20)
        .map(|(name, member)| {
            let name = plain(&name, record.len());
            let value = member.value(&mut record);
            (name, value)
        })
        .collect();
    let method = if case.put { "PUT" } else { "POST" };
    let content_type = TYPES[usize::from(case.content_type) % 3];
    let mut payload = json!({"title": "round trip", "http_method": method, "url": "https://example.com/",
        "headers": {"content-type": content_type}, "body": body});
    let encoding = [Encoding::Base64, Encoding::Base64Url, Encoding::Hex][usize::from(case.wire_format) % 3];
    let tag = [TagPlacement::Appended, TagPlacement::Prepended][usize::from(case.wire_format / 3) % 2];
    let mut options = ParseOptions::default();
    options.wire_format = WireFormat::default().with_encoding(encoding).with_tag(tag);

    let Ok(plain) = Profile::parse_with(payload.to_string(), &options) else { return };
    payload["enc"] = enc(algorithm(case.algorithm));
    let sealed = Profile::parse_with(payload.to_string(), &options).expect("valid with encryption too");
    let text = Value::Object(record).to_string();
    let record = Record::parse(&text).expect("the record is valid");
    let (Ok(plain_callback), Ok(callback)) = (plain.callback(&record), sealed.callback(&record)) else {
        return;
    };

    let mut buffer = CallbackBuffer::default();
    for _ in 0..2 {
        sealed.callback_into(text.as_bytes(), &CallbackOptions::default(), &mut buffer).expect("as before");
        assert_eq!((buffer.url(), buffer.body()), (callback.url.as_str(), callback.body.as_deref()));
    }
    let open = |profile: &Profile, callback: &callback_profile::Callback| {
        let content_type = callback.headers.iter().find(|(name, _)| name == "content-type");
        let mut options = OpenOptions::default();
        options.content_type = content_type.map(|(_, value)| value.as_str());
        let opened = profile.open_with(callback.body.as_deref().unwrap_or_default(), &options);
        opened.expect("our own callback opens").into_json()
    };
    assert_eq!(open(&sealed, &callback), open(&plain, &plain_callback));
}

impl Member {
    fn value(self, record: &mut Map<String, Value>) -> Value {
        let mut filled = |value: String| {
            let name = format!("v{}", record.len());
            let replacer = format!("<{name}>");
            record.insert(name, json!(value));
            replacer
        };
        match self {
            Member::Constant(text) => json!(plain(&text, 0)),
            Member::Filled(value) => json!(filled(value)),
            Member::Mixed(text, value) => json!(format!("{}{}", plain(&text, 0), filled(value))),
            Member::List(values) => values.into_iter().take(10).map(filled).collect(),
            Member::Nested(name, members) => {
                let members = members.into_iter().take(10).enumerate();
                json!({plain(&name, 0): members.map(|(index, (name, value))| (plain(&name, index), json!(filled(value)))).collect::<Map<_, _>>()})
            }
        }
    }
}

/// Text that holds no replacer, for names and constants.
fn plain(text: &str, number: usize) -> String {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '<' | '>' | '{' | '}' | '[' | ']') && !c.is_control())
        .take(30)
        .collect();
    format!("n{number}{text}")
}

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let body = json!({"a": "<a>", "b": ["<b>", {"c": "<c>"}], "d": "constant"});
    let bodies = [Algorithm::Aes128Gcm, Algorithm::Aes256Cfb].into_iter().flat_map(|algorithm| {
        let body = body.clone();
        TYPES.into_iter().map(move |content_type| {
            json!({"title": "hostile", "http_method": "POST", "url": "https://example.com/",
                "headers": {"content-type": content_type}, "body": body, "enc": enc(algorithm)})
        })
    });
    let query = json!({"title": "hostile", "http_method": "GET", "url": "https://example.com/?a=<a>&a=b&<c>=<d>",
        "enc": enc(Algorithm::Aes128Gcm)});
    bodies
        .chain([query])
        .map(|payload| Profile::parse(payload.to_string()).expect("the profile is valid"))
        .collect()
});

/// One byte for the profile and one for the content type, then what a stranger sends: no panic, and what opens is an object.
pub fn open_hostile(data: &[u8]) {
    let [profile, content_type, received @ ..] = data else { return };
    let profile = &PROFILES[usize::from(*profile) % PROFILES.len()];
    let mut options = OpenOptions::default();
    let boundary = "multipart/form-data; boundary=b";
    options.content_type = [None, Some(TYPES[0]), Some(TYPES[1]), Some(TYPES[2]), Some(boundary)]
        [usize::from(*content_type) % 5];
    match profile.open_with(received, &options) {
        Ok(opened) => {
            let value: Value = serde_json::from_str(opened.json()).expect("what we wrote is JSON");
            assert!(value.is_object());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
