//! Finding the end of a run of ordinary string characters, sixteen bytes at a time.

use wide::u8x16;

/// How many bytes at the start of `text` need no escape in a JSON string: no quote, no backslash, no control.
#[inline]
pub(crate) fn ordinary_len(text: &[u8]) -> usize {
    // Most strings of a payload end within the first block.
    match text.first_chunk().map(special_bytes) {
        Some(0) | None => longer_ordinary_len(text),
        Some(marks) => marks.trailing_zeros() as usize,
    }
}

fn longer_ordinary_len(text: &[u8]) -> usize {
    let mut len: usize = 0;
    let (blocks, tail) = text.as_chunks::<16>();
    for block in blocks {
        let marks = special_bytes(block);
        if marks != 0 {
            return len.wrapping_add(marks.trailing_zeros() as usize);
        }
        len = len.wrapping_add(16);
    }
    let ordinary = tail.iter().position(|byte| *byte < 0x20 || *byte == b'"' || *byte == b'\\');
    len.wrapping_add(ordinary.unwrap_or(tail.len()))
}

/// A bit for each special byte, the lowest for the first byte.
#[inline(always)]
fn special_bytes(block: &[u8; 16]) -> u32 {
    let bytes = u8x16::new(*block);
    let control = bytes.min(u8x16::splat(0x1F)).simd_eq(bytes);
    let special = bytes.simd_eq(u8x16::splat(b'"')) | bytes.simd_eq(u8x16::splat(b'\\')) | control;
    special.to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_byte_loop_at_every_offset_and_for_every_byte() {
        for length in (0..34).chain([55, 56, 57, 63, 64, 65, 87, 88, 89, 130]) {
            for offset in 0..length {
                for byte in 0..=255u8 {
                    for filler in [b'a', 0x7F, 0x80, 0xFF, b'!', b'#', b'[', b']', 0x20] {
                        let mut text = vec![filler; length];
                        text[offset] = byte;
                        let expected =
                            text.iter().position(|b| matches!(*b, b'"' | b'\\' | 0..=0x1F)).unwrap_or(length);
                        assert_eq!(ordinary_len(&text), expected, "{length} {offset} {byte} {filler}");
                    }
                }
            }
        }
    }
}
