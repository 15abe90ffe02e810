//! What several test modules share: repeatable numbers, a cipher for each algorithm, arithmetic in GF(2^128).

#![allow(clippy::arithmetic_side_effects, clippy::string_slice)] // a test may panic

use super::{Algorithm, Cipher, Encoding, Reading, TagPlacement, WireFormat};

/// A small generator (SplitMix64), so that a failing test fails again.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Bytes of a length below the limit.
    pub(super) fn bytes_below(&mut self, limit: usize) -> Vec<u8> {
        let length = self.below(limit);
        self.bytes(length)
    }

    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let words = (0..length.div_ceil(8)).flat_map(|_| self.next().to_le_bytes());
        words.take(length).collect()
    }
}

pub(super) const KEY: &str = "K1abcdefghijkl2PK1abcdefghijkl2P";
pub(super) const IV: &str = "POabcdefghijklLY";

/// The cipher of the prefix of [`KEY`] that the algorithm takes, and of [`IV`].
pub(super) fn cipher(algorithm: Algorithm) -> Cipher {
    Cipher::new(algorithm, &KEY[..algorithm.key_len()], IV).unwrap()
}

pub(super) fn wire_formats() -> Vec<WireFormat> {
    let mut formats = Vec::new();
    for encoding in Encoding::ALL {
        for tag in TagPlacement::ALL {
            for reading in Reading::ALL {
                formats.push(
                    WireFormat::default().with_encoding(*encoding).with_tag(*tag).with_reading(*reading),
                );
            }
        }
    }
    assert_eq!(formats.len(), 12);
    formats
}

/// An element of GCM's field (NIST SP 800-38D, 6.3), the block's first bit on top.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Element(pub(super) u128);

impl Element {
    const ONE: Element = Element(1 << 127);

    /// A block of at most 16 bytes, filled up with zeros as GHASH does.
    pub(super) fn from_block(block: &[u8]) -> Element {
        let mut bytes = [0; 16];
        bytes[..block.len()].copy_from_slice(block);
        Element(u128::from_be_bytes(bytes))
    }

    /// The last block that GHASH gets, without associated data.
    pub(super) fn length_block(bytes: usize) -> Element {
        Element(bytes as u128 * 8)
    }

    pub(super) fn inverse(self) -> Element {
        // a^(2^128 - 2), that is a^2 * a^4 * ... * a^(2^127)
        let mut power = self;
        (0..127).fold(Element::ONE, |product, _| {
            power = power * power;
            product * power
        })
    }

    pub(super) fn square_root(self) -> Element {
        // Squaring 128 times is the identity, so 127 times is the root.
        (0..127).fold(self, |power, _| power * power)
    }
}

impl core::ops::Add for Element {
    type Output = Element;

    #[allow(clippy::suspicious_arithmetic_impl)] // addition in this field is XOR
    fn add(self, other: Element) -> Element {
        Element(self.0 ^ other.0)
    }
}

impl core::ops::Mul for Element {
    type Output = Element;

    fn mul(self, other: Element) -> Element {
        let mut product = 0;
        let mut shifted = other.0;
        for bit in (0..128).rev() {
            if self.0 >> bit & 1 == 1 {
                product ^= shifted;
            }
            shifted = (shifted >> 1) ^ if shifted & 1 == 1 { 0xe1 << 120 } else { 0 };
        }
        Element(product)
    }
}

#[test]
fn field_arithmetic() {
    let element = Element::from_block(b"POabcdefghijklLY");
    assert_eq!(element * Element::ONE, element);
    assert_eq!(element * element.inverse(), Element::ONE);
    assert_eq!((element * element).square_root(), element);
}
