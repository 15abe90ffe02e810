//! Objects of the C ABI in slots, texts out of an input, and what holds of every call.

use std::ffi::{c_char, c_void};
use std::marker::PhantomData;
use std::ptr::{from_mut, null, null_mut};

use callback_profile_c_abi::bytes::*;
use callback_profile_c_abi::callback::*;
use callback_profile_c_abi::destination::*;
use callback_profile_c_abi::details::*;
use callback_profile_c_abi::error::*;
use callback_profile_c_abi::text::*;

/// Objects of one type; NULL where there is none.
pub(super) struct Slots<T> {
    pub(super) slots: [*mut T; 3],
    free: unsafe extern "C" fn(*mut T),
}

impl<T> Slots<T> {
    pub(super) fn new(free: unsafe extern "C" fn(*mut T)) -> Slots<T> {
        Slots { slots: [null_mut(); 3], free }
    }

    /// One of the objects, or NULL.
    pub(super) fn get(&self, choice: u8) -> *mut T {
        self.slots.get(usize::from(choice % 4)).copied().unwrap_or(null_mut())
    }

    /// Keeps a new object instead of an old one.
    pub(super) fn put(&mut self, choice: u8, object: *mut T) {
        let slot = &mut self.slots[usize::from(choice % 3)];
        // SAFETY: the object in the slot is live and nobody else's.
        unsafe { (self.free)(*slot) };
        *slot = object;
    }
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        for object in self.slots {
            // SAFETY: as in `put`.
            unsafe { (self.free)(object) };
        }
    }
}

/// What is left of the input.
pub(super) struct Input<'d>(pub(super) &'d [u8]);

impl<'d> Input<'d> {
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A text of up to 255 bytes, or a stock one, or NULL with a length.
    pub(super) fn text(&mut self) -> Text<'d> {
        match self.byte() {
            None | Some(255) => Text(null(), 7, PhantomData),
            Some(254) => Text(null(), 0, PhantomData),
            Some(253) => Text(b"x".as_ptr(), usize::MAX, PhantomData),
            Some(choice @ 240..=252) => Text::of(STOCK[usize::from(choice - 240) % STOCK.len()]),
            Some(len) => {
                let (piece, rest) = self.0.split_at(usize::from(len).min(self.0.len()));
                self.0 = rest;
                Text::of(piece)
            }
        }
    }
}

/// A pointer and a length, as C would pass them.
#[derive(Clone, Copy)]
pub(super) struct Text<'d>(*const u8, pub(super) usize, PhantomData<&'d [u8]>);

