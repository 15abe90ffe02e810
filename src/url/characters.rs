//! Characters that no URL of a profile may hold, wherever they are in it.

use super::refusal::UrlRefusal;

/// Looks at every character before the URL is split, so that no part can hide one.
pub(super) fn check_characters(raw: &str) -> Result<(), UrlRefusal> {
    for character in raw.chars() {
        if character == '\\' || character.is_control() || character.is_whitespace() {
            return Err(UrlRefusal::Blank);
        }
        if !character.is_ascii() && is_invisible(character) {
            return Err(UrlRefusal::Invisible);
        }
    }
    Ok(())
}

/// Unicode's `Default_Ignorable_Code_Point` (soft hyphen, joiners, marks of direction, variation selectors, tags and
/// the like), the annotation marks, and the noncharacters.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF
    ) || u32::from(character) & 0xFFFE == 0xFFFE
}
