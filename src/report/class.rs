//! The class of an error: which kind of call failed. The name is the exception's in Python and Node.

use std::fmt;
use std::str::FromStr;

/// Which kind of call failed. Every surface uses these five names.
///
/// An error has the class of the call that returned it, so two errors with one code can differ in class: a record that
/// is not JSON is a `ReplacerError`, a received body that is not JSON a `DecryptionError`.
///
/// ```
/// use callback_profile::{ErrorClass, Profile, Record};
/// assert_eq!(Profile::parse("{}").unwrap_err().class(), ErrorClass::Profile);
/// assert_eq!(Record::parse("[]").unwrap_err().class().name(), "ReplacerError");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// `ProfileError`: a payload, patch, stored profile, request or envelope is refused.
    Profile,
    /// `ReplacerError`: a message or a callback cannot be made.
    Replacer,
    /// `DecryptionError`: a received callback cannot be opened, or a text not be decrypted.
    Decryption,
    /// `ArgumentError`: an argument is not valid: a key, an IV, a name, or a value that is too long to encrypt.
    Argument,
    /// `InternalError`: a defect of the library.
    Internal,
}

impl ErrorClass {
    /// Every class.
    pub const ALL: &'static [ErrorClass] = &[
        ErrorClass::Profile,
        ErrorClass::Replacer,
        ErrorClass::Decryption,
        ErrorClass::Argument,
        ErrorClass::Internal,
    ];

    /// `ProfileError`, `ReplacerError`, `DecryptionError`, `ArgumentError` or `InternalError`.
    pub fn name(self) -> &'static str {
        match self {
            ErrorClass::Profile => "ProfileError",
            ErrorClass::Replacer => "ReplacerError",
            ErrorClass::Decryption => "DecryptionError",
            ErrorClass::Argument => "ArgumentError",
            ErrorClass::Internal => "InternalError",
        }
    }

    /// The class of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<ErrorClass> {
        ErrorClass::ALL.iter().copied().find(|class| class.name() == name)
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ErrorClass {
    type Err = UnknownClass;

    fn from_str(name: &str) -> Result<ErrorClass, UnknownClass> {
        ErrorClass::from_name(name).ok_or(UnknownClass)
    }
}

/// The text is none of the names of [`ErrorClass`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownClass;

impl fmt::Display for UnknownClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "class must be ProfileError, ReplacerError, DecryptionError, ArgumentError or InternalError",
        )
    }
}

impl std::error::Error for UnknownClass {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_names_are_read() {
        for class in ErrorClass::ALL {
            assert_eq!(class.to_string().parse(), Ok(*class));
        }
        for name in ["", "profileerror", "Profile", "ProfileError ", "CallbackProfileError"] {
            assert_eq!(name.parse::<ErrorClass>(), Err(UnknownClass), "{name}");
        }
    }
}
