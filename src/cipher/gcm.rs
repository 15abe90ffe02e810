//! GCM with everything that depends on key and IV alone computed once.
//!
//! A profile's key and IV never change, so the hash key, the mask of the tag and the first keystream blocks are
//! constants: sealing a short value is an XOR, a GHASH and another XOR. Composed of the `aes` crate and of
//! `kernels/ghash` after NIST SP 800-38D; the `aes-gcm` crate is the reference in the tests.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "lengths are those of what was just split; numbers that wrap on purpose say so"
)]

use core::hint::black_box;

use aes::cipher::{Array, BlockCipherEncrypt};
use callback_profile_ghash::GHash;
use zeroize::{Zeroize, Zeroizing};

use super::block::{Aes, BLOCK_LEN, Block, STRIDE, xor, xor_to};
use super::{CipherError, TAG_LEN};

/// Keystream blocks kept ready: 512 bytes, more than nearly all parameter values have.
const CACHED_BLOCKS: usize = 32;
const CACHED_BYTES: usize = CACHED_BLOCKS * BLOCK_LEN;

/// NIST SP 800-38D, 5.2.1.1: the plaintext has at most 2^39 - 256 bits.
pub(super) const MAX_PLAINTEXT_LEN: u64 = (1 << 36) - 32;

/// AES-GCM for one key and one IV.
pub(crate) struct Gcm {
    aes: Aes,
    /// GHASH under H.
    ghash: GHash,
    /// J0, the counter block before the first one.
    j0: Zeroizing<[u8; BLOCK_LEN]>,
    /// E(K, J0), which masks the tag.
    mask: Zeroizing<[u8; BLOCK_LEN]>,
    /// The keystream of counters 1 to 32.
    cache: Zeroizing<[u8; CACHED_BYTES]>,
}

impl Gcm {
    /// Prepares key and IV. An IV of 12 bytes makes J0 by itself, any other goes through GHASH (SP 800-38D, 7.1,
    /// step 2). The caller makes sure that the IV is not empty.
    pub(crate) fn new(aes: Aes, iv: &[u8]) -> Gcm {
        debug_assert!(!iv.is_empty());
        let mut h = Block::default();
        aes.encrypt_block(&mut h);
        let ghash = GHash::new(h.into());
        h.zeroize();

        let j0 = Zeroizing::new(counter_before_first(&ghash, iv));
        let mut gcm = Gcm {
            aes,
            ghash,
            j0,
            mask: Zeroizing::new([0; BLOCK_LEN]),
            cache: Zeroizing::new([0; CACHED_BYTES]),
        };

        let mut blocks = [Block::default(); CACHED_BLOCKS];
        gcm.keystream(1, &mut blocks);
        xor(gcm.cache.as_mut_slice(), Array::slice_as_flattened(&blocks));
        Array::slice_as_flattened_mut(&mut blocks).zeroize();
        let mut mask = [Block::default()];
        gcm.keystream(0, &mut mask);
        xor(gcm.mask.as_mut_slice(), Array::slice_as_flattened(&mask));
        Array::slice_as_flattened_mut(&mut mask).zeroize();
        gcm
    }

    /// Encrypts the plaintext to `out`, which has its length, and returns the tag (SP 800-38D, 7.1).
    ///
    /// The error is [`CipherError::TooLong`] for more than 2^36 - 32 bytes; nothing is then written.
    #[inline]
    pub(crate) fn seal(
        &self,
        associated_data: &[u8],
        plaintext: &[u8],
        out: &mut [u8],
    ) -> Result<[u8; TAG_LEN], CipherError> {
        debug_assert_eq!(plaintext.len(), out.len());
        if !is_within_limit(plaintext.len() as u64) {
            return Err(CipherError::TooLong);
        }
        xor_to(out, plaintext, self.cache.as_slice());
        if let Some(rest) = plaintext.get(CACHED_BYTES..) {
            let out = &mut out[CACHED_BYTES..];
            out.copy_from_slice(rest);
            self.apply_uncached_keystream(out);
        }
        Ok(self.tag(associated_data, out).to_be_bytes())
    }

