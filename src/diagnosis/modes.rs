//! The modes that people use by mistake, composed from the block cipher. Only diagnosis can reach them.
//!
//! NIST SP 800-38A: ECB 6.1, CBC 6.2, CFB 6.3 with segments of 1, 8, 16, 32 and 64 bits, OFB 6.4, CTR 6.5.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "segments divide the block, and chunks are no longer than a segment"
)]

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128Dec, Aes192Dec, Aes256Dec};
use zeroize::{Zeroize, Zeroizing};

use super::cause::Cause;
use crate::cipher::diagnostic::{Aes, BLOCK_LEN, Block, Cfb, Gcm};

/// A mode of AES.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Gcm,
    /// The profile's: segments of a whole block.
    Cfb,
    /// Segments of so many bytes.
    CfbBytes(usize),
    CfbBit,
    Ofb,
    Ctr,
    Cbc,
    Ecb,
}

impl Mode {
    pub(super) const ALL: [Mode; 11] = [
        Mode::Gcm,
        Mode::Cfb,
        Mode::CfbBytes(1),
        Mode::Cbc,
        Mode::Ofb,
        Mode::Ctr,
        Mode::Ecb,
        Mode::CfbBytes(2),
        Mode::CfbBytes(4),
        Mode::CfbBytes(8),
        Mode::CfbBit,
    ];

    /// Why a text does not open that was made in this mode.
    pub(super) fn cause(self) -> Cause {
        match self {
            Mode::Gcm => Cause::SentGcm,
            Mode::Cfb => Cause::SentCfb,
            Mode::CfbBytes(1) => Cause::Cfb8,
            Mode::CfbBytes(_) => Cause::CfbSegment,
            Mode::CfbBit => Cause::Cfb1,
            Mode::Ofb => Cause::Ofb,
            Mode::Ctr => Cause::Ctr,
            Mode::Cbc => Cause::Cbc,
            Mode::Ecb => Cause::Ecb,
        }
    }

    pub(super) fn detail(self) -> &'static str {
        match self {
            Mode::Gcm => "it was encrypted with GCM",
            Mode::Cfb => "it was encrypted with CFB, which has no tag",
            Mode::CfbBytes(1) => "it was encrypted with CFB of 8-bit segments",
            Mode::CfbBytes(2) => "it was encrypted with CFB of 16-bit segments",
            Mode::CfbBytes(4) => "it was encrypted with CFB of 32-bit segments",
            Mode::CfbBytes(_) => "it was encrypted with CFB of 64-bit segments",
            Mode::CfbBit => "it was encrypted with CFB of 1-bit segments",
            Mode::Ofb => "it was encrypted with OFB",
            Mode::Ctr => "it was encrypted with CTR, the IV as the first counter block",
            Mode::Cbc => "it was encrypted with CBC",
            Mode::Ecb => "it was encrypted with ECB",
        }
    }

    /// Whether its first block is that of CFB, so that short values cannot be told apart.
    pub(super) fn begins_like_cfb(self) -> bool {
        matches!(self, Mode::Cfb | Mode::Ofb | Mode::Ctr)
    }
}

/// A mode under one key and one IV.
pub(super) enum Prepared {
    Gcm(Box<Gcm>),
    Cfb(Box<Cfb>),
    Stream { mode: Mode, aes: Box<Aes>, iv: Zeroizing<[u8; BLOCK_LEN]> },
    Blocks { aes: Box<Decryptor>, iv: Option<Zeroizing<[u8; BLOCK_LEN]>> },
}

/// AES backwards, which only CBC and ECB need.
pub(super) enum Decryptor {
    Bits128(Aes128Dec),
    Bits192(Aes192Dec),
    Bits256(Aes256Dec),
}

impl Decryptor {
    fn new(key: &[u8]) -> Option<Decryptor> {
        match key.len() {
            16 => Aes128Dec::new_from_slice(key).ok().map(Decryptor::Bits128),
            24 => Aes192Dec::new_from_slice(key).ok().map(Decryptor::Bits192),
            32 => Aes256Dec::new_from_slice(key).ok().map(Decryptor::Bits256),
            _ => None,
        }
    }

    fn decrypt(&self, block: &mut Block) {
        match self {
            Decryptor::Bits128(aes) => aes.decrypt_block(block),
            Decryptor::Bits192(aes) => aes.decrypt_block(block),
            Decryptor::Bits256(aes) => aes.decrypt_block(block),
        }
    }
}

impl Prepared {
    /// `None` if the key is no AES key, or the mode does not take an IV of this length.
    pub(super) fn new(mode: Mode, key: &[u8], iv: &[u8]) -> Option<Prepared> {
        let block = || <[u8; BLOCK_LEN]>::try_from(iv).ok().map(Zeroizing::new);
        Some(match mode {
            Mode::Gcm if iv.is_empty() => return None,
            Mode::Gcm => Prepared::Gcm(Box::new(Gcm::new(Aes::new(key)?, iv))),
            Mode::Cfb => Prepared::Cfb(Box::new(Cfb::new(Aes::new(key)?, &*block()?))),
            Mode::Cbc => Prepared::Blocks { aes: Box::new(Decryptor::new(key)?), iv: Some(block()?) },
            Mode::Ecb => Prepared::Blocks { aes: Box::new(Decryptor::new(key)?), iv: None },
            _ => Prepared::Stream { mode, aes: Box::new(Aes::new(key)?), iv: block()? },
        })
    }

