//! Callbacks, made in a buffer that is used again.

use std::cell::RefCell;

use callback_profile::CallbackBuffer;
use callback_profile::json::push_string;

use crate::answer::{Answer, Failure, object, push_strings};
use crate::profile::with;

/// A buffer that grew larger is freed, so that one large callback does not keep its memory.
const KEPT_BYTES: usize = 64 * 1024;

thread_local! {
    static BUFFER: RefCell<CallbackBuffer> = RefCell::default();
}

/// Makes a callback of a record: everything but the body, then the body, if there is one. The settings are those of a callback and
/// those of sealing.
#[unsafe(no_mangle)]
pub extern "C" fn callback(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let record = arguments.bytes()?;
        let random = settings.random()?;
        let options = settings.for_callback(random.as_ref())?;
        BUFFER.with_borrow_mut(|buffer| {
            let made = profile.callback_into(record, &options, buffer).map_err(Failure::from);
            let result = made.and_then(|()| {
                let body = buffer.body().map(|body| body.as_bytes().to_vec());
                Ok(Answer::Texts(std::iter::once(head(buffer)?.into_bytes()).chain(body).collect()))
            });
            if record.len().max(buffer.body().map_or(0, str::len)) > KEPT_BYTES || result.is_err() {
                *buffer = CallbackBuffer::default();
            }
            result
        })
    })
}

/// Everything but the body. Header names and values alternate.
fn head(buffer: &CallbackBuffer) -> Result<String, Failure> {
    let method = buffer.method().ok_or_else(Failure::internal)?;
    Ok(object(|object| {
        push_string(object.member("method"), method.name());
        push_string(object.member("url"), buffer.url());
        push_strings(object.member("headers"), buffer.headers().flat_map(|(name, value)| [name, value]));
        push_strings(object.member("missing"), buffer.missing());
    }))
}
