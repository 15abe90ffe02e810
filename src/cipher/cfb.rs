//! CFB with 128-bit feedback, E(K, IV) computed once, and many values encrypted side by side.
//!
//! NIST SP 800-38A, 6.3. Encryption is a chain: each keystream block is the encryption of the ciphertext block
//! before it, so one value cannot go faster than AES answers. Different values do not depend on each other,
//! though, and decryption knows all its ciphertext beforehand: both keep the processor's AES units full.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a value is a part of the buffer, so its offsets are within it; one that is not must not go unnoticed"
)]

use aes::cipher::consts::U16;
use aes::cipher::{
    Array, BlockCipherEncBackend, BlockCipherEncClosure, BlockCipherEncrypt, BlockSizeUser, InOut,
};
use zeroize::{Zeroize, Zeroizing};

use super::block::{Aes, BLOCK_LEN, Block, STRIDE, xor, xor_block};

/// Values from this length on are so far apart that the blocks of many would evict each other from the fastest cache, which
/// keeps eight lines whose addresses differ by multiples of 4 KiB: so there are no more lanes than that.
const LONG: usize = 2048;
const FEW_LANES: usize = 8;

/// Values up to this many blocks are decrypted with a small working buffer, which costs less to set up: with the large one
/// a callback of 24 values of 64 bytes takes 10 % longer to open.
const SHORT_BLOCKS: usize = 8;

/// AES-CFB for one key and one IV.
pub(crate) struct Cfb {
    aes: Aes,
    /// E(K, IV), the keystream of every value's first block.
    first: Zeroizing<[u8; BLOCK_LEN]>,
}

/// One of the values of [`Cfb::encrypt_batch`].
pub(crate) trait Value {
    /// Where the value starts in the common buffer.
    fn start(&self) -> usize;
    /// Its length in bytes.
    fn len(&self) -> usize;
}

impl Cfb {
    pub(crate) fn new(aes: Aes, iv: &[u8; BLOCK_LEN]) -> Cfb {
        let mut block = Block::from(*iv);
        aes.encrypt_block(&mut block);
        let first = Zeroizing::new(block.into());
        block.zeroize();
        Cfb { aes, first }
    }

    /// Encrypts one value in place.
    #[inline]
    pub(crate) fn encrypt(&self, data: &mut [u8]) {
        if data.len() <= BLOCK_LEN {
            return xor(data, self.first.as_slice());
        }
        self.aes.encrypt_with_backend(Chain { first: &self.first, data });
    }

    /// Encrypts many values of one buffer in place, up to [`STRIDE`] of them at a time. Sorts the values, longest
    /// first, so that those which still have blocks are always the first lanes.
    pub(crate) fn encrypt_batch<V: Value>(&self, data: &mut [u8], values: &mut [V]) {
        values.sort_unstable_by_key(|value| core::cmp::Reverse(value.len()));
        let longest = values.first().map_or(0, Value::len);
        for lanes in values.chunks(most_lanes(longest)) {
            match lanes {
                [_, _, _, _, ..] => self.encrypt_lanes(data, lanes),
                // Serial chains are faster than gathering and scattering the blocks of so few.
                few => few.iter().for_each(|value| {
                    let start = value.start();
                    self.encrypt(&mut data[start..start + value.len()]);
                }),
            }
        }
    }

