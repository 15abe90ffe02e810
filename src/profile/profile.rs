//! The trusted type: whoever has a [`Profile`] has the proof that its payload obeys the rules.

use zeroize::Zeroizing;

use super::channel::Channel;
use super::encryption::{Encryption, MASK};
use super::headers::{Header, Headers};
use super::method::Method;
use super::options::ParseOptions;
use crate::body::Body;
use crate::body::target::UrlTemplate;
use crate::json::push_string;
use crate::replacer::Template;
use crate::report::Advisory;
use crate::secrets::Secrets;

/// A validated callback profile with everything prepared: templates cut, constants encrypted, cipher ready.
///
/// Parsing is the expensive part; a callback is the cheap one. A profile never changes, and threads share it freely.
/// `Debug` shows neither keys nor header values.
#[derive(Debug)]
pub struct Profile {
    parts: Parts,
    advisories: Vec<Advisory>,
    options: ParseOptions,
}

/// The checked members.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) title: String,
    pub(crate) method: Method,
    pub(crate) url: UrlTemplate,
    pub(crate) body: Option<Body>,
    /// As it was sent, and cut.
    pub(crate) message: Option<(String, Template)>,
    pub(crate) headers: Headers,
    pub(crate) enc: Option<Encryption>,
    pub(crate) channel: Channel,
    pub(crate) events: Option<Vec<String>>,
}

impl Profile {
    pub(crate) fn of_parts(parts: Parts, advisories: Vec<Advisory>, options: ParseOptions) -> Profile {
        Profile { parts, advisories, options }
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

    /// The body as compact JSON, replacers unfilled.
    pub fn body(&self) -> Option<&str> {
        self.parts.body.as_ref().map(|body| body.text.as_str())
    }

    /// The message for chatbots, replacers unfilled.
    pub fn response_message(&self) -> Option<&str> {
        self.parts.message.as_ref().map(|(text, _)| text.as_str())
    }

    /// The headers, in their order.
    pub fn headers(&self) -> &[Header] {
        self.parts.headers.list()
    }

    /// The encryption, if there is one.
    pub fn encryption(&self) -> Option<&Encryption> {
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

    /// The map label → field of the `{"label": "field"}` replacers in the response message, as the created response
    /// shows it. A label that occurs twice keeps its place and has its last field.
    ///
    /// ```
    /// # use callback_profile::Profile;
    /// let profile = Profile::parse(r#"{"title": "bot", "http_method": "GET", "url": "https://example.com/",
    ///     "response_message": "Thank you, {\"name\": \"first_name\"}"}"#).unwrap();
    /// assert_eq!(profile.replacers(), [("name", "first_name")]);
    /// ```
    pub fn replacers(&self) -> Vec<(&str, &str)> {
        let mut map: Vec<(&str, &str)> = Vec::new();
        for (label, field) in self.parts.message.iter().flat_map(|(_, template)| template.pairs()) {
            match map.iter_mut().find(|(known, _)| *known == label) {
                Some(entry) => entry.1 = field,
                None => map.push((label, field)),
            }
        }
        map
    }

    /// The profile as a create payload: compact JSON, members in the order of SPEC §2, absent ones left out.
    ///
    /// With [`Secrets::Masked`] key and IV are masked, and the text is refused when parsed again.
    pub fn to_json(&self, secrets: Secrets) -> String {
        let members = self.members(secrets);
        let mut out = Vec::from(b"{");
        for (name, value) in members.iter() {
            if out.len() > 1 {
                out.push(b',');
            }
            push_string(&mut out, name);
            out.push(b':');
            out.extend_from_slice(value);
        }
        out.push(b'}');
        String::from_utf8(out).unwrap_or_default()
    }

    /// The present members as JSON, in order.
    pub(crate) fn members(&self, secrets: Secrets) -> Vec<(&'static str, Zeroizing<Vec<u8>>)> {
        let parts = &self.parts;
        let string = |text: &str| {
            let mut out = Vec::new();
            push_string(&mut out, text);
            Zeroizing::new(out)
        };
        let mut members = vec![
            ("title", string(&parts.title)),
            ("http_method", string(parts.method.name())),
            ("url", string(&parts.url.raw)),
        ];
        members
            .extend(parts.body.as_ref().map(|body| ("body", Zeroizing::new(body.text.clone().into_bytes()))));
        members.extend(parts.message.as_ref().map(|(text, _)| ("response_message", string(text))));
        if !self.headers().is_empty() {
            members.push(("headers", Zeroizing::new(self.headers_json())));
        }
        members.extend(parts.enc.as_ref().map(|enc| ("enc", enc_json(enc, secrets))));
        members.push(("channel", string(parts.channel.name())));
        if self.events().is_some_and(|events| !events.is_empty()) {
            members.push(("events", Zeroizing::new(self.events_json())));
        }
        members
    }

    /// The headers as a JSON object.
    pub(crate) fn headers_json(&self) -> Vec<u8> {
        let mut out = Vec::from(b"{");
        for header in self.headers() {
            if out.len() > 1 {
                out.push(b',');
            }
            push_string(&mut out, header.name());
            out.push(b':');
            push_string(&mut out, header.value());
        }
        out.push(b'}');
        out
    }

    /// The events as a JSON array.
    pub(crate) fn events_json(&self) -> Vec<u8> {
        let mut out = Vec::new();
        push_strings(&mut out, self.events().unwrap_or_default());
        out
    }
}

/// The enc member; wiped when dropped, since it may hold the key.
pub(crate) fn enc_json(enc: &Encryption, secrets: Secrets) -> Zeroizing<Vec<u8>> {
    let (key, iv) = match secrets {
        Secrets::Masked => (MASK, MASK),
        Secrets::Shown => (enc.key_text(), enc.iv_text()),
    };
    // Room for algorithm, key and IV, so that growing leaves no copies of them.
    let mut out = Zeroizing::new(Vec::with_capacity(256));
    for (name, text) in [("{\"algo\":", enc.algorithm().name()), (",\"key\":", key), (",\"IV\":", iv)] {
        out.extend_from_slice(name.as_bytes());
        push_string(&mut *out, text);
    }
    if let Some(params) = enc.params() {
        let mut names = Vec::new();
        push_strings(&mut names, params);
        let mut longer =
            Zeroizing::new(Vec::with_capacity(out.len().saturating_add(names.len()).saturating_add(16)));
        longer.extend_from_slice(&out);
        longer.extend_from_slice(b",\"params\":");
        longer.extend_from_slice(&names);
        out = longer;
    }
    out.push(b'}');
    out
}

fn push_strings(out: &mut Vec<u8>, texts: &[String]) {
    out.push(b'[');
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_string(out, text);
    }
    out.push(b']');
}
