//! Error details: what an error object says.

use cbp::json::{ArrayWriter, ObjectWriter, Output, push_string};
use cbp::{Context, ErrorCode, Position, Report};

use crate::bytes::cbp_bytes;
use crate::convert::{object, out};
use crate::error::{
    CBP_CONTEXT_BODY, CBP_CONTEXT_HEADERS, CBP_CONTEXT_PARAMS, CBP_OK, cbp_error, cbp_status,
};
use crate::guard;
use crate::options::number_of;
use crate::text::{ascii_json, cbp_str};

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
/// `SignatureError`, `ArgumentError` or `InternalError`; static text. It follows the call that failed and not the code:
///
/// - ProfileError: a payload, patch, stored profile, request or envelope is refused.
/// - ReplacerError: cbp_profile_message() or a callback cannot be made of the record, or the record is not JSON.
/// - DecryptionError: a received callback or an encrypted text cannot be opened, or the received body is not JSON.
/// - SignatureError: the signature of what was received is refused, or its timestamp.
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

/// The number of parameters that the error is about: those that cbp_profile_open() could not open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_parameter_count(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| Some(error.parameters.len())) }
}

/// The parameter at `index`, from 0, such as `contacts[0].name`, as it was sent: escape it before it is logged, or log
/// cbp_error_message() instead. Its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_parameter_at(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| error.parameters.get(index).map(|name| cbp_str::of(name)))
    }
}

/// The first of the parameters that the error is about; its `data` is NULL if it is about none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_parameter(error: *const cbp_error) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| error.parameters.first().map(|name| cbp_str::of(name)))
    }
}

/// The line, from 1, at which a text stops being JSON; 0 if the error is not about one. After a refusal it is that of the first
/// violation that has one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_line(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|position| position.line)) }
}

/// The column in characters, from 1, at which a text stops being JSON; 0 if the error is not about one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_column(error: *const cbp_error) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(error, 0, |error| error.position.map(|position| position.column)) }
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
    unsafe { guard::read(error, 0, |error| number_of(&CONTEXTS, error.violations().get(index)?.context)) }
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

/// What the rule of the violation at `index` allows, as a JSON object: `{"limit":64}`, `{"allowedValues":["GET","POST"]}`, `{}`.
/// The members are those of the `params` of Ajv's errors. Its `data` is NULL if there is no such violation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_violation_params(error: *const cbp_error, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(error, cbp_str::NONE, |error| {
            error.violation_params.get(index).map(|params| cbp_str::of(params))
        })
    }
}

/// The error as a JSON object with the members `code`, `name`, `class`, `message`, `line`, `column`, `parameters`, `missing`,
/// `violations` (each with `context`, `keyword`, `pointer`, `message`, `params`, `line`, `column`) and `unlisted`. Lines and
/// columns are 0 unless a text is not JSON. It is ASCII in one line, whatever names were sent. The caller frees `*json`; a
/// failure of this call goes to `*failure`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_error_to_json(
    error: *const cbp_error,
    json: *mut *mut cbp_bytes,
    failure: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL, or live and valid for a write, by the contract of the header.
        let (error, json) = unsafe { (object(error)?, out(json)?) };
        json.give(cbp_bytes::of_text(ascii_json(to_json(error))));
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
    ErrorCode::ALL.iter().copied().find(|code| code.number() == status)
}

const CONTEXTS: [(u32, Context); 3] = [
    (CBP_CONTEXT_PARAMS, Context::Params),
    (CBP_CONTEXT_HEADERS, Context::Headers),
    (CBP_CONTEXT_BODY, Context::Body),
];

fn to_json(error: &cbp_error) -> String {
    let mut json = String::new();
    let mut object = ObjectWriter::new(&mut json);
    object.member("code").append(&error.status().to_string());
    push_string(object.member("name"), error.code.name());
    push_string(object.member("class"), error.class.name());
    push_string(object.member("message"), &error.message);
    push_position(&mut object, error.position);
    push_strings(object.member("parameters"), &error.parameters);
    push_strings(object.member("missing"), &error.missing);
    let mut violations = ArrayWriter::new(object.member("violations"));
    for (violation, params) in error.violations().iter().zip(&error.violation_params) {
        let mut object = ObjectWriter::new(violations.element());
        push_string(object.member("context"), violation.context.name());
        push_string(object.member("keyword"), violation.keyword);
        push_string(object.member("pointer"), &violation.pointer);
        push_string(object.member("message"), &violation.message);
        object.member("params").append(params);
        push_position(&mut object, violation.position);
        object.finish();
    }
    violations.finish();
    let unlisted = error.report.as_ref().map_or(0, Report::unlisted);
    object.member("unlisted").append(&unlisted.to_string());
    object.finish();
    json
}

fn push_position(object: &mut ObjectWriter<'_, String>, position: Option<Position>) {
    let (line, column) = position.map_or((0, 0), |position| (position.line, position.column));
    object.member("line").append(&line.to_string());
    object.member("column").append(&column.to_string());
}

fn push_strings(out: &mut String, texts: &[String]) {
    let mut array = ArrayWriter::new(out);
    texts.iter().for_each(|text| push_string(array.element(), text));
    array.finish();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_has_a_number() {
        assert!(Context::ALL.iter().all(|context| number_of(&CONTEXTS, *context).is_some()));
    }
}
