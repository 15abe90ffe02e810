//! From a JSON Pointer to line and column in the text.

use callback_profile::Position;
use callback_profile::json::{Document, Kind, Value};

/// Where a value begins. `base` is a pointer to the profile in its envelope.
///
/// What a pointer goes on to inside a string, as in a body that was sent as one, is where the string begins; what is not
/// there is where it should be.
pub(super) fn of(document: &Document<'_>, text: &[u8], base: &str, pointer: &str) -> Position {
    let mut value = document.root();
    for name in [base, pointer].into_iter().flat_map(|pointer| pointer.split('/').skip(1)) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let inner = match value.kind() {
            Kind::Array => name.parse().ok().and_then(|index| value.element(index)),
            _ => value.get(&name),
        };
        match inner {
            Some(inner) => value = inner,
            None => break,
        }
    }
    at(text, begin(value))
}

/// The offset of the value's first character; of a string, its quote.
fn begin(value: Value<'_>) -> usize {
    if value.kind() == Kind::String { value.offset().saturating_sub(1) } else { value.offset() }
}

/// Columns are characters: every byte that is no UTF-8 continuation begins one.
fn at(text: &[u8], offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let lines = before.split(|byte| *byte == b'\n');
    let last = lines.clone().next_back().unwrap_or_default();
    let column = last.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
    Position { line: lines.count(), column: column.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use callback_profile::Limits;

    #[test]
    fn a_pointer_leads_to_the_first_character_of_its_value() {
        let text = "{\"é\": [1,\n  {\"a/b\": \"x\"}],\n \"s\": \"{}\", \"o\": {}}";
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        for (base, pointer, line, column) in [
            ("", "", 1, 1),
            ("", "/é", 1, 7),
            ("", "/é/0", 1, 8),
            ("", "/é/1", 2, 3),
            ("", "/é/1/a~1b", 2, 11),
            ("/é", "/1/a~1b", 2, 11),
            ("", "/s", 3, 7),
            ("", "/s/deeper", 3, 7),
            ("", "/o/missing", 3, 18),
            ("", "/é/7", 1, 7),
        ] {
            let position = of(&document, text.as_bytes(), base, pointer);
            assert_eq!((position.line, position.column), (line, column), "{base}{pointer}");
        }
    }
}
