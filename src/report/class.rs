//! The class of an error: which kind of call failed. The name is the exception's in Python and Node.

use crate::names::named_values;

/// Which kind of call failed. Every surface uses these six names.
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
    /// `SignatureError`: the signature of a received callback is refused.
    Signature,
    /// `ArgumentError`: an argument is not valid: a key, an IV, a name, or a value that is too long to encrypt.
    Argument,
    /// `InternalError`: a defect of the library.
    Internal,
}

named_values!(ErrorClass {
    Profile = "ProfileError",
    Replacer = "ReplacerError",
    Decryption = "DecryptionError",
    Signature = "SignatureError",
    Argument = "ArgumentError",
    Internal = "InternalError",
});
