//! What is said of a parameter that did not open, where the others are wanted all the same.

use crate::report::ErrorCode;

/// A parameter that did not open.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedParameter {
    /// Its name: `contacts[0].name`.
    pub name: String,
    /// Why: `missing_parameter`, `not_encrypted`, or what decrypting it gave.
    pub code: ErrorCode,
}
