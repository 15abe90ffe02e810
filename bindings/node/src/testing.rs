//! For the tests only: calls that panic on purpose, which the process must survive, and a view of internal results.

use napi::bindgen_prelude::{AsyncTask, Utf16String};
use napi_derive::napi;

use crate::batch::{Cancel, Guarded};
use crate::failure::Failure;
use crate::members::push_object;

/// Panics.
#[napi(catch_unwind)]
#[allow(clippy::panic)]
pub fn test_panic() -> u32 {
    panic!("on purpose")
}

/// Panics on a worker thread.
#[napi(catch_unwind, ts_return_type = "Promise<Outcome<Array<Outcome<string>>>>")]
#[allow(clippy::panic)]
pub fn test_panic_async(cancel: &Cancel) -> AsyncTask<Guarded<String>> {
    let work = |_: usize, _: &[u8]| -> Result<String, Failure> { panic!("on purpose") };
    AsyncTask::new(Guarded::new(vec![Vec::new()], cancel, work))
}

/// The JSON text of an object's members; null if the lengths are not those of the text.
#[napi(catch_unwind)]
pub fn test_members(text: Utf16String, lengths: &[i32], count: u32, limit: u32) -> Option<String> {
    let mut out = Vec::new();
    push_object(&mut out, &text, lengths, count, usize::try_from(limit).unwrap_or(usize::MAX))?;
    String::from_utf8(out).ok()
}
