//! Diagnoses of whatever was received.

use callback_profile::cipher::{Algorithm, IV_LEN};
use callback_profile::diagnosis::{Cause, DiagnoseOptions, Diagnosis, Grade};
use callback_profile::{ParseOptions, Profile};
use serde_json::{Value, json};

use crate::input::wire_format;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const TYPES: [Option<&str>; 4] =
    [None, Some("application/json"), Some("multipart/form-data; boundary=b"), Some("text/xml")];

/// So many letters that depend on a byte.
fn letters(seed: u8, count: usize) -> String {
    let mut state = usize::from(seed) + 1;
    let mut next = || {
        state = (state * 75 + 74) % 65_537;
        char::from(LETTERS[state % LETTERS.len()])
    };
    (0..count).map(|_| next()).collect()
}

/// A profile that takes JSON or a form, or a query.
fn profile(algorithm: u8, seed: u8, format: u8) -> (Profile, [String; 2]) {
    let chosen = Algorithm::ALL[usize::from(algorithm) % 6];
    let (key, iv) = (letters(seed, chosen.key_len()), letters(seed ^ 0x55, IV_LEN));
    let form = json!({"content-type": "application/x-www-form-urlencoded"});
    let payload = json!({"title": "diagnosed", "url": "https://example.com/?to=<to>",
        "http_method": if algorithm < 200 { "POST" } else { "GET" },
        "headers": if algorithm.is_multiple_of(3) { form } else { json!({}) },
        "body": {"to": "<to>", "note": {"text": "<text>"}},
        "enc": {"algo": chosen.name(), "key": key, "IV": iv}});
    let mut options = ParseOptions::default();
    options.wire_format = wire_format(format);
    (Profile::parse_with(payload.to_string(), &options).expect("the profile is valid"), [key, iv])
}

/// What the first byte of a part makes of the rest: encrypted by the profile (1), by the other one (2), or by the profile with
/// the tag elsewhere or in another encoding (3). Else the part is the text.
fn encrypted(part: &[u8], [own, other, elsewhere]: [&Profile; 3]) -> String {
    let (profile, rest) = match part {
        [1, rest @ ..] => (own, rest),
        [2, rest @ ..] => (other, rest),
        [3, rest @ ..] => (elsewhere, rest),
        _ => return String::from_utf8_lossy(part).into_owned(),
    };
    let cipher = profile.encryption().expect("it encrypts").cipher();
    cipher.encrypt(&*String::from_utf8_lossy(rest)).unwrap_or_default()
}

/// A byte each for algorithm, key, wire format and choices, then texts and expected values between zero bytes, or a body.
pub fn diagnose(data: &[u8]) {
    let [algorithm, seed, format, choices, received @ ..] = data else { return };
    let (profile, secrets) = profile(*algorithm, *seed, *format);
    let (other, other_secrets) = self::profile(algorithm.wrapping_add(1), seed.wrapping_add(1), 0);
    let (elsewhere, _) = self::profile(*algorithm, *seed, format.wrapping_add(3));
    let profiles = [&profile, &other, &elsewhere];
    let parts: Vec<String> =
        received.split(|byte| *byte == 0).map(|part| encrypted(part, profiles)).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (expected, texts) = parts.split_at(usize::from(choices & 3).min(parts.len()));
    let mut options = DiagnoseOptions::default();
    let also = [&other];
    if choices & 4 != 0 {
        options.also = &also;
    }
    options.expected = expected;
    options.parameter = texts.first().copied().filter(|_| choices & 8 != 0);
    options.content_type = TYPES[usize::from(choices >> 6)];
    let is_body = choices & 16 != 0;
    options.body = is_body.then_some(received);
    options.show = choices & 32 != 0;
    let diagnosis = profile.diagnose(texts, &options);
    lawful(&diagnosis);
    if !is_body {
        useful(&profile, texts, &diagnosis);
    }
    let json = diagnosis.to_json();
    let value: Value = serde_json::from_str(&json).expect("what we wrote is JSON");
    assert_eq!(value["findings"].as_array().map(Vec::len), Some(diagnosis.findings().len()));
    // What was received is not secret: its names, and a value where it was asked for, are shown.
    let received = String::from_utf8_lossy(received);
    for secret in secrets.iter().chain(&other_secrets) {
        let is_silent =
            !json.contains(secret.as_str()) && !format!("{diagnosis:?}").contains(secret.as_str());
        assert!(is_silent || options.show || received.contains(secret.as_str()), "a secret in {json}");
    }
}

fn lawful(diagnosis: &Diagnosis) {
    let findings = diagnosis.findings();
    assert!(!findings.is_empty());
    let is_unknown = findings.iter().any(|finding| finding.cause() == Cause::Unknown);
    assert!(!is_unknown || findings.len() == 1, "{findings:?}");
    assert_eq!(diagnosis.is_found(), !is_unknown);
    for finding in findings {
        let chance = finding.chance();
        assert!(chance.is_none_or(|chance| (0.0..=1.0).contains(&chance)), "{finding:?}");
        match finding.grade() {
            Grade::Likely => assert!(chance.is_some_and(|chance| chance <= 1e-3), "{finding:?}"),
            Grade::Proved | Grade::Spelling => assert!(chance.is_none(), "{finding:?}"),
            _ => assert!(matches!(finding.cause(), Cause::Unknown | Cause::Opens), "{finding:?}"),
        }
        assert!(!diagnosis.excluded().contains(&finding.cause()), "{finding:?} is found and excluded");
        assert!(finding.value().is_none() || finding.grade() == Grade::Proved, "{finding:?}");
        assert!(!finding.detail().is_empty());
    }
}

/// Under the settings of a finding the texts open; of several, some may be right as they are.
fn useful(profile: &Profile, texts: &[&str], diagnosis: &Diagnosis) {
    for finding in diagnosis.findings() {
        let Some(settings) = finding.settings() else { continue };
        let changed = settings.apply(profile).expect("settings that the rules accept");
        let ciphers = [&changed, profile].map(|profile| profile.encryption().expect("it encrypts").cipher());
        // Sixteen texts are examined.
        let opens = |text: &&str| ciphers.iter().any(|cipher| cipher.decrypt_text(text).is_ok());
        assert!(texts.iter().take(16).all(opens) || texts.len() > 16, "{finding:?}");
    }
}
