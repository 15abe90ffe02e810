//! Key operations for callgrind: `benches/instructions/run` counts their instructions.
//!
//! `callback-profile-instructions OPERATION REPEATS` prepares the operation, runs it once to warm up (processor features
//! are looked up, buffers grow), and then so many times within [`measured`], the only function that callgrind collects.
//! It prints the nanoseconds of one run, for a look without callgrind. Without arguments it prints the operations' names.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::{CallbackBuffer, CallbackOptions, Profile, Record, StoredProfile};
use callback_profile_ghash::GHash;

const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
const IV: &str = "POabcdefghijklLY";
const PAYLOAD: &str = include_str!("../payload.json");
const BROKEN_PAYLOAD: &str = r#"{"title": "ab", "http_method": "PATCH", "url": "ftp://example.com/", "headers": {"a": 1},
    "enc": {"algo": "AES-128-GCM", "key": "short"}}"#;
const MESSAGE: &str = "Dear <first_name>, thank you for your order <order>, which we have received and will now prepare for you \
    with great care. It will reach you at <address> within the next three working days. Kind regards, your team of the shop";

const LATIN: &str = "-The quick brown fox jumps over the lazy dog. ";
const DEVANAGARI: &str = "नमस्ते आपका ऑर्डर ";

type Operation = Box<dyn FnMut()>;
type Prepare = fn() -> Operation;

fn main() -> ExitCode {
    let operations: [(&str, Prepare); 17] = [
        ("check-640", || Box::new(|| drop(black_box(Profile::check(black_box(PAYLOAD)))))),
        ("parse-640", || Box::new(|| drop(black_box(Profile::parse(black_box(PAYLOAD)))))),
        ("refuse", || Box::new(|| drop(black_box(Profile::parse(black_box(BROKEN_PAYLOAD)))))),
        ("stored-640", stored),
        ("record-24x64", || {
            let record = record(LATIN);
            Box::new(move || drop(black_box(Record::parse(black_box(&record)))))
        }),
        ("gcm-64", || one_value(Algorithm::Aes128Gcm)),
        ("cfb-24x64", || batch(Algorithm::Aes128Cfb)),
        ("message-200", message),
        ("ghash-64", ghash),
        ("callback-gcm-24x64", || callback(Algorithm::Aes128Gcm, LATIN)),
        ("callback-cfb-24x64", || callback(Algorithm::Aes128Cfb, LATIN)),
        ("callback-gcm-devanagari", || callback(Algorithm::Aes128Gcm, DEVANAGARI)),
        ("callback-owned", owned),
        ("open-gcm-24x64", || open(Algorithm::Aes128Gcm, LATIN)),
        ("open-cfb-24x64", || open(Algorithm::Aes128Cfb, LATIN)),
        ("open-gcm-devanagari", || open(Algorithm::Aes128Gcm, DEVANAGARI)),
        ("open-cfb-devanagari", || open(Algorithm::Aes128Cfb, DEVANAGARI)),
    ];
    let mut arguments = std::env::args().skip(1);
    let (Some(name), Some(repeats)) = (arguments.next(), arguments.next()) else {
        operations.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    };
    let repeats = repeats.parse().expect("a number of repeats");
    let Some((_, prepare)) = operations.iter().find(|(known, _)| *known == name) else {
        eprintln!("no such operation: {name}");
        return ExitCode::FAILURE;
    };
    let mut operation = prepare();
    operation();
    let start = Instant::now();
    measured(&mut operation, repeats);
    println!("{:.0}", start.elapsed().as_nanos() as f64 / f64::from(repeats));
    ExitCode::SUCCESS
}

#[inline(never)]
fn measured(operation: &mut Operation, repeats: u32) {
    for _ in 0..repeats {
        operation();
    }
}

fn one_value(algorithm: Algorithm) -> Operation {
    let cipher = Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV).unwrap();
    let plaintext = value(LATIN, 64, 1);
    let mut text = [0; 128];
    Box::new(move || assert_eq!(cipher.encrypt_into(black_box(&plaintext), &mut text), Ok(108)))
}

fn batch(algorithm: Algorithm) -> Operation {
    let cipher = Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV).unwrap();
    let values: Vec<String> = (0..24).map(|number| value(LATIN, 64, number)).collect();
    let mut texts = Vec::new();
    Box::new(move || cipher.encrypt_all(black_box(&values), &mut texts).unwrap())
}

fn stored() -> Operation {
    let more = r#"{"profile_id": "stage_1", "status": 1, "created_at": "2024-05-06T07:08:09Z", "modified_at": "2024-05-06T07:08:09Z","#;
    let text = PAYLOAD.replacen('{', more, 1);
    assert!(StoredProfile::parse(&text).is_ok());
    Box::new(move || drop(black_box(StoredProfile::parse(black_box(&text)))))
}

fn message() -> Operation {
    let text = MESSAGE.replace('"', "\\\"");
    let payload = format!(
        r#"{{"title": "bot", "http_method": "GET", "url": "https://example.com/", "response_message": "{text}"}}"#
    );
    let profile = Profile::parse(payload).unwrap();
    let record = r#"{"first_name": "John", "order": "4711-0815", "address": "1 Example Street"}"#;
    let record = Record::parse(record).unwrap();
    Box::new(move || drop(black_box(profile.message(black_box(&record)))))
}

fn ghash() -> Operation {
    let (hash, text) = (GHash::new([7; 16]), [3; 64]);
    Box::new(move || _ = black_box(hash.hash(b"", black_box(&text), 512)))
}

fn callback(algorithm: Algorithm, text: &str) -> Operation {
    let (profile, record) = (profile(algorithm), record(text));
    let mut buffer = CallbackBuffer::default();
    let options = CallbackOptions::default();
    Box::new(move || profile.callback_into(black_box(record.as_bytes()), &options, &mut buffer).unwrap())
}

fn owned() -> Operation {
    let (profile, record) = (profile(Algorithm::Aes128Gcm), record(LATIN));
    Box::new(move || drop(black_box(profile.callback(black_box(record.as_str())))))
}

fn open(algorithm: Algorithm, text: &str) -> Operation {
    let profile = profile(algorithm);
    let body = profile.callback(&Record::parse(&record(text)).unwrap()).unwrap().body.unwrap();
    Box::new(move || drop(black_box(profile.open(black_box(&body)))))
}

/// A value of at most so many bytes, made of a text and a number.
fn value(text: &str, length: usize, number: usize) -> String {
    let mut value = String::new();
    for character in format!("{number:04}{text}").chars().cycle() {
        if value.len() + character.len_utf8() > length {
            break;
        }
        value.push(character);
    }
    value
}

fn record(text: &str) -> String {
    members(24, |number| value(text, 64, number))
}

fn profile(algorithm: Algorithm) -> Profile {
    let body = members(24, |number| format!("<member_{number}>"));
    let (name, key) = (algorithm.name(), &KEY[..algorithm.key_len()]);
    Profile::parse(format!(
        r#"{{"title": "bench", "http_method": "POST", "url": "https://example.com/in", "body": {body},
        "enc": {{"algo": "{name}", "key": "{key}", "IV": "{IV}"}}}}"#
    ))
    .unwrap()
}

fn members(count: usize, text: impl Fn(usize) -> String) -> String {
    let list: Vec<String> =
        (0..count).map(|number| format!("\"member_{number}\":\"{}\"", text(number))).collect();
    format!("{{{}}}", list.join(","))
}
