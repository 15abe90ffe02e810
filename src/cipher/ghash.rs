//! GHASH (NIST SP 800-38D, 6.4), from POLYVAL.
//!
//! POLYVAL is GHASH with the bytes of every block reversed (RFC 8452, appendix A), and the `polyval` crate has it in
//! the processor's carry-less multiplication. The `ghash` crate reverses each block in memory, byte by byte, and the
//! processor then waits for those bytes before it can load them as one block: half of the time of a short value. Here
//! a block is reversed in registers and stored in a small buffer, and eight blocks are hashed with one call, since
//! `polyval` multiplies four with one reduction.
//!
//! The reference is the `ghash` crate: see the tests below, and `reference_test` for all of GCM.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "the index counts the blocks in a buffer that is emptied when it is full"
)]

use polyval::hazmat::FieldElement;
use polyval::universal_hash::UniversalHash;
use polyval::{Block, Polyval};

use super::block::BLOCK_LEN;

/// Blocks that `polyval` multiplies with one reduction.
const AT_ONCE: usize = 4;
/// Blocks that are hashed with one call: twice as many.
const TOGETHER: usize = 8;

/// GHASH under one key, nothing hashed yet. The `polyval` crate wipes it, and every copy, when it is dropped.
pub(super) struct GHash(Polyval);

impl GHash {
    /// Prepares the powers of the hash key H.
    pub(super) fn new(h: [u8; BLOCK_LEN]) -> GHash {
        let reversed = FieldElement::from(u128::from_be_bytes(h)).mulx();
        GHash(Polyval::new(&reversed.into()))
    }

    /// The hash of `first` and `second`, the last block of each filled up with zeros, and of the block `last`. Blocks
    /// are big-endian numbers.
    #[inline]
    pub(super) fn hash(&self, first: &[u8], second: &[u8], last: u128) -> u128 {
        // One local that is never moved: a copy of the powers costs more than a multiplication by them.
        let mut polyval = self.0.clone();
        if first.is_empty() {
            absorb(&mut polyval, leading_zeros(second.len()), second, Some(last));
        } else {
            absorb(&mut polyval, 0, first, None);
            absorb(&mut polyval, 0, second, Some(last));
        }
        u128::from_le_bytes(polyval.finalize().into())
    }
}

/// How many blocks of zeros to hash before so many bytes and a last block. At the start they do not change the hash. They
/// fill up the last four blocks, which would be two or three single multiplications: for values of 17 to 32 bytes that is
/// 22 % of a whole callback. For a single one left over they would cost as much as they save.
#[inline]
fn leading_zeros(bytes: usize) -> usize {
    let blocks = bytes.div_ceil(BLOCK_LEN) + 1;
    match blocks % AT_ONCE {
        0 | 1 => 0,
        over => AT_ONCE - over,
    }
}

/// Hashes the bytes and the block `last` after some blocks of zeros, fewer than [`AT_ONCE`].
#[inline]
fn absorb(polyval: &mut Polyval, zeros: usize, bytes: &[u8], last: Option<u128>) {
    debug_assert!(zeros < AT_ONCE);
    let mut blocks = [Block::default(); TOGETHER];
    let mut waiting = zeros;
    let mut push = |block: u128| {
        if waiting == TOGETHER {
            polyval.update(&blocks);
            waiting = 0;
        }
        blocks[waiting] = block.to_le_bytes().into();
        waiting += 1;
    };
    let (whole, rest) = bytes.as_chunks::<BLOCK_LEN>();
    whole.iter().for_each(|block| push(u128::from_be_bytes(*block)));
    if !rest.is_empty() {
        let mut block = [0; BLOCK_LEN];
        block[..rest.len()].copy_from_slice(rest);
        push(u128::from_be_bytes(block));
    }
    last.into_iter().for_each(push);
    polyval.update(&blocks[..waiting]);
}

#[cfg(test)]
mod tests {
    use super::super::test_support::Numbers;
    use super::*;

    #[test]
    fn zeros_fill_up_to_whole_multiplications_or_to_one_block_more() {
        for bytes in 0..600_usize {
            let blocks = bytes.div_ceil(BLOCK_LEN) + 1;
            let all = blocks + leading_zeros(bytes);
            assert_eq!(all % AT_ONCE, usize::from(blocks % AT_ONCE == 1), "{bytes} bytes");
            assert!(all < blocks + 3, "{bytes} bytes");
        }
    }

    #[test]
    fn equals_the_ghash_crate_for_every_length() {
        let mut numbers = Numbers::new(11);
        for length in 0..600 {
            let (key, first, second) = (numbers.bytes(16), numbers.bytes_below(40), numbers.bytes(length));
            let mut reference = ghash::GHash::new(&ghash::Key::try_from(key.as_slice()).unwrap());
            reference.update_padded(&first);
            reference.update_padded(&second);
            reference.update(&[[7; 16].into()]);
            let ours = GHash::new(key.try_into().unwrap());
            let hash = ours.hash(&first, &second, u128::from_be_bytes([7; 16]));
            assert_eq!(hash.to_be_bytes(), *reference.finalize(), "{length} bytes");
        }
    }
}
