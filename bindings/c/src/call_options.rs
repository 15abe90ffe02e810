//! Call options: how one message or callback is made, and what opening accepts.

use std::ffi::c_char;
use std::num::NonZeroUsize;

use cbp::{CallbackOptions, Missing, OpenOptions, Parameters, Surrogates};

use crate::convert::{object, object_mut, optional_text};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::options::value_of;
use crate::sealed_settings::{KeptExpected, SealedSettings};
use crate::text::{cbp_str, texts};

/// A value that the record lacks becomes the empty string. The default.
pub const CBP_MISSING_EMPTY: u32 = 0;
/// A value that the record lacks leaves the replacer as it is written in the profile.
pub const CBP_MISSING_KEEP: u32 = 1;
/// A value that the record lacks is CBP_ERROR_MISSING_VALUE, with the names of all of them.
pub const CBP_MISSING_ERROR: u32 = 2;
/// A value that the record lacks becomes JSON null where a string of a JSON body is one whole `<name>`, even if it is
/// encrypted; elsewhere the empty string. The receiver must allow it: cbp_call_options_set_absent().
pub const CBP_MISSING_NULL: u32 = 3;

/// A lone surrogate (half of an emoji) anywhere in a record is CBP_ERROR_INVALID_JSON. The default.
pub const CBP_SURROGATES_REFUSE: u32 = 0;
/// A lone surrogate in a record is read as U+FFFD, the replacement character.
pub const CBP_SURROGATES_REPLACE: u32 = 1;

/// The settings of one message, callback or opening. The caller frees it with cbp_call_options_free(). Threads may share it
/// while none sets anything.
pub struct cbp_call_options {
    pub(crate) missing: Missing,
    pub(crate) surrogates: Surrogates,
    pub(crate) pairs: bool,
    boundary: Option<String>,
    content_type: Option<String>,
    structures: Names,
    absent: Names,
    /// Whether a body opens without the parameters that do not.
    pub(crate) partial: bool,
    /// What holds for whole columns.
    pub(crate) arrow: ArrowSettings,
    /// What a sealed callback is made with.
    pub(crate) sealed: SealedSettings,
    /// What is expected of a sealed callback that is opened.
    pub(crate) expected: Option<KeptExpected>,
}

/// The settings of calls on columns: see `arrow_options`.
pub(crate) struct ArrowSettings {
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) threads: Option<NonZeroUsize>,
    pub(crate) keep_going: bool,
}

/// Some of a profile's parameters.
enum Names {
    All,
    These(Vec<String>),
}

/// New settings, all at their defaults. A function that takes NULL for settings uses the same defaults. NULL only after a
/// defect of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_new() -> *mut cbp_call_options {
    guard::value(std::ptr::null_mut(), || Box::into_raw(Box::new(cbp_call_options::new())))
}

