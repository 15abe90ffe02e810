//! Status and errors: what every function that can fail returns, and the object that says why.

use cbp::{Error, ErrorClass, ErrorCode, Position, Report, Violation};

use crate::failure::Failure;

/// CBP_OK, or one of the CBP_ERROR numbers. They come in families of 100: 1xx JSON, 2xx refused by the rules, 3xx
/// replacers, 4xx encryption, 5xx callbacks, 9xx the call itself. A number never changes its meaning and is never used
/// again; later versions may add some.
pub type cbp_status = u32;

/// Success.
pub const CBP_OK: u32 = 0;
/// A record or received body is not strict JSON within the limits.
pub const CBP_ERROR_INVALID_JSON: u32 = 100;
/// A record or received body is JSON, but not an object.
pub const CBP_ERROR_NOT_AN_OBJECT: u32 = 101;
/// A create payload is refused; the error has the violations.
pub const CBP_ERROR_INVALID_PROFILE: u32 = 200;
/// A patch, or the profile that it would make, is refused.
pub const CBP_ERROR_INVALID_PATCH: u32 = 201;
/// A stored profile is refused.
pub const CBP_ERROR_INVALID_STORED_PROFILE: u32 = 202;
/// The parts of a create request are refused.
pub const CBP_ERROR_INVALID_REQUEST: u32 = 203;
/// A text is not an envelope.
pub const CBP_ERROR_INVALID_ENVELOPE: u32 = 204;
/// The record lacks a value, and the options demand an error then (CBP_MISSING_ERROR).
pub const CBP_ERROR_MISSING_VALUE: u32 = 300;
/// The rendered text would be longer than the limit.
pub const CBP_ERROR_OUTPUT_TOO_LARGE: u32 = 301;
/// The value of a header would hold a character that is not allowed there, or be too long; or signing adds this header.
pub const CBP_ERROR_UNSAFE_HEADER: u32 = 302;
/// A path segment of the URL would become `.` or `..`.
pub const CBP_ERROR_UNSAFE_PATH: u32 = 303;
/// A name of the query was filled with nothing or with another one of its names.
pub const CBP_ERROR_UNSAFE_QUERY: u32 = 304;
/// The algorithm's name is not one of the six.
pub const CBP_ERROR_UNKNOWN_ALGORITHM: u32 = 400;
/// The key has the wrong length or characters.
pub const CBP_ERROR_INVALID_KEY: u32 = 401;
/// The IV has the wrong length or characters.
pub const CBP_ERROR_INVALID_IV: u32 = 402;
/// The text is not in the encoding of the wire format.
pub const CBP_ERROR_INVALID_ENCODING: u32 = 403;
/// AES-GCM refuses the text: wrong key or IV, changed or short text. Of a sealed callback: whatever is wrong with it. One code
/// for all of them.
pub const CBP_ERROR_AUTH_FAILED: u32 = 404;
/// The decrypted bytes are not UTF-8: wrong key or IV, or a text that was not encrypted. CFB detects nothing else.
pub const CBP_ERROR_NOT_UTF8: u32 = 405;
/// A value that must be encrypted is not a string, or a sealed value is not what the template has there.
pub const CBP_ERROR_NOT_ENCRYPTED: u32 = 406;
/// The text is longer than the algorithm or the limit allows.
pub const CBP_ERROR_TOO_LONG: u32 = 407;
/// The caller's buffer is too small.
pub const CBP_ERROR_BUFFER_TOO_SMALL: u32 = 408;
/// A name that the profile encrypts is absent from what was received.
pub const CBP_ERROR_MISSING_PARAMETER: u32 = 409;
/// The callback names no key, and nobody can tell which one of the ring it was.
pub const CBP_ERROR_CANNOT_TELL_KEY: u32 = 410;
/// No profile of the key ring has the id that the callback names.
pub const CBP_ERROR_UNKNOWN_KEY: u32 = 411;
/// The signature of a received callback is missing, malformed or wrong. One code for all of them.
pub const CBP_ERROR_SIGNATURE_REFUSED: u32 = 412;
/// The signature holds, and its timestamp is too far from now.
pub const CBP_ERROR_TIMESTAMP_REFUSED: u32 = 413;
/// A sealed callback needs 32 random bytes: cbp_call_options_set_random().
pub const CBP_ERROR_RANDOM_REQUIRED: u32 = 414;
/// A sealed callback needs the time of sending: cbp_call_options_set_issued_at().
pub const CBP_ERROR_ISSUED_AT_REQUIRED: u32 = 415;
/// A sealed callback needs an id: cbp_call_options_set_id().
pub const CBP_ERROR_ID_REQUIRED: u32 = 416;
/// The callback has parameters in its URL alone, which a signature does not cover.
pub const CBP_ERROR_SIGNATURE_COVERS_NOTHING: u32 = 417;
/// The received content type is not of the profile's kind.
pub const CBP_ERROR_UNSUPPORTED_CONTENT_TYPE: u32 = 500;
/// A multipart body breaks RFC 7578, or two parsers could read it differently.
pub const CBP_ERROR_MALFORMED_MULTIPART: u32 = 501;
/// A form body or query is not UTF-8, or two parsers could read it differently.
pub const CBP_ERROR_MALFORMED_FORM: u32 = 502;
/// The given boundary breaks RFC 2046, or its delimiter line occurs in a value.
pub const CBP_ERROR_INVALID_BOUNDARY: u32 = 503;
/// A parameter's name is refused, since it would change a JavaScript object's prototype; only from that language.
pub const CBP_ERROR_REFUSED_NAME: u32 = 504;
/// An opened value is not of the type that it is read into; only from Rust.
pub const CBP_ERROR_UNEXPECTED_TYPE: u32 = 505;
/// An argument of a call makes no sense.
pub const CBP_ERROR_INVALID_ARGUMENT: u32 = 900;
/// A defect of the library was stopped; please report it.
pub const CBP_ERROR_INTERNAL: u32 = 999;

