//! What differs between two profiles, and what that means for those who receive the callbacks.

use super::encryption::MASK;
use super::members::write_enc;
use super::profile::Profile;
use super::sealed_encryption::AnyEncryption;
use crate::bug::bug;
use crate::json::{ArrayWriter, Document, Kind, ObjectWriter, Value, push_string};
use crate::names::named_values;
use crate::replacer::has_names;
use crate::report::Pointer;
use crate::secrets::Secrets;

/// One difference between two profiles: see [`Profile::diff`].
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// JSON Pointer into the create payload.
    pub pointer: String,
    /// What the first profile has there, as compact JSON; `None` if nothing.
    pub before: Option<String>,
    /// What the second profile has there, as compact JSON; `None` if nothing.
    pub after: Option<String>,
    /// What it means for receivers.
    pub effect: ChangeEffect,
}

/// What a change means for those who receive the callbacks.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeEffect {
    /// Receivers notice nothing.
    Nothing,
    /// Callbacks go somewhere else.
    Destination,
    /// The HTTP method, and with it whether parameters are in the body or in the query.
    Method,
    /// The way in which the callback is written: another media type, or sealed as a whole instead of value by value.
    Format,
    /// A parameter is new, gone or another.
    Parameter,
    /// A header is new, gone or another.
    Header,
    /// Algorithm, key, its id or IV.
    Key,
    /// What was readable is encrypted.
    Encrypted,
    /// What was encrypted is readable.
    Readable,
    /// The chatbot's answer.
    Message,
    /// When callbacks are sent.
    Occasion,
}

named_values!(ChangeEffect {
    Nothing = "nothing",
    Destination = "destination",
    Method = "method",
    Format = "format",
    Parameter = "parameter",
    Header = "header",
    Key = "key",
    Encrypted = "encrypted",
    Readable = "readable",
    Message = "message",
    Occasion = "occasion",
});

impl ChangeEffect {
    /// One sentence.
    pub fn text(self) -> &'static str {
        match self {
            ChangeEffect::Nothing => "receivers notice nothing",
            ChangeEffect::Destination => {
                "callbacks go to another address: the receiver there must be ready first"
            }
            ChangeEffect::Method => {
                "receivers must accept another HTTP method, and find parameters where it has them"
            }
            ChangeEffect::Format => "receivers must read another content type",
            ChangeEffect::Parameter => "receivers find this parameter new, gone or with other content",
            ChangeEffect::Header => "receivers find this header new, gone or with another value",
            ChangeEffect::Key => {
                "values that are sent from now on do not open with the old profile, nor earlier ones with the new: \
                 receivers must change at the same moment or keep both"
            }
            ChangeEffect::Encrypted => {
                "values arrive encrypted that were readable: receivers must decrypt them"
            }
            ChangeEffect::Readable => {
                "values arrive readable that were encrypted: receivers must not decrypt them"
            }
            ChangeEffect::Message => "users of the chatbot read another answer; callbacks stay as they are",
            ChangeEffect::Occasion => "callbacks are sent on other occasions",
        }
    }
}

impl Profile {
    /// What another profile has that this one has not, and the reverse, in the documented order of the members. Key, IV,
    /// header values, user name and password of a URL, and constants of a body are masked.
    ///
    /// ```
    /// use callback_profile::{ChangeEffect, Profile};
    /// let old = Profile::parse(r#"{"title": "bot", "http_method": "POST", "url": "https://example.com/",
    ///     "body": {"to": "<recipient>"}}"#).unwrap();
    /// let new = old.patch(r#"{"body": {"to": "<phone>"}}"#).unwrap();
    /// let changes = old.diff(&new);
    /// assert_eq!((changes.len(), changes[0].pointer.as_str()), (1, "/body/to"));
    /// assert_eq!(changes[0].after.as_deref(), Some("\"<phone>\""));
    /// assert_eq!(changes[0].effect, ChangeEffect::Parameter);
    /// ```
    pub fn diff(&self, other: &Profile) -> Vec<Change> {
        self.diff_with(other, Secrets::Masked)
    }

