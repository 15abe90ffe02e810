//! A canary key and IV in a great many failing calls: nothing that comes back, in whatever spelling, holds either.

use std::error::Error as _;
use std::fmt::{Debug, Write};

use callback_profile::cipher::{Algorithm, Cipher, Iv, Key};
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::json::{Document, Value};
use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{
    CallbackOptions, Envelope, Error, Limits, Missing, OpenOptions, ParseOptions, Policy, Profile, Record,
    Report, Request, StoredProfile,
};

use crate::{IV, KEY};

/// xorshift64*, seeded: every run makes the same calls.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % bound
    }
}

const SPLINTERS: [&str; 24] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    "\\",
    ",",
    ":",
    "é",
    "\0",
    "\\u0000",
    "null",
    "1",
    "-",
    "\r\n",
    " ",
    "<x>",
    "%",
    "&",
    "=",
    "true",
    "AES-256-GCM",
    "A",
    "",
];

fn payload() -> String {
    format!(
        r#"{{"title":"canary","http_method":"POST","url":"http://10.0.0.1/<p>?q=<x>","body":{{"a":"<x>","b":5}},"response_message":"{{\"l\":\"x\"}} <y>","headers":{{"x-a":"<h>"}},"enc":{{"algo":"AES-128-GCM","key":"{KEY}","IV":"{IV}","params":["a","q"]}},"channel":"sms","events":["SMS-sent"]}}"#
    )
}

/// A sealed profile whose key holds the canary.
fn sealed_payload() -> String {
    format!(
        r#"{{"title":"canary","http_method":"POST","url":"https://example.com/cb?q=<x>","body":{{"a":"<x>","b":5}},"enc":{{"version":2,"kid":"k1","key":"{}"}}}}"#,
        sealing_key()
    )
}

fn sealing_key() -> String {
    format!("cbk2_{KEY}{}A", &IV[..10].repeat(3)[..26])
}

fn signing_secret() -> String {
    format!("whsec_{KEY}{IV}")
}

