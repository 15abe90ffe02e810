//! Keys, IVs and header values never show in what is printed or logged: not in any `Debug` or `Display`, not in a
//! message, an advisory or a masked envelope, whatever goes wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)] // a test may panic

#[path = "support/diagnoses.rs"]
mod diagnoses;

use std::fmt::{Debug, Display};

use callback_profile::cipher::{Algorithm, Cipher, Iv, Key};
use callback_profile::json::Document;
use callback_profile::{
    CallbackBuffer, CallbackOptions, Envelope, Error, Limits, Missing, ParseOptions, Policy, Profile, Record,
    Report, Request, Secrets, StoredProfile,
};

const KEY: &str = "CANARYkEy7Qz2Wx5";
const IV: &str = "CANARYiVq8Zr2LmV";
const HEADER: &str = "CANARYheader";

/// What was shown, and of how many things.
#[derive(Default)]
struct Shown {
    things: usize,
}

impl Shown {
    fn text(&mut self, text: &str) {
        self.things += 1;
        assert!(!text.contains("CANARY"), "a secret is shown: {text}");
    }

    fn debug(&mut self, thing: &impl Debug) {
        assert!(!format!("{thing:?}").is_empty(), "nothing is shown");
        self.text(&format!("{thing:?}"));
        self.text(&format!("{thing:#?}"));
    }

    fn both(&mut self, thing: &(impl Debug + Display)) {
        self.debug(thing);
        self.text(&thing.to_string());
    }

    fn error(&mut self, error: &Error) {
        self.both(error);
        self.debug(&(error.code(), error.parameter(), error.code().text()));
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            self.both(&inner);
            source = inner.source();
        }
    }

    fn report(&mut self, report: &Report) {
        self.both(report);
        self.text(report.message());
        report.violations().iter().for_each(|violation| self.both(violation));
        let envelope = Envelope::refused(report);
        self.debug(&envelope);
        self.text(&envelope.to_json());
    }

    /// JSON that shows header values, since they are no secret of the profile's reader, but neither key nor IV.
    fn masked(&mut self, json: &str) {
        self.text(&json.replace(HEADER, ""));
        assert!(json.contains("********"), "nothing is masked: {json}");
    }

    fn profile(&mut self, profile: &Profile) {
        self.debug(profile);
        self.debug(profile.options());
        profile.advisories().iter().for_each(|advisory| {
            self.both(advisory);
            self.text(advisory.message());
        });
        profile.headers().iter().for_each(|header| self.debug(header));
        if let Some(enc) = profile.encryption() {
            self.debug(enc);
            self.debug(enc.cipher());
            self.masked(&profile.to_json(Secrets::Masked));
            self.masked(&profile.to_json(Secrets::default()));
            for envelope in [
                Envelope::created(profile, Some("id"), Secrets::Masked),
                Envelope::updated(profile, None, Secrets::default()),
            ] {
                self.debug(&envelope);
                self.masked(&envelope.to_json());
                self.masked(envelope.data());
            }
            self.debug(&Envelope::created(profile, None, Secrets::Shown));
        }
    }
}

fn payload() -> String {
    format!(
        r#"{{"title":"canary","http_method":"POST","url":"http://10.0.0.1/<p>?q=<x>","body":{{"a":"<x>","b":5}},
        "response_message":"{{\"l\":\"x\"}} <y>","headers":{{"Authorization":"{HEADER} <h>","x-b":"{HEADER}"}},
        "enc":{{"algo":"AES-128-GCM","key":"{KEY}","IV":"{IV}","params":["a","q","nothing"]}},"channel":"sms","events":["SMS-sent"],"z":1}}"#
    )
}

#[test]
fn nothing_that_is_made_shows_a_secret() {
    let mut shown = Shown::default();
    let profile = Profile::parse(payload()).unwrap();
    shown.profile(&profile);
    assert!(profile.to_json(Secrets::Shown).contains(KEY), "shown is shown");

    let text = r#"{"x":"v","y":"w","p":"p","h":"CANARYheader"}"#;
    let record = Record::parse(text).unwrap();
    shown.debug(&record);
    let callback = profile.callback(&record).unwrap();
    shown.debug(&callback);
    let mut buffer = CallbackBuffer::default();
    profile.callback_into(text.as_bytes(), &CallbackOptions::default(), &mut buffer).unwrap();
    shown.debug(&buffer);
    shown.debug(&profile.message(&record).unwrap());
    shown.debug(&profile.open(callback.body.unwrap()).unwrap());

    let stored = StoredProfile::parse(payload()).unwrap();
    shown.debug(&stored);
    let fetched = Envelope::fetched(&stored, Secrets::Masked);
    shown.debug(&fetched);
    shown.masked(&fetched.to_json());
    shown.debug(&Envelope::parse(Envelope::fetched(&stored, Secrets::Shown).to_json()).unwrap());

    let text = payload();
    let request = Request {
        sid: "HX0",
        headers: &[("api-key", HEADER), ("content-type", HEADER)],
        payload: text.as_bytes(),
    };
    shown.debug(&request);
    shown.report(&request.parse(&ParseOptions::default()).unwrap_err());
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    shown.debug(&document);
    shown.debug(&document.root());
    shown.debug(&document.root().get("enc").unwrap().get("key").unwrap());

    shown.debug(&Key::new(Algorithm::Aes128Gcm, KEY).unwrap());
    shown.debug(&Iv::new(IV).unwrap());
    shown.debug(&Cipher::new(Algorithm::Aes128Gcm, KEY, IV).unwrap());
    assert!(shown.things > 60, "{}", shown.things);
}

