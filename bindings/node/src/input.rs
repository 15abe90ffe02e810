//! Inputs: strings, or bytes that should be UTF-8.

use napi::bindgen_prelude::{Either, Uint8Array, Utf16String};
use napi_derive::napi;

use crate::utf16::push_utf8;

/// A JavaScript string or bytes.
#[napi]
pub type Text = Either<Utf16String, Uint8Array>;

/// A copy of the input: JavaScript may change the original while another thread reads this one.
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
