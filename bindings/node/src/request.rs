//! The whole create request.

use std::sync::Arc;

use callback_profile::Request;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::ParseSettings;
use crate::profile::ProfileHandle;
use crate::stored::Shared;

/// Checks sid, headers (names and values alternate) and payload.
#[napi(catch_unwind)]
pub fn check_request(
    sid: String,
    headers: Vec<String>,
    payload: Text,
    settings: Option<ParseSettings>,
) -> Outcome<ProfileHandle> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        let (pairs, _) = headers.as_chunks::<2>();
        let headers: Vec<(&str, &str)> =
            pairs.iter().map(|[name, value]| (name.as_str(), value.as_str())).collect();
        let payload = owned(payload);
        let profile = Request { sid: &sid, headers: &headers, payload: &payload }.check(&options)?;
        Ok(ProfileHandle::new(Shared::Own(Arc::new(profile))))
    }))
}
