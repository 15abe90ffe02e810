//! What comes in: strings, or bytes that are meant to be UTF-8.

use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;

/// A JavaScript string or bytes.
#[napi]
pub type Text = Either<String, Uint8Array>;

/// A copy of its own, safe to take to another thread while JavaScript changes the original.
pub(crate) fn owned(text: Text) -> Vec<u8> {
    match text {
        Either::A(text) => text.into_bytes(),
        Either::B(bytes) => bytes.to_vec(),
    }
}
