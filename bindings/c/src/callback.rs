//! Messages and callbacks: what is sent.

use std::ffi::c_char;
use std::sync::OnceLock;

use cbp::{CallbackBuffer, Destination, Message, MessageOptions, Record, RecordOptions};
use zeroize::Zeroize;

use crate::bytes::cbp_bytes;
use crate::call_options::cbp_call_options;
use crate::convert::{bytes, object, object_mut, out};
use crate::error::{cbp_error, cbp_status};
use crate::failure::Failure;
use crate::guard;
use crate::overlap::Span;
use crate::profile::{cbp_profile, method_number};
use crate::text::cbp_str;

/// A rendered message. The caller frees it with cbp_message_free(). It never changes, so threads may share it.
pub struct cbp_message(Message);

/// Renders the chatbot's answer: the response message with its replacers filled; empty if the profile has none.
///
/// `record` is a JSON object with the values of the replacers, within the limits of the profile. `options` may be NULL. Errors:
/// CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, CBP_ERROR_MISSING_VALUE, CBP_ERROR_OUTPUT_TOO_LARGE.
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
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
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
        let mut reading = RecordOptions::from(profile.0.options().limits);
        reading.surrogates = options.surrogates;
        let record = Record::parse_with(record, &reading)?;
        message.give(cbp_message(profile.0.message_with(&record, &settings)?));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The text of the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_text(message: *const cbp_message) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(message, cbp_str::NONE, |message| Some(cbp_str::of(&message.0.text))) }
}

/// The number of names that the record lacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_message_missing_count(message: *const cbp_message) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(message, 0, |message| Some(message.0.missing.len())) }
}

/// The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none.
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

/// An outgoing request, ready for any HTTP client. The caller frees it with cbp_callback_free(). Threads may share it while
/// none fills it again.
pub struct cbp_callback {
    pub(crate) buffer: CallbackBuffer,
    /// Found when it is first asked for, by whichever thread.
    pub(crate) destination: OnceLock<Option<Destination>>,
}

/// Builds the outgoing request of a record: method, URL, headers and body, its values encrypted as the profile says. The same
/// input gives the same bytes.
///
/// `record` is a JSON object with the values of the replacers, within the limits of the profile. `options` may be NULL. Errors:
/// CBP_ERROR_INVALID_JSON, CBP_ERROR_NOT_AN_OBJECT, those of the 300 family, CBP_ERROR_INVALID_BOUNDARY. A sealed profile needs
/// random bytes, time and id in `options`: CBP_ERROR_RANDOM_REQUIRED, CBP_ERROR_ISSUED_AT_REQUIRED, CBP_ERROR_ID_REQUIRED.
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
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, record, options, callback) = unsafe {
            (
                object(profile)?,
                bytes(record, record_len)?,
                cbp_call_options::or_default(options)?,
                out(callback)?,
            )
        };
        let mut buffer = CallbackBuffer::default();
        profile.0.callback_into(record, &options.to_callback(), &mut buffer)?;
        callback.give(cbp_callback::of(buffer));
        Ok(())
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// An empty callback, for cbp_profile_callback_into(). NULL only after a defect of the library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_new() -> *mut cbp_callback {
    guard::value(std::ptr::null_mut(), || {
        Box::into_raw(Box::new(cbp_callback::of(CallbackBuffer::default())))
    })
}

/// Like cbp_profile_callback(), into an object that is used again and again: after the first callbacks of a profile, a record
/// without escapes and missing values needs no allocation. Views of the former content of `callback` become invalid.
///
/// `record` must not lie in the memory of `callback`, that is, be a view of its URL, headers, body or missing names. Errors are
/// those of cbp_profile_callback(); after them `callback` is empty, so that nothing old or incomplete is sent by mistake. After a
/// wrong argument of this call itself, such as a NULL handle or such a record, it is unchanged.
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
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (profile, record, options, callback) = unsafe {
            (
                object(profile)?,
                bytes(record, record_len)?,
                cbp_call_options::or_default(options)?,
                object_mut(callback)?,
            )
        };
        if callback.holds(record) {
            return Err(Failure::Argument("the record must not lie in the callback that is filled"));
        }
        callback.forget_destination();
        Ok(profile.0.callback_into(record, &options.to_callback(), &mut callback.buffer)?)
    };
    // SAFETY: NULL or valid for a write, by the contract of the header.
    unsafe { guard::status(error, body) }
}

