//! The whole callback: record bytes in, request body bytes out.

use std::hint::black_box;

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile, Record};
use serde_json::Value;

use crate::contest::{Contest, Race};
use crate::hand_written::HandWritten;
use crate::sample::{Sample, openssl};

const PEER: &str = "serde_json + OpenSSL EVP + base64";

pub fn callbacks(contest: &mut Contest) {
    for &algorithm in Algorithm::ALL {
        for count in [1, 5, 24, 100] {
            for length in [16, 64, 200] {
                callback(contest, algorithm, count, length);
            }
        }
    }
}

fn callback(contest: &mut Contest, algorithm: Algorithm, count: usize, length: usize) {
    let sample = Sample::new(algorithm, count, length);
    let record = sample.record.as_bytes();
    let profile = Profile::parse(&sample.payload).unwrap();
    let mut peer = HandWritten::new(openssl(algorithm), &sample.body);
    let mut buffer = CallbackBuffer::default();
    let options = CallbackOptions::default();
    profile.callback_into(record, &options, &mut buffer).unwrap();
    let theirs: Value = serde_json::from_slice(&peer.callback(record)).unwrap();
    let ours: Value = serde_json::from_str(buffer.body().unwrap()).unwrap();
    assert_eq!(ours, theirs);
    let owned = || profile.callback(&Record::parse(black_box(record)).unwrap()).unwrap();
    assert_eq!(owned().body.as_deref(), buffer.body());

    let is_main = count == 24 && length == 64;
    let work = format!("callback {} {count} x {length}", algorithm.name());
    contest.race(Race {
        work: &work,
        budget: if is_main { 4.0 } else { 0.0 },
        peer: PEER,
        ours: &mut || profile.callback_into(black_box(record), &options, &mut buffer).unwrap(),
        theirs: &mut || drop(black_box(peer.callback(black_box(record)))),
    });
    if is_main {
        contest.race(Race {
            work: &format!("{work}, owned result"),
            budget: 0.0,
            peer: PEER,
            ours: &mut || drop(black_box(owned())),
            theirs: &mut || drop(black_box(peer.callback(black_box(record)))),
        });
    }
}
