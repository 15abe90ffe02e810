//! Pieces of an input.

use callback_profile::cipher::Algorithm;
use serde_json::{Value, json};

pub const KEY: &str = "K1abcdefghijkl2PQRSTUVWXYZ012345";
pub const IV: &str = "POabcdefghijklLY";

/// The text before the first zero byte, and the bytes after it.
pub fn split(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == 0) {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

/// The `enc` of a payload.
pub fn enc(algorithm: Algorithm) -> Value {
    json!({"algo": algorithm.name(), "key": &KEY[..algorithm.key_len()], "IV": IV})
}

/// An algorithm, chosen by a byte.
pub fn algorithm(choice: u8) -> Algorithm {
    Algorithm::ALL[usize::from(choice) % Algorithm::ALL.len()]
}

/// Two JSON texts mean the same.
pub fn same_json(left: &str, right: &str) -> bool {
    let parsed = |text| serde_json::from_str::<Value>(text).expect("what we wrote is JSON");
    parsed(left) == parsed(right)
}
