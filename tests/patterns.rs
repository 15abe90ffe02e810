//! The patterns that messages and the JSON Schema publish say what the checks do. Each is compiled by the `regex` crate
//! and compared with the verdict on its member: for every ASCII byte at every index, characters beyond ASCII, and random
//! texts.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)] // a test may panic
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

mod support;

use std::cell::Cell;
use std::collections::BTreeSet;

use callback_profile::cipher::{Algorithm, Iv, Key, KeyError};
use callback_profile::{ParseOptions, Profile, Request, Violation, schema};
use regex::Regex;
use serde_json::{Value, json};

use support::cases;

/// A text that a published pattern is about.
struct Member {
    /// How messages name it: context and JSON Pointer.
    name: &'static str,
    /// What every text begins with.
    prefix: &'static str,
    /// Lengths in characters of the texts whose every index gets every byte.
    lengths: &'static [usize],
    violations: fn(&str) -> Vec<Violation>,
}

const MEMBERS: [Member; 7] = [
    Member {
        name: "params/sid",
        prefix: "",
        lengths: &[1, 2, 14],
        violations: |text| of_request(text, "A0"),
    },
    Member {
        name: "headers/api-key",
        prefix: "",
        lengths: &[1, 2, 14],
        violations: |text| of_request("HX0", text),
    },
    Member {
        name: "body/title",
        prefix: "",
        lengths: &[1, 3, 20],
        violations: |text| of_payload("/title", text),
    },
    Member {
        name: "body/enc/key",
        prefix: "",
        lengths: &[1, 16, 24, 32],
        violations: |text| of_payload("/enc/key", text),
    },
    Member {
        name: "body/enc/IV",
        prefix: "",
        lengths: &[1, 16],
        violations: |text| of_payload("/enc/IV", text),
    },
    Member {
        name: "body/enc/kid",
        prefix: "",
        lengths: &[1, 2, 40],
        violations: |text| of_sealed("kid", text),
    },
    Member {
        name: "body/enc/key",
        prefix: "cbk2_",
        lengths: &[42, 43],
        violations: |text| of_sealed("key", text),
    },
];

fn payload() -> Value {
    json!({"title": "patterns", "http_method": "GET", "url": "https://example.com/",
        "enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}})
}

fn of_payload(pointer: &str, text: &str) -> Vec<Violation> {
    let mut payload = payload();
    *payload.pointer_mut(pointer).unwrap() = text.into();
    Profile::check(payload.to_string()).err().map_or_else(Vec::new, |report| report.violations().to_vec())
}

fn of_sealed(member: &str, text: &str) -> Vec<Violation> {
    let mut payload = payload();
    payload["enc"] =
        json!({"version": 2, "kid": "k1", "key": "cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"});
    payload["enc"][member] = text.into();
    Profile::check(payload.to_string()).err().map_or_else(Vec::new, |report| report.violations().to_vec())
}

fn of_request(sid: &str, key: &str) -> Vec<Violation> {
    let headers = [("api-key", key), ("content-type", "application/json")];
    let payload = payload().to_string();
    let request = Request { sid, headers: &headers, payload: payload.as_bytes() };
    request.parse(&ParseOptions::default()).err().map_or_else(Vec::new, |report| report.violations().to_vec())
}

/// What a message says: the member, and the pattern that its text must match.
fn said(message: &str) -> Option<(String, String)> {
    let (name, pattern) = message.split_once(" must match pattern \"")?;
    Some((name.to_owned(), pattern.strip_suffix('"').unwrap().to_owned()))
}

/// The pattern that a member's messages publish.
fn pattern_of(member: &Member) -> String {
    // No pattern takes this: it is neither visible nor ASCII.
    let found = (member.violations)("\u{80}");
    let said: Vec<_> = found.iter().filter_map(|violation| said(&violation.message)).collect();
    let [(name, pattern)] = said.as_slice() else { panic!("{}: {said:?}", member.name) };
    assert_eq!(name, member.name);
    pattern.clone()
}

/// Whether a member's checks say that its text does not match the pattern.
fn is_refused(member: &Member, text: &str) -> bool {
    let is_about = |violation: &&Violation| violation.keyword == "pattern";
    match (member.violations)(text).iter().filter(is_about).collect::<Vec<_>>()[..] {
        [] => false,
        [violation] => {
            assert_eq!(said(&violation.message).unwrap().0, member.name);
            true
        }
        [..] => panic!("{}: more than one pattern for {text:?}", member.name),
    }
}

/// Texts of a member, compared; how many match the pattern and how many do not.
struct Comparison<'m> {
    member: &'m Member,
    regex: Regex,
    matching: Cell<usize>,
    other: Cell<usize>,
}

impl Comparison<'_> {
    fn of(member: &Member) -> Comparison<'_> {
        let regex = Regex::new(&pattern_of(member)).unwrap();
        Comparison { member, regex, matching: Cell::new(0), other: Cell::new(0) }
    }

    fn compare(&self, text: &str) {
        let text = &format!("{}{text}", self.member.prefix);
        let matches = self.regex.is_match(text);
        assert_eq!(is_refused(self.member, text), !matches, "{}: {text:?}", self.member.name);
        let count = if matches { &self.matching } else { &self.other };
        count.set(count.get() + 1);
    }

    /// Prints how many texts were compared, of which both kinds must be plenty.
    fn end(&self, what: &str, at_least: usize) {
        let (matching, other) = (self.matching.get(), self.other.get());
        println!("patterns: {} {what}: {matching} match, {other} do not", self.member.name);
        assert!(matching >= at_least && other >= at_least, "{}: too few of a kind", self.member.name);
    }
}

