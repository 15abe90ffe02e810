//! Receiving: the signature of a request is verified over its raw body, then its parameters are opened.

use std::ffi::{c_char, c_void};

use cbp::seal::{Verified, Verifier};
use cbp::{Opened, OpenedByKey, ReceivedRequest};

use crate::call_options::cbp_call_options;
use crate::convert::{bytes, object, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::opening::cbp_opened;
use crate::profile::cbp_profile;
use crate::signing::signing_secrets;
use crate::text::{cbp_header, cbp_str, headers as received_headers};

/// Checks the signatures of received callbacks. The caller frees it with cbp_verifier_free(). It never changes, so threads may
/// share it.
pub struct cbp_verifier(pub(crate) Verifier);

/// Makes a verifier of 1 to 16 secrets, those of cbp_signer_new(). Errors: CBP_ERROR_INVALID_KEY, CBP_ERROR_INVALID_ARGUMENT;
/// neither repeats a secret.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_verifier_new(
    secrets: *const cbp_str,
    secret_count: usize,
    verifier: *mut *mut cbp_verifier,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (secrets, verifier) = unsafe { (signing_secrets(secrets, secret_count)?, out(verifier)?) };
        verifier.give(cbp_verifier(Verifier::new(secrets)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// What was received: id and time of a message whose signature holds, the parameters, and the key that opened them, as far as
/// the call has them. The caller frees it with cbp_received_free(). It never changes, so threads may share it.
pub struct cbp_received {
    verified: Option<Verified>,
    opened: Option<cbp_opened>,
    key: Option<Key>,
}

/// How a key ring opened it.
struct Key {
    id: String,
    version: u8,
    in_turn: bool,
}

/// Checks the signature of a received message: its headers in any order, and its **raw** body, before any parsing. `now` is the
/// time in seconds since 1970, `tolerance` how far the time of sending may be from it, both ways: CBP_DEFAULT_TOLERANCE as a
/// rule. Require the signature: to verify it only if it is present protects nothing. `*received` has id and time.
///
/// Errors: CBP_ERROR_SIGNATURE_REFUSED for everything that is wrong, CBP_ERROR_TIMESTAMP_REFUSED only after a signature held.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_verifier_verify(
    verifier: *const cbp_verifier,
    headers: *const cbp_header,
    header_count: usize,
    message: *const c_void,
    message_len: usize,
    now: u64,
    tolerance: u64,
    received: *mut *mut cbp_received,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (verifier, headers, message, received) = unsafe {
            (
                object(verifier)?,
                received_headers(headers, header_count)?,
                bytes(message, message_len)?,
                out(received)?,
            )
        };
        let verified = verifier.0.verify(headers, message, now, tolerance)?;
        received.give(cbp_received { verified: Some(verified), opened: None, key: None });
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Verifies the signature of a received request, then opens its parameters: nothing is parsed that is not signed.
///
/// `headers`, `now` and `tolerance` are those of cbp_verifier_verify(); the content type is taken from the headers unless
/// `options` have one. `target` is path and query, or the whole URL, of the request: what a GET or DELETE carries its parameters
/// in, and must then be sealed: CBP_ERROR_SIGNATURE_COVERS_NOTHING. `message` is the **raw** body; (NULL, 0) if there is none.
/// `options` may be NULL, unless the profile is sealed: cbp_call_options_set_expected(). The id of a sealed callback must be that
/// of the signature.
///
/// The library keeps no ids: write cbp_received_id() in the transaction of the effect, keep it for at least twice the tolerance,
/// and answer a message whose id is known with 2xx and without an effect.
///
/// Errors: those of cbp_verifier_verify(), then those of cbp_profile_open().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_receive(
    profile: *const cbp_profile,
    verifier: *const cbp_verifier,
    headers: *const cbp_header,
    header_count: usize,
    target: *const c_char,
    target_len: usize,
    message: *const c_void,
    message_len: usize,
    now: u64,
    tolerance: u64,
    options: *const cbp_call_options,
    received: *mut *mut cbp_received,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, verifier, headers, target, message, options, result) = unsafe {
            (
                object(profile)?,
                object(verifier)?,
                received_headers(headers, header_count)?,
                text(target, target_len)?,
                bytes(message, message_len)?,
                cbp_call_options::or_default(options)?,
                out(received)?,
            )
        };
        let request = ReceivedRequest { headers: &headers, target, body: message };
        let received = profile.0.receive(&verifier.0, &request, now, tolerance, &options.to_open())?;
        result.give(cbp_received::new(received.verified, received.opened));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The id of the message, as its signature covers it, the same for each retry. Its `data` is NULL if none was verified.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_id(received: *const cbp_received) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(received, cbp_str::NONE, |received| Some(cbp_str::of(&received.verified.as_ref()?.id)))
    }
}

/// The time of sending, as the signature covers it, in seconds since 1970; 0 if no signature was verified.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_timestamp(received: *const cbp_received) -> u64 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(received, 0, |received| Some(received.verified.as_ref()?.timestamp)) }
}

/// The parameters, and what is known of them; NULL after cbp_verifier_verify(), which opens nothing. Owner: `received`. Do not
/// free it, and do not use it after `received` is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_opened(received: *const cbp_received) -> *const cbp_opened {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(received, std::ptr::null(), |received| received.opened.as_ref().map(std::ptr::from_ref))
    }
}

/// The id of the key, if a key ring opened it; otherwise its `data` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_key_id(received: *const cbp_received) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(received, cbp_str::NONE, |received| Some(cbp_str::of(&received.key.as_ref()?.id))) }
}

/// The version of the format, if a key ring opened it: 1 is the documented one, 2 is sealed; otherwise 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_version(received: *const cbp_received) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(received, 0, |received| Some(received.key.as_ref()?.version.into())) }
}

/// Whether the callback named no key, and the one that a key ring opened it with was found by trying.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_in_turn(received: *const cbp_received) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(received, false, |received| Some(received.key.as_ref()?.in_turn)) }
}

/// Overwrites the parameters and frees what was received. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_received_free(received: *mut cbp_received) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(received) }
}

/// Overwrites the secrets and frees a verifier. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_verifier_free(verifier: *mut cbp_verifier) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(verifier) }
}

impl cbp_received {
    fn new(verified: Verified, opened: Opened) -> cbp_received {
        cbp_received { verified: Some(verified), opened: Some(cbp_opened::new(opened)), key: None }
    }

    pub(crate) fn by_key(verified: Option<Verified>, by_key: OpenedByKey) -> cbp_received {
        let OpenedByKey { id, version, in_turn, opened, .. } = by_key;
        let key = Some(Key { id, version, in_turn });
        cbp_received { verified, opened: Some(cbp_opened::new(opened)), key }
    }
}