    /// One block is done in all lanes, then the next. Lanes are sorted by length, so the first `whole` of them have a
    /// whole block at `offset`, and the first `active` at least a part of one.
    fn encrypt_lanes<V: Value>(&self, data: &mut [u8], lanes: &[V]) {
        debug_assert!(lanes.len() <= STRIDE && lanes.is_sorted_by(|a, b| a.len() >= b.len()));
        let mut keystream = [Block::default(); STRIDE];
        keystream[..lanes.len()].fill(Block::from(*self.first));
        let (mut offset, mut whole, mut active) = (0_usize, lanes.len(), lanes.len());
        while active > 0 {
            let next = offset + BLOCK_LEN;
            whole = longer_than(lanes, whole, next - 1);
            let (full, partial) = lanes[..active].split_at(whole);
            let (blocks, ends) = keystream.split_at_mut(whole);
            for (lane, block) in full.iter().zip(blocks) {
                let start = lane.start() + offset;
                let chunk = &mut data[start..start + BLOCK_LEN].as_chunks_mut().0[0];
                xor_block(chunk, &(*block).into());
                *block = Block::from(*chunk);
            }
            for (lane, block) in partial.iter().zip(ends) {
                let start = lane.start();
                xor(&mut data[start + offset..start + lane.len()], block);
            }
            active = longer_than(lanes, whole, next);
            offset = next;
            self.aes.encrypt_blocks(&mut keystream[..active]);
        }
    }

    /// Decrypts one value in place. Nothing shows whether the key was right.
    #[inline]
    pub(crate) fn decrypt(&self, data: &mut [u8]) {
        if data.len() <= SHORT_BLOCKS * BLOCK_LEN {
            self.decrypt_by::<SHORT_BLOCKS>(data);
        } else {
            self.decrypt_by::<STRIDE>(data);
        }
    }

    #[inline(always)]
    fn decrypt_by<const BLOCKS: usize>(&self, data: &mut [u8]) {
        // Every whole block that is not the last is fed back. From the end, so that it still is ciphertext then.
        let end = data.len().saturating_sub(1) & !(BLOCK_LEN - 1);
        let mut keystream = [Block::default(); BLOCKS];
        for start in (0..end).step_by(BLOCKS * BLOCK_LEN).rev() {
            let (blocks, _) = Block::slice_as_chunks(&data[start..end]);
            let feedback = &blocks[..blocks.len().min(BLOCKS)];
            let used = &mut keystream[..feedback.len()];
            used.copy_from_slice(feedback);
            self.aes.encrypt_blocks(used);
            xor(&mut data[start + BLOCK_LEN..], Array::slice_as_flattened(used));
        }
        xor(data, self.first.as_slice());
    }
}

/// The serial encryption of one value, as a closure that the `aes` crate compiles for each kind of processor.
struct Chain<'a> {
    first: &'a [u8; BLOCK_LEN],
    data: &'a mut [u8],
}

impl BlockSizeUser for Chain<'_> {
    type BlockSize = U16;
}

impl BlockCipherEncClosure for Chain<'_> {
    #[inline(always)]
    fn call<B: BlockCipherEncBackend<BlockSize = U16>>(self, backend: &B) {
        let Some((head, tail)) = self.data.split_first_chunk_mut::<BLOCK_LEN>() else {
            return xor(self.data, self.first);
        };
        xor_block(head, self.first);
        let mut keystream = Block::from(*head);
        let (blocks, rest) = Block::slice_as_chunks_mut(tail);
        for block in blocks {
            backend.encrypt_block_inplace(&mut keystream);
            let mut block = InOut::from(block);
            block.xor_in2out(&keystream);
            keystream = *block.get_out();
        }
        if !rest.is_empty() {
            backend.encrypt_block_inplace(&mut keystream);
            xor(rest, &keystream);
        }
    }
}

/// How many values are encrypted side by side, if the longest has so many bytes.
fn most_lanes(longest: usize) -> usize {
    if longest < LONG { STRIDE } else { FEW_LANES }
}

/// How many of the first `count` lanes, longest first, are longer than `len`.
#[inline]
fn longer_than<V: Value>(lanes: &[V], count: usize, len: usize) -> usize {
    let is_longer = |lane: &&V| lane.len() > len;
    count - lanes[..count].iter().rev().take_while(|lane| !is_longer(lane)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_have_fewer_lanes() {
        assert_eq!([0, LONG - 1, LONG, usize::MAX].map(most_lanes), [STRIDE, STRIDE, FEW_LANES, FEW_LANES]);
    }
}
