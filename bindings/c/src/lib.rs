#![allow(non_camel_case_types)] // the names of C
#![allow(clippy::missing_safety_doc)] // one contract for all of them, stated once in the header and in README.md
//! The C ABI of callback-profile.
//!
//! Conversion, ownership and error mapping; every decision about a profile is the core's. Each public module is a group of
//! the header, in the order of `GROUPS` in `tests/contract/main.rs`, and its documentation is written for C readers.
//!
//! Every export consists of one call into [`guard`], which stops panics: `tests/contract/guarded.rs` checks it.

#[cfg(panic = "abort")]
compile_error!("the C library must be built with panic = \"unwind\", or a defect would end the host process");

mod convert;
mod failure;
mod guard;
mod overlap;
mod sealed_settings;
mod sockaddr;

pub mod address;
pub mod arrow;
pub mod arrow_options;
pub mod batch;
pub mod bytes;
pub mod call_options;
pub mod callback;
pub mod cipher;
pub mod destination;
pub mod details;
pub mod diagnose_options;
pub mod diagnosis;
pub mod envelope;
pub mod error;
pub mod fields;
pub mod info;
pub mod key_ring;
pub mod keygen;
pub mod opening;
pub mod options;
pub mod profile;
pub mod receiving;
pub mod sealed_options;
pub mod signing;
pub mod stored;
pub mod text;

// Threads may share these objects, as the header says.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<batch::cbp_texts>();
    shared::<bytes::cbp_bytes>();
    shared::<call_options::cbp_call_options>();
    shared::<callback::cbp_callback>();
    shared::<callback::cbp_message>();
    shared::<cipher::cbp_cipher>();
    shared::<diagnose_options::cbp_diagnose_options>();
    shared::<diagnosis::cbp_diagnosis>();
    shared::<envelope::cbp_envelope>();
    shared::<error::cbp_error>();
    shared::<fields::cbp_fields>();
    shared::<key_ring::cbp_key_ring>();
    shared::<opening::cbp_opened>();
    shared::<options::cbp_parse_options>();
    shared::<profile::cbp_profile>();
    shared::<receiving::cbp_received>();
    shared::<receiving::cbp_verifier>();
    shared::<signing::cbp_signature>();
    shared::<signing::cbp_signer>();
    shared::<stored::cbp_stored_profile>();
    shared::<stored::cbp_stored_profiles>();
};

#[cfg(feature = "hazmat")]
pub mod hazmat;
#[cfg(feature = "testing")]
pub mod testing;
