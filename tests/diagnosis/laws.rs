//! What holds for every text.

use callback_profile::Profile;
use callback_profile::cipher::{Algorithm, Cipher, Encoding, TagPlacement, WireFormat};
use callback_profile::diagnosis::{Cause, DiagnoseOptions, Grade};
use proptest::prelude::*;
use serde_json::json;

use super::{first, list, of_text, profile, strings};

const KEY: &str = "Q7mZ2xW9cV4bN8aS";
const IV: &str = "h3Kd81LpQz60RtYw";

fn enc(algorithm: Algorithm) -> serde_json::Value {
    json!({"algo": algorithm.name(), "key": key(algorithm), "IV": IV})
}

fn key(algorithm: Algorithm) -> String {
    KEY.chars().cycle().take(algorithm.key_len()).collect()
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// DIAGNOSIS.md, rule 9: 60 texts of each length give no proof, and from 13 bytes on at most one "likely" in a thousand.
#[test]
fn random_bytes_prove_nothing() {
    let mut numbers = Numbers(2026);
    let (mut ran, mut likely, mut long) = (0, Vec::new(), 0);
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes256Cfb] {
        let profile = profile(&enc(algorithm));
        for length in (0..=32).chain([48, 64]) {
            for _ in 0..60 {
                let bytes = numbers.bytes(length);
                let text = base64_simd::STANDARD.encode_to_string(&bytes);
                let diagnosis = of_text(&profile, &text, &[]);
                ran += 1;
                long += usize::from(length >= 13);
                let first = &diagnosis.findings()[0];
                let is_empty = length == 0;
                assert!(is_empty || first.grade() != Grade::Proved, "{algorithm} {text}: {first:?}");
                if first.grade() == Grade::Likely && length >= 13 {
                    likely.push(format!("{algorithm} {length}: {first:?}"));
                }
            }
        }
    }
    assert_eq!(ran, 2 * 35 * 60);
    assert!(likely.len() * 1000 <= long, "{} of {long}: {likely:#?}", likely.len());
}

/// A finding that names settings is one that the receiver can act on.
#[test]
fn settings_really_open_the_text() {
    let mut ran = 0;
    for case in list("vectors/diagnosis.json") {
        let (profile, text) = (profile(&case["enc"]), case["text"].as_str().unwrap());
        for finding in of_text(&profile, text, &[case["value"].as_str().unwrap()]).findings() {
            let Some(settings) = finding.settings() else { continue };
            let changed = settings.apply(&profile).unwrap_or_else(|| panic!("{}: {finding:?}", case["id"]));
            let opened = changed.encryption().unwrap().cipher().decrypt_text(text);
            assert!(opened.is_ok(), "{}: {finding:?}", case["id"]);
            assert!(!strings(&case["causes"]).contains(&"opens"), "nothing has to change: {}", case["id"]);
            ran += 1;
        }
    }
    assert_eq!(ran, 16);
}

#[test]
fn no_secret_is_in_any_output() {
    let other = profile(&json!({"algo": "AES-128-GCM", "key": "OTHERKEYCANARY00", "IV": "OTHERIVCANARY000"}));
    let mut ran = 0;
    for case in list("vectors/diagnosis.json") {
        let (profile, text) = (profile(&case["enc"]), case["text"].as_str().unwrap());
        let mut options = DiagnoseOptions::default();
        let also = [&other];
        options.also = &also;
        let diagnosis = profile.diagnose(&[text], &options);
        let shown = format!("{}{diagnosis:?}{:#?}", diagnosis.to_json(), diagnosis);
        let value = case["value"].as_str().unwrap();
        let secrets = [case["enc"]["key"].as_str().unwrap(), case["enc"]["IV"].as_str().unwrap(), "CANARY"];
        for secret in secrets.into_iter().chain((value.len() > 4).then_some(value)) {
            assert!(!shown.contains(secret), "{}: {shown}", case["id"]);
        }
        ran += 1;
    }
    assert_eq!(ran, 133);
}

