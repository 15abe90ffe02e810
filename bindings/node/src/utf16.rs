//! JavaScript's strings as UTF-8, and as the content of a JSON string.
//!
//! They are read as UTF-16, which Node-API copies in one step: its own UTF-8 reads a string twice, character by character.

/// Appends UTF-8. A lone surrogate has no UTF-8; it becomes the three bytes of its number, which are invalid UTF-8, so
/// that the core refuses them and reports their offset.
pub(crate) fn push_utf8(out: &mut Vec<u8>, text: &[u16]) {
    push(out, text, |unit| unit < 0x80, |out, half| out.extend(three_bytes(half)));
}

/// Appends the content between the quotes of a JSON string, as `JSON.stringify` writes it.
pub(crate) fn push_json_content(out: &mut Vec<u8>, text: &[u16]) {
    push(out, text, is_plain, |out, unit| match u8::try_from(unit) {
        Ok(byte @ (b'"' | b'\\')) => out.extend([b'\\', byte]),
        Ok(8) => out.extend(b"\\b"),
        Ok(b'\t') => out.extend(b"\\t"),
        Ok(b'\n') => out.extend(b"\\n"),
        Ok(12) => out.extend(b"\\f"),
        Ok(b'\r') => out.extend(b"\\r"),
        _ => out.extend(format!("\\u{unit:04x}").bytes()),
    });
}

/// The text in ASCII, if a JSON string needs no escape for any of it.
pub(crate) fn ascii_json(text: &[u16]) -> Option<Vec<u8>> {
    // No early exit, so that the compiler can vectorise the loop.
    if text.iter().fold(0, |all, unit| all | unit) >= 0x80 {
        return None;
    }
    let ascii: Vec<u8> = text.iter().map(|unit| *unit as u8).collect();
    let is_special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let is_plain = |chunk: &[u8]| !chunk.iter().fold(false, |special, byte| special | is_special(byte));
    ascii.chunks(64).all(is_plain).then_some(ascii)
}

/// Whether it is ASCII that a JSON string needs no escape for.
fn is_plain(unit: u16) -> bool {
    (0x20..0x80).contains(&unit) && unit != u16::from(b'"') && unit != u16::from(b'\\')
}

/// Appends UTF-8. `escape` appends the ASCII characters that are not plain, and lone surrogates.
fn push(out: &mut Vec<u8>, text: &[u16], is_plain: impl Fn(u16) -> bool, escape: impl Fn(&mut Vec<u8>, u16)) {
    let mut rest = text;
    while let Some(first) = rest.first() {
        let taken = if is_plain(*first) {
            let (plain, _) = rest.split_at(plain_len(rest, &is_plain));
            out.extend(plain.iter().map(|unit| *unit as u8));
            plain.len()
        } else {
            match char::decode_utf16(rest.iter().copied()).next() {
                Some(Ok(character)) if !character.is_ascii() => {
                    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    character.len_utf16()
                }
                _ => {
                    escape(out, *first);
                    1
                }
            }
        };
        (_, rest) = rest.split_at(taken);
    }
}

/// The number of units before the first that is not plain.
fn plain_len(text: &[u16], is_plain: impl Fn(u16) -> bool) -> usize {
    const LANES: usize = 32;
    let (chunks, _) = text.as_chunks::<LANES>();
    // No early exit within a chunk, so that the compiler can vectorise its comparison.
    let plain_chunks =
        chunks.iter().take_while(|chunk| chunk.iter().fold(true, |plain, unit| plain & is_plain(*unit)));
    let start = plain_chunks.count().saturating_mul(LANES);
    let (_, tail) = text.split_at(start);
    start.saturating_add(tail.iter().position(|unit| !is_plain(*unit)).unwrap_or(tail.len()))
}

fn three_bytes(unit: u16) -> [u8; 3] {
    let six_bits = |shift: u16| 0x80 | (unit >> shift & 0x3f) as u8;
    [0xe0 | (unit >> 12) as u8, six_bits(6), six_bits(0)]
}