/// Sets what replaces a value that the record lacks, in a message or callback: a CBP_MISSING number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_missing(
    options: *mut cbp_call_options,
    missing: u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let expected = Failure::Argument("missing must be a CBP_MISSING number");
        let missing = value_of(&MISSING, missing).ok_or(expected)?;
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.missing = missing;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets what becomes of lone surrogates in the record of a message or callback: a CBP_SURROGATES number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_surrogates(
    options: *mut cbp_call_options,
    surrogates: u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let expected = Failure::Argument("surrogates must be a CBP_SURROGATES number");
        let surrogates = value_of(&SURROGATES, surrogates).ok_or(expected)?;
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.surrogates = surrogates;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether a pair in a message stays a pair: `{"name": "John"}` instead of `John`. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_pairs(
    options: *mut cbp_call_options,
    pairs: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.pairs = pairs;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the boundary of a multipart callback: 1 to 70 characters of RFC 2046. NULL restores the default: the boundary in the
/// profile's content-type header, or one derived from the content.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_boundary(
    options: *mut cbp_call_options,
    boundary: *const c_char,
    boundary_len: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, text) = unsafe { (object_mut(options)?, optional_text(boundary, boundary_len)?) };
        options.boundary = text.map(str::to_owned);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets the content type that came with a received body, with its parameters: it must be of the profile's kind, and gives the
/// boundary of a multipart body. NULL restores the default: the profile's own, and the boundary of the body's first line.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_content_type(
    options: *mut cbp_call_options,
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

/// Sets where cbp_profile_open() takes an object or array of encrypted strings for a string that is one whole `<name>`: the
/// parameters of these names, with everything below them; dots reach nested members. (NULL, 0) restores the default: nowhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_structures(
    options: *mut cbp_call_options,
    names: *const cbp_str,
    name_count: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, names) = unsafe { (object_mut(options)?, texts(names, name_count)?) };
        options.structures = Names::These(owned(names));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Takes objects and arrays of encrypted strings for every whole `<name>`: see cbp_call_options_set_structures().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_allow_all_structures(
    options: *mut cbp_call_options,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.structures = Names::All;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets which encrypted names may be absent for cbp_profile_open(), or null as CBP_MISSING_NULL writes it: the parameters of
/// these names, with everything below them; dots reach nested members. (NULL, 0) restores the default: none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_absent(
    options: *mut cbp_call_options,
    names: *const cbp_str,
    name_count: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, names) = unsafe { (object_mut(options)?, texts(names, name_count)?) };
        options.absent = Names::These(owned(names));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Lets every encrypted name be absent or null: see cbp_call_options_set_absent().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_allow_all_absent(
    options: *mut cbp_call_options,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.absent = Names::All;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether cbp_profile_open_details() opens a body without the parameters that do not open: they are in
/// cbp_opened_failed(), each with its reason, and not in the JSON. Default false. The rest is no more authentic than that of a
/// whole body. As many failures as an error may list (CBP_LIMIT_VIOLATIONS) are an error. A sealed callback opens as a whole or
/// not at all. cbp_profile_open() and the calls on columns could not tell what failed: they refuse the setting with
/// CBP_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_partial(
    options: *mut cbp_call_options,
    partial: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.partial = partial;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees settings. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_free(options: *mut cbp_call_options) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(options) }
}

impl cbp_call_options {
    const fn new() -> cbp_call_options {
        cbp_call_options {
            missing: Missing::Empty,
            surrogates: Surrogates::Refuse,
            pairs: false,
            boundary: None,
            content_type: None,
            structures: Names::These(Vec::new()),
            absent: Names::These(Vec::new()),
            partial: false,
            arrow: ArrowSettings { columns: None, threads: None, keep_going: false },
            sealed: SealedSettings::new(),
            expected: None,
        }
    }

    /// The settings of a call, or the defaults for NULL.
    ///
    /// # Safety
    /// `options` is NULL or live.
    pub(crate) unsafe fn or_default<'a>(
        options: *const cbp_call_options,
    ) -> Result<&'a cbp_call_options, Failure> {
        if options.is_null() {
            static DEFAULT: cbp_call_options = cbp_call_options::new();
            return Ok(&DEFAULT);
        }
        // SAFETY: the caller's promise is the same.
        unsafe { object(options) }
    }

    /// The settings of a callback.
    pub(crate) fn to_callback(&self) -> CallbackOptions<'_> {
        let mut settings = CallbackOptions::default();
        settings.missing = self.missing;
        settings.surrogates = self.surrogates;
        settings.boundary = self.boundary.as_deref();
        self.sealed.put(&mut settings);
        settings
    }

    /// The settings of opening.
    pub(crate) fn to_open(&self) -> OpenOptions<'_> {
        let mut settings = OpenOptions::default();
        settings.content_type = self.content_type.as_deref();
        settings.structures = self.structures.parameters();
        settings.absent = self.absent.parameters();
        settings.partial = self.partial;
        settings.expected = self.expected.as_ref().map(KeptExpected::as_expected);
        settings
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

impl Names {
    fn parameters(&self) -> Parameters<'_> {
        match self {
            Names::All => Parameters::All,
            Names::These(names) => Parameters::Names(names),
        }
    }
}

const MISSING: [(u32, Missing); 4] = [
    (CBP_MISSING_EMPTY, Missing::Empty),
    (CBP_MISSING_KEEP, Missing::Keep),
    (CBP_MISSING_ERROR, Missing::Error),
    (CBP_MISSING_NULL, Missing::Null),
];

const SURROGATES: [(u32, Surrogates); 2] =
    [(CBP_SURROGATES_REFUSE, Surrogates::Refuse), (CBP_SURROGATES_REPLACE, Surrogates::Replace)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::number_of;

    #[test]
    fn every_value_of_the_core_has_a_number() {
        assert!(Missing::ALL.iter().all(|value| number_of(&MISSING, *value).is_some()));
        assert!(Surrogates::ALL.iter().all(|value| number_of(&SURROGATES, *value).is_some()));
    }
}
