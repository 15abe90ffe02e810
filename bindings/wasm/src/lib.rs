//! The library for WebAssembly: three exports, no imports, and a small interface of JSON texts.
//!
//! JavaScript asks [`alloc`] for memory, writes a request there and gives it to [`call`], which returns where the reply is. The
//! request is a length (four bytes, little-endian), a JSON array of that length, and the bytes of the texts that it refers to as
//! `[start, length]`; see [`request`]. The reply is a length, a letter that says what it is, and that; see [`reply`].
//!
//! There is one thread. A panic is a trap: JavaScript drops the instance and makes a new one, so nothing half-written is read.
#![cfg_attr(not(feature = "whole"), allow(dead_code, unused_imports, reason = "what the page does not call"))]
#![allow(clippy::mem_forget, reason = "memory is handed to JavaScript and comes back through `release`")]

mod calls;
mod failure;
mod memory;
mod reply;
mod request;
mod settings;
mod state;

pub use memory::{alloc, release};

/// Answers the request at this address, which [`alloc`] gave for so many bytes, and takes its memory back. Returns the address of
/// the reply, which `release` takes, or 0 for an address that `alloc` did not give.
#[unsafe(no_mangle)]
pub extern "C" fn call(address: usize, len: usize) -> usize {
    let Some(request) = memory::take(address, len) else { return 0 };
    let reply = calls::answer(&request);
    memory::give(reply)
}
