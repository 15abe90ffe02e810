//! What people write today: parse the record, build a tree, one EVP run per value, base64, serialise.

use base64::Engine;
use callback_profile::cipher::Algorithm;
use openssl::cipher::Cipher;
use openssl::cipher_ctx::CipherCtx;
use serde_json::{Map, Value};

/// OpenSSL EVP with a reused context: the key is kept, the IV is set per value.
pub struct Evp {
    context: CipherCtx,
    iv: Vec<u8>,
    is_gcm: bool,
}

impl Evp {
    pub fn new(algorithm: Algorithm, key: &str, iv: &str) -> Evp {
        let cipher = match algorithm {
            Algorithm::Aes128Gcm => Cipher::aes_128_gcm(),
            Algorithm::Aes192Gcm => Cipher::aes_192_gcm(),
            Algorithm::Aes256Gcm => Cipher::aes_256_gcm(),
            Algorithm::Aes128Cfb => Cipher::aes_128_cfb128(),
            Algorithm::Aes192Cfb => Cipher::aes_192_cfb128(),
            _ => Cipher::aes_256_cfb128(),
        };
        let is_gcm = algorithm.is_gcm();
        let mut context = CipherCtx::new().unwrap();
        context.encrypt_init(Some(cipher), None, None).unwrap();
        if is_gcm {
            context.set_iv_length(16).unwrap();
        }
        context.encrypt_init(None, Some(key.as_bytes()), Some(iv.as_bytes())).unwrap();
        Evp { context, iv: iv.as_bytes().to_vec(), is_gcm }
    }

    /// Ciphertext and tag; `out` has room for both.
    pub fn encrypt_into(&mut self, plaintext: &[u8], out: &mut [u8]) {
        self.context.encrypt_init(None, None, Some(&self.iv)).unwrap();
        let length = self.context.cipher_update(plaintext, Some(out)).unwrap();
        if self.is_gcm {
            self.context.cipher_final(&mut []).unwrap();
            self.context.tag(&mut out[length..length + 16]).unwrap();
        }
    }

    pub fn encrypt_base64(&mut self, plaintext: &[u8]) -> String {
        let mut out = vec![0; plaintext.len() + if self.is_gcm { 16 } else { 0 }];
        self.encrypt_into(plaintext, &mut out);
        base64::engine::general_purpose::STANDARD.encode(out)
    }
}

/// A straightforward program for a body whose members are one `<name>` each.
pub struct HandWritten {
    evp: Evp,
    names: Vec<(String, String)>,
}

impl HandWritten {
    pub fn new(algorithm: Algorithm, key: &str, iv: &str, body: &Value) -> HandWritten {
        let name = |(member, value): (&String, &Value)| {
            (member.clone(), value.as_str().unwrap().trim_matches(['<', '>']).to_owned())
        };
        HandWritten {
            evp: Evp::new(algorithm, key, iv),
            names: body.as_object().unwrap().iter().map(name).collect(),
        }
    }

    pub fn callback(&mut self, record: &[u8]) -> Vec<u8> {
        let record: Value = serde_json::from_slice(record).unwrap();
        let mut body = Map::new();
        for (member, name) in &self.names {
            let text = record.get(name).and_then(Value::as_str).unwrap_or_default();
            body.insert(member.clone(), self.evp.encrypt_base64(text.as_bytes()).into());
        }
        serde_json::to_vec(&Value::Object(body)).unwrap()
    }
}
