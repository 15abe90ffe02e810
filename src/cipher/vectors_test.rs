//! The shared vectors of `testdata/crypto.json`, on which five independent implementations agree.

#![allow(clippy::arithmetic_side_effects, clippy::string_slice)] // a test may panic

use serde_json::Value;

use super::test_support::wire_formats;
use super::{Algorithm, Cipher, CipherError, Encoding, TagPlacement, WireFormat, hazmat};

fn cases() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/crypto.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 96);
    cases
}

fn field<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap()
}

fn made(case: &Value, algorithm: &str) -> Cipher {
    Cipher::new(algorithm.parse().unwrap(), field(case, "key"), field(case, "iv")).unwrap()
}

#[test]
fn all_96_cases() {
    let (mut gcm, mut gcm_12, mut cfb, mut cfb8) = (0, 0, 0, 0);
    for case in cases() {
        let (name, iv, plaintext) = (field(&case, "algo"), field(&case, "iv"), field(&case, "pt"));
        if name.ends_with("-CFB8") {
            // Another mode that some libraries take "CFB" for. Its first byte is the same by nature.
            let ours = made(&case, name.trim_end_matches('8')).encrypt(plaintext).unwrap();
            assert_eq!(ours == field(&case, "ct_b64"), plaintext.len() < 2, "{case}");
            cfb8 += 1;
        } else if name.ends_with("-CFB") {
            check_text(&case, field(&case, "ct_b64"), &[field(&case, "ct_hex")]);
            cfb += 1;
        } else if iv.len() == 16 {
            check_text(&case, field(&case, "ct_tag_b64"), &[field(&case, "ct_hex"), field(&case, "tag_hex")]);
            gcm += 1;
        } else {
            let algorithm: Algorithm = name.parse().unwrap();
            let error = Cipher::new(algorithm, field(&case, "key"), iv).unwrap_err();
            assert!(matches!(error, CipherError::InvalidIv(_)));
            let key = field(&case, "key").as_bytes();
            let sealed = hazmat::gcm_seal(key, iv.as_bytes(), b"", plaintext.as_bytes()).unwrap();
            let expected = base64_simd::STANDARD.decode_to_vec(field(&case, "ct_tag_b64")).unwrap();
            assert_eq!(sealed, expected, "{case}");
            assert_eq!(hazmat::gcm_open(key, iv.as_bytes(), b"", &sealed).unwrap(), plaintext.as_bytes());
            gcm_12 += 1;
        }
    }
    assert_eq!((gcm, gcm_12, cfb, cfb8), (24, 24, 24, 24));
}

/// Every way to encrypt and to decrypt the case, in base64 and, with the tag at both ends, in hexadecimal.
fn check_text(case: &Value, base64: &str, hex_parts: &[&str]) {
    let plaintext = field(case, "pt");
    let cipher = made(case, field(case, "algo"));
    check_both_ways(&cipher, plaintext, base64);
    let hex = WireFormat::default().with_encoding(Encoding::Hex);
    let cipher = cipher.with_wire_format(hex);
    check_both_ways(&cipher, plaintext, &hex_parts.concat());
    let cipher = cipher.with_wire_format(hex.with_tag(TagPlacement::Prepended));
    check_both_ways(&cipher, plaintext, &hex_parts.iter().rev().copied().collect::<String>());
}

fn check_both_ways(cipher: &Cipher, plaintext: &str, text: &str) {
    assert_eq!(cipher.encrypt(plaintext).as_deref(), Ok(text));
    assert_eq!(cipher.encrypted_len(plaintext.len()), text.len());
    assert_eq!(cipher.decrypt(text).as_deref(), Ok(plaintext.as_bytes()));
    assert_eq!(cipher.decrypt_text(text).as_deref(), Ok(plaintext));

    let mut appended = b"x".to_vec();
    cipher.encrypt_append(plaintext.as_bytes(), &mut appended).unwrap();
    assert_eq!(appended, format!("x{text}").as_bytes());

    let mut buffer = vec![0; text.len()];
    assert_eq!(cipher.encrypt_into(plaintext, &mut buffer), Ok(text.len()));
    assert_eq!(buffer, text.as_bytes());
    let mut buffer = vec![0; cipher.decrypted_len_max(text.len())];
    assert_eq!(cipher.decrypt_into(text, &mut buffer), Ok(plaintext.len()));
    assert_eq!(&buffer[..plaintext.len()], plaintext.as_bytes());
}

#[test]
fn every_wire_format_returns_what_was_put_in() {
    for case in cases().iter().filter(|case| field(case, "algo").parse::<Algorithm>().is_ok()) {
        if field(case, "iv").len() == 16 {
            for format in wire_formats() {
                let cipher = made(case, field(case, "algo")).with_wire_format(format);
                let text = cipher.encrypt(field(case, "pt")).unwrap();
                check_both_ways(&cipher, field(case, "pt"), &text);
            }
        }
    }
}
