//! The trusted type: whoever has a [`Profile`] has the proof that its payload obeys the rules.

use std::borrow::Cow;
use std::sync::Arc;

use super::channel::Channel;
use super::encryption::{Encryption, MASK};
use super::headers::{Header, Headers};
use super::method::Method;
use super::options::ParseOptions;
use super::sealed_encryption::{AnyEncryption, SealedEncryption};
use crate::body::Body;
use crate::body::target::UrlTemplate;
use crate::replacer::{Part, Program};
use crate::report::{Advisory, Report};

/// A validated callback profile with everything prepared: templates split, constants encrypted, cipher ready.
///
/// Parsing is the expensive part; a callback is the cheap one. A profile never changes, and threads share it freely.
/// A clone is cheap, two counters: it shares everything that was prepared, so no further `Arc` is needed.
/// `Debug` shows title, method, host, algorithm and how many headers and advisories there are: no key, no URL beyond its
/// host, no header's value, nothing of the body.
#[derive(Clone)]
pub struct Profile {
    parts: Arc<Parts>,
    /// Shared too, so that no clone copies them.
    advisories: Arc<Vec<Advisory>>,
    options: ParseOptions,
}

/// The checked members.
pub(crate) struct Parts {
    /// What callbacks and messages write; the others have parts of it.
    pub(crate) program: Program,
    pub(crate) title: Box<str>,
    pub(crate) method: Method,
    pub(crate) url: UrlTemplate,
    pub(crate) body: Option<Body>,
    /// As it was sent, and split.
    pub(crate) message: Option<(Box<str>, Part)>,
    pub(crate) headers: Headers,
    pub(crate) enc: Option<AnyEncryption>,
    pub(crate) channel: Channel,
    pub(crate) events: Option<Vec<String>>,
}

impl Profile {
    pub(super) fn of_parts(parts: Parts, mut advisories: Vec<Advisory>, options: ParseOptions) -> Profile {
        advisories.shrink_to_fit();
        Profile { parts: Arc::new(parts), advisories: Arc::new(advisories), options }
    }

    /// Adds what only a comparison with another profile shows.
    pub(super) fn add_advisory(&mut self, advisory: Advisory) {
        Arc::make_mut(&mut self.advisories).push(advisory);
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.parts.title
    }

    /// The HTTP method of its callbacks.
    pub fn method(&self) -> Method {
        self.parts.method
    }

    /// The URL as it was sent, replacers unfilled.
    pub fn url(&self) -> &str {
        &self.parts.url.raw
    }

    /// The URL of all callbacks without query and fragment, which is what a sealed one is bound to; `None` if its path has
    /// replacers.
    ///
    /// ```
    /// # use callback_profile::Profile;
    /// let profile = |url: &str| Profile::parse(format!(r#"{{"title": "bot", "http_method": "GET", "url": "{url}"}}"#)).unwrap();
    /// assert_eq!(profile("https://example.com/a?b=<c>#d").constant_url(), Some("https://example.com/a"));
    /// assert_eq!(profile("https://example.com/<a>").constant_url(), None);
    /// ```
    pub fn constant_url(&self) -> Option<&str> {
        let is_constant = self.parts.url.is_constant(&self.parts.program);
        is_constant.then(|| self.url().split(['?', '#']).next())?
    }

