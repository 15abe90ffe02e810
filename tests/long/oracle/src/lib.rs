//! OpenSSL's AES-GCM and AES-CFB, for everything that compares with it or races against it.
//!
//! Nothing here uses the library that is compared with it. That it computes what others publish is shown by
//! `tests/long/oracle/tests/vectors.rs`. A failure of OpenSSL's own is a panic: it has no part in any comparison.

use openssl::cipher::{Cipher, CipherRef};
use openssl::cipher_ctx::CipherCtx;

mod text;

pub use text::{base64, base64_url, hex};

/// Length of GCM's tag in bytes.
pub const TAG_LEN: usize = 16;

/// One algorithm under a key and an IV. Its contexts are kept, as a program that cares for speed keeps them: each value
/// sets the IV again and nothing else.
pub struct Oracle {
    is_gcm: bool,
    iv: Vec<u8>,
    encrypting: CipherCtx,
    decrypting: CipherCtx,
}

impl Oracle {
    /// Takes an algorithm by the platform's name (`AES-128-GCM` and so on), a key of its length and, for GCM, an IV of 1
    /// to 128 bytes; CFB's has 16.
    ///
    /// # Panics
    /// For another name and another length of key or IV.
    pub fn new(algorithm: &str, key: &[u8], iv: &[u8]) -> Oracle {
        let (cipher, is_gcm) = cipher(algorithm);
        let (mut encrypting, mut decrypting) = (context(), context());
        encrypting.encrypt_init(Some(cipher), None, None).expect("OpenSSL knows the algorithm");
        decrypting.decrypt_init(Some(cipher), None, None).expect("OpenSSL knows the algorithm");
        let mut oracle = Oracle { is_gcm, iv: Vec::new(), encrypting, decrypting };
        oracle.set_key(key, iv);
        oracle
    }

    /// Another key and another IV, of the lengths that [`Oracle::new`] takes.
    ///
    /// # Panics
    /// For other lengths.
    pub fn set_key(&mut self, key: &[u8], iv: &[u8]) {
        assert_eq!(key.len(), self.encrypting.key_length(), "length of the key");
        if self.is_gcm {
            self.encrypting.set_iv_length(iv.len()).expect("an IV of 1 to 128 bytes");
            self.decrypting.set_iv_length(iv.len()).expect("an IV of 1 to 128 bytes");
        }
        assert_eq!(iv.len(), self.encrypting.iv_length(), "length of the IV");
        self.encrypting.encrypt_init(None, Some(key), Some(iv)).expect("OpenSSL takes key and IV");
        self.decrypting.decrypt_init(None, Some(key), Some(iv)).expect("OpenSSL takes key and IV");
        self.iv.clear();
        self.iv.extend_from_slice(iv);
    }

    /// Bytes that a sealed value has more than the value: the tag's.
    pub fn overhead(&self) -> usize {
        if self.is_gcm { TAG_LEN } else { 0 }
    }

    /// Writes the ciphertext, under GCM followed by the tag, to the front of `out` and returns the length of both.
    ///
    /// # Panics
    /// If `out` has no room for them.
    pub fn seal_into(&mut self, value: &[u8], out: &mut [u8]) -> usize {
        self.encrypting.encrypt_init(None, None, Some(&self.iv)).expect("OpenSSL takes the IV again");
        let len = self.encrypting.cipher_update(value, Some(out)).expect("OpenSSL encrypts");
        if self.is_gcm {
            self.encrypting.cipher_final(&mut []).expect("OpenSSL ends");
            self.encrypting.tag(&mut out[len..len + TAG_LEN]).expect("OpenSSL has a tag");
        }
        len + self.overhead()
    }

    /// The ciphertext, under GCM followed by the tag.
    pub fn seal(&mut self, value: &[u8]) -> Vec<u8> {
        let mut sealed = vec![0; value.len() + self.overhead()];
        assert_eq!(self.seal_into(value, &mut sealed), sealed.len());
        sealed
    }

    /// The value of a sealed one; `None` if GCM refuses it. CFB makes a value of any bytes.
    pub fn open(&mut self, sealed: &[u8]) -> Option<Vec<u8>> {
        let len = sealed.len().checked_sub(self.overhead())?;
        let (ciphertext, tag) = sealed.split_at(len);
        self.decrypting.decrypt_init(None, None, Some(&self.iv)).expect("OpenSSL takes the IV again");
        let mut value = vec![0; len];
        assert_eq!(
            self.decrypting.cipher_update(ciphertext, Some(&mut value)).expect("OpenSSL decrypts"),
            len
        );
        if self.is_gcm {
            self.decrypting.set_tag(tag).expect("OpenSSL takes the tag");
            self.decrypting.cipher_final(&mut []).ok()?;
        }
        Some(value)
    }
}

/// AES of a single block under a key of 16, 24 or 32 bytes.
pub fn encrypt_block(key: &[u8], block: [u8; 16]) -> [u8; 16] {
    let cipher = match key.len() {
        16 => Cipher::aes_128_ecb(),
        24 => Cipher::aes_192_ecb(),
        32 => Cipher::aes_256_ecb(),
        other => panic!("AES has no keys of {other} bytes"),
    };
    let mut context = context();
    context.encrypt_init(Some(cipher), Some(key), None).expect("OpenSSL takes the key");
    context.set_padding(false);
    let mut out = [0; 32]; // the crate wants room for a block more
    assert_eq!(context.cipher_update(&block, Some(&mut out)).expect("OpenSSL encrypts"), 16);
    out[..16].try_into().expect("16 bytes")
}

/// OpenSSL's own name and version.
pub fn version() -> &'static str {
    openssl::version::version()
}

fn context() -> CipherCtx {
    CipherCtx::new().expect("OpenSSL has memory for a context")
}

/// The cipher, and whether it has a tag.
fn cipher(algorithm: &str) -> (&'static CipherRef, bool) {
    match algorithm {
        "AES-128-GCM" => (Cipher::aes_128_gcm(), true),
        "AES-192-GCM" => (Cipher::aes_192_gcm(), true),
        "AES-256-GCM" => (Cipher::aes_256_gcm(), true),
        "AES-128-CFB" => (Cipher::aes_128_cfb128(), false),
        "AES-192-CFB" => (Cipher::aes_192_cfb128(), false),
        "AES-256-CFB" => (Cipher::aes_256_cfb128(), false),
        other => panic!("no algorithm {other}"),
    }
}
