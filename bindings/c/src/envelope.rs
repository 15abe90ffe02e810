//! Envelopes: the JSON of the API's responses.

use std::ffi::c_char;

use cbp::{Envelope, ErrorClass, StoredProfile};

use crate::bytes::cbp_bytes;
use crate::convert::{array, bytes, object, optional_text, out, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::secrets as secrets_of;
use crate::profile::cbp_profile;
use crate::stored::cbp_stored_profile;
use crate::text::cbp_str;

/// A response of the API: code, message, data, error, status. The caller frees it with cbp_envelope_free(), which overwrites
/// its data. It never changes, so threads may share it.
pub struct cbp_envelope(Envelope);

/// 201: the profile was created. `id` may be NULL, `secrets` is a CBP_SECRETS number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_created(
    profile: *const cbp_profile,
    id: *const c_char,
    id_len: usize,
    secrets: u32,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, id, envelope) =
            unsafe { (object(profile)?, optional_text(id, id_len)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::created(&profile.0, id, secrets_of(secrets)?)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 200: the profile was changed. `id` may be NULL, `secrets` is a CBP_SECRETS number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_updated(
    profile: *const cbp_profile,
    id: *const c_char,
    id_len: usize,
    secrets: u32,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, id, envelope) =
            unsafe { (object(profile)?, optional_text(id, id_len)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::updated(&profile.0, id, secrets_of(secrets)?)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 200: the profile was fetched. `secrets` is a CBP_SECRETS number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_fetched(
    stored: *const cbp_stored_profile,
    secrets: u32,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (stored, envelope) = unsafe { (object(stored)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::fetched(&stored.0, secrets_of(secrets)?)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 200: a list of stored profiles. `stored` is an array of `stored_count` handles, and may be NULL where that is 0; `secrets` is a
/// CBP_SECRETS number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_listed(
    stored: *const *const cbp_stored_profile,
    stored_count: usize,
    secrets: u32,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (stored, envelope) = unsafe { (array(stored, stored_count)?, out(envelope)?) };
        // SAFETY: each handle is NULL or live, by the contract of the header.
        let profile = |stored: &*const cbp_stored_profile| Ok(&unsafe { object(*stored) }?.0);
        let stored: Vec<&StoredProfile> = stored.iter().map(profile).collect::<Result<_, Failure>>()?;
        envelope.give(cbp_envelope(Envelope::listed(stored, secrets_of(secrets)?)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 200: the profile was deleted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_deleted(
    id: *const c_char,
    id_len: usize,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (id, envelope) = unsafe { (text(id, id_len)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::deleted(id)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 404: no profile has this id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_not_found(
    id: *const c_char,
    id_len: usize,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (id, envelope) = unsafe { (text(id, id_len)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::not_found(id)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 400: the rules refused something. `refusal` is the error that says so, with a status of the 200 family.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_refused(
    refusal: *const cbp_error,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (refusal, envelope) = unsafe { (object(refusal)?, out(envelope)?) };
        let expected = Failure::Argument("the error must be a refusal: a status of the 200 family");
        let report = refusal.report.as_ref().ok_or(expected)?;
        envelope.give(cbp_envelope(Envelope::refused(report)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// 400: a received callback could not be opened. `refusal` is the error that says so, of the class DecryptionError; its message
/// holds no key and no value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_not_opened(
    refusal: *const cbp_error,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (refusal, envelope) = unsafe { (object(refusal)?, out(envelope)?) };
        if refusal.class != ErrorClass::Decryption {
            return Err(Failure::Argument("the error must be of the class DecryptionError"));
        }
        envelope.give(cbp_envelope(Envelope::not_opened(&refusal.message)));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Parses an envelope of at most 256 KiB. Error: CBP_ERROR_INVALID_ENVELOPE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_parse(
    json: *const c_char,
    json_len: usize,
    envelope: *mut *mut cbp_envelope,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (json, envelope) = unsafe { (bytes(json, json_len)?, out(envelope)?) };
        envelope.give(cbp_envelope(Envelope::parse(json)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The code: `RBC024` or `RBC302` if this library made the envelope, any text if it was parsed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_code(envelope: *const cbp_envelope) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(envelope, cbp_str::NONE, |envelope| Some(cbp_str::of(envelope.0.code()))) }
}

/// The message: a sentence for people.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_message(envelope: *const cbp_envelope) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(envelope, cbp_str::NONE, |envelope| Some(cbp_str::of(envelope.0.message()))) }
}

/// The data as compact JSON; it holds key and IV if they were to be shown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_data(envelope: *const cbp_envelope) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(envelope, cbp_str::NONE, |envelope| Some(cbp_str::of(envelope.0.data()))) }
}

/// The error as compact JSON: `{}` after a success.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_error(envelope: *const cbp_envelope) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(envelope, cbp_str::NONE, |envelope| Some(cbp_str::of(envelope.0.error()))) }
}

/// The HTTP status; 0 if `envelope` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_status(envelope: *const cbp_envelope) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(envelope, 0, |envelope| Some(envelope.0.status().into())) }
}

/// The envelope as compact JSON, with key and IV if they were to be shown. The caller frees `*json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_to_json(
    envelope: *const cbp_envelope,
    json: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (envelope, json) = unsafe { (object(envelope)?, out(json)?) };
        json.give(cbp_bytes::of_text(envelope.0.to_json()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees an envelope. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_envelope_free(envelope: *mut cbp_envelope) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(envelope) }
}
