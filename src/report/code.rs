//! The one table of error codes. The name is the contract in Python, Node and the command, the number in C.

use crate::names::named_values;

/// What kind of failure an error is. Names and numbers never change their meaning and are never used again.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum ErrorCode {
    /// A record or received body is not strict JSON within the limits.
    InvalidJson = 100,
    /// A record or received body is JSON, but not an object.
    NotAnObject = 101,
    /// A create payload is refused; the report has the violations.
    InvalidProfile = 200,
    /// A patch, or the profile that it would make, is refused.
    InvalidPatch = 201,
    /// A stored profile is refused.
    InvalidStoredProfile = 202,
    /// The parts of a create request are refused.
    InvalidRequest = 203,
    /// A text is not an envelope.
    InvalidEnvelope = 204,
    /// The record lacks a value and the caller asked for an error.
    MissingValue = 300,
    /// The rendered text would be longer than the limit.
    OutputTooLarge = 301,
    /// A header would hold a character that could end it, or is one that signing adds.
    UnsafeHeader = 302,
    /// A path segment of the URL would become `.` or `..`.
    UnsafePath = 303,
    /// A filled name of the query would be one that the query has already, or nothing.
    UnsafeQuery = 304,
    /// The algorithm's name is not one of the six.
    UnknownAlgorithm = 400,
    /// The key has the wrong length or characters.
    InvalidKey = 401,
    /// The IV has the wrong length or characters.
    InvalidIv = 402,
    /// The text is not written in the encoding of the wire format.
    InvalidEncoding = 403,
    /// AES-GCM refuses: wrong key or IV, changed or short text. Of a sealed callback: whatever is wrong with it. One code
    /// for all of them.
    AuthFailed = 404,
    /// AES-CFB gave no UTF-8: wrong key or IV, or not encrypted. Without this, CFB detects nothing.
    NotUtf8 = 405,
    /// A value that should be encrypted is not a string, or a sealed value is not what the template has there.
    NotEncrypted = 406,
    /// The text is longer than the algorithm or the limit allows.
    TooLong = 407,
    /// The caller's buffer is too small.
    BufferTooSmall = 408,
    /// A name that the profile encrypts is absent.
    MissingParameter = 409,
    /// No id is there, and under CFB trying keys in turn would open short values by chance.
    CannotTellKey = 410,
    /// No profile of the key ring has this id.
    UnknownKey = 411,
    /// The signature of a received callback is missing, malformed or wrong. One code for all of them.
    SignatureRefused = 412,
    /// The signature holds, and its timestamp is too far from now.
    TimestampRefused = 413,
    /// A sealed callback needs 32 random bytes, and none were given.
    RandomRequired = 414,
    /// A sealed callback needs the time of sending, and none was given.
    IssuedAtRequired = 415,
    /// A sealed callback needs an id, and none was given.
    IdRequired = 416,
    /// The callback has parameters in its URL alone, which a signature does not cover.
    SignatureCoversNothing = 417,
    /// The received content type is not of the profile's kind.
    UnsupportedContentType = 500,
    /// A multipart body breaks RFC 7578 or two parsers could read it differently.
    MalformedMultipart = 501,
    /// A form body or query is not UTF-8, or two parsers could read it differently.
    MalformedForm = 502,
    /// The given boundary breaks RFC 2046, or its delimiter line occurs in a value.
    InvalidBoundary = 503,
    /// A parameter is named `__proto__`; only from Node.
    RefusedName = 504,
    /// An opened value is not of the type that the program reads it into; only from Rust.
    UnexpectedType = 505,
    /// An argument of a call is not valid.
    InvalidArgument = 900,
    /// A defect of this library, whatever the input was.
    Internal = 999,
}

named_values!(ErrorCode {
    InvalidJson = "invalid_json",
    NotAnObject = "not_an_object",
    InvalidProfile = "invalid_profile",
    InvalidPatch = "invalid_patch",
    InvalidStoredProfile = "invalid_stored_profile",
    InvalidRequest = "invalid_request",
    InvalidEnvelope = "invalid_envelope",
    MissingValue = "missing_value",
    OutputTooLarge = "output_too_large",
    UnsafeHeader = "unsafe_header",
    UnsafePath = "unsafe_path",
    UnsafeQuery = "unsafe_query",
    UnknownAlgorithm = "unknown_algorithm",
    InvalidKey = "invalid_key",
    InvalidIv = "invalid_iv",
    InvalidEncoding = "invalid_encoding",
    AuthFailed = "auth_failed",
    NotUtf8 = "not_utf8",
    NotEncrypted = "not_encrypted",
    TooLong = "too_long",
    BufferTooSmall = "buffer_too_small",
    MissingParameter = "missing_parameter",
    CannotTellKey = "cannot_tell_key",
    UnknownKey = "unknown_key",
    SignatureRefused = "signature_refused",
    TimestampRefused = "timestamp_refused",
    RandomRequired = "random_required",
    IssuedAtRequired = "issued_at_required",
    IdRequired = "id_required",
    SignatureCoversNothing = "signature_covers_nothing",
    UnsupportedContentType = "unsupported_content_type",
    MalformedMultipart = "malformed_multipart",
    MalformedForm = "malformed_form",
    InvalidBoundary = "invalid_boundary",
    RefusedName = "refused_name",
    UnexpectedType = "unexpected_type",
    InvalidArgument = "invalid_argument",
    Internal = "internal",
});

