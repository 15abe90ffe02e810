//! The AES block cipher with any of its three key lengths, and the XOR that both modes are made of.

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipherEncClosure, BlockCipherEncrypt, BlockSizeUser, KeyInit};
use aes::{Aes128Enc, Aes192Enc, Aes256Enc};

/// Bytes of an AES block.
pub(crate) const BLOCK_LEN: usize = 16;

/// How many blocks the `aes` crate encrypts at once: its widest stride, reached with VAES on AVX-512.
pub(crate) const STRIDE: usize = 64;

pub(crate) use aes::Block;

/// An AES key schedule (FIPS 197). GCM and CFB both need the forward direction only. The `aes` crate wipes it
/// when it is dropped.
pub(crate) enum Aes {
    Bits128(Aes128Enc),
    Bits192(Aes192Enc),
    Bits256(Aes256Enc),
}

impl Aes {
    /// The key schedule of 16, 24 or 32 bytes; `None` for any other length.
    pub(crate) fn new(key: &[u8]) -> Option<Aes> {
        match key.len() {
            16 => Aes128Enc::new_from_slice(key).ok().map(Aes::Bits128),
            24 => Aes192Enc::new_from_slice(key).ok().map(Aes::Bits192),
            32 => Aes256Enc::new_from_slice(key).ok().map(Aes::Bits256),
            _ => None,
        }
    }
}

impl BlockSizeUser for Aes {
    type BlockSize = U16;
}

impl BlockCipherEncrypt for Aes {
    #[inline]
    fn encrypt_with_backend(&self, f: impl BlockCipherEncClosure<BlockSize = U16>) {
        match self {
            Aes::Bits128(aes) => aes.encrypt_with_backend(f),
            Aes::Bits192(aes) => aes.encrypt_with_backend(f),
            Aes::Bits256(aes) => aes.encrypt_with_backend(f),
        }
    }
}

/// `data ^= keystream`, as far as the shorter of the two goes.
#[inline(always)]
pub(crate) fn xor(data: &mut [u8], keystream: &[u8]) {
    for (byte, key) in data.iter_mut().zip(keystream) {
        *byte ^= key;
    }
}

/// `out = data ^ keystream`, as far as the shortest of the three goes.
#[inline(always)]
pub(crate) fn xor_to(out: &mut [u8], data: &[u8], keystream: &[u8]) {
    for ((to, from), key) in out.iter_mut().zip(data).zip(keystream) {
        *to = from ^ key;
    }
}

/// `block ^= keystream`. The fixed length makes it one vector instruction, which matters: CFB waits for it.
#[inline(always)]
pub(crate) fn xor_block(block: &mut [u8; BLOCK_LEN], keystream: &[u8; BLOCK_LEN]) {
    *block = (u128::from_ne_bytes(*block) ^ u128::from_ne_bytes(*keystream)).to_ne_bytes();
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    #[test]
    fn only_three_key_lengths_exist() {
        for length in 0..64 {
            assert_eq!(Aes::new(&vec![1; length]).is_some(), [16, 24, 32].contains(&length));
        }
    }

    /// FIPS 197, appendix C.
    #[test]
    fn fips_197_examples() {
        let key: Vec<u8> = (0..32).collect();
        let cases = [
            (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
            (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
            (32, "8ea2b7ca516745bfeafc49904b496089"),
        ];
        for (length, expected) in cases {
            let mut block = Block::from(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff_u128.to_be_bytes());
            Aes::new(&key[..length]).unwrap().encrypt_block(&mut block);
            assert_eq!(hex_simd::encode_to_string(block, hex_simd::AsciiCase::Lower), expected);
        }
    }

    #[test]
    fn xor_stops_at_the_shorter() {
        let mut data = [1, 2, 3];
        xor(&mut data, &[1, 1]);
        assert_eq!(data, [0, 3, 3]);
        let mut out = [9; 4];
        xor_to(&mut out, &data, &[1; 2]);
        assert_eq!(out, [1, 2, 9, 9]);
        let mut block = [0xf0; 16];
        xor_block(&mut block, &[0xff; 16]);
        assert_eq!(block, [0x0f; 16]);
    }

    #[test]
    fn key_schedules_are_wiped() {
        fn is_wiped<T: ZeroizeOnDrop>() {}
        is_wiped::<Aes128Enc>();
        is_wiped::<Aes192Enc>();
        is_wiped::<Aes256Enc>();
    }
}
