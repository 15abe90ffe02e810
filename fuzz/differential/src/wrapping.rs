//! IVs under which GCM's counter wraps within a value.
//!
//! GCM counts in 32 bits (SP 800-38D, 6.2: inc32), from a block J0 that a 16-byte IV gives through GHASH. A random IV
//! wraps within a short value once in 2^27 keys, so it is made to. J0 = IV·H² + L·H, L being the length block, is
//! affine in the bits of the IV: the upper 27 of the counter's 32 bits are looked for as the sum of what the left and
//! the right half of the IV add to them, one half out of a table.

use std::collections::HashMap;

use oracle::encrypt_block;

use crate::numbers::Numbers;
use crate::round::ALPHANUMERIC;

/// The counter is at most this many blocks before its end.
pub(crate) const BLOCKS: u32 = 32;
const UPPER: u32 = !(BLOCKS - 1);
const LEFT_HALVES: usize = 1 << 14;

/// Letters and digits that make the counter start within [`BLOCKS`] of its end.
pub(crate) fn iv(numbers: &mut Numbers, key: &str) -> String {
    let h = hash_key(key);
    let square = multiply(h, h);
    // What each bit of the IV adds to the counter, and what there is without any.
    let bits: [u32; 128] = std::array::from_fn(|bit| multiply(1 << (127 - bit), square) as u32);
    let none = multiply(128, h) as u32;
    let adds = |place: usize, byte: u8| {
        (0..8).filter(|bit| byte & (0x80 >> bit) != 0).fold(0, |sum, bit| sum ^ bits[place * 8 + bit])
    };
    let mut half = |start: usize| {
        let bytes: [u8; 8] = std::array::from_fn(|_| ALPHANUMERIC[numbers.below(ALPHANUMERIC.len())]);
        (bytes, (0..8).fold(0, |sum, place| sum ^ adds(start + place, bytes[place])))
    };
    let left: HashMap<u32, [u8; 8]> = (0..LEFT_HALVES)
        .map(|_| {
            let (bytes, sum) = half(0);
            ((sum ^ none) & UPPER, bytes)
        })
        .collect();
    loop {
        let (right, sum) = half(8);
        if let Some(left) = left.get(&(!sum & UPPER)) {
            return [*left, right].concat().into_iter().map(char::from).collect();
        }
    }
}

/// E(K, 0), as an element of GF(2^128) whose first coefficient is the highest bit.
fn hash_key(key: &str) -> u128 {
    u128::from_be_bytes(encrypt_block(key.as_bytes(), [0; 16]))
}

/// SP 800-38D, 6.3.
fn multiply(x: u128, y: u128) -> u128 {
    let (mut product, mut v) = (0, y);
    for bit in (0..128).rev() {
        if x >> bit & 1 == 1 {
            product ^= v;
        }
        v = (v >> 1) ^ if v & 1 == 1 { 0xe1 << 120 } else { 0 };
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use callback_profile::cipher::Algorithm;
    use oracle::Oracle;

    /// OpenSSL's keystream under such an IV is that of a counter that wraps, and of no other.
    #[test]
    fn the_counter_wraps() {
        let mut numbers = Numbers::of(3, 3);
        for algorithm in Algorithm::ALL.iter().copied().filter(|algorithm| algorithm.is_gcm()) {
            for _ in 0..10 {
                let key = &"K1abcdefghijkl2PQRSTUVWXYZ012345"[..algorithm.key_len()];
                let iv = iv(&mut numbers, key);
                let mut oracle = Oracle::new(algorithm.name(), key.as_bytes(), iv.as_bytes());
                let sealed = oracle.seal(&[0; 40 * 16]);
                let h = hash_key(key);
                let block = u128::from_be_bytes(iv.as_bytes().try_into().unwrap());
                let j0 = multiply(multiply(block, h) ^ 128, h);
                assert!(j0 as u32 >= UPPER);
                for (number, block) in (1..).zip(sealed[..40 * 16].chunks(16)) {
                    let counter = (j0 as u32).wrapping_add(number);
                    let input = (j0 >> 32 << 32) | u128::from(counter);
                    let expected = encrypt_block(key.as_bytes(), input.to_be_bytes());
                    assert_eq!(block, expected, "{algorithm} block {number}");
                }
            }
        }
    }
}
