//! From a JSON Pointer to line and column in the text.

use std::cell::OnceCell;

use callback_profile::Position;
use callback_profile::json::{Kind, Value};

/// Bytes between two places whose line and column are kept.
const STEP: usize = 4096;

/// A text in which positions are looked up. A list of many profiles is one text, which is not read from its start for each
/// of them.
pub(super) struct Whole<'t> {
    text: &'t [u8],
    /// Line and column at every [`STEP`] bytes, from 1.
    marks: OnceCell<Vec<Position>>,
}

impl<'t> Whole<'t> {
    pub(super) fn new(text: &'t [u8]) -> Whole<'t> {
        Whole { text, marks: OnceCell::new() }
    }

    /// Where a value below `root` begins, which is a value of this text.
    ///
    /// What a pointer goes on to inside a string, as in a body that was sent as one, is where the string begins; what is not
    /// there is where it should be.
    pub(super) fn position(&self, root: Value<'_>, pointer: &str) -> Position {
        let mut value = root;
        for token in pointer.split('/').skip(1) {
            let Some(inner) = value.step(token) else { break };
            value = inner;
        }
        self.at(begin(value))
    }

    fn at(&self, offset: usize) -> Position {
        let marks = self.marks.get_or_init(|| marks(self.text));
        let step = offset.checked_div(STEP).unwrap_or(0);
        let Some(mark) = marks.get(step) else { return Position { line: 1, column: 1 } };
        let rest = self.text.get(step.saturating_mul(STEP)..offset).unwrap_or_default();
        rest.iter().fold(*mark, |position, byte| after(position, *byte))
    }
}

/// The offset of the value's first character; of a string, its quote.
fn begin(value: Value<'_>) -> usize {
    if value.kind() == Kind::String { value.offset().saturating_sub(1) } else { value.offset() }
}

fn marks(text: &[u8]) -> Vec<Position> {
    let mut position = Position { line: 1, column: 1 };
    let mut marks = Vec::with_capacity(text.len().div_ceil(STEP).saturating_add(1));
    for chunk in text.chunks(STEP) {
        marks.push(position);
        position = chunk.iter().fold(position, |position, byte| after(position, *byte));
    }
    marks.push(position);
    marks
}

/// The position behind a byte. Columns are characters: every byte that is no UTF-8 continuation begins one.
fn after(position: Position, byte: u8) -> Position {
    match byte {
        b'\n' => Position { line: position.line.saturating_add(1), column: 1 },
        0x80..=0xBF => position,
        _ => Position { column: position.column.saturating_add(1), ..position },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use callback_profile::Limits;
    use callback_profile::json::Document;

    #[test]
    fn a_pointer_leads_to_the_first_character_of_its_value() {
        let text = "{\"é\": [1,\n  {\"a/b\": \"x\"}],\n \"s\": \"{}\", \"o\": {}}";
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        for (pointer, line, column) in [
            ("", 1, 1),
            ("/é", 1, 7),
            ("/é/0", 1, 8),
            ("/é/1", 2, 3),
            ("/é/1/a~1b", 2, 11),
            ("/s", 3, 7),
            ("/s/deeper", 3, 7),
            ("/o/missing", 3, 18),
            ("/é/7", 1, 7),
        ] {
            let position = Whole::new(text.as_bytes()).position(document.root(), pointer);
            assert_eq!((position.line, position.column), (line, column), "{pointer}");
        }
    }
    /// The meaning in its plainest form: from the start, byte by byte.
    #[test]
    fn positions_are_those_of_a_count_from_the_start() {
        let text = "aé\n日本\n\n".repeat(3_000);
        let whole = Whole::new(text.as_bytes());
        let mut position = Position { line: 1, column: 1 };
        for (offset, byte) in text.bytes().enumerate() {
            if offset % 97 == 0 || offset % STEP < 2 {
                let found = whole.at(offset);
                assert_eq!((found.line, found.column), (position.line, position.column), "{offset}");
            }
            position = after(position, byte);
        }
    }
}
