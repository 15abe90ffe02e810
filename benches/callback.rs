//! validate, message, callback, open and cipher: what a service does per request, with results asserted.
//!
//! `cargo bench`; ratios against peers are in `benches/peers`.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::hint::black_box;

use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{CallbackOptions, Method, OpenOptions, Profile, Record};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

const KEY: &str = "K1abcdefghijkl2P";
const IV: &str = "POabcdefghijklLY";

/// A profile with 24 replacers in its body, and a record with a value of `length` characters for each.
fn sample(algorithm: Algorithm, length: usize) -> (String, String) {
    let members = |value: &dyn Fn(usize) -> String| {
        let list: Vec<String> = (0..24).map(|n| format!("\"name_{n}\": \"{}\"", value(n))).collect();
        list.join(", ")
    };
    let body = members(&|n| format!("<value_{n}>"));
    let profile = format!(
        r#"{{"title": "bench", "http_method": "POST", "url": "https://example.com/in", "body": {{{body}}},
        "enc": {{"algo": "{}", "key": "{KEY}", "IV": "{IV}"}}}}"#,
        algorithm.name()
    );
    let record: Vec<String> = (0..24)
        .map(|n| format!("\"value_{n}\": \"{}\"", "x".repeat(length - 2) + &format!("{n:02}")))
        .collect();
    (profile, format!("{{{}}}", record.join(", ")))
}

fn benches(criterion: &mut Criterion) {
    let payload = include_str!("../examples/profiles/encrypted-gcm.json");
    assert!(Profile::parse(payload).is_ok());
    criterion.bench_function("validate", |bench| bench.iter(|| Profile::parse(black_box(payload))));

    let message = r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/", "response_message":
        "Dear {\"name\": \"first_name\"}, thank you for your order <order.id>. It will reach you at <address> soon."}"#;
    let profile = Profile::parse(message).unwrap();
    let record = r#"{"first_name": "John", "order": {"id": 4711}, "address": "1 Example Street"}"#;
    let parsed = Record::parse(record).unwrap();
    let text = profile.message(&parsed).unwrap().text;
    assert_eq!(text, "Dear John, thank you for your order 4711. It will reach you at 1 Example Street soon.");
    criterion.bench_function("message", |bench| bench.iter(|| profile.message(black_box(&parsed))));

    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        let (payload, record) = sample(algorithm, 64);
        let profile = Profile::parse(&payload).unwrap();
        let build = || profile.callback(&Record::parse(black_box(&record)).unwrap()).unwrap();
        let body = build().body.unwrap();
        let opened: serde_json::Value = serde_json::from_str(profile.open(&body).unwrap().json()).unwrap();
        assert_eq!(opened["name_7"], "x".repeat(62) + "07");
        let name = algorithm.name();
        criterion.bench_function(&format!("callback 24x64 {name}"), |bench| bench.iter(build));
        criterion.bench_function(&format!("open 24x64 {name}"), |bench| {
            bench.iter(|| profile.open(black_box(&body)))
        });

        let cipher = Cipher::new(algorithm, KEY, IV).unwrap();
        let plaintext = [b'x'; 64];
        assert_eq!(cipher.decrypt(cipher.encrypt(plaintext).unwrap()).unwrap(), plaintext);
        let encrypt = |plaintext: [u8; 64]| cipher.encrypt(plaintext);
        criterion.bench_function(&format!("encrypt 64 {name}"), |bench| {
            bench.iter_batched(|| black_box(plaintext), encrypt, BatchSize::SmallInput)
        });
    }
}

/// The same body sealed as a whole, and opened.
fn sealed(criterion: &mut Criterion) {
    let (payload, record) = sample(Algorithm::Aes128Gcm, 64);
    let start = payload.find("\"enc\"").unwrap();
    let key = "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    let payload = format!(r#"{}"enc": {{"version": 2, "kid": "k1", "key": "{key}"}}}}"#, &payload[..start]);
    let profile = Profile::parse(&payload).unwrap();
    let mut options = CallbackOptions::default();
    (options.random, options.issued_at, options.id) = (Some(&[7; 32]), Some(1_800_000_000), Some("msg_1"));
    let build = || profile.callback_with(&Record::parse(black_box(&record)).unwrap(), &options).unwrap();
    let body = build().body.unwrap();
    let mut opening = OpenOptions::default();
    opening.expected = Some(Expected {
        freshness: Freshness::Within { now: 1_800_000_000, tolerance: 300 },
        method: Some(Method::Post),
        url: Some("https://example.com/in"),
        profile_id: None,
    });
    let open = || profile.open_with(black_box(&body), &opening).unwrap();
    let opened: serde_json::Value = serde_json::from_str(open().json()).unwrap();
    assert_eq!(opened["name_7"], "x".repeat(62) + "07");
    criterion.bench_function("callback 24x64 sealed", |bench| bench.iter(build));
    criterion.bench_function("open 24x64 sealed", |bench| bench.iter(open));

    let secret = || SigningSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let (signer, verifier) = (Signer::new([secret()]).unwrap(), Verifier::new([secret()]).unwrap());
    let sign = || signer.sign("msg_1", 1_800_000_000, black_box(body.as_bytes())).unwrap();
    let signature = sign();
    let verify =
        || verifier.verify(signature.headers(), black_box(body.as_bytes()), 1_800_000_000, 300).unwrap();
    assert_eq!(verify().id, "msg_1");
    criterion.bench_function("sign 24x64", |bench| bench.iter(sign));
    criterion.bench_function("verify 24x64", |bench| bench.iter(verify));
}

criterion_group!(all, benches, sealed);
criterion_main!(all);
