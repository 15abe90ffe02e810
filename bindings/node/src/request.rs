//! The whole create request.

use callback_profile::Request;
use napi_derive::napi;

use crate::failure::{Outcome, outcome};
use crate::input::{Text, owned};
use crate::options::ParseSettings;
use crate::profile::ProfileHandle;

/// Validates sid, headers (names and values alternate) and payload, and makes the profile.
#[napi(catch_unwind)]
pub fn parse_request(
    sid: String,
    headers: Vec<String>,
    payload: Text,
    settings: Option<ParseSettings>,
) -> Outcome<ProfileHandle> {
    outcome(ParseSettings::read(settings).and_then(|options| {
        let (pairs, rest) = headers.as_chunks::<2>();
        debug_assert!(rest.is_empty(), "lib/arguments.cjs gives a value for every name");
        let headers: Vec<(&str, &str)> =
            pairs.iter().map(|[name, value]| (name.as_str(), value.as_str())).collect();
        let payload = owned(payload);
        let profile = Request { sid: &sid, headers: &headers, payload: &payload }.parse(&options)?;
        Ok(ProfileHandle::new(profile.into()))
    }))
}
