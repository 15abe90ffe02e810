//! Fields: what a profile reads from a record.

use cbp::ProfileField;

use crate::convert::{object, out};
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::profile::cbp_profile;
use crate::text::cbp_str;

/// The fields that a profile reads from a record, each with its places in the payload. The caller frees it with
/// cbp_fields_free(). It never changes, so threads may share it.
pub struct cbp_fields(Vec<ProfileField>);

/// Every field that callbacks and messages of the profile read from a record, in order of first use: URL, headers, body,
/// response message. The caller frees `*fields`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_fields(
    profile: *const cbp_profile,
    fields: *mut *mut cbp_fields,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, fields) = unsafe { (object(profile)?, out(fields)?) };
        fields.give(cbp_fields(profile.0.fields()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The number of fields.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_fields_count(fields: *const cbp_fields) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(fields, 0, |fields| Some(fields.0.len())) }
}

/// The name of the field at `index`, from 0, as the replacer has it (`entry[0].value`); its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_fields_name(fields: *const cbp_fields, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(fields, cbp_str::NONE, |fields| {
            fields.0.get(index).map(|field| cbp_str::of(&field.field))
        })
    }
}

/// The number of places of the field at `index`; 0 if there is no such field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_fields_place_count(fields: *const cbp_fields, index: usize) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(fields, 0, |fields| fields.0.get(index).map(|field| field.places.len())) }
}

/// A JSON Pointer (RFC 6901) into the payload to the place at `place`, from 0, of the field at `index`; its `data` is NULL if
/// there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_fields_place(fields: *const cbp_fields, index: usize, place: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(fields, cbp_str::NONE, |fields| {
            fields.0.get(index)?.places.get(place).map(|place| cbp_str::of(place))
        })
    }
}

/// Frees fields. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_fields_free(fields: *mut cbp_fields) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(fields) }
}
