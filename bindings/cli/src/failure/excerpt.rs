//! The line of malformed JSON that a message is about, masked.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use callback_profile::Position;

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
    // The column may be the one after the last character, so there must be something to underline.
    let masked = format!("{} ", mask(bytes));
    let start = column.checked_sub(1)?.min(masked.len().saturating_sub(1));
    let mark = AnnotationKind::Primary.span(start..start.saturating_add(1)).label("here");
    let source = Snippet::source(masked).line_start(line).path(input.name.as_str()).annotation(mark);
    let title = Level::ERROR.with_name(heading.class).primary_title(heading.text).id(heading.code);
    Some(format!("{}\n", Renderer::styled().render(&[title.element(source)])))
}
