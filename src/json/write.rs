//! Compact JSON out: the spelling of `serde_json::to_string`.

use super::scan::ordinary_len;

/// Appends `text` as a JSON string with its quotes.
pub(crate) fn push_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    push_string_content(out, text);
    out.push(b'"');
}

/// Appends `text` as the inside of a JSON string: escapes what RFC 8259 §7 demands and nothing else.
pub(crate) fn push_string_content(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at_checked(ordinary_len(rest)).unwrap_or((rest, b""));
        out.extend_from_slice(plain);
        let Some((byte, after)) = special.split_first() else { return };
        push_escaped(out, *byte);
        rest = after;
    }
}

#[cold]
fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    const HEX: [u8; 16] = *b"0123456789abcdef";
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x09 => out.extend_from_slice(b"\\t"),
        0x0A => out.extend_from_slice(b"\\n"),
        0x0C => out.extend_from_slice(b"\\f"),
        0x0D => out.extend_from_slice(b"\\r"),
        _ => {
            let digit = |nibble: u8| HEX.get(usize::from(nibble & 0x0F)).copied().unwrap_or(b'0');
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)]);
        }
    }
}
