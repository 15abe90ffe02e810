//! What a sender may have made of the profile's key and IV.

use base64_simd::STANDARD as BASE64;
use hex_simd::AsciiCase;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cause::Cause;
use super::modes::Mode;
use crate::cipher::{Algorithm, IV_LEN};

pub(super) type Secret = Zeroizing<Vec<u8>>;

/// A key as a sender may have used it. The profile's own is the first of all, without a cause.
pub(super) struct KeyGuess {
    pub(super) cause: Option<Cause>,
    pub(super) detail: &'static str,
    pub(super) key: Secret,
    /// The IV that goes with this key instead of the profile's.
    pub(super) iv: Option<Secret>,
    /// The mode that goes with it: that of another profile.
    pub(super) mode: Option<Mode>,
    /// Which of the further profiles it belongs to.
    pub(super) profile: Option<usize>,
}

/// An IV as a sender may have used it. The profile's own is the first of all, without a cause.
pub(super) struct IvGuess {
    pub(super) cause: Option<Cause>,
    pub(super) detail: &'static str,
    pub(super) iv: Secret,
}

/// A profile's algorithm, key and IV.
pub(super) struct Settled<'p> {
    pub(super) algorithm: Algorithm,
    pub(super) key: &'p str,
    pub(super) iv: &'p str,
}

impl Settled<'_> {
    pub(super) fn mode(&self) -> Mode {
        if self.algorithm.is_gcm() { Mode::Gcm } else { Mode::Cfb }
    }
}

/// The keys to try, the likelier ones first; none twice.
pub(super) fn keys(own: &Settled<'_>, others: &[(usize, Settled<'_>)]) -> Vec<KeyGuess> {
    let mut guesses = Guesses(Vec::new());
    let key = own.key.as_bytes();
    guesses.0.push(KeyGuess {
        cause: None,
        detail: "",
        key: secret(key),
        iv: None,
        mode: None,
        profile: None,
    });
    for (index, other) in others {
        guesses.0.push(KeyGuess {
            cause: Some(Cause::OtherKey),
            detail: "it was encrypted with key and IV of another profile",
            key: secret(other.key.as_bytes()),
            iv: Some(secret(other.iv.as_bytes())),
            mode: Some(other.mode()),
            profile: Some(*index),
        });
        guesses.add(
            Cause::OtherKey,
            "it was encrypted with the key of another profile",
            other.key.as_bytes(),
        );
    }
    guesses.add_swapped(own);
    guesses.add_sizes(key);
    guesses.add_encodings(key);
    guesses.add_hashes(key);
    guesses.add_typing(own.key);
    guesses.0
}

struct Guesses(Vec<KeyGuess>);

impl Guesses {
    /// Adds a key of one of the three sizes, unless it is there; other sizes are left out.
    fn add(&mut self, cause: Cause, detail: &'static str, key: &[u8]) {
        let is_key = matches!(key.len(), 16 | 24 | 32);
        if is_key && self.0.iter().all(|guess| guess.iv.is_some() || guess.key.as_slice() != key) {
            let guess = KeyGuess {
                cause: Some(cause),
                detail,
                key: secret(key),
                iv: None,
                mode: None,
                profile: None,
            };
            self.0.push(guess);
        }
    }

    /// Adds a key made of these bytes as programs do that want another size: cut, or filled up with NUL bytes.
    fn add_fitted(&mut self, cause: Cause, detail: &'static str, bytes: &[u8]) {
        self.add(cause, detail, bytes);
        for size in [32, 16, 24] {
            self.add(cause, detail, &fitted(bytes, size));
        }
    }

    fn add_swapped(&mut self, own: &Settled<'_>) {
        let (key, iv) = (own.key.as_bytes(), own.iv.as_bytes());
        for size in [IV_LEN, key.len()] {
            let swapped_key = fitted(iv, size);
            for swapped_iv in [fitted(key, IV_LEN), secret(key)] {
                let is_new = |guess: &KeyGuess| {
                    guess.key != swapped_key || guess.iv.as_ref().is_none_or(|iv| *iv != swapped_iv)
                };
                if self.0.iter().all(is_new) {
                    self.0.push(KeyGuess {
                        cause: Some(Cause::KeyIvSwapped),
                        detail: "key and IV are swapped",
                        key: swapped_key.clone(),
                        iv: Some(swapped_iv),
                        mode: None,
                        profile: None,
                    });
                }
            }
        }
    }

