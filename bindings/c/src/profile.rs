//! Profiles: a payload is validated once; a profile exists only of a payload that obeys the rules.

use std::ffi::c_char;

use cbp::json::{ArrayWriter, ObjectWriter, push_string};
use cbp::{Channel, Method, Profile, Request};

use crate::bytes::cbp_bytes;
use crate::cipher::{algorithm_number, cbp_cipher};
use crate::convert::{bytes, object, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::options::{cbp_parse_options, number_of, parse_options, value_of};
use crate::text::{ascii_json, cbp_header, cbp_str, headers as request_headers};

/// GET
pub const CBP_METHOD_GET: u32 = 1;
/// POST
pub const CBP_METHOD_POST: u32 = 2;
/// PUT
pub const CBP_METHOD_PUT: u32 = 3;
/// DELETE
pub const CBP_METHOD_DELETE: u32 = 4;

/// `sms`
pub const CBP_CHANNEL_SMS: u32 = 1;
/// `Default - No Channel Selected`
pub const CBP_CHANNEL_DEFAULT: u32 = 2;

/// A validated callback profile with everything prepared: templates split, cipher ready. Parsing is the expensive part, a
/// callback the cheap one. The caller frees it with cbp_profile_free(). It never changes, so threads may share it.
#[repr(transparent)]
pub struct cbp_profile(pub(crate) Profile);

/// Validates a create payload and makes the profile.
///
/// `options` may be NULL for the documented policy and the default limits and wire format. Error: CBP_ERROR_INVALID_PROFILE,
/// with every violation in `*error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_parse(
    json: *const c_char,
    json_len: usize,
    options: *const cbp_parse_options,
    profile: *mut *mut cbp_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (json, options, profile) =
            unsafe { (bytes(json, json_len)?, parse_options(options)?, out(profile)?) };
        profile.give(cbp_profile(Profile::parse_with(json, &options)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Validates a create payload without making a profile: the status and the error of cbp_profile_parse(), several times faster.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_check(
    json: *const c_char,
    json_len: usize,
    options: *const cbp_parse_options,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (json, options) = unsafe { (bytes(json, json_len)?, parse_options(options)?) };
        Ok(Profile::check_with(json, &options)?)
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Validates the parts of a whole create request (`POST /v1/{sid}/callback/profiles`) and makes the profile: sid, the headers
/// of the request itself, and the payload, in this order. Error: CBP_ERROR_INVALID_REQUEST, with every violation in `*error`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_request_parse(
    sid: *const c_char,
    sid_len: usize,
    headers: *const cbp_header,
    header_count: usize,
    payload: *const c_char,
    payload_len: usize,
    options: *const cbp_parse_options,
    profile: *mut *mut cbp_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (sid, headers, payload, options, profile) = unsafe {
            (
                text(sid, sid_len)?,
                request_headers(headers, header_count)?,
                bytes(payload, payload_len)?,
                parse_options(options)?,
                out(profile)?,
            )
        };
        let request = Request { sid, headers: &headers, payload };
        profile.give(cbp_profile(request.parse(&options)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Applies a patch and makes a new profile: members of the patch replace those of `profile`, null clears an optional one, and
/// the whole is validated again with the settings of `profile`, which itself does not change. Error: CBP_ERROR_INVALID_PATCH.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_patch(
    profile: *const cbp_profile,
    json: *const c_char,
    json_len: usize,
    patched: *mut *mut cbp_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, json, patched) = unsafe { (object(profile)?, bytes(json, json_len)?, out(patched)?) };
        patched.give(cbp_profile(profile.0.patch(json)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The profile as a create payload: compact JSON. `secrets` is a CBP_SECRETS number; cbp_profile_parse() refuses a text with
/// masked key and IV. The caller frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_to_json(
    profile: *const cbp_profile,
    secrets: u32,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, json) = unsafe { (object(profile)?, out(json)?) };
        json.give(cbp_bytes::of_text(profile.0.to_json(crate::options::secrets(secrets)?)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// A copy of the settings that the profile was parsed with. The caller frees `*options`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_options(
    profile: *const cbp_profile,
    options: *mut *mut cbp_parse_options,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, options) = unsafe { (object(profile)?, out(options)?) };
        options.give(cbp_parse_options::of(*profile.0.options()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The title.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_title(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, cbp_str::NONE, |profile| Some(cbp_str::of(profile.0.title()))) }
}

/// The HTTP method of its callbacks: a CBP_METHOD number; 0 if `profile` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_method(profile: *const cbp_profile) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| number_of(&METHODS, profile.0.method())) }
}

/// The URL as it was sent, with its replacers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_url(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, cbp_str::NONE, |profile| Some(cbp_str::of(profile.0.url()))) }
}

/// The URL of all callbacks without query and fragment, which is what a sealed one is bound to; its
/// `data` is NULL if its path has replacers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_constant_url(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, cbp_str::NONE, |profile| profile.0.constant_url().map(cbp_str::of)) }
}

/// The body as compact JSON, with its replacers; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_body(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, cbp_str::NONE, |profile| Some(cbp_str::of_option(profile.0.body()))) }
}

/// The message for chatbots, with its replacers; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_response_message(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| Some(cbp_str::of_option(profile.0.response_message())))
    }
}

/// The channel: a CBP_CHANNEL number; 0 if `profile` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_channel(profile: *const cbp_profile) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| number_of(&CHANNELS, profile.0.channel())) }
}

