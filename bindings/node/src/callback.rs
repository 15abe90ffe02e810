//! Callbacks as JavaScript gets them, made in memory that the calls of a thread use again.

use std::cell::RefCell;

use callback_profile::{CallbackBuffer, CallbackOptions, ErrorCode, Profile};
use napi::bindgen_prelude::{Either, External, Utf16String};
use napi::{Env, JsString};
use napi_derive::napi;

use crate::failure::{Failed, Failure, Outcome};
use crate::input::{Text, owned};
use crate::members;
use crate::options::missing;
use crate::profile::RenderSettings;
use crate::stored::Shared;

/// Larger memory is given back, so that one large callback does not stay for ever.
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

/// A profile and its last callback, without the body. Not an object with methods: finding what is behind one takes napi
/// a tenth of the time of a callback.
pub struct Callbacks {
    profile: Shared,
    last: RefCell<Option<Callback>>,
}

/// The body of a callback that is as the last one in all else, or everything.
type Made<'env> = Either<JsString<'env>, Callback>;

/// Makes a callback.
#[napi(catch_unwind, ts_return_type = "Outcome<string | Callback>")]
pub fn callback<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "ExternalObject<unknown>")] profile: &External<Callbacks>,
    record: Text,
    settings: Option<RenderSettings>,
) -> napi::Result<Outcome<Made<'env>>> {
    profile.make(env, &owned(record), settings.as_ref())
}

/// Makes a callback of a record that came as the first `count` members of an object: see `lib/members.cjs`.
#[napi(catch_unwind, ts_return_type = "Outcome<string | Callback>")]
pub fn callback_of_members<'env>(
    env: &'env Env,
    #[napi(ts_arg_type = "ExternalObject<unknown>")] profile: &External<Callbacks>,
    text: Utf16String,
    lengths: &[i32],
    count: u32,
    settings: Option<RenderSettings>,
) -> napi::Result<Outcome<Made<'env>>> {
    RECORD.with_borrow_mut(|record| {
        record.clear();
        let limit = profile.profile.options().limits.record_bytes;
        if members::push_object(record, &text, lengths, count, limit).is_none() {
            return Ok(Either::B(Failed { failure: Failure::of_code(ErrorCode::Internal) }));
        }
        let made = profile.make(env, record, settings.as_ref());
        if record.len() > KEPT_BYTES {
            *record = Vec::new();
        }
        made
    })
}

impl Callbacks {
    pub(crate) fn of(profile: Shared) -> Callbacks {
        Callbacks { profile, last: RefCell::new(None) }
    }

    /// Makes a callback; if nothing but the body is other than in the last one, gives the body alone. Making the objects
    /// of the rest would take as long as the callback itself.
    fn make<'env>(
        &self,
        env: &'env Env,
        record: &[u8],
        settings: Option<&RenderSettings>,
    ) -> napi::Result<Outcome<Made<'env>>> {
        let mut last = self.last.borrow_mut();
        let made = with_callback(&self.profile, record, settings, |made, body| match (last.as_ref(), body) {
            (Some(last), Some(body)) if has_head(made, last) => string(env, body).map(Either::A),
            (_, body) => {
                let head = head(made);
                *last = Some(head.clone());
                Ok(Either::B(Callback { body: body.map(str::to_owned), ..head }))
            }
        });
        match made {
            Ok(made) => Ok(Either::A(made?)),
            Err(failure) => Ok(Either::B(Failed { failure })),
        }
    }
}

/// Makes a callback with nothing in common with others.
pub(crate) fn single(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
) -> Result<Callback, Failure> {
    with_callback(profile, record, settings, |made, body| Callback {
        body: body.map(str::to_owned),
        ..head(made)
    })
}

fn with_callback<T>(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    read: impl FnOnce(&CallbackBuffer, Option<&str>) -> T,
) -> Result<T, Failure> {
    let mut options = CallbackOptions::default();
    if let Some(settings) = settings {
        options.missing = missing(settings.missing.as_deref())?;
        options.boundary = settings.boundary.as_deref();
    }
    BUFFER.with_borrow_mut(|buffer| {
        let mut is_kept = false;
        let made = profile.callback_into(record, &options, buffer).map(|()| {
            let body = buffer.body();
            is_kept = record.len().max(body.map_or(0, str::len)) <= KEPT_BYTES;
            read(buffer, body)
        });
        if !is_kept {
            *buffer = CallbackBuffer::default();
        }
        Ok(made?)
    })
}

/// V8 copies Latin-1 without decoding it.
fn string<'env>(env: &'env Env, text: &str) -> napi::Result<JsString<'env>> {
    if text.is_ascii() { env.create_string_latin1(text) } else { env.create_string(text) }
}

/// All but the body.
fn head(made: &CallbackBuffer) -> Callback {
    Callback {
        method: made.method().map_or("", |method| method.name()),
        url: made.url().to_owned(),
        headers: made.headers().flat_map(|(name, value)| [name.to_owned(), value.to_owned()]).collect(),
        body: None,
        missing: made.missing().to_vec(),
    }
}

fn has_head(made: &CallbackBuffer, head: &Callback) -> bool {
    made.url() == head.url
        && made.headers().flat_map(|(name, value)| [name, value]).eq(&head.headers)
        && made.missing() == head.missing
}
