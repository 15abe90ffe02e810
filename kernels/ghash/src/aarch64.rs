//! The instructions of aarch64: PMULL, which comes with AES.

use core::arch::aarch64::{
    uint64x2_t, vdupq_n_u64, veorq_u64, vextq_u64, vgetq_lane_u64, vmull_high_p64, vmull_p64,
    vreinterpretq_p64_u64, vreinterpretq_u8_u64, vreinterpretq_u64_p128, vreinterpretq_u64_u8, vrev64q_u8,
};

/// Two halves of 64 bits.
pub(crate) type Lanes = uint64x2_t;

/// Whether the processor has what the functions of this file enable.
pub(crate) fn are_there() -> bool {
    std::arch::is_aarch64_feature_detected!("neon")
        && std::arch::is_aarch64_feature_detected!("aes")
        && std::arch::is_aarch64_feature_detected!("pmull")
}

#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn zero() -> Lanes {
    vdupq_n_u64(0)
}

#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn from_number(number: u128) -> Lanes {
    vreinterpretq_u64_p128(number)
}

#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn to_number(lanes: Lanes) -> u128 {
    u128::from(vgetq_lane_u64::<1>(lanes)) << 64 | u128::from(vgetq_lane_u64::<0>(lanes))
}

/// A block as the big-endian number that it is. Loaded as it lies in memory and turned round in registers.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn from_block(block: &[u8; 16]) -> Lanes {
    let halves = vrev64q_u8(vreinterpretq_u8_u64(from_number(u128::from_le_bytes(*block))));
    swapped(vreinterpretq_u64_u8(halves))
}

#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn add(a: Lanes, b: Lanes) -> Lanes {
    veorq_u64(a, b)
}

/// The two halves, each in the other's place.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn swapped(lanes: Lanes) -> Lanes {
    vextq_u64::<1>(lanes, lanes)
}

/// The low half times the low half.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn multiply_low(a: Lanes, b: Lanes) -> Lanes {
    vreinterpretq_u64_p128(vmull_p64(vgetq_lane_u64::<0>(a), vgetq_lane_u64::<0>(b)))
}

/// The high half times the high half.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn multiply_high(a: Lanes, b: Lanes) -> Lanes {
    vreinterpretq_u64_p128(vmull_high_p64(vreinterpretq_p64_u64(a), vreinterpretq_p64_u64(b)))
}

/// The low half as the high one, over zeros.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn raised(lanes: Lanes) -> Lanes {
    vextq_u64::<1>(zero(), lanes)
}

/// The high half as the low one, under zeros.
#[target_feature(enable = "neon,aes")]
#[inline]
pub(crate) fn lowered(lanes: Lanes) -> Lanes {
    vextq_u64::<1>(lanes, zero())
}
