//! Callbacks.

use callback_profile::CallbackBuffer;
use callback_profile::json::push_string;

use crate::answer::{Answer, Failure, object, push_strings};
use crate::profile::with;

/// Makes a callback of a record: everything but the body, then the body, if there is one. The settings are those of a callback and
/// those of sealing.
#[unsafe(no_mangle)]
pub extern "C" fn callback(profile: u32) -> i32 {
    with(profile, |profile, arguments, settings| {
        let random = settings.random()?;
        let options = settings.for_callback(random.as_ref())?;
        // Not kept for the next call: plaintexts are in it until it is dropped, which wipes them.
        let mut buffer = CallbackBuffer::default();
        profile.callback_into(arguments.bytes()?, &options, &mut buffer)?;
        let body = buffer.body().map(|body| body.as_bytes().to_vec());
        Ok(Answer::Texts(std::iter::once(head(&buffer)?.into_bytes()).chain(body).collect()))
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
