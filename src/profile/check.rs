//! The rules in their order: required members, then the members one by one; all violations, none twice.
//!
//! Judging borrows and copies nothing, so that a check costs little more than reading the JSON;
//! [`compile`](super::compile) makes a profile of what was judged.

use super::channel::{self, CheckedEvents};
use super::enc::{self, CheckedEnc};
use super::options::ParseOptions;
use super::payload::{Payload, STORED_MEMBERS};
use super::url_rule::{self, CheckedUrl};
use super::{Channel, Method, body, headers, method, title};
use crate::json::{Document, Kind, Value};
use crate::replacer::{Grammar, count};
use crate::report::{Advisory, AdvisoryCode, Pointer, Rule, Violations};

/// What kind of payload is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A create payload.
    Create,
    /// A profile with a patch applied; its channel is fixed.
    Patched(Channel),
    /// What the platform returned: null stands for an absent member, and more members are known.
    Stored,
}

/// A check in progress: the settings and what was found so far.
pub(crate) struct Check<'c> {
    pub(crate) options: &'c ParseOptions,
    pub(crate) violations: Violations,
    shape: Shape,
    /// `None` if nobody asked for advisories.
    advisories: Option<Vec<Advisory>>,
    replacers: usize,
}

/// A payload that obeys the rules, borrowed from its text.
pub(crate) struct Checked<'d> {
    pub(crate) title: &'d str,
    pub(crate) method: Method,
    pub(crate) url: CheckedUrl<'d>,
    pub(crate) body: Option<Source<'d>>,
    pub(crate) message: Option<&'d str>,
    pub(crate) headers: Option<Source<'d>>,
    pub(crate) enc: Option<CheckedEnc<'d>>,
    /// The enc member as it was sent.
    pub(crate) enc_member: Option<Value<'d>>,
    pub(crate) channel: Channel,
    pub(crate) events: Option<CheckedEvents<'d>>,
    /// Empty if they were not asked for.
    pub(crate) advisories: Vec<Advisory>,
}

/// A member's object, wherever it was written.
pub(crate) enum Source<'d> {
    /// As a JSON object.
    Inline(Value<'d>),
    /// As a string that holds one.
    Text(Box<Document<'d>>),
}

impl Source<'_> {
    pub(crate) fn object(&self) -> Value<'_> {
        match self {
            Source::Inline(value) => *value,
            Source::Text(document) => document.root(),
        }
    }
}

/// Judges a payload, with or without noting advisories. `Err` is at least one violation.
pub(crate) fn check<'d>(
    root: Value<'d>,
    shape: Shape,
    options: &ParseOptions,
    notes: bool,
) -> Result<Checked<'d>, Violations> {
    let mut check = Check {
        options,
        violations: Violations::new(options.limits.violations),
        shape,
        advisories: notes.then(Vec::new),
        replacers: 0,
    };
    match check.payload(root) {
        Some(checked) if check.violations.is_empty() => {
            Ok(Checked { advisories: check.advisories.unwrap_or_default(), ..checked })
        }
        _ => Err(check.violations.or_unjudged()),
    }
}

