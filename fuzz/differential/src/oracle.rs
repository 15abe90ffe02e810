//! OpenSSL, with a context per algorithm that is given new keys and IVs.

use callback_profile::cipher::Algorithm;
use openssl::cipher::Cipher;
use openssl::cipher_ctx::CipherCtx;

/// One algorithm of OpenSSL's under a key and an IV.
pub(crate) struct Oracle {
    is_gcm: bool,
    iv: [u8; 16],
    encrypting: CipherCtx,
    /// For CFB only: what GCM gives back is known, or nothing.
    decrypting: CipherCtx,
}

impl Oracle {
    pub(crate) fn new(algorithm: Algorithm) -> Oracle {
        let cipher = match algorithm {
            Algorithm::Aes128Gcm => Cipher::aes_128_gcm(),
            Algorithm::Aes192Gcm => Cipher::aes_192_gcm(),
            Algorithm::Aes256Gcm => Cipher::aes_256_gcm(),
            Algorithm::Aes128Cfb => Cipher::aes_128_cfb128(),
            Algorithm::Aes192Cfb => Cipher::aes_192_cfb128(),
            Algorithm::Aes256Cfb => Cipher::aes_256_cfb128(),
            other => panic!("OpenSSL is not told of {other}"),
        };
        let mut encrypting = CipherCtx::new().expect("a context");
        encrypting.encrypt_init(Some(cipher), None, None).expect("OpenSSL knows the algorithm");
        if algorithm.is_gcm() {
            encrypting.set_iv_length(16).expect("16 bytes are not the default");
        }
        let mut decrypting = CipherCtx::new().expect("a context");
        decrypting.decrypt_init(Some(cipher), None, None).expect("OpenSSL knows the algorithm");
        Oracle { is_gcm: algorithm.is_gcm(), iv: [0; 16], encrypting, decrypting }
    }

    pub(crate) fn set_key(&mut self, key: &str, iv: &str) {
        self.iv = iv.as_bytes().try_into().expect("16 bytes");
        assert_eq!(key.len(), self.encrypting.key_length());
        self.encrypting.encrypt_init(None, Some(key.as_bytes()), Some(&self.iv)).expect("a key");
        if !self.is_gcm {
            self.decrypting.decrypt_init(None, Some(key.as_bytes()), Some(&self.iv)).expect("a key");
        }
    }

    /// The ciphertext, and under GCM the tag.
    pub(crate) fn seal(&mut self, value: &[u8], out: &mut Vec<u8>) -> Option<[u8; 16]> {
        self.encrypting.encrypt_init(None, None, Some(&self.iv)).expect("an IV");
        run(&mut self.encrypting, value, out);
        self.is_gcm.then(|| {
            let mut tag = [0; 16];
            self.encrypting.tag(&mut tag).expect("a tag");
            tag
        })
    }

    /// What CFB makes of any bytes.
    pub(crate) fn open_cfb(&mut self, sealed: &[u8], out: &mut Vec<u8>) {
        self.decrypting.decrypt_init(None, None, Some(&self.iv)).expect("an IV");
        run(&mut self.decrypting, sealed, out);
    }
}

fn run(context: &mut CipherCtx, input: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.resize(input.len(), 0);
    let written = context.cipher_update(input, Some(out)).expect("bytes");
    assert_eq!(written, input.len());
    assert_eq!(context.cipher_final(&mut [0; 16]).expect("an end"), 0);
}