impl ErrorCode {
    /// The number, as C sees it. Families of 100: 1xx JSON, 2xx refused by the rules, 3xx replacers, 4xx encryption,
    /// 5xx callbacks, 9xx arguments and defects.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// One sentence without details.
    pub fn text(self) -> &'static str {
        match self {
            ErrorCode::InvalidJson => "the text is not strict JSON within the limits",
            ErrorCode::NotAnObject => "the JSON text is not an object",
            ErrorCode::InvalidProfile => "the payload is refused",
            ErrorCode::InvalidPatch => "the patch is refused",
            ErrorCode::InvalidStoredProfile => "the stored profile is refused",
            ErrorCode::InvalidRequest => "the request is refused",
            ErrorCode::InvalidEnvelope => "the text is no envelope",
            ErrorCode::MissingValue => "the record lacks a value",
            ErrorCode::OutputTooLarge => "the rendered text is longer than the limit",
            ErrorCode::UnsafeHeader => "a header holds a character that is not allowed in it",
            ErrorCode::UnsafePath => "a path segment of the URL became a dot segment",
            ErrorCode::UnsafeQuery => {
                "a name of the query was filled with nothing or with another one of its names"
            }
            ErrorCode::UnknownAlgorithm => "the algorithm is not one of the six",
            ErrorCode::InvalidKey => "the key has the wrong length or characters",
            ErrorCode::InvalidIv => "the IV has the wrong length or characters",
            ErrorCode::InvalidEncoding => "the text is not in the encoding of the wire format",
            ErrorCode::AuthFailed => "authentication failed: wrong key or IV, or changed or short text",
            ErrorCode::NotUtf8 => "the decrypted bytes are not UTF-8",
            ErrorCode::NotEncrypted => "a value that should be encrypted is not a string",
            ErrorCode::TooLong => "the text is longer than allowed",
            ErrorCode::BufferTooSmall => "the caller's buffer is too small",
            ErrorCode::MissingParameter => "a parameter that the profile encrypts is absent",
            ErrorCode::CannotTellKey => {
                "no key id is there, and without a tag nobody can tell which key it was"
            }
            ErrorCode::UnknownKey => "no profile of the key ring has this id",
            ErrorCode::SignatureRefused => "the signature is missing, malformed or wrong",
            ErrorCode::TimestampRefused => "the signature holds, and its timestamp is too far from now",
            ErrorCode::RandomRequired => "a sealed callback needs 32 new random bytes",
            ErrorCode::IssuedAtRequired => "a sealed callback needs the time of sending",
            ErrorCode::IdRequired => "a sealed callback needs an id",
            ErrorCode::SignatureCoversNothing => {
                "the callback's parameters are in its URL, which a signature does not cover"
            }
            ErrorCode::UnsupportedContentType => "the content type is not supported",
            ErrorCode::MalformedMultipart => "the multipart body is malformed",
            ErrorCode::MalformedForm => "the form or query is malformed",
            ErrorCode::InvalidBoundary => {
                "the boundary is malformed, or its delimiter line occurs in a value"
            }
            ErrorCode::RefusedName => {
                "a parameter's name is refused: it would change a JavaScript object's prototype"
            }
            ErrorCode::UnexpectedType => "an opened value is not of the expected type",
            ErrorCode::InvalidArgument => "an argument makes no sense",
            ErrorCode::Internal => "a defect of the library; please report it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn nothing_is_used_for_two_codes_and_numbers_rise() {
        let count = ErrorCode::ALL.len();
        let names: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
        let texts: BTreeSet<&str> = ErrorCode::ALL.iter().map(|code| code.text()).collect();
        assert_eq!((names.len(), texts.len()), (count, count));
        assert!(ErrorCode::ALL.iter().is_sorted_by(|one, next| one.number() < next.number()));
        assert_eq!(ErrorCode::AuthFailed.name(), "auth_failed");
        assert_eq!(ErrorCode::AuthFailed.number(), 404);
    }
}