impl Check<'_> {
    fn payload<'d>(&mut self, root: Value<'d>) -> Option<Checked<'d>> {
        let place = Pointer::Root;
        if root.kind() != Kind::Object {
            self.violations.add(place, Rule::type_is("object"));
            return None;
        }
        let mut payload = Payload::of(root);
        if self.is_stored() {
            payload.unknown.retain(|name| !STORED_MEMBERS.contains(name));
            payload.drop_nulls();
        }
        self.required(&payload);
        self.unknown_members(&payload.unknown, place);

        let title = payload.title.and_then(|value| title::check(value, place.member("title"), self));
        let method =
            payload.http_method.and_then(|value| method::check(value, place.member("http_method"), self));
        let url = payload.url.and_then(|value| url_rule::check(value, place.member("url"), self));
        let body = self.optional(payload.body, "body", body_source);
        let message = self.optional(payload.response_message, "response_message", message);
        let headers = self.optional(payload.headers, "headers", headers::check);
        let enc = self.optional(payload.enc, "enc", enc::check);
        let channel = self.optional(payload.channel, "channel", channel::check);
        let events = match (payload.events, channel) {
            (Some(value), Some(channel)) => {
                let channel = channel.unwrap_or_default();
                channel::check_events(value, channel, place.member("events"), self).map(Some)
            }
            // An unknown channel has no rules for its events.
            (Some(_), None) => None,
            (None, _) => Some(None),
        };

        let (method, channel, headers, enc) = (method?, channel?.unwrap_or_default(), headers?, enc?);
        let (body, url, message) = (body?, url?, message?);
        if body.is_some() && !method.has_body() {
            self.note(AdvisoryCode::UnusedBody, place.member("body"));
        }
        if message.is_some() && channel == Channel::Sms {
            self.note(AdvisoryCode::UnusedResponseMessage, place.member("response_message"));
        }
        Some(Checked {
            title: title?,
            method,
            url,
            body,
            message,
            headers,
            enc,
            enc_member: payload.enc,
            channel,
            events: events?,
            advisories: Vec::new(),
        })
    }

    /// Required members, in the order of the table.
    fn required<'d>(&mut self, payload: &Payload<'d>) {
        let text = |value: Option<Value<'d>>| value.and_then(Value::as_str);
        let method = text(payload.http_method).and_then(|name| method::named(name, self.is_stored()));
        let sends_body = method.is_some_and(Method::has_body);
        let needs_events = text(payload.channel) == Some(Channel::Sms.name()) && !self.is_stored();
        for (name, member, required) in [
            ("title", payload.title, true),
            ("http_method", payload.http_method, true),
            ("url", payload.url, true),
            ("body", payload.body, sends_body),
            ("events", payload.events, needs_events),
        ] {
            if required && member.is_none() {
                self.violations.add(Pointer::Root, Rule::required(name));
            }
        }
    }

    /// `Some(None)` for an absent member, `None` for a refused one.
    fn optional<'d, T>(
        &mut self,
        member: Option<Value<'d>>,
        name: &str,
        judge: impl FnOnce(Value<'d>, Pointer<'_>, &mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match member {
            None => Some(None),
            Some(value) => judge(value, Pointer::Root.member(name), self).map(Some),
        }
    }

    /// Whether a stored profile is judged, which is read more leniently than a create payload.
    pub(crate) fn is_stored(&self) -> bool {
        self.shape == Shape::Stored
    }

    /// The channel that must stay, in a patched profile.
    pub(crate) fn fixed_channel(&self) -> Option<Channel> {
        match self.shape {
            Shape::Patched(channel) => Some(channel),
            Shape::Create | Shape::Stored => None,
        }
    }

    /// The string, or a violation.
    pub(crate) fn string<'d>(&mut self, value: Value<'d>, place: Pointer<'_>) -> Option<&'d str> {
        let text = value.as_str();
        if text.is_none() {
            self.violations.add(place, Rule::type_is("string"));
        }
        text
    }

    /// The object, or the object that a string holds, or a violation. \[D\]
    pub(crate) fn object_or_text<'d>(&mut self, value: Value<'d>, place: Pointer<'_>) -> Option<Source<'d>> {
        let source = match value.as_str() {
            None => Source::Inline(value),
            Some(text) => match Document::read(text.as_bytes(), &self.options.limits) {
                Ok(document) => Source::Text(Box::new(document)),
                Err(error) => {
                    let text = format!("must be a string that holds a JSON object: {error}");
                    self.violations.add(place, Rule::new("json", text));
                    return None;
                }
            },
        };
        if source.object().kind() != Kind::Object {
            self.violations.add(place, Rule::type_is("object"));
            return None;
        }
        Some(source)
    }

    /// Advisories on members that the documents do not know; violations in the strict policy.
    pub(crate) fn unknown_members(&mut self, names: &[&str], object: Pointer<'_>) {
        for name in names {
            let here = object.member(name);
            if self.options.policy.refuses(AdvisoryCode::UnknownMember) {
                let rule = Rule::no_additional_properties();
                self.violations.add_at(crate::report::Context::Body, here, object, rule);
            } else {
                self.note(AdvisoryCode::UnknownMember, here);
            }
        }
    }

    /// An advisory, or `rule` broken if the policy refuses it.
    pub(crate) fn advise(&mut self, code: AdvisoryCode, place: Pointer<'_>, rule: Rule) {
        if self.options.policy.refuses(code) {
            self.violations.add(place, rule);
        } else {
            self.note(code, place);
        }
    }

    /// Whether somebody asked for advisories; what only serves them can be left out otherwise.
    pub(crate) fn notes(&self) -> bool {
        self.advisories.is_some()
    }

    /// An advisory in every policy.
    pub(crate) fn note(&mut self, code: AdvisoryCode, place: Pointer<'_>) {
        if let Some(advisories) = &mut self.advisories {
            advisories.push(Advisory { code, pointer: place.to_string() });
        }
    }

    /// Counts replacers against the limit of the whole profile; the member that passes it is refused.
    pub(crate) fn count_replacers(&mut self, count: usize, place: Pointer<'_>) {
        let limit = self.options.limits.replacers;
        let was_within = self.replacers <= limit;
        self.replacers = self.replacers.saturating_add(count);
        if was_within && self.replacers > limit {
            let text = format!("must NOT bring the profile's replacers to more than {limit}");
            self.violations.add(place, Rule::new("replacers", text));
        }
    }
}

/// `body`: an object, or a string that holds one. \[D\]
fn body_source<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<Source<'d>> {
    let source = check.object_or_text(value, place)?;
    check.count_replacers(body::replacers(source.object()), place);
    Some(source)
}

/// `response_message`: a string, with both kinds of replacers. \[D\]
fn message<'d>(value: Value<'d>, place: Pointer<'_>, check: &mut Check<'_>) -> Option<&'d str> {
    let text = check.string(value, place)?;
    check.count_replacers(count(text, Grammar::NamesAndPairs), place);
    Some(text)
}
