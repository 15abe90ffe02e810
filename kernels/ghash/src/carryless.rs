//! GHASH by the processor's carry-less multiplication, with the powers of H ready.
//!
//! A block is a polynomial of POLYVAL's field (RFC 8452), whose numbers are GHASH's with the bits in the order that the
//! instructions want. The blocks X1 to Xn of a message hash to X1·Hⁿ + … + Xn·H. So as many blocks as there are powers are
//! multiplied independently of each other and summed, and only the sum is reduced to 128 bits. A product of two numbers
//! of two halves takes three multiplications instead of four (Karatsuba): (a + b)(c + d) - ac - bd = ad + bc.

use zeroize::Zeroize;

use instructions::{
    Lanes, add, from_block, from_number, lowered, multiply_high, multiply_low, raised, swapped, to_number,
    zero,
};

#[cfg(target_arch = "aarch64")]
use crate::aarch64 as instructions;
use crate::block::{BLOCK_LEN, filled_up};
use crate::portable::polyval_key;
#[cfg(target_arch = "x86_64")]
use crate::x86_64 as instructions;

/// How many powers are kept: so many blocks are hashed with one reduction, 128 bytes of a value and the block of its length.
const POWERS: usize = 9;

/// x⁶³ + x⁶² + x⁵⁷: what the field's polynomial x¹²⁸ + x¹²⁷ + x¹²⁶ + x¹²¹ + 1 has besides its ends.
const POLYNOMIAL: u128 = 0xc200_0000_0000_0000;

/// The powers of H, the highest first, which is the order in which a message takes them. The sums of their halves are made
/// when they are needed: kept as well, they save little time and take as much memory again.
pub(crate) struct Powers([u128; POWERS]);

/// Products that wait to be reduced: of the low halves, of the high halves, of their sums.
#[derive(Copy, Clone)]
struct Products {
    low: Lanes,
    high: Lanes,
    folded: Lanes,
}

impl Powers {
    /// Whether the processor has the instructions that the other functions need.
    pub(crate) fn are_possible() -> bool {
        instructions::are_there()
    }

    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    pub(crate) fn new(h: [u8; BLOCK_LEN]) -> Powers {
        let h = u128::from(polyval_key(h));
        let mut powers = Powers([h; POWERS]);
        let mut last = from_number(h);
        for power in powers.0.iter_mut().rev().skip(1) {
            last = Products::none().plus(last, h).reduced();
            *power = to_number(last);
        }
        powers
    }

    /// The hash of `first` and `second`, the last block of each filled up with zeros, and of the block `last`.
    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    pub(crate) fn hash(&self, first: &[u8], second: &[u8], last: u128) -> u128 {
        // The last block takes the last power, so if a batch has to be shorter, it is the first one.
        let before_last =
            first.len().div_ceil(BLOCK_LEN).wrapping_add(second.len().div_ceil(BLOCK_LEN)) % POWERS;
        let (_, powers) = self.0.split_at(POWERS.wrapping_sub(1).wrapping_sub(before_last));
        let mut sum = Sum { all: &self.0, powers, products: Products::none() };
        if !first.is_empty() {
            sum = sum.with_bytes(first);
        }
        to_number(sum.with_bytes(second).with(from_number(last)).products.reduced())
    }
}

impl Drop for Powers {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A message so far.
struct Sum<'p> {
    all: &'p [u128; POWERS],
    /// Those of the batch that are left.
    powers: &'p [u128],
    products: Products,
}

impl Sum<'_> {
    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    #[inline]
    fn with_bytes(mut self, bytes: &[u8]) -> Self {
        let (whole, rest) = bytes.as_chunks::<BLOCK_LEN>();
        for block in whole {
            self = self.with(from_block(block));
        }
        if rest.is_empty() { self } else { self.with(from_block(&filled_up(rest))) }
    }

    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    #[inline]
    fn with(self, block: Lanes) -> Self {
        let Sum { all, powers, products } = self;
        match powers {
            [power, powers @ ..] => Sum { all, powers, products: products.plus(block, *power) },
            // The next batch begins with the hash of those before.
            [] => {
                let [power, powers @ ..] = all;
                let products = Products::none().plus(add(block, products.reduced()), *power);
                Sum { all, powers, products }
            }
        }
    }
}

impl Products {
    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    #[inline]
    fn none() -> Products {
        Products { low: zero(), high: zero(), folded: zero() }
    }

    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    #[inline]
    fn plus(self, block: Lanes, power: u128) -> Products {
        let power = from_number(power);
        let folded = multiply_low(add(block, swapped(block)), add(power, swapped(power)));
        Products {
            low: add(self.low, multiply_low(block, power)),
            high: add(self.high, multiply_high(block, power)),
            folded: add(self.folded, folded),
        }
    }

    /// The sum of the products in 128 bits: Montgomery's reduction, 64 bits at a time, which leaves the factor x⁻¹²⁸ that
    /// POLYVAL has by definition.
    #[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx,pclmulqdq"))]
    #[cfg_attr(target_arch = "aarch64", target_feature(enable = "neon,aes"))]
    #[inline]
    fn reduced(self) -> Lanes {
        let polynomial = from_number(POLYNOMIAL);
        let middle = add(self.folded, add(self.low, self.high));
        let low = add(self.low, raised(middle));
        let half = add(swapped(low), multiply_low(low, polynomial));
        let whole = add(swapped(half), multiply_low(half, polynomial));
        add(whole, add(self.high, lowered(middle)))
    }
}
