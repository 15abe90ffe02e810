//! Which kind of call failed: the class of an error, by the same name in every language.

/// The class of an error. It follows the call that failed, not the code: a record that is not JSON is a replacer error, a
/// received body that is not JSON is a decryption error, and both have the code `invalid_json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorClass {
    /// A payload, patch, stored profile, request or envelope is refused.
    Profile,
    /// A message or callback cannot be made of the record.
    Replacer,
    /// A received callback or an encrypted text cannot be opened.
    Decryption,
    /// An argument of the call is wrong: a handle, a number of a set, a key, an IV, a buffer, a value that is too long.
    Argument,
    /// A defect of the library.
    Internal,
}

impl ErrorClass {
    /// The name of the class in every language and in `testdata/`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ErrorClass::Profile => "ProfileError",
            ErrorClass::Replacer => "ReplacerError",
            ErrorClass::Decryption => "DecryptionError",
            ErrorClass::Argument => "ArgumentError",
            ErrorClass::Internal => "InternalError",
        }
    }
}
