#![allow(non_camel_case_types)] // the names of C
#![allow(clippy::missing_safety_doc)] // one contract for all of them, stated once in the header and in README.md
//! The C ABI of callback-profile.
//!
//! Conversion, ownership and error mapping; every decision about a profile is the core's. Each module is a group of the
//! header, in the order of `tests/contract/header.rs`, and its documentation is written for C readers.
//!
//! Every export has one expression for a body: a call into [`guard`], which stops panics. `tests/contract/guarded.rs` proves it.

#[cfg(panic = "abort")]
compile_error!("the C library must be built with panic = \"unwind\", or a defect would end the host process");

mod convert;
mod guard;
mod json;

pub mod batch;
pub mod bytes;
pub mod callback;
pub mod cipher;
pub mod envelope;
pub mod error;
pub mod info;
pub mod options;
pub mod profile;
pub mod stored;
pub mod text;

#[cfg(feature = "hazmat")]
pub mod hazmat;
#[cfg(feature = "testing")]
pub mod testing;
