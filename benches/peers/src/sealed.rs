//! Sealed callbacks, version 2: made and opened, against a program that makes and opens the same JWE by hand.

use std::hint::black_box;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use callback_profile::cipher::Algorithm;
use callback_profile::seal::{Expected, Freshness};
use callback_profile::{CallbackBuffer, CallbackOptions, Method, OpenOptions, Profile};
use serde_json::{Value, json};

use crate::contest::{Contest, Race};
use crate::jwe_by_hand::JweByHand;
use crate::sample::Sample;

const PEER: &str = "serde_json + aes-gcm + base64";
const KID: &str = "2026-11";
const URL: &str = "https://example.com/in";
const ID: &str = "msg_1";
const NOW: u64 = 1_800_000_000;

pub fn sealed(contest: &mut Contest) {
    let sample = Sample::new(Algorithm::Aes256Gcm, 24, 64); // its body and its record; the encryption is another
    let record = sample.record.as_bytes();
    let key: [u8; 32] = std::array::from_fn(|index| index as u8);
    let payload = json!({"title": "bench", "http_method": "POST", "url": URL, "body": sample.body,
        "enc": {"version": 2, "kid": KID, "key": format!("cbk2_{}", URL_SAFE_NO_PAD.encode(key))}});
    let profile = Profile::parse(payload.to_string()).unwrap();
    let peer = JweByHand::new(&key, KID, "POST", URL, &sample.body);

    // Either opens what the other made.
    let mut buffer = CallbackBuffer::default();
    callback(&profile, record, &mut buffer);
    let body = buffer.body().unwrap().to_owned();
    let values: Value = serde_json::from_str(&sample.record).unwrap();
    let theirs = String::from_utf8(peer.callback(record, ID, NOW)).unwrap();
    for opened in [open(&profile, &body), open(&profile, &theirs)] {
        assert_eq!(serde_json::from_str::<Value>(&opened).unwrap(), values);
    }
    for body in [&body, &theirs] {
        assert_eq!(serde_json::from_slice::<Value>(&peer.open(body.as_bytes(), NOW)).unwrap(), values);
    }

    contest.race(Race {
        work: "sealed callback 24 x 64",
        budget: 0.0,
        peer: PEER,
        ours: &mut || callback(&profile, black_box(record), &mut buffer),
        theirs: &mut || drop(black_box(peer.callback(black_box(record), ID, NOW))),
    });
    contest.race(Race {
        work: "open sealed 24 x 64",
        budget: 0.0,
        peer: PEER,
        ours: &mut || drop(black_box(open(&profile, black_box(&body)))),
        theirs: &mut || drop(black_box(peer.open(black_box(body.as_bytes()), NOW))),
    });
}

/// Random bytes are new for each, as they are for the peer.
fn callback(profile: &Profile, record: &[u8], buffer: &mut CallbackBuffer) {
    let mut random = [0; 32];
    getrandom::fill(&mut random).unwrap();
    let options = CallbackOptions::default().with_random(&random).with_issued_at(NOW).with_id(ID);
    profile.callback_into(record, &options, buffer).unwrap();
}

fn open(profile: &Profile, body: &str) -> String {
    let expected = Expected {
        freshness: Freshness::Within { now: NOW, tolerance: 300 },
        method: Some(Method::Post),
        url: Some(URL),
        profile_id: None,
    };
    let options = OpenOptions::default().with_expected(expected);
    profile.open_with(body, &options).unwrap().json().to_owned()
}
