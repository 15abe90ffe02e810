//! The ciphers against OpenSSL.

use std::cell::RefCell;
use std::sync::LazyLock;

use callback_profile::cipher::{Algorithm, Cipher, Encoding, WireFormat};
use openssl::cipher_ctx::CipherCtx;

use crate::input::{IV, KEY, WIRE_FORMATS, wire_format};

/// What no input changes, for each algorithm.
static STOCK: LazyLock<Vec<Stock>> = LazyLock::new(|| Algorithm::ALL.iter().copied().map(Stock::new).collect());

thread_local! {
    /// OpenSSL's context for each algorithm, with key and IV.
    static OPENSSL: RefCell<Vec<CipherCtx>> = RefCell::new(Algorithm::ALL.iter().copied().map(context).collect());
}

/// An algorithm's ciphers.
struct Stock {
    is_authenticated: bool,
    /// Writes bytes as they can be compared with OpenSSL's.
    hex: Cipher,
    /// By number, see [`wire_format`].
    formats: Vec<Cipher>,
}

impl Stock {
    fn new(algorithm: Algorithm) -> Stock {
        let cipher = |format| {
            let cipher = Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV);
            cipher.expect("key and IV are valid").with_wire_format(format)
        };
        Stock {
            is_authenticated: algorithm.is_authenticated(),
            hex: cipher(WireFormat::default().with_encoding(Encoding::Hex)),
            formats: (0..WIRE_FORMATS).map(|choice| cipher(wire_format(choice))).collect(),
        }
    }
}

/// One byte for algorithm, wire format and the byte that is flipped; the rest is a value, cut into three for a batch.
pub fn cipher_differential(data: &[u8]) {
    let Some((choice, value)) = data.split_first() else { return };
    let algorithm = usize::from(*choice) % STOCK.len();
    let stock = &STOCK[algorithm];
    let expected =
        OPENSSL.with_borrow_mut(|contexts| openssl(&mut contexts[algorithm], stock.is_authenticated, value));
    assert_eq!(stock.hex.encrypt(value).expect("short enough").as_bytes(), hex(&expected));

    let cipher = &stock.formats[usize::from(*choice) / STOCK.len() % stock.formats.len()];
    let text = cipher.encrypt(value).expect("short enough");
    assert_eq!(cipher.decrypt(&text).expect("our own text"), value);
    assert_eq!(text.len(), cipher.encrypted_len(value.len()));

    let third = value.len() / 3;
    let parts = [&value[..third], &value[third..2 * third], &value[2 * third..]];
    let mut texts = Vec::new();
    cipher.encrypt_all(&[parts[0], parts[1], parts[2], value], &mut texts).expect("short enough");
    for (part, text) in parts.iter().zip(&texts) {
        assert_eq!(text, &cipher.encrypt(part).expect("short enough"));
    }
    assert_eq!(texts[3], text);

    // A flipped bit: GCM refuses it, CFB gives other bytes.
    let mut forged = expected;
    if let Some(place) = (!forged.is_empty()).then(|| usize::from(*choice) % forged.len()) {
        forged[place] ^= 1 << (choice % 8);
        match stock.hex.decrypt(hex(&forged)) {
            Ok(other) => assert!(!stock.is_authenticated && other != value),
            Err(_) => assert!(stock.is_authenticated),
        }
    }
    // Whatever else comes: no panic.
    let _ = cipher.decrypt(value);
    let _ = cipher.decrypt_text(value);
}

/// A context with the key, whose IV [`openssl`] sets again for every value.
fn context(algorithm: Algorithm) -> CipherCtx {
    use openssl::cipher::Cipher;
    let cipher = match algorithm {
        Algorithm::Aes128Gcm => Cipher::aes_128_gcm(),
        Algorithm::Aes192Gcm => Cipher::aes_192_gcm(),
        Algorithm::Aes256Gcm => Cipher::aes_256_gcm(),
        Algorithm::Aes128Cfb => Cipher::aes_128_cfb128(),
        Algorithm::Aes192Cfb => Cipher::aes_192_cfb128(),
        Algorithm::Aes256Cfb => Cipher::aes_256_cfb128(),
        other => panic!("OpenSSL is not told of {other}"),
    };
    let mut context = CipherCtx::new().expect("a context");
    context.encrypt_init(Some(cipher), None, None).expect("OpenSSL knows the algorithm");
    if algorithm.is_authenticated() {
        context.set_iv_length(IV.len()).expect("16 bytes are not the default");
    }
    let key = &KEY.as_bytes()[..algorithm.key_len()];
    context.encrypt_init(None, Some(key), Some(IV.as_bytes())).expect("OpenSSL takes key and IV");
    context
}

/// What OpenSSL makes of a value: the ciphertext, and under GCM the tag behind it.
fn openssl(context: &mut CipherCtx, has_tag: bool, value: &[u8]) -> Vec<u8> {
    const TAG: usize = 16;
    context.encrypt_init(None, None, Some(IV.as_bytes())).expect("OpenSSL takes the IV");
    let mut out = vec![0; value.len() + TAG];
    assert_eq!(context.cipher_update(value, Some(&mut out)).expect("OpenSSL encrypts"), value.len());
    assert_eq!(context.cipher_final(&mut out[value.len()..]).expect("OpenSSL ends"), 0);
    if has_tag {
        context.tag(&mut out[value.len()..]).expect("OpenSSL gives a tag");
    } else {
        out.truncate(value.len());
    }
    out
}

/// Hexadecimal digits, without the library's encoder.
fn hex(bytes: &[u8]) -> Vec<u8> {
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    let mut digits = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    digits
}
