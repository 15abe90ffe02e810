//! No block that the library frees holds the key, the IV, the first round keys or the hash key.

use std::hint::black_box;

use callback_profile::cipher::{Algorithm, Cipher, Iv, Key, hazmat};
use callback_profile::{Envelope, ParseOptions, Profile, Record, Report, Request, Secrets, StoredProfile};

use crate::freed::look;
use crate::{IV, KEY};

/// Key and IV; E(K, 0), the hash key, and its first two powers as they are kept; and the last of the schedule's parts that can be had from outside: E(K, IV), with
/// which CFB begins.
fn secrets() -> Vec<[u8; 16]> {
    let text = |text: &str| -> [u8; 16] { text.as_bytes().try_into().expect("16 characters") };
    let block = |iv: &[u8]| -> [u8; 16] {
        let bytes = hazmat::cfb_encrypt(KEY.as_bytes(), iv, &[0; 16]).expect("a block");
        bytes.try_into().expect("16 bytes")
    };
    let hash_key = block(&[0; 16]);
    let mut reversed = hash_key;
    reversed.reverse();
    let [power, square] = powers(hash_key);
    vec![text(KEY), text(IV), hash_key, reversed, power, square, block(IV.as_bytes())]
}

/// H and H² as POLYVAL has them (RFC 8452): the bytes reversed, times x; and a product divided by x^128.
fn powers(hash_key: [u8; 16]) -> [[u8; 16]; 2] {
    const POLYNOMIAL: u128 = 0xc200_0000_0000_0000_0000_0000_0000_0001;
    let by_x = |number: u128| number << 1 ^ if number >> 127 == 1 { POLYNOMIAL } else { 0 };
    // x^-1 of an odd number is added to the polynomial x^128 + … + 1 first, whose highest bit falls off.
    let by_inverse = |number: u128| match number & 1 {
        0 => number >> 1,
        _ => (number ^ POLYNOMIAL) >> 1 | 1 << 127,
    };
    let power = by_x(u128::from_be_bytes(hash_key));
    // Horner's scheme from the lowest coefficient: each step divides by x.
    let square = (0..128).fold(0, |sum, bit| by_inverse(sum ^ if power >> bit & 1 == 1 { power } else { 0 }));
    [power.to_le_bytes(), square.to_le_bytes()]
}

fn payload(algorithm: &str, key: &str, iv: &str, more: &str) -> String {
    format!(
        r#"{{"title":"wiping","http_method":"POST","url":"https://example.com/?q=<x>","body":{{"a":"<x>","b":"constant"}},
        "enc":{{"algo":"{algorithm}","key":"{key}","IV":"{iv}"}}{more}}}"#
    )
}

/// Every character as `\u00XX`.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("\\u{byte:04x}")).collect()
}

