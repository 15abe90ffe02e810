//! Diagnoses with a canary in key, IV and plaintext: nothing that they say holds any of them, as it is or encoded.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::indexing_slicing)] // a test may panic
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

use std::fmt::Write as _;

use callback_profile::cipher::{Algorithm, TagPlacement, WireFormat};
use callback_profile::diagnosis::DiagnoseOptions;
use callback_profile::{ParseOptions, Profile};

const KEY: &str = "CANARYkEy7Qz2Wx5CANARYkEy7Qz2Wx6";
const IV: &str = "CANARYiVq8Zr2LmV";
const VALUE: &str = "CANARY plaintext of a value that nobody may see";

/// xorshift64*, seeded: every run makes the same diagnoses.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % bound
    }
}

fn profile(algorithm: Algorithm, key: &str, iv: &str, tag: TagPlacement) -> Profile {
    let payload = format!(
        r#"{{"title":"canary","http_method":"POST","url":"https://example.com/","body":{{"a":"<x>","b":"<y>"}},"enc":{{"algo":"{algorithm}","key":"{key}","IV":"{iv}"}}}}"#
    );
    let mut options = ParseOptions::default();
    options.wire_format = WireFormat::default().with_tag(tag);
    Profile::parse_with(payload, &options).expect("valid")
}

fn base64(bytes: &[u8]) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits =
            group.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
        let letter = |index| {
            if index > group.len() { '=' } else { char::from(letters[bits >> (18 - 6 * index) & 63]) }
        };
        (0..4).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// What must not be seen: each secret in clear, in hexadecimal and in base64.
fn secrets() -> Vec<String> {
    let mut all = Vec::new();
    for secret in [&KEY[..16], IV, &VALUE[..16], "CANARY"] {
        // Of base64 the whole groups, which do not depend on what follows.
        let encoded = base64(&secret.as_bytes()[..secret.len() / 3 * 3]);
        let hex: String = secret.bytes().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a text takes everything");
            hex
        });
        all.extend([secret.to_owned(), encoded, hex.to_uppercase(), hex]);
    }
    all
}

/// A text that was made with one mistake, or none, and then perhaps damaged.
fn text(random: &mut Random, profiles: &[Profile; 3]) -> String {
    let [own, other, tag_first] = profiles;
    let of = [own, own, own, other, tag_first][random.below(5)];
    let cipher = of.encryption().expect("it encrypts").cipher();
    let value = &VALUE[..random.below(VALUE.len() + 1)];
    let sealed = cipher.encrypt(value).expect("short");
    let mut text = match random.below(7) {
        0 => sealed.to_lowercase(),
        1 => base64(sealed.as_bytes()),
        2 => format!("\"{sealed}\""),
        3 => sealed.replace('=', "%3D"),
        4 => sealed[..sealed.len() / 2].to_owned(),
        5 => cipher.encrypt(&sealed).expect("short"),
        6 => base64(value.as_bytes()),
        _ => sealed,
    };
    if random.below(4) == 0 && !text.is_empty() {
        let at = random.below(text.len());
        text.replace_range(at..=at, ["A", "", " ", "%", "=", ".", "z"][random.below(7)]);
    }
    text
}

/// So many diagnoses from this seed on; prints and counts those that say a secret.
pub(crate) fn run(diagnoses: usize, seed: u64) -> usize {
    let mut random = Random(0x0DDB_A115_EED5_0001 ^ seed);
    let secrets = secrets();
    let profiles: Vec<[Profile; 3]> = Algorithm::ALL
        .iter()
        .map(|algorithm| {
            let (key, appended) = (&KEY[..algorithm.key_len()], TagPlacement::Appended);
            [
                profile(*algorithm, key, IV, appended),
                profile(*algorithm, &key.replace('k', "K"), &IV.replace('i', "I"), appended),
                profile(*algorithm, key, IV, TagPlacement::Prepended),
            ]
        })
        .collect();
    let (mut leaks, mut explained) = (0, 0);
    for _ in 0..diagnoses {
        let profiles = &profiles[random.below(profiles.len())];
        let [own, other, _] = profiles;
        let texts: Vec<String> = (0..=random.below(3) / 2).map(|_| text(&mut random, profiles)).collect();
        let body = format!("{{\"a\":{:?},\"b\":{:?}}}", texts[0], texts[texts.len() - 1]);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (also, expected) = ([other], [VALUE; 2]);
        let mut options = DiagnoseOptions::default();
        options.also = &also[..random.below(2)];
        options.expected = &expected[..random.below(texts.len() + 1)];
        options.body = (random.below(4) == 0).then_some(body.as_bytes());
        let diagnosis = own.diagnose(&texts, &options);
        let shown = format!("{}{diagnosis:?}{diagnosis:#?}", diagnosis.to_json());
        explained += usize::from(diagnosis.is_found());
        if secrets.iter().any(|secret| shown.contains(secret.as_str())) {
            leaks += 1;
            println!("LEAK: {shown}");
        }
    }
    assert!(explained > diagnoses / 4, "only {explained} of {diagnoses} are explained");
    leaks
}