/// A text of letters in which one is replaced.
fn with_character(length: usize, index: usize, character: char) -> String {
    (0..length).map(|at| if at == index { character } else { 'a' }).collect()
}

/// Every `pattern` in a JSON Schema, with the pointer of the payload's member that it is about.
fn patterns_of_schema(schema: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(pattern) if name == "pattern" => {
                        found.push((pointer.to_owned(), pattern.to_owned()))
                    }
                    _ if name == "properties" => patterns_of_schema(value, pointer, found),
                    _ => patterns_of_schema(value, &format!("{pointer}/{name}"), found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| patterns_of_schema(value, pointer, found)),
        _ => {}
    }
}

#[test]
fn every_published_pattern_is_compared_here() {
    let published: BTreeSet<_> =
        MEMBERS.iter().map(|member| (member.name.to_owned(), pattern_of(member))).collect();
    assert_eq!(published.len(), MEMBERS.len());
    let distinct: BTreeSet<_> = published.iter().map(|(_, pattern)| pattern).collect();
    assert_eq!(distinct.len(), 5, "{distinct:?}");

    // The shared cases have a case for each rule, so a pattern that no member above has would be in one of them.
    let mut in_cases = BTreeSet::new();
    for suite in ["profile", "request", "patch", "stored", "envelope"] {
        for case in cases(suite).as_array().unwrap() {
            for violation in case["violations"].as_array().into_iter().flatten() {
                in_cases.extend(violation.as_array().unwrap().last().and_then(Value::as_str).and_then(said));
            }
        }
    }
    assert_eq!(in_cases, published);

    let mut in_schema = Vec::new();
    patterns_of_schema(&serde_json::from_str(&schema()).unwrap(), "body", &mut in_schema);
    // The two versions of `enc` are definitions.
    for (pointer, _) in &mut in_schema {
        *pointer = pointer.replace("$defs/documented", "enc").replace("$defs/sealed", "enc");
    }
    let of_payload = published.into_iter().filter(|(name, _)| name.starts_with("body/"));
    let in_schema: BTreeSet<_> = in_schema.into_iter().collect();
    assert_eq!(in_schema, of_payload.collect());
    assert_eq!(in_schema.len(), 5);
}

#[test]
fn every_byte_at_every_index() {
    for member in &MEMBERS {
        let comparison = Comparison::of(member);
        for &length in member.lengths {
            for index in 0..length {
                ('\0'..='\u{7f}').for_each(|byte| comparison.compare(&with_character(length, index, byte)));
            }
        }
        let total = 128 * member.lengths.iter().sum::<usize>();
        assert_eq!(comparison.matching.get() + comparison.other.get(), total);
        comparison.end("bytes", total / 4);
    }
}

#[test]
fn nothing_and_characters_beyond_ascii() {
    // Latin, Greek and Cyrillic; an Arabic digit; digits and letters of full width; a long s and the Kelvin sign, which
    // are `s` and `k` without regard to case; blanks, a joiner and a byte order mark; the last character.
    let others =
        "\u{660}\u{ff11}\u{ff21}\u{ff41}\u{17f}\u{212a}\u{a0}\u{2028}\u{3000}\u{200d}\u{feff}\u{10ffff}";
    let beyond = ('\u{80}'..='\u{52f}').chain(others.chars());
    for member in &MEMBERS {
        let comparison = Comparison::of(member);
        comparison.compare("");
        for character in beyond.clone() {
            for index in [0, 7, 15] {
                comparison.compare(&with_character(16, index, character));
            }
        }
        assert_eq!((comparison.matching.get(), comparison.other.get()), (0, 1 + 3 * beyond.clone().count()));
    }
}

#[test]
fn random_texts() {
    for member in &MEMBERS {
        let comparison = Comparison::of(member);
        let mut numbers = Numbers(20_261_126);
        for _ in 0..20_000 {
            // Of texts of one length, none would be as long by chance.
            let length = if member.prefix.is_empty() { numbers.below(40) } else { 43 };
            let is_plain = numbers.below(2) == 0;
            let text: String = (0..length)
                .map(|_| match numbers.below(if is_plain { 16 } else { 18 }) {
                    0..=15 => char::from(*b"abcxyzABCXYZ0189".get(numbers.below(16)).unwrap()),
                    16 => char::from(numbers.below(128) as u8),
                    _ => char::from_u32(numbers.below(0xd800) as u32).unwrap(),
                })
                .collect();
            comparison.compare(&text);
        }
        comparison.end("random texts", 5_000);
    }
}

/// `Cipher`'s keys and IVs are texts of the same pattern, checked where they are made of text.
#[test]
fn keys_and_ivs_of_the_cipher() {
    let regex = Regex::new(&pattern_of(&MEMBERS[3])).unwrap();
    let mut compared = 0;
    let mut compare = |text: &str, made: Result<(), KeyError>| {
        let expected = if regex.is_match(text) { Ok(()) } else { Err(KeyError::Characters) };
        assert_eq!(made, expected, "{text:?}");
        compared += 1;
    };
    for byte in '\0'..='\u{17f}' {
        for algorithm in Algorithm::ALL {
            for index in 0..algorithm.key_len() {
                let text = with_character(algorithm.key_len(), index, byte);
                compare(&text, Key::new(*algorithm, &text).map(drop));
            }
        }
        for index in 0..16 {
            let text = with_character(16, index, byte);
            compare(&text, Iv::new(&text).map(drop));
        }
    }
    assert_eq!(compared, 0x180 * (2 * (16 + 24 + 32) + 16));
}

/// Splitmix64: the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
