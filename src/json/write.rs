//! Compact JSON out: the spelling of `serde_json::to_string`.

use super::scan::ordinary_len;

/// What text is appended to: bytes, or a string, which is then known to be UTF-8 without a look.
pub(crate) trait Output {
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

/// Appends `text` as a JSON string with its quotes.
pub(crate) fn push_string(out: &mut impl Output, text: &str) {
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
}