    /// Decrypts in place; nothing is verified. `None` if the mode has whole blocks only and these are none.
    pub(super) fn decrypt(&self, data: &mut [u8]) -> Option<()> {
        match self {
            Prepared::Gcm(gcm) => gcm.decrypt_unverified(data),
            Prepared::Cfb(cfb) => cfb.decrypt(data),
            Prepared::Stream { mode, aes, iv } => decrypt_stream(*mode, aes, **iv, data),
            Prepared::Blocks { .. } if data.is_empty() || !data.len().is_multiple_of(BLOCK_LEN) => {
                return None;
            }
            Prepared::Blocks { aes, iv } => {
                let mut previous = iv.as_ref().map(|iv| **iv);
                for chunk in data.as_chunks_mut::<BLOCK_LEN>().0 {
                    let ciphertext = *chunk;
                    let mut block = Block::from(ciphertext);
                    aes.decrypt(&mut block);
                    *chunk = block.into();
                    if let Some(previous) = &mut previous {
                        chunk.iter_mut().zip(*previous).for_each(|(byte, feedback)| *byte ^= feedback);
                        *previous = ciphertext;
                    }
                }
            }
        }
        Some(())
    }
}

fn decrypt_stream(mode: Mode, aes: &Aes, mut register: [u8; BLOCK_LEN], data: &mut [u8]) {
    let keystream_of = |register: &[u8; BLOCK_LEN]| {
        let mut block = Block::from(*register);
        aes.encrypt_block(&mut block);
        <[u8; BLOCK_LEN]>::from(block)
    };
    match mode {
        Mode::CfbBit => {
            for byte in data {
                let ciphertext = *byte;
                for bit in (0..8).rev() {
                    let keystream = keystream_of(&register)[0] >> 7;
                    *byte ^= keystream << bit;
                    let shifted = u128::from_be_bytes(register) << 1 | u128::from(ciphertext >> bit & 1);
                    register = shifted.to_be_bytes();
                }
            }
        }
        Mode::CfbBytes(segment) => {
            for chunk in data.chunks_mut(segment) {
                let keystream = keystream_of(&register);
                register.copy_within(segment.., 0);
                register[BLOCK_LEN - segment..][..chunk.len()].copy_from_slice(chunk);
                chunk.iter_mut().zip(keystream).for_each(|(byte, key)| *byte ^= key);
            }
        }
        _ => {
            for chunk in data.chunks_mut(BLOCK_LEN) {
                let mut keystream = keystream_of(&register);
                chunk.iter_mut().zip(keystream).for_each(|(byte, key)| *byte ^= key);
                register = match mode {
                    Mode::Ofb => keystream,
                    _ => u128::from_be_bytes(register).wrapping_add(1).to_be_bytes(),
                };
                keystream.zeroize();
            }
        }
    }
    register.zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
    const IV: &str = "000102030405060708090a0b0c0d0e0f";
    const PLAINTEXT: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51";

    fn bytes(hex: &str) -> Vec<u8> {
        hex_simd::decode_to_vec(hex).unwrap()
    }

    /// NIST SP 800-38A, appendix F: F.1.1, F.2.1, F.3.1, F.3.7, F.4.1, F.5.1.
    #[test]
    fn examples_of_sp_800_38a() {
        let counter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
        for (mode, iv, ciphertext, bytes_of_plaintext) in [
            (Mode::Ecb, IV, "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf", 32),
            (Mode::Cbc, IV, "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2", 32),
            (Mode::CfbBit, IV, "68b3", 2),
            (Mode::CfbBytes(1), IV, "3b79424c9c0dd436bace9e0ed4586a4f32b9", 18),
            (Mode::Cfb, IV, "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b", 32),
            (Mode::Ofb, IV, "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825", 32),
            (Mode::Ctr, counter, "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff", 32),
        ] {
            let mut data = bytes(ciphertext);
            Prepared::new(mode, &bytes(KEY), &bytes(iv)).unwrap().decrypt(&mut data).unwrap();
            assert_eq!(data, bytes(PLAINTEXT)[..bytes_of_plaintext], "{mode:?}");
        }
    }

    #[test]
    fn a_segment_of_a_whole_block_is_cfb() {
        let mut numbers = (0..=255).cycle();
        for length in 0..100 {
            let ciphertext: Vec<u8> = numbers.by_ref().take(length).collect();
            let [mut ours, mut reference] = [ciphertext.clone(), ciphertext];
            Prepared::new(Mode::CfbBytes(16), &bytes(KEY), &bytes(IV)).unwrap().decrypt(&mut ours).unwrap();
            Prepared::new(Mode::Cfb, &bytes(KEY), &bytes(IV)).unwrap().decrypt(&mut reference).unwrap();
            assert_eq!(ours, reference, "{length} bytes");
        }
    }

    #[test]
    fn keys_and_ivs_of_other_lengths_are_none() {
        for mode in Mode::ALL {
            assert!(Prepared::new(mode, &[0; 15], &[0; 16]).is_none(), "{mode:?}");
            assert_eq!(
                Prepared::new(mode, &[0; 16], &[0; 12]).is_some(),
                matches!(mode, Mode::Gcm | Mode::Ecb)
            );
            for length in [16, 24, 32] {
                assert!(Prepared::new(mode, &vec![0; length], &[0; 16]).is_some(), "{mode:?}");
            }
        }
        let ecb = Prepared::new(Mode::Ecb, &[0; 16], &[]).unwrap();
        assert_eq!(
            [0, 15, 16, 17].map(|length| ecb.decrypt(&mut vec![0; length]).is_some()),
            [false, false, true, false]
        );
    }
}
