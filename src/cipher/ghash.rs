//! GHASH (NIST SP 800-38D, 6.4), from POLYVAL.
//!
//! POLYVAL is GHASH with the bytes of every block reversed (RFC 8452, appendix A), and the `polyval` crate has it in the
//! processor's carry-less multiplication. The `ghash` crate reverses each block in memory, byte by byte, and the
//! processor then waits for those bytes before it can load them as one block: half of the time of a short value. Here
//! a block is reversed in registers on its way into a small buffer, and blocks are handed on four and more at a time,
//! since `polyval` multiplies four with one reduction.
//!
//! The reference is the `ghash` crate: see the tests below, and `reference_test` for all of GCM.

use polyval::hazmat::FieldElement;
use polyval::universal_hash::UniversalHash;
use polyval::{Block, Polyval};

use super::block::BLOCK_LEN;

/// Blocks that wait to be hashed together: twice the four that `polyval` takes at once.
const WAITING: usize = 8;

/// GHASH under one key, nothing hashed yet. The `polyval` crate wipes it when it is dropped.
pub(super) struct GHash(Polyval);

/// A hash in progress.
pub(super) struct Hasher {
    polyval: Polyval,
    blocks: [Block; WAITING],
    waiting: usize,
}

impl GHash {
    /// Prepares the powers of the hash key H.
    pub(super) fn new(h: [u8; BLOCK_LEN]) -> GHash {
        let reversed = FieldElement::from(u128::from_be_bytes(h)).mulx();
        GHash(Polyval::new(&reversed.into()))
    }

    #[inline]
    pub(super) fn start(&self) -> Hasher {
        Hasher { polyval: self.0.clone(), blocks: Default::default(), waiting: 0 }
    }
}

impl Hasher {
    /// Hashes bytes, the last block filled up with zeros.
    #[inline]
    pub(super) fn update_padded(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<BLOCK_LEN>();
        for block in blocks {
            self.push(u128::from_be_bytes(*block));
        }
        if !rest.is_empty() {
            let mut block = [0; BLOCK_LEN];
            block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.push(u128::from_be_bytes(block));
        }
    }

    /// Hashes one block, read as a big-endian number.
    #[inline]
    pub(super) fn push(&mut self, block: u128) {
        if self.waiting == WAITING {
            self.polyval.update(&self.blocks);
            self.waiting = 0;
        }
        if let Some(place) = self.blocks.get_mut(self.waiting) {
            *place = block.to_le_bytes().into();
        }
        self.waiting = self.waiting.wrapping_add(1);
    }

    /// The hash of all blocks.
    #[inline]
    pub(super) fn finish(mut self) -> u128 {
        self.polyval.update(self.blocks.get(..self.waiting).unwrap_or_default());
        u128::from_le_bytes(self.polyval.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::Numbers;
    use super::*;

    #[test]
    fn equals_the_ghash_crate_for_every_length() {
        let mut numbers = Numbers::new(11);
        for length in 0..600 {
            let (key, bytes) = (numbers.bytes(16), numbers.bytes(length));
            let mut reference = ghash::GHash::new(&ghash::Key::try_from(key.as_slice()).unwrap());
            reference.update_padded(&bytes);
            let mut ours = GHash::new(key.try_into().unwrap()).start();
            ours.update_padded(&bytes);
            assert_eq!(ours.finish().to_be_bytes(), *reference.finalize(), "{length} bytes");
        }
    }
}