#[test]
fn a_proved_value_is_shown_only_where_it_is_asked_for() {
    let profile = profile(&enc(Algorithm::Aes128Gcm));
    let cipher = profile.encryption().unwrap().cipher();
    let text = cipher.encrypt("+919876543210").unwrap();
    let mut options = DiagnoseOptions::default();
    assert_eq!(profile.diagnose(&[&text], &options).findings()[0].value(), None);
    options.show = true;
    let shown = profile.diagnose(&[&text], &options);
    assert_eq!(shown.findings()[0].value(), Some("+919876543210"));
    assert!(
        shown.to_json().contains(r#""value":"+919876543210""#) && !format!("{shown:?}").contains("919876")
    );
    let cfb = super::profile(&enc(Algorithm::Aes128Cfb));
    let text = cfb.encryption().unwrap().cipher().encrypt("+919876543210").unwrap();
    assert_eq!(cfb.diagnose(&[&text], &options).findings()[0].value(), None, "nothing proves it");
}

/// The index of another profile is that in the caller's list, which may have profiles that encrypt nothing.
#[test]
fn settings_name_the_other_profile() {
    let [own, other] =
        [KEY, "another0another1"].map(|key| profile(&json!({"algo": "AES-128-GCM", "key": key, "IV": IV})));
    let plain =
        Profile::parse(r#"{"title": "plain", "http_method": "GET", "url": "https://example.com/"}"#).unwrap();
    let text = other.encryption().unwrap().cipher().encrypt("+919876543210").unwrap();
    let (mut options, also) = (DiagnoseOptions::default(), [&plain, &other]);
    options.also = &also;
    let diagnosis = own.diagnose(&[&text], &options);
    assert_eq!(first(&diagnosis), Cause::OtherKey);
    assert_eq!(diagnosis.findings()[0].settings().and_then(|settings| settings.profile()), Some(1));
}

#[test]
fn bounds() {
    let profile = profile(&enc(Algorithm::Aes128Gcm));
    let options = DiagnoseOptions::default();
    let at_limit = "A".repeat(4096);
    assert_eq!(first(&profile.diagnose(&["A".repeat(4097).as_str()], &options)), Cause::Unknown);
    assert!(!profile.diagnose(&[at_limit.as_str(); 100], &options).findings().is_empty());
    assert_eq!(first(&profile.diagnose(&[], &options)), Cause::Unknown);
    let plain =
        Profile::parse(r#"{"title": "plain", "http_method": "GET", "url": "https://example.com/"}"#).unwrap();
    assert_eq!(first(&plain.diagnose(&["AAAA"], &options)), Cause::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// A text that the documented scheme made opens, and is said to.
    #[test]
    fn what_the_documented_scheme_makes_opens(
        algorithm in proptest::sample::select(Algorithm::ALL),
        encoding in proptest::sample::select(Encoding::ALL),
        tag in proptest::sample::select(TagPlacement::ALL),
        value in "\\PC{0,60}",
    ) {
        let format = WireFormat::default().with_encoding(encoding).with_tag(tag);
        let cipher = Cipher::new(algorithm, &key(algorithm), IV).unwrap().with_wire_format(format);
        let mut options = callback_profile::ParseOptions::default();
        options.wire_format = format;
        let payload = json!({"title": "law", "http_method": "POST", "url": "https://example.com/", "body": {"to": "<to>"}, "enc": enc(algorithm)});
        let profile = Profile::parse_with(payload.to_string(), &options).unwrap();
        let text = cipher.encrypt(&value).unwrap();
        let diagnosis = of_text(&profile, &text, &[]);
        let opens = diagnosis.findings().iter().any(|finding| finding.cause() == Cause::Opens);
        prop_assert!(opens, "{:?}", diagnosis.findings());
    }

    /// Whatever comes in, something is said, and it is within its bounds.
    #[test]
    fn every_text_has_a_diagnosis(text in "\\PC{0,80}|[A-Za-z0-9+/=.:%&;\\\\]{0,120}", expected in "\\PC{0,20}") {
        let profile = profile(&enc(Algorithm::Aes128Cfb));
        let diagnosis = of_text(&profile, &text, &[&expected]);
        let findings = diagnosis.findings();
        prop_assert!(!findings.is_empty());
        let is_unknown = findings.iter().any(|finding| finding.cause() == Cause::Unknown);
        prop_assert_eq!(diagnosis.is_found(), !is_unknown);
        prop_assert!(!is_unknown || findings.len() == 1);
        for finding in findings {
            let chance = finding.chance();
            prop_assert!(chance.is_none_or(|chance| (0.0..=1.0).contains(&chance)));
            prop_assert!(finding.grade() != Grade::Likely || chance.is_some_and(|chance| chance <= 1e-3));
        }
        let json: serde_json::Value = serde_json::from_str(&diagnosis.to_json()).unwrap();
        prop_assert_eq!(json["findings"].as_array().unwrap().len(), findings.len());
    }
}
