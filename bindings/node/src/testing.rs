//! Calls that misbehave on purpose, for the tests only: the process must survive them.

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;

use crate::batch::{Cancel, Guarded};
use crate::failure::Failure;

/// Panics.
#[napi(catch_unwind)]
#[allow(clippy::panic)]
pub fn test_panic() -> u32 {
    panic!("on purpose")
}

/// Panics on a worker thread.
#[napi(catch_unwind, ts_return_type = "Promise<Array<string> | Failed>")]
#[allow(clippy::panic)]
pub fn test_panic_async(cancel: &Cancel) -> AsyncTask<Guarded<String>> {
    let work = |_: usize, _: &[u8]| -> Result<String, Failure> { panic!("on purpose") };
    AsyncTask::new(Guarded::new(vec![Vec::new()], cancel, work))
}
