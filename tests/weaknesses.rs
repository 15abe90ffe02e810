//! What the documented format does not protect, beside the forgery of `tests/forgery.rs`: claims of SECURITY.md, shown.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)] // a test may panic

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{AesGcm, Nonce, aes};
use callback_profile::cipher::{Algorithm, Cipher, Reading, WireFormat};
use callback_profile::{AdvisoryCode, Profile, Record};
use cfb_mode::cipher::consts::U12;
use serde_json::{Value, json};

const KEY: &str = "K1abcdefghijkl2P";
const IV: &str = "POabcdefghijklLY";

fn profile(algorithm: &str) -> Profile {
    let payload = json!({
        "title": "weaknesses", "http_method": "POST", "url": "https://example.com/",
        "body": {"from": "<from>", "to": "<to>"},
        "enc": {"algo": algorithm, "key": KEY, "IV": IV},
    });
    Profile::parse(payload.to_string()).unwrap()
}

/// What AES under the profile's key makes of a block: under CFB the second block of the plaintext is E(first block of the
/// text) XOR the second one, which is zero here.
fn ask(cipher: &Cipher, block: [u8; 16]) -> Vec<u8> {
    let text = base64_simd::STANDARD.encode_to_string([block, [0; 16]].concat());
    cipher.decrypt(text).unwrap().split_off(16)
}

#[test]
fn cfb_under_one_iv_reads_gcm_under_the_same_key() {
    // Somebody else uses the key well: GCM with a nonce that nobody used before.
    let (nonce, secret) =
        ([7_u8; 12], b"a message of more than one block, which has nothing to do with profiles");
    let gcm = AesGcm::<aes::Aes128, U12>::new_from_slice(KEY.as_bytes()).unwrap();
    let sealed = gcm.encrypt(&Nonce::<U12>::try_from(&nonce[..]).unwrap(), &secret[..]).unwrap();

    // Whoever can have texts decrypted by a profile with that key asks for the keystream.
    let profile = profile("AES-128-CFB");
    let cipher = profile.encryption().unwrap().cipher();
    let keystream: Vec<u8> = (2..7_u8)
        .flat_map(|counter| {
            let mut block = [0; 16];
            block[..12].copy_from_slice(&nonce);
            block[15] = counter;
            ask(cipher, block)
        })
        .collect();
    let read: Vec<u8> =
        sealed.iter().zip(&keystream).map(|(text, key)| text ^ key).take(secret.len()).collect();
    assert_eq!(read, secret);

    // A patch that changes the mode under the same key is accepted, and says so.
    let patched = profile.patch(r#"{"enc":{"algo":"AES-128-GCM"}}"#).unwrap();
    let says = |profile: &Profile| {
        profile.advisories().iter().any(|advisory| advisory.code == AdvisoryCode::KeyReusedAcrossModes)
    };
    assert!(says(&patched));
    assert!(!says(&profile.patch(r#"{"title":"patched"}"#).unwrap()));
}

/// Every spelling on one line that tolerant base64 has for a text.
fn spellings(text: &str) -> Vec<String> {
    let body = text.trim_end_matches('=');
    let mut all = vec![String::new()];
    for character in body.chars() {
        let choices = match character {
            '+' => "+- ".to_owned(),
            '/' => "/_".to_owned(),
            other => other.to_string(),
        };
        all =
            all.iter().flat_map(|start| choices.chars().map(move |next| format!("{start}{next}"))).collect();
    }
    let paddings = 0..=text.len() - body.len();
    paddings.flat_map(|signs| all.iter().map(move |start| format!("{start}{}", "=".repeat(signs)))).collect()
}

#[test]
fn one_value_has_many_texts_and_one_where_reading_is_strict() {
    let value = "Your parcel 4711 is on its way and will reach you on Thursday...";
    let tolerant = Cipher::new(Algorithm::Aes128Cfb, KEY, IV).unwrap();
    let strict = Cipher::new(Algorithm::Aes128Cfb, KEY, IV)
        .unwrap()
        .with_wire_format(WireFormat::default().with_reading(Reading::Strict));
    let text = tolerant.encrypt(value).unwrap();
    let all = spellings(&text);
    // Four plus signs with three spellings each, two slashes with two, and padding of two, one or no signs.
    assert_eq!((value.len(), all.len()), (64, 972));
    for spelling in &all {
        assert_eq!(tolerant.decrypt_text(spelling).unwrap(), value, "{spelling}");
        assert_eq!(strict.decrypt_text(spelling).is_ok(), *spelling == text, "{spelling}");
    }
}

#[test]
fn a_text_is_as_good_under_another_name_and_in_another_callback() {
    for algorithm in ["AES-128-GCM", "AES-128-CFB"] {
        let profile = profile(algorithm);
        let sent = |record: &str| -> Value {
            let callback = profile.callback(&Record::parse(record).unwrap()).unwrap();
            serde_json::from_str(&callback.body.unwrap()).unwrap()
        };
        let first = sent(r#"{"from":"+919876543210","to":"+12025550123"}"#);
        let second = sent(r#"{"from":"+441234567890","to":"+331234567890"}"#);
        let mixed = json!({"from": second["to"], "to": first["from"]});
        let opened = profile.open(mixed.to_string()).unwrap();
        assert_eq!(opened.json(), r#"{"from":"+331234567890","to":"+919876543210"}"#, "{algorithm}");
    }
}