    fn add_sizes(&mut self, key: &[u8]) {
        let size = key.len();
        for other in [32, 16, 24] {
            let detail = match (other > size, other) {
                (true, 32) => "the key is filled up with NUL bytes to 32 bytes",
                (true, _) => "the key is filled up with NUL bytes to 24 bytes",
                (false, 16) => "only the first 16 bytes of the key are used",
                (false, _) => "only the first 24 bytes of the key are used",
            };
            self.add(Cause::KeyLength, detail, &fitted(key, other));
        }
    }

    fn add_encodings(&mut self, key: &[u8]) {
        if let Ok(bytes) = hex_simd::decode_to_vec(key) {
            self.add_fitted(Cause::KeyHex, "the key was decoded from hexadecimal", &Zeroizing::new(bytes));
        }
        for case in [AsciiCase::Lower, AsciiCase::Upper] {
            let text = Zeroizing::new(hex_simd::encode_to_string(key, case));
            self.add_fitted(Cause::KeyHex, "the key is the hexadecimal text of the key", text.as_bytes());
        }
        if let Ok(bytes) = BASE64.decode_to_vec(key) {
            self.add_fitted(Cause::KeyBase64, "the key was decoded from base64", &Zeroizing::new(bytes));
        }
        let text = Zeroizing::new(BASE64.encode_to_string(key));
        self.add_fitted(Cause::KeyBase64, "the key is the base64 text of the key", text.as_bytes());
        let pairs = |high_first: bool| -> Secret {
            let pair = |byte: &u8| if high_first { [0, *byte] } else { [*byte, 0] };
            Zeroizing::new(key.iter().flat_map(pair).collect())
        };
        for high_first in [false, true] {
            self.add_fitted(Cause::KeyUtf16, "the key is in UTF-16", &pairs(high_first));
        }
    }

    fn add_hashes(&mut self, key: &[u8]) {
        let md5 = Zeroizing::new(Md5::digest(key).to_vec());
        let sha1 = Zeroizing::new(Sha1::digest(key).to_vec());
        let sha256 = Zeroizing::new(Sha256::digest(key).to_vec());
        for (hash, raw, hexadecimal) in [
            (
                &md5,
                "the key is the MD5 hash of the key",
                "the key is the hexadecimal text of the key's MD5 hash",
            ),
            (
                &sha256,
                "the key is the SHA-256 hash of the key",
                "the key is the hexadecimal text of the key's SHA-256 hash",
            ),
            (
                &sha1,
                "the key is the SHA-1 hash of the key",
                "the key is the hexadecimal text of the key's SHA-1 hash",
            ),
        ] {
            self.add_fitted(Cause::KeyHashed, raw, hash);
            for case in [AsciiCase::Lower, AsciiCase::Upper] {
                let text = Zeroizing::new(hex_simd::encode_to_string(hash.as_slice(), case));
                self.add_fitted(Cause::KeyHashed, hexadecimal, text.as_bytes());
            }
        }
    }

    fn add_typing(&mut self, key: &str) {
        let size = key.len();
        self.add(
            Cause::KeyCase,
            "the key is in lower case",
            Zeroizing::new(key.to_ascii_lowercase()).as_bytes(),
        );
        self.add(
            Cause::KeyCase,
            "the key is in upper case",
            Zeroizing::new(key.to_ascii_uppercase()).as_bytes(),
        );
        let (head, tail) = (key.get(..size.saturating_sub(1)), key.get(1..));
        for line_break in ["\n", "\r\n", "\r"] {
            let texts = [Some(key), head, tail].into_iter().flatten().map(|key| format!("{key}{line_break}"));
            let before = [Some(key), head].into_iter().flatten().map(|key| format!("{line_break}{key}"));
            for text in texts.chain(before).map(Zeroizing::new) {
                self.add_fitted(Cause::KeyLineBreak, "the key has a line break", text.as_bytes());
            }
        }
    }
}

