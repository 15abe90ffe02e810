//! AES-CFB of the `cfb-mode` crate under a key that is kept. A mode is consumed by its message, but the cipher that it is
//! made of may be borrowed: then a message costs no key schedule.

use aes::cipher::consts::U16;
use aes::cipher::{Array, BlockCipherEncrypt, BlockSizeUser, InnerIvInit, KeyInit};
use cfb_mode::{Decryptor, Encryptor};

pub trait Cfb {
    /// `out` is as long as the plaintext.
    fn encrypt_into(&self, plaintext: &[u8], out: &mut [u8]);
    fn decrypt(&self, data: &mut [u8]);
}

struct Kept<A> {
    aes: A,
    iv: Array<u8, U16>,
}

impl<A: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16>> Cfb for Kept<A> {
    fn encrypt_into(&self, plaintext: &[u8], out: &mut [u8]) {
        Encryptor::inner_iv_init(&self.aes, &self.iv).encrypt_b2b(plaintext, out).unwrap();
    }

    fn decrypt(&self, data: &mut [u8]) {
        Decryptor::inner_iv_init(&self.aes, &self.iv).decrypt(data);
    }
}

fn kept<A>(key: &[u8], iv: &[u8]) -> Box<dyn Cfb>
where
    A: KeyInit + BlockCipherEncrypt + BlockSizeUser<BlockSize = U16> + 'static,
{
    Box::new(Kept { aes: A::new_from_slice(key).unwrap(), iv: Array::try_from(iv).unwrap() })
}

/// AES of the key's length.
pub fn cfb(key: &[u8], iv: &[u8]) -> Box<dyn Cfb> {
    match key.len() {
        16 => kept::<aes::Aes128>(key, iv),
        24 => kept::<aes::Aes192>(key, iv),
        _ => kept::<aes::Aes256>(key, iv),
    }
}
