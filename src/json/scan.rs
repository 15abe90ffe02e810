//! Finding the end of a run of ordinary string characters: eight bytes at a time, then 32.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// How many bytes at the start of `text` need no escape in a JSON string: no quote, no backslash, no control.
#[inline]
pub(crate) fn ordinary_len(text: &[u8]) -> usize {
    let marks = text.first_chunk().map_or(0, |word| special_bytes(u64::from_le_bytes(*word)));
    if marks != 0 { place_of(marks) } else { longer_ordinary_len(text) }
}

/// The same for runs that do not end within eight bytes.
fn longer_ordinary_len(text: &[u8]) -> usize {
    let mut len: usize = 0;
    for (word, count) in text.as_chunks::<8>().0.iter().zip(1..) {
        let marks = special_bytes(u64::from_le_bytes(*word));
        if marks != 0 {
            return len.wrapping_add(place_of(marks));
        }
        len = len.wrapping_add(8);
        if count == 3 {
            len = len.wrapping_add(ordinary_blocks(text.get(len..).unwrap_or_default()));
            break;
        }
    }
    let (words, tail) = text.get(len..).unwrap_or_default().as_chunks::<8>();
    for word in words {
        let marks = special_bytes(u64::from_le_bytes(*word));
        if marks != 0 {
            return len.wrapping_add(place_of(marks));
        }
        len = len.wrapping_add(8);
    }
    len.wrapping_add(tail.iter().position(|byte| special(*byte) != 0).unwrap_or(tail.len()))
}

/// The bytes of the blocks of 32 without a special byte. A loop over a block that never leaves early is compiled to a
/// few vector instructions.
fn ordinary_blocks(text: &[u8]) -> usize {
    let is_ordinary = |block: &&[u8; 32]| block.iter().fold(0, |found, byte| found | special(*byte)) == 0;
    text.as_chunks::<32>().0.iter().take_while(is_ordinary).count().wrapping_mul(32)
}

/// The byte of the lowest mark.
#[inline(always)]
fn place_of(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// Not 0 for a special byte; without branches, for the sake of vectors.
#[inline(always)]
fn special(byte: u8) -> u8 {
    u8::from(byte == b'"') | u8::from(byte == b'\\') | u8::from(byte < 0x20)
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
        for length in (0..34).chain([55, 56, 57, 63, 64, 65, 87, 88, 89, 130]) {
            for place in 0..length {
                for byte in 0..=255u8 {
                    for filler in [b'a', 0x7F, 0x80, 0xFF, b'!', b'#', b'[', b']', 0x20] {
                        let mut text = vec![filler; length];
                        text[place] = byte;
                        let expected =
                            text.iter().position(|b| matches!(*b, b'"' | b'\\' | 0..=0x1F)).unwrap_or(length);
                        assert_eq!(ordinary_len(&text), expected, "{length} {place} {byte} {filler}");
                    }
                }
            }
        }
    }
}
