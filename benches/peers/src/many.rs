//! Profiles by the hundred thousand: the memory of one, the callback of a random one, and loading all.

use std::hint::black_box;
use std::time::Instant;

use callback_profile::{CallbackBuffer, CallbackOptions, Profile, StoredProfile};
use serde_json::Value;

use crate::contest::Contest;
use crate::kept::kept;

const PAYLOAD: &str = include_str!("../../instructions/payload.json");
const COUNT: usize = 100_000;
/// Ours and theirs take turns, so many times: rounds are so short that other work on the machine disturbs few of them.
const ROUNDS: usize = 200;
const RECORD: &str = r#"{"id": "7", "tenant": "one", "from": "+919876543210", "body": "Where is my order?", "mime_type": "text/plain",
    "media_url": "https://media.example.com/4711.png", "created_at": "2024-05-06T07:08:09Z", "reply_to": "wamid.4711",
    "wanumber": "+911234567890", "contacts": "[]"}"#;

/// The payload with a title, a key, an IV and a path of its own.
fn payload(number: usize) -> String {
    let digits = format!("{number:06}");
    PAYLOAD.replace("Test_1", &digits).replace("xxxxxx", &digits).replace("/v1/", &format!("/{digits}/"))
}

/// The same as the platform stores it.
fn stored(number: usize) -> String {
    let more = format!(
        r#""profile_id": "stage_{number}", "status": 1, "created_at": "2024-05-06T07:08:09Z", "modified_at": "2024-05-06T07:08:09Z","#
    );
    payload(number).replacen('{', &format!("{{{more}"), 1)
}

pub fn many(contest: &mut Contest) {
    memory(contest);
    random(contest);
    loading(contest);
}

fn memory(contest: &mut Contest) {
    let work = "memory of a compiled profile of 640 bytes, in bytes";
    if !contest.wants(work) {
        return;
    }
    // With its place in the vector, as long as the vector is no longer than it has to be.
    let ours = |number| Profile::parse(payload(number)).unwrap();
    let theirs = |number| serde_json::from_str::<Value>(&payload(number)).unwrap();
    drop((ours(0), theirs(0)));
    let (profiles, ours) = kept(|| (0..1000).map(ours).collect::<Box<[Profile]>>());
    let (values, theirs) = kept(|| (0..1000).map(theirs).collect::<Box<[Value]>>());
    drop((profiles, values));
    contest.limit(work, ours as f64 / 1000.0, "serde_json::Value of it", theirs as f64 / 1000.0, 2048.0);
}

fn random(contest: &mut Contest) {
    let work = "callback of a random one among 100,000 profiles, of 9 values";
    if !contest.wants(work) {
        return;
    }
    let profiles: Vec<Profile> = (0..COUNT).map(|number| Profile::parse(payload(number)).unwrap()).collect();
    let mut buffer = CallbackBuffer::default();
    let options = CallbackOptions::default();
    let mut callbacks = |numbers: &mut dyn Iterator<Item = usize>| {
        let start = Instant::now();
        for number in numbers {
            profiles[number].callback_into(black_box(RECORD), &options, &mut buffer).unwrap();
        }
        start.elapsed().as_nanos() as f64
    };
    // A step that shares no factor with the count leads to each number once, and no prefetcher follows it.
    let mut numbers = (0..COUNT).map(|step| step * 61_803 % COUNT);
    let each = COUNT / ROUNDS;
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        cold.push(callbacks(&mut numbers.by_ref().take(each)) / each as f64);
        warm.push(callbacks(&mut std::iter::repeat_n(round, each)) / each as f64);
    }
    contest.limit_of_ratio(work, median(cold), "the same one again", median(warm), 1.7);
}

fn loading(contest: &mut Contest) {
    let work = "100,000 stored profiles loaded, for each";
    if !contest.wants(work) {
        return;
    }
    let texts: Vec<String> = (0..COUNT).map(stored).collect();
    let (mut profiles, mut values) = (Vec::with_capacity(COUNT), Vec::with_capacity(COUNT));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for texts in texts.chunks(COUNT / ROUNDS) {
        let start = Instant::now();
        profiles.extend(texts.iter().map(|text| StoredProfile::parse(text).unwrap()));
        ours.push(start.elapsed().as_nanos() as f64 / texts.len() as f64);
        let start = Instant::now();
        values.extend(texts.iter().map(|text| serde_json::from_str::<Value>(text).unwrap()));
        theirs.push(start.elapsed().as_nanos() as f64 / texts.len() as f64);
    }
    assert_eq!(profiles[COUNT - 1].profile_id(), values[COUNT - 1]["profile_id"].as_str());
    contest.row(work, median(ours), "serde_json::Value", median(theirs), 0.35);
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
