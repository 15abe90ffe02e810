//! Callbacks built and opened again, and hostile ones opened.

use std::sync::LazyLock;

use callback_profile::cipher::Algorithm;
use callback_profile::{
    CallbackBuffer, CallbackOptions, OpenOptions, Parameters, ParseOptions, Profile, Record,
};
use serde_json::{Value, json};

use crate::body::Body;
use crate::input::{enc, wire_format};

const TYPES: [&str; 3] = ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];

/// open ∘ build = identity: what comes out of the encrypted callback is the body of the same profile without encryption.
/// A byte each for algorithm, body type, wire format and method, then the body: see [`Body`].
pub fn callback_roundtrip(data: &[u8]) {
    let [algorithm, content_type, format, method, members @ ..] = data else { return };
    let Body { body, record } = Body::of(members);
    let method = ["POST", "PUT"][usize::from(*method) % 2];
    let content_type = TYPES[usize::from(*content_type) % 3];
    let mut payload = format!(
        r#"{{"title":"round trip","http_method":"{method}","url":"https://example.com/","headers":{{"content-type":"{content_type}"}},"body":{body}}}"#
    );
    let mut options = ParseOptions::default();
    options.wire_format = wire_format(*format);
    let Ok(plain) = Profile::parse_with(&payload, &options) else { return };
    payload.pop();
    payload.push_str(r#","enc":"#);
    payload.push_str(&ENC[usize::from(*algorithm) % ENC.len()]);
    payload.push('}');
    let sealed = Profile::parse_with(&payload, &options).expect("valid with encryption too");

    let parsed = Record::parse(&record).expect("the record is valid");
    let (Ok(plain_callback), Ok(callback)) = (plain.callback(&parsed), sealed.callback(&parsed)) else {
        return;
    };
    let mut buffer = CallbackBuffer::default();
    for _ in 0..2 {
        sealed.callback_into(record.as_bytes(), &CallbackOptions::default(), &mut buffer).expect("as before");
        assert_eq!((buffer.url(), buffer.body()), (callback.url.as_str(), callback.body.as_deref()));
    }
    let open = |profile: &Profile, callback: &callback_profile::Callback| {
        let content_type = callback.headers.iter().find(|(name, _)| name == "content-type");
        let mut options = OpenOptions::default();
        // The records hold structures, and empty values that encryption leaves out.
        options.structures = Parameters::All;
        options.absent = Parameters::All;
        options.content_type = content_type.map(|(_, value)| value.as_str());
        let opened = profile.open_with(callback.body.as_deref().unwrap_or_default(), &options);
        opened.expect("our own callback opens").into_json()
    };
    assert_eq!(open(&sealed, &callback), open(&plain, &plain_callback));
}

/// The `enc` of each algorithm.
static ENC: LazyLock<Vec<String>> = LazyLock::new(|| Algorithm::ALL.iter().copied().map(enc).collect());

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let enc = |algorithm| serde_json::from_str::<Value>(&enc(algorithm)).expect("JSON");
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
