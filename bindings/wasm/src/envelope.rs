//! The API's responses, as their exact text.

use std::rc::Rc;

use callback_profile::json::Value;
use callback_profile::{Envelope, StoredProfile};

use crate::answer::{Answer, Failure};
use crate::arguments::call;
use crate::objects;
use crate::profile::with;

/// The response to a create.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_created(profile: u32) -> i32 {
    with(profile, |profile, _, settings| {
        Ok(Answer::text(
            Envelope::created(profile, settings.text("profileId"), settings.secrets()?).to_json(),
        ))
    })
}

/// The response to an update.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_updated(profile: u32) -> i32 {
    with(profile, |profile, _, settings| {
        Ok(Answer::text(
            Envelope::updated(profile, settings.text("profileId"), settings.secrets()?).to_json(),
        ))
    })
}

/// The response to a get.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_fetched(stored: u32) -> i32 {
    call(|_, settings| {
        Ok(Answer::text(Envelope::fetched(&*objects::stored(stored)?, settings.secrets()?).to_json()))
    })
}

/// The response to a list of the stored profiles whose handles the setting `stored` has.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_listed() -> i32 {
    call(|_, settings| {
        let handle = |value: Value<'_>| value.as_u64().and_then(|handle| u32::try_from(handle).ok());
        let handles = settings.get("stored").into_iter().flat_map(Value::elements);
        let stored: Vec<Rc<StoredProfile>> = handles
            .map(|value| handle(value).ok_or_else(Failure::internal).and_then(objects::stored))
            .collect::<Result<_, _>>()?;
        Ok(Answer::text(Envelope::listed(stored.iter().map(|one| &**one), settings.secrets()?).to_json()))
    })
}

/// The response to a delete.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_deleted() -> i32 {
    call(|arguments, _| Ok(Answer::text(Envelope::deleted(arguments.text()?).to_json())))
}

/// The response to an id that does not exist.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_not_found() -> i32 {
    call(|arguments, _| Ok(Answer::text(Envelope::not_found(arguments.text()?).to_json())))
}

/// The response to a callback that could not be opened, by the message of the error.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_not_opened() -> i32 {
    call(|arguments, _| Ok(Answer::text(Envelope::not_opened(arguments.text()?.to_owned()).to_json())))
}

/// Reads a response and writes it in its canonical form.
#[unsafe(no_mangle)]
pub extern "C" fn envelope_parse() -> i32 {
    call(|arguments, _| Ok(Answer::text(Envelope::parse(arguments.bytes()?)?.to_json())))
}
