//! Messages and callbacks: what goes out, and opening what came in.

use std::ffi::{c_char, c_void};

use cbp::{CallbackBuffer, CallbackOptions, Message, MessageOptions, OpenOptions, Record};
use zeroize::Zeroize;

use crate::bytes::cbp_bytes;
use crate::convert::{bytes, object, object_mut, out};
use crate::error::{cbp_error, cbp_status};
use crate::guard;
use crate::options::cbp_call_options;
use crate::profile::{cbp_profile, method_number};
use crate::text::cbp_str;

/// A rendered message. It never changes: threads may share it.
pub struct cbp_message(Message);

/// The chatbot's answer: the response message with its replacers filled; empty if the profile has none.
///
/// `record` is a JSON object that the replacers look values up in, within the limits of the profile. `options` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_message(
    profile: *const cbp_profile,
    record: *const c_char,
    record_len: usize,
    options: *const cbp_call_options,
    message: *mut *mut cbp_message,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for what it stands for, by the contract of the header.
        let (profile, record, options, message) = unsafe {
            (
                object(profile)?,
                bytes(record, record_len)?,
                cbp_call_options::or_default(options)?,
                out(message)?,
            )
        };
        let mut settings = MessageOptions::default();
        (settings.missing, settings.pairs) = (options.missing, options.pairs);
        let record = Record::parse_with(record, &profile.0.options().limits.into())?;
        message.give(cbp_message(profile.0.message_with(&record, &settings)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_text(message: *const cbp_message) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(message, cbp_str::NONE, |message| Some(cbp_str::of(&message.0.text))) }
}

/// How many names the record lacked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_missing_count(message: *const cbp_message) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(message, 0, |message| Some(message.0.missing.len())) }
}

/// A name that the record lacked, in the order of their first use; its `data` is NULL beyond the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_missing(message: *const cbp_message, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(message, cbp_str::NONE, |message| {
            message.0.missing.get(index).map(|name| cbp_str::of(name))
        })
    }
}

/// Frees a message; its text is overwritten. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_free(message: *mut cbp_message) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(message) }
}

/// An outgoing request, ready for any HTTP client. Threads may share it while none fills it again.
pub struct cbp_callback(CallbackBuffer);

/// The outgoing request of a record: method, URL, headers, body, with the values encrypted if the profile says so. The same
/// input gives the same bytes.
///
/// `record` is a JSON object that the replacers look values up in, within the limits of the profile. `options` may be NULL.
/// Failures are CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, those of the 300 family, and CBP_ERROR_INVALID_BOUNDARY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_callback(
    profile: *const cbp_profile,
    record: *const c_char,
    record_len: usize,
    options: *const cbp_call_options,
    callback: *mut *mut cbp_callback,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for what it stands for, by the contract of the header.
        let (profile, record, options, callback) = unsafe {
            (
                object(profile)?,
                bytes(record, record_len)?,
                cbp_call_options::or_default(options)?,
                out(callback)?,
            )
        };
        let mut buffer = CallbackBuffer::default();
        profile.0.callback_into(record, &callback_options(options), &mut buffer)?;
        callback.give(cbp_callback(buffer));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// An empty callback, for cbp_profile_callback_into(). NULL only after a defect.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_new() -> *mut cbp_callback {
    guard::value(std::ptr::null_mut(), || Box::into_raw(Box::new(cbp_callback(CallbackBuffer::default()))))
}

/// Like cbp_profile_callback(), into an object that is used again and again: after the first callbacks of a profile, a record
/// without escapes and missing values costs no allocation. Views of its former content end with this call.
///
/// On failure `callback` is empty, so that nothing old or half-made is sent by mistake; only a NULL argument leaves it as
/// it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_profile_callback_into(
    profile: *const cbp_profile,
    record: *const c_char,
    record_len: usize,
    options: *const cbp_call_options,
    callback: *mut cbp_callback,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for what it stands for, by the contract of the header.
        let (profile, record, options, callback) = unsafe {
            (
                object(profile)?,
                bytes(record, record_len)?,
                cbp_call_options::or_default(options)?,
                object_mut(callback)?,
            )
        };
        Ok(profile.0.callback_into(record, &callback_options(options), &mut callback.0)?)
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The method: a CBP_METHOD number; 0 if `callback` is NULL or empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_method(callback: *const cbp_callback) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| method_number(callback.0.method()?)) }
}

/// The URL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_url(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of(callback.0.url()))) }
}

/// How many headers; a body's content-type is among them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_count(callback: *const cbp_callback) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| Some(callback.0.header_count())) }
}

/// The name of a header; its `data` is NULL beyond the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_name(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.0.header(index).map(|(name, _)| cbp_str::of(name))
        })
    }
}

/// The value of a header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_value(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.0.header(index).map(|(_, value)| cbp_str::of(value))
        })
    }
}

/// The body; its `data` is NULL for GET and DELETE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_body(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of_option(callback.0.body()))) }
}

/// How many names the record lacked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_missing_count(callback: *const cbp_callback) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| Some(callback.0.missing().len())) }
}

/// A name that the record lacked, in the order of their first use; its `data` is NULL beyond the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_missing(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.0.missing().get(index).map(|name| cbp_str::of(name))
        })
    }
}

/// The request as HTTP/1.1 text, with the `Host` and `Content-Length` that a client would add.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_http(
    callback: *const cbp_callback,
    http: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for what it stands for, by the contract of the header.
        let (callback, http) = unsafe { (object(callback)?, out(http)?) };
        http.give(cbp_bytes::of_text(callback.0.to_http()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// Frees a callback; its URL, headers and body are overwritten. NULL does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_free(callback: *mut cbp_callback) {
    // SAFETY: NULL or given back once, by the contract of the header.
    unsafe { guard::free(callback) }
}

/// Opens a received callback of this profile: the body of a POST or PUT; for a GET or DELETE the URL or its query. The result
/// is a compact JSON object of the parameters, decrypted.
///
/// **Under CFB a wrong key or a changed text is only noticed where the result is no UTF-8, and the fixed IV makes GCM
/// forgeable too**: treat what comes out as input from a stranger, and do not tell the sender why opening failed.
///
/// `options` may be NULL. Failures are those of the 400 and 500 families (cbp_error_parameter() says which parameter),
/// CBP_ERROR_INVALID_JSON and CBP_ERROR_NOT_AN_OBJECT.
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
        // SAFETY: every pointer is NULL or valid for what it stands for, by the contract of the header.
        let (profile, received, options, json) = unsafe {
            (
                object(profile)?,
                bytes(received, received_len)?,
                cbp_call_options::or_default(options)?,
                out(json)?,
            )
        };
        let mut settings = OpenOptions::default();
        settings.content_type = options.content_type.as_deref();
        json.give(cbp_bytes::of_text(profile.0.open_with(received, &settings)?.into_json()));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

fn callback_options(options: &cbp_call_options) -> CallbackOptions<'_> {
    let mut settings = CallbackOptions::default();
    (settings.missing, settings.boundary) = (options.missing, options.boundary.as_deref());
    settings
}

impl Drop for cbp_message {
    fn drop(&mut self) {
        self.0.text.zeroize();
    }
}
