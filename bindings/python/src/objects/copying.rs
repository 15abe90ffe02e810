//! `copy.copy` and `copy.deepcopy`, for users who copy their own objects that hold ours; and what cannot be pickled, with
//! the way out.

use pyo3::prelude::*;

use super::callback::Callback;
use super::cipher::Cipher;
use super::envelope::Envelope;
use super::key_ring::KeyRing;
use super::message::Message;
use super::pickling::not_pickled;
use super::profile::Profile;
use super::signing::{Signer, Verifier};
use super::stored::StoredProfile;

/// Objects that never change are their own copies.
macro_rules! copied_as_itself {
    ($($class:ty),+) => {$(
        #[pymethods]
        impl $class {
            /// Itself, since it never changes.
            fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
                slf
            }

            /// Itself, since it never changes.
            fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
                slf
            }
        }
    )+};
}

copied_as_itself!(Callback, Cipher, Envelope, Message, Profile, Signer, StoredProfile, Verifier);

/// Objects that hold a key are not pickled: a pickle is a file or a message that nobody expects a key in.
macro_rules! not_pickled {
    ($($class:ty: $subject:literal, $way_out:literal;)+) => {$(
        #[pymethods]
        impl $class {
            /// Refused, with the way out.
            fn __reduce__(&self) -> PyResult<()> {
                Err(not_pickled($subject, $way_out))
            }
        }
    )+};
}

not_pickled! {
    Profile: "a Profile",
        "pickle its payload, profile.to_json(secrets=\"shown\"), where that is safe, and call Profile.parse in the worker";
    StoredProfile: "a StoredProfile",
        "pickle stored.to_json(secrets=\"shown\") where that is safe, and call StoredProfile.parse in the worker";
    Cipher: "a Cipher", "make it in the worker, from the key that the worker reads where keys are kept";
    Signer: "a Signer", "make it in the worker, from the secret that the worker reads where secrets are kept";
    Verifier: "a Verifier", "make it in the worker, from the secret that the worker reads where secrets are kept";
    KeyRing: "a KeyRing", "make it in the worker, from profiles that are parsed there";
}
