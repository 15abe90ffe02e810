//! What all contestants work on.

use callback_profile::cipher::{Algorithm, Cipher};
use oracle::Oracle;
use serde_json::{Value, json};

const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
pub const IV: &str = "POabcdefghijklLY";

/// A readable value of so many characters, different for each number.
pub fn value(length: usize, number: usize) -> String {
    let text = format!("{number:04}-The quick brown fox jumps over the lazy dog. ");
    text.chars().cycle().take(length).collect()
}

pub fn key(algorithm: Algorithm) -> &'static str {
    &KEY[..algorithm.key_len()]
}

pub fn cipher(algorithm: Algorithm) -> Cipher {
    Cipher::new(algorithm, key(algorithm), IV).unwrap()
}

/// OpenSSL EVP with a reused context, under the same key and IV.
pub fn openssl(algorithm: Algorithm) -> Oracle {
    Oracle::new(algorithm.name(), key(algorithm).as_bytes(), IV.as_bytes())
}

/// A profile, its body and a record for a callback of `count` values.
pub struct Sample {
    pub payload: String,
    pub body: Value,
    pub record: String,
}

impl Sample {
    pub fn new(algorithm: Algorithm, count: usize, length: usize) -> Sample {
        let members = |text: &dyn Fn(usize) -> String| {
            Value::Object(
                (0..count).map(|number| (format!("member_{number}"), text(number).into())).collect(),
            )
        };
        let body = members(&|number| format!("<member_{number}>"));
        let record = members(&|number| value(length, number)).to_string();
        let payload = json!({"title": "bench", "http_method": "POST", "url": "https://example.com/in", "body": body,
            "enc": {"algo": algorithm.name(), "key": key(algorithm), "IV": IV}});
        Sample { payload: payload.to_string(), body, record }
    }
}
