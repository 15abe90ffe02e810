//! Parse options: how strictly a payload is validated, how much is read and made, and how values are written.

use cbp::cipher::{Encoding, Reading, TagPlacement, WireFormat};
use cbp::{LimitField, Limits, ParseOptions, Policy, Secrets};

use crate::convert::{object, object_mut};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;

/// The platform's documented rules; what is risky is an advisory. The default.
pub const CBP_POLICY_DOCUMENTED: u32 = 0;
/// The documented rules; in addition the advisories plain_http, private_address, credentials_in_url, unknown_member,
/// ambiguous_member, metadata_header, forwarding_header, content_type_mismatch and encrypts_nothing become refusals.
pub const CBP_POLICY_STRICT: u32 = 1;

/// RFC 4648 base64 with padding. The default.
pub const CBP_ENCODING_BASE64: u32 = 0;
/// RFC 4648 base64url, written without padding.
pub const CBP_ENCODING_BASE64URL: u32 = 1;
/// Hexadecimal, written in lower case.
pub const CBP_ENCODING_HEX: u32 = 2;

/// Ciphertext, then GCM's tag. The default.
pub const CBP_TAG_APPENDED: u32 = 0;
/// GCM's tag, then ciphertext.
pub const CBP_TAG_PREPENDED: u32 = 1;

/// Base64 is read in either alphabet, with or without padding, with blanks for `+`; hexadecimal in either case; all of them with
/// lines wrapped by CR and LF. The default. So one value has many texts: compare values and not texts, or read strictly (see
/// SECURITY.md).
pub const CBP_READING_TOLERANT: u32 = 0;
/// A text is read only in exactly the form in which it is written.
pub const CBP_READING_STRICT: u32 = 1;

/// Longest payload, patch or stored profile, in bytes. Default 256 KiB.
pub const CBP_LIMIT_PAYLOAD_BYTES: u32 = 1;
/// Longest record, in bytes. Default 1 MiB.
pub const CBP_LIMIT_RECORD_BYTES: u32 = 2;
/// Longest received body or query, in bytes. Default 4 MiB.
pub const CBP_LIMIT_RECEIVED_BYTES: u32 = 3;
/// Deepest nesting of arrays and objects. Default 32; more than 128 counts as 128.
pub const CBP_LIMIT_DEPTH: u32 = 4;
/// Most JSON values in one text. Default 10,000.
pub const CBP_LIMIT_NODES: u32 = 5;
/// Most violations that an error lists. Default 64.
pub const CBP_LIMIT_VIOLATIONS: u32 = 6;
/// Longest URL as sent, in bytes. Default 2,048.
pub const CBP_LIMIT_URL_BYTES: u32 = 7;
/// Most headers. Default 64.
pub const CBP_LIMIT_HEADERS: u32 = 8;
/// Longest header name, in bytes. Default 128.
pub const CBP_LIMIT_HEADER_NAME_BYTES: u32 = 9;
/// Longest header value, in bytes, as sent and as filled. Default 4,096.
pub const CBP_LIMIT_HEADER_VALUE_BYTES: u32 = 10;
/// All header names and values together, in bytes. Default 16 KiB.
pub const CBP_LIMIT_HEADERS_BYTES: u32 = 11;
/// Most replacers in one profile. Default 1,024.
pub const CBP_LIMIT_REPLACERS: u32 = 12;
/// Longest message, URL or body of a callback, in bytes. Default 1 MiB.
pub const CBP_LIMIT_OUTPUT_BYTES: u32 = 13;

/// Key and IV are shown as asterisks. The default.
pub const CBP_SECRETS_MASKED: u32 = 0;
/// Key and IV are shown in clear, as the platform documents it. Keep the result out of logs.
pub const CBP_SECRETS_SHOWN: u32 = 1;

/// The settings of a parse: policy, limits, wire format. The caller frees it with cbp_parse_options_free(), at any time: a
/// profile keeps a copy. Threads may share it while none sets anything.
pub struct cbp_parse_options(ParseOptions);

/// New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
/// defect of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_new() -> *mut cbp_parse_options {
    guard::value(std::ptr::null_mut(), || Box::into_raw(Box::new(cbp_parse_options(ParseOptions::default()))))
}