pub fn run() -> usize {
    let secrets = secrets();
    let (mut ran, mut failed) = (0, 0);
    let mut check = |what: &str, work: &dyn Fn()| {
        let seen = look(&secrets, work);
        ran += 1;
        let is_clean = seen.found == 0 && seen.blocks > 0;
        failed += usize::from(!is_clean);
        if !is_clean {
            println!("FAILED {what}: {} secrets in {} freed blocks", seen.found, seen.blocks);
        }
    };
    for algorithm in ["AES-128-GCM", "AES-128-CFB"] {
        let name = |what: &str| format!("{algorithm}: {what}");
        for (spelling, key, iv) in
            [("plain", KEY.to_owned(), IV.to_owned()), ("escaped", escaped(KEY), escaped(IV))]
        {
            let text = payload(algorithm, &key, &iv, "");
            // More escapes around the key, so that what holds the decoded text grows.
            let grown = payload(
                algorithm,
                &key,
                &iv,
                &format!(r#","response_message":"{}""#, escaped(&"x".repeat(900))),
            );
            let in_string =
                format!(r#"{{"code":"c","data":{text},"message":"m","error":{{}},"status":200}}"#);
            let what = |what: &str| name(&format!("{spelling}: {what}"));
            check(&what("parse and drop"), &|| drop(Profile::parse(&text).expect("valid")));
            check(&what("parse what grows"), &|| drop(Profile::parse(&grown).expect("valid")));
            check(&what("check"), &|| Profile::check(&text).expect("valid"));
            check(&what("stored"), &|| drop(StoredProfile::parse(&text).expect("valid")));
            check(&what("stored in an envelope"), &|| drop(StoredProfile::parse(&in_string).expect("valid")));
            check(&what("envelope"), &|| drop(Envelope::parse(&in_string).expect("valid")));
            check(&what("record with a key"), &|| drop(Record::parse(&text).expect("an object")));
            check(&what("request"), &|| {
                let headers = [("api-key", "k"), ("content-type", "application/json")];
                let request = Request { sid: "HX0", headers: &headers, payload: text.as_bytes() };
                drop(black_box(request.parse(&ParseOptions::default())));
            });
            for (from, to) in [
                (algorithm, "AES-256-GCM"),
                ("wiping", "é"),
                ("\"b\":", "\"a\":"),
                ("constant\"}", "constant\""),
                ("https", "ftp"),
                (IV, "short"),
            ] {
                let broken = text.replace(from, to);
                check(&what(&format!("failing parse, {to}")), &|| {
                    let _: Result<Profile, Report> = black_box(Profile::parse(&broken));
                    drop(black_box(StoredProfile::parse(&broken)));
                });
            }
            let profile = Profile::parse(payload(algorithm, "K1abcdefghijkl2P", "POabcdefghijklLY", ""))
                .expect("valid");
            let patch =
                format!(r#"{{"enc":{{"algo":"{algorithm}","key":"{key}","IV":"{iv}"}},"title":"patched"}}"#);
            check(&what("patch that brings the key"), &|| drop(profile.patch(&patch).expect("valid")));
            let broken = patch.replace("patched", "é");
            check(&what("failing patch"), &|| drop(black_box(profile.patch(&broken).err())));
        }
        let text = payload(algorithm, KEY, IV, "");
        let profile = Profile::parse(&text).expect("valid");
        let record = Record::parse(r#"{"x":"value"}"#).expect("an object");
        let body = profile.callback(&record).expect("a callback").body.expect("a body");
        check(&name("patch of a profile with the key"), &|| {
            drop(profile.patch(r#"{"title":"patched"}"#).expect("valid"));
        });
        check(&name("callback"), &|| drop(profile.callback(&record).expect("a callback")));
        check(&name("open"), &|| drop(profile.open(&body).expect("its own")));
        check(&name("failing open"), &|| drop(black_box(profile.open(body.replace('=', "A")))));
        check(&name("masked"), &|| {
            drop(profile.to_json(Secrets::Masked));
            drop(Envelope::created(&profile, None, Secrets::Masked).to_json());
        });
        let algorithm = Algorithm::from_name(algorithm).expect("known");
        check(&name("cipher"), &|| {
            let cipher = Cipher::new(algorithm, KEY, IV).expect("valid");
            let text = cipher.encrypt("a value of more than one block of AES").expect("short");
            drop(cipher.decrypt(&text).expect("its own"));
            drop(Box::new(cipher));
        });
        check(&name("key, iv, errors"), &|| {
            drop((Key::new(algorithm, KEY).expect("valid"), Iv::new(IV).expect("valid")));
            drop((Key::new(Algorithm::Aes256Gcm, KEY).err(), Vec::<u8>::with_capacity(1)));
        });
        check(&name("hazmat"), &|| {
            drop(hazmat::gcm_seal(KEY.as_bytes(), IV.as_bytes(), b"", b"value").expect("valid"));
            drop(hazmat::cfb_encrypt(KEY.as_bytes(), IV.as_bytes(), b"value").expect("valid"));
        });
        drop(profile);
    }
    // The allocator sees what is not wiped.
    let seen = look(&secrets, || drop(black_box(KEY.to_owned())));
    let leak_is_found = usize::from(seen.found != 1);
    println!("count wiping rust ran={ran} refused=0 failed={}", failed + leak_is_found);
    assert_eq!(ran, 2 * (2 * 16 + 8));
    failed + leak_is_found
}
