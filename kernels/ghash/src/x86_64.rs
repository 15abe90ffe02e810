//! The instructions of x86-64: PCLMULQDQ, in its encoding for AVX.

use core::arch::x86_64::{
    __m128i, _mm_clmulepi64_si128, _mm_cvtsi128_si64, _mm_extract_epi64, _mm_set_epi8, _mm_set_epi64x,
    _mm_setzero_si128, _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_slli_si128, _mm_srli_si128, _mm_xor_si128,
};

/// Two halves of 64 bits.
pub(crate) type Lanes = __m128i;

/// Whether the processor has what the functions of this file enable.
pub(crate) fn are_there() -> bool {
    std::arch::is_x86_feature_detected!("avx") && std::arch::is_x86_feature_detected!("pclmulqdq")
}

#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn zero() -> Lanes {
    _mm_setzero_si128()
}

#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn from_number(number: u128) -> Lanes {
    _mm_set_epi64x((number >> 64) as i64, number as i64)
}

#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn to_number(lanes: Lanes) -> u128 {
    let [low, high] = [_mm_cvtsi128_si64(lanes), _mm_extract_epi64::<1>(lanes)];
    u128::from(high as u64) << 64 | u128::from(low as u64)
}

/// A block as the big-endian number that it is. Loaded as it lies in memory and turned round in a register: one load, one shuffle.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn from_block(block: &[u8; 16]) -> Lanes {
    let reversed = _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    _mm_shuffle_epi8(from_number(u128::from_le_bytes(*block)), reversed)
}

#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn add(a: Lanes, b: Lanes) -> Lanes {
    _mm_xor_si128(a, b)
}

/// The two halves, each in the other's place.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn swapped(lanes: Lanes) -> Lanes {
    _mm_shuffle_epi32::<0b01_00_11_10>(lanes)
}

/// The low half times the low half.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn multiply_low(a: Lanes, b: Lanes) -> Lanes {
    _mm_clmulepi64_si128::<0x00>(a, b)
}

/// The high half times the high half.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn multiply_high(a: Lanes, b: Lanes) -> Lanes {
    _mm_clmulepi64_si128::<0x11>(a, b)
}

/// The low half as the high one, over zeros.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn raised(lanes: Lanes) -> Lanes {
    _mm_slli_si128::<8>(lanes)
}

/// The high half as the low one, under zeros.
#[target_feature(enable = "avx,pclmulqdq")]
#[inline]
pub(crate) fn lowered(lanes: Lanes) -> Lanes {
    _mm_srli_si128::<8>(lanes)
}
