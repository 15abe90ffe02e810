//! What cannot happen: said once, never hidden behind an empty value.

use crate::Error;

/// The error for an invariant that does not hold: [`Error::Internal`](crate::Error::Internal) in a release, a panic in
/// tests and debug builds. `what` says what was found; it never holds input.
#[cold]
pub(crate) fn bug(what: &'static str) -> Error {
    debug_assert!(false, "{what}");
    Error::Internal(what)
}
