//! The one table of codes. The name is the contract in Python, Node and the command, the number in C.

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
    /// A text is no envelope.
    InvalidEnvelope = 204,
    /// The record lacks a value and the caller asked for an error.
    MissingValue = 300,
    /// The rendered text would be longer than the limit.
    OutputTooLarge = 301,
    /// A header would hold a character that could end it.
    UnsafeHeader = 302,
    /// A path segment of the URL would become `.` or `..`.
    UnsafePath = 303,
    /// The algorithm's name is not one of the six.
    UnknownAlgorithm = 400,
    /// The key has the wrong length or characters.
    InvalidKey = 401,
    /// The IV has the wrong length or characters.
    InvalidIv = 402,
    /// The text is not written in the encoding of the wire format.
    InvalidEncoding = 403,
    /// AES-GCM refuses: wrong key or IV, changed or short text. One code for all of them.
    AuthFailed = 404,
    /// AES-CFB gave no UTF-8: wrong key or IV, or not encrypted. Without this, CFB detects nothing.
    NotUtf8 = 405,
    /// A value that should be encrypted is not a string.
    NotEncrypted = 406,
    /// The text is longer than the algorithm or the limit allows.
    TooLong = 407,
    /// The caller's buffer is too small.
    BufferTooSmall = 408,
    /// The content type is none that a callback can have.
    UnsupportedContentType = 500,
    /// A multipart body breaks RFC 7578 or its boundary is missing.
    MalformedMultipart = 501,
    /// A form body or query is not UTF-8.
    MalformedForm = 502,
    /// The given boundary breaks RFC 2046 or occurs in a value.
    InvalidBoundary = 503,
    /// An argument of a call makes no sense; only from bindings.
    InvalidArgument = 900,
    /// A defect of this library, whatever the input was.
    Internal = 999,
}

/// A row of the table: the code, its name, its text.
const TABLE: &[(ErrorCode, &str, &str)] = &[
    (ErrorCode::InvalidJson, "invalid_json", "the text is not strict JSON within the limits"),
    (ErrorCode::NotAnObject, "not_an_object", "the JSON text is not an object"),
    (ErrorCode::InvalidProfile, "invalid_profile", "the payload is refused"),
    (ErrorCode::InvalidPatch, "invalid_patch", "the patch is refused"),
    (ErrorCode::InvalidStoredProfile, "invalid_stored_profile", "the stored profile is refused"),
    (ErrorCode::InvalidRequest, "invalid_request", "the request is refused"),
    (ErrorCode::InvalidEnvelope, "invalid_envelope", "the text is no envelope"),
    (ErrorCode::MissingValue, "missing_value", "the record lacks a value"),
    (ErrorCode::OutputTooLarge, "output_too_large", "the rendered text is longer than the limit"),
    (ErrorCode::UnsafeHeader, "unsafe_header", "a header holds a character that is not allowed in it"),
    (ErrorCode::UnsafePath, "unsafe_path", "a path segment of the URL became a dot segment"),
    (ErrorCode::UnknownAlgorithm, "unknown_algorithm", "the algorithm is not one of the six"),
    (ErrorCode::InvalidKey, "invalid_key", "the key has the wrong length or characters"),
    (ErrorCode::InvalidIv, "invalid_iv", "the IV has the wrong length or characters"),
    (ErrorCode::InvalidEncoding, "invalid_encoding", "the text is not in the encoding of the wire format"),
    (
        ErrorCode::AuthFailed,
        "auth_failed",
        "authentication failed: wrong key or IV, or changed or short text",
    ),
    (ErrorCode::NotUtf8, "not_utf8", "the decrypted bytes are not UTF-8: wrong key or IV, or not encrypted"),
    (ErrorCode::NotEncrypted, "not_encrypted", "a value that should be encrypted is not a string"),
    (ErrorCode::TooLong, "too_long", "the text is longer than allowed"),
    (ErrorCode::BufferTooSmall, "buffer_too_small", "the caller's buffer is too small"),
    (ErrorCode::UnsupportedContentType, "unsupported_content_type", "the content type is not supported"),
    (ErrorCode::MalformedMultipart, "malformed_multipart", "the multipart body is malformed"),
    (ErrorCode::MalformedForm, "malformed_form", "the form or query is not UTF-8"),
    (ErrorCode::InvalidBoundary, "invalid_boundary", "the boundary is malformed or occurs in a value"),
    (ErrorCode::InvalidArgument, "invalid_argument", "an argument makes no sense"),
    (ErrorCode::Internal, "internal", "a defect of the library; please report it"),
];

impl ErrorCode {
    /// Every code, by number.
    pub fn all() -> impl Iterator<Item = ErrorCode> {
        TABLE.iter().map(|(code, _, _)| *code)
    }

    /// The number, as C sees it. Families of 100: 1xx JSON, 2xx refused by the rules, 3xx replacers, 4xx encryption,
    /// 5xx callbacks, 9xx the binding.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The name, as Python, Node and the command see it.
    pub fn name(self) -> &'static str {
        self.row().map_or("internal", |(_, name, _)| name)
    }

    /// One sentence without details.
    pub fn text(self) -> &'static str {
        self.row().map_or("", |(_, _, text)| text)
    }

    fn row(self) -> Option<&'static (ErrorCode, &'static str, &'static str)> {
        TABLE.iter().find(|(code, _, _)| *code == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_one_row_and_nothing_is_used_twice() {
        let numbers: BTreeSet<u32> = ErrorCode::all().map(ErrorCode::number).collect();
        let names: BTreeSet<&str> = ErrorCode::all().map(ErrorCode::name).collect();
        let texts: BTreeSet<&str> = ErrorCode::all().map(ErrorCode::text).collect();
        assert_eq!((numbers.len(), names.len(), texts.len()), (TABLE.len(), TABLE.len(), TABLE.len()));
        assert!(ErrorCode::all().map(ErrorCode::number).is_sorted());
        assert_eq!(ErrorCode::AuthFailed.name(), "auth_failed");
        assert_eq!(ErrorCode::AuthFailed.number(), 404);
    }
}
