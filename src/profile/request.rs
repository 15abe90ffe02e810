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
/// let profile = request.parse(&ParseOptions::default()).unwrap();
/// assert_eq!(profile.title(), "bot");
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
    /// Checks sid, headers and payload, in that order, and makes the profile.
    ///
    /// # Errors
    /// A [`Report`] with the code [`ErrorCode::InvalidRequest`], whose violations have the contexts `params` (sid),
    /// `headers` and `body`.
    pub fn parse(&self, options: &ParseOptions) -> Result<Profile, Report> {
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
            let media_type = value.split_once(';').map_or(value, |(media_type, _)| media_type);
            if !media_type.trim().eq_ignore_ascii_case("application/json") {
                let pointer = Pointer::Root.member("content-type");
                let rule = Rule::new("content_type", "must be application/json");
                violations.add_at(Context::Headers, pointer, pointer, rule);
            }
        }
        let profile =
            Profile::of_json(self.payload, Shape::Create, options).map_err(|found| violations.append(found));
        match (profile, violations.none_since(0)) {
            (Ok(profile), Ok(())) => Ok(profile),
            _ => Err(violations.into_report(ErrorCode::InvalidRequest)),
        }
    }
}

/// Shows sizes only: headers and payload hold keys.
impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("headers", &self.headers.len())
            .field("payload_bytes", &self.payload.len())
            .finish_non_exhaustive()
    }
}

fn check_visible(text: &str, context: Context, name: &str, violations: &mut Violations) {
    let pointer = Pointer::Root.member(name);
    if text.is_empty() {
        violations.add_at(context, pointer, pointer, Rule::at_least_characters(1));
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        violations.add_at(context, pointer, pointer, Rule::pattern(VISIBLE_PATTERN));
    }
}
