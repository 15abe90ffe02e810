//! The ciphers against OpenSSL.

use std::cell::RefCell;
use std::sync::LazyLock;

use callback_profile::cipher::{Algorithm, Cipher, Encoding, WireFormat};
use oracle::{Oracle, hex};

use crate::input::{IV, KEY, WIRE_FORMATS, wire_format};

/// What no input changes, for each algorithm.
static STOCK: LazyLock<Vec<Stock>> =
    LazyLock::new(|| Algorithm::ALL.iter().copied().map(Stock::new).collect());

thread_local! {
    /// OpenSSL for each algorithm, with key and IV.
    static OPENSSL: RefCell<Vec<Oracle>> = RefCell::new(Algorithm::ALL.iter().copied().map(openssl).collect());
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

/// One byte for algorithm, wire format and the byte that is flipped; the rest is a value, split into three for a batch.
pub fn cipher_differential(data: &[u8]) {
    let Some((choice, value)) = data.split_first() else { return };
    let algorithm = usize::from(*choice) % STOCK.len();
    let stock = &STOCK[algorithm];
    let expected = OPENSSL.with_borrow_mut(|oracles| oracles[algorithm].seal(value));
    assert_eq!(stock.hex.encrypt(value).expect("short enough"), hex(&expected));

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
    if let Some(index) = (!forged.is_empty()).then(|| usize::from(*choice) % forged.len()) {
        forged[index] ^= 1 << (choice % 8);
        match stock.hex.decrypt(hex(&forged)) {
            Ok(other) => assert!(!stock.is_authenticated && other != value),
            Err(_) => assert!(stock.is_authenticated),
        }
    }
    // Whatever else comes: no panic.
    let _ = cipher.decrypt(value);
    let _ = cipher.decrypt_text(value);
}

fn openssl(algorithm: Algorithm) -> Oracle {
    Oracle::new(algorithm.name(), &KEY.as_bytes()[..algorithm.key_len()], IV.as_bytes())
}
