//! `copy.copy` and `copy.deepcopy`, for users who copy what holds our objects.

use pyo3::prelude::*;

use crate::callback::{Callback, Message};
use crate::cipher::Cipher;
use crate::envelope::Envelope;
use crate::profile::Profile;
use crate::stored::StoredProfile;

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

copied_as_itself!(Callback, Cipher, Envelope, Message, Profile, StoredProfile);
