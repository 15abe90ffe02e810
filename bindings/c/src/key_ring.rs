//! Key rings: several profiles, each under the id of its key; how keys are changed without losing a callback.

use std::ffi::{c_char, c_void};

use cbp::{KeyRing, ReceivedRequest};

use crate::call_options::cbp_call_options;
use crate::convert::{bytes, object, object_mut, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::profile::cbp_profile;
use crate::receiving::{cbp_received, cbp_verifier};
use crate::text::{cbp_header, cbp_str, headers as received_headers};

/// Profiles by the ids of their keys. The caller frees it with cbp_key_ring_free(). Threads may share it while none adds,
/// removes or sets anything.
pub struct cbp_key_ring {
    ring: KeyRing,
    /// The ids, in the order in which they were added.
    ids: Vec<String>,
}

/// Makes an empty ring. Callbacks of the documented format name their key in the header of this name, sealed ones by their
/// kid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_by_header(
    name: *const c_char,
    name_len: usize,
    ring: *mut *mut cbp_key_ring,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (name, ring) = unsafe { (text(name, name_len)?, out(ring)?) };
        ring.give(cbp_key_ring { ring: KeyRing::by_header(name), ids: Vec::new() });
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Makes an empty ring. Callbacks of the documented format name their key in the parameter of this name in the query, sealed ones
/// by their kid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_by_query(
    name: *const c_char,
    name_len: usize,
    ring: *mut *mut cbp_key_ring,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (name, ring) = unsafe { (text(name, name_len)?, out(ring)?) };
        ring.give(cbp_key_ring { ring: KeyRing::by_query(name), ids: Vec::new() });
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Adds a copy of a profile under the id of its key; `profile` stays the caller's. Error: CBP_ERROR_INVALID_ARGUMENT if the id is
/// taken, if it is not the kid of a sealed profile, or if a profile of the documented format does not send it as a constant
/// header or parameter of the ring's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_add(
    ring: *mut cbp_key_ring,
    id: *const c_char,
    id_len: usize,
    profile: *const cbp_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (ring, id, profile) = unsafe { (object_mut(ring)?, text(id, id_len)?, object(profile)?) };
        ring.ring.add(id, profile.0.clone())?;
        ring.ids.push(id.to_owned());
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Removes the profile of this id. Returns whether there was one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_remove(
    ring: *mut cbp_key_ring,
    id: *const c_char,
    id_len: usize,
) -> bool {
    guard::value(false, || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (Ok(ring), Ok(id)) = (unsafe { (object_mut(ring), text(id, id_len)) }) else { return false };
        ring.ids.retain(|known| known != id);
        ring.ring.remove(id).is_some()
    })
}

/// The number of profiles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_count(ring: *const cbp_key_ring) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(ring, 0, |ring| Some(ring.ids.len())) }
}

/// The id at `index`, from 0 and in the order in which they were added; its `data` is NULL if there is none. Valid until a
/// profile is added or removed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_id(ring: *const cbp_key_ring, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(ring, cbp_str::NONE, |ring| ring.ids.get(index).map(|id| cbp_str::of(id))) }
}

/// Sets whether a callback without an id is tried with each key in turn: under GCM alone, with at most four keys, and never in a
/// ring that holds a sealed profile. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_set_try_in_turn(
    ring: *mut cbp_key_ring,
    try_in_turn: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(ring) }?.ring.try_in_turn(try_in_turn);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether callbacks of the documented format are refused: for receivers whose senders all seal. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_set_refuse_v1(
    ring: *mut cbp_key_ring,
    refuse_v1: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(ring) }?.ring.refuse_v1(refuse_v1);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Opens a received request by the profile whose key it names; its parts and `options` are those of cbp_profile_receive().
///
/// Errors: CBP_ERROR_UNKNOWN_KEY if it names no key of the ring, CBP_ERROR_CANNOT_TELL_KEY if keys are tried in turn and nothing
/// tells which one it was, CBP_ERROR_AUTH_FAILED if it is sealed and names none of the ring; else those of cbp_profile_open().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_open(
    ring: *const cbp_key_ring,
    headers: *const cbp_header,
    header_count: usize,
    target: *const c_char,
    target_len: usize,
    message: *const c_void,
    message_len: usize,
    options: *const cbp_call_options,
    received: *mut *mut cbp_received,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (ring, headers, target, message, options, received) = unsafe {
            (
                object(ring)?,
                received_headers(headers, header_count)?,
                text(target, target_len)?,
                bytes(message, message_len)?,
                cbp_call_options::or_default(options)?,
                out(received)?,
            )
        };
        let request = ReceivedRequest { headers: &headers, target, body: message };
        received.give(cbp_received::by_key(None, ring.ring.open(&request, &options.to_open())?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Verifies the signature of a received request as cbp_profile_receive() does, then opens it as cbp_key_ring_open() does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_receive(
    ring: *const cbp_key_ring,
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
        let (ring, verifier, headers, target, message, options, result) = unsafe {
            (
                object(ring)?,
                object(verifier)?,
                received_headers(headers, header_count)?,
                text(target, target_len)?,
                bytes(message, message_len)?,
                cbp_call_options::or_default(options)?,
                out(received)?,
            )
        };
        let request = ReceivedRequest { headers: &headers, target, body: message };
        let received = ring.ring.receive(&verifier.0, &request, now, tolerance, &options.to_open())?;
        result.give(cbp_received::by_key(Some(received.verified), received.opened));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees a ring with its copies of profiles. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_key_ring_free(ring: *mut cbp_key_ring) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(ring) }
}
