//! Why a value has no JSON.

use std::fmt::{self, Display};

use serde_core::ser;

use crate::error::Error;
use crate::report::PointerBuf;

/// Why a value has no JSON: what it is, and where, with the innermost step first.
#[derive(Debug)]
pub(super) struct NotJson {
    found: &'static str,
    steps: PointerBuf,
}

impl NotJson {
    pub(super) fn found(found: &'static str) -> NotJson {
        NotJson { found, steps: PointerBuf::default() }
    }

    /// The same, of a value that contains it by this step.
    pub(super) fn below(mut self, step: &str) -> NotJson {
        self.steps.put_in_front(step);
        self
    }

    pub(super) fn into_error(self) -> Error {
        Error::NotJson { pointer: self.steps.into_string(), found: self.found }
    }
}

impl Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.found)
    }
}

impl std::error::Error for NotJson {}

impl ser::Error for NotJson {
    /// The message of a type is dropped: it may quote the value.
    fn custom<T: Display>(_: T) -> NotJson {
        NotJson::found("a value that its type does not serialise")
    }
}