/// The number of headers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_header_count(profile: *const cbp_profile) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| Some(profile.0.headers().len())) }
}

/// The name of the header at `index`, from 0, as it was sent; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_header_name(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.headers().get(index).map(|header| cbp_str::of(header.name()))
        })
    }
}

/// The value of the header at `index`, from 0, with its replacers; `data` is NULL if there is none. It may be a credential.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_header_value(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.headers().get(index).map(|header| cbp_str::of(header.value()))
        })
    }
}

/// Whether the payload had the member `events`, even if it was null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_has_events(profile: *const cbp_profile) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, false, |profile| Some(profile.0.events().is_some())) }
}

/// The number of events.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_event_count(profile: *const cbp_profile) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| profile.0.events().map(<[String]>::len)) }
}

/// The event at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_event(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.events()?.get(index).map(|event| cbp_str::of(event))
        })
    }
}

/// The number of `{"label": "field"}` replacers in the response message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_replacer_count(profile: *const cbp_profile) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| Some(profile.0.replacers().len())) }
}

/// The label of the replacer at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_replacer_label(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.replacers().get(index).map(|(label, _)| cbp_str::of(label))
        })
    }
}

/// The field of the replacer at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_replacer_field(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.replacers().get(index).map(|(_, field)| cbp_str::of(field))
        })
    }
}

/// The documented encryption: a CBP_ALGORITHM number; 0 if there is none, or if the profile is sealed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_algorithm(profile: *const cbp_profile) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| algorithm_number(profile.0.encryption()?.algorithm())) }
}

/// The id of the key of a sealed profile, whose `enc` has version 2; its `data` is NULL if the profile is not sealed. It is sent
/// in clear.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_kid(profile: *const cbp_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| Some(cbp_str::of(profile.0.sealed_encryption()?.kid())))
    }
}

/// Whether every value is encrypted. If not, and there is encryption at all, the values of cbp_profile_encrypted_param()
/// are. A sealed profile encrypts every value; where it has names, all other values are repeated outside in clear.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_encrypts_all(profile: *const cbp_profile) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, false, |profile| Some(encrypted_params(&profile.0)?.is_none())) }
}

/// The number of names in `enc.params`; 0 if every value is encrypted, or none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_encrypted_param_count(profile: *const cbp_profile) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| encrypted_params(&profile.0)?.map(<[String]>::len)) }
}

/// The name at `index`, from 0, in `enc.params`: its values are encrypted. Its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_encrypted_param(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            encrypted_params(&profile.0)??.get(index).map(|name| cbp_str::of(name))
        })
    }
}

