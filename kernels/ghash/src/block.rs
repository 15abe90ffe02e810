//! From bytes to blocks.

/// Bytes of a block.
pub const BLOCK_LEN: usize = 16;

/// Up to 15 bytes as a block filled up with zeros.
///
/// In at most four loads of fixed sizes, which may overlap: a copy of so many bytes as there are is a call, and what it
/// stores in pieces cannot be loaded as one block without waiting.
#[inline(always)]
pub(crate) fn filled_up(rest: &[u8]) -> [u8; BLOCK_LEN] {
    debug_assert!(rest.len() < BLOCK_LEN, "whole blocks are split off before");
    let number = if let (Some(start), Some(end)) = (rest.first_chunk(), rest.last_chunk()) {
        joined(
            u64::from_le_bytes(*start).into(),
            u64::from_le_bytes(*end).into(),
            rest.len(),
            size_of::<u64>(),
        )
    } else if let (Some(start), Some(end)) = (rest.first_chunk(), rest.last_chunk()) {
        joined(
            u32::from_le_bytes(*start).into(),
            u32::from_le_bytes(*end).into(),
            rest.len(),
            size_of::<u32>(),
        )
    } else if let (Some(start), Some(end)) = (rest.first_chunk(), rest.last_chunk()) {
        joined(
            u16::from_le_bytes(*start).into(),
            u16::from_le_bytes(*end).into(),
            rest.len(),
            size_of::<u16>(),
        )
    } else {
        rest.first().copied().unwrap_or(0).into()
    };
    number.to_le_bytes()
}

/// Two loads of `size` bytes, the first and the last of `len`; the bytes that are in both are the same.
#[inline(always)]
fn joined(start: u128, end: u128, len: usize, size: usize) -> u128 {
    // Fewer than 16 bytes less at least 2: no shift leaves the number.
    start | end << (len.wrapping_sub(size).wrapping_mul(8) as u32 & 127)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_filled_up_with_zeros() {
        let bytes: [u8; 15] = core::array::from_fn(|at| 0xf0 | at as u8);
        for length in 0..BLOCK_LEN {
            let mut expected = [0; BLOCK_LEN];
            expected[..length].copy_from_slice(&bytes[..length]);
            assert_eq!(filled_up(&bytes[..length]), expected, "{length} bytes");
        }
    }
}
