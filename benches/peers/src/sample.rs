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

/// What values are made of that are not ASCII.
pub const LETTERS: [(&str, &str); 3] = [
    ("Devanagari", "नमस्ते आपका ऑर्डर "),
    ("Latin-1 letters", "Grüße aus Köln, très bientôt. "),
    ("emoji", "😀🎉 👍🏽 "),
];

/// Such a value of 64 bytes, different for each number; full stops fill it up.
pub fn letters(text: &str, number: usize) -> String {
    let mut value = format!("{number:04}-");
    for character in text.chars().cycle() {
        if value.len() + character.len_utf8() > 64 {
            break;
        }
        value.push(character);
    }
    value.extend(std::iter::repeat_n('.', 64 - value.len()));
    value
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
        Sample::of(algorithm, count, |number| value(length, number))
    }

    /// The same with the values of a function.
    pub fn of(algorithm: Algorithm, count: usize, value: impl Fn(usize) -> String) -> Sample {
        let members = |text: &dyn Fn(usize) -> String| {
            Value::Object(
                (0..count).map(|number| (format!("member_{number}"), text(number).into())).collect(),
            )
        };
        let body = members(&|number| format!("<member_{number}>"));
        let record = members(&value).to_string();
        let payload = json!({"title": "bench", "http_method": "POST", "url": "https://example.com/in", "body": body,
            "enc": {"algo": algorithm.name(), "key": key(algorithm), "IV": IV}});
        Sample { payload: payload.to_string(), body, record }
    }
}