/// Sets a CBP_POLICY number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_policy(
    options: *mut cbp_parse_options,
    policy: u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let expected = Failure::Argument("the policy must be a CBP_POLICY number");
        let policy = value_of(&POLICIES, policy).ok_or(expected)?;
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.0.policy = policy;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the limit of a CBP_LIMIT number to `value`, in the unit of that limit. 0 allows nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_limit(
    options: *mut cbp_parse_options,
    limit: u32,
    value: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        let options = unsafe { object_mut(options) }?;
        let expected = Failure::Argument("the limit must be a CBP_LIMIT number");
        limit_of(limit).ok_or(expected)?.set(&mut options.0.limits, value);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets how encrypted values are written and read: a CBP_ENCODING, a CBP_TAG and a CBP_READING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_wire_format(
    options: *mut cbp_parse_options,
    encoding: u32,
    tag: u32,
    reading: u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let format = wire_format(encoding, tag, reading)?;
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.0.wire_format = format;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether sealed profiles, `enc` of version 2, are refused: they are an extension of the documents. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_refuse_sealed(
    options: *mut cbp_parse_options,
    refuse_sealed: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.0.refuse_sealed = refuse_sealed;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether the documented `enc` is refused: for those who have moved to sealed profiles. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_refuse_v1(
    options: *mut cbp_parse_options,
    refuse_v1: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.0.refuse_v1 = refuse_v1;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether the callbacks will be signed. Then a header named `webhook-id` or the like is a violation, and replacers in the
/// query of a POST or PUT, which a signature does not cover, are the advisory unsigned_target. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_set_signed(
    options: *mut cbp_parse_options,
    is_signed: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.0.signed = is_signed;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The CBP_POLICY number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_policy(options: *const cbp_parse_options) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, CBP_POLICY_DOCUMENTED, |options| number_of(&POLICIES, options.0.policy)) }
}

/// The limit of a CBP_LIMIT number, in the unit of that limit; 0 for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_limit(options: *const cbp_parse_options, limit: u32) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, 0, |options| Some(limit_of(limit)?.get(&options.0.limits))) }
}

/// The CBP_ENCODING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_encoding(options: *const cbp_parse_options) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, 0, |options| encoding_number(options.0.wire_format)) }
}

/// The CBP_TAG number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_tag(options: *const cbp_parse_options) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, 0, |options| tag_number(options.0.wire_format)) }
}

/// The CBP_READING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_reading(options: *const cbp_parse_options) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, 0, |options| reading_number(options.0.wire_format)) }
}

/// Whether sealed profiles are refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_refuse_sealed(options: *const cbp_parse_options) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, false, |options| Some(options.0.refuse_sealed)) }
}

/// Whether the documented `enc` is refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_refuse_v1(options: *const cbp_parse_options) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, false, |options| Some(options.0.refuse_v1)) }
}

/// Whether the callbacks will be signed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_signed(options: *const cbp_parse_options) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(options, false, |options| Some(options.0.signed)) }
}

/// Frees settings. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_parse_options_free(options: *mut cbp_parse_options) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(options) }
}

impl cbp_parse_options {
    pub(crate) fn of(options: ParseOptions) -> cbp_parse_options {
        cbp_parse_options(options)
    }
}

/// The settings of a parse, or the defaults for NULL.
///
/// # Safety
/// `options` is NULL or live.
pub(crate) unsafe fn parse_options(options: *const cbp_parse_options) -> Result<ParseOptions, Failure> {
    if options.is_null() {
        return Ok(ParseOptions::default());
    }
    // SAFETY: the caller's promise is the same.
    Ok(unsafe { object(options) }?.0)
}

const LIMITS: [(u32, &str); 13] = [
    (CBP_LIMIT_PAYLOAD_BYTES, "payload_bytes"),
    (CBP_LIMIT_RECORD_BYTES, "record_bytes"),
    (CBP_LIMIT_RECEIVED_BYTES, "received_bytes"),
    (CBP_LIMIT_DEPTH, "depth"),
    (CBP_LIMIT_NODES, "nodes"),
    (CBP_LIMIT_VIOLATIONS, "violations"),
    (CBP_LIMIT_URL_BYTES, "url_bytes"),
    (CBP_LIMIT_HEADERS, "headers"),
    (CBP_LIMIT_HEADER_NAME_BYTES, "header_name_bytes"),
    (CBP_LIMIT_HEADER_VALUE_BYTES, "header_value_bytes"),
    (CBP_LIMIT_HEADERS_BYTES, "headers_bytes"),
    (CBP_LIMIT_REPLACERS, "replacers"),
    (CBP_LIMIT_OUTPUT_BYTES, "output_bytes"),
];