/// The HTTP method: a CBP_METHOD number; 0 if `callback` is NULL or empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_method(callback: *const cbp_callback) -> u32 {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| method_number(callback.buffer.method()?)) }
}

/// Whether its parameters are sealed: the profile's `enc` has version 2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_is_sealed(callback: *const cbp_callback) -> bool {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, false, |callback| Some(callback.buffer.is_sealed())) }
}

/// The URL. This view and those of headers and body are valid until `callback` is filled again or freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_url(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, cbp_str::NONE, |callback| Some(cbp_str::of(callback.buffer.url()))) }
}

/// The number of headers; the content-type of a body is one of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_count(callback: *const cbp_callback) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| Some(callback.buffer.header_count())) }
}

/// The name of the header at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_name(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.buffer.header(index).map(|(name, _)| cbp_str::of(name))
        })
    }
}

/// The value of the header at `index`, from 0; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_header_value(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.buffer.header(index).map(|(_, value)| cbp_str::of(value))
        })
    }
}

/// The body; its `data` is NULL for GET and DELETE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_body(callback: *const cbp_callback) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| callback.buffer.body_bytes().map(cbp_str::of_utf8))
    }
}

/// The number of names that the record lacks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_missing_count(callback: *const cbp_callback) -> usize {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe { guard::read(callback, 0, |callback| Some(callback.buffer.missing().len())) }
}

/// The name at `index`, from 0 and in the order of first use, that the record lacks; its `data` is NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_missing(callback: *const cbp_callback, index: usize) -> cbp_str {
    // SAFETY: NULL or live, by the contract of the header.
    unsafe {
        guard::read(callback, cbp_str::NONE, |callback| {
            callback.buffer.missing().get(index).map(|name| cbp_str::of(name))
        })
    }
}

/// The request as HTTP/1.1 text, with the `Host` and `Content-Length` that a client would add. The caller frees `*http`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cbp_callback_to_http(
    callback: *const cbp_callback,
    http: *mut *mut cbp_bytes,
    error: *mut *mut cbp_error,
) -> cbp_status {
    let body = || {
        // SAFETY: every pointer is NULL or valid for its use, by the contract of the header.
        let (callback, http) = unsafe { (object(callback)?, out(http)?) };
        http.give(cbp_bytes::of_text(callback.buffer.to_http()));
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

impl cbp_callback {
    pub(crate) fn of(buffer: CallbackBuffer) -> cbp_callback {
        cbp_callback { buffer, destination: OnceLock::new() }
    }

    /// Whether `input` shares a byte with anything that the callback shows, all of which is overwritten by the next one.
    fn holds(&self, input: &[u8]) -> bool {
        let input = Span::of(input);
        let headers = self.buffer.headers().flat_map(|(name, value)| [name, value]);
        let missing = self.buffer.missing().iter().map(String::as_str);
        let destination = self.destination.get().and_then(Option::as_ref);
        let parts =
            destination.into_iter().flat_map(|to| [&to.host, &to.authority, &to.target].map(String::as_str));
        let mut shown = [self.buffer.url()]
            .into_iter()
            .chain(self.buffer.body())
            .chain(headers)
            .chain(missing)
            .chain(parts);
        shown.any(|text| Span::of(text.as_bytes()).overlaps(input))
    }

    /// Overwrites the parts of the URL, which may hold values of the record.
    fn forget_destination(&mut self) {
        if let Some(Some(mut destination)) = self.destination.take() {
            destination.host.zeroize();
            destination.authority.zeroize();
            destination.target.zeroize();
        }
    }
}

impl Drop for cbp_callback {
    fn drop(&mut self) {
        self.forget_destination();
    }
}

impl Drop for cbp_message {
    fn drop(&mut self) {
        self.0.text.zeroize();
    }
}