    /// The URL for logs and people: asterisks in the place of user name and password.
    ///
    /// ```
    /// # use callback_profile::Profile;
    /// let payload = r#"{"title": "sms", "http_method": "GET", "url": "https://user:word@example.com/a@b?to=<to>"}"#;
    /// let profile = Profile::parse(payload).unwrap();
    /// assert_eq!(profile.url_without_credentials(), "https://********@example.com/a@b?to=<to>");
    /// ```
    pub fn url_without_credentials(&self) -> Cow<'_, str> {
        let (origin, raw) = (self.parts.url.origin(), self.url());
        let masked = || {
            let (scheme, authority) = origin.split_once("://")?;
            let (credentials, _) = authority.rsplit_once('@')?;
            let rest = raw.strip_prefix(scheme)?.strip_prefix("://")?.strip_prefix(credentials)?;
            Some(format!("{scheme}://{MASK}{rest}"))
        };
        masked().map_or(Cow::Borrowed(raw), Cow::Owned)
    }

    /// The body as compact JSON, replacers unfilled.
    pub fn body(&self) -> Option<&str> {
        self.parts.body.as_ref().map(|body| &*body.text)
    }

    /// The message for chatbots, replacers unfilled.
    pub fn response_message(&self) -> Option<&str> {
        self.parts.message.as_ref().map(|(text, _)| &**text)
    }

    /// The headers, in their order.
    pub fn headers(&self) -> &[Header] {
        self.parts.headers.list()
    }

    /// The documented encryption of single values, if the profile has it.
    pub fn encryption(&self) -> Option<&Encryption> {
        match &self.parts.enc {
            Some(AnyEncryption::Documented(enc)) => Some(enc),
            Some(AnyEncryption::Sealed(_)) | None => None,
        }
    }

    /// The encryption of whole callbacks, if `enc` has version 2: see [`seal`](crate::seal).
    pub fn sealed_encryption(&self) -> Option<&SealedEncryption> {
        match &self.parts.enc {
            Some(AnyEncryption::Sealed(enc)) => Some(enc),
            Some(AnyEncryption::Documented(_)) | None => None,
        }
    }

    /// The encryption of either version.
    pub(crate) fn any_encryption(&self) -> Option<&AnyEncryption> {
        self.parts.enc.as_ref()
    }

    /// The channel; the default one if none was given.
    pub fn channel(&self) -> Channel {
        self.parts.channel
    }

    /// The events; `None` if absent, empty if null.
    pub fn events(&self) -> Option<&[String]> {
        self.parts.events.as_deref()
    }

    /// What is accepted but risky or useless, in the order in which it was found.
    pub fn advisories(&self) -> &[Advisory] {
        &self.advisories
    }

    /// The settings that the profile was parsed with.
    pub fn options(&self) -> &ParseOptions {
        &self.options
    }

    /// Whether every callback's query has one parameter of this name, with this value.
    pub(crate) fn has_constant_parameter(&self, name: &str, value: &str) -> bool {
        let parts = self.parts.url.query.iter().flatten();
        let mut of_name = parts.filter(|part| !part.is_empty() && part.constant_name() == Some(name));
        let is_value = of_name
            .next()
            .and_then(|part| part.constant_value(&self.parts.program))
            .is_some_and(|own| own == value);
        is_value && of_name.next().is_none()
    }

    /// The map label → field of the `{"label": "field"}` replacers in the response message, as the created response
    /// shows it. A label that occurs twice is listed once, where it
    /// occurs first, with its last field.
    ///
    /// ```
    /// # use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/",
    ///     "response_message": "Thank you, {\"name\": \"first_name\"}"}"#).unwrap();
    /// assert_eq!(profile.replacers(), [("name", "first_name")]);
    /// ```
    pub fn replacers(&self) -> Vec<(&str, &str)> {
        let mut map: Vec<(&str, &str)> = Vec::new();
        let message = self.parts.message.iter().map(|(_, part)| self.parts.program.part(*part));
        for (label, field) in message.flat_map(|template| template.pairs()) {
            match map.iter_mut().find(|(known, _)| *known == label) {
                Some(entry) => entry.1 = field,
                None => map.push((label, field)),
            }
        }
        map
    }
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile")
            .field("title", &self.title())
            .field("method", &self.method())
            .field("host", &self.parts.url.host())
            .field("algorithm", &self.encryption().map(Encryption::algorithm))
            .field("kid", &self.sealed_encryption().map(SealedEncryption::kid))
            .field("headers", &self.headers().len())
            .field("advisories", &self.advisories.len())
            .finish_non_exhaustive()
    }
}

/// As [`Profile::parse`].
///
/// ```
/// # use callback_profile::Profile;
/// let profile: Profile = r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/"}"#.parse().unwrap();
/// assert_eq!(profile.title(), "bot");
/// ```
impl std::str::FromStr for Profile {
    type Err = Report;

    fn from_str(json: &str) -> Result<Profile, Report> {
        Profile::parse(json)
    }
}
