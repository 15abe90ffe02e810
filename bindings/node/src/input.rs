//! What comes in: strings, or bytes that are meant to be UTF-8.

use napi::bindgen_prelude::{Either, Uint8Array, Utf16String};
use napi_derive::napi;

use crate::utf16::push_utf8;

/// A JavaScript string or bytes.
#[napi]
pub type Text = Either<Utf16String, Uint8Array>;

/// A copy of its own, safe to take to another thread while JavaScript changes the original.
pub(crate) fn owned(text: Text) -> Vec<u8> {
    match text {
        Either::A(text) => {
            let mut bytes = Vec::with_capacity(text.len());
            push_utf8(&mut bytes, &text);
            bytes
        }
        Either::B(bytes) => bytes.to_vec(),
    }
}
