//! The API's responses, as their exact text.

use callback_profile::Envelope;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::secrets;
use crate::profile::ProfileHandle;
use crate::stored::StoredHandle;

/// The response to a create.
#[napi(catch_unwind)]
pub fn envelope_created(
    profile: &ProfileHandle,
    profile_id: Option<String>,
    shown: Option<String>,
) -> Outcome<String> {
    let made = |secrets| Envelope::created(&profile.profile, profile_id.as_deref(), secrets).to_json();
    outcome(secrets(shown.as_deref()).map(made))
}

/// The response to an update.
#[napi(catch_unwind)]
pub fn envelope_updated(
    profile: &ProfileHandle,
    profile_id: Option<String>,
    shown: Option<String>,
) -> Outcome<String> {
    let made = |secrets| Envelope::updated(&profile.profile, profile_id.as_deref(), secrets).to_json();
    outcome(secrets(shown.as_deref()).map(made))
}

/// The response to a get.
#[napi(catch_unwind)]
pub fn envelope_fetched(stored: &StoredHandle, shown: Option<String>) -> Outcome<String> {
    outcome(secrets(shown.as_deref()).map(|secrets| Envelope::fetched(&stored.stored, secrets).to_json()))
}

/// The response to a list.
#[napi(catch_unwind)]
pub fn envelope_listed(
    stored: Vec<ClassInstance<'_, StoredHandle>>,
    shown: Option<String>,
) -> Outcome<String> {
    let profiles = stored.iter().map(|one| &*one.stored);
    outcome(secrets(shown.as_deref()).map(|secrets| Envelope::listed(profiles, secrets).to_json()))
}

/// The response to a delete.
#[napi(catch_unwind)]
pub fn envelope_deleted(profile_id: String) -> String {
    Envelope::deleted(&profile_id).to_json()
}

/// The response to an id that does not exist.
#[napi(catch_unwind)]
pub fn envelope_not_found(profile_id: String) -> String {
    Envelope::not_found(&profile_id).to_json()
}

/// The response to a callback that could not be opened, by the message of the error.
#[napi(catch_unwind)]
pub fn envelope_not_opened(message: String) -> String {
    Envelope::not_opened(message).to_json()
}

/// Reads a response and writes it in its canonical form.
#[napi(catch_unwind)]
pub fn envelope_parse(text: Text) -> Outcome<String> {
    outcome(Envelope::parse(owned(text)).map(|envelope| envelope.to_json()))
}
