//! The native half of the npm package `callback-profile`: it converts types and catches panics, the core decides.
//!
//! The public face is JavaScript (`main.cjs`), which checks arguments and turns a [`failure::Failed`] into an `Error`
//! with a code. Nothing here throws but a panic: failures are values, so that synchronous and asynchronous calls
//! give the same ones. Inputs are copied before a worker thread sees them.

// napi-derive makes public items in private modules.
#![allow(unreachable_pub, missing_docs)]
// Failures are values that leave for JavaScript at once.
#![allow(clippy::result_large_err)]

mod address;
mod batch;
mod callback;
mod cipher;
mod envelope;
mod failure;
mod hazmat;
mod input;
mod members;
mod options;
mod profile;
mod request;
mod stored;
mod tables;
mod testing;
mod utf16;
