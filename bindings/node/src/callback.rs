//! Callbacks as JavaScript gets them, made in buffers that the calls of a thread reuse.

use std::cell::RefCell;

use callback_profile::{CallbackBuffer, CallbackOptions, Method, Profile};
use napi::bindgen_prelude::{Either, External, Utf16String};
use napi::{Env, JsString};
use napi_derive::napi;

use crate::failure::{Failed, Failure, Outcome};
use crate::input::{Text, owned};
use crate::members;
use crate::options::{RenderSettings, SealSettings};
use crate::shared::Shared;

/// A buffer that grew larger is freed, so that one large callback does not keep its memory.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
    static RECORD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// An outgoing request; header names and values alternate.
#[napi(object, object_from_js = false)]
#[derive(Clone)]
pub struct Callback {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<String>,
    pub body: Option<String>,
    pub missing: Vec<String>,
}

/// A profile and its last callback, without the body. Not a class with methods: Node-API takes a noticeable part of the
/// time of a callback to find the Rust value behind an instance of a class.
pub struct Callbacks {
    profile: Shared,
    last: RefCell<Option<Callback>>,
}

/// The body alone if it is all that differs from the last callback, else the whole callback.
type Made<'env> = Either<JsString<'env>, Callback>;

/// Makes a callback.
#[napi(catch_unwind, ts_return_type = "Outcome<string | Callback>")]
pub fn callback<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "ExternalObject<unknown>")] profile: &External<Callbacks>,
    record: Text,
    settings: Option<RenderSettings>,
    sealing: Option<SealSettings>,
) -> napi::Result<Outcome<Made<'env>>> {
    profile.make(env, &owned(record), settings.as_ref(), sealing.as_ref())
}

/// Makes a callback of a record that is the first `count` members of an object: see `lib/members.cjs`.
#[napi(catch_unwind, ts_return_type = "Outcome<string | Callback>")]
pub fn callback_of_members<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "ExternalObject<unknown>")] profile: &External<Callbacks>,
    text: Utf16String,
    lengths: &[i32],
    count: u32,
    settings: Option<RenderSettings>,
    sealing: Option<SealSettings>,
) -> napi::Result<Outcome<Made<'env>>> {
    let made = with_record(&profile.profile, &text, lengths, count, |record| {
        profile.make(env, record, settings.as_ref(), sealing.as_ref())
    });
    made.unwrap_or_else(|| Ok(Either::B(Failed { failure: Failure::internal() })))
}

/// Makes the body alone of a callback that has one, of a record as above.
#[napi(catch_unwind, ts_return_type = "Outcome<string>")]
pub fn body_of_members<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "ExternalObject<unknown>")] profile: &External<Callbacks>,
    text: Utf16String,
    lengths: &[i32],
    count: u32,
    settings: Option<RenderSettings>,
    sealing: Option<SealSettings>,
) -> napi::Result<Outcome<JsString<'env>>> {
    let profile = &profile.profile;
    let made = with_record(profile, &text, lengths, count, |record| {
        with_callback(profile, record, settings.as_ref(), sealing.as_ref(), |_, _, body| {
            body.map(|body| string(env, body))
        })
    });
    match made.unwrap_or_else(|| Err(Failure::internal())) {
        Ok(Some(body)) => Ok(Either::A(body?)),
        Ok(None) => Ok(Either::B(Failed { failure: Failure::internal() })),
        Err(failure) => Ok(Either::B(Failed { failure })),
    }
}

/// What `work` makes of the JSON text of an object's members; `None` if the lengths do not add up to the text.
fn with_record<T>(
    profile: &Profile,
    text: &[u16],
    lengths: &[i32],
    count: u32,
    work: impl FnOnce(&[u8]) -> T,
) -> Option<T> {
    RECORD.with_borrow_mut(|record| {
        record.clear();
        members::push_object(record, text, lengths, count, profile.options().limits.record_bytes)?;
        let made = work(record);
        if record.len() > KEPT_BYTES {
            *record = Vec::new();
        }
        Some(made)
    })
}

impl Callbacks {
    pub(crate) fn of(profile: Shared) -> Callbacks {
        Callbacks { profile, last: RefCell::new(None) }
    }

