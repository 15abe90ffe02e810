//! Status and errors: every function that can fail returns a status and fills a nullable error object.

use cbp::json::JsonError;
use cbp::{Error, ErrorCode, Report, Violation};

use crate::bytes::cbp_bytes;
use crate::convert::{Failure, object, out};
use crate::guard;
use crate::json::{push_array, push_member, push_name, push_string};
use crate::text::cbp_str;

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
/// A text is no envelope.
pub const CBP_ERROR_INVALID_ENVELOPE: u32 = 204;
/// The record lacks a value and the caller asked for an error.
pub const CBP_ERROR_MISSING_VALUE: u32 = 300;
/// The rendered text would be longer than the limit.
pub const CBP_ERROR_OUTPUT_TOO_LARGE: u32 = 301;
/// A header would hold a character that could end it.
pub const CBP_ERROR_UNSAFE_HEADER: u32 = 302;
/// A path segment of the URL would become a dot segment.
pub const CBP_ERROR_UNSAFE_PATH: u32 = 303;
/// The algorithm's name is not one of the six.
pub const CBP_ERROR_UNKNOWN_ALGORITHM: u32 = 400;
/// The key has the wrong length or characters.
pub const CBP_ERROR_INVALID_KEY: u32 = 401;
/// The IV has the wrong length or characters.
pub const CBP_ERROR_INVALID_IV: u32 = 402;
/// The text is not written in the encoding of the wire format.
pub const CBP_ERROR_INVALID_ENCODING: u32 = 403;
/// AES-GCM refuses: wrong key or IV, changed or short text. One code for all of them.
pub const CBP_ERROR_AUTH_FAILED: u32 = 404;
/// AES-CFB gave no UTF-8: wrong key or IV, or not encrypted. Without this, CFB detects nothing.
pub const CBP_ERROR_NOT_UTF8: u32 = 405;
/// A value that should be encrypted is not a string.
pub const CBP_ERROR_NOT_ENCRYPTED: u32 = 406;
/// The text is longer than the algorithm or the limit allows.
pub const CBP_ERROR_TOO_LONG: u32 = 407;
/// The caller's buffer is too small.
pub const CBP_ERROR_BUFFER_TOO_SMALL: u32 = 408;
/// The content type is none that a callback can have.
pub const CBP_ERROR_UNSUPPORTED_CONTENT_TYPE: u32 = 500;
/// A multipart body breaks RFC 7578 or its boundary is missing.
pub const CBP_ERROR_MALFORMED_MULTIPART: u32 = 501;
/// A form body or query is not UTF-8.
pub const CBP_ERROR_MALFORMED_FORM: u32 = 502;
/// The given boundary breaks RFC 2046 or occurs in a value.
pub const CBP_ERROR_INVALID_BOUNDARY: u32 = 503;
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

/// Why a call failed: a code, a name, a sentence, a place, and for what the rules refuse every violation. No text of it
/// holds a key, an IV or a header's value. It never changes: threads may share it.
pub struct cbp_error {
    code: ErrorCode,
    message: String,
    parameter: Option<String>,
    position: Option<(usize, usize)>,
    missing: Vec<String>,
    report: Option<Report>,
}

/// The status that the call returned: one of the CBP_ERROR numbers. CBP_OK if `error` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_code(error: *const cbp_error) -> cbp_status {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, CBP_OK, |error| Some(error.status())) }
}

/// The stable name of the code, the same in every language: `auth_failed`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_name(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of(error.code.name()))) }
}

/// A sentence for people: what was expected, and where. Of a refusal, the first violation and a count of the others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_message(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of(&error.message))) }
}

/// The JSON Pointer (RFC 6901) of the first violation; its `data` is NULL if the rules did not refuse anything.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_pointer(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violation(0).map(|violation| cbp_str::of(&violation.pointer))
        })
    }
}

/// The parameter that cbp_profile_open() could not open, such as `contacts[0].name`; its `data` is NULL if it was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_parameter(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of_option(error.parameter.as_deref()))) }
}

/// Line of the place where a text is no JSON, from 1; 0 if that is not what is wrong.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_line(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|(line, _)| line)) }
}

/// Column of that place in characters, from 1; 0 if that is not what is wrong.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_column(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|(_, column)| column)) }
}

/// How many names the record lacks, after CBP_ERROR_MISSING_VALUE; otherwise 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_missing_count(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| Some(error.missing.len())) }
}

/// A name that the record lacks, in the order of their first use; its `data` is NULL beyond the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_missing(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| error.missing.get(index).map(|name| cbp_str::of(name)))
    }
}

/// How many violations are listed: at least 1 after a status of the 200 family, otherwise 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_count(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| Some(error.violations().len())) }
}

/// How many more violations there were than are listed (CBP_LIMIT_VIOLATIONS).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_unlisted(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.report.as_ref().map(Report::unlisted)) }
}

/// The part of a request that a violation is about: a CBP_CONTEXT number; 0 beyond the last violation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_context(error: *const cbp_error, index: usize) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, 0, |error| {
            error.violation(index).map(|violation| context_number(violation.context.name()))
        })
    }
}