    /// Checks the tag and only then decrypts the buffer in place (SP 800-38D, 7.2).
    ///
    /// The error is [`CipherError::AuthFailed`]; the buffer then still holds the ciphertext.
    #[inline]
    pub(crate) fn open(
        &self,
        associated_data: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG_LEN],
    ) -> Result<(), CipherError> {
        if !is_within_limit(buffer.len() as u64) {
            return Err(CipherError::AuthFailed);
        }
        // One comparison of the whole tags; `black_box` keeps the compiler from making several of it.
        let difference = self.tag(associated_data, buffer) ^ u128::from_be_bytes(*tag);
        if black_box(difference) != 0 {
            return Err(CipherError::AuthFailed);
        }
        self.apply_keystream(buffer);
        Ok(())
    }

    /// The tag that a ciphertext would have. For diagnosis alone: whoever compares it must not be an opener.
    pub(crate) fn tag_of(&self, associated_data: &[u8], ciphertext: &[u8]) -> [u8; TAG_LEN] {
        self.tag(associated_data, ciphertext).to_be_bytes()
    }

    /// Decrypts in place without a tag. For diagnosis alone.
    pub(crate) fn decrypt_unverified(&self, data: &mut [u8]) {
        self.apply_keystream(data);
    }

    #[inline]
    fn tag(&self, associated_data: &[u8], ciphertext: &[u8]) -> u128 {
        let lengths = (u128::from(bit_len(associated_data)) << 64) + u128::from(bit_len(ciphertext));
        self.ghash.hash(associated_data, ciphertext, lengths) ^ u128::from_be_bytes(*self.mask)
    }

    /// Encrypts and decrypts: the cached keystream first, then as much as is needed, a stride at a time.
    #[inline]
    fn apply_keystream(&self, data: &mut [u8]) {
        let Some((head, tail)) = data.split_at_mut_checked(CACHED_BYTES) else {
            return xor(data, self.cache.as_slice());
        };
        xor(head, self.cache.as_slice());
        self.apply_uncached_keystream(tail);
    }

    fn apply_uncached_keystream(&self, data: &mut [u8]) {
        let first = CACHED_BLOCKS as u32 + 1;
        let mut blocks = [Block::default(); STRIDE];
        for (chunk, counter) in data.chunks_mut(STRIDE * BLOCK_LEN).zip((first..).step_by(STRIDE)) {
            let used = &mut blocks[..chunk.len().div_ceil(BLOCK_LEN)];
            self.keystream(counter, used);
            xor(chunk, Array::slice_as_flattened(used));
        }
    }

    /// E(K, J0 + counter), E(K, J0 + counter + 1) and so on; the addition is inc32 of SP 800-38D, 6.2.
    fn keystream(&self, counter: u32, blocks: &mut [Block]) {
        let [prefix @ .., c0, c1, c2, c3] = *self.j0;
        let start = u32::from_be_bytes([c0, c1, c2, c3]).wrapping_add(counter);
        for (block, number) in blocks.iter_mut().zip(0..) {
            let (fixed, count) = block.split_at_mut(prefix.len());
            fixed.copy_from_slice(&prefix);
            count.copy_from_slice(&start.wrapping_add(number).to_be_bytes());
        }
        self.aes.encrypt_blocks(blocks);
    }
}

/// Whether so many bytes may be encrypted under one IV.
fn is_within_limit(len: u64) -> bool {
    len <= MAX_PLAINTEXT_LEN
}

/// J0 of SP 800-38D, 7.1, step 2.
fn counter_before_first(ghash: &GHash, iv: &[u8]) -> [u8; BLOCK_LEN] {
    if let Ok(nonce) = <[u8; 12]>::try_from(iv) {
        let mut j0 = [0; BLOCK_LEN];
        j0[..nonce.len()].copy_from_slice(&nonce);
        j0[BLOCK_LEN - 1] = 1;
        return j0;
    }
    ghash.hash(b"", iv, u128::from(bit_len(iv))).to_be_bytes()
}

/// Does not overflow: no slice has 2^61 bytes.
fn bit_len(bytes: &[u8]) -> u64 {
    bytes.len() as u64 * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_that_of_the_counter() {
        // 32 bits count the blocks after J0, which the tag takes, and wrap back to it.
        let blocks = (1_u64 << 32) - 2;
        assert!(is_within_limit(0) && is_within_limit(blocks * 16 - 1) && is_within_limit(blocks * 16));
        assert!(!is_within_limit(blocks * 16 + 1) && !is_within_limit(u64::MAX));
    }
}
