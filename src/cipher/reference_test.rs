//! The prepared modes against the `aes-gcm` and `cfb-mode` crates, and what [`Cipher`] promises besides.

#![allow(clippy::arithmetic_side_effects, clippy::string_slice)] // a test may panic

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{AesGcm, Nonce, aes};
use cfb_mode::cipher::consts::U16;
use cfb_mode::cipher::{BlockCipherEncrypt, KeyIvInit};

use super::block::{Aes, Block};
use super::cfb::Cfb;
use super::gcm::Gcm;
use super::test_support::{Element, IV, KEY, Numbers, cipher, wire_formats};
use super::*;

/// Every length around the cache and the stride and far beyond, then longer ones.
fn lengths(numbers: &mut Numbers) -> Vec<usize> {
    let longer = (0..40).map(|_| 4097 + numbers.below(60_000));
    (0..=4096).chain(longer.collect::<Vec<_>>()).chain([65_536, 200_003]).collect()
}

fn gcm_reference(key: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let nonce = Nonce::<U16>::try_from(IV.as_bytes()).unwrap();
    match key.len() {
        16 => AesGcm::<aes::Aes128, U16>::new_from_slice(key).unwrap().encrypt(&nonce, plaintext),
        24 => AesGcm::<aes::Aes192, U16>::new_from_slice(key).unwrap().encrypt(&nonce, plaintext),
        _ => AesGcm::<aes::Aes256, U16>::new_from_slice(key).unwrap().encrypt(&nonce, plaintext),
    }
    .unwrap()
}

fn cfb_reference(key: &[u8], plaintext: &[u8]) -> Vec<u8> {
    fn encrypt<M: KeyIvInit>(key: &[u8]) -> M {
        M::new_from_slices(key, IV.as_bytes()).unwrap()
    }
    let mut bytes = plaintext.to_vec();
    match key.len() {
        16 => encrypt::<cfb_mode::Encryptor<aes::Aes128>>(key).encrypt(&mut bytes),
        24 => encrypt::<cfb_mode::Encryptor<aes::Aes192>>(key).encrypt(&mut bytes),
        _ => encrypt::<cfb_mode::Encryptor<aes::Aes256>>(key).encrypt(&mut bytes),
    }
    bytes
}

#[test]
fn gcm_equals_aes_gcm_for_every_length() {
    let mut numbers = Numbers::new(5);
    for length in [16, 24, 32] {
        let key = &KEY.as_bytes()[..length];
        let gcm = Gcm::new(Aes::new(key).unwrap(), IV.as_bytes());
        for length in lengths(&mut numbers) {
            let plaintext = numbers.bytes(length);
            let expected = gcm_reference(key, &plaintext);
            let mut buffer = vec![0; length];
            let tag = gcm.seal(b"", &plaintext, &mut buffer).unwrap();
            assert_eq!(buffer, expected[..length], "{length} bytes");
            assert_eq!(tag, expected[length..], "{length} bytes");
            gcm.open(b"", &mut buffer, &tag).unwrap();
            assert_eq!(buffer, plaintext, "{length} bytes");
        }
    }
}

#[test]
fn cfb_equals_cfb_mode_for_every_length() {
    let mut numbers = Numbers::new(6);
    for length in [16, 24, 32] {
        let key = &KEY.as_bytes()[..length];
        let cfb = Cfb::new(Aes::new(key).unwrap(), IV.as_bytes().try_into().unwrap());
        for length in lengths(&mut numbers) {
            let plaintext = numbers.bytes(length);
            let mut buffer = plaintext.clone();
            cfb.encrypt(&mut buffer);
            assert_eq!(buffer, cfb_reference(key, &plaintext), "{length} bytes");
            cfb.decrypt(&mut buffer);
            assert_eq!(buffer, plaintext, "{length} bytes");
        }
    }
}

#[test]
fn batches_equal_cfb_mode_for_every_length() {
    let mut numbers = Numbers::new(7);
    for algorithm in [Algorithm::Aes128Cfb, Algorithm::Aes192Cfb, Algorithm::Aes256Cfb] {
        let key = &KEY.as_bytes()[..algorithm.key_len()];
        let cipher = cipher(algorithm).with_wire_format(WireFormat::default().with_encoding(Encoding::Hex));
        let mut lengths: Vec<usize> = (0..=4096).collect();
        let mut batch = Batch::new();
        while !lengths.is_empty() {
            // Lengths taken at random, so that short and long values share their lanes.
            let count = (1 + numbers.below(100)).min(lengths.len());
            let (mut out, mut expected) = (Vec::new(), Vec::new());
            for _ in 0..count {
                let length = lengths.swap_remove(numbers.below(lengths.len()));
                let plaintext = numbers.bytes(length);
                let start = batch.plaintext().len();
                batch.plaintext().extend_from_slice(&plaintext);
                cipher.reserve_value(&mut batch, start, &mut out).unwrap();
                expected.extend(cfb_reference(key, &plaintext));
            }
            cipher.encrypt_batch(&mut batch, &mut out).unwrap();
            assert_eq!(hex_simd::decode_to_vec(&out).unwrap(), expected);
        }
    }
}

