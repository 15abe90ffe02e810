//! Stored profiles: what the platform returns for a profile, with id, status and dates.

use std::ffi::c_char;

use cbp::{Report, StoredProfile};

use crate::convert::{bytes, object_mut, out};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::{cbp_parse_options, parse_options};
use crate::profile::cbp_profile;
use crate::text::cbp_str;

/// The platform sends the callbacks.
pub const CBP_PROFILE_STATUS_ACTIVE: u32 = 1;
/// The platform switched the profile off after failures.
pub const CBP_PROFILE_STATUS_AUTO_DISABLED: u32 = 2;
/// The profile is switched off.
pub const CBP_PROFILE_STATUS_DISABLED: u32 = 3;

/// A profile as the platform stores it. The caller frees it with cbp_stored_profile_free(). It never changes, so threads may
/// share it.
pub struct cbp_stored_profile(pub(crate) StoredProfile);

/// A list of stored profiles. The caller frees it with cbp_stored_profiles_free(). One thread at a time uses it.
pub struct cbp_stored_profiles(Vec<Option<Result<StoredProfile, Report>>>);

/// Parses a stored profile, a whole envelope that holds one in `data`, or a create payload. `options` may be NULL. Error:
/// CBP_ERROR_INVALID_STORED_PROFILE, also for a masked key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_parse(
    json: *const c_char,
    json_len: usize,
    options: *const cbp_parse_options,
    stored: *mut *mut cbp_stored_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (json, options, stored) =
            unsafe { (bytes(json, json_len)?, parse_options(options)?, out(stored)?) };
        stored.give(cbp_stored_profile(StoredProfile::parse_with(json, &options)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The profile. Owner: `stored`. Do not free it, and do not use it after `stored` is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_profile(stored: *const cbp_stored_profile) -> *const cbp_profile {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, std::ptr::null(), |stored| Some(cbp_profile::of(stored.0.profile()))) }
}

/// Gives the profile to the caller, who frees it: `*stored` is freed and set to NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_take(
    stored: *mut *mut cbp_stored_profile,
    profile: *mut *mut cbp_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (stored, profile) = unsafe { (object_mut(stored)?, out(profile)?) };
        if stored.is_null() {
            return Err(Failure::Argument("a handle must not be NULL"));
        }
        let taken = std::mem::replace(stored, std::ptr::null_mut());
        // SAFETY: live and given away, by the contract of the header.
        let taken = unsafe { Box::from_raw(taken) };
        profile.give(cbp_profile(taken.0.into_profile()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The platform's id of the profile; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_profile_id(stored: *const cbp_stored_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, cbp_str::NONE, |stored| Some(cbp_str::of_option(stored.0.profile_id()))) }
}

/// When it was created, as the platform wrote it; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_created_at(stored: *const cbp_stored_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, cbp_str::NONE, |stored| Some(cbp_str::of_option(stored.0.created_at()))) }
}

/// When it was changed, as the platform wrote it; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_modified_at(stored: *const cbp_stored_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, cbp_str::NONE, |stored| Some(cbp_str::of_option(stored.0.modified_at()))) }
}

/// The platform's body type; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_body_type(stored: *const cbp_stored_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, cbp_str::NONE, |stored| Some(cbp_str::of_option(stored.0.body_type()))) }
}

/// The platform's dynamic variables as compact JSON; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_dynamic_variables(stored: *const cbp_stored_profile) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(stored, cbp_str::NONE, |stored| Some(cbp_str::of_option(stored.0.dynamic_variables())))
    }
}

/// A CBP_PROFILE_STATUS number; 0 if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_status(stored: *const cbp_stored_profile) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(stored, 0, |stored| stored.0.status().map(|status| status.number().into())) }
}

/// Parses a list of stored profiles, or a whole envelope that holds one in `data`. What a profile of it is refused for,
/// cbp_stored_profiles_take() says. `options` may be NULL; its limits on size hold for the whole text. The caller frees `*list`.
/// Error: CBP_ERROR_INVALID_STORED_PROFILE if the text is no list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profiles_parse(
    json: *const c_char,
    json_len: usize,
    options: *const cbp_parse_options,
    list: *mut *mut cbp_stored_profiles,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (json, options, list) = unsafe { (bytes(json, json_len)?, parse_options(options)?, out(list)?) };
        let items = StoredProfile::parse_list_with(json, &options)?;
        list.give(cbp_stored_profiles(items.into_iter().map(Some).collect()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The number of profiles in the list, also of those that are refused or taken.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profiles_count(list: *const cbp_stored_profiles) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(list, 0, |list| Some(list.0.len())) }
}

/// Takes the profile at `index`, from 0, out of the list. The caller frees `*stored`. Error: CBP_ERROR_INVALID_STORED_PROFILE if
/// this profile is refused, CBP_ERROR_INVALID_ARGUMENT if there is none or it was asked for before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profiles_take(
    list: *mut cbp_stored_profiles,
    index: usize,
    stored: *mut *mut cbp_stored_profile,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (list, stored) = unsafe { (object_mut(list)?, out(stored)?) };
        let item = list.0.get_mut(index).and_then(Option::take);
        let item =
            item.ok_or(Failure::Argument("the list must have a profile at this index, not taken yet"))?;
        stored.give(cbp_stored_profile(item?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees a list with the profiles that were not taken. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profiles_free(list: *mut cbp_stored_profiles) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(list) }
}

/// Frees a stored profile, with its profile. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_stored_profile_free(stored: *mut cbp_stored_profile) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(stored) }
}