    /// The same, with secrets shown if the caller asks for them.
    pub fn diff_with(&self, other: &Profile, secrets: Secrets) -> Vec<Change> {
        let mut changes = Changes { list: Vec::new(), secrets };
        let root = Pointer::Root;
        let texts = |text: &str| Some(quoted(text));
        if self.title() != other.title() {
            changes.add(
                root.member("title"),
                texts(self.title()),
                texts(other.title()),
                ChangeEffect::Nothing,
            );
        }
        if self.method() != other.method() {
            let (old, new) = (texts(self.method().name()), texts(other.method().name()));
            changes.add(root.member("http_method"), old, new, ChangeEffect::Method);
        }
        if self.url() != other.url() {
            let (old, new) = (changes.url(self), changes.url(other));
            changes.add(root.member("url"), Some(old), Some(new), url_effect(self, other));
        }
        changes.bodies(self, other);
        if self.response_message() != other.response_message() {
            let (old, new) =
                (self.response_message().and_then(texts), other.response_message().and_then(texts));
            changes.add(root.member("response_message"), old, new, ChangeEffect::Message);
        }
        changes.headers(self, other);
        changes.encryption(self.any_encryption(), other.any_encryption());
        if self.channel() != other.channel() {
            let (old, new) = (texts(self.channel().name()), texts(other.channel().name()));
            changes.add(root.member("channel"), old, new, ChangeEffect::Occasion);
        }
        let events = |profile: &Profile| {
            let mut json = String::new();
            profile.write_events(&mut json);
            profile.events().filter(|events| !events.is_empty()).map(|_| json)
        };
        if events(self) != events(other) {
            changes.add(root.member("events"), events(self), events(other), ChangeEffect::Occasion);
        }
        changes.list
    }
}

/// Shows neither the value before nor the one after, which may be secrets that were asked for.
impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Change")
            .field("pointer", &self.pointer)
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}

/// What was found so far.
struct Changes {
    list: Vec<Change>,
    secrets: Secrets,
}

impl Changes {
    fn add(
        &mut self,
        pointer: Pointer<'_>,
        before: Option<String>,
        after: Option<String>,
        effect: ChangeEffect,
    ) {
        self.list.push(Change { pointer: pointer.to_string(), before, after, effect });
    }

    /// A text that is shown on request only, as a JSON string.
    fn secret(&self, text: &str) -> String {
        quoted(if self.secrets == Secrets::Shown { text } else { MASK })
    }

    fn url(&self, profile: &Profile) -> String {
        if self.secrets == Secrets::Shown {
            quoted(profile.url())
        } else {
            quoted(&profile.url_without_credentials())
        }
    }

    fn bodies(&mut self, old: &Profile, new: &Profile) {
        // A body that neither profile sends means nothing to anybody.
        let is_sent = old.method().has_body() || new.method().has_body();
        let effect = if is_sent { ChangeEffect::Parameter } else { ChangeEffect::Nothing };
        let (old, new) = (old.body(), new.body());
        if old == new {
            return;
        }
        let read = |text| Document::read_own(str::as_bytes(text));
        match (old.map(read).transpose(), new.map(read).transpose()) {
            (Ok(old), Ok(new)) => {
                let (old, new) = (old.as_ref().map(Document::root), new.as_ref().map(Document::root));
                self.values(Pointer::Root.member("body"), old, new, effect);
            }
            _ => drop(bug("a profile's body is not JSON")),
        }
    }

