//! What a sealed callback needs beside its key, given by the caller or taken from the operating system and the clock.

use callback_profile::CallbackOptions;
use pyo3::prelude::*;
use zeroize::Zeroizing;

use crate::convert::input::Str;
use crate::convert::{defaults, options, seconds};

/// Random bytes, time of sending and id of a callback; those that are known.
pub(crate) struct Sealing {
    random: Option<Zeroizing<[u8; 32]>>,
    pub(crate) issued_at: Option<u64>,
    pub(crate) id: Option<String>,
}

impl Sealing {
    /// What the caller gave.
    pub(crate) fn given(
        random: Option<&Bound<'_, PyAny>>,
        issued_at: Option<&Bound<'_, PyAny>>,
        id: Option<Str<'_>>,
    ) -> PyResult<Sealing> {
        Ok(Sealing {
            random: random.map(|bytes| defaults::random_array(bytes.py(), Some(bytes))).transpose()?,
            issued_at: seconds::optional("issued_at", issued_at)?,
            id: options::optional("id", id)?.map(str::to_owned),
        })
    }

    /// The same, with new random bytes, the clock's time and a new id where the caller gave none.
    pub(crate) fn completed(self, py: Python<'_>) -> PyResult<Sealing> {
        Ok(Sealing {
            random: Some(self.random.map_or_else(|| defaults::random_array(py, None), Ok)?),
            issued_at: Some(self.issued_at.map_or_else(|| defaults::now(py), Ok)?),
            id: Some(self.id.map_or_else(|| defaults::id(py), Ok)?),
        })
    }

    /// Settings with what is known.
    pub(crate) fn applied<'o>(&'o self, mut settings: CallbackOptions<'o>) -> CallbackOptions<'o> {
        settings.random = self.random.as_deref();
        settings.issued_at = self.issued_at;
        settings.id = self.id.as_deref();
        settings
    }
}
