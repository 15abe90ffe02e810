//! The native half of the Python package `callback_profile`: converts types, decides nothing.
//!
//! Python sees this module as `callback_profile._native`; the package re-exports the public names. Doc comments of
//! classes and functions here are docstrings there, so they are written for readers of Python.
//!
//! [`input`] and [`json_text`] turn Python's values into text and [`output`] turns JSON text into Python's values; between them
//! the core works on text alone. [`error`] is the one place where a failure becomes an exception, [`guard`] the one
//! place where a panic does. All classes are frozen, so that threads share them freely, with or without a GIL.
#![deny(unsafe_code)]

mod callback;
mod cipher;
mod cli;
mod copying;
mod envelope;
mod error;
mod functions;
mod guard;
mod hazmat;
mod input;
mod json_text;
mod options;
mod output;
mod profile;
mod scratch;
mod stored;
mod wiped;

/// The native half of callback_profile. Private: import from callback_profile.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::callback::{Callback, Message};
    #[pymodule_export]
    use crate::cipher::Cipher;
    #[pymodule_export]
    use crate::cli::cli;
    #[pymodule_export]
    use crate::envelope::Envelope;
    #[pymodule_export]
    use crate::functions::{address_verdict, catalogue, check_request, default_limits, schema};
    #[pymodule_export]
    use crate::guard::testing_panic;
    #[pymodule_export]
    use crate::hazmat::{cfb_decrypt, cfb_encrypt, gcm_open, gcm_seal};
    #[pymodule_export]
    use crate::profile::Profile;
    #[pymodule_export]
    use crate::stored::StoredProfile;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", callback_profile::VERSION)
    }
}
