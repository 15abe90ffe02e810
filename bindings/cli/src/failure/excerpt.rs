//! The line of malformed JSON that a message is about, masked.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use callback_profile::{Position, visible};

use super::mask::mask;
use crate::input::Input;

/// Longer lines are not shown. The library's limits allow lines of megabytes.
const LONGEST_SHOWN_LINE: usize = 64 * 1024;

/// The first line of a message.
pub(super) struct Heading<'h> {
    pub(super) class: &'h str,
    pub(super) code: &'h str,
    pub(super) text: &'h str,
}

/// The message with the line at the position; `None` if the line is too long to be of help.
pub(super) fn of(
    input: &Input,
    Position { line, column }: Position,
    heading: &Heading<'_>,
) -> Option<String> {
    let bytes = input.bytes.split(|byte| *byte == b'\n').nth(line.checked_sub(1)?)?;
    if bytes.len() > LONGEST_SHOWN_LINE {
        return None;
    }
    let offending = Offending::of(bytes, column);
    // The column may be the one after the last character, so there must be something to underline.
    let mut masked = format!("{} ", mask(bytes));
    let start = column.checked_sub(1)?.min(masked.len().saturating_sub(1));
    let span = start..start.saturating_add(1);
    if let Offending::Shown(character) = offending
        && character.is_ascii()
    {
        masked.replace_range(span.clone(), character.encode_utf8(&mut [0]));
    }
    let mark = AnnotationKind::Primary.span(span).label(offending.to_string());
    let source = Snippet::source(masked).line_start(line).path(input.name.as_str()).annotation(mark);
    let title = Level::ERROR.with_name(heading.class).primary_title(heading.text).id(heading.code);
    Some(format!("{}\n", Renderer::styled().render(&[title.element(source)])))
}

/// What is at the position of an error. A letter or a digit may belong to a key, so it is not shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Offending {
    End,
    Letter,
    Digit,
    /// A control character or another that nothing could be seen of.
    Hidden(char),
    Shown(char),
    NotUtf8,
}

impl Offending {
    fn of(line: &[u8], column: usize) -> Offending {
        let text = String::from_utf8_lossy(line);
        match text.chars().nth(column.saturating_sub(1)) {
            None => Offending::End,
            Some(char::REPLACEMENT_CHARACTER) => Offending::NotUtf8,
            Some(character) if character.is_alphabetic() => Offending::Letter,
            Some(character) if character.is_numeric() => Offending::Digit,
            Some(character) => {
                let shown = visible(character.encode_utf8(&mut [0; 4])).chars().count() == 1;
                if shown && !character.is_whitespace() {
                    Offending::Shown(character)
                } else {
                    Offending::Hidden(character)
                }
            }
        }
    }
}

impl fmt::Display for Offending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Offending::End => f.write_str("the line ends here"),
            Offending::Letter => f.write_str("here: a letter"),
            Offending::Digit => f.write_str("here: a digit"),
            Offending::Hidden(' ') => f.write_str("here: a space"),
            Offending::Hidden(character) => write!(f, "here: U+{:04X}", u32::from(*character)),
            Offending::Shown(character) if character.is_ascii() => write!(f, "here: {character}"),
            Offending::Shown(character) => write!(f, "here: {character} (U+{:04X})", u32::from(*character)),
            Offending::NotUtf8 => f.write_str("here: a byte that is not UTF-8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offending_character_is_shown_unless_a_key_could_hold_it() {
        for (line, column, label) in [
            ("{\"a\" 1}", 6, "here: a digit"),
            ("{'a': 1}", 2, "here: '"),
            ("{\u{201c}a\u{201d}: 1}", 2, "here: \u{201c} (U+201C)"),
            ("{a}", 2, "here: a letter"),
            ("{\u{e9}}", 2, "here: a letter"),
            ("{\u{660}}", 2, "here: a digit"),
            ("{\t}", 2, "here: U+0009"),
            ("\u{feff}{}", 1, "here: U+FEFF"),
            ("\u{202e}", 1, "here: U+202E"),
            ("\u{a0}", 1, "here: U+00A0"),
            ("{ }", 2, "here: a space"),
            ("{", 2, "the line ends here"),
        ] {
            assert_eq!(Offending::of(line.as_bytes(), column).to_string(), label, "{line:?}");
        }
        assert_eq!(Offending::of(b"{\xff", 2), Offending::NotUtf8);
    }
}