    /// Compares two values member by member and element by element, so that a change is as small as can be.
    fn values(
        &mut self,
        pointer: Pointer<'_>,
        old: Option<Value<'_>>,
        new: Option<Value<'_>>,
        effect: ChangeEffect,
    ) {
        match (old, new) {
            (Some(old), Some(new)) if old.kind() == Kind::Object && new.kind() == Kind::Object => {
                for (name, value) in old.members() {
                    self.values(pointer.member(name), Some(value), new.get(name), effect);
                }
                for (name, value) in new.members().filter(|(name, _)| old.get(name).is_none()) {
                    self.values(pointer.member(name), None, Some(value), effect);
                }
            }
            (Some(old), Some(new)) if old.kind() == Kind::Array && new.kind() == Kind::Array => {
                let (mut old, mut new) = (old.elements(), new.elements());
                for index in 0.. {
                    match (old.next(), new.next()) {
                        (None, None) => break,
                        (old, new) => self.values(pointer.element(index), old, new, effect),
                    }
                }
            }
            (None, None) => {}
            (Some(old), Some(new)) if old.to_compact() == new.to_compact() => {}
            _ => {
                let shown = |value: Option<Value<'_>>| {
                    let mut json = String::new();
                    value.map(|value| self.write(&mut json, value)).map(|()| json)
                };
                let (before, after) = (shown(old), shown(new));
                self.add(pointer, before, after, effect);
            }
        }
    }

    /// Writes a value of a body with its constants masked.
    fn write(&self, out: &mut String, value: Value<'_>) {
        match value.kind() {
            Kind::Object => {
                let mut object = ObjectWriter::new(out);
                value.members().for_each(|(name, member)| self.write(object.member(name), member));
                object.finish();
            }
            Kind::Array => {
                let mut array = ArrayWriter::new(out);
                value.elements().for_each(|element| self.write(array.element(), element));
                array.finish();
            }
            _ if self.secrets == Secrets::Shown || value.kind() == Kind::Null || is_template(value) => {
                value.write_compact(out);
            }
            _ => push_string(out, MASK),
        }
    }

    fn headers(&mut self, old: &Profile, new: &Profile) {
        let value = |profile: &Profile, name: &str| {
            let header = profile.headers().iter().find(|header| header.name().eq_ignore_ascii_case(name));
            header.map(|header| header.value().to_owned())
        };
        let names = old.headers().iter().map(|header| header.name());
        let added = new.headers().iter().map(|header| header.name());
        let headers = Pointer::Root.member("headers");
        for name in names.chain(added.filter(|name| value(old, name).is_none())) {
            let (before, after) = (value(old, name), value(new, name));
            if before == after {
                continue;
            }
            let is_type = name.eq_ignore_ascii_case("content-type");
            let effect = if is_type { ChangeEffect::Format } else { ChangeEffect::Header };
            let shown = |value: String| if is_type { quoted(&value) } else { self.secret(&value) };
            let (before, after) = (before.map(shown), after.map(shown));
            self.add(headers.member(name), before, after, effect);
        }
    }

    fn encryption(&mut self, old: Option<&AnyEncryption>, new: Option<&AnyEncryption>) {
        let enc = Pointer::Root.member("enc");
        let secrets = self.secrets;
        let whole = |enc: &AnyEncryption| {
            let mut json = String::new();
            write_enc(&mut json, enc, secrets);
            json
        };
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => self.add(enc, None, Some(whole(new)), ChangeEffect::Encrypted),
            (Some(old), None) => self.add(enc, Some(whole(old)), None, ChangeEffect::Readable),
            (Some(AnyEncryption::Documented(old)), Some(AnyEncryption::Documented(new))) => {
                if old.algorithm() != new.algorithm() {
                    let (before, after) = (quoted(old.algorithm().name()), quoted(new.algorithm().name()));
                    self.add(enc.member("algo"), Some(before), Some(after), ChangeEffect::Key);
                }
                if !old.has_key_of(new) {
                    self.key(enc.member("key"), old.key(), new.key());
                }
                if !old.has_iv_of(new) {
                    self.key(enc.member("IV"), old.iv(), new.iv());
                }
                self.params(enc.member("params"), old.encrypted_params(), new.encrypted_params());
            }
            (Some(AnyEncryption::Sealed(old)), Some(AnyEncryption::Sealed(new))) => {
                if old.kid() != new.kid() {
                    let (before, after) = (quoted(old.kid()), quoted(new.kid()));
                    self.add(enc.member("kid"), Some(before), Some(after), ChangeEffect::Key);
                }
                if !old.has_key_of(new) {
                    self.key(enc.member("key"), old.key().text(), new.key().text());
                }
                self.params(enc.member("params"), old.encrypted_params(), new.encrypted_params());
            }
            (Some(old), Some(new)) => self.add(enc, Some(whole(old)), Some(whole(new)), ChangeEffect::Format),
        }
    }

    fn key(&mut self, pointer: Pointer<'_>, old: &str, new: &str) {
        let (before, after) = (self.secret(old), self.secret(new));
        self.add(pointer, Some(before), Some(after), ChangeEffect::Key);
    }

    /// The names to encrypt, a change for each; without a list every value is.
    fn params(&mut self, pointer: Pointer<'_>, old: Option<&[String]>, new: Option<&[String]>) {
        let list = |names: &[String]| {
            let mut json = String::new();
            let mut array = ArrayWriter::new(&mut json);
            names.iter().for_each(|name| push_string(array.element(), name));
            array.finish();
            json
        };
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => self.add(pointer, None, Some(list(new)), ChangeEffect::Readable),
            (Some(old), None) => self.add(pointer, Some(list(old)), None, ChangeEffect::Encrypted),
            (Some(old), Some(new)) => {
                for name in old.iter().filter(|name| !new.contains(name)) {
                    self.add(pointer, Some(quoted(name)), None, ChangeEffect::Readable);
                }
                for name in new.iter().filter(|name| !old.contains(name)) {
                    self.add(pointer, None, Some(quoted(name)), ChangeEffect::Encrypted);
                }
            }
        }
    }
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    push_string(&mut json, text);
    json
}

fn is_template(value: Value<'_>) -> bool {
    value.as_str().is_some_and(has_names)
}

/// Another server or path is another destination; what is left is the query.
fn url_effect(old: &Profile, new: &Profile) -> ChangeEffect {
    fn address(profile: &Profile) -> &str {
        let url = profile.url();
        url.split(['?', '#']).next().unwrap_or(url)
    }
    let without_fragment = |profile: &Profile| profile.url().split('#').next().map(str::to_owned);
    if address(old) != address(new) {
        ChangeEffect::Destination
    } else if without_fragment(old) != without_fragment(new) {
        ChangeEffect::Parameter
    } else {
        ChangeEffect::Nothing
    }
}