/// A violation is about the path parameters of a request: sid.
pub const CBP_CONTEXT_PARAMS: u32 = 1;
/// A violation is about the request's own headers: api-key, content-type.
pub const CBP_CONTEXT_HEADERS: u32 = 2;
/// A violation is about the payload.
pub const CBP_CONTEXT_BODY: u32 = 3;

/// Why a call failed: a code, a class, a sentence, the position or JSON Pointer of what is wrong, and every violation of what
/// the rules refuse. No text of it holds a key, an IV or the value of a header.
///
/// Owner: the caller of the function that failed, who frees it with cbp_error_free(). Threads: it never changes, so they may
/// share it.
pub struct cbp_error {
    pub(crate) code: ErrorCode,
    pub(crate) class: ErrorClass,
    pub(crate) message: String,
    pub(crate) parameters: Vec<String>,
    pub(crate) position: Option<Position>,
    pub(crate) missing: Vec<String>,
    pub(crate) report: Option<Report>,
    /// The params of each violation, as JSON text.
    pub(crate) violation_params: Vec<String>,
}

impl cbp_error {
    pub(crate) fn of(failure: Failure) -> cbp_error {
        let class = failure.class();
        let plain = |code: ErrorCode, message: String| cbp_error {
            code,
            class,
            message,
            parameters: Vec::new(),
            position: None,
            missing: Vec::new(),
            report: None,
            violation_params: Vec::new(),
        };
        match failure {
            Failure::Argument(expected) => plain(ErrorCode::InvalidArgument, expected.to_owned()),
            Failure::Internal => plain(ErrorCode::Internal, ErrorCode::Internal.text().to_owned()),
            Failure::Refused(report) => {
                let position = report.violations().iter().find_map(|violation| violation.position);
                let plain = plain(report.code(), report.to_string());
                let violation_params =
                    report.violations().iter().map(|violation| violation.params.to_json()).collect();
                cbp_error { position, report: Some(report), violation_params, ..plain }
            }
            Failure::Arrow(error) => plain(error.code(), error.to_string()),
            Failure::Cipher(error, _) => plain(error.code(), error.to_string()),
            Failure::Failed(error) => {
                let plain = plain(error.code(), error.to_string());
                let parameters = error.parameters().to_vec();
                match error {
                    Error::Record(json) | Error::Received(json) => {
                        let position = Position { line: json.line(), column: json.column() };
                        cbp_error { position: Some(position), ..plain }
                    }
                    Error::MissingValues(missing) => cbp_error { missing, ..plain },
                    _ => cbp_error { parameters, ..plain },
                }
            }
        }
    }

    pub(crate) fn status(&self) -> cbp_status {
        self.code.number()
    }

    /// What the rules refuse; empty after any other failure.
    pub(crate) fn violations(&self) -> &[Violation] {
        self.report.as_ref().map_or(&[], Report::violations)
    }
}
