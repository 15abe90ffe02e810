//! Sealed callbacks: whatever is received is refused or authentic, and what a holder of the key writes breaks nothing.

use aes_gcm::aead::Aead;
use aes_gcm::{Aes256Gcm, KeyInit};
use base64_simd::URL_SAFE_NO_PAD;
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::seal::{Expected, Freshness, SigningSecret, Verifier};
use callback_profile::{
    CallbackOptions, Error, ErrorCode, KeyRing, OpenOptions, Parameters, Profile, ReceivedRequest, Record,
};
use std::sync::LazyLock;

/// The 32 bytes of the key that the profiles have.
const KEY: [u8; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
    29, 30, 31,
];
const MEMBERS: [&str; 4] = [
    r#""http_method":"POST","url":"https://e.com/<p>?q=<x>&c=1","body":{"a":"<x>","n":5,"o":{"b":["<y>"]}}"#,
    r#""http_method":"PUT","url":"https://e.com/","headers":{"content-type":"application/x-www-form-urlencoded"},"body":{"a":"<x>","o":{"b":["<y>"]},"z":null}"#,
    r#""http_method":"POST","url":"https://e.com/","headers":{"content-type":"multipart/form-data"},"body":{"a":"<x>","o":["<y>"]}"#,
    r#""http_method":"GET","url":"https://e.com/<p>?a=<x>&c=1&e""#,
];

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let params = ["", r#","params":["a","o.b"]"#];
    let text = URL_SAFE_NO_PAD.encode_to_string(KEY);
    let payload = |members: &str, params: &str| {
        format!(
            r#"{{"title":"fuzz",{members},"enc":{{"version":2,"kid":"k1","key":"cbk2_{text}"{params}}}}}"#
        )
    };
    let profiles = MEMBERS.iter().flat_map(|members| params.map(|params| payload(members, params)));
    profiles.map(|payload| Profile::parse(payload).expect("a valid profile")).collect()
});

fn opening() -> OpenOptions<'static> {
    let mut options = OpenOptions::default();
    options.expected =
        Some(Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None });
    options
}

/// The first byte chooses what is done with the others.
pub fn jwe_open(data: &[u8]) {
    let Some((choice, data)) = data.split_first() else { return };
    let profile = &PROFILES[usize::from(choice >> 4) % PROFILES.len()];
    match choice % 4 {
        0 => hostile(profile, data),
        1 => by_holder_of_the_key(profile, data),
        2 => round_trip(profile, data),
        _ => token_alone(profile, data),
    }
}

/// Nobody without the key makes anything that opens.
fn hostile(profile: &Profile, data: &[u8]) {
    assert_eq!(profile.open_with(data, &opening()), Err(Error::Sealed));
    let mut options = DiagnoseOptions::default();
    options.body = Some(data);
    assert!(!profile.diagnose(&[], &options).to_json().is_empty());
    let mut ring = KeyRing::by_query("key");
    ring.add("k1", profile.clone()).expect("its kid");
    let target = String::from_utf8_lossy(data);
    let request = ReceivedRequest { headers: &[("content-type", &target)], target: &target, body: data };
    let refused = ring.open(&request, &opening()).expect_err("without the key");
    assert!(matches!(refused.code(), ErrorCode::AuthFailed | ErrorCode::UnknownKey), "{refused:?}");
    let secret = SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
    let lines: Vec<&str> = target.split('\n').collect();
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers: Vec<(&str, &str)> = names.into_iter().zip(lines).collect();
    let verifier = Verifier::new([secret]).expect("one");
    assert_eq!(verifier.verify(headers, data, 0, u64::MAX), Err(Error::SignatureRefused));
}

/// Header and claims are any bytes, under a tag that fits: what is read behind it must bear them.
fn by_holder_of_the_key(profile: &Profile, data: &[u8]) {
    let split = data.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (header, claims) = data.split_at(split);
    let header = match header {
        [] => br#"{"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"k1"}"#,
        header => header,
    };
    let header = URL_SAFE_NO_PAD.encode_to_string(header);
    let nonce = [3; 12];
    let payload = aes_gcm::aead::Payload { msg: claims, aad: header.as_bytes() };
    let sealed = Aes256Gcm::new(&KEY.into()).encrypt(&nonce.into(), payload).expect("short");
    let (text, tag) = sealed.split_at(claims.len());
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode_to_string(bytes);
    let token = format!("{header}..{}.{}.{}", encoded(&nonce), encoded(text), encoded(tag));
    let received = match profile.method().has_body() {
        true => token,
        false => format!("?jwe={token}"),
    };
    let mut options = opening();
    options.content_type = profile.method().has_body().then_some("application/jose");
    options.structures = Parameters::All;
    match profile.open_with(&received, &options) {
        Ok(opened) => {
            let message = opened.sealed().expect("it was sealed");
            assert!((1..=128).contains(&message.id.len()) && message.kid == "k1");
            let json: serde_json::Value = serde_json::from_str(opened.json()).expect("JSON");
            assert!(json.get("a").is_some(), "every name is there");
            assert!(opened.decrypted().len() + opened.unknown().len() > 0);
        }
        Err(error) => assert!(
            matches!(
                error.code(),
                ErrorCode::AuthFailed | ErrorCode::MissingParameter | ErrorCode::NotEncrypted
            ),
            "{error:?}"
        ),
    }
}

/// A record is sealed and opened; a token that is changed in one place is refused.
fn round_trip(profile: &Profile, data: &[u8]) {
    let (place, record) = data.split_at(data.len().min(3));
    let Ok(record) = Record::parse(record) else { return };
    let mut options = CallbackOptions::default();
    (options.random, options.issued_at, options.id) = (Some(&[9; 32]), Some(7), Some("msg"));
    let Ok(callback) = profile.callback_with(&record, &options) else { return };
    let received = callback.body.clone().unwrap_or_else(|| callback.url.clone());
    let mut open = opening();
    let content_type = callback.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    open.content_type = content_type.map(|(_, value)| value.as_str());
    (open.structures, open.absent) = (Parameters::All, Parameters::All);
    let opened = profile.open_with(&received, &open).expect("its own");
    assert_eq!(opened.sealed().expect("sealed").id, "msg");
    let [high, low, bits] = place else { return };
    let mut changed = received.into_bytes();
    let start = changed.windows(4).rposition(|four| four == b"eyJh").expect("a token");
    let at = start + (usize::from(*high) << 8 | usize::from(*low)) % (changed.len() - start);
    let before = changed[at];
    changed[at] ^= bits;
    let is_in_token = !matches!(before, b'"' | b'}' | b'\r' | b'\n' | b'-') && *bits != 0;
    let opened = profile.open_with(&changed, &open);
    if is_in_token && !callback.headers.iter().any(|(_, value)| value.starts_with("multipart")) {
        assert_eq!(opened.err(), Some(Error::Sealed), "{}", String::from_utf8_lossy(&changed));
    }
}

fn token_alone(profile: &Profile, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let received = format!(r#"{{"jwe":"{}"}}"#, text.escape_default());
    assert_eq!(profile.open_with(&received, &opening()), Err(Error::Sealed));
    let diagnosis = profile.diagnose(&[&text], &DiagnoseOptions::default());
    assert_eq!(diagnosis.findings().len(), 1);
}