/// A 16-byte IV whose J0 has any wanted value: IV = (J0 / H + L) / H.
#[test]
fn the_counter_wraps_within_its_32_bits() {
    let key = &KEY.as_bytes()[..16];
    let mut h = Block::default();
    Aes::new(key).unwrap().encrypt_block(&mut h);
    let inverse = Element::from_block(&h).inverse();
    for counter in [u32::MAX, u32::MAX - 1, u32::MAX - 15, u32::MAX - 16, u32::MAX - 17, u32::MAX - 100] {
        let j0 = Element((0x0123_4567_89ab_cdef_0246_8ace << 32) | u128::from(counter));
        let iv = ((j0 * inverse + Element::length_block(16)) * inverse).0.to_be_bytes();
        let nonce = Nonce::<U16>::from(iv);
        let reference = AesGcm::<aes::Aes128, U16>::new_from_slice(key).unwrap();
        for length in [16, 32, 255, 257, 300, 2000, 4000] {
            let plaintext = vec![7; length];
            let sealed = hazmat::gcm_seal(key, &iv, b"", &plaintext).unwrap();
            assert_eq!(sealed, reference.encrypt(&nonce, &*plaintext).unwrap());
            assert_eq!(hazmat::gcm_open(key, &iv, b"", &sealed), Ok(plaintext));
        }
    }
}

#[test]
fn every_flipped_bit_is_refused_and_nothing_is_released() {
    for algorithm in [Algorithm::Aes128Gcm, Algorithm::Aes192Gcm, Algorithm::Aes256Gcm] {
        let gcm = Gcm::new(Aes::new(&KEY.as_bytes()[..algorithm.key_len()]).unwrap(), IV.as_bytes());
        for plaintext in [&b"Thank you, John"[..], b""] {
            for tag in TagPlacement::ALL {
                let format = WireFormat::default().with_encoding(Encoding::Hex).with_tag(*tag);
                let cipher = cipher(algorithm).with_wire_format(format);
                let sealed = hex_simd::decode_to_vec(cipher.encrypt(plaintext).unwrap()).unwrap();
                for bit in 0..sealed.len() * 8 {
                    let mut changed = sealed.clone();
                    changed[bit / 8] ^= 1 << (bit % 8);
                    let text = hex_simd::encode_to_string(&changed, hex_simd::AsciiCase::Lower);
                    assert_eq!(cipher.decrypt(&text), Err(CipherError::AuthFailed));
                    let mut out = [0xaa; 64];
                    assert_eq!(cipher.decrypt_into(&text, &mut out), Err(CipherError::AuthFailed));
                    assert_eq!(out, [0xaa; 64]);
                    let (ciphertext, tag) = split_tag(&mut changed, *tag).unwrap();
                    let before = ciphertext.to_vec();
                    assert_eq!(gcm.open(b"", ciphertext, tag), Err(CipherError::AuthFailed));
                    assert_eq!(ciphertext, before);
                }
                for length in 0..sealed.len() {
                    let text = hex_simd::encode_to_string(&sealed[..length], hex_simd::AsciiCase::Lower);
                    assert_eq!(cipher.decrypt(&text), Err(CipherError::AuthFailed));
                }
                let longer =
                    hex_simd::encode_to_string([&sealed[..], b"\0"].concat(), hex_simd::AsciiCase::Lower);
                assert_eq!(cipher.decrypt(&longer), Err(CipherError::AuthFailed));
            }
        }
    }
}

#[test]
fn a_wrong_key_is_refused_by_gcm_and_at_best_noticed_by_cfb() {
    let text = cipher(Algorithm::Aes128Gcm).encrypt("value").unwrap();
    let other = Cipher::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2Q", IV).unwrap();
    assert_eq!(other.decrypt(&text), Err(CipherError::AuthFailed));
    let other = Cipher::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2P", "POabcdefghijklLZ").unwrap();
    assert_eq!(other.decrypt_text(&text), Err(CipherError::AuthFailed));

    let text = cipher(Algorithm::Aes128Cfb).encrypt("a value of some length").unwrap();
    let other = Cipher::new(Algorithm::Aes128Cfb, "K1abcdefghijkl2Q", IV).unwrap();
    assert_eq!(other.decrypt(&text).unwrap().len(), 22);
    assert_eq!(other.decrypt_text(&text), Err(CipherError::NotUtf8 { authenticated: false }));
}

