//! The whole create request: `POST /v1/{sid}/callback/profiles` with its headers and payload. \[D\]

use super::options::ParseOptions;
use super::profile::Profile;
use super::rules::Shape;
use crate::report::{Context, ErrorCode, Pointer, Report, Rule, Violations};

/// The parts of a create request.
///
/// ```
/// use callback_profile::{ParseOptions, Request};
/// let request = Request {
///     sid: "HX0000000000IN",
///     headers: &[("api-key", "A0"), ("Content-Type", "application/json")],
///     payload: br#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#,
/// };
/// assert!(request.check(&ParseOptions::default()).is_ok());
/// ```
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The account's identifier from the path.
    pub sid: &'a str,
    /// The request's own headers: name (any case) and value.
    pub headers: &'a [(&'a str, &'a str)],
    /// The payload.
    pub payload: &'a [u8],
}

/// Non-empty visible ASCII without spaces: sid and api-key.
const VISIBLE_PATTERN: &str = "^[!-~]+$";

impl Request<'_> {
    /// Checks sid, headers and payload, in that order, and parses the profile.
    ///
    /// Errors: a [`Report`] whose violations have the contexts `params`, `headers` and `body`.
    pub fn check(&self, options: &ParseOptions) -> Result<Profile, Report> {
        let mut violations = Violations::new(options.limits.violations);
        check_visible(self.sid, Context::Params, "sid", &mut violations);
        let header = |name: &str| {
            self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
        };
        for name in ["api-key", "content-type"] {
            if header(name).is_none() {
                violations.add_at(Context::Headers, Pointer::Root, Pointer::Root, Rule::required(name));
            }
        }
        if let Some(value) = header("api-key") {
            check_visible(value, Context::Headers, "api-key", &mut violations);
        }
        if let Some(value) = header("content-type") {
            let media_type = value.split(';').next().unwrap_or_default().trim();
            if !media_type.eq_ignore_ascii_case("application/json") {
                let place = Pointer::Root;
                let place = place.member("content-type");
                let rule = Rule::new("content_type", "must be application/json");
                violations.add_at(Context::Headers, place, place, rule);
            }
        }
        let profile = match Profile::parse_as(self.payload, Shape::Create, options) {
            Ok(profile) => Some(profile),
            Err(found) => {
                violations.append(found);
                None
            }
        };
        match profile {
            Some(profile) if violations.is_empty() => Ok(profile),
            _ => Err(violations.into_refusal(ErrorCode::InvalidRequest)),
        }
    }
}

/// Shows the shape only: headers and payload hold keys.
impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("payload_bytes", &self.payload.len()).finish_non_exhaustive()
    }
}

fn check_visible(text: &str, context: Context, name: &str, violations: &mut Violations) {
    let place = Pointer::Root;
    let place = place.member(name);
    if text.is_empty() {
        violations.add_at(context, place, place, Rule::at_least_characters(1));
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        violations.add_at(context, place, place, Rule::pattern(VISIBLE_PATTERN));
    }
}
