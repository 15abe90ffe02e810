//! Both ways against `polyval` and the `ghash` crate.

use ::ghash::universal_hash::UniversalHash;

use super::*;

/// Blocks that the carry-less way hashes with one reduction.
const BATCH: usize = 9;

/// Numbers without a pattern that a hash could miss (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn bytes(&mut self, length: usize) -> Vec<u8> {
        let next = |_| {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 56) as u8
        };
        (0..length).map(next).collect()
    }

    fn block(&mut self) -> [u8; BLOCK_LEN] {
        self.bytes(BLOCK_LEN).try_into().unwrap()
    }
}

/// The ways that this machine can go.
fn ways(h: [u8; BLOCK_LEN]) -> Vec<GHash> {
    let ours = GHash::new(h);
    let mut ways = vec![GHash::portable(h)];
    assert!(!ways[0].is_carryless());
    if ours.is_carryless() {
        ways.push(ours);
    }
    ways
}

fn reference(h: [u8; BLOCK_LEN], first: &[u8], second: &[u8], last: u128) -> u128 {
    let mut reference = ::ghash::GHash::new(&h.into());
    reference.update_padded(first);
    reference.update_padded(second);
    reference.update(&[last.to_be_bytes().into()]);
    u128::from_be_bytes(reference.finalize().into())
}

/// Compares every way with the reference; how many comparisons that were.
fn check(ways: &[GHash], h: [u8; BLOCK_LEN], first: &[u8], second: &[u8], last: u128) -> usize {
    let expected = reference(h, first, second, last);
    for way in ways {
        let made = way.hash(first, second, last);
        assert_eq!(
            made,
            expected,
            "{} + {} bytes, carryless: {}",
            first.len(),
            second.len(),
            way.is_carryless()
        );
    }
    ways.len()
}

/// A machine without the instructions tests the portable way alone; one that has them must not lose ours unnoticed.
#[test]
fn the_processors_instructions_are_used() {
    #[cfg(target_arch = "x86_64")]
    let are_there =
        std::arch::is_x86_feature_detected!("pclmulqdq") && std::arch::is_x86_feature_detected!("avx");
    #[cfg(target_arch = "aarch64")]
    let are_there = std::arch::is_aarch64_feature_detected!("pmull");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let are_there = false;
    let is_wanted = cfg!(not(callback_profile_ghash = "portable"));
    let is_used = GHash::new([1; BLOCK_LEN]).is_carryless();
    println!("carryless way: {is_used}");
    assert_eq!(is_used, are_there && is_wanted);
}

#[test]
fn every_length() {
    let (mut numbers, mut ran) = (Numbers(1), 0);
    for length in 0..=4096 {
        let (h, text) = (numbers.block(), numbers.bytes(length));
        ran += check(&ways(h), h, b"", &text, u128::from_be_bytes(numbers.block()));
    }
    println!("count ghash_lengths rust ran={ran} refused=0 failed=0");
    assert_eq!(ran, 4097 * ways([1; BLOCK_LEN]).len());
}

/// Associated data and text of every length up to more than two batches, and every way to cut 4,096 bytes in two.
#[test]
fn every_split() {
    let (mut numbers, mut ran) = (Numbers(2), 0);
    let (h, text) = (numbers.block(), numbers.bytes(4096));
    let ways = ways(h);
    let longest = 2 * BATCH * BLOCK_LEN + 20;
    for first in 0..longest {
        for second in 0..longest {
            let whole = &text[..first + second];
            let (first, second) = whole.split_at(first);
            ran += check(&ways, h, first, second, 0);
        }
    }
    for at in 0..=text.len() {
        let (first, second) = text.split_at(at);
        ran += check(&ways, h, first, second, u128::MAX);
    }
    println!("count ghash_splits rust ran={ran} refused=0 failed=0");
    assert_eq!(ran, (longest * longest + 4097) * ways.len());
}

/// Each bit of the key and of the first and the last block by itself, with every power.
#[test]
fn every_bit() {
    let mut numbers = Numbers(3);
    let random = numbers.block();
    for bit in 0..128 {
        let single = (1_u128 << bit).to_be_bytes();
        for blocks in 1..=2 * BATCH {
            let mut text = vec![0; blocks * BLOCK_LEN];
            text[..BLOCK_LEN].copy_from_slice(&single);
            check(&ways(random), random, b"", &text, 0);
            check(&ways(random), random, b"", &text, u128::from_be_bytes(single));
            check(&ways(single), single, b"", &numbers.bytes(blocks * BLOCK_LEN), 1);
        }
    }
    for h in [[0; BLOCK_LEN], [0xff; BLOCK_LEN]] {
        check(&ways(h), h, &[0xff; 333], &[0xff; 777], u128::MAX);
    }
}

/// Where the bytes lie does not matter, nor what lies before and behind them.
#[test]
fn every_alignment() {
    let mut numbers = Numbers(4);
    let h = numbers.block();
    let ways = ways(h);
    for length in (0..200).step_by(7) {
        let text = numbers.bytes(length);
        let expected = reference(h, b"", &text, 5);
        for before in 0..64 {
            let mut room = vec![0xaa; before];
            room.extend_from_slice(&text);
            room.extend_from_slice(&[0xaa; 64]);
            for way in &ways {
                assert_eq!(way.hash(b"", &room[before..before + length], 5), expected);
            }
        }
    }
}
