//! The whole callback: record bytes in, request body bytes out; and back.

use std::hint::black_box;

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile, Record};
use serde_json::Value;

use crate::contest::{Contest, Race};
use crate::hand_written::HandWritten;
use crate::sample::{LETTERS, Sample, letters, openssl};

const PEER: &str = "serde_json + OpenSSL EVP + base64";

pub fn callbacks(contest: &mut Contest) {
    for &algorithm in Algorithm::ALL {
        for count in [1, 5, 24, 100] {
            for length in [16, 64, 200] {
                let is_main = count == 24 && length == 64;
                let what = format!("{} {count} x {length}", algorithm.name());
                both_ways(contest, algorithm, &what, &Sample::new(algorithm, count, length), is_main);
            }
        }
        for (name, text) in LETTERS {
            let what = format!("{} 24 x 64, {name}", algorithm.name());
            let sample = Sample::of(algorithm, 24, |number| letters(text, number));
            both_ways(contest, algorithm, &what, &sample, false);
        }
    }
}

/// A row for the callback and one for its opening; budgets where it `is_main`.
fn both_ways(contest: &mut Contest, algorithm: Algorithm, what: &str, sample: &Sample, is_main: bool) {
    let budget = |gcm: f64, cfb: f64| match is_main {
        true if algorithm.is_gcm() => gcm,
        true => cfb,
        false => 0.0,
    };
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

    let work = format!("callback {what}");
    contest.race(Race {
        work: &work,
        budget: budget(7.0, 6.5),
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

    let body = owned().body.unwrap();
    let opened = || profile.open(black_box(&body)).unwrap();
    let theirs: Value = serde_json::from_slice(&peer.open(body.as_bytes())).unwrap();
    assert_eq!(serde_json::from_str::<Value>(opened().json()).unwrap(), theirs);
    contest.race(Race {
        work: &format!("open {what}"),
        budget: budget(5.0, 4.2),
        peer: PEER,
        ours: &mut || drop(black_box(opened())),
        theirs: &mut || drop(black_box(peer.open(black_box(body.as_bytes())))),
    });
}
