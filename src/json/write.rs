//! Compact JSON out: the spelling of `serde_json::to_string`. The one writer of containers and the one escaper.

use super::scan::ordinary_len;

/// What JSON text is appended to: a string, or bytes that are text.
pub trait Output {
    /// Bytes so far.
    fn size(&self) -> usize;
    /// Appends a text.
    fn append(&mut self, text: &str);
}

impl Output for Vec<u8> {
    fn size(&self) -> usize {
        self.len()
    }

    fn append(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Output for String {
    fn size(&self) -> usize {
        self.len()
    }

    fn append(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// An output from which what was written last can be taken back.
pub(crate) trait Shorten: Output {
    /// Removes what is behind the first `size` bytes.
    fn shorten(&mut self, size: usize);
}

/// An object that is being written. Values go to what [`member`](Self::member) returns, one each.
///
/// ```
/// use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};
///
/// let mut out = String::new();
/// let mut object = ObjectWriter::new(&mut out);
/// push_string(object.member("title"), "a \"b\"");
/// let mut events = ArrayWriter::new(object.member("events"));
/// push_string(events.element(), "SMS-sent");
/// events.finish();
/// object.finish();
/// assert_eq!(out, r#"{"title":"a \"b\"","events":["SMS-sent"]}"#);
/// ```
#[must_use = "an object without its end is no JSON"]
pub struct ObjectWriter<'o, O: Output> {
    out: &'o mut O,
    is_empty: bool,
}

impl<'o, O: Output> ObjectWriter<'o, O> {
    /// Begins an object.
    pub fn new(out: &'o mut O) -> ObjectWriter<'o, O> {
        out.append("{");
        ObjectWriter { out, is_empty: true }
    }

    /// Begins a member, whose value is to be appended to what is returned.
    pub fn member(&mut self, name: &str) -> &mut O {
        if !std::mem::take(&mut self.is_empty) {
            self.out.append(",");
        }
        push_string(self.out, name);
        self.out.append(":");
        self.out
    }

    /// Calls `write` with a member's place. A member of which nothing is written is left out, and `false` returned.
    pub(crate) fn member_if_written(&mut self, name: &str, write: impl FnOnce(&mut O)) -> bool
    where
        O: Shorten,
    {
        let (start, was_empty) = (self.out.size(), self.is_empty);
        let out = self.member(name);
        let place = out.size();
        write(out);
        let is_written = out.size() > place;
        if !is_written {
            out.shorten(start);
            self.is_empty = was_empty;
        }
        is_written
    }

    /// Ends the object.
    pub fn finish(self) {
        self.out.append("}");
    }
}

/// An array that is being written. Elements go to what [`element`](Self::element) returns, one each.
#[must_use = "an array without its end is no JSON"]
pub struct ArrayWriter<'o, O: Output> {
    out: &'o mut O,
    is_empty: bool,
}

impl<'o, O: Output> ArrayWriter<'o, O> {
    /// Begins an array.
    pub fn new(out: &'o mut O) -> ArrayWriter<'o, O> {
        out.append("[");
        ArrayWriter { out, is_empty: true }
    }

    /// Begins an element, which is to be appended to what is returned.
    pub fn element(&mut self) -> &mut O {
        if !std::mem::take(&mut self.is_empty) {
            self.out.append(",");
        }
        self.out
    }

    /// Ends the array.
    pub fn finish(self) {
        self.out.append("]");
    }
}

/// Appends `text` as a JSON string with its quotes: escapes what RFC 8259 §7 demands and nothing else.
pub fn push_string(out: &mut impl Output, text: &str) {
    out.append("\"");
    push_string_content(out, text);
    out.append("\"");
}

/// Appends `text` as the inside of a JSON string: escapes what RFC 8259 §7 demands and nothing else.
pub(crate) fn push_string_content(out: &mut impl Output, text: &str) {
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at_checked(ordinary_len(rest.as_bytes())).unwrap_or((rest, ""));
        out.append(plain);
        // What is special is ASCII, so one byte.
        let Some((byte, after)) = special.as_bytes().first().zip(special.get(1..)) else { return };
        push_escaped(out, *byte);
        rest = after;
    }
}

#[cold]
fn push_escaped(out: &mut impl Output, byte: u8) {
    match byte {
        b'"' => out.append("\\\""),
        b'\\' => out.append("\\\\"),
        0x08 => out.append("\\b"),
        0x09 => out.append("\\t"),
        0x0A => out.append("\\n"),
        0x0C => out.append("\\f"),
        0x0D => out.append("\\r"),
        _ => {
            let digit = |nibble: u8| {
                let at = usize::from(nibble & 0x0F);
                "0123456789abcdef".get(at..at.saturating_add(1)).unwrap_or("0")
            };
            ["\\u00", digit(byte >> 4), digit(byte)].into_iter().for_each(|part| out.append(part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_bytes_are_written_alike_and_counted() {
        let (mut bytes, mut text) = (Vec::new(), String::new());
        for piece in ["", "a", "\"é\\\u{1F}\u{7F}\n", "😀"] {
            push_string(&mut bytes, piece);
            push_string(&mut text, piece);
            assert_eq!((bytes.size(), text.size()), (bytes.len(), bytes.len()));
        }
        assert_eq!(text, "\"\"\"a\"\"\\\"é\\\\\\u001f\u{7F}\\n\"\"😀\"");
        assert_eq!(bytes, text.as_bytes());
    }

    #[test]
    fn containers_are_empty_or_have_commas_between() {
        let mut out = String::new();
        let mut array = ArrayWriter::new(&mut out);
        ArrayWriter::new(array.element()).finish();
        ObjectWriter::new(array.element()).finish();
        let mut object = ObjectWriter::new(array.element());
        for (name, value) in [("", "null"), ("a\"", "1"), ("b", "[]")] {
            object.member(name).append(value);
        }
        object.finish();
        array.element().append("2");
        array.finish();
        assert_eq!(out, r#"[[],{},{"":null,"a\"":1,"b":[]},2]"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap().to_string(), out);
    }
}
