//! Callbacks as JavaScript gets them, made in memory that the calls of a thread use again.

use std::cell::RefCell;

use callback_profile::{CallbackBuffer, CallbackOptions, Profile};
use napi::bindgen_prelude::{Either3, Latin1String};
use napi_derive::napi;

use crate::failure::Failure;
use crate::options::missing;
use crate::profile::RenderSettings;

/// Larger memory is given back, so that one large callback does not stay for ever.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
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

/// The body alone, in ASCII or not, or everything.
pub(crate) type Made = Either3<Latin1String, String, Callback>;

/// Makes a callback.
pub(crate) fn callback(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
) -> Result<Callback, Failure> {
    with_callback(profile, record, settings, |made| Callback {
        body: made.body().map(str::to_owned),
        ..head(made)
    })
}

/// Makes a callback; if nothing but the body is other than in `last`, gives the body alone. Making the objects of the
/// rest would take as long as the callback itself.
pub(crate) fn callback_after(
    last: &mut Option<Callback>,
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
) -> Result<Made, Failure> {
    with_callback(profile, record, settings, |made| match (last.as_ref(), made.body()) {
        (Some(last), Some(body)) if has_head(made, last) => match body.is_ascii() {
            true => Either3::A(body.to_owned().into()), // V8 copies Latin-1 without decoding it
            false => Either3::B(body.to_owned()),
        },
        (_, body) => {
            let head = head(made);
            *last = Some(head.clone());
            Either3::C(Callback { body: body.map(str::to_owned), ..head })
        }
    })
}

fn with_callback<T>(
    profile: &Profile,
    record: &[u8],
    settings: Option<&RenderSettings>,
    read: impl FnOnce(&CallbackBuffer) -> T,
) -> Result<T, Failure> {
    let mut options = CallbackOptions::default();
    if let Some(settings) = settings {
        options.missing = missing(settings.missing.as_deref())?;
        options.boundary = settings.boundary.as_deref();
    }
    BUFFER.with_borrow_mut(|buffer| {
        let made = profile.callback_into(record, &options, buffer).map(|()| read(buffer));
        if record.len().max(buffer.body().map_or(0, str::len)) > KEPT_BYTES {
            *buffer = CallbackBuffer::default();
        }
        Ok(made?)
    })
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