fn limit_of(number: u32) -> Option<&'static LimitField> {
    let name = value_of(&LIMITS, number)?;
    Limits::FIELDS.iter().find(|field| field.name() == name)
}

const POLICIES: [(u32, Policy); 2] =
    [(CBP_POLICY_DOCUMENTED, Policy::Documented), (CBP_POLICY_STRICT, Policy::Strict)];

const SECRETS: [(u32, Secrets); 2] =
    [(CBP_SECRETS_MASKED, Secrets::Masked), (CBP_SECRETS_SHOWN, Secrets::Shown)];

const ENCODINGS: [(u32, Encoding); 3] = [
    (CBP_ENCODING_BASE64, Encoding::Base64),
    (CBP_ENCODING_BASE64URL, Encoding::Base64Url),
    (CBP_ENCODING_HEX, Encoding::Hex),
];

const TAGS: [(u32, TagPlacement); 2] =
    [(CBP_TAG_APPENDED, TagPlacement::Appended), (CBP_TAG_PREPENDED, TagPlacement::Prepended)];

const READINGS: [(u32, Reading); 2] =
    [(CBP_READING_TOLERANT, Reading::Tolerant), (CBP_READING_STRICT, Reading::Strict)];

pub(crate) fn wire_format(encoding: u32, tag: u32, reading: u32) -> Result<WireFormat, Failure> {
    let encoding = value_of(&ENCODINGS, encoding)
        .ok_or(Failure::Argument("the encoding must be a CBP_ENCODING number"))?;
    let tag = value_of(&TAGS, tag).ok_or(Failure::Argument("the tag must be a CBP_TAG number"))?;
    let reading =
        value_of(&READINGS, reading).ok_or(Failure::Argument("the reading must be a CBP_READING number"))?;
    Ok(WireFormat::default().with_encoding(encoding).with_tag(tag).with_reading(reading))
}

pub(crate) fn encoding_number(format: WireFormat) -> Option<u32> {
    number_of(&ENCODINGS, format.encoding)
}

pub(crate) fn tag_number(format: WireFormat) -> Option<u32> {
    number_of(&TAGS, format.tag)
}

pub(crate) fn reading_number(format: WireFormat) -> Option<u32> {
    number_of(&READINGS, format.reading)
}

pub(crate) fn secrets(number: u32) -> Result<Secrets, Failure> {
    value_of(&SECRETS, number).ok_or(Failure::Argument("secrets must be a CBP_SECRETS number"))
}

pub(crate) fn value_of<T: Copy>(table: &[(u32, T)], number: u32) -> Option<T> {
    table.iter().find(|(known, _)| *known == number).map(|(_, value)| *value)
}

pub(crate) fn number_of<T: Copy + PartialEq>(table: &[(u32, T)], value: T) -> Option<u32> {
    table.iter().find(|(_, known)| *known == value).map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_the_core_has_a_number() {
        assert!(Encoding::ALL.iter().all(|value| number_of(&ENCODINGS, *value).is_some()));
        assert!(TagPlacement::ALL.iter().all(|value| number_of(&TAGS, *value).is_some()));
        assert!(Reading::ALL.iter().all(|value| number_of(&READINGS, *value).is_some()));
        assert!(Policy::ALL.iter().all(|value| number_of(&POLICIES, *value).is_some()));
        assert!(Secrets::ALL.iter().all(|value| number_of(&SECRETS, *value).is_some()));
    }

    #[test]
    fn every_limit_of_the_core_has_a_number() {
        let mut numbers: Vec<u32> = (0..20).filter(|number| limit_of(*number).is_some()).collect();
        assert_eq!(numbers, (1..=13).collect::<Vec<_>>());
        numbers.sort_unstable_by_key(|number| limit_of(*number).unwrap().name());
        numbers.dedup_by_key(|number| limit_of(*number).unwrap().name());
        assert_eq!(numbers.len(), Limits::FIELDS.len());
    }
}
