//! Text: views of text that somebody else owns.

use std::ffi::c_char;
use std::fmt::Write;

use crate::convert::{array, bytes, room, text};
use crate::failure::Failure;
use crate::guard;

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

/// A header of a request, for cbp_request_parse() and for what was received.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct cbp_header {
    /// The name, in upper or lower case.
    pub name: cbp_str,
    /// The value.
    pub value: cbp_str,
}

/// Copies a text with a zero byte after it into `buffer`, for functions that take C strings. Returns whether it did: a text that
/// does not fit, that holds a zero byte itself, or that is no text leaves an empty string, and never a part of a text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_str_copy(text: cbp_str, buffer: *mut c_char, buffer_size: usize) -> bool {
    guard::value(false, || {
        // SAFETY: NULL or valid for their use, by the contract of the header.
        let parts = unsafe { (bytes(text.data, text.len), room(buffer.cast(), buffer_size)) };
        let (Ok(bytes), Ok(mut room)) = parts else { return false };
        if room.overlaps(bytes) {
            return false;
        }
        let fits = !text.data.is_null() && !bytes.contains(&0) && bytes.len() < buffer_size;
        let copied = if fits { bytes } else { &[] };
        let Some(target) = room.zeroed(copied.len().saturating_add(1)) else { return false };
        target.iter_mut().zip(copied).for_each(|(to, from)| *to = *from);
        fits
    })
}

/// The texts of a caller's array.
///
/// # Safety
/// `list` is NULL or readable for `count` elements, and so is the text that they point at.
pub(crate) unsafe fn texts<'a>(list: *const cbp_str, count: usize) -> Result<Vec<&'a str>, Failure> {
    // SAFETY: the caller's promise is the same.
    let list: &[cbp_str] = unsafe { array(list, count) }?;
    // SAFETY: the caller's promise is the same.
    list.iter().map(|item| unsafe { text(item.data, item.len) }).collect()
}

/// Names and values of a caller's array.
///
/// # Safety
/// `list` is NULL or readable for `count` elements, and so is the text that they point at.
pub(crate) unsafe fn headers<'a>(
    list: *const cbp_header,
    count: usize,
) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    // SAFETY: the caller's promise is the same.
    let list: &[cbp_header] = unsafe { array(list, count) }?;
    list.iter()
        .map(|header| {
            let (name, value) = (header.name, header.value);
            // SAFETY: the caller's promise is the same.
            Ok(unsafe { (text(name.data, name.len)?, text(value.data, value.len)?) })
        })
        .collect()
}

/// JSON in one line of printable ASCII, everything else as an escape: names from outside may hold marks of text direction,
/// which a log would show.
pub(crate) fn ascii_json(json: String) -> String {
    let is_printable = |character: char| (' '..='~').contains(&character);
    if json.chars().all(is_printable) {
        return json;
    }
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        if is_printable(character) {
            ascii.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(ascii, "\\u{unit:04x}");
        }
    }
    ascii
}

impl cbp_str {
    /// No text.
    pub(crate) const NONE: cbp_str = cbp_str { data: std::ptr::null(), len: 0 };

    /// A view of `text`, which must outlive its use.
    pub(crate) fn of(text: &str) -> cbp_str {
        cbp_str::of_utf8(text.as_bytes())
    }

    /// The same of bytes that are known to be UTF-8.
    pub(crate) fn of_utf8(text: &[u8]) -> cbp_str {
        // An empty Rust slice may have a pointer that is no address of anything.
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
    fn all_but_printable_ascii_becomes_an_escape() {
        let json = "{\"a\\n\":\"\u{202e}\u{7f}\u{2028}\u{1F600}~ \"}";
        assert_eq!(ascii_json(json.to_owned()), r#"{"a\n":"\u202e\u007f\u2028\ud83d\ude00~ "}"#);
        assert_eq!(ascii_json(r#"{"a":"~ "}"#.to_owned()), r#"{"a":"~ "}"#);
    }
}
