//! What a receiver expects of a sealed callback.

use crate::Error;
use crate::profile::Method;

use super::target_uri;

/// What a receiver expects of a sealed callback beside the right key. There is no default: each field is a decision, and
/// `None` is the decision not to check. What is expected and missing is a mismatch.
///
/// ```
/// use callback_profile::{Method, seal::{Expected, Freshness}};
/// let expected = Expected {
///     freshness: Freshness::Within { now: 1_800_000_000, tolerance: 300 },
///     method: Some(Method::Post),
///     url: Some("https://example.com/callbacks"),
///     profile_id: None,
/// };
/// # let _ = expected;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected<'e> {
    /// How old it may be.
    pub freshness: Freshness,
    /// The method that it was received with.
    pub method: Option<Method>,
    /// The receiver's own **public** URL, as the sender's profile has it. Never one made of the headers `Host` or
    /// `X-Forwarded-*`, which the sender of a request chooses. Query and fragment make no difference.
    pub url: Option<&'e str>,
    /// The id of the profile, which both sides know.
    pub profile_id: Option<&'e str>,
}

/// How old a sealed callback may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The time of sending must not be further from `now` than `tolerance`, both ways; both in seconds, `now` since 1970.
    Within {
        /// The time now.
        now: u64,
        /// How far it may be away: [`DEFAULT_TOLERANCE`](super::DEFAULT_TOLERANCE) as a rule.
        tolerance: u64,
    },
    /// Any age: for archives.
    NotChecked,
}

impl Expected<'_> {
    /// The URL in the one spelling that is compared.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] if the caller's URL is none.
    pub(crate) fn target_uri(&self) -> Result<Option<String>, Error> {
        let Some(url) = self.url else { return Ok(None) };
        target_uri::normalised(url)
            .map(Some)
            .ok_or(Error::InvalidArgument("the expected URL must be an absolute http or https URL"))
    }
}

impl Freshness {
    /// Whether a callback that was sent at this time is new enough.
    pub(super) fn accepts(self, issued_at: u64) -> bool {
        match self {
            Freshness::NotChecked => true,
            Freshness::Within { now, tolerance } => issued_at.abs_diff(now) <= tolerance,
        }
    }
}
