//! The weakness of GCM under a profile's fixed IV, as an attack that succeeds (SECURITY.md, finding 1).
//!
//! The attacker sees the texts of two values of equal length, at most 16 bytes, and knows one of the values. The
//! library is used through its public interface, by the victim only.

#![allow(clippy::arithmetic_side_effects, clippy::string_slice)] // a test may panic

use super::test_support::Element;
use super::{Algorithm, Cipher};

/// What the attacker sees: ciphertext and tag of one text.
struct Seen {
    ciphertext: Vec<u8>,
    tag: Element,
}

fn see(text: &str) -> Seen {
    let mut ciphertext = base64_simd::STANDARD.decode_to_vec(text).unwrap();
    let tag = Element::from_block(&ciphertext.split_off(ciphertext.len() - 16));
    Seen { ciphertext, tag }
}

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

fn ghash(h: Element, ciphertext: &[u8]) -> Element {
    let hashed = ciphertext.chunks(16).fold(Element(0), |y, block| (y + Element::from_block(block)) * h);
    (hashed + Element::length_block(ciphertext.len())) * h
}

/// H = sqrt((T1 + T2) / (C1 + C2)): with one block and equal lengths all else cancels out.
fn authentication_key(first: &Seen, second: &Seen) -> Element {
    let tags = first.tag + second.tag;
    let texts = Element::from_block(&first.ciphertext) + Element::from_block(&second.ciphertext);
    (tags * texts.inverse()).square_root()
}

fn forge(h: Element, seen: &Seen, ciphertext: &[u8]) -> String {
    let mask = seen.tag + ghash(h, &seen.ciphertext);
    let tag = ghash(h, ciphertext) + mask;
    base64_simd::STANDARD.encode_to_string([ciphertext, &tag.0.to_be_bytes()].concat())
}

#[test]
fn two_short_values_give_away_the_authentication_key_and_the_values() {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes192Gcm, Algorithm::Aes256Gcm] {
        let key = &"Zk3vQ9tLm2Rw8XcYb5NdHs7JpAe4UfGi"[..algorithm.key_len()];
        let victim = Cipher::new(algorithm, key, "q7Wn4sTz1BxKe6Vh").unwrap();
        let first = see(&victim.encrypt("status=failed!!!").unwrap());
        let second = see(&victim.encrypt("otp=493817      ").unwrap());

        // From here on without the key.
        let h = authentication_key(&first, &second);
        let keystream = xor(&first.ciphertext, b"status=failed!!!");
        assert_eq!(xor(&second.ciphertext, &keystream), b"otp=493817      ");

        let forged = forge(h, &first, &xor(&keystream, b"status=delivered"));
        assert_eq!(victim.decrypt_text(&forged), Ok("status=delivered".into()));

        // Any length is accepted, with bytes of the attacker's choice as far as the keystream is known.
        for length in [0, 1, 5, 15, 17, 100, 1000] {
            let mut ciphertext = vec![0x55; length];
            ciphertext.iter_mut().zip(xor(&keystream, b"status=delivered")).for_each(|(to, from)| *to = from);
            let opened = victim.decrypt(forge(h, &first, &ciphertext)).unwrap();
            assert_eq!(opened.len(), length);
            assert!(b"status=delivered".starts_with(&opened[..length.min(16)]));
        }
    }
}

#[test]
fn shorter_values_do_as_well() {
    let victim = Cipher::new(Algorithm::Aes128Gcm, "Zk3vQ9tLm2Rw8XcY", "q7Wn4sTz1BxKe6Vh").unwrap();
    for (known, other, wanted) in [("0", "1", "7"), ("+919876543210", "+919000000001", "+441234567890")] {
        let (first, second) = (see(&victim.encrypt(known).unwrap()), see(&victim.encrypt(other).unwrap()));
        let h = authentication_key(&first, &second);
        let ciphertext = xor(&xor(&first.ciphertext, known.as_bytes()), wanted.as_bytes());
        assert_eq!(victim.decrypt_text(forge(h, &first, &ciphertext)), Ok(wanted.into()));
    }
}
