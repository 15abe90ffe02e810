//! The native half of the npm package `callback-profile`: it converts types and catches panics, the core decides.
//!
//! The public API is JavaScript (`main.cjs`), which checks arguments and turns a [`failure::Failed`] into an `Error`
//! with a code. Only a panic is thrown from here: failures are values, so that synchronous and asynchronous calls
//! report the same ones. Inputs are copied before a worker thread reads them.
//!
//! Four layers; a file uses files of its own layer or of those before it, and never in a circle:
//! conversions (`utf16`, `members`, `input`), errors (`failure`, and `options`, which refuses names that it does not
//! know), objects (`shared`, `callback`, `profile`, `stored`, `cipher`, `request`, `envelope`, `batch`, `diagnosis`, `details`,
//! `signing`, `key_ring`), and what needs no object (`address`, `keys`, `tables`, `hazmat`, `panics`, `testing`).

// napi-derive makes public items in private modules.
#![allow(unreachable_pub, missing_docs)]
// A failure is a value that is handed to JavaScript at once, so its size costs nothing.
#![allow(clippy::result_large_err)]

mod address;
mod batch;
mod callback;
mod cipher;
mod details;
mod diagnosis;
mod envelope;
mod failure;
mod hazmat;
mod input;
mod key_ring;
mod keys;
mod many;
mod members;
mod options;
mod panics;
mod profile;
mod request;
mod shared;
mod signing;
mod stored;
mod tables;
mod testing;
mod utf16;