/// The rule that is broken: a JSON Schema keyword (`required`, `type`, `pattern`) or a name of ours (`json`, `format`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_keyword(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violation(index).map(|violation| cbp_str::of(violation.keyword))
        })
    }
}

/// The JSON Pointer (RFC 6901) of the value in its part, as it was sent; empty for the whole part.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_pointer(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violation(index).map(|violation| cbp_str::of(&violation.pointer))
        })
    }
}

/// The whole sentence in the platform's words: `body/title must be string`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_message(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violation(index).map(|violation| cbp_str::of(&violation.message))
        })
    }
}

/// The error as a JSON object with the members `code`, `name`, `message`, `parameter`, `missing`, `violations` (each with
/// `context`, `keyword`, `pointer`, `message`, `line`, `column`) and `unlisted`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_json(
    error: *const cbp_error,
    json: *mut *mut cbp_bytes,
    failure: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL, or live and valid for a write, by the contract of the header.
        let (error, json) = unsafe { (object(error)?, out(json)?) };
        json.give(cbp_bytes::of_text(error.to_json()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(failure, body) }
}

/// Frees an error. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_free(error: *mut cbp_error) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(error) }
}

/// The stable name of a status: `ok`, `auth_failed`; its `data` is NULL for a number that is no status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_status_name(status: cbp_status) -> cbp_str {
    guard::value(cbp_str::NONE, || match code_of(status) {
        Some(code) => cbp_str::of(code.name()),
        None if status == CBP_OK => cbp_str::of("ok"),
        None => cbp_str::NONE,
    })
}

/// One sentence on a status, without details; its `data` is NULL for a number that is no status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_status_text(status: cbp_status) -> cbp_str {
    guard::value(cbp_str::NONE, || match code_of(status) {
        Some(code) => cbp_str::of(code.text()),
        None if status == CBP_OK => cbp_str::of("success"),
        None => cbp_str::NONE,
    })
}

fn code_of(status: cbp_status) -> Option<ErrorCode> {
    ErrorCode::all().find(|code| code.number() == status)
}

/// Context is open for more parts in the core; an unknown one has no number.
fn context_number(name: &str) -> u32 {
    match name {
        "params" => CBP_CONTEXT_PARAMS,
        "headers" => CBP_CONTEXT_HEADERS,
        "body" => CBP_CONTEXT_BODY,
        _ => 0,
    }
}

impl cbp_error {
    pub(crate) fn of(failure: Failure) -> cbp_error {
        let plain = |code: ErrorCode, message: String| cbp_error {
            code,
            message,
            parameter: None,
            position: None,
            missing: Vec::new(),
            report: None,
        };
        match failure {
            Failure::Argument(expected) => plain(ErrorCode::InvalidArgument, expected.to_owned()),
            Failure::Internal => plain(ErrorCode::Internal, ErrorCode::Internal.text().to_owned()),
            Failure::Refused(report) => {
                let position = report.violations().first().and_then(|violation| violation.position);
                cbp_error { position, ..plain(report.code(), report.to_string()) }.with_report(report)
            }
            Failure::Failed(error) => {
                let place = |error: &JsonError| (error.line(), error.column());
                cbp_error {
                    parameter: error.parameter().map(str::to_owned),
                    position: match &error {
                        Error::Record(error) | Error::Received(error) => Some(place(error)),
                        _ => None,
                    },
                    missing: if let Error::MissingValues(names) = &error {
                        names.clone()
                    } else {
                        Vec::new()
                    },
                    ..plain(error.code(), error.to_string())
                }
            }
        }
    }

    pub(crate) fn status(&self) -> cbp_status {
        self.code.number()
    }

    /// The refusal, for the envelope.
    pub(crate) fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    fn with_report(mut self, report: Report) -> cbp_error {
        self.report = Some(report);
        self
    }

    fn violation(&self, index: usize) -> Option<&Violation> {
        self.violations().get(index)
    }

    fn violations(&self) -> &[Violation] {
        self.report.as_ref().map_or(&[], Report::violations)
    }

    fn to_json(&self) -> String {
        let mut json = format!("{{\"code\":{}", self.status());
        push_member(&mut json, "name", Some(self.code.name()));
        push_member(&mut json, "message", Some(&self.message));
        push_member(&mut json, "parameter", self.parameter.as_deref());
        push_name(&mut json, "missing");
        push_array(&mut json, &self.missing, |json, name| push_string(json, name));
        push_name(&mut json, "violations");
        push_array(&mut json, self.violations(), |json, violation| {
            json.push('{');
            push_member(json, "context", Some(violation.context.name()));
            push_member(json, "keyword", Some(violation.keyword));
            push_member(json, "pointer", Some(&violation.pointer));
            push_member(json, "message", Some(&violation.message));
            let (line, column) = violation.position.unwrap_or_default();
            json.push_str(&format!(",\"line\":{line},\"column\":{column}}}"));
        });
        let unlisted = self.report.as_ref().map_or(0, Report::unlisted);
        json.push_str(&format!(",\"unlisted\":{unlisted}}}"));
        json
    }
}
