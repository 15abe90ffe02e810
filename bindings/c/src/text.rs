//! Text: views of text that somebody else owns.

use std::ffi::c_char;

/// A view of UTF-8 text that somebody else owns; it is not terminated by a zero byte.
///
/// As a result it is valid until the object that the function was called for is freed or filled again; static text is always
/// valid. `data` is NULL if there is no such text; empty text has a `data` that is not NULL and a `len` of 0.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cbp_str {
    /// The first byte, or NULL.
    pub data: *const c_char,
    /// The number of bytes.
    pub len: usize,
}

/// A header of a request, for cbp_request_parse().
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cbp_header {
    /// The name, in upper or lower case.
    pub name: cbp_str,
    /// The value.
    pub value: cbp_str,
}

/// JSON with every character beyond ASCII as an escape: names from outside may hold marks of text direction, which a log
/// would show.
pub(crate) fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        if (' '..='~').contains(&character) {
            ascii.push(character);
        } else {
            let units = character.encode_utf16(&mut [0; 2]).to_vec();
            ascii.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    ascii
}

impl cbp_str {
    /// No text.
    pub(crate) const NONE: cbp_str = cbp_str { data: std::ptr::null(), len: 0 };

    /// A view of `text`, which must outlive its use.
    pub(crate) fn of(text: &str) -> cbp_str {
        // An empty Rust string may have a pointer that is no address of anything.
        let data = if text.is_empty() { c"".as_ptr() } else { text.as_ptr().cast() };
        cbp_str { data, len: text.len() }
    }

    pub(crate) fn of_option(text: Option<&str>) -> cbp_str {
        text.map_or(cbp_str::NONE, cbp_str::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_beyond_ascii_become_escapes() {
        let json = "{\"a\\n\":\"\u{202e}\u{7f}\u{2028}\u{1F600}~ \"}";
        assert_eq!(ascii_json(json), r#"{"a\n":"\u202e\u007f\u2028\ud83d\ude00~ "}"#);
    }
}
