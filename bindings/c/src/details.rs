//! Error details: what an error object says.

use cbp::{ErrorCode, Report};

use crate::bytes::cbp_bytes;
use crate::convert::{object, out};
use crate::error::{
    CBP_CONTEXT_BODY, CBP_CONTEXT_HEADERS, CBP_CONTEXT_PARAMS, CBP_OK, cbp_error, cbp_status,
};
use crate::guard;
use crate::json::{push_array, push_member, push_name, push_string};
use crate::text::cbp_str;

/// The status that the failed call returned: a CBP_ERROR number. CBP_OK if `error` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_code(error: *const cbp_error) -> cbp_status {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, CBP_OK, |error| Some(error.status())) }
}

/// The stable name of the status, the same in every language: `auth_failed`. Static text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_name(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of(error.code.name()))) }
}

/// A sentence for people: what was expected and where. After a refusal, the first violation and the number of the others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_message(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of(&error.message))) }
}

/// The class of the error, by the same name in every language: `ProfileError`, `ReplacerError`, `DecryptionError`,
/// `ArgumentError` or `InternalError`; static text. It follows the call that failed and not the code:
///
/// - ProfileError: a payload, patch, stored profile, request or envelope is refused.
/// - ReplacerError: cbp_profile_message() or a callback cannot be made of the record, or the record is not JSON.
/// - DecryptionError: a received callback or an encrypted text cannot be opened, or the received body is not JSON.
/// - ArgumentError: an argument of any call is wrong: a NULL handle, a number of no set, a key, an IV, a buffer that is too
///   small, a value that is too long to be encrypted.
/// - InternalError: a defect of the library, CBP_ERROR_INTERNAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_class(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of(error.class.name()))) }
}

/// The JSON Pointer (RFC 6901) of the first violation; its `data` is NULL if the status is not of the 200 family.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_pointer(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violations().first().map(|violation| cbp_str::of(&violation.pointer))
        })
    }
}

/// The parameter that cbp_profile_open() could not open, such as `contacts[0].name`; its `data` is NULL if the error is not
/// about one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_parameter(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, cbp_str::NONE, |error| Some(cbp_str::of_option(error.parameter.as_deref()))) }
}

/// The line, from 1, at which a text stops being JSON; 0 if the error is not about one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_line(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|(line, _)| line)) }
}

/// The column in characters, from 1, at which a text stops being JSON; 0 if the error is not about one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_column(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|(_, column)| column)) }
}

/// The number of names that the record lacks, after CBP_ERROR_MISSING_VALUE; otherwise 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_missing_count(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| Some(error.missing.len())) }
}

/// The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_missing(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| error.missing.get(index).map(|name| cbp_str::of(name)))
    }
}

/// The number of violations that are listed: at least 1 after a status of the 200 family, otherwise 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_count(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| Some(error.violations().len())) }
}

/// The number of violations beyond those that are listed (CBP_LIMIT_VIOLATIONS).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_unlisted(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.report.as_ref().map(Report::unlisted)) }
}

/// The part of a request that the violation at `index` is about: a CBP_CONTEXT number; 0 if there is no such violation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_context(error: *const cbp_error, index: usize) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, 0, |error| {
            error.violations().get(index).map(|violation| context_number(violation.context.name()))
        })
    }
}

/// The rule that is broken: a JSON Schema keyword (`required`, `type`), or a name of this library (`json`, `format`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_keyword(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violations().get(index).map(|violation| cbp_str::of(violation.keyword))
        })
    }
}

/// The JSON Pointer (RFC 6901) of the value within its part of the request; empty for the whole part.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_pointer(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violations().get(index).map(|violation| cbp_str::of(&violation.pointer))
        })
    }
}

/// The whole sentence in the platform's words: `body/title must be string`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_message(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violations().get(index).map(|violation| cbp_str::of(&violation.message))
        })
    }
}

/// The error as a JSON object with the members `code`, `name`, `class`, `message`, `parameter` (null if there is none),
/// `missing`, `violations` (each with `context`, `keyword`, `pointer`, `message`, `line`, `column`; the last two are 0 unless
/// the text is not JSON) and `unlisted`. The caller frees `*json`; a failure of this call goes to `*failure`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_to_json(
    error: *const cbp_error,
    json: *mut *mut cbp_bytes,
    failure: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL, or live and valid for a write, by the contract of the header.
        let (error, json) = unsafe { (object(error)?, out(json)?) };
        json.give(cbp_bytes::of_text(to_json(error)));
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

/// The stable name of a status: `ok`, `auth_failed`; its `data` is NULL for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_status_name(status: cbp_status) -> cbp_str {
    guard::value(cbp_str::NONE, || match code_of(status) {
        Some(code) => cbp_str::of(code.name()),
        None if status == CBP_OK => cbp_str::of("ok"),
        None => cbp_str::NONE,
    })
}

/// One sentence on a status, without details; its `data` is NULL for another number.
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

/// The core may add contexts; one that this binding does not know has no number.
fn context_number(name: &str) -> u32 {
    match name {
        "params" => CBP_CONTEXT_PARAMS,
        "headers" => CBP_CONTEXT_HEADERS,
        "body" => CBP_CONTEXT_BODY,
        _ => 0,
    }
}

fn to_json(error: &cbp_error) -> String {
    let mut json = format!("{{\"code\":{}", error.status());
    push_member(&mut json, "name", Some(error.code.name()));
    push_member(&mut json, "class", Some(error.class.name()));
    push_member(&mut json, "message", Some(&error.message));
    push_member(&mut json, "parameter", error.parameter.as_deref());
    push_name(&mut json, "missing");
    push_array(&mut json, &error.missing, |json, name| push_string(json, name));
    push_name(&mut json, "violations");
    push_array(&mut json, error.violations(), |json, violation| {
        json.push('{');
        push_member(json, "context", Some(violation.context.name()));
        push_member(json, "keyword", Some(violation.keyword));
        push_member(json, "pointer", Some(&violation.pointer));
        push_member(json, "message", Some(&violation.message));
        let (line, column) = violation.position.unwrap_or_default();
        json.push_str(&format!(",\"line\":{line},\"column\":{column}}}"));
    });
    let unlisted = error.report.as_ref().map_or(0, Report::unlisted);
    json.push_str(&format!(",\"unlisted\":{unlisted}}}"));
    json
}