/// The IVs to try, the likelier ones first; none twice.
pub(super) fn ivs(own: &Settled<'_>) -> Vec<IvGuess> {
    let iv = own.iv.as_bytes();
    let mut guesses = vec![IvGuess { cause: None, detail: "", iv: secret(iv) }];
    let mut add = |cause, detail, iv: &[u8]| {
        if !iv.is_empty() && guesses.iter().all(|guess| guess.iv.as_slice() != iv) {
            guesses.push(IvGuess { cause: Some(cause), detail, iv: secret(iv) });
        }
    };
    let (cut, other) = (Cause::IvCut, Cause::IvOther);
    add(cut, "only the first 12 bytes of the IV are used", iv.get(..12).unwrap_or_default());
    add(cut, "only the last 12 bytes of the IV are used", iv.get(4..).unwrap_or_default());
    add(cut, "only the first 8 bytes of the IV are used", iv.get(..8).unwrap_or_default());
    add(other, "the IV is 16 NUL bytes", &[0; 16]);
    add(other, "the IV is 12 NUL bytes", &[0; 12]);
    add(other, "the IV is sixteen times the digit 0", &[b'0'; 16]);
    add(other, "the key is used as the IV", &fitted(own.key.as_bytes(), IV_LEN));
    add(other, "the key is used as the IV", own.key.as_bytes());
    let flipped: Secret = Zeroizing::new(iv.iter().rev().copied().collect());
    add(other, "the IV is reversed", &flipped);
    let inverted: Secret = Zeroizing::new(iv.iter().map(|byte| !byte).collect());
    add(other, "every bit of the IV is flipped", &inverted);
    add(other, "the IV is in lower case", &iv.to_ascii_lowercase());
    add(other, "the IV is in upper case", &iv.to_ascii_uppercase());
    let mut add_fitted = |detail, bytes: &[u8]| {
        add(other, detail, bytes);
        add(other, detail, &fitted(bytes, IV_LEN));
    };
    if let Ok(bytes) = hex_simd::decode_to_vec(iv) {
        add_fitted("the IV was decoded from hexadecimal", &bytes);
    }
    if let Ok(bytes) = BASE64.decode_to_vec(iv) {
        add_fitted("the IV was decoded from base64", &bytes);
    }
    add_fitted(
        "the IV is the hexadecimal text of the IV",
        hex_simd::encode_to_string(iv, AsciiCase::Lower).as_bytes(),
    );
    add_fitted("the IV is the base64 text of the IV", BASE64.encode_to_string(iv).as_bytes());
    add_fitted("the IV is the MD5 hash of the IV", &Md5::digest(iv));
    let utf16: Vec<u8> = iv.iter().flat_map(|byte| [*byte, 0]).collect();
    add_fitted("the IV is in UTF-16", &utf16);
    guesses
}

fn secret(bytes: &[u8]) -> Secret {
    Zeroizing::new(bytes.to_vec())
}

/// So many bytes: the first ones, or all and NUL bytes behind them.
fn fitted(bytes: &[u8], size: usize) -> Secret {
    let mut fitted: Secret = Zeroizing::new(vec![0; size]);
    fitted.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_are_few_and_different_and_start_with_the_profiles_own() {
        for (algorithm, key) in [
            (Algorithm::Aes128Gcm, "K1abcdefghijkl2P"),
            (Algorithm::Aes192Cfb, "K1abcdefghijkl2PQRSTUVWX"),
            (Algorithm::Aes256Gcm, "00112233445566778899aabbccddeeff"),
        ] {
            let own = Settled { algorithm, key, iv: "POabcdefghijklLY" };
            let (keys, ivs) = (keys(&own, &[]), ivs(&own));
            assert!(keys.len() < 110 && ivs.len() < 32, "{} keys, {} IVs", keys.len(), ivs.len());
            assert_eq!((keys[0].key.as_slice(), ivs[0].iv.as_slice()), (key.as_bytes(), own.iv.as_bytes()));
            assert!(keys[1..].iter().all(|guess| guess.cause.is_some() && !guess.detail.is_empty()));
            for (index, guess) in keys.iter().enumerate() {
                assert!(matches!(guess.key.len(), 16 | 24 | 32));
                let is_same = |other: &KeyGuess| other.key == guess.key && other.iv == guess.iv;
                assert!(!keys[..index].iter().any(is_same), "{}", guess.detail);
            }
        }
    }
}
