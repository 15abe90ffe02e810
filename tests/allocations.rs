//! `Profile::callback_into` allocates nothing in steady state, and `Profile::open` nothing for each value: counted by a
//! counting allocator, for every way in which a callback is written.
#![allow(clippy::arithmetic_side_effects)]

use allocation_counter::measure;
use callback_profile::cipher::{Algorithm, Cipher};
use callback_profile::{CallbackBuffer, CallbackOptions, Profile};

const ENC: &str = r#""enc": {"algo": "AES-128-GCM", "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"}"#;
const RECORD: &str = r#"{"first": "John", "last": "O\"Neil\nJr", "id": 4711, "ok": true, "nothing": "",
    "order": {"lines": [{"sku": "A-1", "count": 2}, {"sku": "ä", "count": 3}], "total": 1.50}}"#;

/// What differs between the cases: method, more of the URL, headers, and enc.
fn payload(method: &str, query: &str, headers: &str, enc: &str) -> String {
    let enc = if enc.is_empty() { String::new() } else { format!(", {enc}") };
    format!(
        r#"{{"title": "allocations", "http_method": "{method}", "url": "https://example.com/in/<id>{query}",
        "headers": {{"x-name": "<first>"{headers}}}, "body": {{"constant": "text", "name": "<first> <last>",
        "id": "<id>", "ok": "<ok>", "lines": "<order.lines>", "first line": "<order>", "empty": "<nothing>",
        "nested": {{"deep": ["<first>", 1, null, true]}}}}{enc}}}"#
    )
}

#[test]
fn callbacks_of_every_kind_allocate_nothing_once_the_buffer_has_grown() {
    let cfb = ENC.replace("GCM", "CFB");
    let gcm_192 = ENC.replace("128", "192").replace("kl2P", "kl2P12345678");
    let some = ENC.replace("POabcdefghijklLY\"", "POabcdefghijklLY\", \"params\": [\"name\", \"lines\"]");
    let multipart = r#", "Content-Type": "multipart/form-data""#;
    let with_boundary = r#", "content-type": "multipart/form-data; boundary=given""#;
    let form = r#", "content-type": "application/x-www-form-urlencoded""#;
    let query = "?name=<first>&<last>=<id>&constant=1";
    let mut ran = 0;
    for enc in ["", ENC, cfb.as_str(), gcm_192.as_str(), some.as_str()] {
        for (method, query, headers) in [
            ("POST", "", ""),
            ("PUT", query, ""),
            ("POST", "", multipart),
            ("POST", "", with_boundary),
            ("POST", query, form),
            ("GET", query, ""),
            ("DELETE", query, ""),
        ] {
            let payload = payload(method, query, headers, enc);
            let profile = Profile::parse(&payload).unwrap_or_else(|report| panic!("{report}: {payload}"));
            let (mut buffer, options) = (CallbackBuffer::default(), CallbackOptions::default());
            let mut callback = || profile.callback_into(RECORD.as_bytes(), &options, &mut buffer).unwrap();
            assert!(measure(&mut callback).count_total > 0, "the counter counts");
            callback();
            assert_eq!(measure(&mut callback).count_total, 0, "{payload}");
            ran += 1;
        }
    }
    println!("count allocations rust ran={ran} refused=0 failed=0");
    assert_eq!(ran, 35);
}

/// Into memory of the caller's: a value of up to 512 bytes needs no other.
#[test]
fn one_value_of_at_most_512_bytes_allocates_nothing() {
    for algorithm in Algorithm::ALL {
        let key = "K1abcdefghijkl2PQRSTUVWXYZ012345".get(..algorithm.key_len()).unwrap();
        let cipher = Cipher::new(*algorithm, key, "POabcdefghijklLY").unwrap();
        let allocations = |len: usize| {
            let (value, mut text) = (vec![b'x'; len], vec![0; cipher.encrypted_len(len)]);
            measure(|| assert!(cipher.encrypt_into(&value, &mut text).is_ok())).count_total
        };
        for len in [0, 240, 241, 256, 257, 512] {
            assert_eq!(allocations(len), 0, "{} bytes, {}", len, algorithm.name());
        }
        assert!(allocations(529) > 0, "the counter counts");
    }
}

/// The parsed body, the plaintext of one value and the JSON are memory for all values; lists grow by doubling.
#[test]
fn opening_allocates_nothing_for_each_value() {
    for enc in [ENC.to_owned(), ENC.replace("GCM", "CFB")] {
        let allocations = |count: usize| {
            let members: Vec<String> = (0..count).map(|n| format!(r#""m{n}": "<v>""#)).collect();
            let profile = format!(
                r#"{{"title": "opening", "http_method": "POST", "url": "https://example.com/", "body": {{{}}}, {enc}}}"#,
                members.join(", ")
            );
            let profile = Profile::parse(profile).unwrap();
            let record = format!(r#"{{"v": "{}"}}"#, "नमस्ते".repeat(4));
            let body =
                profile.callback(&callback_profile::Record::parse(&record).unwrap()).unwrap().body.unwrap();
            assert!(profile.open(&body).is_ok(), "the shape is made at the first opening");
            measure(|| drop(profile.open(&body).unwrap())).count_total
        };
        let (few, many) = (allocations(16), allocations(128));
        assert!(few > 0 && many <= few + 16, "{few} for 16 values, {many} for 128");
    }
}