impl<'d> Text<'d> {
    fn of(bytes: &'d [u8]) -> Text<'d> {
        Text(bytes.as_ptr(), bytes.len(), PhantomData)
    }

    pub(super) fn chars(&self) -> *const c_char {
        self.0.cast()
    }

    pub(super) fn bytes(&self) -> *const c_void {
        self.0.cast()
    }
}

const STOCK: [&[u8]; 13] = [
    br#"{"title":"abi","http_method":"POST","url":"https://example.com/","body":{"to":"<to>"},"response_message":"Hi {\"a\": \"b\"}","headers":{"a":"<b>"},"enc":{"algo":"AES-128-GCM","key":"K1abcdefghijkl2P","IV":"POabcdefghijklLY"}}"#,
    br#"{"title":"abi","http_method":"GET","url":"https://example.com/?to=<to>","channel":"sms","events":["SMS-sent"]}"#,
    br#"{"to":"John","b":"Jane"}"#,
    br#"{"to":"Y6rpazJmRslMExC1cCu3+DXVWA4="}"#,
    b"K1abcdefghijkl2P",
    b"POabcdefghijklLY",
    b"Y6rpazJmRslMExC1cCu3+DXVWA4=",
    br#"{"code":"RBC024","message":"m","data":{},"error":{},"status":200}"#,
    b"application/json",
    br#"{"title":"abi","http_method":"POST","url":"https://example.com/","body":{"to":"<to>"},"enc":{"version":2,"kid":"msg_1","key":"cbk2_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}}"#,
    b"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    b"msg_1",
    b"https://example.com/",
];

/// Reads every byte of a view, so that the sanitizer sees them.
pub(super) fn read(view: cbp_str) {
    if !view.data.is_null() {
        // SAFETY: the library says that the view is readable, which is what is tested.
        let bytes = unsafe { std::slice::from_raw_parts(view.data.cast::<u8>(), view.len) };
        std::str::from_utf8(bytes).expect("views are UTF-8");
    }
}

/// Reads every byte of a result, which need not be text.
pub(super) fn read_bytes(bytes: *const cbp_bytes) {
    // SAFETY: the object is live or NULL, and the library says that so many bytes are readable.
    unsafe {
        let (data, len) = (cbp_bytes_data(bytes).cast::<u8>(), cbp_bytes_len(bytes));
        if !data.is_null() {
            let bytes = std::slice::from_raw_parts(data, len + 1);
            assert_eq!(bytes.last(), Some(&0), "a zero byte follows");
        }
    }
}

/// Runs a call whose result is an object, and keeps the object.
pub(super) fn made<T>(
    slots: &mut Slots<T>,
    errors: &mut Slots<cbp_error>,
    choice: u8,
    call: impl FnOnce(*mut *mut T, *mut *mut cbp_error) -> u32,
) {
    let mut object = null_mut();
    let without_place = choice % 16 == 15;
    let place = if without_place { null_mut() } else { from_mut(&mut object) };
    let ok = finished(errors, choice, |error| call(place, error));
    assert_eq!(ok, !object.is_null());
    if !object.is_null() {
        slots.put(choice, object);
    }
}

/// Runs a call that can fail, keeps its error, and says whether it succeeded.
pub(super) fn finished(
    errors: &mut Slots<cbp_error>,
    choice: u8,
    call: impl FnOnce(*mut *mut cbp_error) -> u32,
) -> bool {
    let mut error = null_mut();
    let wants_error = choice % 8 != 7;
    let status = call(if wants_error { from_mut(&mut error) } else { null_mut() });
    assert_eq!(wants_error && status != CBP_OK, !error.is_null());
    assert_ne!(status, 999, "a defect");
    if !error.is_null() {
        // SAFETY: the error is live.
        unsafe {
            assert_eq!(cbp_error_code(error), status);
            assert!(!cbp_error_class(error).data.is_null());
            for view in [
                cbp_error_name(error),
                cbp_error_class(error),
                cbp_error_message(error),
                cbp_error_pointer(error),
                cbp_error_parameter(error),
                cbp_status_text(status),
            ] {
                read(view);
            }
            for index in 0..=cbp_error_violation_count(error) {
                read(cbp_error_violation_message(error, index));
                read(cbp_error_violation_pointer(error, index));
                read(cbp_error_violation_keyword(error, index));
                read(cbp_error_violation_params(error, index));
            }
            for index in 0..=cbp_error_parameter_count(error) {
                read(cbp_error_parameter_at(error, index));
            }
            read(cbp_error_missing(error, 0));
        }
        errors.put(choice, error);
    }
    status == CBP_OK
}

/// A text that lies in a callback: its URL or a part of that, its body, a name or value of a header, or a name that the record lacked.
///
/// # Safety
/// `callback` is live or NULL.
pub(super) unsafe fn own_text(callback: *const cbp_callback, choice: u32) -> cbp_str {
    // SAFETY: live or NULL, says the caller.
    unsafe {
        match choice % 7 {
            0 => cbp_callback_url(callback),
            1 => cbp_callback_body(callback),
            2 => cbp_callback_header_name(callback, 0),
            3 => cbp_callback_header_value(callback, 0),
            4 => cbp_callback_host(callback),
            5 => cbp_callback_target(callback),
            _ => cbp_callback_missing(callback, 0),
        }
    }
}