/// The text with up to three pieces cut out or put in; a quarter of the time around key or IV.
///
/// The key is not put in anywhere else: as a member's *name* it would be shown, for pointers name the members.
fn mutated(random: &mut Random, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(3) {
        let near = if random.below(4) == 0 {
            text.find("CANARY").map_or(0, |at| at + random.below(40))
        } else {
            usize::MAX
        };
        let mut from = if near < text.len() { near } else { random.below(text.len() + 1) };
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (from + random.below(4)).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        match random.below(8) {
            0 => text.truncate(from),
            _ => text.replace_range(from..to, SPLINTERS[random.below(SPLINTERS.len())]),
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

/// All that a failure says.
struct Said {
    text: String,
    failures: usize,
    leaks: usize,
    /// Leaks of a key that a mutation had turned into a member's name.
    names: usize,
}

impl Said {
    fn thing(&mut self, thing: &(impl Debug + std::fmt::Display)) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{thing} {thing:?} {thing:#?}");
    }

    fn error(&mut self, error: Option<Error>) {
        let Some(error) = error else { return };
        self.text.clear();
        self.thing(&error);
        let _ = write!(self.text, "{:?} {:?}", error.parameter(), error.code());
        if let Some(source) = error.source() {
            self.thing(&source);
        }
        self.judge();
    }

    fn report(&mut self, given: &str, report: Option<Report>) {
        let Some(report) = report else { return };
        self.text.clear();
        self.thing(&report);
        let envelope = Envelope::refused(&report);
        let _ = write!(self.text, "{envelope:?}{}", envelope.to_json());
        if has_secret_name(given) && holds_secret(&self.text) {
            (self.failures, self.names) = (self.failures + 1, self.names + 1);
            return;
        }
        self.judge();
    }

    fn judge(&mut self) {
        self.failures += 1;
        if holds_secret(&self.text) {
            self.leaks += 1;
            println!("LEAK: {}", self.text);
        }
    }
}

fn holds_secret(text: &str) -> bool {
    text.contains(KEY) || text.contains(IV)
}

/// Whether a member's name holds key or IV: names are shown, by design, for pointers are made of them.
fn has_secret_name(text: &str) -> bool {
    fn walk(value: Value<'_>) -> bool {
        value.elements().any(walk) || value.members().any(|(name, value)| holds_secret(name) || walk(value))
    }
    Document::read(text.as_bytes(), &Limits::default()).is_ok_and(|document| walk(document.root()))
}

fn profile_error(profile: &Profile, given: &str, options: &OpenOptions<'_>) -> Option<Error> {
    profile.open_with(given, options).err()
}

pub fn run(calls: usize) -> usize {
    let mut random = Random(0x0DDB_A115_EED5_0001);
    let mut said = Said { text: String::new(), failures: 0, leaks: 0, names: 0 };
    let (text, profile) = (payload(), Profile::parse(payload()).expect("valid"));
    let record_text = r#"{"x":"v","y":"w","p":"p","h":"h"}"#;
    let body = profile
        .callback(&Record::parse(record_text).expect("an object"))
        .expect("a callback")
        .body
        .expect("a body");
    let mut strict = ParseOptions::default();
    strict.policy = Policy::Strict;
    let mut missing = CallbackOptions::default();
    missing.missing = Missing::Error;
    let patch = format!(r#"{{"title":"p","enc":{{"algo":"AES-128-CFB","key":"{KEY}","IV":"{IV}"}}}}"#);
    let (sealed_text, sealed) = (sealed_payload(), Profile::parse(sealed_payload()).expect("valid"));
    let mut options = CallbackOptions::default();
    (options.random, options.issued_at, options.id) = (Some(&[7; 32]), Some(1), Some("msg"));
    let sealed_body = sealed
        .callback_with(&Record::parse(record_text).expect("an object"), &options)
        .expect("a callback")
        .body
        .expect("a body");
    let mut opening = OpenOptions::default();
    opening.expected =
        Some(Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None });
    let secret = || SigningSecret::parse(&signing_secret()).expect("a secret");
    let (signer, verifier) = (Signer::new([secret()]).expect("one"), Verifier::new([secret()]).expect("one"));
    let mut kinds = [0; 12];
    while said.failures < calls {
        let before = said.failures;
        let kind = random.below(kinds.len());
        match kind {
            0..5 => {
                let given = mutated(&mut random, if kind == 3 { &patch } else { &text });
                said.report(
                    &given,
                    match kind {
                        0 => Profile::parse(&given).err(),
                        1 => Profile::parse_with(&given, &strict).err(),
                        2 => StoredProfile::parse(&given).err(),
                        3 => profile.patch(&given).err(),
                        _ => Envelope::parse(&given).err(),
                    },
                );
            }
            5 => {
                let (sid, text) = (mutated(&mut random, "HX0"), mutated(&mut random, &text));
                let headers = [("api-key", "k"), ("content-type", "application/json")];
                let request = Request { sid: &sid, headers: &headers, payload: text.as_bytes() };
                said.report(&text, request.parse(&strict).err());
            }
            6 => {
                let text = mutated(&mut random, record_text);
                match Record::parse(&text) {
                    Ok(record) => said.error(profile.callback_with(&record, &missing).err()),
                    Err(error) => said.error(Some(error)),
                }
            }
            7 => said.error(profile.open(mutated(&mut random, &body)).err()),
            8 => {
                let given = mutated(&mut random, &sealed_text);
                said.report(&given, Profile::parse(&given).err());
            }
            9 => {
                let given = mutated(&mut random, &sealed_body);
                said.error(profile_error(&sealed, &given, &opening));
                let mut diagnose = DiagnoseOptions::default();
                diagnose.body = Some(given.as_bytes());
                said.text.clear();
                let diagnosis = sealed.diagnose(&[], &diagnose);
                let _ = write!(
                    said.text,
                    "{diagnosis:?} {} {sealed:?} {:?}",
                    diagnosis.to_json(),
                    sealed.sealed_encryption()
                );
                said.judge();
            }
            10 => {
                let signature = signer.sign("msg", 1, b"body").expect("signed");
                let changed = mutated(&mut random, &signature.signature);
                let headers =
                    [signature.headers()[0], signature.headers()[1], ("webhook-signature", &changed)];
                said.error(verifier.verify(headers, b"body", 1, 0).err());
                said.error(SigningSecret::parse(&mutated(&mut random, &signing_secret())).err());
                said.text.clear();
                let _ = write!(said.text, "{signer:?} {verifier:?} {:?}", secret());
                said.judge();
            }
            _ => {
                let (key, iv) = (mutated(&mut random, KEY), mutated(&mut random, IV));
                let algorithm = Algorithm::ALL[random.below(6)];
                said.error(Cipher::new(algorithm, &key, &iv).err().map(Error::Cipher));
                for error in [Key::new(algorithm, &key).err(), Iv::new(&iv).err()].into_iter().flatten() {
                    said.text.clear();
                    said.thing(&error);
                    said.judge();
                }
            }
        }
        kinds[kind] += said.failures - before;
    }
    println!("failures of each kind: {kinds:?}");
    println!("of these, keys that a mutation made a member's name, which is shown: {}", said.names);
    assert!(said.names <= calls / 10_000, "too many of them");
    assert!(kinds.iter().all(|count| *count > calls / 50), "a kind of call hardly ever failed");
    println!("count canary rust ran={} refused=0 failed={}", said.failures, said.leaks);
    said.leaks
}