/// The cipher of the profile, with its wire format; NULL if there is none of the documented format. Owner: the profile. Do not
/// free it, and do not use it after the profile is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_cipher(profile: *const cbp_profile) -> *const cbp_cipher {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, std::ptr::null(), |profile| {
            Some(cbp_cipher::of(profile.0.encryption()?.cipher()))
        })
    }
}

/// The number of advisories: what is accepted but risky or useless.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_advisory_count(profile: *const cbp_profile) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(profile, 0, |profile| Some(profile.0.advisories().len())) }
}

/// The stable name of the advisory at `index`, from 0 (`plain_http`); its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_advisory_name(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.advisories().get(index).map(|advisory| cbp_str::of(advisory.code.name()))
        })
    }
}

/// The JSON Pointer (RFC 6901) of the member of the payload that the advisory at `index` is about.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_advisory_pointer(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.advisories().get(index).map(|advisory| cbp_str::of(&advisory.pointer))
        })
    }
}

/// One sentence on the risk of the advisory at `index`; it quotes no value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_advisory_message(profile: *const cbp_profile, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(profile, cbp_str::NONE, |profile| {
            profile.0.advisories().get(index).map(|advisory| cbp_str::of(advisory.message()))
        })
    }
}

/// All advisories as a JSON array of objects with the members `code`, `pointer` and `message`, in ASCII and one line. The caller
/// frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_advisories(
    profile: *const cbp_profile,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, json) = unsafe { (object(profile)?, out(json)?) };
        let mut list = String::new();
        let mut array = ArrayWriter::new(&mut list);
        for advisory in profile.0.advisories() {
            let mut object = ObjectWriter::new(array.element());
            push_string(object.member("code"), advisory.code.name());
            push_string(object.member("pointer"), &advisory.pointer);
            push_string(object.member("message"), advisory.message());
            object.finish();
        }
        array.finish();
        json.give(cbp_bytes::of_text(ascii_json(list)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees a profile. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_free(profile: *mut cbp_profile) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(profile) }
}

/// `GET`, `POST`, `PUT` or `DELETE`, for a CBP_METHOD number; its `data` is NULL for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_method_name(method: u32) -> cbp_str {
    guard::value(cbp_str::NONE, || cbp_str::of_option(value_of(&METHODS, method).map(Method::name)))
}

/// `sms` or `Default - No Channel Selected`, for a CBP_CHANNEL number; its `data` is NULL for another number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_channel_name(channel: u32) -> cbp_str {
    guard::value(cbp_str::NONE, || cbp_str::of_option(value_of(&CHANNELS, channel).map(Channel::name)))
}

const METHODS: [(u32, Method); 4] = [
    (CBP_METHOD_GET, Method::Get),
    (CBP_METHOD_POST, Method::Post),
    (CBP_METHOD_PUT, Method::Put),
    (CBP_METHOD_DELETE, Method::Delete),
];

const CHANNELS: [(u32, Channel); 2] =
    [(CBP_CHANNEL_SMS, Channel::Sms), (CBP_CHANNEL_DEFAULT, Channel::Default)];

impl cbp_profile {
    /// A handle that borrows: `repr(transparent)` makes the two types one in memory.
    pub(crate) fn of(profile: &Profile) -> *const cbp_profile {
        std::ptr::from_ref(profile).cast()
    }
}

/// The names in `enc.params` of either version, if there is an `enc`; the inner one is `None` if it has no such member.
fn encrypted_params(profile: &Profile) -> Option<Option<&[String]>> {
    let documented = profile.encryption().map(|enc| enc.encrypted_params());
    documented.or_else(|| profile.sealed_encryption().map(|enc| enc.encrypted_params()))
}

pub(crate) fn method_of(number: u32) -> Option<Method> {
    value_of(&METHODS, number)
}

pub(crate) fn method_number(method: Method) -> Option<u32> {
    number_of(&METHODS, method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_and_channel_has_a_number() {
        assert!(Method::ALL.iter().all(|method| method_number(*method).is_some()));
        assert!(Channel::ALL.iter().all(|channel| number_of(&CHANNELS, *channel).is_some()));
    }
}
