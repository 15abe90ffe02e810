//! Opening: what was received, decrypted and held to the profile.

use std::ffi::{c_char, c_void};

use cbp::Opened;
use cbp::json::Kind;

use crate::bytes::cbp_bytes;
use crate::call_options::cbp_call_options;
use crate::convert::{bytes, object, out, text};
use crate::error::{CBP_OK, cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::number_of;
use crate::profile::cbp_profile;
use crate::text::cbp_str;

/// The value is `null`.
pub const CBP_KIND_NULL: u32 = 1;
/// The value is `false`.
pub const CBP_KIND_FALSE: u32 = 2;
/// The value is `true`.
pub const CBP_KIND_TRUE: u32 = 3;
/// The value is a number.
pub const CBP_KIND_NUMBER: u32 = 4;
/// The value is a string.
pub const CBP_KIND_STRING: u32 = 5;
/// The value is an array.
pub const CBP_KIND_ARRAY: u32 = 6;
/// The value is an object.
pub const CBP_KIND_OBJECT: u32 = 7;

/// Opens a received callback of this profile: the body of a POST or PUT, or the URL or query of a GET or DELETE. `*json` is a
/// compact JSON object of the parameters, decrypted; the caller frees it.
///
/// Every name that the profile encrypts must be there, as an encrypted string, unless `options` allow structures or absence;
/// names, order and what is not encrypted are not protected. **Under CFB a wrong key or a changed text is noticed only where
/// the result is not UTF-8, and the fixed IV makes GCM forgeable too**: treat the result as input from a stranger, and do not
/// report to the sender why opening failed.
///
/// `options` may be NULL. Errors: those of the 400 and 500 families (cbp_error_parameter_at() names the parameters),
/// CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT. A sealed profile needs cbp_call_options_set_expected(), else it is
/// CBP_ERROR_INVALID_ARGUMENT; whatever is wrong with a sealed callback is CBP_ERROR_AUTH_FAILED. What it holds is authentic.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_open(
    profile: *const cbp_profile,
    received: *const c_void,
    received_len: usize,
    options: *const cbp_call_options,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, received, options, json) = unsafe {
            (
                object(profile)?,
                bytes(received, received_len)?,
                cbp_call_options::or_default(options)?,
                out(json)?,
            )
        };
        if options.partial {
            return Err(Failure::Argument(
                "partial needs cbp_profile_open_details(), which tells what failed",
            ));
        }
        let opened = profile.0.open_with(received, &options.to_open())?;
        json.give(cbp_bytes::of_text(opened.into_json()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// An opened callback: the parameters, and what is known of them. The caller frees it with cbp_opened_free(). It never
/// changes, so threads may share it.
pub struct cbp_opened {
    opened: Opened,
    decrypted: Vec<String>,
    unknown: Vec<String>,
}

/// Like cbp_profile_open(), with the names of what was decrypted and of what the profile does not have. The caller frees
/// `*opened`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_open_details(
    profile: *const cbp_profile,
    received: *const c_void,
    received_len: usize,
    options: *const cbp_call_options,
    opened: *mut *mut cbp_opened,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, received, options, result) = unsafe {
            (
                object(profile)?,
                bytes(received, received_len)?,
                cbp_call_options::or_default(options)?,
                out(opened)?,
            )
        };
        result.give(cbp_opened::new(profile.0.open_with(received, &options.to_open())?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The parameters as a compact JSON object, decrypted: what cbp_profile_open() gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_json(opened: *const cbp_opened) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, cbp_str::NONE, |opened| Some(cbp_str::of(opened.opened.json()))) }
}

/// One value of the parameters: that of this name, or what a JSON Pointer (RFC 6901) leads to if it begins with `/`
/// (`/contacts/0/name`; a name that begins with `/` is reached by its pointer, `/~1a`).
///
/// `*kind` is a CBP_KIND number. `*value` is a string's text, which may hold zero bytes, or the compact JSON text of every other
/// value; the caller frees it, and it is overwritten then. If there is no such value, `*kind` is 0 and `*value` NULL, and the
/// call succeeds. Each call reads the JSON text again: who wants many values reads cbp_opened_json().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_get(
    opened: *const cbp_opened,
    name: *const c_char,
    name_len: usize,
    kind: *mut u32,
    value: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (opened, name, kind, value) =
            unsafe { (object(opened)?, text(name, name_len)?, out(kind)?, out(value)?) };
        match opened.opened.get(name) {
            Some(found) => {
                kind.put(number_of(&KINDS, found.kind()).ok_or(Failure::Internal)?);
                value.give(cbp_bytes::new(found.text().as_bytes().to_vec()));
            }
            None => {
                kind.put(0);
                value.put(std::ptr::null_mut());
            }
        }
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The number of parameters that were decrypted. Everything else is as readable and as forgeable as it was received.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_decrypted_count(opened: *const cbp_opened) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, 0, |opened| Some(opened.decrypted.len())) }
}

