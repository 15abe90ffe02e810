//! Names that come from outside, shown so that nobody can forge a log line with them.

use std::borrow::Cow;
use std::fmt::Write;

/// Longest name that a message shows, in characters; a stranger may have chosen it.
const LONGEST: usize = 256;

/// A name for a message: controls, marks of text direction, invisible characters and line separators are written as
/// `\u{2028}`, and what follows the 256th character is left out.
///
/// ```
/// assert_eq!(callback_profile::visible("to\nadmin"), "to\\u{a}admin");
/// ```
pub fn visible(name: &str) -> Cow<'_, str> {
    if name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len().min(LONGEST));
    for character in name.chars().take(LONGEST) {
        if is_hidden(character) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn is_hidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') || is_invisible(character)
}

/// Unicode's `Default_Ignorable_Code_Point` (soft hyphen, joiners, marks of direction, variation selectors, tags and
/// the like), the annotation marks, and the noncharacters.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        u32::from(character),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF
    ) || u32::from(character) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_a_line_is_escaped_and_the_rest_is_kept() {
        for (name, shown) in [
            ("contacts[0].name", "contacts[0].name"),
            ("naïve 日本", "naïve 日本"),
            ("a\r\nb\u{1b}[31m\0", "a\\u{d}\\u{a}b\\u{1b}[31m\\u{0}"),
            ("\u{202e}x\u{2066}\u{200b}", "\\u{202e}x\\u{2066}\\u{200b}"),
            ("a\u{2028}b\u{2029}\u{85}\u{feff}", "a\\u{2028}b\\u{2029}\\u{85}\\u{feff}"),
        ] {
            assert_eq!(visible(name), shown);
        }
        assert_eq!(visible(&"é".repeat(300)), "é".repeat(256));
        assert_eq!(visible(&"x".repeat(300)), "x".repeat(256));
    }
}