#[test]
fn cfb_gives_no_integrity() {
    let cipher =
        cipher(Algorithm::Aes256Cfb).with_wire_format(WireFormat::default().with_encoding(Encoding::Hex));
    let mut bytes = hex_simd::decode_to_vec(cipher.encrypt("amount=00000100").unwrap()).unwrap();
    bytes[7] ^= b'0' ^ b'9';
    let text = hex_simd::encode_to_string(bytes, hex_simd::AsciiCase::Lower);
    assert_eq!(cipher.decrypt_text(text), Ok("amount=90000100".into()));
}

#[test]
fn text_that_is_not_encoded_is_an_encoding_error_in_both_modes() {
    for &algorithm in Algorithm::ALL {
        for format in wire_formats() {
            let cipher = cipher(algorithm).with_wire_format(format);
            assert_eq!(cipher.decrypt("§"), Err(CipherError::InvalidEncoding));
            assert_eq!(cipher.decrypt_text(b"\xff"), Err(CipherError::InvalidEncoding));
            assert_eq!(cipher.decrypt_into("A", &mut []), Err(CipherError::InvalidEncoding));
        }
    }
}

#[test]
fn buffers_that_are_too_small_stay_untouched() {
    for &algorithm in Algorithm::ALL {
        let cipher = cipher(algorithm);
        let text = cipher.encrypt("John Smith").unwrap();
        let needed = text.len();
        for size in 0..needed {
            let mut out = vec![b'#'; size];
            let refused = cipher.encrypt_into("John Smith", &mut out);
            assert_eq!(refused, Err(CipherError::BufferTooSmall { needed }));
            assert!(out.iter().all(|byte| *byte == b'#'));
        }
        let mut roomy = vec![b'#'; needed + 5];
        assert_eq!(cipher.encrypt_into("John Smith", &mut roomy), Ok(needed));
        assert_eq!(roomy, [text.as_bytes(), b"#####"].concat());
        for size in 0..10 {
            let mut out = vec![b'#'; size];
            assert_eq!(cipher.decrypt_into(&text, &mut out), Err(CipherError::BufferTooSmall { needed: 10 }));
            assert!(out.iter().all(|byte| *byte == b'#'));
        }
        assert_eq!(cipher.checked_encrypted_len(MAX_PLAINTEXT_LEN + 1), Err(CipherError::TooLong));
        assert!(cipher.checked_encrypted_len(MAX_PLAINTEXT_LEN).is_ok());
        assert_eq!(cipher.decrypted_len_max(0), 0);
        assert_eq!(cipher.encrypted_len(usize::MAX), usize::MAX);
    }
    assert_eq!(MAX_PLAINTEXT_LEN as u64, ((1_u64 << 36) - 32).min(usize::MAX as u64 / 8));
}

#[test]
fn keys_are_checked_and_fit_their_algorithm() {
    let length = CipherError::InvalidKey(KeyError::Length { expected: 24 });
    assert_eq!(Cipher::new(Algorithm::Aes192Gcm, &KEY[..16], IV).unwrap_err(), length);
    let error = Cipher::new(Algorithm::Aes128Gcm, "K1abcdefghijkl2-", IV).unwrap_err();
    assert_eq!(error, CipherError::InvalidKey(KeyError::Characters));
    let error = Cipher::new(Algorithm::Aes128Cfb, &KEY[..16], "POabcdefghij").unwrap_err();
    assert_eq!(error, CipherError::InvalidIv(KeyError::Length { expected: 16 }));
    let (key, iv) = (Key::new(Algorithm::Aes128Gcm, &KEY[..16]).unwrap(), Iv::new(IV).unwrap());
    assert!(Cipher::with_key(Algorithm::Aes128Cfb, &key, &iv).is_ok());
    assert_eq!(Cipher::with_key(Algorithm::Aes192Cfb, &key, &iv).unwrap_err(), length);
}

#[test]
fn a_cipher_shows_its_settings() {
    for format in wire_formats() {
        let cipher = cipher(Algorithm::Aes192Cfb).with_wire_format(format);
        assert_eq!((cipher.algorithm(), *cipher.wire_format()), (Algorithm::Aes192Cfb, format));
    }
}

#[test]
fn debug_shows_the_settings_and_no_secret() {
    for &algorithm in Algorithm::ALL {
        let shown = format!("{:?} {:#?}", cipher(algorithm), cipher(algorithm));
        assert!(shown.starts_with("Cipher { algorithm: Aes"), "{shown}");
        assert!(shown.contains("encoding: Base64, tag: Appended, reading: Tolerant"), "{shown}");
        for secret in [&KEY[..16], IV, "K1ab", "POab"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn ciphers_are_shared_between_threads() {
    fn shared<T: Send + Sync + Unpin + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    shared::<Cipher>();
    shared::<Key>();
    shared::<Iv>();
    shared::<CipherError>();
    assert!(size_of::<Cipher>() <= 24, "the secrets are behind a pointer");
}