#[test]
fn no_refused_payload_shows_a_secret() {
    let (mut shown, mut refused) = (Shown::default(), 0);
    let valid = payload();
    let mut options = [ParseOptions::default(), ParseOptions::default(), ParseOptions::default()];
    options[1].policy = Policy::Strict;
    (options[2].limits.header_value_bytes, options[2].limits.headers_bytes) = (3, 5);
    // Every way to cut it short, and every character replaced by what JSON is made of.
    let cut = (0..valid.len()).map(|at| valid[..at].to_owned());
    let replaced = (0..valid.len()).flat_map(|at| {
        ["\"", "{", "}", "\\", "é", "\0", ",", "!", ""]
            .map(|other| [&valid[..at], other, &valid[at + 1..]].concat())
    });
    for text in cut.chain(replaced).chain([valid.clone()]) {
        for options in &options {
            match Profile::parse_with(&text, options) {
                Ok(profile) if text.len() % 7 == 0 => shown.profile(&profile),
                Ok(_) => {}
                Err(report) => {
                    refused += 1;
                    shown.report(&report);
                }
            }
        }
        StoredProfile::parse(&text).err().iter().for_each(|report| shown.report(report));
        Record::parse(&text).err().iter().for_each(|error| shown.error(error));
        Envelope::parse(&text).err().iter().for_each(|report| shown.report(report));
    }
    assert!(refused > 5_000, "only {refused} payloads were refused");
}

#[test]
fn no_wrong_member_shows_a_secret() {
    let mut shown = Shown::default();
    let valid = payload();
    let wrong_keys =
        ["CANARY", "CANARYCANARYCANARYCANARY", "CANARY+++++++++!", "CANARYé\\u0000", "CANARY\\n"];
    for wrong in wrong_keys {
        for (from, to) in [
            (KEY, wrong),
            (IV, wrong),
            (HEADER, wrong),
            (HEADER, "CANARY\\r\\nX: y"),
            ("AES-128-GCM", wrong),
            ("http://10.0.0.1", wrong),
        ] {
            let text = valid.replace(from, to);
            Profile::parse(&text).err().iter().for_each(|report| shown.report(report));
            let profile = Profile::parse(&valid).unwrap();
            profile.patch(&text).err().iter().for_each(|report| shown.report(report));
            profile
                .patch(format!(r#"{{"enc":{{"key":"{wrong}","IV":{{"CANARIES":1}}}}}}"#))
                .err()
                .iter()
                .for_each(|report| shown.report(report));
        }
        for &algorithm in Algorithm::ALL {
            Key::new(algorithm, wrong).err().iter().for_each(|error| shown.both(error));
            Cipher::new(algorithm, wrong, wrong).err().iter().for_each(|error| shown.both(error));
        }
        Iv::new(wrong).err().iter().for_each(|error| shown.both(error));
    }
    assert!(shown.things > 500, "{}", shown.things);
}

#[test]
fn no_failing_call_on_a_profile_shows_a_secret() {
    let (mut shown, mut failed) = (Shown::default(), 0);
    let mut fails = |error: Option<Error>| {
        failed += usize::from(error.is_some());
        error.iter().for_each(|error| shown.error(error));
    };
    let profile = Profile::parse(payload()).unwrap();
    let mut small = ParseOptions::default();
    small.limits.output_bytes = 30;
    small.limits.received_bytes = 200;
    let small = Profile::parse_with(payload(), &small).unwrap();
    for value in ["CANARY\\r\\n", "CANARY\\u0000", "..", "", "CANARYCANARYCANARYCANARY"] {
        for name in ["x", "p", "h"] {
            let text = format!(r#"{{"{name}":"{value}"}}"#);
            let record = Record::parse(&text).unwrap();
            let mut options = CallbackOptions::default();
            options.missing = Missing::Error;
            options.boundary = Some("CANARY\r\n");
            for profile in [&profile, &small] {
                fails(profile.callback(&record).err());
                fails(profile.callback_with(&record, &options).err());
                fails(profile.message(&record).err());
            }
        }
    }
    // Received texts, whole and broken in every place; a stranger's plaintext is no secret of ours, the key is.
    let record = Record::parse(r#"{"x":"v","p":"p","h":"h"}"#).unwrap();
    let body = profile.callback(&record).unwrap().body.unwrap();
    for at in 0..body.len() {
        for other in ["", "\"", "A", "é", "{", "\\"] {
            let broken = [&body[..at], other, &body[at + 1..]].concat();
            fails(profile.open(&broken).err());
            fails(profile.open(&broken[..at]).err());
            fails(small.open(broken.repeat(9)).err());
        }
    }
    assert!(failed > 500, "only {failed} calls failed");
}

/// `make canary` makes 100,000.
#[test]
fn no_diagnosis_shows_a_secret() {
    assert_eq!(diagnoses::run(300, 1), 0);
}
