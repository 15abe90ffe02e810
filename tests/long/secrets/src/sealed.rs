//! No block that the library frees holds a sealing key, a signing secret, what is made of them, or what was sealed.

use std::hint::black_box;

use callback_profile::cipher::hazmat;
use callback_profile::seal::{Expected, Freshness, Signer, SigningSecret, Verifier};
use callback_profile::{
    CallbackBuffer, CallbackOptions, KeyRing, OpenOptions, Parameters, Profile, ReceivedRequest, Record,
    Secrets, keygen_sealed,
};

use crate::freed::look;

/// 16 characters of what sealed values hold.
const PLAINTEXT: &str = "CANARYpLaiNtExT2";
/// The bytes of the key, none of them like its neighbour.
const KEY_BYTES: [u8; 32] = *b"CANARYkEy7Qz2Wx5sEaLeDkEy8Zr2LmV";
const SECRET_BYTES: &[u8; 48] = b"CANARYsEcReT1234567890abcdefghijklmnopqrstuvwxyz";

const KINDS: [(&str, &str); 4] = [
    ("json", r#""http_method":"POST","url":"https://example.com/?q=<x>""#),
    (
        "form",
        r#""http_method":"POST","url":"https://example.com/","headers":{"content-type":"application/x-www-form-urlencoded"}"#,
    ),
    (
        "multipart",
        r#""http_method":"POST","url":"https://example.com/","headers":{"content-type":"multipart/form-data"}"#,
    ),
    ("query", r#""http_method":"GET","url":"https://example.com/?a=<x>&b=id-<x>&c=pre-<o>-post&g=<g><g>""#),
];
const BODY: &str =
    r#"{"a":"<x>","b":"id-<x>","c":"pre <o> post","d":"<o>","e":{"f":["<x>",1,null]},"g":"<g><g>"}"#;

fn enc() -> String {
    keygen_sealed("k1", &KEY_BYTES).expect("a key")
}

fn payload(members: &str, enc: &str) -> String {
    format!(r#"{{"title":"sealed",{members},"body":{BODY},"enc":{enc}}}"#)
}

/// The key's bytes and text, E(K, 0), which authenticates, and the secret's bytes and text, 16 bytes of each.
fn secrets() -> Vec<[u8; 16]> {
    let first = |bytes: &[u8]| -> [u8; 16] { bytes[..16].try_into().expect("16 bytes") };
    let enc = enc();
    let text = enc.split("cbk2_").nth(1).expect("the key's text");
    let secret = SigningSecret::generate(SECRET_BYTES);
    let hash_key = hazmat::cfb_encrypt(&KEY_BYTES, &[0; 16], &[0; 16]).expect("a block");
    vec![
        first(&KEY_BYTES),
        first(&KEY_BYTES[16..]),
        first(text.as_bytes()),
        first(&hash_key),
        first(SECRET_BYTES),
        first(secret.trim_start_matches("whsec_").as_bytes()),
    ]
}

struct Checks {
    looked_for: Vec<[u8; 16]>,
    ran: usize,
    failed: usize,
}

impl Checks {
    fn check(&mut self, what: &str, work: impl FnOnce()) {
        let seen = look(&self.looked_for, work);
        self.ran += 1;
        if seen.found > 0 || seen.blocks == 0 {
            self.failed += 1;
            println!("FAILED {what}: {} secrets in {} freed blocks", seen.found, seen.blocks);
        }
    }
}

pub fn run() -> usize {
    let mut looked_for = secrets();
    looked_for.push(PLAINTEXT.as_bytes().try_into().expect("16 characters"));
    let mut checks = Checks { looked_for, ran: 0, failed: 0 };
    keys(&mut checks);
    signatures(&mut checks);
    for (kind, members) in KINDS {
        for params in ["", r#","params":["a","b","c","d","e","g","q"]"#] {
            let enc = enc().replace('}', &format!("{params}}}"));
            let profile = Profile::parse(payload(members, &enc)).expect("valid");
            for escaped in [false, true] {
                callbacks(
                    &mut checks,
                    &format!("{kind}{params}, escaped: {escaped}"),
                    &profile,
                    &record(escaped),
                );
            }
        }
    }
    let seen = look(&checks.looked_for, || drop(black_box(PLAINTEXT.to_owned())));
    let leak_is_found = usize::from(seen.found != 1);
    let failed = checks.failed + leak_is_found;
    println!("count sealed-wiping rust ran={} refused=0 failed={failed}", checks.ran);
    assert_eq!(checks.ran, 6 + 2 + 4 * 2 * 2 * 7);
    failed
}

fn keys(checks: &mut Checks) {
    let text = payload(KINDS[0].1, &enc());
    let escaped: String = text
        .split("cbk2_")
        .enumerate()
        .map(|(index, part)| match index {
            0 => part.to_owned(),
            _ => {
                let (key, rest) = part.split_at(43);
                let key: String =
                    format!("cbk2_{key}").bytes().map(|byte| format!("\\u{byte:04x}")).collect();
                key + rest
            }
        })
        .collect();
    for (spelling, text) in [("plain", &text), ("escaped", &escaped)] {
        checks.check(&format!("{spelling}: parse and drop"), || drop(Profile::parse(text).expect("valid")));
        let broken = text.replace("sealed", "é");
        checks
            .check(&format!("{spelling}: failing parse"), || drop(black_box(Profile::parse(&broken).err())));
    }
    let profile = Profile::parse(&text).expect("valid");
    checks.check("patch", || drop(profile.patch(r#"{"title":"patched"}"#).expect("valid")));
    checks.check("masked", || drop(profile.to_json(Secrets::Masked)));
    drop(profile);
}

fn signatures(checks: &mut Checks) {
    let text = SigningSecret::generate(SECRET_BYTES);
    checks.check("sign and verify", || {
        let secret = || SigningSecret::parse(&text).expect("a secret");
        let (signer, verifier) =
            (Signer::new([secret()]).expect("one"), Verifier::new([secret()]).expect("one"));
        let signature = signer.sign("msg", 1, b"body").expect("signed");
        drop(verifier.verify(signature.headers(), b"body", 1, 0).expect("verified"));
        drop(black_box(verifier.verify(signature.headers(), b"Body", 1, 0).err()));
    });
    let longer = format!("{text}AAAA");
    checks.check("a secret that is none", || drop(black_box(SigningSecret::parse(&longer).err())));
}

/// A record whose values hold the canary; every character as `\u00XX` if `escaped`.
fn record(escaped: bool) -> String {
    let canary = match escaped {
        true => PLAINTEXT.bytes().map(|byte| format!("\\u{byte:04x}")).collect(),
        false => PLAINTEXT.to_owned(),
    };
    let long = canary.repeat(40);
    format!(r#"{{"x":"{canary}","o":{{"k":["{canary}",{{"n":"{canary}"}}]}},"g":"{long}"}}"#)
}

fn callbacks(checks: &mut Checks, name: &str, profile: &Profile, text: &str) {
    let mut options = CallbackOptions::default();
    (options.random, options.issued_at, options.id) = (Some(&[7; 32]), Some(1), Some("msg"));
    let record = Record::parse(text).expect("an object");
    checks.check(&format!("{name}: callback"), || {
        drop(black_box(profile.callback_with(&record, &options).expect("a callback")));
    });
    checks.check(&format!("{name}: buffer, used again for less"), || {
        let mut buffer = CallbackBuffer::default();
        for record in [text, r#"{"x":"1"}"#, text] {
            profile.callback_into(record.as_bytes(), &options, &mut buffer).expect("a callback");
        }
        drop(black_box(buffer));
    });
    let broken = text.trim_end_matches('}');
    checks.check(&format!("{name}: a record that ends too early"), || {
        let mut buffer = CallbackBuffer::default();
        profile.callback_into(broken.as_bytes(), &options, &mut buffer).expect_err("a failure");
    });
    let sent = profile.callback_with(&record, &options).expect("a callback");
    let received = sent.body.clone().unwrap_or_else(|| sent.url.clone());
    let mut opening = OpenOptions::default();
    opening.structures = Parameters::All;
    opening.expected =
        Some(Expected { freshness: Freshness::NotChecked, method: None, url: None, profile_id: None });
    checks.check(&format!("{name}: open"), || {
        drop(black_box(profile.open_with(&received, &opening).expect("its own")));
    });
    // The last character of the nonce, of the tag.
    let nonce_end = received.match_indices('.').nth_back(1).map_or(0, |(at, _)| at);
    let changed = format!("{}A{}", &received[..nonce_end - 1], &received[nonce_end..]);
    checks.check(&format!("{name}: a changed token"), || {
        drop(black_box(profile.open_with(&changed, &opening).err()));
    });
    let stale = Expected {
        freshness: Freshness::Within { now: 1000, tolerance: 1 },
        method: None,
        url: None,
        profile_id: None,
    };
    let mut late = opening;
    late.expected = Some(stale);
    checks.check(&format!("{name}: opened too late"), || {
        drop(black_box(profile.open_with(&received, &late).expect_err("stale")));
    });
    let mut ring = KeyRing::by_header("x-key");
    ring.add("k1", profile.clone()).expect("its kid");
    let request = ReceivedRequest {
        headers: &[],
        target: &sent.url,
        body: sent.body.as_deref().unwrap_or_default().as_bytes(),
    };
    checks.check(&format!("{name}: a key ring"), || {
        drop(black_box(ring.open(&request, &opening).expect("its own")));
    });
}
