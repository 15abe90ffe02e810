//! `copy.copy` and `copy.deepcopy`, for users who copy their own objects that hold ours.

use pyo3::prelude::*;

use super::callback::Callback;
use super::cipher::Cipher;
use super::envelope::Envelope;
use super::message::Message;
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
