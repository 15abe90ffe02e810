//! Records of other shapes than the body: members in another order, members that nobody asked for, escapes, white space.

use std::hint::black_box;

use callback_profile::cipher::Algorithm;
use callback_profile::{CallbackBuffer, CallbackOptions, Profile};
use serde_json::{Value, json};

use crate::best_by_hand::BestByHand;
use crate::callbacks::OBVIOUS;
use crate::contest::{Contest, Race};
use crate::hand_written::HandWritten;
use crate::sample::{Sample, openssl, value};

const COUNT: usize = 24;
const LENGTH: usize = 64;

/// A member as JSON: its name, and its value with quotes.
type Member = (String, String);

pub fn shapes(contest: &mut Contest) {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes128Cfb] {
        let sample = Sample::new(algorithm, COUNT, LENGTH);
        let members = members(&sample);
        let reversed: Vec<Member> = members.iter().rev().cloned().collect();
        let pretty: Value = serde_json::from_str(&sample.record).unwrap();
        let records = [
            ("members in order", record(&members)),
            ("members reversed", record(&reversed)),
            ("38 further members between", record(&with_further(&members, 38))),
            ("76 further members between", record(&with_further(&members, 76))),
            ("three escapes a value", record(&with_escapes(&members))),
            ("pretty-printed", serde_json::to_string_pretty(&pretty).unwrap()),
        ];
        for (shape, record) in records {
            let work = format!("callback {} {COUNT} x {LENGTH}, {shape}", algorithm.name());
            race(contest, algorithm, &work, &sample, &record);
        }
    }
}

/// The members of the record, in the order of the body.
fn members(sample: &Sample) -> Vec<Member> {
    let record: Value = serde_json::from_str(&sample.record).unwrap();
    let names = sample.body.as_object().unwrap().keys();
    names.map(|name| (name.clone(), record[name].to_string())).collect()
}

fn record(members: &[Member]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

/// Spread evenly, each with a value as long as the others.
fn with_further(members: &[Member], count: usize) -> Vec<Member> {
    let mut all = Vec::new();
    let mut further =
        (0..count).map(|number| (format!("further_{number}"), json!(value(LENGTH, number)).to_string()));
    for (number, member) in members.iter().enumerate() {
        let due = count * (number + 1) / members.len() - count * number / members.len();
        all.extend(further.by_ref().take(due));
        all.push(member.clone());
    }
    assert_eq!(all.len(), members.len() + count);
    all
}

/// A line feed, a quotation mark and an `é` for four of the characters, so that the value has its length in bytes.
fn with_escapes(members: &[Member]) -> Vec<Member> {
    let escaped = |(name, value): &Member| {
        let value = value.replacen("quick", r"q\n\u00e9k", 1).replacen("fox", r#"f\"x"#, 1);
        assert_eq!(serde_json::from_str::<String>(&value).unwrap().len(), LENGTH);
        (name.clone(), value)
    };
    members.iter().map(escaped).collect()
}

fn race(contest: &mut Contest, algorithm: Algorithm, work: &str, sample: &Sample, record: &str) {
    let record = record.as_bytes();
    let profile = Profile::parse(&sample.payload).unwrap();
    let (mut buffer, options) = (CallbackBuffer::default(), CallbackOptions::default());
    let mut obvious = HandWritten::new(openssl(algorithm), &sample.body);
    let mut best = BestByHand::new(algorithm, &sample.body);
    profile.callback_into(record, &options, &mut buffer).unwrap();
    let ours: Value = serde_json::from_str(buffer.body().unwrap()).unwrap();
    for theirs in [&obvious.callback(record)[..], best.callback(record)] {
        assert_eq!(ours, serde_json::from_slice::<Value>(theirs).unwrap(), "{work}");
    }
    let mut race = |peer: &str, theirs: &mut dyn FnMut()| {
        let mut ours = || profile.callback_into(black_box(record), &options, &mut buffer).unwrap();
        contest.race(Race { work, budget: 0.0, peer, ours: &mut ours, theirs });
    };
    race(OBVIOUS, &mut || drop(black_box(obvious.callback(black_box(record)))));
    race(best.name(), &mut || _ = black_box(best.callback(black_box(record))));
}
