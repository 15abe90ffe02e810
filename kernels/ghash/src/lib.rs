//! GHASH (NIST SP 800-38D, 6.4) of short messages under one key.
//!
//! A general GHASH is a state that blocks are fed to, and its result can only be had by consuming it: a message costs a copy
//! of all that depends on the key, and the wiping of that copy. Here the key is prepared once and never changes: the
//! powers of H are kept, [`GHash::hash`] takes `&self`, and a message of up to nine blocks is reduced once.
//!
//! Two ways lead to the same number, and [`GHash::new`] takes the first that the processor can go:
//!
//! - `carryless`, with the instructions for carry-less multiplication of x86-64 (PCLMULQDQ) and aarch64 (PMULL);
//! - `portable`, the `polyval` crate, which is also the reference of the tests.
//!
//! `unsafe` occurs only where a function that needs those instructions is called after the processor was asked for them.
//!
//! ```
//! use callback_profile_ghash::GHash;
//!
//! // Test case 2 of the GCM specification: one block of ciphertext, and the lengths.
//! let hash = GHash::new(0x66e9_4bd4_ef8a_2c3b_884c_fa59_ca34_2b2e_u128.to_be_bytes());
//! let ciphertext = 0x0388_dace_60b6_a392_f328_c2b9_71b2_fe78_u128.to_be_bytes();
//! assert_eq!(hash.hash(b"", &ciphertext, 128), 0xf38c_bb1a_d692_23dc_c345_7ae5_b6b0_f885);
//! ```

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod block;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod carryless;
mod portable;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86_64;

pub use block::BLOCK_LEN;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use carryless::Powers;
use portable::Portable;

/// GHASH under one key.
///
/// What depends on the key is wiped when it is dropped. To move it is to leave a copy behind: put it where it stays.
pub struct GHash(Way);

/// How this processor hashes.
enum Way {
    /// Made only after the processor was asked for the instructions.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    Carryless(Powers),
    Portable(Portable),
}

impl GHash {
    /// Prepares the hash key H, in the byte order of the specification.
    #[must_use]
    #[cfg_attr(
        any(target_arch = "x86_64", target_arch = "aarch64"),
        expect(unsafe_code, reason = "calls a function that needs instructions")
    )]
    pub fn new(h: [u8; BLOCK_LEN]) -> GHash {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        if cfg!(not(callback_profile_ghash = "portable")) && Powers::are_possible() {
            // SAFETY: the processor was just asked whether it has the instructions of the function.
            return GHash(Way::Carryless(unsafe { Powers::new(h) }));
        }
        GHash::portable(h)
    }

    /// The same without the processor's own instructions, as far as `polyval` does without them. For tests and comparisons.
    #[must_use]
    pub fn portable(h: [u8; BLOCK_LEN]) -> GHash {
        GHash(Way::Portable(Portable::new(h)))
    }

    /// Whether the processor's carry-less multiplication is used.
    #[must_use]
    pub fn is_carryless(&self) -> bool {
        !matches!(self.0, Way::Portable(_))
    }

    /// The hash of `first` and `second`, the last block of each filled up with zeros, and of the block `last`. Blocks are
    /// big-endian numbers.
    #[must_use]
    #[cfg_attr(
        any(target_arch = "x86_64", target_arch = "aarch64"),
        expect(unsafe_code, reason = "calls a function that needs instructions")
    )]
    #[inline]
    pub fn hash(&self, first: &[u8], second: &[u8], last: u128) -> u128 {
        match &self.0 {
            #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
            // SAFETY: this variant is only made on a processor that has the instructions of the function.
            Way::Carryless(powers) => unsafe { powers.hash(first, second, last) },
            Way::Portable(polyval) => polyval.hash(first, second, last),
        }
    }
}
