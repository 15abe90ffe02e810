//! The whole callback: record bytes in, request body bytes out; and back.

use std::hint::black_box;

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile, Record};
use serde_json::Value;

use crate::best_by_hand::BestByHand;
use crate::contest::{Contest, Race};
use crate::hand_written::HandWritten;
use crate::sample::{LETTERS, Sample, letters, openssl};

pub const OBVIOUS: &str = "serde_json + OpenSSL EVP + base64";

pub fn callbacks(contest: &mut Contest) {
    for &algorithm in Algorithm::ALL {
        for count in [1, 5, 24, 100] {
            for length in [16, 64, 200] {
                let is_main = count == 24 && length == 64;
                let what = format!("{} {count} x {length}", algorithm.name());
                let sample = Sample::new(algorithm, count, length);
                both_ways(contest, algorithm, &what, &sample, is_main);
                if is_main {
                    best_both_ways(contest, algorithm, &what, &sample, is_main);
                }
            }
        }
        for (name, text) in LETTERS {
            let what = format!("{} 24 x 64, {name}", algorithm.name());
            let sample = Sample::of(algorithm, 24, |number| letters(text, number));
            both_ways(contest, algorithm, &what, &sample, false);
            best_both_ways(contest, algorithm, &what, &sample, false);
        }
    }
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        for (name, text) in LETTERS {
            against_ascii(contest, algorithm, name, text);
        }
    }
}

/// Ours, ready to make callbacks.
struct Ours {
    profile: Profile,
    options: CallbackOptions<'static>,
    buffer: CallbackBuffer,
}

impl Ours {
    fn new(sample: &Sample) -> Ours {
        let profile = Profile::parse(&sample.payload).unwrap();
        Ours { profile, options: CallbackOptions::default(), buffer: CallbackBuffer::default() }
    }

    fn callback(&mut self, record: &str) {
        self.profile.callback_into(black_box(record.as_bytes()), &self.options, &mut self.buffer).unwrap();
    }

    fn body(&mut self, record: &str) -> String {
        self.callback(record);
        self.buffer.body().unwrap().to_owned()
    }
}

/// Whether both are the same JSON.
fn assert_same(ours: &str, theirs: &[u8]) {
    let [ours, theirs] = [ours.as_bytes(), theirs].map(|json| serde_json::from_slice::<Value>(json).unwrap());
    assert_eq!(ours, theirs);
}

/// A row for the callback and one for its opening against the obvious program; budgets where it `is_main`.
fn both_ways(contest: &mut Contest, algorithm: Algorithm, what: &str, sample: &Sample, is_main: bool) {
    let budget = |gcm: f64, cfb: f64| match is_main {
        true if algorithm.is_gcm() => gcm,
        true => cfb,
        false => 0.0,
    };
    let record = sample.record.as_bytes();
    let mut ours = Ours::new(sample);
    let profile = ours.profile.clone();
    let mut peer = HandWritten::new(openssl(algorithm), &sample.body);
    let body = ours.body(&sample.record);
    assert_same(&body, &peer.callback(record));
    let owned = || profile.callback(&Record::parse(black_box(record)).unwrap()).unwrap();
    assert_eq!(owned().body.as_ref(), Some(&body));

    let work = format!("callback {what}");
    contest.race(Race {
        work: &work,
        budget: budget(7.0, 6.5),
        peer: OBVIOUS,
        ours: &mut || ours.callback(&sample.record),
        theirs: &mut || drop(black_box(peer.callback(black_box(record)))),
    });
    if is_main {
        contest.race(Race {
            work: &format!("{work}, owned result"),
            budget: 0.0,
            peer: OBVIOUS,
            ours: &mut || drop(black_box(owned())),
            theirs: &mut || drop(black_box(peer.callback(black_box(record)))),
        });
    }

    let opened = || profile.open(black_box(&body)).unwrap();
    assert_same(opened().json(), &peer.open(body.as_bytes()));
    contest.race(Race {
        work: &format!("open {what}"),
        budget: budget(5.0, 4.2),
        peer: OBVIOUS,
        ours: &mut || drop(black_box(opened())),
        theirs: &mut || drop(black_box(peer.open(black_box(body.as_bytes())))),
    });
}

/// The same against the best program by hand.
fn best_both_ways(contest: &mut Contest, algorithm: Algorithm, what: &str, sample: &Sample, is_main: bool) {
    let mut ours = Ours::new(sample);
    let profile = ours.profile.clone();
    let mut peer = BestByHand::new(algorithm, &sample.body);
    let body = ours.body(&sample.record);
    assert_same(&body, peer.callback(sample.record.as_bytes()));
    let opened = || profile.open(black_box(&body)).unwrap();
    assert_same(opened().json(), peer.open(body.as_bytes()));
    let budget = match is_main {
        true if algorithm.is_gcm() => 2.2,
        true => 2.4,
        false => 0.0,
    };
    let name = peer.name();
    contest.race(Race {
        work: &format!("callback {what}"),
        budget,
        peer: name,
        ours: &mut || ours.callback(&sample.record),
        theirs: &mut || _ = black_box(peer.callback(black_box(sample.record.as_bytes()))),
    });
    contest.race(Race {
        work: &format!("open {what}"),
        budget: 0.0,
        peer: name,
        ours: &mut || drop(black_box(opened())),
        theirs: &mut || _ = black_box(peer.open(black_box(body.as_bytes()))),
    });
}

/// A callback of other letters against one of as many bytes of ASCII: the ratio is a part of ASCII's speed.
fn against_ascii(contest: &mut Contest, algorithm: Algorithm, name: &str, text: &str) {
    let sample = Sample::of(algorithm, 24, |number| letters(text, number));
    let ascii = Sample::new(algorithm, 24, 64);
    assert_eq!(sample.record.len(), ascii.record.len());
    let (mut ours, mut ours_of_ascii) = (Ours::new(&sample), Ours::new(&ascii));
    contest.race(Race {
        work: &format!("callback {} 24 x 64, {name} against ASCII", algorithm.name()),
        budget: if name == "Devanagari" { 0.9 } else { 0.0 },
        peer: "ours, ASCII",
        ours: &mut || ours.callback(&sample.record),
        theirs: &mut || ours_of_ascii.callback(&ascii.record),
    });
}
