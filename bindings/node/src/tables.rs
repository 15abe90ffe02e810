//! What needs no object: the schema, the catalogue of codes, the version, and how names from outside are shown.

use napi::bindgen_prelude::Utf16String;
use napi_derive::napi;

/// The JSON Schema of a payload, as text.
#[napi(catch_unwind)]
pub fn schema_text() -> String {
    callback_profile::schema()
}

/// The catalogue of codes, as text.
#[napi(catch_unwind)]
pub fn catalogue_text() -> String {
    callback_profile::catalogue()
}

/// A name from outside as messages show it. A half of a character is U+FFFD, since Rust has no such text.
#[napi(catch_unwind)]
pub fn visible(name: Utf16String) -> String {
    callback_profile::visible(&String::from_utf16_lossy(&name)).into_owned()
}

/// The version of the library.
#[napi(catch_unwind)]
pub fn version() -> &'static str {
    callback_profile::VERSION
}
