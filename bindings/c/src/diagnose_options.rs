//! Diagnose options: what is known beside the profile and the texts that do not open.

use std::ffi::{c_char, c_void};

use cbp::Profile;
use cbp::diagnosis::DiagnoseOptions;
use zeroize::Zeroizing;

use crate::convert::{array, bytes, object, object_mut, optional_text, text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::profile::cbp_profile;
use crate::sealed_settings::KeptExpected;
use crate::text::cbp_str;

/// What is known beside the profile and the texts. It keeps copies of everything that is set, the profiles of
/// cbp_diagnose_options_set_also() included, so the caller may free the originals at once. The caller frees it with
/// cbp_diagnose_options_free(), which overwrites expected values and body. Threads may share it while none sets anything.
#[derive(Default)]
pub struct cbp_diagnose_options {
    expected: Vec<Zeroizing<String>>,
    also: Vec<Profile>,
    parameter: Option<String>,
    body: Option<Zeroizing<Vec<u8>>>,
    content_type: Option<String>,
    /// What is expected of a sealed callback.
    pub(crate) sealed: Option<KeptExpected>,
    show: bool,
}

/// New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
/// defect of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_new() -> *mut cbp_diagnose_options {
    guard::value(std::ptr::null_mut(), || Box::into_raw(Box::default()))
}

/// Sets the values that the texts should have: of several texts in their order, of one text any of them. Under CFB a
/// cause is proved by them alone. (NULL, 0) restores the default: nothing is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_expected(
    options: *mut cbp_diagnose_options,
    values: *const cbp_str,
    value_count: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, values) = unsafe { (object_mut(options)?, array(values, value_count)?) };
        let copy = |value: &cbp_str| {
            // SAFETY: each value is NULL or readable, by the contract of the header.
            let value = unsafe { text(value.data, value.len) }?;
            Ok(Zeroizing::new(value.to_owned()))
        };
        options.expected = values.iter().map(copy).collect::<Result<_, Failure>>()?;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets further profiles whose key may have been used, such as one with an older key. They are copied, and at most 64 are
/// tried. (NULL, 0) restores the default: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_also(
    options: *mut cbp_diagnose_options,
    profiles: *const *const cbp_profile,
    profile_count: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, profiles) = unsafe { (object_mut(options)?, array(profiles, profile_count)?) };
        // SAFETY: each profile is NULL or live, by the contract of the header.
        let copy = |profile: &*const cbp_profile| Ok(unsafe { object(*profile) }?.0.clone());
        options.also = profiles.iter().map(copy).collect::<Result<_, Failure>>()?;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the name of the texts' parameter. NULL restores the default: unknown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_parameter(
    options: *mut cbp_diagnose_options,
    parameter: *const c_char,
    parameter_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, text) = unsafe { (object_mut(options)?, optional_text(parameter, parameter_len)?) };
        options.parameter = text.map(str::to_owned);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets a whole callback as it was received, which is diagnosed instead of texts: the body of a POST or PUT, or the URL or
/// query of a GET or DELETE. NULL restores the default: texts are diagnosed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_body(
    options: *mut cbp_diagnose_options,
    received: *const c_void,
    received_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, copy) = unsafe { (object_mut(options)?, bytes(received, received_len)?) };
        options.body = (!received.is_null()).then(|| Zeroizing::new(copy.to_vec()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the content type that came with the body. NULL restores the default: unknown.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_content_type(
    options: *mut cbp_diagnose_options,
    content_type: *const c_char,
    content_type_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, text) =
            unsafe { (object_mut(options)?, optional_text(content_type, content_type_len)?) };
        options.content_type = text.map(str::to_owned);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether a proved value is shown. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_set_show(
    options: *mut cbp_diagnose_options,
    show: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.show = show;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Overwrites expected values and body, and frees settings. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_diagnose_options_free(options: *mut cbp_diagnose_options) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(options) }
}

impl cbp_diagnose_options {
    /// Calls `body` with these settings as the core takes them.
    pub(crate) fn with<R>(&self, body: impl FnOnce(&DiagnoseOptions<'_>) -> R) -> R {
        let expected: Vec<&str> = self.expected.iter().map(|value| value.as_str()).collect();
        let also: Vec<&Profile> = self.also.iter().collect();
        let mut options = DiagnoseOptions::default();
        options.expected = &expected;
        options.also = &also;
        options.parameter = self.parameter.as_deref();
        options.body = self.body.as_ref().map(|received| received.as_slice());
        options.content_type = self.content_type.as_deref();
        options.sealed = self.sealed.as_ref().map(KeptExpected::as_expected);
        options.show = self.show;
        body(&options)
    }
}
