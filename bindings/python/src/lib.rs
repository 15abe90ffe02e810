//! The native half of the Python package `callback_profile`: converts types, owns memory and maps errors.
//!
//! Python sees this module as `callback_profile._native`; the package re-exports the public names. Doc comments of
//! classes and functions here are docstrings there, so they are written for readers of Python.
//!
//! The layers, each of which uses only those before it: [`error`] makes exceptions, [`guard`] stops panics, [`convert`]
//! turns Python's values into the core's and back, [`batch`] divides many items among threads and [`texts`] holds what they
//! make, [`objects`] has the classes; then the functions. All classes but the iterator of `open_iter` are frozen, so that
//! threads share them freely, with or without a GIL.
#![deny(unsafe_code)]

mod batch;
mod cli;
mod convert;
mod error;
mod functions;
mod guard;
mod hazmat;
mod interpreter;
mod keys;
mod objects;
mod testing;
mod texts;

/// The native half of callback_profile. Private: import from callback_profile.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::cli::cli;
    #[pymodule_export]
    use crate::functions::{address_verdict, catalogue, parse_request, schema, visible};
    #[pymodule_export]
    use crate::hazmat::{cfb_decrypt, cfb_encrypt, gcm_open, gcm_seal};
    #[pymodule_export]
    use crate::keys::{keygen, keygen_sealed, keygen_signing};
    #[pymodule_export]
    use crate::objects::arrow::ArrowStruct;
    #[pymodule_export]
    use crate::objects::callback::Callback;
    #[pymodule_export]
    use crate::objects::cipher::Cipher;
    #[pymodule_export]
    use crate::objects::envelope::Envelope;
    #[pymodule_export]
    use crate::objects::key_ring::KeyRing;
    #[pymodule_export]
    use crate::objects::message::Message;
    #[pymodule_export]
    use crate::objects::profile::Profile;
    #[pymodule_export]
    use crate::objects::signing::{Signer, Verifier};
    #[pymodule_export]
    use crate::objects::stored::StoredProfile;
    #[pymodule_export]
    use crate::testing::{default_limits, testing_panic};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::interpreter::claim(module.py())?;
        crate::guard::report_places_only();
        module.add("__version__", callback_profile::VERSION)
    }
}