/// The name at `index`, from 0 and in the received order, of what was decrypted (`to`, `contacts[0].name`), at most 256
/// characters of it, as it was sent, so a stranger may have chosen it: escape it before it is logged. Its `data` is NULL if
/// there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_decrypted(opened: *const cbp_opened, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(opened, cbp_str::NONE, |opened| opened.decrypted.get(index).map(|name| cbp_str::of(name)))
    }
}

/// The number of parameters that the profile does not have.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_unknown_count(opened: *const cbp_opened) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, 0, |opened| Some(opened.unknown.len())) }
}

/// The name at `index`, from 0 and in the received order, of what the profile does not have, at most 256 characters of it, as
/// it was sent: escape it before it is logged. Its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_unknown(opened: *const cbp_opened, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(opened, cbp_str::NONE, |opened| opened.unknown.get(index).map(|name| cbp_str::of(name)))
    }
}

/// The number of parameters that did not open: see cbp_call_options_set_partial(). 0 without that setting.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_failed_count(opened: *const cbp_opened) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, 0, |opened| Some(opened.opened.failed().len())) }
}

/// The name at `index`, from 0, of what did not open, as cbp_opened_decrypted() gives names: escape it before it is logged. Its
/// `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_failed(opened: *const cbp_opened, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(opened, cbp_str::NONE, |opened| {
            opened.opened.failed().get(index).map(|failed| cbp_str::of(&failed.name))
        })
    }
}

/// Why the parameter at `index`, from 0, did not open: the CBP_ERROR number that opening the whole would have failed with, such
/// as CBP_ERROR_AUTH_FAILED. CBP_OK if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_failed_code(opened: *const cbp_opened, index: usize) -> cbp_status {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(opened, CBP_OK, |opened| {
            opened.opened.failed().get(index).map(|failed| failed.code.number())
        })
    }
}

/// Whether the callback was sealed. If not, the texts of the following functions have a NULL `data`, and the time is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_is_sealed(opened: *const cbp_opened) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, false, |opened| Some(opened.opened.sealed().is_some())) }
}

/// The id of the key that it was sealed with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_sealed_kid(opened: *const cbp_opened) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, cbp_str::NONE, |opened| Some(cbp_str::of(&opened.opened.sealed()?.kid))) }
}

/// The id of the sealed message, the same for each retry. Keep it, with the id of the key, for at least twice the tolerance, in
/// the transaction of the effect; answer a message whose id is known with 2xx and without an effect.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_sealed_id(opened: *const cbp_opened) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, cbp_str::NONE, |opened| Some(cbp_str::of(&opened.opened.sealed()?.id))) }
}

/// The time at which it was sealed, in seconds since 1970.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_sealed_issued_at(opened: *const cbp_opened) -> u64 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(opened, 0, |opened| Some(opened.opened.sealed()?.issued_at)) }
}

/// The id of the profile; its `data` is also NULL if the sender gave none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_sealed_profile_id(opened: *const cbp_opened) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(opened, cbp_str::NONE, |opened| {
            Some(cbp_str::of_option(opened.opened.sealed()?.profile_id.as_deref()))
        })
    }
}

/// Overwrites the parameters and frees an opened callback. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_opened_free(opened: *mut cbp_opened) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(opened) }
}

const KINDS: [(u32, Kind); 7] = [
    (CBP_KIND_NULL, Kind::Null),
    (CBP_KIND_FALSE, Kind::False),
    (CBP_KIND_TRUE, Kind::True),
    (CBP_KIND_NUMBER, Kind::Number),
    (CBP_KIND_STRING, Kind::String),
    (CBP_KIND_ARRAY, Kind::Array),
    (CBP_KIND_OBJECT, Kind::Object),
];

impl cbp_opened {
    pub(crate) fn new(opened: Opened) -> cbp_opened {
        let (decrypted, unknown) = (opened.decrypted().collect(), opened.unknown().collect());
        cbp_opened { opened, decrypted, unknown }
    }
}
