//! New keys: the `enc` object of either version, from random bytes that the caller brings.

use zeroize::Zeroizing;

use super::rules::is_kid;
use crate::Error;
use crate::cipher::{Algorithm, IV_LEN, SEALING_KEY_LEN, SealingKey};
use crate::json::{ObjectWriter, Output, push_string};
use crate::wiped::WipedText;

/// What a key and an IV are made of. \[D\]
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The bytes below this are four times the alphabet. The others are passed over: with them the first eight characters
/// would be more frequent than the rest.
const FAIR: u8 = 248;

/// A new `enc` object, `{"algo", "key", "IV"}`, as JSON: key and IV are letters and digits, all equally likely, made from
/// `random` in its order.
///
/// The bytes must come from the operating system's random number generator, and each call needs new ones. `None` if there
/// are too few: a character takes one byte, and one in 32 is passed over. 128 bytes are enough for every algorithm but for
/// a chance below 10<sup>-70</sup>.
///
/// ```
/// use callback_profile::{cipher::Algorithm, keygen};
/// let random: Vec<u8> = (0..128).collect(); // in earnest: from the operating system
/// assert_eq!(
///     keygen(Algorithm::Aes128Gcm, &random).unwrap(),
///     r#"{"algo":"AES-128-GCM","key":"ABCDEFGHIJKLMNOP","IV":"QRSTUVWXYZabcdef"}"#
/// );
/// ```
pub fn keygen(algorithm: Algorithm, random: &[u8]) -> Option<String> {
    let mut characters = random
        .iter()
        .filter(|byte| **byte < FAIR)
        .filter_map(|byte| ALPHABET.iter().cycle().nth(usize::from(*byte)))
        .map(|character| char::from(*character));
    let mut take = |count: usize| {
        let mut text = Zeroizing::new(String::with_capacity(count));
        text.extend(characters.by_ref().take(count));
        (text.len() == count).then_some(text)
    };
    let (key, iv) = (take(algorithm.key_len())?, take(IV_LEN)?);
    let mut json = WipedText::default();
    let mut object = ObjectWriter::new(&mut json);
    push_string(object.member("algo"), algorithm.name());
    push_string(object.member("key"), &key);
    push_string(object.member("IV"), &iv);
    object.finish();
    Some(json.into_string())
}

/// A new `enc` object of a sealed profile, `{"version", "kid", "key"}`, as JSON. `kid` is the key's id: 1 to 64 letters,
/// digits, `.`, `_` and `-`, another one for each key.
///
/// The bytes must come from the operating system's random number generator, and each call needs new ones.
///
/// # Errors
/// [`Error::InvalidArgument`] if the id is none, or if all bytes are the same.
///
/// ```
/// use callback_profile::keygen_sealed;
/// let random = std::array::from_fn(|index| index as u8); // in earnest: from the operating system
/// assert_eq!(
///     keygen_sealed("2026-01", &random).unwrap(),
///     r#"{"version":2,"kid":"2026-01","key":"cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#
/// );
/// ```
pub fn keygen_sealed(kid: &str, random: &[u8; SEALING_KEY_LEN]) -> Result<String, Error> {
    if !is_kid(kid) {
        return Err(Error::InvalidArgument(
            "the id of a key must be 1 to 64 letters, digits, dots, underscores and dashes",
        ));
    }
    let key = SealingKey::text_of(random);
    if !SealingKey::is_key(&key) {
        return Err(Error::InvalidArgument("the bytes must be random"));
    }
    let mut json = WipedText::default();
    let mut object = ObjectWriter::new(&mut json);
    object.member("version").append("2");
    push_string(object.member("kid"), kid);
    push_string(object.member("key"), &key);
    object.finish();
    Ok(json.into_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    #[test]
    fn every_character_is_made_of_as_many_bytes() {
        let mut counts = std::collections::BTreeMap::new();
        for byte in 0..=u8::MAX {
            let random = [byte; 64];
            let Some(json) = keygen(Algorithm::Aes256Cfb, &random) else {
                assert!(byte >= FAIR);
                continue;
            };
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            let character = value["IV"].as_str().unwrap().chars().next().unwrap();
            assert_eq!(value["key"], character.to_string().repeat(32));
            *counts.entry(character).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 62);
        assert!(
            counts.iter().all(|(character, count)| character.is_ascii_alphanumeric() && *count == 4),
            "{counts:?}"
        );
    }

    #[test]
    fn the_object_is_an_enc_of_a_profile_and_too_few_bytes_give_none() {
        // What is passed over does not count.
        let random: Vec<u8> = (0..=u8::MAX).rev().collect();
        for algorithm in Algorithm::ALL {
            let needed = algorithm.key_len() + IV_LEN;
            let passed_over = usize::from(u8::MAX - FAIR) + 1;
            let enc = keygen(*algorithm, &random[..needed + passed_over]).unwrap();
            assert_eq!(keygen(*algorithm, &random[..needed + passed_over - 1]), None);
            assert_eq!(keygen(*algorithm, &random).as_ref(), Some(&enc), "no more bytes are taken");
            let payload =
                format!(r#"{{"title":"new","http_method":"GET","url":"https://e.com/?a=<a>","enc":{enc}}}"#);
            let profile = Profile::parse(payload).unwrap();
            assert_eq!(profile.encryption().unwrap().algorithm(), *algorithm);
        }
    }

    #[test]
    fn a_sealed_key_has_an_id_and_random_bytes() {
        let random = std::array::from_fn(|index| index as u8);
        let enc = keygen_sealed("a.b_c-1", &random).unwrap();
        let payload =
            format!(r#"{{"title":"new","http_method":"GET","url":"https://e.com/?a=<a>","enc":{enc}}}"#);
        assert_eq!(Profile::parse(payload).unwrap().sealed_encryption().unwrap().kid(), "a.b_c-1");
        for kid in ["", "a b", "é", &"a".repeat(65)] {
            assert!(keygen_sealed(kid, &random).is_err());
        }
        assert!(keygen_sealed("a", &[9; 32]).is_err());
    }
}
