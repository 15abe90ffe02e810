//! The ciphers against OpenSSL.

use callback_profile::cipher::{Cipher, Encoding, TagPlacement, WireFormat};
use openssl::symm::{self, Mode};

use crate::input::{IV, KEY, algorithm};

/// One byte for algorithm, wire format and the byte that is flipped; the rest is a value, cut into three for a batch.
pub fn cipher_differential(data: &[u8]) {
    let Some((choice, value)) = data.split_first() else { return };
    let algorithm = algorithm(*choice);
    let key = &KEY[..algorithm.key_len()];
    let encoding = [Encoding::Base64, Encoding::Base64Url, Encoding::Hex][usize::from(choice / 6) % 3];
    let tag = [TagPlacement::Appended, TagPlacement::Prepended][usize::from(choice / 18) % 2];
    let format = WireFormat::default().with_encoding(encoding).with_tag(tag);
    let hex = WireFormat::default().with_encoding(Encoding::Hex);
    let cipher = Cipher::new(algorithm, key, IV).expect("key and IV are valid");
    let cipher_hex = Cipher::new(algorithm, key, IV).expect("key and IV are valid").with_wire_format(hex);

    let expected = openssl(algorithm.name(), key, value);
    let written: String = expected.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(cipher_hex.encrypt(value).expect("short enough"), written);

    let cipher = cipher.with_wire_format(format);
    let text = cipher.encrypt(value).expect("short enough");
    assert_eq!(cipher.decrypt(&text).expect("our own text"), value);
    assert_eq!(text.len(), cipher.encrypted_len(value.len()));

    let third = value.len() / 3;
    let parts = [&value[..third], &value[third..2 * third], &value[2 * third..], value];
    let mut texts = Vec::new();
    cipher.encrypt_all(&parts, &mut texts).expect("short enough");
    for (part, text) in parts.iter().zip(&texts) {
        assert_eq!(text, &cipher.encrypt(part).expect("short enough"));
    }

    // A flipped bit: GCM refuses it, CFB gives other bytes.
    let mut forged = expected;
    if let Some(place) = (!forged.is_empty()).then(|| usize::from(*choice) % forged.len()) {
        forged[place] ^= 1 << (choice % 8);
        let forged: String = forged.iter().map(|byte| format!("{byte:02x}")).collect();
        match cipher_hex.decrypt(forged) {
            Ok(other) => assert!(!algorithm.is_authenticated() && other != value),
            Err(_) => assert!(algorithm.is_authenticated()),
        }
    }
    // Whatever else comes: no panic.
    let _ = cipher.decrypt(value);
    let _ = cipher.decrypt_text(value);
}

fn openssl(name: &str, key: &str, value: &[u8]) -> Vec<u8> {
    let (bits, mode) = (key.len() * 8, name.rsplit('-').next().unwrap_or_default());
    let cipher = match (bits, mode) {
        (128, "GCM") => symm::Cipher::aes_128_gcm(),
        (192, "GCM") => symm::Cipher::aes_192_gcm(),
        (256, "GCM") => symm::Cipher::aes_256_gcm(),
        (128, "CFB") => symm::Cipher::aes_128_cfb128(),
        (192, "CFB") => symm::Cipher::aes_192_cfb128(),
        (256, "CFB") => symm::Cipher::aes_256_cfb128(),
        other => panic!("{other:?}"),
    };
    let (key, iv) = (key.as_bytes(), IV.as_bytes());
    if mode == "CFB" {
        return symm::encrypt(cipher, key, Some(iv), value).expect("OpenSSL encrypts");
    }
    // The 16-byte IV is not OpenSSL's default.
    let mut crypter = symm::Crypter::new(cipher, Mode::Encrypt, key, Some(iv)).expect("OpenSSL takes the IV");
    let mut out = vec![0; value.len() + 16];
    let mut len = crypter.update(value, &mut out).expect("OpenSSL encrypts");
    len += crypter.finalize(&mut out[len..]).expect("OpenSSL ends");
    out.truncate(len);
    let mut tag = [0; 16];
    crypter.get_tag(&mut tag).expect("OpenSSL gives a tag");
    out.extend_from_slice(&tag);
    out
}
