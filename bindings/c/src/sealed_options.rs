//! Sealed options: what a sealed callback is made with, and what a receiver expects of one.

use std::ffi::{c_char, c_void};

use crate::call_options::cbp_call_options;
use crate::convert::{bytes, object_mut, optional_text};
use crate::diagnose_options::cbp_diagnose_options;
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::sealed_settings::{KeptExpected, freshness, sealing_random};

/// The number of random bytes that a sealed callback needs, and a new sealing key.
pub const CBP_SEALING_RANDOM_LEN: usize = 32;

/// How far the time of sending may be from now as a rule, in seconds, both ways.
pub const CBP_DEFAULT_TOLERANCE: u64 = 300;

/// Sets the random bytes of a sealed callback: CBP_SEALING_RANDOM_LEN bytes of the operating system's random number generator.
/// **Set new ones for every callback.** NULL restores the default: none, and then a sealed callback cannot be made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_random(
    options: *mut cbp_call_options,
    random: *const c_void,
    random_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, given) = unsafe { (object_mut(options)?, bytes(random, random_len)?) };
        options.sealed.random = match random.is_null() {
            true => None,
            false => Some(sealing_random(given)?),
        };
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the time at which a sealed callback is sent, in seconds since 1970.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_issued_at(
    options: *mut cbp_call_options,
    issued_at: u64,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.sealed.issued_at = Some(issued_at);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the id of a sealed callback, the same for each retry and for its signature: 1 to 128 characters of visible ASCII without
/// a full stop, which is checked when the callback is made. NULL restores the default: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_id(
    options: *mut cbp_call_options,
    id: *const c_char,
    id_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, text) = unsafe { (object_mut(options)?, optional_text(id, id_len)?) };
        options.sealed.id = text.map(str::to_owned);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the id of the profile that a sealed callback names, if both sides know it. NULL restores the default: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_profile_id(
    options: *mut cbp_call_options,
    profile_id: *const c_char,
    profile_id_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, text) = unsafe { (object_mut(options)?, optional_text(profile_id, profile_id_len)?) };
        options.sealed.profile_id = text.map(str::to_owned);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether the body of a sealed POST or PUT is the token alone, of the type `application/jose`, instead of an object or
/// form that holds it. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_bare_token(
    options: *mut cbp_call_options,
    bare_token: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.sealed.bare_token = bare_token;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets what is expected of a sealed callback beside the right key. Without it none is opened, and each part is a decision:
///
/// - `check_freshness`, `now`, `tolerance`: the time of sending must not be further from `now` (seconds since 1970) than
///   `tolerance` (CBP_DEFAULT_TOLERANCE as a rule), both ways. With false, any age is right and both numbers mean nothing.
/// - `method`: the CBP_METHOD number that it was received with; 0: not checked.
/// - `url`: the receiver's own public URL, never one made of the headers Host or X-Forwarded-*; query and fragment make no
///   difference. NULL: not checked.
/// - `profile_id`: the id of the profile. NULL: not checked.
///
/// What is expected and missing in the callback is a mismatch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_expected(
    options: *mut cbp_call_options,
    check_freshness: bool,
    now: u64,
    tolerance: u64,
    method: u32,
    url: *const c_char,
    url_len: usize,
    profile_id: *const c_char,
    profile_id_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, url, profile_id) = unsafe {
            (object_mut(options)?, optional_text(url, url_len)?, optional_text(profile_id, profile_id_len)?)
        };
        let freshness = freshness(check_freshness, now, tolerance);
        options.expected = Some(KeptExpected::new(freshness, method, url, profile_id)?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets what cbp_diagnose() holds a sealed callback to; the arguments are those of cbp_call_options_set_expected(). Without it
/// neither age nor method, URL and profile id are checked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_sealed(
    options: *mut cbp_diagnose_options,
    check_freshness: bool,
    now: u64,
    tolerance: u64,
    method: u32,
    url: *const c_char,
    url_len: usize,
    profile_id: *const c_char,
    profile_id_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, url, profile_id) = unsafe {
            (object_mut(options)?, optional_text(url, url_len)?, optional_text(profile_id, profile_id_len)?)
        };
        let freshness = freshness(check_freshness, now, tolerance);
        options.sealed = Some(KeptExpected::new(freshness, method, url, profile_id)?);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_core() {
        assert_eq!(CBP_DEFAULT_TOLERANCE, cbp::seal::DEFAULT_TOLERANCE);
        assert_eq!(CBP_SEALING_RANDOM_LEN, crate::sealed_settings::SEALING_RANDOM_LEN);
    }
}
