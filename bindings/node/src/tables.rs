//! The constant tables: the schema, the catalogue of codes, the version.

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

/// The version of the library.
#[napi(catch_unwind)]
pub fn version() -> &'static str {
    callback_profile::VERSION
}
