//! Finding the end of a run of ordinary string characters, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// How many bytes at the start of `text` need no escape in a JSON string: no quote, no backslash, no control.
pub(crate) fn ordinary_len(text: &[u8]) -> usize {
    let (chunks, tail) = text.as_chunks::<8>();
    let mut len: usize = 0;
    for chunk in chunks {
        let marks = special_bytes(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return len.wrapping_add((marks.trailing_zeros() / 8) as usize);
        }
        len = len.wrapping_add(8);
    }
    len.wrapping_add(tail.iter().position(|byte| is_special(*byte)).unwrap_or(tail.len()))
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1F)
}

/// The high bit of the lowest special byte of `word` is set; bits above it may be wrong (borrows), bits below not.
fn special_bytes(word: u64) -> u64 {
    let zero_byte = |x: u64| x.wrapping_sub(ONES) & !x;
    let quote = zero_byte(word ^ ONES.wrapping_mul(b'"' as u64));
    let backslash = zero_byte(word ^ ONES.wrapping_mul(b'\\' as u64));
    let control = word.wrapping_sub(ONES.wrapping_mul(0x20)) & !word;
    (quote | backslash | control) & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_byte_loop_at_every_place_and_for_every_byte() {
        for length in 0..40 {
            for place in 0..length {
                for byte in 0..=255u8 {
                    for filler in [b'a', 0x7F, 0x80, 0xFF, b'!', b'#', b'[', b']', 0x20] {
                        let mut text = vec![filler; length];
                        text[place] = byte;
                        let expected = text.iter().position(|b| is_special(*b)).unwrap_or(length);
                        assert_eq!(ordinary_len(&text), expected, "{length} {place} {byte} {filler}");
                    }
                }
            }
        }
    }
}