    /// Makes a callback. Returns the body alone if URL, headers and missing names are those of the last callback:
    /// creating their JavaScript objects again takes a large part of the time of a callback.
    fn make<'env>(
        &self,
        env: &'env Env,
        record: &[u8],
        settings: Option<&RenderSettings>,
        sealing: Option<&SealSettings>,
    ) -> napi::Result<Outcome<Made<'env>>> {
        let mut last = self.last.borrow_mut();
        let made = with_callback(&self.profile, record, settings, sealing, |method, made, body| {
            match (last.as_ref(), body) {
                (Some(last), Some(body)) if has_head(made, last) => string(env, body).map(Either::A),
                (_, body) => {
                    let head = head(method, made);
                    *last = Some(head.clone());
                    Ok(Either::B(Callback { body: body.map(str::to_owned), ..head }))
                }
            }
        });
        match made {
            Ok(made) => Ok(Either::A(made?)),
            Err(failure) => Ok(Either::B(Failed { failure })),
        }
    }
}

/// Makes a callback that does not depend on the last one.
pub(crate) fn single(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    sealing: Option<&SealSettings>,
) -> Result<Callback, Failure> {
    with_callback(profile, record, settings, sealing, |method, made, body| Callback {
        body: body.map(str::to_owned),
        ..head(method, made)
    })
}

/// The body of a callback that has one.
pub(crate) fn single_body(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    sealing: Option<&SealSettings>,
) -> Result<String, Failure> {
    with_callback(profile, record, settings, sealing, |_, _, body| body.map(str::to_owned))?
        .ok_or_else(Failure::internal)
}

/// The body of a callback that has one, which is made in the buffer of the caller.
pub(crate) fn body_of(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    sealing: Option<&SealSettings>,
    buffer: &mut CallbackBuffer,
) -> Result<String, Failure> {
    make_in(buffer, profile, record, settings, sealing)?;
    buffer.body().map(str::to_owned).ok_or_else(Failure::internal)
}

fn make_in(
    buffer: &mut CallbackBuffer,
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    sealing: Option<&SealSettings>,
) -> Result<(), Failure> {
    let random = sealing.map(SealSettings::random).transpose()?;
    let mut options =
        settings.map_or_else(|| Ok(CallbackOptions::default()), RenderSettings::for_callback)?;
    if let (Some(sealing), Some(random)) = (sealing, &random) {
        sealing.apply(&mut options, random);
    }
    Ok(profile.callback_into(record, &options, buffer)?)
}

fn with_callback<T>(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    sealing: Option<&SealSettings>,
    read: impl FnOnce(Method, &CallbackBuffer, Option<&str>) -> T,
) -> Result<T, Failure> {
    BUFFER.with_borrow_mut(|buffer| {
        let mut is_kept = false;
        let made = make_in(buffer, profile, record, settings, sealing);
        let result = made.and_then(|()| {
            let method = buffer.method().ok_or_else(Failure::internal)?;
            let body = buffer.body();
            is_kept = record.len().max(body.map_or(0, str::len)) <= KEPT_BYTES;
            Ok(read(method, buffer, body))
        });
        if !is_kept {
            *buffer = CallbackBuffer::default();
        }
        result
    })
}

/// ASCII goes in as Latin-1, which V8 copies without decoding.
pub(crate) fn string<'env>(env: &'env Env, text: &str) -> napi::Result<JsString<'env>> {
    if text.is_ascii() { env.create_string_latin1(text) } else { env.create_string(text) }
}

/// Everything but the body.
fn head(method: Method, made: &CallbackBuffer) -> Callback {
    Callback {
        method: method.name(),
        url: made.url().to_owned(),
        headers: made.headers().flat_map(|(name, value)| [name.to_owned(), value.to_owned()]).collect(),
        body: None,
        missing: made.missing().to_vec(),
    }
}

/// Whether everything but the body is as in `head`. The method is the profile's.
fn has_head(made: &CallbackBuffer, head: &Callback) -> bool {
    made.url() == head.url
        && made.headers().flat_map(|(name, value)| [name, value]).eq(&head.headers)
        && made.missing() == head.missing
}
