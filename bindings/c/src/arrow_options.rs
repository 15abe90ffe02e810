//! Settings of calls on whole columns.

use std::num::NonZeroUsize;

use crate::call_options::cbp_call_options;
use crate::convert::object_mut;
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::text::{cbp_str, texts};

/// Sets the columns that cbp_profile_open_arrow() gives in place of `opened`: each name is a parameter, or what a JSON Pointer
/// leads to if it begins with `/`. (NULL, 0) restores the default: all parameters as JSON, in one column.
///
/// Error: CBP_ERROR_INVALID_ARGUMENT if a name is repeated, `error`, `parameter`, or has a zero character.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_columns(
    options: *mut cbp_call_options,
    names: *const cbp_str,
    name_count: usize,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or readable, and NULL or live and not shared, by the contract of the header.
        let (options, names) = unsafe { (object_mut(options)?, texts(names, name_count)?) };
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        callback_profile_arrow::open::check_columns(&names)?;
        options.arrow.columns = (!names.is_empty()).then_some(names);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets how many threads work on a column, at most 256. 0 restores the default: one for each processor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_threads(
    options: *mut cbp_call_options,
    threads: u32,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        let threads = usize::try_from(threads).map_err(|_| Failure::Argument("threads must be fewer"))?;
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.arrow.threads = NonZeroUsize::new(threads);
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Sets whether a column is read to its end although its first 1,000 rows that are not null all fail. Default false.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_call_options_set_keep_going(
    options: *mut cbp_call_options,
    keep_going: bool,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: NULL or live and not shared, by the contract of the header.
        unsafe { object_mut(options) }?.arrow.keep_going = keep_going;
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}
